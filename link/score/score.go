package score

import (
	"cmp"
	"maps"
	"slices"
)

// Figure counts what was found against what is marked.
type Figure struct{ Right, Found, Marked int }

// Precision returns the share of what was found that is right.
func (f Figure) Precision() float64 { return Share{f.Right, f.Found}.Value() }

// Recall returns the share of what is marked that was found.
func (f Figure) Recall() float64 { return Share{f.Right, f.Marked}.Value() }

// F1 returns the harmonic mean of precision and recall.
func (f Figure) F1() float64 { return Rate{f.Precision(), f.Recall()}.F1() }

func (f *Figure) add(g Figure) {
	f.Right += g.Right
	f.Found += g.Found
	f.Marked += g.Marked
}

// Rate is a precision and a recall that are no quotients of counts.
type Rate struct{ Precision, Recall float64 }

// F1 returns the harmonic mean of precision and recall.
func (r Rate) F1() float64 {
	if r.Precision+r.Recall == 0 {
		return 0
	}
	return 2 * r.Precision * r.Recall / (r.Precision + r.Recall)
}

// Share is how many of some are right.
type Share struct{ Right, Of int }

// Value returns the share from 0 to 1; of none it is 0.
func (s Share) Value() float64 {
	if s.Of == 0 {
		return 0
	}
	return float64(s.Right) / float64(s.Of)
}

func (s *Share) count(right bool) {
	s.Of++
	if right {
		s.Right++
	}
}

// Report is how well the marked cables were read.
type Report struct {
	Missing []string // marked cables that are not among those found: all their marks are missed

	Mentions Figure            // same bytes and same type
	Kinds    map[string]Figure // mentions by type, of the types that are marked
	Overlap  Rate              // same type and a common byte: how much of the loss is a matter of boundaries
	Linking  Rate              // B-cubed over the mentions of all cables: is each mention with the right others?
	Cables   Figure            // entities, each counted once a cable: what reaches the graph

	Relations Figure            // facts (type, subject, role, value) of all types
	Types     map[string]Figure // facts by type
	Groups    map[Group]Figure  // facts by group
	Status    Share             // of the core facts found, those with the marked status
	Evidence  Share             // of the facts found, those whose evidence overlaps the marked one
	Values    Share             // of the marked counts, amounts, terms, shares and tiers of facts found, those with the same number

	faults []Fault // in order of their places
}

// Compare measures what was found in the marked cables. Of two extractions of
// one cable the later counts; cables that are not marked do not count.
//
// Entities are compared through mentions: a found entity stands for the marked
// one with which most of its mentions overlap. So a fact about it is right
// whatever the entity is called.
func Compare(marked, found []Extraction) *Report {
	r := &Report{Kinds: map[string]Figure{}, Types: map[string]Figure{}, Groups: map[Group]Figure{}}
	byCable := map[string]*Extraction{}
	for i := range found {
		byCable[found[i].Cable] = &found[i]
	}
	nobody := Extraction{}
	pairs := make([]pair, 0, len(marked))
	for i := range marked {
		p := pair{&marked[i], byCable[marked[i].Cable]}
		if p.found == nil {
			p.found = &nobody
			r.Missing = append(r.Missing, p.marked.Cable)
		}
		pairs = append(pairs, p)
	}
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Compare(a.marked.Cable, b.marked.Cable) })

	m := gather(pairs)
	r.mentions(m)
	r.linking(m)
	m.align()
	r.entities(m)
	for _, p := range pairs {
		r.facts(p, m)
	}
	for t, f := range r.Types {
		g := r.Groups[types()[t].group]
		g.add(f)
		r.Groups[types()[t].group] = g
		r.Relations.add(f)
	}
	slices.SortFunc(r.faults, Fault.order)
	return r
}

// pair is a marked cable and what was found in it.
type pair struct{ marked, found *Extraction }

// place is where a mention stands, and of what type it is.
type place struct {
	cable string
	Span
	kind string
}

func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(p.cable, q.cable), cmp.Compare(p.Start, q.Start), cmp.Compare(p.End, q.End), cmp.Compare(p.kind, q.kind))
}

