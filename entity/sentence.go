package entity

import (
	_ "embed"
	"strings"
)

// abbreviations.txt holds the words whose full stop does not end a sentence.
//
//go:embed data/abbreviations.txt
var abbreviationList string

// lostAccents.txt holds words whose last letter, an accented one, transmission
// turned into "?".
//
//go:embed data/lost-accents.txt
var lostAccentList string

var (
	abbreviations = wordSet(abbreviationList)
	lostAccents   = wordSet(lostAccentList)
)

// wordSet returns the folded hashes of the words of list, one a line; lines
// that start with '#' are comments.
func wordSet(list string) map[uint64]bool {
	set := map[uint64]bool{}
	for line := range strings.Lines(list) {
		if w := strings.TrimSpace(line); w != "" && w[0] != '#' {
			set[foldHash(w)] = true
		}
	}
	return set
}

// split divides the tokens from first on, all of one block, into sentences.
func (d *Document) split(first, block int) {
	form := d.isForm(first)
	start := first
	for i := first; i < len(d.Tokens); i++ {
		if form && i > start && d.startsField(i) {
			d.Sentences = append(d.Sentences, Sentence{start, i, block})
			start = i
		}
		if d.endsSentence(i) {
			// closing quotes and parentheses go with the sentence that they close
			for i+1 < len(d.Tokens) && d.closes(i+1) {
				i++
			}
			d.Sentences = append(d.Sentences, Sentence{start, i + 1, block})
			start = i + 1
		}
	}
	if start < len(d.Tokens) {
		d.Sentences = append(d.Sentences, Sentence{start, len(d.Tokens), block})
	}
}

// isForm reports whether the tokens from first on are lines of fields: "Rank/Name:
// …", "Place of Birth: …". No sentence goes from one field to the next.
func (d *Document) isForm(first int) bool {
	n := 0
	for i := first; i < len(d.Tokens); i++ {
		if i == first || d.newLine(i) {
			if d.startsField(i) || i == first && d.label(i) {
				if n++; n == 2 {
					return true
				}
			}
		}
	}
	return false
}

// startsField reports whether a line starts at token i with the label of a field.
func (d *Document) startsField(i int) bool { return d.newLine(i) && d.label(i) }

// newLine reports whether token i is the first of its line.
func (d *Document) newLine(i int) bool {
	return i > 0 && strings.Contains(d.Cable.Text.String()[d.Tokens[i-1].End:d.Tokens[i].Start], "\n")
}

// label reports whether token i starts a few words with a colon at their end.
func (d *Document) label(i int) bool {
	if d.Tokens[i].Shape < Caps && d.Tokens[i].Shape != Initial {
		return false
	}
	for k := i + 1; k < len(d.Tokens) && k < i+6; k++ {
		switch w := d.Word(k); {
		case d.newLine(k):
			return false
		case w == ":":
			return d.Tokens[k].Start == d.Tokens[k-1].End
		case d.Tokens[k].Shape == Punct && w != "/" && w != "#":
			return false
		}
	}
	return false
}

// endsSentence reports whether the mark at token i ends a sentence that the
// next token does not go on with.
func (d *Document) endsSentence(i int) bool {
	t := d.Tokens[i]
	text := d.Cable.Text.String()
	last := text[t.End-1]
	if last != '.' && last != '!' && last != '?' {
		return false
	}
	if i+1 == len(d.Tokens) {
		return true
	}
	n := d.Tokens[i+1]
	if n.Start == t.End { // "word.)" ends, "3.a" does not
		return d.closes(i + 1)
	}
	if t.Shape != Punct { // "U.S." and "J." end a sentence only before a word that usually starts one
		return t.Shape == Caps && n.Shape == Capital && d.starter(i+1)
	}
	if n.Shape == Lower || n.Shape == Punct && text[n.Start] != '"' && text[n.Start] != '(' && text[n.Start] != '-' && text[n.Start] != '[' {
		return false
	}
	if i > 0 && d.Tokens[i-1].End == t.Start {
		switch p := d.Tokens[i-1]; {
		case last == '.' && t.End-t.Start == 1 && abbreviations[p.Lower]:
			return false
		case last == '?' && lostAccents[p.Lower]:
			return false
		}
	}
	return true
}

// closes reports whether token i is a closing quote or parenthesis that touches the one before.
func (d *Document) closes(i int) bool {
	t := d.Tokens[i]
	if t.Shape != Punct || t.Start != d.Tokens[i-1].End {
		return false
	}
	switch d.Cable.Text.String()[t.Start:t.End] {
	case ")", "\"", "'", "”", "’", "]", "''":
		return true
	}
	return false
}

// starters are words that start sentences and hardly ever names.
var starters = words("starters")

func (d *Document) starter(i int) bool { return starters[d.Tokens[i].Lower] }
