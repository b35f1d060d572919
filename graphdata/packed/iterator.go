package packed

import (
	"context"
	"sort"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// The iterators. Each is a plan (graph.IteratorShape) that can be walked
// (graph.Scanner) and asked whether it has a node (graph.Index).

// quadResult is the result column of a plan whose results are quads.
const quadResult = -1

// A save puts a column of a result's quad under tags.
type save struct {
	col  int
	tags []string
}

func saveAll(s *Store, saves []save, rank uint64, m map[string]graph.Ref) {
	for _, save := range saves {
		if v := s.nodeAt(save.col, rank); v != nil {
			for _, tag := range save.tags {
				m[tag] = v
			}
		}
	}
}

// scan is the quads of a pattern, or the nodes in one of their columns: spans
// of one or several orders.
type scan struct {
	store   *Store
	pattern pattern
	spans   []span
	result  int // column, or quadResult
	saves   []save

	// Values of the column that must hold; those of all spans, which are the
	// pattern's quads with this column in the ranges of a set. nil: no more
	// than the pattern.
	set    *nodes
	setCol int
}

func (x *scan) size() (n uint64) {
	for _, s := range x.spans {
		n += s.len()
	}
	return n
}

// labels reports whether quads without a label have to be passed over.
func (x *scan) labels() bool {
	if x.store.index.labelled == 0 || x.pattern[labelCol] != 0 {
		return false
	}
	if x.result == labelCol {
		return true
	}
	for _, s := range x.saves {
		if s.col == labelCol {
			return true
		}
	}
	return false
}

// has reports whether the quad of a rank is a result; last caches an answer of
// the set.
func (x *scan) has(rank uint64, labels bool, last *setAnswer) bool {
	if labels && x.store.index.label.at(rank) == 0 {
		return false
	}
	if x.set == nil || len(x.set.filters) == 0 {
		return true
	}
	id := x.store.index.id(x.setCol, x.store.index.column(x.setCol, rank))
	if last.id != id {
		last.id, last.ok = id, x.set.passes(&last.at, id)
	}
	return last.ok
}

type setAnswer struct {
	id uint64
	ok bool
	at cursor
}

func (x *scan) ref(rank uint64) graph.Ref {
	if x.result == quadResult {
		return quadRef(rank)
	}
	return x.store.nodeAt(x.result, rank)
}

func (x *scan) String() string                                       { return "PackedScan" }
func (x *scan) SubIterators() []graph.IteratorShape                  { return nil }
func (x *scan) Optimize(context.Context) (graph.IteratorShape, bool) { return x, false }
func (x *scan) Iterate() graph.Scanner                               { return &scanNext{scan: x, labelsOnly: x.labels()} }

func (x *scan) Lookup() graph.Index { return &scanContains{scan: x, labelsOnly: x.labels()} }

func (x *scan) Stats(context.Context) (graph.IteratorCosts, error) {
	exact := !x.labels() && (x.set == nil || len(x.set.filters) == 0)
	return graph.IteratorCosts{ContainsCost: 2, NextCost: 1, Size: graph.Size{Size: int64(x.size()), Exact: exact}}, x.store.Err()
}

// walk goes through spans.
type walk struct {
	spans []span
	at    uint64 // next place, less the first's
	rank  uint64
}

func (w *walk) next(x *index) bool {
	for len(w.spans) > 0 {
		if s := w.spans[0]; w.at < s.len() {
			w.rank = x.rank(s.order, s.lo+w.at)
			w.at++
			return true
		}
		w.spans, w.at = w.spans[1:], 0
	}
	return false
}

type scanNext struct {
	*scan
	labelsOnly bool
	walk       walk
	started    bool
	last       setAnswer
	cur        graph.Ref
	err        error
}

func (it *scanNext) Next(ctx context.Context) (ok bool) {
	defer it.store.recovered(&it.err)
	it.cur = nil
	if !it.started {
		it.started = true
		it.walk.spans = it.spans
	}
	for n := 1; it.walk.next(&it.store.index); n++ {
		if it.has(it.walk.rank, it.labelsOnly, &it.last) {
			it.cur = it.ref(it.walk.rank)
			return true
		}
		if n%1024 == 0 && ctx.Err() != nil {
			it.err = ctx.Err()
			return false
		}
	}
	return false
}

func (it *scanNext) Result() graph.Ref             { return it.cur }
func (it *scanNext) NextPath(context.Context) bool { return false }
func (it *scanNext) Err() error                    { return firstError(it.err, it.store.Err()) }
func (it *scanNext) Close() error                  { return nil }
func (it *scanNext) String() string                { return "PackedScanNext" }
func (it *scanNext) TagResults(m map[string]graph.Ref) {
	defer it.store.recovered(&it.err)
	if it.cur != nil {
		saveAll(it.store, it.saves, it.walk.rank, m)
	}
}

type scanContains struct {
	*scan
	labelsOnly bool
	walk       walk
	last       setAnswer
	cur        graph.Ref
	err        error
}

func (it *scanContains) Contains(_ context.Context, v graph.Ref) (ok bool) {
	defer it.store.recovered(&it.err)
	it.cur = nil
	if it.result == quadResult {
		rank, ok := v.(quadRef)
		if !ok || !it.store.index.fits(uint64(rank), it.pattern) || !it.inSet(uint64(rank)) ||
			!it.has(uint64(rank), it.labelsOnly, &it.last) {
			return false
		}
		it.walk = walk{rank: uint64(rank)}
		it.cur = v
		return true
	}
	n := it.store.numberOf(it.result, v)
	if n == nothing || it.pattern[it.result] != 0 && it.pattern[it.result] != n {
		return false
	}
	p := it.pattern
	p[it.result] = n
	it.walk = walk{spans: []span{it.store.index.span(p)}}
	if !it.advance() {
		return false
	}
	it.cur = v
	return true
}

// inSet reports whether the quad of a rank has in its column an id in the
// ranges of the set.
func (it *scanContains) inSet(rank uint64) bool {
	return it.set == nil || it.set.inRange(it.store.index.id(it.setCol, it.store.index.column(it.setCol, rank)))
}

func (it *scanContains) advance() bool {
	for it.walk.next(&it.store.index) {
		if it.inSet(it.walk.rank) && it.has(it.walk.rank, it.labelsOnly, &it.last) {
			return true
		}
	}
	return false
}

func (it *scanContains) NextPath(context.Context) (ok bool) {
	defer it.store.recovered(&it.err)
	return it.result != quadResult && it.cur != nil && it.advance()
}

func (it *scanContains) Result() graph.Ref { return it.cur }
func (it *scanContains) Err() error        { return firstError(it.err, it.store.Err()) }
func (it *scanContains) Close() error      { return nil }
func (it *scanContains) String() string    { return "PackedScanContains" }
func (it *scanContains) TagResults(m map[string]graph.Ref) {
	defer it.store.recovered(&it.err)
	if it.cur != nil {
		saveAll(it.store, it.saves, it.walk.rank, m)
	}
}

// fits reports whether the quad of a rank has a pattern.
func (x *index) fits(rank uint64, p pattern) bool {
	if rank >= x.quads {
		return false
	}
	for col, n := range p {
		if n != 0 && x.column(col, rank) != n {
			return false
		}
	}
	return true
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// step is a join along an index: for each node of sub, the quads that have it in
// column from and one of the patterns, and of these a column.
type step struct {
	store    *Store
	sub      graph.IteratorShape
	from     int
	patterns []pattern // from is free in each
	result   int
	saves    []save
}

func (x *step) String() string                      { return "PackedStep" }
func (x *step) SubIterators() []graph.IteratorShape { return []graph.IteratorShape{x.sub} }
func (x *step) Lookup() graph.Index                 { return &stepContains{step: x, sub: x.sub.Lookup()} }

// Iterate walks from the nodes of sub, or, where the patterns have fewer quads,
// through these.
func (x *step) Iterate() graph.Scanner {
	sub, err := x.sub.Stats(context.Background())
	if quads := x.quads(); err == nil && quads*(1+sub.ContainsCost) < sub.Size.Size*sub.NextCost {
		return &stepScan{stepContains: stepContains{step: x, sub: x.sub.Lookup()}}
	}
	return &stepNext{step: x, sub: x.sub.Iterate()}
}

// quads counts the quads that have a pattern.
func (x *step) quads() (n int64) {
	defer x.store.recovered(nil)
	for _, p := range x.patterns {
		n += int64(x.store.index.span(p).len())
	}
	return n
}

func (x *step) Optimize(ctx context.Context) (graph.IteratorShape, bool) {
	sub, ok := x.sub.Optimize(ctx)
	if !ok {
		return x, false
	}
	y := *x
	y.sub = sub
	return &y, true
}

// fan estimates how many quads of the patterns a node has in a column.
func (x *step) fan(col int) int64 {
	idx := &x.store.index
	quads, values := uint64(0), uint64(0)
	for _, p := range x.patterns {
		pr := p[predicateCol]
		quads += idx.span(p).len()
		switch {
		case pr != 0 && pr != nothing && col == subjectCol:
			values += idx.subjects.at(pr)
		case pr != 0 && pr != nothing && col == objectCol:
			values += idx.objects.at(pr)
		default:
			values += x.store.dict.n / 4
		}
	}
	return 1 + int64(quads/(values+1))
}

func (x *step) Stats(ctx context.Context) (c graph.IteratorCosts, err error) {
	defer x.store.recovered(&err)
	sub, err := x.sub.Stats(ctx)
	return graph.IteratorCosts{
		NextCost:     sub.NextCost + 1,
		ContainsCost: 2 + x.fan(x.result)*sub.ContainsCost,
		Size:         graph.Size{Size: min(sub.Size.Size*x.fan(x.from), x.quads())},
	}, firstError(err, x.store.Err())
}

// spansFor returns the quads of the patterns with a number in a column.
func (x *step) spansFor(col int, n uint64, into []span) []span {
	into = into[:0]
	for _, p := range x.patterns {
		if p[col] != 0 && p[col] != n {
			continue
		}
		p[col] = n
		if s := x.store.index.span(p); s.len() > 0 {
			into = append(into, s)
		}
	}
	return into
}

// passes reports whether a quad has all that is saved or is the result.
func (x *step) passes(rank uint64) bool {
	return x.result != labelCol && !savesLabel(x.saves) || x.store.index.label.at(rank) != 0
}

func savesLabel(saves []save) bool {
	for _, s := range saves {
		if s.col == labelCol {
			return true
		}
	}
	return false
}

type stepNext struct {
	*step
	sub   graph.Scanner
	spans []span
	walk  walk
	cur   graph.Ref
	err   error
}

func (it *stepNext) Next(ctx context.Context) (ok bool) {
	defer it.store.recovered(&it.err)
	it.cur = nil
	for n := 1; ; n++ {
		for it.walk.next(&it.store.index) {
			if it.passes(it.walk.rank) {
				it.cur = it.store.nodeAt(it.result, it.walk.rank)
				return true
			}
		}
		if n%256 == 0 && ctx.Err() != nil {
			it.err = ctx.Err()
			return false
		}
		if !it.sub.Next(ctx) {
			return false
		}
		it.start()
	}
}

// start begins the walk for the node at which sub stands.
func (it *stepNext) start() {
	it.spans = it.spans[:0]
	if n := it.store.numberOf(it.from, it.sub.Result()); n != nothing {
		it.spans = it.spansFor(it.from, n, it.spans)
	}
	it.walk = walk{spans: it.spans}
}

// NextPath goes to another path of sub to the same node, which leads to the
// same result.
func (it *stepNext) NextPath(ctx context.Context) bool { return it.cur != nil && it.sub.NextPath(ctx) }

func (it *stepNext) Result() graph.Ref { return it.cur }
func (it *stepNext) Err() error        { return firstError(it.err, it.sub.Err(), it.store.Err()) }
func (it *stepNext) Close() error      { return it.sub.Close() }
func (it *stepNext) String() string    { return "PackedStepNext" }
func (it *stepNext) TagResults(m map[string]graph.Ref) {
	defer it.store.recovered(&it.err)
	if it.cur != nil {
		it.sub.TagResults(m)
		saveAll(it.store, it.saves, it.walk.rank, m)
	}
}

type stepContains struct {
	*step
	sub  graph.Index
	walk walk
	cur  graph.Ref
	err  error
}

func (it *stepContains) Contains(ctx context.Context, v graph.Ref) (ok bool) {
	defer it.store.recovered(&it.err)
	it.cur = nil
	n := it.store.numberOf(it.result, v)
	if n == nothing {
		return false
	}
	it.walk = walk{spans: it.spansFor(it.result, n, nil)}
	if !it.advance(ctx) {
		return false
	}
	it.cur = v
	return true
}

func (it *stepContains) advance(ctx context.Context) bool {
	for it.walk.next(&it.store.index) {
		if v := it.store.nodeAt(it.from, it.walk.rank); v != nil && it.passes(it.walk.rank) && it.sub.Contains(ctx, v) {
			return true
		}
	}
	return false
}

func (it *stepContains) NextPath(ctx context.Context) (ok bool) {
	defer it.store.recovered(&it.err)
	return it.cur != nil && (it.sub.NextPath(ctx) || it.advance(ctx))
}

func (it *stepContains) Result() graph.Ref { return it.cur }
func (it *stepContains) Err() error        { return firstError(it.err, it.sub.Err(), it.store.Err()) }
func (it *stepContains) Close() error      { return it.sub.Close() }
func (it *stepContains) String() string    { return "PackedStepContains" }
func (it *stepContains) TagResults(m map[string]graph.Ref) {
	defer it.store.recovered(&it.err)
	if it.cur != nil {
		it.sub.TagResults(m)
		saveAll(it.store, it.saves, it.walk.rank, m)
	}
}

// stepScan walks through the quads of the patterns and asks sub.
type stepScan struct {
	stepContains
	started bool
}

func (it *stepScan) Next(ctx context.Context) (ok bool) {
	defer it.store.recovered(&it.err)
	it.cur = nil
	if !it.started {
		it.started = true
		for _, p := range it.patterns {
			it.walk.spans = append(it.walk.spans, it.store.index.span(p))
		}
	}
	if !it.advance(ctx) {
		return false
	}
	it.cur = it.store.nodeAt(it.result, it.walk.rank)
	return true
}

// NextPath goes to another path of sub to the same node.
func (it *stepScan) NextPath(ctx context.Context) bool { return it.cur != nil && it.sub.NextPath(ctx) }

// meet is what several scans of nodes have in common. The nodes of each ascend,
// so that each leaps over what another does not have (leapfrog join, Veldhuizen,
// ICDT 2014). A scan that is much larger than the least is asked for each node
// that the others have: that is one lookup, and a leap is several.
type meet struct {
	store *Store
	scans []*scan // by size, the least first; one span each
}

// leapRatio is how many times larger than the least a scan may be to be leapt
// along.
const leapRatio = 8

func (x *meet) String() string                                       { return "PackedMeet" }
func (x *meet) SubIterators() []graph.IteratorShape                  { return nil }
func (x *meet) Optimize(context.Context) (graph.IteratorShape, bool) { return x, false }
func (x *meet) Iterate() graph.Scanner                               { return &meetNext{meet: x} }

func (x *meet) Lookup() graph.Index {
	it := &meetContains{}
	for _, s := range x.scans {
		it.all = append(it.all, s.Lookup())
	}
	return it
}

func (x *meet) Stats(context.Context) (graph.IteratorCosts, error) {
	n := int64(len(x.scans))
	return graph.IteratorCosts{
		NextCost: n, ContainsCost: 2 * n, Size: graph.Size{Size: int64(x.scans[0].size())/2 + 1},
	}, x.store.Err()
}

// front is a scan of a meet while it is walked.
type front struct {
	*scan
	asked   bool   // rather than leapt along
	at, end uint64 // places of the current node: several quads may have it
	path    uint64 // place of the current path
	n       uint64 // number of the current node
}

// seek goes to the first node that is at least n.
func (f *front) seek(n uint64) bool {
	s, x := f.spans[0], &f.store.index
	before := func(place uint64) bool { return f.number(place) < n }
	if f.result == subjectCol { // ranks ascend as subjects do, and are nearer
		first := x.subjectStart.at(n)
		before = func(place uint64) bool { return x.rank(s.order, place) < first }
	}
	lo, step := f.end, uint64(1)
	// gallop, then bisect
	for lo+step < s.hi && before(lo+step) {
		lo += step
		step *= 2
	}
	hi := min(lo+step+1, s.hi)
	f.at = lo + uint64(sort.Search(int(hi-lo), func(i int) bool { return !before(lo + uint64(i)) }))
	if f.at >= s.hi {
		f.end = s.hi
		return false
	}
	f.n = f.number(f.at)
	f.end = f.at + 1
	f.path = f.at
	if f.result == subjectCol {
		for last := x.subjectStart.at(f.n + 1); f.end < s.hi && x.rank(s.order, f.end) < last; f.end++ {
		}
		return true
	}
	for ; f.end < s.hi && f.number(f.end) == f.n; f.end++ {
	}
	return true
}

// ask reports whether the scan has a node, and goes there.
func (f *front) ask(n uint64) bool {
	p := f.pattern
	p[f.result] = n
	s := f.store.index.span(p)
	f.n, f.at, f.end, f.path = n, s.lo, s.hi, s.lo
	return s.len() > 0
}

func (f *front) number(place uint64) uint64 {
	x := &f.store.index
	return x.column(f.result, x.rank(f.spans[0].order, place))
}

type meetNext struct {
	*meet
	fronts []front
	err    error
	on     bool
}

func (it *meetNext) Next(ctx context.Context) (ok bool) {
	defer it.store.recovered(&it.err)
	if it.fronts == nil {
		for _, s := range it.scans {
			it.fronts = append(it.fronts, front{scan: s, end: s.spans[0].lo, asked: s.size() > leapRatio*it.scans[0].size()})
		}
	}
	it.on = false
	for turn := 1; ; turn++ {
		if turn%256 == 0 && ctx.Err() != nil {
			it.err = ctx.Err()
			return false
		}
		n, ok := it.leap()
		if !ok {
			return false
		}
		it.on = true
		for i := range it.fronts {
			if f := &it.fronts[i]; f.asked && !f.ask(n) {
				it.on = false
				break
			}
		}
		if it.on {
			return true
		}
	}
}

// leap goes to the next node that all scans have that are leapt along: the
// first ones, since the least come first.
func (it *meetNext) leap() (n uint64, ok bool) {
	fronts := it.fronts
	for len(fronts) > 0 && fronts[len(fronts)-1].asked {
		fronts = fronts[:len(fronts)-1]
	}
	for turn, agreed := 0, 0; agreed < len(fronts); turn++ {
		f := &fronts[turn%len(fronts)]
		if turn == 0 || f.n < n {
			if !f.seek(max(n, 1)) {
				fronts[0].end = fronts[0].spans[0].hi // nothing comes after
				return 0, false
			}
		}
		if f.n == n {
			agreed++
		} else {
			n, agreed = f.n, 1
		}
	}
	return n, true
}

// NextPath goes through the combinations of quads.
func (it *meetNext) NextPath(context.Context) bool {
	if !it.on {
		return false
	}
	for i := range it.fronts {
		f := &it.fronts[i]
		if f.path++; f.path < f.end {
			return true
		}
		f.path = f.at
	}
	it.on = false
	return false
}

func (it *meetNext) Result() graph.Ref {
	if len(it.fronts) == 0 || it.fronts[0].n == 0 {
		return nil
	}
	f := &it.fronts[0]
	defer it.store.recovered(&it.err)
	return node(it.store.index.id(f.result, f.n))
}

func (it *meetNext) TagResults(map[string]graph.Ref) {}
func (it *meetNext) Err() error                      { return firstError(it.err, it.store.Err()) }
func (it *meetNext) Close() error                    { return nil }
func (it *meetNext) String() string                  { return "PackedMeetNext" }

type meetContains struct {
	all []graph.Index
	cur graph.Ref
}

func (it *meetContains) Contains(ctx context.Context, v graph.Ref) bool {
	it.cur = nil
	for _, x := range it.all {
		if !x.Contains(ctx, v) {
			return false
		}
	}
	it.cur = v
	return true
}

// NextPath goes through the combinations of paths.
func (it *meetContains) NextPath(ctx context.Context) bool {
	if it.cur == nil {
		return false
	}
	for _, x := range it.all {
		if x.NextPath(ctx) {
			return true
		}
		x.Contains(ctx, it.cur) // begin again
	}
	it.cur = nil
	return false
}

func (it *meetContains) Result() graph.Ref               { return it.cur }
func (it *meetContains) TagResults(map[string]graph.Ref) {}
func (it *meetContains) String() string                  { return "PackedMeetContains" }
func (it *meetContains) Err() error {
	for _, x := range it.all {
		if err := x.Err(); err != nil {
			return err
		}
	}
	return nil
}

func (it *meetContains) Close() error {
	for _, x := range it.all {
		_ = x.Close() // has nothing to close
	}
	return nil
}

// idRange is the ids in [lo, hi).
type idRange struct{ lo, hi uint64 }

// nodes is the values in ranges of ids that pass filters.
type nodes struct {
	store   *Store
	ranges  []idRange // ascending, apart
	filters []func(quad.Value) bool
}

func (x *nodes) inRange(id uint64) bool {
	i := sort.Search(len(x.ranges), func(i int) bool { return x.ranges[i].hi > id })
	return i < len(x.ranges) && x.ranges[i].lo <= id
}

// passes reports whether the value of an id passes the filters.
func (x *nodes) passes(at *cursor, id uint64) bool {
	if len(x.filters) == 0 {
		return true
	}
	v := at.value(&x.store.dict, id)
	for _, f := range x.filters {
		if !f(v) {
			return false
		}
	}
	return true
}

func (x *nodes) size() (n uint64) {
	for _, r := range x.ranges {
		n += r.hi - r.lo
	}
	return n
}

func (x *nodes) String() string                                       { return "PackedNodes" }
func (x *nodes) SubIterators() []graph.IteratorShape                  { return nil }
func (x *nodes) Optimize(context.Context) (graph.IteratorShape, bool) { return x, false }
func (x *nodes) Iterate() graph.Scanner                               { return &nodesNext{nodes: x} }

func (x *nodes) Lookup() graph.Index { return &nodesContains{nodes: x} }

func (x *nodes) Stats(context.Context) (graph.IteratorCosts, error) {
	cost := int64(1 + 4*len(x.filters))
	return graph.IteratorCosts{
		NextCost: cost, ContainsCost: cost,
		Size: graph.Size{Size: int64(x.size()), Exact: len(x.filters) == 0},
	}, x.store.Err()
}

type nodesNext struct {
	*nodes
	i   int    // range
	id  uint64 // next, less the first of the range
	cur graph.Ref
	at  cursor
	err error
}

func (it *nodesNext) Next(ctx context.Context) (ok bool) {
	defer it.store.recovered(&it.err)
	it.cur = nil
	for it.i < len(it.ranges) {
		r := it.ranges[it.i]
		id := r.lo + it.id
		if id >= r.hi {
			it.i, it.id = it.i+1, 0
			continue
		}
		it.id++
		if len(it.filters) == 0 || it.passes(&it.at, id) {
			it.cur = node(id)
			return true
		}
		if it.id%1024 == 0 && ctx.Err() != nil {
			it.err = ctx.Err()
			return false
		}
	}
	return false
}

func (it *nodesNext) Result() graph.Ref               { return it.cur }
func (it *nodesNext) NextPath(context.Context) bool   { return false }
func (it *nodesNext) TagResults(map[string]graph.Ref) {}
func (it *nodesNext) Err() error                      { return firstError(it.err, it.store.Err()) }
func (it *nodesNext) Close() error                    { return nil }
func (it *nodesNext) String() string                  { return "PackedNodesNext" }

type nodesContains struct {
	*nodes
	cur graph.Ref
	at  cursor
	err error
}

func (it *nodesContains) Contains(_ context.Context, v graph.Ref) (ok bool) {
	defer it.store.recovered(&it.err)
	it.cur = nil
	n, isNode := v.(node)
	if !isNode || !it.inRange(uint64(n)) || !it.passes(&it.at, uint64(n)) {
		return false
	}
	it.cur = v
	return true
}

func (it *nodesContains) Result() graph.Ref               { return it.cur }
func (it *nodesContains) NextPath(context.Context) bool   { return false }
func (it *nodesContains) TagResults(map[string]graph.Ref) {}
func (it *nodesContains) Err() error                      { return firstError(it.err, it.store.Err()) }
func (it *nodesContains) Close() error                    { return nil }
func (it *nodesContains) String() string                  { return "PackedNodesContains" }
