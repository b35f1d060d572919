package packed_test

import (
	"context"
	"flag"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/graph/memstore"

	"cablegraph/graphdata/packed"
	"cablegraph/internal/storebench"
)

var queryQuads = flag.Int("quads", 100_000, "synthetic quads for TestQueriesAsMemstore")

// The queries of the comparison of stores return what they return on Cayley's
// own store in memory.
func TestQueriesAsMemstore(t *testing.T) {
	g := storebench.Graph{Quads: *queryQuads, Seed: 1}
	if raceEnabled {
		g.Quads = min(g.Quads, 20_000) // Cayley's own code is slow then; test.sh runs the whole without
	}
	path := filepath.Join(t.TempDir(), "quads")
	if _, err := packed.Build(context.Background(), path, g.WithErrors(), packed.Options{}); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	mem := memstore.New()
	for q := range g.All() {
		mem.AddQuad(q)
	}
	for _, q := range storebench.Queries() {
		t.Run(q.Name, func(t *testing.T) {
			if q.NotInMemory {
				t.Skip("Cayley's store in memory answers otherwise than all others")
			}
			rows := 0
			for k := range 5 {
				question := q.Ask(g, k)
				want, err := question.Check(context.Background(), mem)
				if err != nil {
					t.Fatal(err)
				}
				got, err := question.Check(context.Background(), s)
				if err != nil {
					t.Fatal(err)
				}
				if !slices.Equal(got, want) {
					t.Fatalf("%v\n%d rows, want %d\n%.500q\n%.500q", question, len(got), len(want), got, want)
				}
				rows += len(got)
			}
			if rows == 0 {
				t.Error("no question has an answer: nothing is tested")
			}
		})
	}
}

// BenchmarkBuild builds as many quads as -quads says.
func BenchmarkBuild(b *testing.B) {
	g := storebench.Graph{Quads: *queryQuads, Seed: 1}
	path := filepath.Join(b.TempDir(), "quads")
	for b.Loop() {
		s, err := packed.Build(context.Background(), path, g.WithErrors(), packed.Options{Memory: 1 << 30})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(s.Bytes)/float64(s.Quads), "bytes/quad")
	}
	b.ReportMetric(float64(*queryQuads)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
}
