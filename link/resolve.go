package link

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"cablegraph/internal/parallel"
	"cablegraph/vocab"
)

// Resolve decides which mentions of all cables are the same entity, and names
// the entities. It does not depend on the order of records, and does not change
// them; the Graph's Records are in order of Cable.ID.
//
// First each cable is resolved by itself, since a cable explains its own
// names. What a cable means by its mentions becomes a cluster; clusters of the
// same description become one profile. Names that only a cable of the same
// affair explains go to the profile that explains them. Then profiles are joined in blocks of a shared
// name: bodies, laws and places of a country by their words and acronyms, people
// by family name, the fullest names first. A name that could mean several stays
// apart.
func Resolve(records []*Record) *Graph { return Explain(records, nil) }

// A Decision is two names that were taken for one entity.
type Decision struct {
	Cable string // whose names they are, "" for a decision across cables
	A, B  string
	Score float64   // from 0 to 1
	Why   []Feature // that the score adds up
}

func newDecision(cable, a, b string, why []Feature) Decision {
	return Decision{cable, a, b, total(why), slices.Clone(why)}
}

// Explain is Resolve that calls decided with every decision: those of each cable
// in order of Cable.ID, then those across cables. Exact repeats of a name are no
// decision.
func Explain(records []*Record, decided func(Decision)) *Graph {
	c := newCollection(decided)
	each := func(yield func(*Record) bool) {
		for _, rec := range records {
			if !yield(rec) {
				return
			}
		}
	}
	newSketcher := func() *Sketcher { return &Sketcher{newCableResolver(decided != nil)} }
	// the context never ends, so there is no error
	_ = parallel.Map(context.Background(), runtime.GOMAXPROCS(0), each, newSketcher, (*Sketcher).Sketch, c.add)
	return c.resolve(InMemory(records))
}

// A Linker resolves a collection whose cables come one at a time, in any order.
type Linker struct{ collection *collection }

// NewLinker returns a Linker without cables.
func NewLinker() *Linker { return &Linker{newCollection(nil)} }

// Add takes in the next cable.
func (l *Linker) Add(s *Sketch) { l.collection.add(s) }

// Resolve decides as the function Resolve does, and ends the Linker's use.
// Records gives the records from which the sketches were made, in the order in
// which these were added.
func (l *Linker) Resolve(records Records) *Graph {
	c := l.collection
	l.collection = nil
	return c.resolve(records)
}

// resolve makes the graph of what was added.
func (c *collection) resolve(records Records) *Graph {
	order := c.settle()
	c.joinAffairs()
	c.joinKeys()
	c.joinNames()
	c.joinPersons()
	c.joinProvisions()
	g := c.graph()
	g.Records, g.Order = reordered{records, order}, order
	return g
}

// collection is all cables while they are resolved.
type collection struct {
	decided  func(Decision) // or nil
	outlines []outline
	of       [][]int32 // profile of each mention
	namings  []namingTexts
	texts    []string
	profiles []profile
	meanings map[nameBlock]bool // acronyms that have a long name there; nil until it is asked for

	// until all cables are there
	index    map[string]int32 // description → profile
	namingOf map[namingTexts]int32
	textOf   map[string]int32
}

func newCollection(decided func(Decision)) *collection {
	return &collection{decided: decided, index: map[string]int32{}, namingOf: map[namingTexts]int32{}, textOf: map[string]int32{}}
}

// A nameBlock is all profiles of a kind and country that share a name.
type nameBlock struct {
	kind    vocab.Kind
	country string
	canon   string
}

// A profile is all clusters that are described alike: what they are is decided
// once for all of them.
type profile struct {
	kind    vocab.Kind
	key     string
	country string
	year    int
	handles []handle
	person  *Name // or nil
	law     int32 // profile of a provision's law, or -1
	parent  int32 // union-find
	cables  int32 // that have it
	header  bool  // a person whom only a signature or pass line names
	joined  bool  // to another profile
	apart   bool  // a name that may mean several: each cable's is an entity of its own

	description string
	outline     int32 // the first of the cables that have it, from which the other fields are
	place       int32 // among the profiles of that cable
}