// mentions are the mentions of all marked cables, as marked and as found.
type mentions struct {
	marked, found map[place]string  // the entity at each place
	hits          []place           // that are in both, in order
	stands        map[string]string // found entity to marked one
	isMarked      map[string]bool   // entities
	isFound       map[string]bool
}

func gather(pairs []pair) *mentions {
	m := &mentions{marked: map[place]string{}, found: map[place]string{}, stands: map[string]string{}, isMarked: map[string]bool{}, isFound: map[string]bool{}}
	for _, p := range pairs {
		for _, x := range p.marked.Mentions {
			m.marked[place{p.marked.Cable, Span{x.Start, x.End}, x.Type}] = x.Entity
		}
		for _, x := range p.found.Mentions {
			m.found[place{p.marked.Cable, Span{x.Start, x.End}, x.Type}] = x.Entity
		}
	}
	for p, e := range m.marked {
		m.isMarked[e] = true
		if _, ok := m.found[p]; ok {
			m.hits = append(m.hits, p)
		}
	}
	for _, e := range m.found {
		m.isFound[e] = true
	}
	slices.SortFunc(m.hits, place.compare)
	return m
}

// mentions measures the places of the mentions.
func (r *Report) mentions(m *mentions) {
	r.Mentions = Figure{len(m.hits), len(m.found), len(m.marked)}
	for p := range m.marked {
		f := r.Kinds[p.kind]
		f.Marked++
		r.Kinds[p.kind] = f
	}
	count := func(p place, by Figure) {
		if f, ok := r.Kinds[p.kind]; ok {
			f.add(by)
			r.Kinds[p.kind] = f
		}
	}
	for p := range m.found {
		count(p, Figure{Found: 1})
	}
	for _, p := range m.hits {
		count(p, Figure{Right: 1})
	}
	marked, found := newIndex(m.marked), newIndex(m.found)
	r.Overlap = Rate{marked.overlapping(m.found), found.overlapping(m.marked)}
	r.mentionFaults(m, marked, found)
}

// index finds places by cable and type; each list is in order.
type index map[place][]place

func newIndex(places map[place]string) index {
	x := index{}
	for _, p := range slices.SortedFunc(maps.Keys(places), place.compare) {
		x[place{cable: p.cable, kind: p.kind}] = append(x[place{cable: p.cable, kind: p.kind}], p)
	}
	return x
}

// over returns the places of p's cable and type that overlap it.
func (x index) over(p place) []place {
	var all []place
	for _, q := range x[place{cable: p.cable, kind: p.kind}] {
		if p.overlaps(q.Span) {
			all = append(all, q)
		}
	}
	return all
}

// overlapping returns the share of places that one of the index overlaps.
func (x index) overlapping(places map[place]string) float64 {
	var s Share
	for p := range places {
		s.count(len(x.over(p)) > 0)
	}
	return s.Value()
}

// linking measures which mentions are taken for one entity.
func (r *Report) linking(m *mentions) {
	size := map[string]int{}    // of found entities
	wanted := map[string]int{}  // of marked ones
	both := map[[2]string]int{} // hits of a found and a marked one
	for _, e := range m.found {
		size[e]++
	}
	for _, e := range m.marked {
		wanted[e]++
	}
	for _, p := range m.hits {
		both[[2]string{m.found[p], m.marked[p]}]++
	}
	for _, p := range m.hits {
		f, w := m.found[p], m.marked[p]
		n := float64(both[[2]string{f, w}])
		r.Linking.Precision += n / float64(size[f])
		r.Linking.Recall += n / float64(wanted[w])
	}
	r.Linking.Precision /= max(1, float64(len(m.found)))
	r.Linking.Recall /= max(1, float64(len(m.marked)))
	r.linkFaults(both)
}

// align finds the marked entity that each found one stands for: the one with
// which most of its mentions overlap, of several the first by name.
func (m *mentions) align() {
	marked := newIndex(m.marked)
	votes := map[string]map[string]int{}
	for p, e := range m.found {
		for _, q := range marked.over(p) {
			if votes[e] == nil {
				votes[e] = map[string]int{}
			}
			votes[e][m.marked[q]]++
		}
	}
	for e, v := range votes {
		m.stands[e] = slices.MinFunc(slices.Collect(maps.Keys(v)), func(a, b string) int {
			return cmp.Or(cmp.Compare(v[b], v[a]), cmp.Compare(a, b))
		})
	}
}

