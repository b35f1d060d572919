package main

import (
	"slices"
	"testing"

	"github.com/jdkato/prose/v2"
)

func TestMentions(t *testing.T) {
	const text = "Ana Prado left. Ana  Rivas of Quimal met\nAna Prado and Rivas."
	got := mentions(text, []prose.Entity{
		{Text: "Ana Rivas", Label: "PERSON"},
		{Text: "Quimal", Label: "GPE"},
		{Text: "Unheard Of", Label: "PERSON"},
		{Text: "Ana Prado", Label: "PERSON"},
		{Text: "Rivas", Label: "OTHER"},
	})
	want := []mention{{16, 26, "person"}, {30, 36, "place"}, {41, 50, "person"}}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// What replaces a mark must be as long as the mark.
func TestQuotes(t *testing.T) {
	const text = "“Quimal”, ‘Ana’s’"
	if got := quotes.Replace(text); len(got) != len(text) {
		t.Errorf("%q has %d bytes, want %d", got, len(got), len(text))
	}
}
