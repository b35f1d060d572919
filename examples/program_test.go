package examples_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// graph runs the program, built for these tests.
type graph struct{ t *testing.T }

var program string

func TestMain(m *testing.M) {
	os.Exit(testMain(m))
}

// testMain builds the program once for all tests.
func testMain(m *testing.M) int {
	dir, err := os.MkdirTemp("", "cablegraph")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	program = filepath.Join(dir, "graph.exe")
	if out, err := exec.Command("go", "build", "-o", program, "../cmd/graph").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

func (g graph) run(args ...string) []byte {
	g.t.Helper()
	var out, words bytes.Buffer
	cmd := exec.Command(program, args...)
	cmd.Stdout, cmd.Stderr = &out, &words
	if err := cmd.Run(); err != nil {
		g.t.Fatalf("graph %s: %v\n%s", strings.Join(args, " "), err, words.String())
	}
	return out.Bytes()
}

// TestExtraction compares what graph extract prints of the marked cables with
// their marks. The floors lie just below the figures of docs/quality.md: what
// falls through has become worse.
func TestExtraction(t *testing.T) {
	marked := read(t)
	file := filepath.Join(t.TempDir(), "extracted.jsonl")
	if err := os.WriteFile(file, graph{t}.run("extract", "cables"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := score(marked, lines[extraction](t, file))
	for _, f := range []struct {
		name          string
		figure, floor float64
	}{
		{"mentions", s.mentions.f1(), 0.85},
		{"linking", s.linking, 0.80},
		{"facts of the header", s.header.f1(), 0.90},
		{"facts of the text", s.text.f1(), 0.20},
	} {
		t.Logf("%-20s %.3f", f.name, f.figure)
		if f.figure < f.floor {
			t.Errorf("%s: F1 %.3f is below %.2f", f.name, f.figure, f.floor)
		}
	}
}

// TestAnswers asks the graph of the examples saved queries. The answers must
// hold these rows; a row may say more.
func TestAnswers(t *testing.T) {
	g := graph{t}
	dir := filepath.Join(t.TempDir(), "example.graph")
	g.run("build", "cables", "-o", dir)
	for _, question := range []struct {
		saved  string
		params []string
		rows   []map[string]string
	}{{
		saved: "arrests",
		rows: []map[string]string{
			{"name": "Wilmer Anael Paz Urquia", "date": "2006-09-14", "paragraph": "<cable:07TEGUCIGALPA412/4>"},
			{"name": "Marvin Estuardo Batz Coyoy", "date": "2008-01-17", "paragraph": "<cable:08GUATEMALA233/2>"},
		},
	}, {
		saved: "missing-cables",
		rows: []map[string]string{
			{"cable": "<cable:07TEGUCIGALPA412>", "missing": "<cable:06STATE190055>", "paragraph": "<cable:07TEGUCIGALPA412/0>"},
			{"cable": "<cable:08GUATEMALA233>", "missing": "<cable:07GUATEMALA2210>"},
		},
	}} {
		args := []string{"query", dir, "--saved", question.saved}
		for _, p := range question.params {
			args = append(args, "--param", p)
		}
		var got []map[string]any
		in := json.NewDecoder(bytes.NewReader(g.run(args...)))
		for in.More() {
			var row map[string]any
			if err := in.Decode(&row); err != nil {
				t.Fatalf("%s: %v", question.saved, err)
			}
			got = append(got, row)
		}
		for _, want := range question.rows {
			if !holds(got, want) {
				t.Errorf("%s %q: no row of %d holds %v", question.saved, question.params, len(got), want)
			}
		}
	}
}

// holds reports whether a row has all the wanted values, each in a column of
// its own or in a list there.
func holds(rows []map[string]any, want map[string]string) bool {
next:
	for _, row := range rows {
		for column, value := range want {
			switch v := row[column].(type) {
			case string:
				if v != value {
					continue next
				}
			case []any:
				found := false
				for _, x := range v {
					found = found || x == any(value)
				}
				if !found {
					continue next
				}
			default:
				continue next
			}
		}
		return true
	}
	return false
}
