package entity

import (
	"slices"
	"strings"
	"testing"

	"cablegraph/cable"
	"cablegraph/vocab"
)

func TestExplain(t *testing.T) {
	c := textCable("Police held Rosa Quilca Tejada. Quilca denied it. Mr. Tejada Quilca met Lobo in Ankara.")
	f := NewFinder()
	want := f.Find(c)
	d, e := f.Explain(c)
	if !slices.Equal(d.Mentions, want.Mentions) {
		t.Errorf("explained\n%v\nfound\n%v", d.Mentions, want.Mentions)
	}
	if f.trace != nil {
		t.Error("goes on tracing")
	}

	// Every mention has a step that took it, by its rule, and none took anything else.
	took := 0
	for _, s := range e.Steps {
		if s.Took {
			took++
		}
	}
	for _, m := range d.Mentions {
		if !slices.ContainsFunc(e.Steps, func(s Step) bool {
			return s.Took && s.First == m.First && s.Last == m.Last && s.Rule == m.Rule && s.Kind == m.Kind && s.Score == m.Score
		}) {
			t.Errorf("no step took %q", m.Text)
		}
	}
	if took != len(d.Mentions) {
		t.Errorf("%d steps took something, of %d mentions", took, len(d.Mentions))
	}

	// What was weighed for a name, what the tables say of it and of no other.
	at := func(text string) *Explanation {
		t.Helper()
		i := strings.Index(c.Raw, text)
		first, last := d.Within(cable.Span{Start: i, End: i + len(text)})
		if got := d.Text(first, last); got != text {
			t.Errorf("the tokens of %q are %q", text, got)
		}
		return e.In(first, last)
	}
	rosa := at("Rosa")
	if len(rosa.Words) != 1 || !strings.Contains(rosa.Words[0].Says, "forename") {
		t.Errorf("words %v, want a forename", rosa.Words)
	}
	if !slices.ContainsFunc(rosa.Steps, func(s Step) bool {
		return s.Rule == "person.run" && !s.Took && strings.HasPrefix(s.Why, "person ") && strings.Contains(s.Why, "the classifier reads person ")
	}) {
		t.Errorf("steps %v do not say what was weighed", rosa.Steps)
	}
	if ankara := at("Ankara"); !slices.ContainsFunc(ankara.Names, func(k Knowledge) bool { return strings.Contains(k.Says, "place city place:ankara TR") }) {
		t.Errorf("names %v, want the city", ankara.Names)
	}
	if held := at("held"); len(held.Steps) > 0 {
		t.Errorf("steps at \"held\": %v", held.Steps)
	}
}

// A rule that wants words that are taken is told by whom.
func TestExplainRefusal(t *testing.T) {
	f := NewFinder()
	f.d = newDocument(textCable("The Harbour Board met."))
	f.look()
	f.trace = &trace{}
	f.mark(1, 3, Mention{Rule: "first", Kind: vocab.Agency})
	f.mark(2, 4, Mention{Rule: "second", Kind: vocab.State})
	f.trace.leaves("third", run{first: 0, last: 1}, "reason")
	want := []Step{
		{First: 1, Last: 3, Rule: "first", Took: true, Kind: vocab.Agency},
		{First: 2, Last: 4, Rule: "second", Kind: vocab.State, Why: `first has "Harbour Board"`},
		{First: 0, Last: 1, Rule: "third", Why: "reason"},
	}
	if !slices.Equal(f.trace.steps, want) {
		t.Errorf("steps %v, want %v", f.trace.steps, want)
	}
}

func TestFlagNames(t *testing.T) {
	if got, want := (isForename | isBound | isFunction).String(), "forename, in a longer demonym"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if 1<<(len(flagNames)-1) != isBound {
		t.Errorf("%d names for the flags up to %d", len(flagNames), isBound)
	}
	if 1<<(len(needsList)-1) != needsPost {
		t.Errorf("%d names for the needs up to %d", len(needsList), needsPost)
	}
}
