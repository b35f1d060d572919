// Package examples_test holds the program to the marks of the example cables.
package examples_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cablegraph/cable"
	"cablegraph/link/score"
	"cablegraph/vocab"
)

// TestMarks checks that the marks say of the cables what stands in them.
func TestMarks(t *testing.T) {
	marks, err := score.ReadMarks("gold")
	if err != nil {
		t.Fatal(err)
	}
	entities := map[string]bool{}
	for _, x := range marks {
		for _, m := range x.Mentions {
			entities[m.Entity] = true
		}
	}
	for _, x := range marks {
		source, err := os.ReadFile("cables/" + x.Cable + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		words := func(start, end int) string {
			if start < 0 || end > len(source) || start >= end {
				t.Fatalf("%s: no bytes %d to %d", x.Cable, start, end)
			}
			return strings.Join(strings.Fields(string(source[start:end])), " ")
		}
		at := 0
		for _, m := range x.Mentions {
			if got, want := words(m.Start, m.End), strings.Join(strings.Fields(m.Text), " "); got != want {
				t.Errorf("%s: %q stands at %d, the mark says %q", x.Cable, got, m.Start, want)
			}
			if m.Start < at {
				t.Errorf("%s: %q at %d overlaps what is marked before", x.Cable, m.Text, m.Start)
			}
			if kind, _, _ := strings.Cut(m.Entity, "/"); vocab.ParseKind(m.Type) == vocab.NoKind || kind != m.Type {
				t.Errorf("%s: %q: type %q, entity %q", x.Cable, m.Text, m.Type, m.Entity)
			}
			at = m.End
		}
		for _, r := range x.Relations {
			if got := words(r.Evidence.Start, r.Evidence.End); got != r.Text {
				t.Errorf("%s: %q stands at %d, the mark says %q", x.Cable, got, r.Evidence.Start, r.Text)
			}
			kind, ok := vocab.RelationType(r.Type)
			if !ok {
				t.Errorf("%s: no relation is called %q", x.Cable, r.Type)
				continue
			}
			if _, ok := vocab.ParseStatus(r.Status); !ok {
				t.Errorf("%s: no status is called %q", x.Cable, r.Status)
			}
			for role := range r.Args {
				if _, ok := kind.Role(role); !ok {
					t.Errorf("%s: %s has no role %q", x.Cable, r.Type, role)
				}
				for _, v := range r.Args[role] {
					kind, name, isEntity := strings.Cut(v, "/")
					if _, _, _, isCable := cable.SplitID(name); isEntity && vocab.ParseKind(kind) != vocab.NoKind && !entities[v] && !(kind == "document" && isCable) {
						t.Errorf("%s: %s: nothing is marked as %s", x.Cable, r.Type, v)
					}
				}
			}
		}
	}
}

// header is what ID.cable.json marks; what the cable does not say is empty.
type header struct {
	ID             string     `json:"id"`
	Sent           *time.Time `json:"sent"`
	Precedence     string     `json:"precedence"`
	From           string     `json:"from"`
	To             []string   `json:"to"`
	Info           []string   `json:"info"`
	Classification string     `json:"classification"`
	Captions       []string   `json:"captions"` // sorted
	Tags           []string   `json:"tags"`
	Subject        string     `json:"subject"`
	References     []string   `json:"references"`
	Signature      string     `json:"signature"`
	Paragraphs     []struct {
		Number  int    `json:"number"`
		Marking string `json:"marking"`
	} `json:"paragraphs"`
}

// TestHeaders reads every example and compares it with its marks, as
// graph check --json prints it.
func TestHeaders(t *testing.T) {
	files, err := filepath.Glob("cables/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cables: %v", err)
	}
	for _, file := range files {
		id := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(id, func(t *testing.T) {
			marked, err := os.ReadFile("gold/" + id + ".cable.json")
			if err != nil {
				t.Fatal(err)
			}
			var want header
			if err := json.Unmarshal(marked, &want); err != nil {
				t.Fatal(err)
			}
			f, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			n := 0
			for c, err := range cable.Read(f, file) {
				if err != nil {
					t.Fatal(err)
				}
				n++
				printed, err := json.Marshal(cable.NewRecord(c))
				if err != nil {
					t.Fatal(err)
				}
				var got header
				if err := json.Unmarshal(printed, &got); err != nil {
					t.Fatal(err)
				}
				slices.Sort(got.Captions)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("header (-marked +read):\n%s", diff)
				}
			}
			if n != 1 {
				t.Errorf("read %d cables, want 1", n)
			}
		})
	}
}
