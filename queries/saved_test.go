package queries

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the answers of the saved queries' examples to testdata/saved")

// Every saved query runs with its example on a small graph of invented people
// and gives the rows in testdata/saved.
func TestSavedExamples(t *testing.T) {
	r := newRunner(t, 1)
	for _, s := range SavedQueries() {
		t.Run(s.Name, func(t *testing.T) {
			q, err := s.Bind(s.args)
			if err != nil {
				t.Fatal(err)
			}
			result, err := r.Run(t.Context(), q, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if len(result.Rows) == 0 {
				t.Error("no rows")
			}
			var got bytes.Buffer
			for _, row := range result.Rows {
				if err := json.Indent(&got, row, "", "  "); err != nil {
					t.Fatal(err)
				}
				got.WriteByte('\n')
			}
			file := "testdata/saved/" + s.Name + ".json"
			if *update {
				if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want) {
				t.Errorf("got\n%s\nwant %s\n%s", got.Bytes(), file, want)
			}
		})
	}
}

// Whatever a value holds, the query gets the value and nothing else.
func TestBindGizmo(t *testing.T) {
	s, err := parseSaved("echo.gizmo", `// Echo
//
// Gives back what it is given.
//
// Parameter words: text, optional, e.g. "U.S. visa". Any text.
// Parameter node: iri, optional, e.g. person:ana-prado. Any node.
// Parameter n: integer, default 7, e.g. 8. Any number.
//
// Example: graph query GRAPH --saved echo --param words='U.S. visa'
g.Emit({words: param.words, node: param.node && String(param.node), n: param.n});
`)
	if err != nil {
		t.Fatal(err)
	}
	r := newRunner(t, 1)
	type echo struct {
		Words, Node string
		N           int
	}
	ask := func(t rapid.TB, args map[string]string) echo {
		q, err := s.Bind(args)
		if err != nil {
			t.Fatalf("%q: %v", args, err)
		}
		result, err := r.Run(context.Background(), q, Limits{})
		if err != nil || len(result.Rows) != 1 {
			t.Fatalf("%q: %d rows, %v", args, len(result.Rows), err)
		}
		var got echo
		if err := json.Unmarshal(result.Rows[0], &got); err != nil {
			t.Fatal(err)
		}
		return got
	}
	for _, words := range []string{`"); g.V().All(); ("`, "</script>\u2028\n\x00\\", "<person:ana>", "_:x", "// /* ${1} `", "\u00e9\U0001f600"} {
		if got := ask(t, map[string]string{"words": words}); got != (echo{Words: words, N: 7}) {
			t.Errorf("%q came back as %+v", words, got)
		}
	}
	if got := ask(t, map[string]string{"node": "<person:o'hara>", "n": "-3"}); got != (echo{Node: "<person:o'hara>", N: -3}) {
		t.Errorf("got %+v", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringN(1, -1, -1).Draw(t, "words")
		if got := ask(t, map[string]string{"words": words}); got.Words != words {
			t.Fatalf("%q came back as %q", words, got.Words)
		}
	})
}

func TestBindGraphQL(t *testing.T) {
	s, err := parseSaved("named.graphql", `# Named
#
# Nodes of a name.
#
# Parameter words: text, required, e.g. Rosa Lobo. The name.
# Parameter words2: text, default x, e.g. y. Another.
# Parameter n: integer, default 3, e.g. 4. How many.
#
# Example: graph query GRAPH --saved named --param words='Rosa Lobo'
{ nodes(<cg:name>: $words, first: $n) { id, other: <cg:alias> @opt @label(v: $words2) } }
`)
	if err != nil {
		t.Fatal(err)
	}
	q, err := s.Bind(map[string]string{"words": `A "B" \ $n`, "n": "9"})
	if err != nil {
		t.Fatal(err)
	}
	if want := `{ nodes(<cg:name>: "A \"B\" \\ $n", first: 9) { id, other: <cg:alias> @opt @label(v: "x") } }`; !strings.Contains(q.Text, want) {
		t.Errorf("got %s\nwant %s", q.Text, want)
	}
	result, err := newRunner(t, 1).Run(t.Context(), Query{GraphQL, mustBind(t, s, map[string]string{"words": "Rosa Lobo"}), false}, Limits{})
	if err != nil || rows(result) != `{"nodes":{"id":"person:rosa-lobo"}}` {
		t.Errorf("got %s, %v", rows(result), err)
	}
	// Cayley would take these for nodes.
	for _, words := range []string{"<person:ana>", "_:x", `"a"@en`, `"a"^^<b>`} {
		if _, err := s.Bind(map[string]string{"words": words}); KindOf(err) != Invalid {
			t.Errorf("%s: %v", words, err)
		}
	}
}

func mustBind(t *testing.T, s *Saved, args map[string]string) string {
	t.Helper()
	q, err := s.Bind(args)
	if err != nil {
		t.Fatal(err)
	}
	return q.Text
}

func TestBindRefuses(t *testing.T) {
	for _, test := range []struct {
		saved string
		args  map[string]string
		want  string
	}{
		{"about", map[string]string{}, "about: parameter entity is missing: The entity."},
		{"about", map[string]string{"entity": "person:ana", "x": "1"}, `about: no parameter "x"`},
		{"about", map[string]string{"entity": "ana"}, `about: parameter entity: "ana" is no IRI such as person:rosa-lobo`},
		{"about", map[string]string{"entity": "person:a b"}, `no IRI`},
		{"about", map[string]string{"entity": "person:a>"}, ``},
		{"about", map[string]string{"entity": "person:a>.All()<b:c"}, `no IRI`},
		{"about", map[string]string{"entity": `person:a"`}, `no IRI`},
		{"about", map[string]string{"entity": "person:a\n"}, `no IRI`},
		{"cable", map[string]string{"cable": "cable:x){*}"}, `no IRI`},
		{"arrests", map[string]string{"year": "2007;"}, `arrests: parameter year: "2007;" is no whole number`},
		{"find", map[string]string{"words": ""}, `find: parameter words is empty`},
	} {
		s, err := SavedQuery(test.saved)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Bind(test.args)
		if test.want == "" {
			if err != nil {
				t.Errorf("%s %q: %v", test.saved, test.args, err)
			}
			continue
		}
		if KindOf(err) != Invalid || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s %q: error %v, want %s", test.saved, test.args, err, test.want)
		}
	}
	if _, err := SavedQuery("nosuch"); KindOf(err) != Invalid {
		t.Errorf("a saved query that does not exist: %v", err)
	}
}

