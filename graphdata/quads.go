package graphdata

import (
	"cmp"
	"iter"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	"cablegraph/link"
	"cablegraph/vocab"
)

// Quads yields the quads of the linked collection, as docs/vocabulary.md
// describes them: every (subject, predicate, object) once, labelled with the
// paragraph of its best evidence, in the order of their N-Quads lines. The
// same records give the same quads, in whatever order they were read.
//
// Of two records of one cable the first is taken; who reads the cables sets
// the others aside.
func Quads(g *link.Graph) iter.Seq[quad.Quad] {
	return func(yield func(quad.Quad) bool) {
		b := newBuilder(g)
		b.schema()
		b.entities()
		for i, r := range g.Records {
			if b.cables[r.Cable.ID] {
				slog.Warn("second record of a cable left out", "cable", r.Cable.ID, "file", r.Cable.Source.File)
				continue
			}
			b.cable(r)
			b.mentions(i, r)
			b.relations(i, r)
		}
		b.namedCables()
		b.otherNames()
		b.facts()
		for _, s := range elect(b.statements) {
			if !yield(s.quad) {
				return
			}
		}
	}
}

// statement is a quad that somebody states, and how good the evidence is.
type statement struct {
	quad quad.Quad
	key  string // subject, predicate and object as N-Quads write them
	rank rank
}

// rank orders the evidence for one (subject, predicate, object), the best
// first: the surest, then the earliest.
type rank struct {
	score float32
	sent  time.Time
	cable string
	para  int
	start int // byte of the cable's text
}

func (r rank) compare(o rank) int {
	return cmp.Or(
		cmp.Compare(o.score, r.score),
		r.sent.Compare(o.sent),
		cmp.Compare(r.cable, o.cable),
		cmp.Compare(r.para, o.para),
		cmp.Compare(r.start, o.start),
	)
}

// earlier orders evidence by when it was written, whatever its score.
func (r rank) earlier(o rank) int {
	r.score, o.score = 0, 0
	return r.compare(o)
}

// elect sorts the statements and keeps of each (subject, predicate, object)
// the one with the best evidence.
func elect(statements []statement) []statement {
	slices.SortFunc(statements, func(a, b statement) int {
		return cmp.Or(strings.Compare(a.key, b.key), a.rank.compare(b.rank))
	})
	return slices.CompactFunc(statements, func(a, b statement) bool { return a.key == b.key })
}

// builder collects the statements of a graph.
type builder struct {
	graph      *link.Graph
	statements []statement
	buf        []byte

	cables map[string]bool      // ids of cables that are named; true where they are in the graph
	others map[otherName]string // the predicate of an entity's other name
	events map[string]*event
	edges  map[string]*edge
}

type otherName struct{ node, name string }

func newBuilder(g *link.Graph) *builder {
	return &builder{
		graph:  g,
		cables: map[string]bool{},
		others: map[otherName]string{},
		events: map[string]*event{},
		edges:  map[string]*edge{},
	}
}

// add states a quad. What cannot be written as N-Quads is a fault of an
// earlier stage: it is logged and left out.
func (b *builder) add(subject, predicate string, object quad.Value, label string, r rank) {
	q := quad.Quad{Subject: quad.IRI(subject), Predicate: quad.IRI(predicate), Object: object, Label: quad.IRI(label)}
	var err error
	if b.buf, err = appendTriple(b.buf[:0], q); err == nil {
		_, err = appendResource(nil, q.Label, "label")
	}
	if err != nil {
		slog.Warn("quad left out", "error", err)
		return
	}
	b.statements = append(b.statements, statement{q, string(b.buf), r})
}

// name states the type and the name of a node.
func (b *builder) name(node, class, name, label string) {
	b.add(node, vocab.Type, quad.IRI(class), label, rank{})
	b.add(node, vocab.Name, quad.String(name), label, rank{})
}

// schema states which class is narrower than which.
func (b *builder) schema() {
	for _, c := range vocab.Classes() {
		if c.Parent != "" {
			b.add(c.Name, vocab.SubClassOf, quad.IRI(c.Parent), vocab.NamesLabel, rank{})
		}
	}
}

// entities states the types and names of all entities. Cables that are
// mentioned are named by their id, as those in the graph are.
func (b *builder) entities() {
	for _, e := range b.graph.Entities {
		name := e.Name
		if id, ok := b.nameCable(e.ID); ok {
			name = id
			b.alias(e.ID, vocab.Alias, e.Name, name)
		} else {
			b.name(e.ID, "cg:"+e.Class, name, vocab.NamesLabel)
		}
		for _, alias := range e.Aliases {
			b.alias(e.ID, vocab.Alias, alias, name)
		}
		b.alias(e.ID, vocab.Abbreviation, e.Abbreviation, name)
	}
}

// nameCable notes that a cable is named, if the IRI is a cable's, and returns
// its id.
func (b *builder) nameCable(iri string) (id string, ok bool) {
	if id, ok = strings.CutPrefix(iri, vocab.CableIRI("")); ok && !b.cables[id] {
		b.cables[id] = false
	}
	return id, ok
}

// alias notes another name of a node, unless it is none. What is said to be an
// abbreviation anywhere is no alias.
func (b *builder) alias(node, predicate, alias, name string) {
	key := otherName{node, alias}
	if alias != "" && alias != name && b.others[key] != vocab.Abbreviation {
		b.others[key] = predicate
	}
}

// otherNames states what alias noted.
func (b *builder) otherNames() {
	for other, predicate := range b.others {
		b.add(other.node, predicate, quad.String(other.name), vocab.NamesLabel, rank{})
	}
}

// namedCables states the types and names of all cables, and which are not in
// the graph.
func (b *builder) namedCables() {
	for id, present := range b.cables {
		iri := vocab.CableIRI(id)
		b.name(iri, vocab.ClassCable, id, vocab.NamesLabel)
		if !present {
			b.add(iri, vocab.Absent, quad.Bool(true), vocab.NamesLabel, rank{})
		}
	}
}

// entity returns the entity that mention m of record i names, or nil.
func (b *builder) entity(i, m int) *link.Entity {
	if i >= len(b.graph.Of) || m < 0 || m >= len(b.graph.Of[i]) {
		return nil
	}
	e := int(b.graph.Of[i][m])
	if e < 0 || e >= len(b.graph.Entities) {
		return nil
	}
	return &b.graph.Entities[e]
}
