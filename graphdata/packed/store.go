package packed

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
	"github.com/klauspost/compress/zstd"
)

// ErrReadOnly answers every attempt to write.
var ErrReadOnly = errors.New("a packed store is read-only: build it again, or use another store")

// Store is an open store: a graph.QuadStore for any number of readers at a time.
//
// Blocks are checked when they are first read. Where one is damaged, what read
// it ends without a result, and from then on Err and the Err of every iterator
// say so.
type Store struct {
	m      *mapping
	dict   dict
	index  index
	failed atomic.Pointer[error]
}

var (
	_ graph.QuadStore      = (*Store)(nil)
	_ graph.BatchQuadStore = (*Store)(nil)
	_ shape.Optimizer      = (*Store)(nil)
)

// Name is the name under which Register registers the store.
const Name = "packed"

var registered sync.Once

// Register makes graph.NewQuadStore know stores of this package by Name.
func Register() {
	registered.Do(func() {
		graph.RegisterQuadStore(Name, graph.QuadStoreRegistration{
			NewFunc:      func(path string, _ graph.Options) (graph.QuadStore, error) { return Open(path) },
			InitFunc:     func(string, graph.Options) error { return ErrReadOnly },
			IsPersistent: true,
		})
	})
}

// Open opens the store in a file, in the same time whatever its size. A file
// that is no store, is of another version, or is cut short is an *Error. After
// Close the store must not be used.
func Open(path string) (*Store, error) {
	m, err := openMapping(path)
	if err != nil {
		return nil, err
	}
	s := &Store{m: m}
	if err := s.open(); err != nil {
		var placed *Error
		if !errors.As(err, &placed) {
			err = &Error{path, err}
		}
		return nil, errors.Join(err, m.close())
	}
	return s, nil
}

func (s *Store) open() (err error) {
	h := &s.m.header
	d, x := &s.dict, &s.index
	for sec, v := range map[int]*vec{
		secTermStarts: &d.starts, secLongStarts: &d.longStarts, secLongFirst: &d.longFirst,
		secPredicates: &x.predicateIDs, secLabels: &x.labelIDs,
		secSubjectStart: &x.subjectStart, secSubjectAt: &x.subjectAt,
		secPredicate: &x.predicate, secObject: &x.object, secLabel: &x.label,
		secObjectStart: &x.objectStart, secOSPL: &x.ospl, secPredicateStart: &x.predicateStart, secPOSL: &x.posl,
		secLabelStart: &x.labelStart, secLSPO: &x.lspo, secLPOS: &x.lpos, secLOSP: &x.losp,
		secSubjects: &x.subjects, secObjects: &x.objects,
	} {
		p, err := s.m.section(sec)
		if err != nil {
			return err
		}
		if *v, err = openVec(p, h.Sections[sec].Count); err != nil {
			return fmt.Errorf("%s: %w", sectionNames[sec], err)
		}
	}
	if d.terms, err = s.m.section(secTerms); err != nil {
		return err
	}
	if d.long, err = s.m.section(secLong); err != nil {
		return err
	}
	// one decoder of small blocks: memory that grows with the text, not before
	if d.decoder, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true)); err != nil {
		return err
	}
	d.n, x.quads = h.Terms, h.Quads
	defer s.recovered(&err)
	x.labelled = x.labelStart.at(1)
	return nil
}

// Close gives back the file.
func (s *Store) Close() error {
	s.dict.decoder.Close()
	return s.m.close()
}

// Err returns what is wrong with the file, once that was met.
func (s *Store) Err() error {
	if err := s.failed.Load(); err != nil {
		return *err
	}
	return nil
}

// recovered notes a damage that ended the caller. It is deferred by everything
// that Cayley calls.
func (s *Store) recovered(err *error) {
	if r := recover(); r != nil {
		var d damage
		switch r := r.(type) {
		case damage:
			d = r
		case runtime.Error: // numbers that lead outside of the file, with right checksums: not one that Build wrote
			d = damage{&Error{s.m.path, fmt.Errorf("does not fit together: build it again (%w)", r)}}
		default:
			panic(r)
		}
		s.failed.CompareAndSwap(nil, &d.err)
		if err != nil {
			*err = d.err
		}
	}
}

// node refers to a value by its id, quadRef to a quad by its rank.
type (
	node    uint32
	quadRef uint64
)

// Key implements graph.Ref.
func (n node) Key() interface{} { return n }

// Key implements graph.Ref.
func (q quadRef) Key() interface{} { return q }

// ValueOf returns the node of a value, or nil.
func (s *Store) ValueOf(v quad.Value) graph.Ref {
	defer s.recovered(nil)
	if id := s.idOf(v); id != 0 {
		return node(id)
	}
	return nil
}

// idOf returns the id of a value, or 0.
func (s *Store) idOf(v quad.Value) uint64 {
	var space [64]byte
	key, err := appendKey(space[:0], v)
	if err != nil {
		return 0
	}
	if id, ok := s.dict.find(key); ok {
		return id
	}
	return 0
}

