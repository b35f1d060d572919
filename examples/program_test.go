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

	"cablegraph/link/score"
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
	marked, err := score.ReadMarks("gold")
	if err != nil {
		t.Fatal(err)
	}
	found, err := score.ReadExtractions(bytes.NewReader(graph{t}.run("extract", "cables")), "graph extract")
	if err != nil {
		t.Fatal(err)
	}
	r := score.Compare(marked, found)
	for _, f := range []struct {
		name          string
		figure, floor float64
	}{
		{"mentions", r.Mentions.F1(), 0.95},
		{"linking", r.Linking.F1(), 0.92},
		{"facts of the header", r.Groups[score.Header].F1(), 0.97},
		{"core facts", r.Groups[score.Core].F1(), 0.69},
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
		saved: "sentences",
		rows: []map[string]string{
			{"name": "Wilmer Anael Paz Urquia", "date": "2007-12-19", "term": "18 years", "charge": "trafficking in persons", "paragraph": "<cable:08TEGUCIGALPA95/2>"},
			{"name": "Gerald T. Whitcombe", "term": "12 years", "paragraph": "<cable:08TEGUCIGALPA95/5>"},
			{"name": "Valeriu Grosu-Cebotari", "date": "2006-12-12", "term": "19 years", "paragraph": "<cable:06CHISINAU1190/1>"},
		},
	}, {
		saved: "extraditions",
		rows: []map[string]string{
			{"name": "Marvin Estuardo Batz Coyoy", "date": "2008-02-15", "from": "<state:guatemala>", "to": "<state:honduras>", "paragraph": "<cable:08GUATEMALA233/4>"},
			{"name": "Jairo Alonso Quintero Berrio", "date": "2010-02-05", "from": "<state:colombia>", "to": "<state:united-states>", "paragraph": "<cable:10BOGOTA215/1>"},
			{"name": "Daniel R. Oakes", "to": "<state:united-states>", "status": "hypothetical", "paragraph": "<cable:08TEGUCIGALPA95/5>"},
		},
	}, {
		saved: "laws",
		rows: []map[string]string{
			{"name": "Passage: Edo, 2006-05", "state": "<state:edo>", "date": "2006-05", "paragraph": "<cable:08ABUJA731/2>"},
			{"name": "Passage: Lagos, 2008-02", "state": "<state:lagos>", "date": "2008-02", "paragraph": "<cable:08ABUJA731/2>"},
			{"name": "Signature: Decree 234-2005, 2006-02-08", "date": "2006-02-08", "paragraph": "<cable:07TEGUCIGALPA412/9>"},
			{"status": "negated", "type": "<cg:Passage>", "paragraph": "<cable:08GUATEMALA233/6>"},
		},
	}, {
		saved:  "head",
		params: []string{"body=agency:femt"},
		rows: []map[string]string{
			{"fact": "appointed", "name": "Karla Ondina Figueroa Maradiaga", "by": "<person:ramiro-discua-alvarado>", "date": "2007-01-22", "paragraph": "<cable:07TEGUCIGALPA412/4>"},
		},
	}, {
		saved:  "agreements",
		params: []string{"party=state:honduras"},
		rows: []map[string]string{
			{"dates": "2006-06-02", "parties": "<state:guatemala>", "paragraph": "<cable:07TEGUCIGALPA412/17>"},
			{"dates": "2008-05-27", "parties": "<state:el-salvador>", "paragraph": "<cable:08SANSALVADOR640/1>"},
		},
	}, {
		saved: "trainings",
		rows: []map[string]string{
			{"date": "2006-11", "trainer": "<agency:ilo>", "paragraph": "<cable:07TEGUCIGALPA412/13>"},
		},
	}, {
		saved:  "accused",
		params: []string{"words=u.s. citizen"},
		rows: []map[string]string{
			{"name": "Gerald T. Whitcombe", "type": "<cg:Arrest>", "date": "2006-05-30", "paragraph": "<cable:07TEGUCIGALPA412/12>"},
		},
	}, {
		saved: "victims",
		rows: []map[string]string{
			{"origin": "<state:honduras>", "share": "58%", "reporter": "<agency:iom>", "paragraph": "<cable:07TEGUCIGALPA412/5>"},
			{"origin": "<state:nicaragua>", "share": "26%", "reporter": "<agency:iom>", "paragraph": "<cable:07TEGUCIGALPA412/5>"},
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
