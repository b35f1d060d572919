package packed

import (
	"bytes"
	"cmp"
	"context"
	"math"
	"reflect"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"
)

// OptimizeShape turns what the orders answer into ranges of them: quads with
// fixed nodes (scan), one hop from a set of nodes (step), what several such have
// in common (meet), and comparisons, prefixes and regular expressions of values
// (nodes). What is inside of sh has been optimised.
func (s *Store) OptimizeShape(sh shape.Shape) (_ shape.Shape, changed bool) {
	defer s.recovered(nil)
	switch t := sh.(type) {
	case shape.QuadsAction:
		q := hop{store: s, result: columnOf(t.Result)}
		for d, v := range t.Filter {
			q.fix(columnOf(d), v)
		}
		for d, tags := range t.Save {
			q.save(columnOf(d), tags)
		}
		return q.shape(), true
	case shape.NodesFrom:
		if quads, ok := t.Quads.(shape.Quads); ok {
			return s.hop(t, quads)
		}
	case shape.Intersect:
		return s.intersect(t)
	case shape.Filter:
		return s.filter(t)
	case shape.Unique:
		if x, ok := t.From.(scanShape); ok && x.result == predicateCol && len(x.saves) == 0 && x.set == nil {
			if fixed, ok := s.predicatesOf(x.scan); ok {
				return fixed, true
			}
		}
	}
	return sh, false
}

// The plans as shapes.
type (
	scanShape  struct{ *scan }
	meetShape  struct{ *meet }
	nodesShape struct{ *nodes }
	stepShape  struct {
		step // without sub
		sub  shape.Shape
	}
)

func (x scanShape) BuildIterator(graph.QuadStore) graph.Iterator { return graph.NewLegacy(x.scan, nil) }

func (x meetShape) BuildIterator(graph.QuadStore) graph.Iterator { return graph.NewLegacy(x.meet, nil) }

func (x nodesShape) BuildIterator(graph.QuadStore) graph.Iterator {
	return graph.NewLegacy(x.nodes, nil)
}

func (x stepShape) BuildIterator(qs graph.QuadStore) graph.Iterator {
	y := x.step
	y.sub = graph.AsShape(x.sub.BuildIterator(qs))
	return graph.NewLegacy(&y, nil)
}

func (x scanShape) Optimize(shape.Optimizer) (shape.Shape, bool)  { return x, false }
func (x meetShape) Optimize(shape.Optimizer) (shape.Shape, bool)  { return x, false }
func (x nodesShape) Optimize(shape.Optimizer) (shape.Shape, bool) { return x, false }
func (x stepShape) Optimize(shape.Optimizer) (shape.Shape, bool)  { return x, false }

// hop is one column of the quads that have some nodes in others.
type hop struct {
	store   *Store
	result  int
	pattern pattern
	oneOf   [4][]graph.Ref // where it may be one of several
	saves   []save
	empty   bool
}

// fix has a column be a node.
func (h *hop) fix(col int, r graph.Ref) {
	n := h.store.numberOf(col, r)
	if n == nothing || h.pattern[col] != 0 && h.pattern[col] != n {
		h.empty = true
	}
	h.pattern[col] = n
}

// among has a column be one of some nodes; false if it is so twice.
func (h *hop) among(col int, nodes shape.Fixed) bool {
	switch {
	case len(nodes) == 1:
		h.fix(col, nodes[0])
	case h.oneOf[col] != nil:
		return false
	default:
		h.oneOf[col] = nodes
	}
	return true
}

func (h *hop) save(col int, tags []string) { h.saves = append(h.saves, save{col, tags}) }

// shape is the hop where every column is free or fixed.
func (h *hop) shape() shape.Shape {
	if h.empty {
		return shape.Null{}
	}
	slices.SortFunc(h.saves, func(a, b save) int { return cmp.Compare(a.col, b.col) })
	return scanShape{&scan{
		store: h.store, pattern: h.pattern, spans: []span{h.store.index.span(h.pattern)}, result: h.result, saves: h.saves,
	}}
}

