package link

import (
	"fmt"

	"cablegraph/entity"
)

// Trial tells how a rule fared at a word of a sentence.
type Trial struct {
	Rule   string
	Word   string     // at which it was tried
	Facts  []Relation // that it made, before those that others make needless are left out
	Failed string     // why it made none: where its pattern stopped, or the argument that it missed
}

// Explain tries the rules on one sentence of d, an index into d.Sentences, and
// tells for each word at which a rule may match what became of it.
func (r *Rules) Explain(d *entity.Document, sentence int) []Trial {
	x := newReader(r, d)
	for i := range sentence { // pronouns look back
		if d.Sentences[i].Block == d.Sentences[sentence].Block {
			x.block = d.Sentences[i].Block
			x.s.read(d.Sentences[i])
			x.persons(d.Sentences[i], x.s.nodes)
		}
	}
	x.trials = []Trial{}
	x.sentence(d.Sentences[sentence])
	return x.trials
}

// trial runs the rule of an anchor at node i and keeps what became of it.
func (r *reader) trial(a anchor, i int) {
	made := len(r.out)
	r.failed = ""
	r.match(a, i)
	t := Trial{Rule: r.rules[a.rule].Name, Word: r.s.text(i, i+1), Failed: r.failed}
	if r.failed == otherWord {
		return
	}
	t.Facts = append(t.Facts, r.out[made:]...)
	if len(t.Facts) == 0 && t.Failed == "" {
		t.Failed = "says what is said already"
	}
	r.trials = append(r.trials, t)
}

// otherWord is the failure of a rule that shares a word with the sentence, but
// not the verb, its voice or the phrase that it is after. Explain leaves it out.
const otherWord = "another word"

// fail notes why a rule makes no fact, for Explain.
func (r *reader) fail(format string, args ...any) {
	if r.trials != nil {
		r.failed = fmt.Sprintf(format, args...)
	}
}

// stopped notes where the last run of the matcher, from node at, got to.
func (r *reader) stopped(side string, at, dir int) {
	if r.trials == nil {
		return
	}
	i := at + r.m.far*dir
	where := "the end of the sentence"
	switch {
	case i < 0:
		where = "the beginning of the sentence"
	case i < len(r.s.nodes):
		where = fmt.Sprintf("%q", r.s.text(i, i+1))
	}
	r.failed = fmt.Sprintf("no match %s the anchor, stopped at %s", side, where)
}
