package graphdata

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query"
	_ "github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/quad"
)

// withErrors is what Load reads.
func withErrors(quads iter.Seq[quad.Quad]) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for q := range quads {
			if !yield(q, nil) {
				return
			}
		}
	}
}

// dump returns all quads of a store as sorted N-Quads lines.
func dump(t *testing.T, h *graph.Handle) []string {
	t.Helper()
	var all []string
	it := h.QuadsAllIterator()
	defer it.Close()
	for it.Next(context.Background()) {
		line, err := AppendQuad(nil, h.Quad(it.Result()))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(line))
	}
	if err := it.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// ask runs a Gizmo query and returns the rows' ids, sorted.
func ask(t *testing.T, h *graph.Handle, text string) []string {
	t.Helper()
	session := query.NewSession(h.QuadStore, "gizmo")
	if session == nil {
		t.Fatal("no Gizmo")
	}
	it, err := session.Execute(context.Background(), text, query.Options{Collation: query.JSON, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	defer it.Close()
	var rows []string
	for it.Next(context.Background()) {
		rows = append(rows, fmt.Sprint(it.Result().(map[string]interface{})["id"]))
	}
	if err := it.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(rows)
	return rows
}

// checkHarbour checks that a store holds the quads of the harbour, no more and
// no fewer, and answers.
func checkHarbour(t *testing.T, url string) {
	t.Helper()
	h, err := OpenStore(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	}()
	want := strings.SplitAfter(string(nquads(t, newHarbour(t).graph())), "\n")
	if got := dump(t, h); !slices.Equal(got, want[:len(want)-1]) {
		t.Errorf("%d quads, want %d", len(got), len(want)-1)
		for _, line := range got {
			if !slices.Contains(want, line) {
				t.Errorf("not of the harbour: %s", line)
				break
			}
		}
	}
	for text, want := range map[string][]string{
		`g.V("<person:ana-prado>").Out("<cg:arrestedBy>").All()`:                                       {"<agency:nhi>"},
		`g.V("<cg:Event>").In("<rdfs:subClassOf>").In("<rdf:type>").Out("<cg:person>").Unique().All()`: {"<person:ana-prado>", "<person:bruno-salas>", "<person:carla-rios>", "three men"},
		`g.V().Has("<cg:months>", gt(120)).Out("<cg:person>").All()`:                                   {"<person:bruno-salas>"},
		`g.V("<agency:nhi>").LabelContext("<cable:07LIMA412/3>").Out().Unique().All()`:                 {"<cable:07LIMA412/3>", "shelters"},
	} {
		if got := ask(t, h, text); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// checkLoading loads a part of the harbour into a store, then the whole, then
// the whole again.
func checkLoading(t *testing.T, url string) {
	t.Helper()
	g := newHarbour(t).graph()
	part := slices.Collect(quadsOf(g))[:200]
	if n, err := Load(context.Background(), url, withErrors(slices.Values(part))); n != 200 || err != nil {
		t.Fatalf("loaded %d quads of 200, %v", n, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Load(ctx, url, withErrors(quadsOf(g))); !errors.Is(err, context.Canceled) {
		t.Fatalf("an interrupted load: %v", err)
	}
	for range 2 {
		n, err := Load(context.Background(), url, withErrors(quadsOf(g)))
		if err != nil || n < 300 {
			t.Fatalf("loaded %d quads, %v", n, err)
		}
		checkHarbour(t, url)
	}
	broken := errors.New("broken")
	if _, err := Load(context.Background(), url, func(yield func(quad.Quad, error) bool) { yield(quad.Quad{}, broken) }); !errors.Is(err, broken) {
		t.Errorf("a broken source: %v", err)
	}
}

func TestOpenStoreOfADirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "g")
	build(t, dir, quadsOf(newHarbour(t).graph()))
	checkHarbour(t, dir)
}

func TestOpenStoreOfAFile(t *testing.T) {
	checkHarbour(t, "mem:testdata/harbour.nq")
}

func TestLevelDB(t *testing.T) {
	checkLoading(t, "leveldb:"+filepath.Join(t.TempDir(), "db"))
}

func TestOpenStoreRefuses(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.nq")
	if err := os.WriteFile(bad, []byte("<a:s> <a:p> <a:o> .\n<a:s> <a:p> .\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for url, want := range map[string]string{
		"nowhere":                       "there is no graph nowhere",
		"mem:nowhere.nq":                "open nowhere.nq: no such file or directory",
		"mem:" + bad:                    bad + ":2:13: want object",
		"leveldb:" + t.TempDir() + "/x": "store leveldb:",
		"postgres://graph:secret@127.0.0.1:1/g?sslmode=disable": "store postgres://graph:xxxxx@127.0.0.1:1/g?sslmode=disable: ",
	} {
		if h, err := OpenStore(context.Background(), url); err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v %v, want %s", url, h, err, want)
		}
	}
	if _, err := Load(context.Background(), "sqlite:x", withErrors(numbered("x", 1))); err == nil {
		t.Error("loaded into an unknown store")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := loadMemory(ctx, withErrors(numbered("x", 20_000))); !errors.Is(err, context.Canceled) {
		t.Errorf("an interrupted load: %v", err)
	}
}