// patterns returns the patterns of all choices but those of one column.
func (h *hop) patterns(but int) []pattern {
	all := []pattern{h.pattern}
	for col, nodes := range h.oneOf {
		if nodes == nil || col == but {
			continue
		}
		var more []pattern
		for _, p := range all {
			for _, r := range nodes {
				if p[col] != 0 && p[col] != h.store.numberOf(col, r) {
					continue
				}
				q := p
				if q[col] = h.store.numberOf(col, r); q[col] != nothing && !slices.Contains(more, q) {
					more = append(more, q)
				}
			}
		}
		all = more
	}
	return all
}

// maxPatterns bounds the choices of one step.
const maxPatterns = 1024

// hop turns a hop over quads into a scan or a step.
func (s *Store) hop(t shape.NodesFrom, quads shape.Quads) (shape.Shape, bool) {
	h := hop{store: s, result: columnOf(t.Dir)}
	from := -1
	var sub shape.Shape
	var set *nodes
	for _, f := range quads {
		col, values := columnOf(f.Dir), f.Values
		if sv, ok := values.(shape.Save); ok {
			switch sv.From.(type) {
			case shape.AllNodes, shape.Fixed:
				h.save(col, sv.Tags)
				values = sv.From
			}
		}
		switch v := values.(type) {
		case shape.AllNodes:
			if _, saved := f.Values.(shape.Save); !saved && col == labelCol {
				return t, false // only quads that have a label
			}
			continue
		case shape.Fixed:
			if !h.among(col, v) {
				return t, false
			}
			continue
		case nodesShape:
			set = v.nodes
		}
		if from >= 0 {
			return t, false // more than one hop: Cayley joins them
		}
		from, sub = col, values
	}
	if h.empty {
		return shape.Null{}, true
	}
	choices := 1
	for col, nodes := range h.oneOf {
		if nodes != nil && col != from {
			choices *= len(nodes)
		}
	}
	if choices > maxPatterns {
		return t, false
	}
	if from < 0 {
		// walk along the column with the most choices
		for col, nodes := range h.oneOf {
			if nodes != nil && (from < 0 || len(nodes) > len(h.oneOf[from])) {
				from = col
			}
		}
		if from < 0 {
			return h.shape(), true
		}
		sub = shape.Fixed(h.oneOf[from])
	} else if h.oneOf[from] != nil || h.pattern[from] != 0 {
		return t, false
	}
	patterns := h.patterns(from)
	if len(patterns) == 0 {
		return shape.Null{}, true
	}
	if set != nil && len(patterns) == 1 {
		if x, ok := s.scanWithin(&h, set, from); ok {
			return x, true
		}
	}
	if h.pattern[from] != 0 {
		return t, false
	}
	slices.SortFunc(h.saves, func(a, b save) int { return cmp.Compare(a.col, b.col) })
	return stepShape{step{store: s, from: from, patterns: patterns, result: h.result, saves: h.saves}, sub}, true
}

// scanWithin is a scan of the quads whose column is in a set, if these are ranges
// of an order.
func (s *Store) scanWithin(h *hop, set *nodes, col int) (shape.Shape, bool) {
	x := &scan{store: s, pattern: h.patterns(col)[0], result: h.result, saves: h.saves, set: set, setCol: col}
	for _, r := range set.ranges {
		sp, ok := s.index.within(x.pattern, col, s.index.ceil(col, r.lo), s.index.ceil(col, r.hi))
		if !ok {
			return nil, false
		}
		if sp.len() > 0 {
			x.spans = append(x.spans, sp)
		}
	}
	return scanShape{x}, true
}

// intersect makes a meet of the scans that allow it.
func (s *Store) intersect(t shape.Intersect) (shape.Shape, bool) {
	if slices.ContainsFunc(t, isRecursion) {
		return askOthers(t)
	}
	var rest shape.Intersect
	var scans []*scan
	for _, sub := range t {
		x, ok := sub.(scanShape)
		if ok && x.set == nil && x.size() == 0 {
			return shape.Null{}, true
		}
		if ok && x.set == nil && len(x.saves) == 0 && x.result != quadResult && len(x.spans) == 1 &&
			sorted(x.pattern, x.spans[0].order, x.result) && !x.labels() &&
			(len(scans) == 0 || scans[0].result == x.result) {
			scans = append(scans, x.scan)
			continue
		}
		rest = append(rest, sub)
	}
	if len(scans) < 2 {
		return t, false
	}
	slices.SortStableFunc(scans, func(a, b *scan) int { return cmp.Compare(a.size(), b.size()) })
	m := meetShape{&meet{s, scans}}
	if len(rest) == 0 {
		return m, true
	}
	return append(shape.Intersect{m}, rest...), true
}