// NameOf returns the value of a node, or nil.
func (s *Store) NameOf(r graph.Ref) quad.Value {
	defer s.recovered(nil)
	switch r := r.(type) {
	case graph.PreFetchedValue:
		return r.NameOf()
	case node:
		return s.value(uint64(r))
	}
	return nil
}

// value returns the value of an id, nil for 0.
func (s *Store) value(id uint64) quad.Value {
	if id == 0 || id > s.dict.n {
		return nil
	}
	return s.dict.value(id)
}

// ValuesOf implements graph.BatchQuadStore.
func (s *Store) ValuesOf(_ context.Context, refs []graph.Ref) ([]quad.Value, error) {
	values := make([]quad.Value, len(refs))
	for i, r := range refs {
		values[i] = s.NameOf(r)
	}
	return values, s.Err()
}

// RefsOf implements graph.BatchQuadStore.
func (s *Store) RefsOf(_ context.Context, values []quad.Value) ([]graph.Ref, error) {
	refs := make([]graph.Ref, len(values))
	for i, v := range values {
		if refs[i] = s.ValueOf(v); refs[i] == nil {
			if err := s.Err(); err != nil {
				return nil, err
			}
			return nil, fmt.Errorf("not found: %v", v)
		}
	}
	return refs, nil
}

// Quad returns the quad of a reference that an iterator gave.
func (s *Store) Quad(r graph.Ref) (q quad.Quad) {
	defer s.recovered(nil)
	if rank, ok := r.(quadRef); ok && uint64(rank) < s.index.quads {
		return s.quad(uint64(rank))
	}
	return quad.Quad{}
}

func (s *Store) quad(rank uint64) (q quad.Quad) {
	for col, d := range directions {
		if id := s.index.id(col, s.index.column(col, rank)); id != 0 {
			q.Set(d, s.value(id))
		}
	}
	return q
}

// QuadDirection returns the node in a direction of a quad, or nil.
func (s *Store) QuadDirection(r graph.Ref, d quad.Direction) graph.Ref {
	defer s.recovered(nil)
	rank, ok := r.(quadRef)
	if !ok {
		return nil
	}
	return s.nodeAt(columnOf(d), uint64(rank))
}

// nodeAt returns a column of the quad of a rank, nil for no label.
func (s *Store) nodeAt(col int, rank uint64) graph.Ref {
	if id := s.index.id(col, s.index.column(col, rank)); id != 0 {
		return node(id)
	}
	return nil
}

// numberOf returns what a column of a pattern has for a node.
func (s *Store) numberOf(col int, r graph.Ref) uint64 {
	n, ok := r.(node)
	if !ok || n == 0 || uint64(n) > s.dict.n {
		return nothing
	}
	return s.index.number(col, uint64(n))
}

// scanOf returns the quads that have a node in a direction.
func (s *Store) scanOf(d quad.Direction, r graph.Ref) (x *scan, ok bool) {
	defer s.recovered(nil)
	var p pattern
	col := columnOf(d)
	if p[col] = s.numberOf(col, r); p[col] == nothing {
		return nil, false
	}
	return &scan{store: s, pattern: p, spans: []span{s.index.span(p)}, result: quadResult}, true
}

// QuadIterator returns the quads that have a node in a direction.
func (s *Store) QuadIterator(d quad.Direction, r graph.Ref) graph.Iterator {
	x, ok := s.scanOf(d, r)
	if !ok {
		return s.null()
	}
	return graph.NewLegacy(x, nil)
}

// null returns the empty iterator, or one with the store's error.
func (s *Store) null() graph.Iterator {
	if err := s.Err(); err != nil {
		return iterator.NewError(err)
	}
	return iterator.NewNull()
}

// QuadIteratorSize returns how many quads have a node in a direction; it is
// exact.
func (s *Store) QuadIteratorSize(_ context.Context, d quad.Direction, r graph.Ref) (graph.Size, error) {
	if x, ok := s.scanOf(d, r); ok {
		return graph.Size{Size: int64(x.size()), Exact: true}, s.Err()
	}
	return graph.Size{Exact: true}, s.Err()
}

// NodesAllIterator returns all values, in the order of their ids.
func (s *Store) NodesAllIterator() graph.Iterator {
	return graph.NewLegacy(&nodes{store: s, ranges: []idRange{{1, s.dict.n + 1}}}, nil)
}

// QuadsAllIterator returns all quads, in the order of subject, predicate, object
// and label.
func (s *Store) QuadsAllIterator() graph.Iterator {
	return graph.NewLegacy(&scan{store: s, spans: []span{{spol, 0, s.index.quads}}, result: quadResult}, nil)
}

// Stats returns the numbers of values and quads; they are exact.
func (s *Store) Stats(context.Context, bool) (graph.Stats, error) {
	return graph.Stats{
		Nodes: graph.Size{Size: int64(s.dict.n), Exact: true},
		Quads: graph.Size{Size: int64(s.index.quads), Exact: true},
	}, s.Err()
}

// ApplyDeltas refuses: nothing of the deltas is applied.
func (s *Store) ApplyDeltas([]graph.Delta, graph.IgnoreOpts) error { return ErrReadOnly }

// NewQuadWriter refuses.
func (s *Store) NewQuadWriter() (quad.WriteCloser, error) { return nil, ErrReadOnly }