// ofMark names an entity of the marks. A cable's id names it.
func (m *mentions) ofMark(entity string) (value, bool) {
	if id, ok := cableOf(entity); ok {
		return value{cableValue, id}, true
	}
	return value{entityValue, entity}, m.isMarked[entity]
}

// ofFind names a found entity as the marked one that it stands for.
func (m *mentions) ofFind(entity string) (value, bool) {
	if id, ok := cableOf(entity); ok {
		return value{cableValue, id}, true
	}
	return value{entityValue, m.standsFor(entity)}, m.isFound[entity]
}

// standsFor returns the marked entity that a found one stands for, or a name
// that no marked entity has.
func (m *mentions) standsFor(entity string) string {
	if e, ok := m.stands[entity]; ok {
		return e
	}
	return "?" + entity
}

// entities counts each entity once a cable.
func (r *Report) entities(m *mentions) {
	marked, found := map[[2]string]bool{}, map[[2]string]bool{}
	for p, e := range m.marked {
		marked[[2]string{p.cable, e}] = true
	}
	for p, e := range m.found {
		found[[2]string{p.cable, m.standsFor(e)}] = true
	}
	r.Cables = Figure{Found: len(found), Marked: len(marked)}
	for e := range marked {
		if found[e] {
			r.Cables.Right++
		}
	}
}

// facts measures the facts of one cable.
func (r *Report) facts(p pair, m *mentions) {
	type about struct {
		kind    string
		subject value
	}
	marked, found := facts(p.marked.Relations, m.ofMark), facts(p.found.Relations, m.ofFind)
	known := map[about]bool{}
	for f := range marked {
		known[about{f.kind, f.subject}] = true
		r.countFact(f, Figure{Marked: 1})
	}
	right, missed := match(found, marked)
	for f, relation := range found {
		g, ok := right[f]
		if !ok && !known[about{f.kind, f.subject}] && known[about{types()[f.kind].follows, f.subject}] {
			continue
		}
		r.countFact(f, Figure{Found: 1})
		if !ok {
			r.factFault(WrongFact, p.marked.Cable, f, relation)
			continue
		}
		r.countFact(f, Figure{Right: 1})
		r.qualities(relation, marked[g])
	}
	for f := range missed {
		r.factFault(MissedFact, p.marked.Cable, f, marked[f])
	}
}

func (r *Report) countFact(f fact, by Figure) {
	by.add(r.Types[f.kind])
	r.Types[f.kind] = by
}

// match pairs found facts with marked ones, each at most once: equal ones
// first, then those that agree, in order. It returns the marked fact of each
// pair by the found one, and the marked facts that are left over.
func match(found, marked map[fact]*Relation) (right map[fact]fact, missed map[fact]bool) {
	right, missed = map[fact]fact{}, map[fact]bool{}
	var open []fact
	for f := range marked {
		if found[f] != nil {
			right[f] = f
		} else {
			missed[f] = true
			open = append(open, f)
		}
	}
	slices.SortFunc(open, fact.compare)
	for _, f := range slices.SortedFunc(maps.Keys(found), fact.compare) {
		if _, ok := right[f]; ok {
			continue
		}
		for _, g := range open {
			if missed[g] && f.agrees(g) {
				right[f] = g
				delete(missed, g)
				break
			}
		}
	}
	return right, missed
}

// qualities measures a relation that states a marked fact.
func (r *Report) qualities(found, marked *Relation) {
	if types()[marked.Type].group == Core {
		r.Status.count(statusOf(found) == statusOf(marked))
	}
	if marked.Evidence != (Span{}) {
		r.Evidence.count(found.Evidence.overlaps(marked.Evidence))
	}
	for _, role := range numberRoles {
		wanted := numbers(marked.Args[role])
		if len(wanted) > 0 {
			r.Values.count(slices.Contains(numbers(found.Args[role]), wanted[0]))
		}
	}
}

// numbers returns the numbers of the values that have one.
func numbers(values Values) []float64 {
	var all []float64
	for _, v := range values {
		if n, ok := parseNumber(v); ok {
			all = append(all, n)
		}
	}
	return all
}