// name returns the name by which decisions speak of p.
func (p *profile) name() string {
	switch {
	case p.kind == vocab.Person:
		return p.person.Text
	case len(p.handles) > 0:
		return p.handles[0].canon
	}
	return p.key
}

// add takes in a cable: its clusters go to their profiles.
func (c *collection) add(s *Sketch) {
	r := int32(len(c.outlines))
	c.outlines = append(c.outlines, c.outline(s))
	profiles := make([]int32, len(s.clusters))
	place := int32(0)
	file := func(i int) {
		cl := &s.clusters[i]
		d, law := cl.description, int32(-1)
		if cl.law >= 0 {
			law = profiles[cl.law]
			d += "|of " + strconv.Itoa(int(law))
		}
		n, ok := c.index[d]
		switch {
		case !ok:
			n = int32(len(c.profiles))
			c.index[d] = n
			p := c.profileOf(cl, law)
			p.description, p.outline, p.place = d, r, place
			c.profiles = append(c.profiles, p)
		case c.before(r, c.profiles[n].outline):
			p, old := c.profileOf(cl, law), &c.profiles[n]
			p.description, p.cables, p.outline, p.place = old.description, old.cables, r, place
			*old = p
		}
		c.profiles[n].cables++
		profiles[i] = n
		place++
	}
	for i := range s.clusters {
		if s.clusters[i].law < 0 {
			file(i)
		}
	}
	for i := range s.clusters {
		if s.clusters[i].law >= 0 {
			file(i)
		}
	}
	of := make([]int32, len(s.mentions))
	for m := range of {
		of[m] = profiles[s.mentions[m].cluster]
	}
	c.of = append(c.of, of)
}

// before reports whether outline a comes before b in the order of the graph.
func (c *collection) before(a, b int32) bool {
	x, y := &c.outlines[a], &c.outlines[b]
	return cmp.Or(
		cmp.Compare(x.id, y.id), cmp.Compare(x.file, y.file), cmp.Compare(x.member, y.member),
		cmp.Compare(x.offset, y.offset), cmp.Compare(x.sum, y.sum), cmp.Compare(a, b)) < 0
}

// settle brings the outlines into the order of the graph, and the profiles into
// that in which these outlines have them first, so that nothing depends on the
// order in which the cables came. It returns the former places of the outlines.
func (c *collection) settle() []int32 {
	c.index, c.namingOf, c.textOf = nil, nil, nil
	order := upTo(len(c.outlines))
	slices.SortFunc(order, func(a, b int32) int {
		switch {
		case a == b:
			return 0
		case c.before(a, b):
			return -1
		}
		return 1
	})
	place := inverse(order)
	first := upTo(len(c.profiles))
	slices.SortFunc(first, func(a, b int32) int {
		x, y := &c.profiles[a], &c.profiles[b]
		return cmp.Or(cmp.Compare(place[x.outline], place[y.outline]), cmp.Compare(x.place, y.place))
	})
	number := inverse(first)
	c.outlines, c.of, c.profiles = permuted(c.outlines, order), permuted(c.of, order), permuted(c.profiles, first)
	for n := range c.profiles {
		p := &c.profiles[n]
		p.parent, p.outline = int32(n), place[p.outline]
		if p.law >= 0 {
			p.law = number[p.law]
			p.description = p.description[:strings.LastIndexByte(p.description, ' ')+1] + strconv.Itoa(int(p.law))
		}
	}
	for r, of := range c.of {
		for m := range of {
			of[m] = number[of[m]]
		}
		for _, d := range c.outlines[r].decisions {
			c.decided(d)
		}
	}
	return order
}

// upTo returns the numbers below n.
func upTo(n int) []int32 {
	out := make([]int32, n)
	for i := range out {
		out[i] = int32(i)
	}
	return out
}

// inverse returns where each number stands in order.
func inverse(order []int32) []int32 {
	out := make([]int32, len(order))
	for i, n := range order {
		out[n] = int32(i)
	}
	return out
}

