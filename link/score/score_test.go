package score

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTypes(t *testing.T) {
	if _, err := readTypes(typesTable); err != nil {
		t.Error(err)
	}
	_, err := readTypes("type\tsubject\tgroup\tfollows\narrested\tthief\tloud\tseen\nstolen\tthief\tcore\t\n")
	for _, want := range []string{`types.tsv:2: there is no role "thief"`, `:2: there is no group "loud"`, `:2: there is no relation "seen"`, `:3: there is no relation "stolen"`, "no row for convicted"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("a bad table: %v\nwant %s", err, want)
		}
	}
}

// A court case, as marked. Every test changes what was found of it.
func marks() []Extraction {
	return []Extraction{{
		Cable: "07LIMA1",
		Mentions: []Mention{
			{Start: 0, End: 4, Type: "person", Entity: "person/ana"},
			{Start: 9, End: 12, Type: "agency", Entity: "agency/nhi"},
			{Start: 20, End: 24, Type: "person", Entity: "person/ana"},
			{Start: 30, End: 34, Type: "person", Entity: "person/eva"},
		},
		Relations: []Relation{
			{Type: "arrested", Args: map[string]Values{"person": {"person/ana"}, "by": {"agency/nhi"}, "date": {"2007-05"}}, Status: "asserted", Evidence: Span{0, 20}},
			{Type: "sentenced", Args: map[string]Values{"person": {"person/eva"}, "term": {"nine years"}, "charge": {"theft"}}, Status: "alleged", Evidence: Span{25, 40}},
			{Type: "references", Args: map[string]Values{"document": {"document/07LIMA1"}, "referenced": {"document/06LIMA9"}}, Evidence: Span{50, 60}},
		},
	}}
}

func TestMarksAgainstThemselves(t *testing.T) {
	r := Compare(marks(), marks())
	for name, f := range map[string]float64{
		"mentions": r.Mentions.F1(), "person": r.Kinds["person"].F1(), "overlap": r.Overlap.F1(), "linking": r.Linking.F1(), "cables": r.Cables.F1(),
		"relations": r.Relations.F1(), "header": r.Groups[Header].F1(), "core": r.Groups[Core].F1(),
		"status": r.Status.Value(), "evidence": r.Evidence.Value(), "values": r.Values.Value(),
	} {
		if f != 1 {
			t.Errorf("%s %v, want 1", name, f)
		}
	}
	if faults := r.Worst(9, func(string, Span) string { return "" }); len(faults) > 0 {
		t.Errorf("faults %v", faults)
	}
}

// Found: other names; a mention missing, one too long, one of another type; Ana
// and Eva are one; a finer date, a wrong agency, another status, half a term.
func TestCompare(t *testing.T) {
	found := []Extraction{{
		Cable: "07LIMA1",
		Mentions: []Mention{
			{Start: 0, End: 4, Type: "person", Entity: "person:a"},
			{Start: 9, End: 12, Type: "organization", Entity: "organization:n"},
			{Start: 20, End: 26, Type: "person", Entity: "person:a"},
			{Start: 30, End: 34, Type: "person", Entity: "person:a"},
			{Start: 70, End: 74, Type: "state", Entity: "state:x"},
		},
		Relations: []Relation{
			{Type: "arrested", Args: map[string]Values{"person": {"person:a"}, "by": {"organization:n"}, "date": {"2007-05-03/2007-05-04"}}, Status: "alleged", Evidence: Span{15, 30}},
			{Type: "references", Args: map[string]Values{"document": {"cable:07LIMA1"}, "referenced": {"cable:06LIMA9", "cable:06LIMA8"}}, Evidence: Span{90, 95}},
			{Type: "operates", Args: map[string]Values{"body": {"organization:n"}, "object": {"a boat"}}, Rule: "op"},
		},
	}, {
		Cable:    "07LIMA2", // not marked
		Mentions: []Mention{{Start: 0, End: 4, Type: "person", Entity: "person:a"}},
	}}
	r := Compare(marks(), found)
	want := &Report{
		Mentions: Figure{2, 5, 4},
		Kinds:    map[string]Figure{"person": {2, 3, 3}, "agency": {0, 0, 1}},
		Overlap:  Rate{3.0 / 5, 3.0 / 4},
		// Of the two mentions found, each shares its found entity (3 mentions) with
		// no other right one; one of Ana's 2, and all of Eva's 1.
		Linking: Rate{(1.0/3 + 1.0/3) / 5, (1.0/2 + 1) / 4},
		// a is Ana, n and x are nobody.
		Cables:    Figure{1, 3, 3},
		Relations: Figure{2, 5, 4},
		Types: map[string]Figure{
			"arrested":   {1, 2, 2}, // the date is right, the agency wrong
			"sentenced":  {0, 0, 1}, // no other role is compared
			"references": {1, 2, 1},
			"operates":   {0, 1, 0},
		},
		Groups:   map[Group]Figure{Core: {1, 2, 3}, Header: {1, 2, 1}, Soft: {0, 1, 0}},
		Status:   Share{0, 1},
		Evidence: Share{1, 2},
		Values:   Share{},
	}
	faults := r.Worst(9, func(cable string, s Span) string { return "" })
	r.faults = nil
	if diff := cmp.Diff(want, r, cmp.AllowUnexported(Report{}), cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-12 })); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	lima := func(f Fault) Fault { f.Cable = "07LIMA1"; return f }
	if diff := cmp.Diff([]Fault{
		lima(Fault{Sort: WrongSpan, Type: "person", Count: 1, Span: Span{20, 26}, As: "person", Marked: Span{20, 24}}),
		lima(Fault{Sort: WrongType, Type: "organization", Count: 1, Span: Span{9, 12}, As: "agency", Marked: Span{9, 12}}),
		lima(Fault{Sort: ExtraMention, Type: "state", Count: 1, Span: Span{70, 74}}),
		{Sort: Merged, Type: "person", Count: 1, Text: "person:a = person/ana (1) person/eva (1)"},
		lima(Fault{Sort: WrongFact, Type: "arrested", Count: 1, Span: Span{15, 30}, Text: "person/ana by=?organization:n"}),
		lima(Fault{Sort: WrongFact, Type: "operates", Count: 1, Text: "?organization:n", Rule: "op"}),
		lima(Fault{Sort: WrongFact, Type: "references", Count: 1, Span: Span{90, 95}, Text: "07LIMA1 referenced=06LIMA8"}),
		lima(Fault{Sort: MissedFact, Type: "arrested", Count: 1, Span: Span{0, 20}, Text: "person/ana by=agency/nhi"}),
		lima(Fault{Sort: MissedFact, Type: "sentenced", Count: 1, Span: Span{25, 40}, Text: "person/eva"}),
	}, faults); diff != "" {
		t.Errorf("faults: -want +got\n%s", diff)
	}
}

