package graphdata

import (
	"bytes"
	"context"
	"errors"
	"math/rand"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"cablegraph/internal/extsort"
	"cablegraph/internal/wire"
	"cablegraph/vocab"
)

func TestQuadsOnDisk(t *testing.T) {
	g := newHarbour(t).graph()
	want := slices.Collect(quadsOf(g))
	dir := t.TempDir()
	var got []quad.Quad
	for q, err := range Quads(t.Context(), g, extsort.Options{Memory: 1, Dir: dir}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, q)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%d quads sorted on disk, %d in memory, or others", len(got), len(want))
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left over: %v %v", left, err)
	}
}

func TestQuadsFail(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, test := range []struct {
		name string
		ctx  context.Context
		dir  string
		want error
	}{
		{"cancelled", cancelled, "", context.Canceled},
		{"no directory for temporary files", context.Background(), filepath.Join(t.TempDir(), "missing"), os.ErrNotExist},
	} {
		t.Run(test.name, func(t *testing.T) {
			var last error
			for _, err := range Quads(test.ctx, newHarbour(t).graph(), extsort.Options{Memory: 1, Dir: test.dir}) {
				last = err
			}
			if !errors.Is(last, test.want) {
				t.Errorf("error %v, want %v", last, test.want)
			}
		})
	}
}

func TestAppendRank(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	pick := func(of ...int) int { return of[r.Intn(len(of))] }
	var ranks []rank
	for range 300 {
		ranks = append(ranks, rank{
			score: float32(pick(-1, 0, 1, 2)) / 2,
			sent:  []time.Time{{}, time.Unix(-5, 0), time.Unix(1e9, 0), time.Unix(1e9, 7)}[r.Intn(4)],
			cable: []string{"", "07LIMA4", "07LIMA41", "08LIMA1"}[r.Intn(4)],
			para:  pick(0, 1, 300), start: pick(0, 255, 256, 70_000),
		})
	}
	for _, a := range ranks {
		x := appendRank(nil, a)
		if n := rankLen(append(x, 1, 2, 3)); n != len(x) {
			t.Fatalf("%v: length %d, want %d", a, n, len(x))
		}
		for _, b := range ranks {
			if got, want := bytes.Compare(x, appendRank(nil, b)), a.compare(b); got != want {
				t.Fatalf("%v and %v: %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestClaimsAreReadBack(t *testing.T) {
	c := claim{
		iri: "claim:1", cable: "07LIMA412", para: 2, quote: "arrested Ana Prado", start: 3, end: 21, rule: "arrested.test", status: vocab.Alleged,
		fillers: []filler{
			{"person", quad.IRI("person:ana-prado"), "Ana Prado"},
			{"count", quad.Int(-4), "-4"},
			{"charge", quad.String("fraud"), "fraud"},
		},
		rank: rank{0.7, time.Date(2007, 2, 26, 12, 0, 0, 5, time.UTC), "07LIMA412", 2, 3},
	}
	b := appendClaim(nil, &c)
	r := wire.NewReader(b)
	if got := readClaim(r); !reflect.DeepEqual(got, c) || r.Err() != nil {
		t.Errorf("got %+v, %v, want %+v", got, r.Err(), c)
	}
	for n := range b {
		r := wire.NewReader(b[:n])
		if readClaim(r); r.Err() == nil {
			t.Errorf("%d bytes of %d: no error", n, len(b))
		}
	}
}
