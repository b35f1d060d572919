package link

import (
	"embed"
	"errors"
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
	r, errs := load(dir)
	if err := errors.Join(errs...); err != nil {
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

	// what the cable as a whole says, once it has been looked for
	states   map[uint64]int32 // first mentions of states, by the hashes of their names; 0 is the sending post
	titled   map[uint64]map[uint64]int
	bodiesOf map[string]int32 // of roles
	named    []int32          // first mentions of bodies
	reports  []int32

	trials []Trial // what Explain collects; nil else
	trying Trial   // the one at hand

	trainee trainee // whom a list of trainees spoke of last
}

// newReader prepares the reading of d.
func newReader(r *Rules, d *entity.Document) *reader {
	x := &reader{
		Rules: r, d: d, lastPerson: -1, other: -1, block: -1, trainee: trainee{person: -1},
		states: map[uint64]int32{}, titled: map[uint64]map[uint64]int{}, bodiesOf: map[string]int32{},
		dropped: map[key]int{}, yielding: map[int]*rule{}, richer: map[string]bool{},
	}
	x.s = sentence{doc: d, lex: r.lex, dates: newDater(r.lex, d), theme: x.about}
	x.m.s = &x.s
	return x
}

// Relations returns the facts of d by these rules.
func (r *Rules) Relations(d *entity.Document) []Relation {
	x := newReader(r, d)
	b := buffers.Get().(*scratch)
	x.s.nodes, x.m.visited, x.m.gen, x.m.caps = b.nodes, b.visited, b.gen, b.caps
	x.header()
	x.names()
	for _, at := range d.Sentences {
		x.sentence(at)
	}
	*b = scratch{x.s.nodes, x.m.visited, x.m.gen, x.m.caps}
	buffers.Put(b)
	return x.settle()
}

// scratch is memory that the readers of documents hand on to each other.
type scratch struct {
	nodes   []node
	visited []uint32
	gen     uint32
	caps    []capture
}

var buffers = sync.Pool{New: func() any { return new(scratch) }}

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
	r.form(at)
	if !r.triggered(at) {
		r.persons(at, nil)
		return
	}
	asks := r.asks(at)
	for first := at.First; first < at.Last; {
		piece := at
		piece.First, piece.Last = first, r.pieceEnd(first, at.Last)
		r.s.read(piece)
		if !asks {
			r.piece()
		}
		first = piece.Last
	}
	if r.s.at == at { // not in pieces
		r.persons(at, r.s.nodes)
	} else {
		r.persons(at, nil)
	}
}

// maxPiece is how many tokens are read at once. A sentence of more, which is a
// list or no sentence at all, is read in pieces, so that time grows with its
// length and no faster.
const maxPiece = 500

// pieceEnd returns the end of the piece of a sentence that starts at token
// first: the sentence's own, or that of a list's item, and of no name's middle.
func (r *reader) pieceEnd(first, last int) int {
	if last-first <= maxPiece {
		return last
	}
	end := first + maxPiece
	for i := end - 1; i > end-maxPiece/2; i-- {
		if t := &r.d.Tokens[i]; t.Mention < 0 && (t.Lower == hComma || t.Lower == hSemicolon) {
			return i + 1
		}
	}
	if m := r.d.Tokens[end].Mention; m >= 0 && r.d.Mentions[m].First > first {
		return r.d.Mentions[m].First
	}
	return end
}

// piece runs the rules whose words stand in the sentence, or in the piece of a
// long one, that was read last.
func (r *reader) piece() {
	if len(r.s.nodes) > 0 {
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
			list, starts := int32(-1), true // whether a phrase of the list starts here: many rules ask
			for _, a := range w.anchors {
				if a.list != list {
					list, starts = a.list, a.list < 0 || r.m.phrase(a.list, i, 1) > 0
				}
				if starts {
					r.rule(a, i)
				}
			}
		}
	}
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
		if w := r.lex.known(t.Lower); w != nil && len(w.anchors) > 0 {
			return true
		}
	}
	return false
}

// asks reports whether the sentence is a question.
func (r *reader) asks(at entity.Sentence) bool {
	last := &r.d.Tokens[at.Last-1]
	return last.Mention < 0 && r.d.Cable.Text.String()[last.End-1] == '?'
}
