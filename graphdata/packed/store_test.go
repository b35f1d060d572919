package packed_test

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"cablegraph/graphdata/packed"
)

// each yields quads without an error.
func each(quads []quad.Quad) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for _, q := range quads {
			if !yield(q, nil) {
				return
			}
		}
	}
}

// build builds and opens a store of quads.
func build(t testing.TB, quads []quad.Quad, o packed.Options) *packed.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "quads")
	if _, err := packed.Build(context.Background(), path, each(quads), o); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

func open(t testing.TB, path string) *packed.Store {
	t.Helper()
	s, err := packed.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// sample returns quads over few values of every kind, so that all their
// combinations occur.
func sample(n int, seed uint64) []quad.Quad {
	r := rand.New(rand.NewPCG(seed, 0))
	long := strings.Repeat("a long text, and ", 30)
	values := []quad.Value{
		quad.IRI("person:a"), quad.IRI("person:b"), quad.IRI("state:x"), quad.IRI(long), quad.BNode("b1"), quad.String(""),
		quad.String("a"), quad.String("a\x00b"), quad.String(long), quad.String(long + "1"), quad.String(long + "2"),
		quad.LangString{Value: "a", Lang: "en"},
		quad.TypedString{Value: "a", Type: "x:y"},
		quad.Int(-5), quad.Int(0), quad.Int(7),
		quad.Int(math.MinInt64), quad.Int(math.MaxInt64), quad.Float(-1.5), quad.Float(0), quad.Float(math.Inf(1)), quad.Bool(true),
		quad.Bool(false), quad.Time(time.Date(1975, 1, 2, 3, 4, 5, 6, time.UTC)), quad.Time(time.Date(-3, 1, 2, 3, 4, 5, 0, time.UTC)),
	}
	for i := range 40 {
		values = append(values, quad.IRI(fmt.Sprintf("cg:node/%d", i)))
	}
	pick := func(of []quad.Value) quad.Value { return of[int(math.Sqrt(float64(r.IntN(len(of)*len(of)))))] }
	predicates := []quad.Value{quad.IRI("cg:p1"), quad.IRI("cg:p2"), quad.IRI("cg:p3"), quad.IRI("person:a"), quad.IRI("zz:p")}
	labels := []quad.Value{nil, quad.IRI("cable:1"), quad.IRI("cable:2"), quad.IRI("person:b"), quad.IRI("cg:names")}
	quads := make([]quad.Quad, n)
	for i := range quads {
		quads[i] = quad.Quad{Subject: pick(values), Predicate: pick(predicates), Object: pick(values), Label: pick(labels)}
	}
	return quads
}

func distinct(quads []quad.Quad) []quad.Quad {
	seen := map[quad.Quad]bool{}
	var out []quad.Quad
	for _, q := range quads {
		if !seen[q] {
			seen[q] = true
			out = append(out, q)
		}
	}
	return out
}

func quadsOf(t testing.TB, s graph.QuadStore, it graph.Iterator) []quad.Quad {
	t.Helper()
	var out []quad.Quad
	for it.Next(context.Background()) {
		out = append(out, s.Quad(it.Result()))
	}
	if err := it.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func byText(a, b quad.Quad) int { return strings.Compare(a.NQuad(), b.NQuad()) }

func TestAllQuadsAndValues(t *testing.T) {
	for _, n := range []int{0, 1, 200, 20_000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			want := distinct(sample(n, 1))
			s := build(t, sample(n, 1), packed.Options{})
			got := quadsOf(t, s, s.QuadsAllIterator())
			if len(got) != len(want) {
				t.Fatalf("%d quads, want %d", len(got), len(want))
			}
			slices.SortFunc(got, byText)
			slices.SortFunc(want, byText)
			values := map[quad.Value]bool{}
			for i := range want {
				if got[i] != want[i] {
					t.Fatalf("quad %d is %v, want %v", i, got[i], want[i])
				}
				for _, d := range quad.Directions {
					if v := want[i].Get(d); v != nil {
						values[v] = true
					}
				}
			}
			st, _ := s.Stats(context.Background(), true)
			if st.Nodes.Size != int64(len(values)) || st.Quads.Size != int64(len(want)) {
				t.Errorf("stats %+v, want %d values and %d quads", st, len(values), len(want))
			}
			for v := range values {
				ref := s.ValueOf(v)
				if ref == nil || s.NameOf(ref) != v {
					t.Errorf("%#v comes back as %#v", v, s.NameOf(ref))
				}
			}
			for _, v := range []quad.Value{quad.IRI("a"), quad.String("none"), quad.Int(1), quad.IRI("zzz"), nil} {
				if ref := s.ValueOf(v); ref != nil {
					t.Errorf("%v is found and was not stored", v)
				}
			}
		})
	}
}

// Every combination of bound positions is one range.
func TestPatterns(t *testing.T) {
	quads := distinct(sample(3000, 2))
	s := build(t, quads, packed.Options{})
	r := rand.New(rand.NewPCG(3, 3))
	for range 1000 {
		q := quads[r.IntN(len(quads))]
		other := quads[r.IntN(len(quads))]
		var bound quad.Quad
		for _, d := range quad.Directions {
			switch r.IntN(5) {
			case 0, 1:
				bound.Set(d, q.Get(d))
			case 2:
				bound.Set(d, other.Get(d))
			}
		}
		var want []quad.Quad
		for _, q := range quads {
			fits := true
			for _, d := range quad.Directions {
				fits = fits && (bound.Get(d) == nil || bound.Get(d) == q.Get(d))
			}
			if fits {
				want = append(want, q)
			}
		}
		got := s.Match(bound)
		slices.SortFunc(got, byText)
		slices.SortFunc(want, byText)
		if !slices.Equal(got, want) {
			t.Fatalf("%v: %d quads, want %d", bound, len(got), len(want))
		}
	}
}

// The same quads give the same bytes, in any order and in chunks of any size.
func TestBuildIsDeterministic(t *testing.T) {
	quads := sample(30_000, 4)
	dir := t.TempDir()
	write := func(name string, o packed.Options) []byte {
		path := filepath.Join(dir, name)
		o.Dir = dir
		if _, err := packed.Build(context.Background(), path, each(quads), o); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	want := write("a", packed.Options{Workers: 1})
	rand.New(rand.NewPCG(5, 5)).Shuffle(len(quads), func(i, j int) { quads[i], quads[j] = quads[j], quads[i] })
	if got := write("b", packed.Options{Workers: 4, Memory: 1 << 20}); !bytes.Equal(got, want) {
		t.Error("another order, more workers and little memory give other bytes")
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) != 2 {
		t.Errorf("%d files are left, want the two stores: %v", len(entries), entries)
	}
}
