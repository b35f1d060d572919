package graphdata

import (
	"bytes"
	"cmp"
	"context"
	"iter"
	"log/slog"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	"cablegraph/internal/extsort"
	"cablegraph/internal/memory"
	"cablegraph/link"
	"cablegraph/vocab"
)

// Quads yields the quads of the linked collection, as docs/vocabulary.md
// describes them: every (subject, predicate, object) once, labelled with the
// paragraph of its best evidence, in the order of their N-Quads lines. The
// same records give the same quads, in whatever order they were read. An error,
// that of ctx or of a full disk, is the last pair.
//
// Beside the collection itself it takes the memory that the options give, and
// the ids of all cables that are named, some 70 bytes each: statements, other
// names and the passages of facts are sorted on disk where they are more.
//
// Of two records of one cable the first is taken; who reads the cables sets
// the others aside.
func Quads(ctx context.Context, g *link.Graph, o extsort.Options) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		b := newBuilder(g, o)
		defer b.close()
		if err := b.state(ctx); err != nil {
			yield(quad.Quad{}, err)
			return
		}
		var last lastTerms
		for triple, value := range b.statements.Sorted(ctx) {
			q, err := last.quad(triple, value[rankLen(value):])
			if !yield(q, err) || err != nil {
				return
			}
		}
		if err := b.statements.Err(); err != nil {
			yield(quad.Quad{}, err)
		}
	}
}

// lastTerms reads terms as N-Quads have them, and those that repeat, as most
// do in sorted lines, once.
type lastTerms [4]struct {
	text  string
	value quad.Value
}

// quad reads a line that appendTriple wrote, and its label.
func (l *lastTerms) quad(triple, label []byte) (quad.Quad, error) {
	subject, rest, _ := bytes.Cut(triple, []byte(" "))
	predicate, object, _ := bytes.Cut(rest, []byte(" "))
	for i, text := range [...][]byte{subject, predicate, object, label} {
		if string(text) == l[i].text {
			continue
		}
		p := parser{text: string(text)}
		l[i].text, l[i].value = p.text, p.object()
		if p.err != nil || p.pos != len(p.text) {
			return quad.Quad{}, errEncoding
		}
	}
	return quad.Quad{Subject: l[0].value, Predicate: l[1].value, Object: l[2].value, Label: l[3].value}, nil
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

// builder collects the statements of a graph. Of each (subject, predicate,
// object) the sorter keeps the one with the best evidence.
type builder struct {
	graph  *link.Graph
	cables map[string]bool // ids of cables that are named; true where they are in the graph

	statements *extsort.Sorter // by triple: rank and label
	names      *extsort.Sorter // by entity and other name: the predicate
	passages   *extsort.Sorter // by event or edge: what a passage says of it
	opposable  *extsort.Sorter // by type and entity: the events that may contradict each other
	err        error           // the first of any of them

	key, value []byte
}

func newBuilder(g *link.Graph, o extsort.Options) *builder {
	if o.Memory <= 0 {
		o.Memory = memory.Share()
	}
	sorter := func(share int64, keep extsort.Keep) *extsort.Sorter {
		return extsort.New(extsort.Options{Memory: max(o.Memory/share, 1), Dir: o.Dir, Workers: o.Workers, Keep: keep})
	}
	return &builder{
		graph:      g,
		cables:     map[string]bool{},
		statements: sorter(2, extsort.First),
		names:      sorter(8, extsort.First),
		passages:   sorter(4, extsort.All),
		opposable:  sorter(8, extsort.Unique),
	}
}

func (b *builder) close() {
	for _, s := range []*extsort.Sorter{b.statements, b.names, b.passages, b.opposable} {
		s.Close()
	}
}

// state states all that the graph says.
func (b *builder) state(ctx context.Context) error {
	b.schema()
	b.entities()
	for i := range b.graph.Records.Len() {
		r, err := b.graph.Records.Record(i)
		if err := cmp.Or(ctx.Err(), b.err, err); err != nil {
			return err
		}
		if b.cables[r.Cable.ID] {
			slog.Warn("second record of a cable left out", "cable", r.Cable.ID, "file", r.Cable.Source.File)
			continue
		}
		b.cable(r)
		b.mentions(i, r)
		b.relations(i, r)
	}
	b.namedCables()
	b.otherNames(ctx)
	b.facts(ctx)
	b.conflicts(ctx)
	return b.err
}

// note keeps the first error.
func (b *builder) note(err error) {
	if b.err == nil {
		b.err = err
	}
}

// add states a quad. What cannot be written as N-Quads is a fault of an
// earlier stage: it is logged and left out.
func (b *builder) add(subject, predicate string, object quad.Value, label string, r rank) {
	var err error
	b.key, err = appendTriple(b.key[:0], quad.Quad{Subject: quad.IRI(subject), Predicate: quad.IRI(predicate), Object: object})
	if err == nil {
		b.value, err = appendResource(appendRank(b.value[:0], r), quad.IRI(label), "label")
	}
	if err != nil {
		slog.Warn("quad left out", "error", err)
		return
	}
	b.note(b.statements.Add(b.key, b.value))
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
	if id, ok = strings.CutPrefix(iri, vocab.CableIRI("")); ok {
		if _, known := b.cables[id]; !known {
			b.cables[strings.Clone(id)] = false
		}
	}
	return id, ok
}

// alias notes another name of a node, unless it is none.
func (b *builder) alias(node, predicate, alias, name string) {
	if alias == "" || alias == name {
		return
	}
	b.key = append(append(append(b.key[:0], node...), 0), alias...)
	// What is said to be an abbreviation anywhere is no alias: it sorts first.
	b.value = b.value[:0]
	if predicate != vocab.Abbreviation {
		b.value = append(b.value, predicate...)
	}
	b.note(b.names.Add(b.key, b.value))
}

// otherNames states what alias noted.
func (b *builder) otherNames(ctx context.Context) {
	for key, predicate := range b.names.Sorted(ctx) {
		node, name, _ := strings.Cut(string(key), "\x00")
		b.add(node, cmp.Or(string(predicate), vocab.Abbreviation), quad.String(name), vocab.NamesLabel, rank{})
	}
	b.note(b.names.Err())
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
