// Package entity finds the names in a cable: people, agencies, organizations,
// states, places, laws, cases and documents.
//
// A cable is read once into tokens with offset, shape and hash; all later work
// is on tokens. Gazetteers are tries over token hashes. What the gazetteers do
// not know is decided from the shape of runs of capitalised words, from the
// words around them and from what the rest of the cable says of them: acronyms
// that it defines, full names that it gives before the surname alone.
package entity

import (
	"cablegraph/cable"
	"cablegraph/vocab"
)

// Document is a cable with its tokens and mentions.
type Document struct {
	Cable     *cable.Cable
	Tokens    []Token    // of all blocks that are read, in order
	Sentences []Sentence // in order, covering all tokens
	Mentions  []Mention  // in order of First, never overlapping
	Acronyms  []Acronym  // that the cable defines
	Forms     []Form     // about people
}

// Token is a word, number or mark of the cleaned text.
type Token struct {
	Start, End uint32 // bytes of Cable.Text.String()
	Shape      Shape
	Mention    int32  // index of the mention that covers it, or -1
	Hash       uint64 // of the exact bytes
	Lower      uint64 // of the folded bytes: lower case, without diacritics
}

// Shape is the look of a token.
type Shape uint8

// The shapes of tokens.
const (
	Punct   Shape = iota
	Number        // digits, with commas and points inside: "1,500", "3.5"
	Lower         // "arrested"
	Initial       // one capital, or one with a full stop: "J", "J."
	Caps          // two capitals and more: "INM", "U.S."
	Capital       // "Mexico", "Al-Qaida", "O'Reilly"
	Mixed         // "CdeBaca", "KwaZulu", "3rd"
)

// Sentence is a run of tokens inside one block.
type Sentence struct {
	First, Last int // tokens, Last exclusive
	Block       int // index into Cable.Blocks
}

// Mention is one naming of an entity.
type Mention struct {
	First, Last int        // tokens, Last exclusive
	Span        cable.Span // bytes of Cable.Raw
	Kind        vocab.Kind
	Subtype     string  // "gov", "us-gov", "post", … as GUIDELINES has them, or ""
	Text        string  // cleaned, white space folded, as printed
	Norm        string  // normal form of the name: gazetteer name, full form; Text where nothing better is known
	Key         string  // identity where a gazetteer or the cable's own form knows it: "state:mexico", "agency:state-department", "cable:08MEXICO721"; else ""
	Country     string  // ISO 3166 alpha-2 of the country that the mention is said to belong to ("Mexico's Attorney General"), or ""
	Rule        string  // the rule that made it: "agency.acronym"
	Score       float32 // how often mentions of this rule are right, from 0 to 1: data/scores.tsv
}

// Acronym is a definition found in the cable: "National Migration Institute
// (INM)" or "INM (National Migration Institute)".
type Acronym struct {
	Long, Short int // mentions
}

// Word returns the text of token i.
func (d *Document) Word(i int) string {
	t := d.Tokens[i]
	return d.Cable.Text.String()[t.Start:t.End]
}

// Text returns the cleaned text of tokens first to last, last exclusive.
func (d *Document) Text(first, last int) string {
	if last <= first {
		return ""
	}
	return d.Cable.Text.String()[d.Tokens[first].Start:d.Tokens[last-1].End]
}

// Span returns the bytes of Raw of tokens first to last, last exclusive.
func (d *Document) Span(first, last int) cable.Span {
	return d.Cable.Text.RawSpan(int(d.Tokens[first].Start), int(d.Tokens[last-1].End))
}
