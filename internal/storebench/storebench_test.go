package storebench

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"
)

func TestGraph(t *testing.T) {
	quads := slices.Collect(Graph{Seed: 1, Quads: 20_003}.All())
	if len(quads) != 20_003 {
		t.Fatalf("%d quads", len(quads))
	}
	seen := map[quad.Quad]bool{}
	mentions := map[quad.Value]int{}
	for _, q := range quads {
		if seen[q] {
			t.Fatalf("twice: %v", q)
		}
		seen[q] = true
		if !q.IsValid() || q.Label == nil {
			t.Fatalf("not a whole quad: %v", q)
		}
		if q.Predicate == quad.IRI("cg:mentionsPerson") {
			mentions[q.Object]++
		}
	}
	if !slices.Equal(quads[:1001], slices.Collect(Graph{Seed: 1, Quads: 1001}.All())) {
		t.Error("a small graph is not the beginning of a larger one")
	}
	if slices.Equal(quads[:1001], slices.Collect(Graph{Seed: 2, Quads: 1001}.All())) {
		t.Error("another seed makes the same graph")
	}
	once, most := 0, 0
	for _, n := range mentions {
		most = max(most, n)
		if n == 1 {
			once++
		}
	}
	if once < len(mentions)/2 || most < 10 {
		t.Errorf("of %d persons %d are mentioned once, none more than %d times", len(mentions), once, most)
	}
}

// TestQueries holds that questions are about something: most have an answer.
func TestQueries(t *testing.T) {
	g := Graph{Seed: 1, Quads: 10_000}
	qs := memstore.New()
	for q := range g.All() {
		qs.AddQuad(q)
	}
	seen := map[string]bool{}
	for _, q := range Queries() {
		t.Run(q.Name, func(t *testing.T) {
			if seen[q.Name] {
				t.Error("a second query of that name")
			}
			seen[q.Name] = true
			answered := 0
			for k := range 10 {
				question := q.Ask(g, k)
				if question != q.Ask(g, k) {
					t.Error("the question is not the same again")
				}
				rows, err := question.Check(context.Background(), qs)
				if err != nil {
					t.Fatal(err)
				}
				if len(rows) > 0 {
					answered++
				}
			}
			if answered < 3 {
				t.Errorf("%d of 10 questions have an answer, such as %s", answered, q.Ask(g, 0).Text)
			}
		})
	}
}

// TestCheck gives a store with a quad too few, which must show in an answer.
func TestCheck(t *testing.T) {
	g := Graph{Seed: 1, Quads: 1000}
	whole, short := memstore.New(), memstore.New()
	for q := range g.All() {
		whole.AddQuad(q)
		if !strings.HasSuffix(string(q.Predicate.(quad.IRI)), "classification") {
			short.AddQuad(q)
		}
	}
	q := Queries()[1].Ask(g, 0)
	want, err := q.Check(context.Background(), whole)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := q.Check(context.Background(), short); err != nil || slices.Equal(got, want) {
		t.Errorf("the answer does not tell the stores apart: %q, %v", got, err)
	}
}

func BenchmarkGraph(b *testing.B) {
	for b.Loop() {
		for range (Graph{Seed: 1, Quads: 100_000}).All() {
		}
	}
	b.ReportMetric(float64(b.N)*100_000/b.Elapsed().Seconds(), "quads/s")
}
