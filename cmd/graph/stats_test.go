package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cablegraph/graphdata"
	"cablegraph/graphdata/packed"
)

const fewQuads = `<person:ana> <cg:mentionedIn> <cable:1/2> <cable:1/2> .
<person:ana> <cg:mentionedIn> <cable:1/3> <cable:1/3> .
<person:ana> <rdf:type> <cg:Person> <cg:names> .
<person:bruno> <cg:mentionedIn> <cable:1/2> <cable:1/2> .
<person:bruno> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <cg:Person> .
<agency:pgr> <rdf:type> <cg:Agency> <cg:names> .
<agency:pgr> <cg:name> "PGR" <cg:names> .
`

func TestStatsAndVerify(t *testing.T) {
	file := filepath.Join(t.TempDir(), "few.packed")
	quads := graphdata.ReadNQuads(strings.NewReader(fewQuads), "few.nq")
	if _, err := packed.Build(t.Context(), file, quads, packed.Options{Memory: 1 << 20}); err != nil {
		t.Fatal(err)
	}
	graph := func(code int, args ...string) (stdout, stderr string) {
		t.Helper()
		var out, errs bytes.Buffer
		if got := run(t.Context(), args, nil, &out, &errs); got != code {
			t.Errorf("graph %q: exit code %d, want %d\n%s", args, got, code, errs.Bytes())
		}
		return out.String(), errs.String()
	}

	out, _ := graph(exitDone, "stats", file, "--top", "2")
	for _, want := range []string{
		"quads         7\n", "labels        3\n", "quads without label  1\n",
		"\ncg:Person  2\ncg:Agency  1\n",
		"\npredicate  quads  subjects  objects\ncg:mentionedIn  3  2  2\n",
		"\nnode  degree\nperson:ana  3\n",
		"\nterms  ",
	} {
		if fields := strings.Fields(want); !strings.Contains(strings.Join(strings.Fields(out), " "), strings.Join(fields, " ")) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if strings.Contains(out[strings.Index(out, "\nnode"):], "cg:Person") {
		t.Errorf("a class among the nodes:\n%s", out)
	}
	out, _ = graph(exitDone, "stats", file, "--json", "--top", "1")
	if want := `"classes":[{"class":"cg:Person","nodes":2},{"class":"cg:Agency","nodes":1}]`; !strings.Contains(out, want) {
		t.Errorf("no %s in\n%s", want, out)
	}
	graph(exitUsage, "stats", file, "--top", "-1")

	if out, _ = graph(exitDone, "verify", file); !strings.HasSuffix(out, ": 7 quads, no fault\n") {
		t.Errorf("verify says %q", out)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2]++
	if err := os.WriteFile(file, b, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, errs := graph(exitFailed, "verify", file); !strings.Contains(errs, "damaged") {
		t.Errorf("verify of a damaged file says %q", errs)
	}
	for _, command := range []string{"stats", "verify"} {
		if _, errs := graph(exitFailed, command, file+".none"); !strings.Contains(errs, "no such file") && !strings.Contains(errs, "there is no graph") {
			t.Errorf("%s of no file says %q", command, errs)
		}
	}
}