// isRecursion tells FollowRecursive, the one shape of Cayley's that is a
// function.
func isRecursion(s shape.Shape) bool { return reflect.TypeOf(s).Kind() == reflect.Func }

// askOthers has Cayley walk along a recursion and ask the other sets, not walk
// along one of these and ask the recursion: that walks as far anyway, and gives
// the tags of an earlier answer (recursiveContains in v0.7.7).
func askOthers(t shape.Intersect) (shape.Shape, bool) {
	out := slices.Clone(t)
	changed := false
	for i, sub := range t {
		switch sub.(type) {
		case scanShape, meetShape, nodesShape, stepShape:
			out[i], changed = askedShape{sub}, true
		}
	}
	return out, changed
}

// askedShape is a plan that Cayley shall ask, not walk along.
type askedShape struct{ shape.Shape }

func (x askedShape) Optimize(shape.Optimizer) (shape.Shape, bool) { return x, false }

func (x askedShape) BuildIterator(qs graph.QuadStore) graph.Iterator {
	return graph.NewLegacy(asked{graph.AsShape(x.Shape.BuildIterator(qs))}, nil)
}

type asked struct{ graph.IteratorShape }

func (x asked) Stats(ctx context.Context) (graph.IteratorCosts, error) {
	c, err := x.IteratorShape.Stats(ctx)
	c.NextCost = math.MaxInt32
	return c, err
}

func (x asked) Optimize(ctx context.Context) (graph.IteratorShape, bool) {
	sub, changed := x.IteratorShape.Optimize(ctx)
	return asked{sub}, changed
}

// predicatesOf returns the distinct predicates of the quads of a subject or an
// object.
func (s *Store) predicatesOf(x *scan) (fixed shape.Fixed, ok bool) {
	idx := &s.index
	p := x.pattern
	if p[predicateCol] != 0 || p[labelCol] != 0 || (p[subjectCol] == 0) == (p[objectCol] == 0) {
		return nil, false
	}
	if p[subjectCol] != 0 {
		for r := x.spans[0]; r.len() > 0; {
			n := idx.predicate.at(r.lo)
			fixed = append(fixed, node(idx.id(predicateCol, n)))
			r.lo = idx.bisect(r, predicateCol, n, n+1).hi
		}
		return fixed, true
	}
	for n := uint64(1); n <= idx.predicateIDs.n; n++ {
		if idx.placesOf(n, x.spans[0]).len() > 0 {
			fixed = append(fixed, node(idx.id(predicateCol, n)))
		}
	}
	return fixed, true
}

// filter turns filters of values into a set of nodes.
func (s *Store) filter(t shape.Filter) (shape.Shape, bool) {
	switch t.From.(type) {
	case shape.AllNodes, scanShape, stepShape, meetShape:
	default:
		return t, false // it may have values that are not in the store
	}
	set := &nodes{store: s, ranges: []idRange{{1, s.dict.n + 1}}}
	for _, f := range t.Filters {
		switch f := f.(type) {
		case shape.Comparison:
			r, ok := s.comparison(f.Op, f.Val)
			if !ok {
				return t, false
			}
			set.narrow([]idRange{r})
		case shape.Regexp:
			set.match(f.Re, f.Refs)
		case shape.Wildcard:
			re, err := regexp.Compile(f.Regexp())
			if f.Pattern == "" || err != nil {
				return t, false
			}
			if strings.Trim(f.Pattern, "%") != "" {
				set.match(re, true)
			}
		default:
			return t, false
		}
	}
	if _, ok := t.From.(shape.AllNodes); ok {
		return nodesShape{set}, true
	}
	return shape.Intersect{t.From, nodesShape{set}}, true
}

