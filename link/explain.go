package link

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cablegraph/entity"
)

// Trial tells how a rule fared at a word of a sentence.
type Trial struct {
	Rule   string
	Word   string     // at which it was tried
	Facts  []Relation // that it made, before those that others make needless are left out
	Failed string     // why it made none: what its pattern wanted and found, or the argument that it missed
	got    int        // how much of it matched, in nodes
}

// whole is added to Trial.got where a pattern matched as a whole, and only
// arguments are missing.
const whole = 1000

// Explain tries the rules on one sentence of d, an index into d.Sentences. It
// tells of each rule whose word, verb or name is in the sentence which facts it
// made, or where it failed in the attempt that came farthest: rules with facts
// in the order of the sentence, then the others, those that almost matched first.
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
	x.m.trace = &trace{}
	x.sentence(d.Sentences[sentence])

	var made, failed []Trial
	best := map[string]int{} // of a rule: -1 where it made a fact, else its place in failed
	for _, t := range x.trials {
		if len(t.Facts) > 0 {
			made = append(made, t)
			best[t.Rule] = -1
		}
	}
	for _, t := range x.trials {
		switch k, ok := best[t.Rule]; {
		case !ok:
			best[t.Rule] = len(failed)
			failed = append(failed, t)
		case k >= 0 && t.got > failed[k].got:
			failed[k] = t
		}
	}
	slices.SortStableFunc(failed, func(a, b Trial) int { return cmp.Compare(b.got, a.got) })
	return append(made, failed...)
}

// trial runs the rule of an anchor at node i and keeps what became of it.
func (r *reader) trial(a anchor, i int) {
	before := len(r.out)
	r.trying = Trial{Rule: r.rules[a.rule].Name, Word: r.s.text(i, i+1)}
	r.match(a, i)
	r.trying.Facts = slices.Clone(r.out[before:])
	if len(r.trying.Facts) == 0 && r.trying.Failed == "" {
		r.trying.Failed = "says what is said already"
	}
	r.trials = append(r.trials, r.trying)
}

// got notes that n more nodes matched, for Explain.
func (r *reader) got(n int) { r.trying.got += n }

// fail notes why a rule makes no fact, for Explain. It costs nothing else.
func (r *reader) fail(format string, args ...string) {
	if r.trials == nil {
		return
	}
	values := make([]any, len(args))
	for i, a := range args {
		values[i] = a
	}
	r.trying.Failed = fmt.Sprintf(format, values...)
}

// stopped notes where the last run of the matcher, from node at, got to and what
// it wanted there. Side is where it ran: at the anchor, behind or before it.
func (r *reader) stopped(p *program, side string, at int) {
	if r.trials == nil {
		return
	}
	r.got(r.m.trace.far)
	i := at + r.m.trace.far*r.m.dir
	found := "the end of the sentence"
	switch {
	case i < 0:
		found = "the beginning of the sentence"
	case i < len(r.s.nodes):
		found = fmt.Sprintf("%q", r.s.text(i, i+1))
	}
	var wanted []string
	for _, pc := range r.m.trace.wanted {
		in := &r.m.code[pc]
		if w := strings.TrimPrefix(p.elements[in.elem], "^"); !slices.Contains(wanted, w) {
			wanted = append(wanted, w)
		}
	}
	r.fail("%s the anchor: wanted %s, found %s", side, strings.Join(wanted, " or "), found)
}