// A file whose head is wrong is reported with file and line.
func TestParseSavedFaults(t *testing.T) {
	const good = "// T\n// D.\n// Example: graph query GRAPH --saved x\n"
	for _, test := range []struct{ file, text, want string }{
		{"x.gizmo", good + "g.V()", ""},
		{"x.sparql", good, "saved/x.sparql: ends in neither"},
		{"x.gizmo", "g.V()", "saved/x.gizmo:1: the comment at the head needs"},
		{"x.gizmo", "// T\n// D.\ng.V()", "saved/x.gizmo:3: the comment at the head needs"},
		{"x.gizmo", "// T\n// D.\n// Example: graph query GRAPH --saved y\n", "does not begin with"},
		{"x.gizmo", "// T\n// D.\n// Parameter a: iri\n", "saved/x.gizmo:3: parameter"},
		{"x.gizmo", "// T\n// D.\n// Parameter a: iri, maybe, e.g. a:b. A.\n", "neither required"},
		{"x.gizmo", "// T\n// D.\n// Parameter a: number, required, e.g. 1. A.\n", `no type "number"`},
		{"x.gizmo", "// T\n// D.\n// Parameter a: integer, default x, e.g. 1. A.\n", "no whole number"},
		{"x.gizmo", "// T\n// D.\n// Parameter limit: integer, required, e.g. 1. A.\n", "the word is taken"},
		{"x.graphql", "# T\n# D.\n# Parameter a: iri, optional, e.g. a:b. A.\n", "GraphQL cannot leave one out"},
		{"x.gizmo", "// T\n// D.\n// Parameter a: iri, required, e.g. a:b. A.\n// Example: graph query GRAPH --saved x\n", "parameter a is missing"},
		{"x.gizmo", good + "// more\n", "text after the example"},
		{"x.gizmo", good + "// Example: graph query GRAPH --saved x\n", "a second example"},
	} {
		_, err := parseSaved(test.file, test.text)
		if test.want == "" {
			if err != nil {
				t.Errorf("%q: %v", test.text, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: error %v, want %s", test.text, err, test.want)
		}
	}
}