func TestMissingCable(t *testing.T) {
	r := Compare(marks(), nil)
	if want := (Figure{0, 0, 4}); r.Mentions != want || len(r.Missing) != 1 || r.Missing[0] != "07LIMA1" {
		t.Errorf("mentions %v, want %v; missing %v", r.Mentions, want, r.Missing)
	}
	if want := (Figure{0, 0, 4}); r.Relations != want {
		t.Errorf("relations %v, want %v", r.Relations, want)
	}
}

// Whoever was sentenced was convicted: that is neither right nor wrong, unless
// the marks have a conviction of that person themselves.
func TestFollows(t *testing.T) {
	args := func(person, date string) map[string]Values {
		return map[string]Values{"person": {person}, "date": {date}}
	}
	people := []Mention{{Start: 0, End: 3, Type: "person", Entity: "person/ana"}, {Start: 5, End: 8, Type: "person", Entity: "person/eva"}}
	marked := []Extraction{{Cable: "07LIMA1", Mentions: people, Relations: []Relation{
		{Type: "sentenced", Args: args("person/ana", "2007")},
		{Type: "sentenced", Args: args("person/eva", "2007")},
		{Type: "convicted", Args: args("person/eva", "2006")},
	}}}
	found := []Extraction{{Cable: "07LIMA1", Mentions: people, Relations: []Relation{
		{Type: "convicted", Args: args("person/ana", "2007")},
		{Type: "convicted", Args: args("person/eva", "2007")},
	}}}
	if got, want := Compare(marked, found).Types["convicted"], (Figure{0, 1, 1}); got != want {
		t.Errorf("convicted %v, want %v", got, want)
	}
}

func TestParties(t *testing.T) {
	x := []Extraction{{
		Cable:    "07LIMA1",
		Mentions: []Mention{{Start: 0, End: 3, Type: "state", Entity: "state/a"}, {Start: 5, End: 8, Type: "state", Entity: "state/b"}},
		Relations: []Relation{
			{Type: "agreement", Args: map[string]Values{"parties": {"state/a", "state/b", "state/nowhere"}, "date": {"2004"}}},
		},
	}}
	if got, want := Compare(x, x).Types["agreement"], (Figure{4, 4, 4}); got != want { // each with the other, each with the date
		t.Errorf("%v, want %v", got, want)
	}
}

