package packed

import (
	"sort"

	"github.com/cayleygraph/quad"
)

// The columns of a quad.
const (
	subjectCol = iota
	predicateCol
	objectCol
	labelCol
)

var directions = [4]quad.Direction{quad.Subject, quad.Predicate, quad.Object, quad.Label}

func columnOf(d quad.Direction) int { return int(d) - int(quad.Subject) }

// A pattern has for each column the number that it must have, or 0: ids for
// subject and object, predicate and label numbers for these.
type pattern [4]uint64

// nothing is a number that no column has.
const nothing = 1<<64 - 1

// An order is one of the orders of all quads.
type order uint8

const (
	spol order = iota
	ospl
	posl
	lspo
	lpos // without those that have no label
	losp // without those that have no label
)

// orderColumns are the columns by which an order ascends.
var orderColumns = [...][4]int{
	spol: {subjectCol, predicateCol, objectCol, labelCol},
	ospl: {objectCol, subjectCol, predicateCol, labelCol},
	posl: {predicateCol, objectCol, subjectCol, labelCol},
	lspo: {labelCol, subjectCol, predicateCol, objectCol},
	lpos: {labelCol, predicateCol, objectCol, subjectCol},
	losp: {labelCol, objectCol, subjectCol, predicateCol},
}

// A span is a range of places in an order.
type span struct {
	order  order
	lo, hi uint64
}

func (s span) len() uint64 { return s.hi - s.lo }

// index is the quads in all orders.
type index struct {
	quads                                     uint64
	subjectStart, subjectAt                   vec
	predicate, object, label                  vec
	objectStart, ospl, predicateStart, posl   vec
	labelStart, lspo, lpos, losp              vec
	predicateIDs, labelIDs, subjects, objects vec
	labelled                                  uint64 // first place in LSPO of a quad with a label
}

const sampleEvery = 256

// rank returns the rank of the quad at a place of an order.
func (x *index) rank(o order, place uint64) uint64 {
	switch o {
	case ospl:
		return x.ospl.at(place)
	case posl:
		return x.ospl.at(x.posl.at(place))
	case lspo:
		return x.lspo.at(place)
	case lpos:
		return x.lspo.at(x.lpos.at(place))
	case losp:
		return x.lspo.at(x.losp.at(place))
	}
	return place
}

// column returns a column of the quad of a rank, as patterns have it.
func (x *index) column(col int, rank uint64) uint64 {
	switch col {
	case subjectCol:
		return x.subject(rank)
	case predicateCol:
		return x.predicate.at(rank)
	case objectCol:
		return x.object.at(rank)
	}
	return x.label.at(rank)
}

// subject returns the subject of a rank.
func (x *index) subject(rank uint64) uint64 {
	sample := rank / sampleEvery
	lo, hi := x.subjectAt.at(sample), x.subjectStart.n-2
	if sample+1 < x.subjectAt.n {
		hi = x.subjectAt.at(sample + 1)
	}
	// the last id that starts at or before the rank
	return x.subjectStart.search(lo+1, hi+1, rank+1) - 1
}

// id returns the id of what a column has, 0 for no label.
func (x *index) id(col int, n uint64) uint64 {
	switch col {
	case predicateCol:
		return x.predicateIDs.at(n - 1)
	case labelCol:
		if n == 0 {
			return 0
		}
		return x.labelIDs.at(n - 1)
	}
	return n
}

// number returns what a column has for an id, or nothing where no quad has it
// there. For a range of ids, ceil finds where it begins.
func (x *index) number(col int, id uint64) uint64 {
	n := x.ceil(col, id)
	switch col {
	case predicateCol:
		if n > x.predicateIDs.n || x.predicateIDs.at(n-1) != id {
			return nothing
		}
	case labelCol:
		if n > x.labelIDs.n || x.labelIDs.at(n-1) != id {
			return nothing
		}
	}
	return n
}

// ceil returns the least number of a column whose id is at least id.
func (x *index) ceil(col int, id uint64) uint64 {
	switch col {
	case predicateCol:
		return x.predicateIDs.search(0, x.predicateIDs.n, id) + 1
	case labelCol:
		return x.labelIDs.search(0, x.labelIDs.n, id) + 1
	}
	return id
}

// bisect narrows a span, in which col ascends, to the places where it is in
// [from, to).
func (x *index) bisect(s span, col int, from, to uint64) span {
	at := func(lo uint64, n uint64) uint64 {
		return lo + uint64(sort.Search(int(s.hi-lo), func(i int) bool {
			return x.column(col, x.rank(s.order, lo+uint64(i))) >= n
		}))
	}
	s.lo = at(s.lo, from)
	if to == from+1 && s.lo < s.hi && s.hi-s.lo > 16 {
		// mostly few have the same: look nearby first
		for step := uint64(1); s.lo+step < s.hi; step *= 4 {
			if x.column(col, x.rank(s.order, s.lo+step)) >= to {
				s.hi = s.lo + step
				break
			}
		}
	}
	s.hi = at(s.lo, to)
	return s
}

// ranks narrows a span, in which ranks ascend, to those in [from, to).
func (x *index) ranks(s span, from, to uint64) span {
	at := func(lo, rank uint64) uint64 {
		return lo + uint64(sort.Search(int(s.hi-lo), func(i int) bool { return x.rank(s.order, lo+uint64(i)) >= rank }))
	}
	s.lo = at(s.lo, from)
	s.hi = at(s.lo, to)
	return s
}

