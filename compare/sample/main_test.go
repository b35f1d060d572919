package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The judgements in the repository are complete, in order and counted once.
func TestJudgements(t *testing.T) {
	for _, file := range []string{"mentions.tsv", "mentions-2.tsv", "facts.tsv", "facts-2.tsv", "facts-3.tsv", "events.tsv", "events-2.tsv"} {
		what, _, _ := strings.Cut(strings.TrimSuffix(file, ".tsv"), "-")
		n := drawn[what]
		rows, err := readRows(file)
		if err != nil {
			t.Error(err)
			continue
		}
		if len(rows) != n {
			t.Errorf("%s: %d rows, want %d", file, len(rows), n)
		}
		if !slices.IsSortedFunc(rows, compare) {
			t.Errorf("%s: rows are out of order", file)
		}
		seen := map[string]bool{}
		for _, r := range rows {
			if seen[r.key()] {
				t.Errorf("%s: twice: %s", file, r)
			}
			seen[r.key()] = true
			if right := r.verdict == "right"; right != (r.note == "") {
				t.Errorf("%s: what is wrong is said where something is: %s", file, r)
			}
		}
		var out strings.Builder
		if err := count(&out, file, "", ""); err != nil {
			t.Error(err)
		}
	}
}

func TestCount(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mentions.tsv")
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("# elections 07QUIMAL1\n" +
		"07QUIMAL1\t10\t19\tperson\t\tright\t\n" +
		"07QUIMAL1\t30\t36\tplace\t\ttype\tsurname\n" +
		"07QUIMAL1\t40\t45\tperson\t\tboundary\tend left out\n")
	var out strings.Builder
	if err := count(&out, path, "", ""); err != nil {
		t.Fatal(err)
	}
	want := `| type or subject | judged | right | boundary | type | no-name | right, % |
|---|---|---|---|---|---|---|
| all | 3 | 1 | 1 | 1 | 0 | 33 |
| elections | 3 | 1 | 1 | 1 | 0 | 33 |
| person | 2 | 1 | 1 | 0 | 0 | 50 |
| place | 1 | 0 | 0 | 1 | 0 | 0 |

| what is wrong | times |
|---|---|
| boundary: end left out | 1 |
| type: surname | 1 |
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
	for text, want := range map[string]string{
		"07QUIMAL1\t10\t19\tperson\t\tperhaps\t\n": `verdict "perhaps"`,
		"07QUIMAL1\t10\t19\tperson\t\t\t\n":        `verdict ""`,
		"07QUIMAL1\t10\t19\tperson\n":              "4 columns, want 7",
		"07QUIMAL1\tten\t19\tperson\t\tright\t\n":  "mentions.tsv:1: start",
		"07QUIMAL1\t19\t19\tperson\t\tright\t\n":   "no end after the start",
	} {
		write(text)
		if err := count(&strings.Builder{}, path, "", ""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestChoose(t *testing.T) {
	cables := map[string]checked{
		"07QUIMAL1": {ID: "07QUIMAL1", Tags: []string{"MARR", "ECON"}},
		"07QUIMAL2": {ID: "07QUIMAL2", Subject: "Candidates for mayor", Tags: []string{"SENV"}},
		"07QUIMAL3": {ID: "07QUIMAL3", Tags: []string{"ECON", sharedTag}},
		"07QUIMAL4": {ID: "07QUIMAL4", Tags: []string{"CVIS"}},
		"07QUIMAL5": {ID: "07QUIMAL5", Tags: []string{"ECON"}},
	}
	got := choose("mentions", []string{"07QUIMAL1", "07QUIMAL2", "07QUIMAL3", "07QUIMAL4", "07QUIMAL5"}, cables)
	want := map[string]string{"07QUIMAL1": "military", "07QUIMAL2": "elections", "07QUIMAL5": "economics"}
	if len(got) != len(want) {
		t.Errorf("%v, want %v", got, want)
	}
	for id, subject := range want {
		if got[id] != subject {
			t.Errorf("%s: %q, want %q", id, got[id], subject)
		}
	}
}

// Facts are told apart by all that they say, and the header's are left out.
func TestFactsOf(t *testing.T) {
	var c extracted
	c.Cable = "07QUIMAL1"
	add := func(typ string, para int, args map[string]any) {
		c.Relations = append(c.Relations, struct {
			Type, Status string
			Para         int
			Evidence     span
			Args         map[string]any
		}{typ, "asserted", para, span{10, 20}, args})
	}
	add("arrested", 2, map[string]any{"person": []any{"person:ana-prado", "person:ana-rivas"}, "date": "2007-05"})
	add("arrested", 2, map[string]any{"person": []any{"person:ana-prado"}, "date": "2007-05"})
	add("sentTo", 0, map[string]any{"document": "cable:07QUIMAL1"})
	add("locatedIn", 0, map[string]any{"place": "place:quimal"})
	rows := factsOf(c)
	if len(rows) != 2 {
		t.Fatalf("%d facts, want 2: %v", len(rows), rows)
	}
	if want := "date=2007-05; person=person:ana-prado; person=person:ana-rivas"; rows[0].args != want {
		t.Errorf("%q, want %q", rows[0].args, want)
	}
	if rows[0].key() == rows[1].key() {
		t.Errorf("two facts under one key: %s", rows[0].key())
	}
	if strings.Contains(rows[0].String(), "ana") {
		t.Errorf("names in the row: %s", rows[0])
	}
}