// comparison returns the ids of the values of the kind of v for which "value op
// v" holds, where Cayley compares the kind as keys do.
func (s *Store) comparison(op iterator.Operator, v quad.Value) (r idRange, ok bool) {
	key, err := appendKey(nil, v)
	if err != nil {
		return r, false
	}
	r = s.kind(key[0])
	switch v := v.(type) {
	case quad.Int, quad.String, quad.BNode, quad.IRI, quad.Time:
	case quad.Float:
		if math.IsNaN(float64(v)) {
			return idRange{}, true
		}
		// not the NaNs, which no comparison holds for
		r.lo = s.floor(quad.Float(math.Inf(-1)))
		if id, found := s.dict.find(mustKey(quad.Float(math.Inf(1)))); found {
			r.hi = id + 1
		} else {
			r.hi = id
		}
		if v == 0 {
			return r, false // the two zeros are equal, but not their keys
		}
	default:
		return r, false
	}
	id, found := s.dict.find(key)
	after := id
	if found {
		after++
	}
	switch op {
	case iterator.CompareLT:
		r.hi = min(r.hi, id)
	case iterator.CompareLTE:
		r.hi = min(r.hi, after)
	case iterator.CompareGT:
		r.lo = max(r.lo, after)
	case iterator.CompareGTE:
		r.lo = max(r.lo, id)
	default:
		return r, false
	}
	return r, true
}

func (s *Store) floor(v quad.Value) uint64 {
	id, _ := s.dict.find(mustKey(v))
	return id
}

func mustKey(v quad.Value) []byte {
	key, err := appendKey(nil, v)
	if err != nil {
		panic(err) // a number has a key
	}
	return key
}

// kind returns the ids of a kind.
func (s *Store) kind(kind byte) idRange {
	at := &s.m.header.KindStart
	return idRange{at[kind], at[kind+1]}
}

// narrow keeps of the ids those that are in ranges, too.
func (x *nodes) narrow(ranges []idRange) {
	var both []idRange
	for _, a := range x.ranges {
		for _, b := range ranges {
			if r := (idRange{max(a.lo, b.lo), min(a.hi, b.hi)}); r.lo < r.hi {
				both = append(both, r)
			}
		}
	}
	slices.SortFunc(both, func(a, b idRange) int { return cmp.Compare(a.lo, b.lo) })
	x.ranges = both
}

// match keeps the texts that a regular expression matches, and, with refs, IRIs
// and blank nodes.
func (x *nodes) match(re *regexp.Regexp, refs bool) {
	of := []byte{kindString, kindLang, kindTyped}
	if refs {
		of = append(of, kindIRI, kindBNode)
	}
	prefix, whole := literalPrefix(re)
	var ranges []idRange
	for _, kind := range of {
		r := x.store.kind(kind)
		if prefix != "" {
			r.lo, _ = x.store.dict.find(append([]byte{kind}, prefix...))
			if end := after(append([]byte{kind}, prefix...)); end != nil {
				r.hi, _ = x.store.dict.find(end)
			}
		}
		ranges = append(ranges, r)
	}
	x.narrow(ranges)
	if whole {
		return
	}
	x.filters = append(x.filters, func(v quad.Value) bool {
		switch v := v.(type) {
		case quad.String:
			return re.MatchString(string(v))
		case quad.LangString:
			return re.MatchString(string(v.Value))
		case quad.TypedString:
			return re.MatchString(string(v.Value))
		case quad.IRI:
			return re.MatchString(string(v))
		case quad.BNode:
			return re.MatchString(string(v))
		}
		return false
	})
}

// literalPrefix returns what every text that re matches begins with, and
// whether every text that begins so matches.
func literalPrefix(re *regexp.Regexp) (prefix string, whole bool) {
	x, err := syntax.Parse(re.String(), syntax.Perl)
	if err != nil {
		return "", false
	}
	if x = x.Simplify(); x.Op != syntax.OpConcat || len(x.Sub) < 2 || x.Sub[0].Op != syntax.OpBeginText {
		return "", false
	}
	if lit := x.Sub[1]; lit.Op == syntax.OpLiteral && lit.Flags&syntax.FoldCase == 0 {
		return string(lit.Rune), len(x.Sub) == 2
	}
	return "", false
}

// after returns the least key that comes after all that begin with prefix, or
// nil.
func after(prefix []byte) []byte {
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] < 0xff {
			end := bytes.Clone(prefix[:i+1])
			end[i]++
			return end
		}
	}
	return nil
}
