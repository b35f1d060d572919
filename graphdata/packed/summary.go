package packed

import (
	"cmp"
	"iter"
	"slices"

	"github.com/cayleygraph/quad"
)

// Predicate is what the store counts of a predicate.
type Predicate struct {
	Value                    quad.Value
	Quads, Subjects, Objects int64 // subjects and objects are distinct ones
}

// Predicates returns the counts of all predicates, in the order of their ids.
func (s *Store) Predicates() (all []Predicate, err error) {
	defer s.recovered(&err)
	x := &s.index
	for n := uint64(1); n <= x.predicateIDs.n; n++ {
		all = append(all, Predicate{
			s.value(x.predicateIDs.at(n - 1)), int64(x.predicateSpan(n).len()), int64(x.subjects.at(n)), int64(x.objects.at(n)),
		})
	}
	return all, nil
}

// Count is a value with a number of quads.
type Count struct {
	Value quad.Value
	Quads int64
}

// Objects returns how many quads of a predicate each of its objects has, in the
// order of their ids.
func (s *Store) Objects(predicate quad.Value) (all []Count, err error) {
	defer s.recovered(&err)
	x := &s.index
	n := x.number(predicateCol, s.idOf(predicate))
	if n == nothing {
		return nil, nil
	}
	for r := x.predicateSpan(n); r.len() > 0; {
		o := x.object.at(x.rank(posl, r.lo))
		same := x.placesOf(n, x.objectSpan(o))
		all = append(all, Count{s.value(o), int64(same.len())})
		r.lo = same.hi
	}
	return all, nil
}

// Labels returns the number of labels, and of quads that have none.
func (s *Store) Labels() (labels, without int64) {
	return int64(s.index.labelIDs.n), int64(s.index.labelled)
}

// Top returns the n nodes, IRIs and blank ones, that are subjects or objects of
// the most quads, the most first.
func (s *Store) Top(n int) (top []Count, err error) {
	defer s.recovered(&err)
	x := &s.index
	type degree struct{ id, quads uint64 }
	var most []degree // at least the n greatest so far
	least := uint64(0)
	for id := s.kind(kindBNode).lo; id < s.kind(kindIRI).hi; id++ {
		d := degree{id, x.subjectSpan(id).len() + x.objectSpan(id).len()}
		if len(most) >= n && d.quads <= least {
			continue
		}
		if most = append(most, d); len(most) >= 2*n {
			slices.SortFunc(most, func(a, b degree) int { return cmp.Or(cmp.Compare(b.quads, a.quads), cmp.Compare(a.id, b.id)) })
			most = most[:n]
			least = most[n-1].quads
		}
	}
	slices.SortFunc(most, func(a, b degree) int { return cmp.Or(cmp.Compare(b.quads, a.quads), cmp.Compare(a.id, b.id)) })
	for _, d := range most[:min(n, len(most))] {
		top = append(top, Count{s.value(d.id), int64(d.quads)})
	}
	return top, nil
}

// Part is a part of the file.
type Part struct {
	Name  string
	Bytes int64
}

// Parts returns the parts of the file, as they lie in it.
func (s *Store) Parts() []Part {
	h := &s.m.header
	parts := make([]Part, 0, sections+1)
	for i, e := range h.Sections {
		parts = append(parts, Part{sectionNames[i], int64(e.Length)})
	}
	return append(parts, Part{"checksums and header", int64(h.Size-h.ChecksOffset) + blockSize})
}

// All yields the quads in the order of subject, predicate, object and label, by
// ids: IRIs after blank nodes, before texts, before numbers. An error is the
// last pair.
func (s *Store) All() iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		var err error
		if !s.all(yield, &err) && err != nil {
			yield(quad.Quad{}, err)
		}
	}
}

// all yields the quads until one is not wanted or cannot be read.
func (s *Store) all(yield func(quad.Quad, error) bool, err *error) (whole bool) {
	defer s.recovered(err)
	x := &s.index
	var last pattern
	var q quad.Quad
	predicates := make([]quad.Value, x.predicateIDs.n+1)
	for i := range predicates[1:] {
		predicates[i+1] = s.value(x.predicateIDs.at(uint64(i)))
	}
	for rank := range x.quads {
		p := x.pattern(rank)
		if p[subjectCol] != last[subjectCol] {
			q.Subject = s.value(p[subjectCol])
		}
		q.Predicate = predicates[p[predicateCol]]
		if p[objectCol] != last[objectCol] {
			q.Object = s.value(p[objectCol])
		}
		if p[labelCol] != last[labelCol] || rank == 0 {
			q.Label = s.value(x.id(labelCol, p[labelCol]))
		}
		last = p
		if !yield(q, nil) {
			return false
		}
	}
	return true
}
