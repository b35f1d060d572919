package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Every question in docs/queries.md runs on the bundled cables and has an
// answer; the rows that the page shows are among it.
func TestDocumentedQueries(t *testing.T) {
	page, err := os.ReadFile("../../docs/queries.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "GRAPH")
	if out, err := exec.Command("graph", "build", "../../examples/cables", "-o", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var answer []byte
	n := 0
	for _, block := range strings.Split(string(page), "\n```")[1:] {
		lang, text, _ := strings.Cut(block, "\n")
		switch lang {
		case "gizmo", "graphql":
			answer = ask(t, exec.Command("graph", "query", dir, "--lang", lang, text))
			n++
		case "sh":
			for line := range strings.Lines(text) {
				answer = ask(t, exec.Command("sh", "-c", strings.Replace(line, "GRAPH", dir, 1)))
				n++
			}
		case "json":
			for line := range strings.Lines(text) {
				if !among(t, line, answer) {
					t.Errorf("the page shows %s\nbut the answer is\n%s", line, answer)
				}
			}
		}
	}
	if n == 0 {
		t.Error("docs/queries.md has no questions")
	}
}

func ask(t *testing.T, cmd *exec.Cmd) []byte {
	t.Helper()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil || len(out) == 0 {
		t.Errorf("%q: %v\n%s", cmd.Args[1:], err, stderr.Bytes())
	}
	return out
}

// among tells whether a JSON value is one of the lines.
func among(t *testing.T, value string, lines []byte) bool {
	t.Helper()
	var want any
	if err := json.Unmarshal([]byte(value), &want); err != nil {
		t.Fatalf("the page shows %s: %v", value, err)
	}
	for line := range bytes.Lines(lines) {
		var got any
		if json.Unmarshal(line, &got) == nil && cmp.Equal(got, want) {
			return true
		}
	}
	return false
}
