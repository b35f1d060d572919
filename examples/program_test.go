package examples_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

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

var update = flag.Bool("update", false, "write answers.txt")

// questions are those of docs/queries.md that one cable answers, with the
// columns that answer them.
var questions = []struct {
	question, saved string
	params          []string
	columns         string
}{
	{"Who was arrested, when, where, by whom?", "arrests", nil, "name status date place by charge"},
	{"Who was sentenced, to what, by which court, under which law?", "sentences", nil, "name status date months term court law charge"},
	{"Who was extradited, from where to where?", "extraditions", nil, "name status date from to"},
	{"Which states passed laws, and when?", "laws", nil, "type status by state date law scope"},
	{"Who sits on the commission?", "participants", []string{"committee=agency:inter-institutional-commission-against-trafficking"}, "body name"},
	{"Who heads the special prosecutor's office, who appointed her, and what was it called before?", "head", []string{"body=agency:femt"}, "fact name role by date former"},
	{"Which memoranda are there, between whom, and when?", "agreements", []string{"party=state:honduras"}, "parties dates laws status"},
	{"Who trained whom?", "trainings", nil, "trainer trainee status date place count topic"},
	{"Which Americans appear in cases?", "accused", []string{"words=u.s. citizen|american"}, "name type date"},
	{"What are the penalties, and which laws does a law amend?", "penalties", nil, "fact law minimum maximum penalty condition amended status"},
	{"Where do victims come from, and where do they go?", "victims", nil, "origin transit destination share count reporter"},
}

// TestAnswers asks the graph of the examples and compares what it says with
// answers.txt, which people can hold against the cables. With -update it writes
// the file.
func TestAnswers(t *testing.T) {
	g := graph{t}
	dir := filepath.Join(t.TempDir(), "example.graph")
	g.run("build", "cables", "-o", dir)
	var got bytes.Buffer
	for _, q := range questions {
		args := []string{"query", dir, "--saved", q.saved}
		for _, p := range q.params {
			args = append(args, "--param", p)
		}
		fmt.Fprintf(&got, "%s\n    graph query GRAPH %s\n\n", q.question, strings.ReplaceAll(strings.Join(args[2:], " "), "words=u.s. citizen|american", "'words=u.s. citizen|american'"))
		var rows [][]string
		in := json.NewDecoder(bytes.NewReader(g.run(args...)))
		for in.More() {
			var row map[string]any
			if err := in.Decode(&row); err != nil {
				t.Fatalf("%s: %v", q.saved, err)
			}
			cells := []string{plain(row["paragraph"])}
			for _, column := range strings.Fields(q.columns) {
				cells = append(cells, plain(row[column]))
			}
			rows = append(rows, cells)
		}
		slices.SortFunc(rows, slices.Compare)
		rows = slices.CompactFunc(rows, slices.Equal)
		tw := tabwriter.NewWriter(&got, 0, 0, 2, ' ', 0)
		for _, cells := range slices.Insert(rows, 0, append([]string{"paragraph"}, strings.Fields(q.columns)...)) {
			fmt.Fprintln(tw, strings.Join(cells, "\t"))
		}
		if err := tw.Flush(); err != nil {
			t.Fatal(err)
		}
		got.WriteString("\n\n")
	}
	text := regexp.MustCompile(` +\n`).ReplaceAllString(strings.TrimRight(got.String(), "\n")+"\n", "\n")
	if *update {
		if err := os.WriteFile("answers.txt", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("answers.txt")
	if err != nil {
		t.Fatal(err)
	}
	if text == string(want) {
		return
	}
	t.Error("the answers are not those of answers.txt: run with -update, and read what has changed")
	known, now := strings.Split(string(want), "\n"), strings.Split(text, "\n")
	for _, line := range known {
		if !slices.Contains(now, line) {
			t.Log("- " + line)
		}
	}
	for _, line := range now {
		if !slices.Contains(known, line) {
			t.Log("+ " + line)
		}
	}
}

// plain writes a value of an answer: IRIs without brackets, "-" for none.
func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return "-"
	case string:
		return strings.TrimSuffix(strings.TrimPrefix(v, "<"), ">")
	case []any:
		if len(v) == 0 {
			return "-"
		}
		var all []string
		for _, x := range v {
			all = append(all, plain(x))
		}
		slices.Sort(all)
		return strings.Join(all, ", ")
	}
	return fmt.Sprint(v)
}
