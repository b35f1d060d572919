package synthetic

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
)

func mustNew(t testing.TB, seed uint64, cables int) *Collection {
	t.Helper()
	c, err := New(seed, cables)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func written(t *testing.T, c *Collection, compressed bool, workers int) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Write(context.Background(), &b, compressed, workers, nil); err != nil {
		t.Fatal(err)
	}
	if !compressed {
		return b.String()
	}
	z, err := gzip.NewReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The same seed and size give the same bytes, however they are written.
func TestWrite(t *testing.T) {
	const cables = 2*batch + 17
	want := written(t, mustNew(t, 7, cables), false, 1)
	if n := strings.Count(want, "\n"); n != cables {
		t.Errorf("%d lines, want %d", n, cables)
	}
	if written(t, mustNew(t, 7, cables), false, 3) != want {
		t.Error("several workers write other cables")
	}
	if written(t, mustNew(t, 7, cables), true, 2) != want {
		t.Error("compressed, there are other cables")
	}
	if written(t, mustNew(t, 8, cables), false, 1) == want {
		t.Error("another seed gives the same cables")
	}
}

// Every line is JSON; ids are unique, and references of the collection lead to earlier
// cables.
func TestCables(t *testing.T) {
	const cables = 3000
	c := mustNew(t, 1, cables)
	seen := map[string]bool{}
	var line []byte
	for i := range cables {
		line = c.AppendJSON(line[:0], i)
		var x struct{ ID, Created, Classification, Origin, Header, Body string }
		if err := json.Unmarshal(line, &x); err != nil {
			t.Fatalf("cable %d: %v: %s", i, err, line)
		}
		if seen[x.ID] {
			t.Errorf("cable %d: %s is not the only one", i, x.ID)
		}
		seen[x.ID] = true
		if x.Created == "" || x.Origin == "" || x.Header == "" || !strings.Contains(x.Body, "\n¶1. ") {
			t.Errorf("cable %d lacks something: %+v", i, x)
		}
		if post, _ := c.origin(c.post(i)); !strings.Contains(x.Body, post) {
			t.Errorf("cable %d does not name its post %s", i, post)
		}
	}
}

func TestSizes(t *testing.T) {
	for _, cables := range []int{-1, MaxCables + 1} {
		if _, err := New(1, cables); err == nil {
			t.Errorf("%d cables are a collection", cables)
		}
	}
	if got := written(t, mustNew(t, 1, 0), false, 1); got != "" {
		t.Errorf("no cables are %q", got)
	}
	for _, i := range []int{0, MaxCables - 1} { // the ends of the largest
		if line := mustNew(t, 1, MaxCables).AppendJSON(nil, i); !json.Valid(line) {
			t.Errorf("cable %d is no JSON", i)
		}
	}
}

type fullDisk struct{ room int }

func (d *fullDisk) Write(b []byte) (int, error) {
	if d.room -= len(b); d.room < 0 {
		return 0, errors.New("no space left")
	}
	return len(b), nil
}

func TestWriteEndsWithAnError(t *testing.T) {
	c := mustNew(t, 1, 20*batch)
	if err := c.Write(context.Background(), &fullDisk{4 << 20}, false, 2, nil); err == nil || !strings.Contains(err.Error(), "no space") {
		t.Errorf("a full disk gives %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	err := c.Write(ctx, io.Discard, true, 2, func(int64) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted, it returns %v", err)
	}
}

func TestPoolsFollowHeapsLaw(t *testing.T) {
	// four times the draws give about 4^growth times the names, and as large a
	// share of names occurs once
	for _, p := range []pool{persons, bodies, organizations, laws, towns} {
		count := func(draws int) (distinct, once int) {
			times := map[uint64]int{}
			for i := range draws {
				times[p.rank(unit(mix(3, uint64(i))))]++
			}
			for _, n := range times {
				if n == 1 {
					once++
				}
			}
			return len(times), once
		}
		few, _ := count(50_000)
		many, once := count(200_000)
		if grown := float64(many) / float64(few); grown < 2.2 || grown > 3.2 {
			t.Errorf("%+v: %d names of 50,000 draws, %d of 200,000", p, few, many)
		}
		if share := float64(once) / float64(many); share < p.growth-0.08 || share > p.growth+0.08 {
			t.Errorf("%+v: a share of %.2f occurs once", p, share)
		}
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	c := mustNew(b, 1, 1<<20)
	var line []byte
	i := 0
	for b.Loop() {
		line = c.AppendJSON(line[:0], i)
		b.SetBytes(int64(len(line)))
		i++
	}
}
