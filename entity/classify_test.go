package entity

import (
	"slices"
	"strings"
	"testing"

	"cablegraph/cable"
	"cablegraph/vocab"
)

// cableOf makes a cable of one post around running text.
func cableOf(t *testing.T, text string) *cable.Cable {
	t.Helper()
	raw := "R 010000Z JAN 08\nFM AMEMBASSY LISBON\nTO SECSTATE WASHDC\n\nUNCLAS LISBON 000001\n\nSUBJECT: FISHERIES TALKS\n\n" + text + "\n"
	for c, err := range cable.Read(strings.NewReader(raw), "08LISBON1.txt") {
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	t.Fatal("no cable")
	return nil
}

// readings returns what the classifier thinks of the open runs of a text, by
// their words, before any rule has looked at it.
func readings(t *testing.T, text string) map[string]reading {
	t.Helper()
	f := NewFinder()
	f.d = newDocument(cableOf(t, text))
	f.people.reset()
	f.look()
	runs := f.openRuns()
	got := map[string]reading{}
	for k, r := range f.read(runs) {
		got[f.d.Text(runs[k].first, runs[k].last)] = r
	}
	return got
}

func TestReadings(t *testing.T) {
	got := readings(t, "1. After the talks Quellbrand said the draft had been approved by Ottokar Vrbensky, "+
		"and Quellbrand's adviser agreed. The delegation then drove to Hallstedt, where it met fishermen.")
	for _, name := range []string{"Quellbrand", "Ottokar Vrbensky"} {
		r, ok := got[name]
		if !ok || r[readPerson] < 0 || r[readPerson] < r[readPlace] || r[readPerson] < r[readBody] {
			t.Errorf("%s is read as %v (found: %v)", name, r, ok)
		}
	}
	if r := got["Hallstedt"]; r[readPerson] > got["Quellbrand"][readPerson] {
		t.Errorf("Hallstedt %v is more of a person than Quellbrand %v", r, got["Quellbrand"])
	}
}

// A spelling is read from all its occurrences, and the same everywhere.
func TestOneReadingForASpelling(t *testing.T) {
	f := NewFinder()
	f.d = newDocument(cableOf(t, "1. Quellbrand said no. The talks with Quellbrand failed. Later Quellbrand left."))
	f.people.reset()
	f.look()
	runs := f.openRuns()
	all := f.read(runs)
	var seen []reading
	for k, r := range runs {
		if f.d.Text(r.first, r.last) == "Quellbrand" {
			seen = append(seen, all[k])
		}
	}
	if len(seen) < 2 || len(slices.Compact(seen)) != 1 {
		t.Errorf("readings %v", seen)
	}
}

func TestCandidates(t *testing.T) {
	c := cableOf(t, "1. Ambassador Ottokar Vrbensky met the Ministry of Fisheries in Antananarivo. Later Quellbrand wrote a note, and the Total Blue Plan was dropped.")
	want := map[string]vocab.Kind{
		"Ottokar Vrbensky":      vocab.Person,
		"Ministry of Fisheries": vocab.Agency,
		"Antananarivo":          vocab.Place,
		"Quellbrand":            vocab.NoKind,
	}
	got := map[string]Candidate{}
	for _, cand := range NewFinder().Candidates(c) {
		s := cand.Spans[0]
		got[c.Raw[s.Start:s.End]] = cand
		if len(cand.Features) == 0 || !slices.IsSorted(cand.Features) {
			t.Errorf("%s has the features %v", c.Raw[s.Start:s.End], cand.Features)
		}
	}
	for name, kind := range want {
		cand, ok := got[name]
		if !ok || cand.Kind != kind || kind == vocab.NoKind && cand.Everyday {
			t.Errorf("%s: found %v, kind %v, everyday %v", name, ok, cand.Kind, cand.Everyday)
		}
	}
}

// What a title in front says is hidden from the classifier, which is asked
// where there is none.
func TestTitleIsHidden(t *testing.T) {
	features := func(text string) Candidate {
		for _, cand := range NewFinder().Candidates(cableOf(t, text)) {
			return cand
		}
		t.Fatalf("no candidate in %q", text)
		return Candidate{}
	}
	a, b := features("1. They saw General Quellbrand leave."), features("1. They saw Colonel Quellbrand leave.")
	if !slices.Equal(a.Features, b.Features) {
		t.Error("the title makes a difference")
	}
}

func TestRunsOfDemonyms(t *testing.T) {
	got := readings(t, "1. They told Costa Rican officials and South African pilots of Quellbrand.")
	for name := range got {
		if name != "Quellbrand" {
			t.Errorf("%q is taken for a run", name)
		}
	}
}