// permuted returns the elements of s in order.
func permuted[T any](s []T, order []int32) []T {
	out := make([]T, len(s))
	for i, n := range order {
		out[i] = s[n]
	}
	return out
}

// describe returns all that is known of a cluster outside its cable; that of
// one that only its cable knows is its own.
func (cl *cluster) describe(id string, i int) string {
	var b strings.Builder
	b.WriteByte(byte('0' + cl.kind))
	b.WriteByte('|')
	b.WriteString(cl.key)
	b.WriteByte('|')
	b.WriteString(cl.country)
	switch {
	case cl.key == "" && cl.alone && cl.law < 0:
		b.WriteString("|in " + id + " " + strconv.Itoa(i))
	case cl.kind == vocab.Person:
		b.WriteByte('|')
		b.WriteString(strings.Join(cl.person.words, " "))
		b.WriteString(cl.person.suffix)
		if cl.header {
			b.WriteString("|header")
		}
	default:
		for _, h := range cl.handles {
			b.WriteByte('|')
			b.WriteString(h.canon)
			b.WriteString(strconv.Itoa(h.year))
			if h.acronym {
				b.WriteByte('*')
			}
		}
	}
	return b.String()
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// find returns the representative of profile n.
func (c *collection) find(n int32) int32 {
	for c.profiles[n].parent != n {
		c.profiles[n].parent = c.profiles[c.profiles[n].parent].parent
		n = c.profiles[n].parent
	}
	return n
}

// join makes profiles a and b one entity, for the reasons given, unless their
// keys forbid it.
func (c *collection) join(a, b int32, why ...Feature) {
	nameA, nameB := c.profiles[a].name(), c.profiles[b].name()
	a, b = c.find(a), c.find(b)
	if a == b {
		return
	}
	na, nb := &c.profiles[a], &c.profiles[b]
	if na.key != "" && nb.key != "" && na.key != nb.key {
		return
	}
	if nb.description < na.description {
		a, na, nb = b, nb, na
	}
	nb.parent = a
	na.joined, nb.joined = true, true
	if c.decided != nil {
		c.decided(newDecision("", nameA, nameB, why))
	}
	if na.key == "" {
		na.key = nb.key
	}
	na.cables += nb.cables
}

// joinKeys joins the profiles that a gazetteer knows as one. A law of several
// years is several laws, each with its year behind the key.
func (c *collection) joinKeys() {
	years := map[string]int{} // of a law's key, -1 where there are several
	for i := range c.profiles {
		x := &c.profiles[i]
		if x.kind != vocab.Law || x.key == "" || x.year == 0 {
			continue
		}
		if y := years[x.key]; y != 0 && y != x.year {
			years[x.key] = -1
		} else if y == 0 {
			years[x.key] = x.year
		}
	}
	first := map[string]int32{}
	for _, n := range c.sorted() {
		if x := &c.profiles[n]; x.kind == vocab.Law && x.year != 0 && years[x.key] < 0 {
			x.key += "-" + strconv.Itoa(x.year)
		}
		x := &c.profiles[n]
		if x.key == "" {
			continue
		}
		k := string(byte('0'+x.kind)) + x.key
		if a, ok := first[k]; ok {
			c.join(a, n, Feature{"same identity in a gazetteer", 1})
		} else {
			first[k] = n
		}
	}
}

// sorted returns all profiles that a cable has in the order of their
// descriptions, which does not depend on the order of the cables. Provisions, whose description holds the
// number of a profile, come by that of their law.
func (c *collection) sorted() []int32 {
	out := make([]int32, 0, len(c.profiles))
	for i := range c.profiles {
		if c.profiles[i].cables > 0 {
			out = append(out, int32(i))
		}
	}
	slices.SortFunc(out, func(a, b int32) int { return cmp.Compare(c.profiles[a].description, c.profiles[b].description) })
	return out
}

// joinNames joins bodies, laws, cases, reports and places of one country that
// share a name.
func (c *collection) joinNames() {
	blocks := map[nameBlock][]int32{}
	begins := map[nameBlock][]int32{} // names by what they begin with
	var order []nameBlock
	for _, n := range c.sorted() {
		x := &c.profiles[n]
		if x.law >= 0 || x.kind == vocab.Person {
			continue
		}
		for _, h := range x.handles {
			b := nameBlock{x.kind, x.country, h.canon}
			if len(blocks[b]) == 0 {
				order = append(order, b)
			}
			if m := blocks[b]; len(m) == 0 || m[len(m)-1] != n {
				blocks[b] = append(m, n)
			}
			if h.begin != "" && h.begin != h.canon {
				b.canon = h.begin
				begins[b] = append(begins[b], n)
			}
		}
	}
	// long names first: they say what an acronym may mean
	for _, acronym := range []bool{false, true} {
		for _, b := range order {
			members := blocks[b]
			if c.isAcronymBlock(members, b.canon) != acronym {
				continue
			}
			if acronym {
				c.joinAcronym(members, b.canon)
			} else {
				c.joinBlock(members, b.canon)
			}
		}
	}
	c.joinInitials(order, blocks)
	c.joinDepartments(order, blocks)
	for _, b := range order {
		c.joinBeginning(blocks[b], begins[b])
	}
	// bodies of an unknown country, and long acronyms in other countries
	type name struct {
		kind  vocab.Kind
		canon string
	}
	countries := map[name][]nameBlock{}
	for _, b := range order {
		countries[name{b.kind, b.canon}] = append(countries[name{b.kind, b.canon}], b)
	}
	for _, b := range order {
		all := countries[name{b.kind, b.canon}]
		if all[0] != b {
			continue // met before
		}
		var known, strange [][]int32
		for _, b := range all {
			if b.country == unknown {
				strange = append(strange, blocks[b])
			} else {
				known = append(known, blocks[b])
			}
		}
		c.joinStrange(b.canon, known, strange)
	}
}

// joinDepartments joins the American bodies that are called by the subject of a
// department alone, as addressees are, to that department: "ENERGY".
func (c *collection) joinDepartments(order []nameBlock, blocks map[nameBlock][]int32) {
	for _, b := range order {
		if b.kind != vocab.Agency || b.country != "US" || strings.Contains(b.canon, " ") || !names().topical(b.canon) {
			continue
		}
		words := []string{"department", b.canon}
		slices.Sort(words)
		if k := c.only(blocks[nameBlock{b.kind, b.country, strings.Join(words, " ")}]); k >= 0 {
			c.joinAll(append([]int32{k}, blocks[b]...), Feature{"subject of a department", 0.7}, Feature{"only one in the country", onlyBearer})
		}
	}
}

// sureInitials is the length from which the initials of a name are hardly those
// of another body of the country.
const sureInitials = 4

// joinInitials joins an acronym to the only body of its country that has these
// initials and no acronym of its own: "DGP", known as the General Directorate of Fisheries,
// and the Direccion General de Pesca.
func (c *collection) joinInitials(order []nameBlock, blocks map[nameBlock][]int32) {
	byInitials := map[nameBlock][]int32{}
	for _, b := range order {
		for _, n := range blocks[b] {
			for _, h := range c.profiles[n].handles {
				if h.canon != b.canon || h.acronym || b.country == unknown || c.hasAcronym(n) {
					continue
				}
				for i, letters := range []string{h.letters, h.every} {
					if len(letters) >= sureInitials && (i == 0 || letters != h.letters) {
						k := nameBlock{b.kind, b.country, letters}
						byInitials[k] = append(byInitials[k], n)
					}
				}
			}
		}
	}
	for _, b := range order {
		members, longs := blocks[b], byInitials[b]
		if len(longs) == 0 || !c.isAcronymBlock(members, b.canon) {
			continue
		}
		long, short := c.only(longs), c.only(members)
		if long < 0 || short < 0 || c.profiles[c.find(long)].key != "" || c.profiles[c.find(short)].key != "" || !c.mayStandFor(b.canon, members, long) {
			continue
		}
		c.join(short, long, Feature{"initials", 0.7}, Feature{"only one in the country", onlyBearer})
	}
}

// mayStandFor reports whether an acronym's long names, where the profiles have
// any, agree with that of profile long.
func (c *collection) mayStandFor(acronym string, profiles []int32, long int32) bool {
	var longs []handle
	for _, n := range profiles {
		for _, h := range c.profiles[n].handles {
			if !h.acronym {
				longs = append(longs, h)
			}
		}
	}
	return len(longs) == 0 || agree(acronym, longs, c.profiles[long].handles)
}

// longAcronym is the length from which an acronym is hardly coined twice.
const longAcronym = 5

// joinStrange joins the bodies of a name whose country is not known, and the
// few of a long acronym in a country that does not say what it means, to the
// only body of that name. Ministries of an unknown country are each cable's own.
func (c *collection) joinStrange(canon string, known, strange [][]int32) {
	// the bodies of known countries, those with a long name first
	only, several := int32(-1), false
	defined := false
	for _, members := range known {
		for _, n := range members {
			root, long := c.find(n), c.hasLong(n)
			switch {
			case only < 0 || long && !defined:
				only, several, defined = root, false, long
			case root != c.find(only) && long == defined:
				several = true
			}
		}
	}
	acronym := len(known) > 0 && c.isAcronymBlock(known[0], canon) || len(strange) > 0 && c.isAcronymBlock(strange[0], canon)
	why := []Feature{{"same acronym", 0.7}, {"only one anywhere", onlyBearer}}
	if !acronym {
		why[0].Name = "same words"
	}
	for _, members := range strange {
		for _, n := range members {
			switch {
			case only >= 0 && !several && (acronym && len(canon) > 2 || topics(canon) > 1):
				c.join(only, n, why...)
			case c.profiles[n].kind == vocab.Agency && !acronym:
				c.profiles[n].apart = true
			}
		}
	}
	if !acronym || len(canon) < longAcronym || only < 0 || several {
		return
	}
	for _, members := range known {
		for _, n := range members {
			x := &c.profiles[c.find(n)]
			if x.country != c.profiles[c.find(only)].country && !c.hasLong(n) && x.cables <= 2 && x.cables <= c.profiles[c.find(only)].cables {
				c.join(only, n, why...)
			}
		}
	}
}

// hasAcronym reports whether profile n has an acronym.
func (c *collection) hasAcronym(n int32) bool {
	return slices.ContainsFunc(c.profiles[n].handles, func(h handle) bool { return h.acronym })
}

// hasLong reports whether profile n has a long name beside an acronym.
func (c *collection) hasLong(n int32) bool {
	return slices.ContainsFunc(c.profiles[n].handles, func(h handle) bool { return !h.acronym })
}

// topics counts the words of a canonical name that tell bodies apart.
func topics(canon string) int {
	n := 0
	for w := range strings.FieldsSeq(canon) {
		if names().topical(w) {
			n++
		}
	}
	return n
}

// joinBeginning joins the bodies of a name to the only ones whose longer name
// begins with it.
func (c *collection) joinBeginning(members, longer []int32) {
	only := int32(-1)
	for _, n := range longer {
		if root := c.find(n); only >= 0 && root != only {
			return
		} else {
			only = root
		}
	}
	if only >= 0 {
		c.joinAll(append([]int32{only}, members...), Feature{beginningOfName, 0.65}, Feature{"only one in the country", onlyBearer})
	}
}

// isAcronymBlock reports whether canon is an acronym in any of its profiles.
func (c *collection) isAcronymBlock(members []int32, canon string) bool {
	for _, n := range members {
		for _, h := range c.profiles[n].handles {
			if h.canon == canon && h.acronym {
				return true
			}
		}
	}
	return false
}

// joinBlock joins profiles of one name: those of one year; and those without a
// year to them where there is one year only. Nodes of several keys keep apart,
// and those without a key then stay with their own.
func (c *collection) joinBlock(members []int32, canon string) {
	years := map[int][]int32{}
	var order []int
	for _, n := range members {
		for _, h := range c.profiles[n].handles {
			if h.canon != canon {
				continue
			}
			if len(years[h.year]) == 0 {
				order = append(order, h.year)
			}
			years[h.year] = append(years[h.year], n)
		}
	}
	slices.Sort(order)
	if len(order) == 2 && order[0] == 0 && c.profiles[members[0]].kind == vocab.Law {
		years[0] = append(years[0], years[order[1]]...)
		order = order[:1]
	}
	for _, y := range order {
		c.joinAll(years[y], Feature{"same words", 0.9}, Feature{"same country", 0.1})
	}
}

// joinAll joins profiles to one entity unless they have several keys.
func (c *collection) joinAll(members []int32, why ...Feature) {
	key := ""
	several := false
	for _, n := range members {
		if k := c.profiles[c.find(n)].key; k != "" {
			several = several || key != "" && key != k
			key = k
		}
	}
	first := int32(-1)
	for _, n := range members {
		if several && c.profiles[c.find(n)].key != "" {
			continue
		}
		if first < 0 {
			first = n
		} else {
			c.join(first, n, why...)
		}
	}
}

// joinAcronym joins profiles of one acronym where the long names that cables give
// it agree. Where they do not, those without a long name go to the meaning that
// nearly all cables give.
func (c *collection) joinAcronym(members []int32, canon string) {
	type meaning struct {
		longs    []handle
		profiles []int32
		cables   int32
	}
	var meanings []meaning
	var bare []int32
	total := int32(0)
	for _, n := range members {
		x := &c.profiles[n]
		var longs []handle
		for _, h := range x.handles {
			if !h.acronym {
				longs = append(longs, h)
			}
		}
		if len(longs) == 0 {
			bare = append(bare, n)
			continue
		}
		total += x.cables
		at := slices.IndexFunc(meanings, func(m meaning) bool {
			return c.find(m.profiles[0]) == c.find(n) || agree(canon, m.longs, longs)
		})
		if at < 0 {
			at = len(meanings)
			meanings = append(meanings, meaning{})
		}
		m := &meanings[at]
		m.longs = append(m.longs, longs...)
		m.profiles = append(m.profiles, n)
		m.cables += x.cables
	}
	for _, m := range meanings {
		c.joinAll(m.profiles, Feature{"same acronym", 0.7}, Feature{"meanings agree", 0.2})
	}
	best := slices.IndexFunc(meanings, func(m meaning) bool { return 5*m.cables >= 4*total })
	if best >= 0 {
		bare = append(bare, meanings[best].profiles...)
	}
	c.joinAll(bare, Feature{"same acronym", 0.7}, Feature{"its chief meaning in the country", onlyBearer})
}

// agree reports whether two sets of long names of an acronym may mean the same:
// they have a word of their own in common, or one at least is a translation,
// which does not fit the letters.
func agree(acronym string, a, b []handle) bool {
	for _, x := range a {
		for _, y := range b {
			if sharesWord(strings.Fields(x.canon), strings.Fields(y.canon)) {
				return true
			}
		}
	}
	fits := func(h handle) bool { return h.letters == acronym || h.every == acronym }
	return !slices.ContainsFunc(a, fits) || !slices.ContainsFunc(b, fits)
}

// joinProvisions joins the provisions of the same number of one law.
func (c *collection) joinProvisions() {
	type id struct {
		law   int32
		canon string
	}
	first := map[id]int32{}
	for _, n := range c.sorted() {
		x := &c.profiles[n]
		if x.law < 0 {
			continue
		}
		for _, h := range x.handles {
			k := id{c.find(x.law), h.canon}
			if a, ok := first[k]; ok {
				c.join(a, n, Feature{"same number of one law", 1})
			} else {
				first[k] = n
			}
		}
	}
}

// rank returns the cables in the order in which names are given: by date sent,
// then id.
func (c *collection) rank() []int32 {
	order := upTo(len(c.outlines))
	// they are in the order of their ids already
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(c.outlines[a].sent, c.outlines[b].sent) })
	return order
}