// span returns the quads that have a pattern: always one range of one order.
func (x *index) span(p pattern) span {
	for _, n := range p {
		if n == nothing {
			return span{}
		}
	}
	s, pr, o, l := p[subjectCol], p[predicateCol], p[objectCol], p[labelCol]
	switch {
	case s != 0 && l != 0 && o != 0 && pr == 0: // LOSP
		return x.ranksOf(x.bisect(x.labelSpan(losp, l), objectCol, o, o+1), s)
	case s != 0 && l != 0 && o == 0: // LSP
		of := x.subjectSpan(s)
		if pr != 0 {
			of = x.bisect(of, predicateCol, pr, pr+1)
		}
		if of.len() == 0 {
			return span{}
		}
		return x.ranks(x.labelSpan(lspo, l), of.lo, of.hi)
	case s != 0 && o != 0 && pr == 0: // OS
		return x.ranksOf(x.objectSpan(o), s)
	case s != 0: // SPOL
		r := x.subjectSpan(s)
		if pr != 0 && r.len() > 0 {
			r = x.bisect(r, predicateCol, pr, pr+1)
		}
		if o != 0 && r.len() > 0 {
			r = x.bisect(r, objectCol, o, o+1)
		}
		if l != 0 && r.len() > 0 {
			r = x.bisect(r, labelCol, l, l+1)
		}
		return r
	case l != 0 && pr != 0: // LPO
		r := x.bisect(x.labelSpan(lpos, l), predicateCol, pr, pr+1)
		if o != 0 {
			r = x.bisect(r, objectCol, o, o+1)
		}
		return r
	case l != 0 && o != 0: // LO
		return x.bisect(x.labelSpan(losp, l), objectCol, o, o+1)
	case l != 0:
		return x.labelSpan(lspo, l)
	case pr != 0 && o != 0: // PO
		return x.placesOf(pr, x.objectSpan(o))
	case pr != 0:
		return x.predicateSpan(pr)
	case o != 0:
		return x.objectSpan(o)
	}
	return span{spol, 0, x.quads}
}

// within returns the quads that have a pattern and, in a column that it leaves
// free, a number in [from, to); ok is false where that is no range.
func (x *index) within(p pattern, col int, from, to uint64) (r span, ok bool) {
	for _, n := range p {
		if n == nothing {
			return span{}, true
		}
	}
	free := 0
	for _, n := range p {
		if n == 0 {
			free++
		}
	}
	if from >= to {
		return span{}, true
	}
	if free == 4 {
		switch col {
		case subjectCol:
			return span{spol, x.subjectStart.at(from), x.subjectStart.at(to)}, true
		case predicateCol:
			return span{posl, x.predicateStart.at(from), x.predicateStart.at(to)}, true
		case objectCol:
			return span{ospl, x.objectStart.at(from), x.objectStart.at(to)}, true
		}
		return span{lspo, x.labelStart.at(from), x.labelStart.at(to)}, true
	}
	has := func(cols ...int) bool {
		for _, c := range cols {
			if p[c] == 0 {
				return false
			}
		}
		return free == 4-len(cols)
	}
	switch {
	case col == objectCol && has(predicateCol):
		return x.placesOf(p[predicateCol], span{ospl, x.objectStart.at(from), x.objectStart.at(to)}), true
	case col == subjectCol && has(predicateCol, objectCol), col == subjectCol && has(objectCol), col == subjectCol && has(labelCol),
		col == subjectCol && has(labelCol, predicateCol, objectCol), col == subjectCol && has(labelCol, objectCol),
		col == objectCol && has(subjectCol, predicateCol), col == objectCol && has(labelCol), col == objectCol && has(labelCol, predicateCol),
		col == predicateCol && has(subjectCol), col == predicateCol && has(labelCol),
		col == labelCol && has(subjectCol, predicateCol, objectCol):
		s := x.span(p)
		if s.order == lspo && col != subjectCol {
			s = x.labelSpan(map[int]order{objectCol: losp, predicateCol: lpos}[col], p[labelCol])
		}
		return x.bisect(s, col, from, to), true
	}
	return span{}, false
}

func (x *index) subjectSpan(s uint64) span {
	return span{spol, x.subjectStart.at(s), x.subjectStart.at(s + 1)}
}

func (x *index) objectSpan(o uint64) span {
	return span{ospl, x.objectStart.at(o), x.objectStart.at(o + 1)}
}

func (x *index) predicateSpan(p uint64) span {
	return span{posl, x.predicateStart.at(p), x.predicateStart.at(p + 1)}
}

func (x *index) labelSpan(o order, l uint64) span {
	s := span{o, x.labelStart.at(l), x.labelStart.at(l + 1)}
	if o != lspo {
		s.lo -= x.labelled
		s.hi -= x.labelled
	}
	return s
}

// ranksOf narrows a span, in which ranks ascend, to those of a subject.
func (x *index) ranksOf(s span, subject uint64) span {
	of := x.subjectSpan(subject)
	if of.len() == 0 || s.len() == 0 {
		return span{}
	}
	return x.ranks(s, of.lo, of.hi)
}

// placesOf returns the quads of a predicate in a span of OSPL.
func (x *index) placesOf(p uint64, of span) span {
	s := x.predicateSpan(p)
	if of.len() == 0 {
		return span{}
	}
	lo := x.posl.search(s.lo, s.hi, of.lo)
	return span{posl, lo, x.posl.search(lo, min(s.hi, lo+of.len()), of.hi)}
}

// sorted reports whether a column ascends in the span of a pattern.
func sorted(p pattern, o order, col int) bool {
	for _, c := range orderColumns[o] {
		if c == col {
			return true
		}
		if p[c] == 0 {
			return false
		}
	}
	return false
}