func TestValues(t *testing.T) {
	args := func(count, term string) []Extraction {
		return []Extraction{{
			Cable: "07LIMA1", Mentions: []Mention{{Start: 0, End: 3, Type: "person", Entity: "person/a"}},
			Relations: []Relation{{Type: "sentenced", Args: map[string]Values{"person": {"person/a"}, "count": {count}, "term": {term}}}},
		}}
	}
	if got, want := Compare(args("three", "9 years"), args("4", "nine years")).Values, (Share{1, 2}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestParseNumber(t *testing.T) {
	for text, want := range map[string]float64{
		"nine years": 9, "$7 million": 7e6, "1,500": 1500, "2.5 billion pesos": 2.5e9, "7": 7, "44%": 44, "Tier 2": 2,
		"twenty-five": 20, "some two-hundred": 200, "6 months of nine": 6, "7 millions": 7, "3.": 3, "ninety one": 1, "12,million": 12e6,
	} {
		if got, ok := parseNumber(text); !ok || got != want {
			t.Errorf("%q: %v %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "many", "someone", "a hundred"} {
		if got, ok := parseNumber(text); ok {
			t.Errorf("%q: %v, want none", text, got)
		}
	}
}

func TestCableOf(t *testing.T) {
	for entity, want := range map[string]string{
		"document/08LIMA12": "08LIMA12", "cable:08LIMA12": "08LIMA12", "document:tip-report-2009": "", "person/08LIMA12": "",
		"cable:108LIMA12": "", "cable:08LIMA": "", "cable:08LIMA12B": "", "cable": "",
	} {
		if got, ok := cableOf(entity); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q %v, want %q", entity, got, ok, want)
		}
	}
}

func TestParseDate(t *testing.T) {
	for text, want := range map[string]string{
		"2007": "2007", "2007-05": "2007-05", "2007-05-03": "2007-05-03", "2007-05-03/2007-06": "2007-05-03", "2007/2008": "2007",
		"May 2007": "", "2007-5": "", "2007-05-03/May": "", "2007-05-03T12:00": "", "/2007": "", "2007/": "",
	} {
		if got, ok := parseDate(text); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q %v, want %q", text, got, ok, want)
		}
	}
}

func TestWorst(t *testing.T) {
	var r Report
	for i, f := range []Fault{
		{Sort: ExtraMention, Type: "person", Span: Span{0, 1}},
		{Sort: ExtraMention, Type: "person", Span: Span{1, 2}},
		{Sort: ExtraMention, Type: "person", Span: Span{2, 3}},
		{Sort: WrongFact, Type: "alias"},
		{Sort: WrongFact, Type: "arrested", Text: "x"},
		{Sort: WrongFact, Type: "arrested", Text: "y"},
	} {
		f.Count, f.Cable = 1, string(rune('A'+i))
		r.faults = append(r.faults, f)
	}
	text := func(cable string, s Span) string { return []string{"Once", "the Guild", "The  guild"}[s.Start] }
	got := r.Worst(2, text)
	want := []Fault{
		{Sort: ExtraMention, Type: "person", Count: 2, Cable: "B", Span: Span{1, 2}, Text: "the Guild"},
		{Sort: ExtraMention, Type: "person", Count: 1, Cable: "A", Span: Span{0, 1}, Text: "Once"},
		{Sort: WrongFact, Type: "arrested", Count: 1, Cable: "E", Text: "x"},
		{Sort: WrongFact, Type: "arrested", Count: 1, Cable: "F", Text: "y"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestReadMarks(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := ReadMarks(dir); err == nil || !strings.Contains(err.Error(), "no marked cables") {
		t.Errorf("an empty directory: %v", err)
	}
	write("08LIMA2.ann.jsonl", `{"start": 3, "end": 6, "text": "Ana", "type": "person", "subtype": "x", "entity": "person/ana"}`+"\n\n")
	write("08LIMA2.relations.jsonl", `{"id": "r1", "type": "trained", "args": {"trainee": ["person/ana", "person/eva"], "count": 3, "topic": null, "date": "2007"}, "status": "planned", "para": -1, "evidence": {"start": 1, "end": 9}, "text": "…"}`)
	write("08LIMA10.ann.jsonl", "")
	got, err := ReadMarks(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []Extraction{{Cable: "08LIMA10"}, {
		Cable:    "08LIMA2",
		Mentions: []Mention{{Start: 3, End: 6, Text: "Ana", Type: "person", Entity: "person/ana"}},
		Relations: []Relation{{
			Type: "trained", Args: map[string]Values{"trainee": {"person/ana", "person/eva"}, "count": {"3"}, "topic": {"null"}, "date": {"2007"}},
			Status: "planned", Para: -1, Evidence: Span{1, 9}, Text: "…",
		}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	write("08LIMA2.relations.jsonl", "\n{\"type\": 5}\n")
	if _, err := ReadMarks(dir); err == nil || !strings.Contains(err.Error(), "08LIMA2.relations.jsonl:2: ") {
		t.Errorf("a bad line: %v", err)
	}
	if _, err := ReadMarks(filepath.Join(dir, "nowhere")); err == nil || !strings.HasSuffix(err.Error(), "nowhere: no such file or directory") {
		t.Errorf("no directory: %v", err)
	}
}

func TestIsExtraction(t *testing.T) {
	for text, want := range map[string]bool{
		`{"cable": "08LIMA2", "source": "x", "mentions": [], "relations": []}`: true,
		`{"id": "08LIMA2", "text": "UNCLAS"}`:                                  false,
		`{"mentions": "of a cable"}`:                                           false,
		"":                                                                     false,
		"R 141730Z FEB 07":                                                     false,
		`{"cable": "08LIMA2", "men`:                                            false,
	} {
		if got := IsExtraction(strings.NewReader(text)); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
