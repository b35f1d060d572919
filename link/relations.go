package link

import (
	"embed"
	"io/fs"
	"sync"

	"cablegraph/cable"
	"cablegraph/entity"
)

//go:embed rules
var ruleFiles embed.FS

// Default returns the program's own rules, those of link/rules.
var Default = sync.OnceValue(func() *Rules {
	dir, err := fs.Sub(ruleFiles, "rules")
	if err != nil {
		panic(err) // the directory is embedded
	}
	r, err := load(dir)
	if err != nil {
		panic(err) // the tests load them
	}
	return r
})

// Relations returns the facts that a cable states, by the program's own rules:
// first those of the header, then those of the text in order. It is a pure
// function and safe to call from many goroutines.
func Relations(d *entity.Document) []Relation { return Default().Relations(d) }

// reader finds the facts of one document.
type reader struct {
	*Rules
	d   *entity.Document
	s   sentence
	m   matcher
	out []Relation

	lastPerson int32   // the only person of the sentence before, or -1
	other      int32   // whom a pronoun of that sentence meant, as in "Gil appointed her", or -1
	otherClass class   // and whether it was male or female
	group      []int32 // the only persons of the sentence before that stand as a group
	block      int     // of the sentence before
	topic      *theme
	dropped    map[key]int
	yielding   map[int]*rule   // facts that others may make needless
	richer     map[string]bool // of facts with more than one argument

	trials []Trial // what Explain collects; nil else
	failed string
}

// newReader prepares the reading of d.
func newReader(r *Rules, d *entity.Document) *reader {
	x := &reader{
		Rules: r, d: d, lastPerson: -1, other: -1, block: -1,
		dropped: map[key]int{}, yielding: map[int]*rule{}, richer: map[string]bool{},
	}
	x.s = sentence{doc: d, lex: r.lex, dates: newDater(r.lex, d), theme: x.about}
	x.m.s = &x.s
	return x
}

// Relations returns the facts of d by these rules.
func (r *Rules) Relations(d *entity.Document) []Relation {
	x := newReader(r, d)
	x.header()
	x.names()
	for _, at := range d.Sentences {
		x.sentence(at)
	}
	return x.settle()
}

// sentence runs the rules whose words stand in the sentence.
func (r *reader) sentence(at entity.Sentence) {
	b := &r.d.Cable.Blocks[at.Block]
	if b.Kind != cable.BlockText && b.Kind != cable.BlockHeading || b.Question {
		r.forget()
		return
	}
	if at.Block != r.block {
		r.forget()
		r.block = at.Block
	}
	if !r.triggered(at) {
		r.persons(at, nil)
		return
	}
	r.s.read(at)
	if n := len(r.s.nodes); n > 0 && !r.s.question() {
		r.located()
		for i := range r.s.nodes {
			if r.s.nodes[i].kind == entityNode {
				for _, a := range r.byKind[r.s.kind(i)] {
					r.rule(a, i)
				}
				continue
			}
			w := r.s.nodes[i].word
			if w == nil {
				continue
			}
			for _, a := range w.anchors {
				r.rule(a, i)
			}
		}
	}
	r.persons(at, r.s.nodes)
}

// triggered reports whether a rule may match in the sentence at all.
func (r *reader) triggered(at entity.Sentence) bool {
	for i := at.First; i < at.Last; i++ {
		t := &r.d.Tokens[i]
		if t.Mention >= 0 {
			if len(r.byKind[r.d.Mentions[t.Mention].Kind]) > 0 || i+1 < at.Last && r.d.Tokens[i+1].Lower == hComma { // "Tapachula, Chiapas"
				return true
			}
			continue
		}
		if w := r.lex.words[t.Lower]; w != nil && len(w.anchors) > 0 {
			return true
		}
	}
	return false
}

// question reports whether the sentence asks.
func (s *sentence) question() bool {
	last := &s.nodes[len(s.nodes)-1]
	return s.doc.Cable.Text.String()[s.doc.Tokens[last.last-1].End-1] == '?' && last.kind == wordNode
}
