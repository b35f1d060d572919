package link

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"cablegraph/vocab"
)

// A draft is an entity on its way into the graph.
type draft struct {
	kind    vocab.Kind
	key     string
	country string
	record  int32 // of the first mention, by rank
	mention int32 //
	law     int32 // draft of a provision's law, or -1
	year    int   // of a report's edition

	name         string // the fullest
	firstName    string // the fullest of the first cable
	abbreviation string
	abbreviated  bool // by a definition in a cable
	subtypes     []subtypeVotes
	surfaces     []string
	lawEntity    string // IRI of a provision's law
	id           string
}

// subtypeVotes counts the mentions of an entity that have a subtype.
type subtypeVotes struct {
	subtype string
	n       int
}

// graph makes the entities of what the profiles were joined to.
func (c *collection) graph() *Graph {
	type member struct{ profile, record int32 }
	draftOf := map[member]int32{}
	var drafts []draft
	lookup := func(n, r int32) (member, int32, bool) {
		root := c.find(n)
		k := member{root, -1}
		if c.profiles[n].apart && root == n {
			k.record = r
		}
		d, ok := draftOf[k]
		return k, d, ok
	}
	for _, r := range c.rank() {
		rec := c.records[r]
		short := definedShort(rec)
		old := len(drafts)
		for m := range rec.Mentions {
			n := c.of[r][m]
			k, d, ok := lookup(n, r)
			if !ok {
				d = int32(len(drafts))
				draftOf[k] = d
				x := &c.profiles[k.profile]
				drafts = append(drafts, draft{
					kind: x.kind, key: x.key, country: x.country, record: r, mention: int32(m), law: -1,
				})
			}
			drafts[d].read(rec, m, r, short[int32(m)])
			c.of[r][m] = d // the profile is not needed any more
			if law := c.profiles[n].law; law >= 0 && drafts[d].law < 0 {
				if _, l, ok := lookup(law, r); ok {
					drafts[d].law = l
				} else {
					drafts[d].law = -2 - law // met later in the cable
				}
			}
		}
		for d := old; d < len(drafts); d++ {
			if drafts[d].law <= -2 {
				_, l, ok := lookup(-2-drafts[d].law, r)
				drafts[d].law = -1
				if ok {
					drafts[d].law = l
				}
			}
		}
	}
	c.assignIDs(drafts)
	order := make([]int32, len(drafts))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Compare(drafts[a].id, drafts[b].id) })
	place := make([]int32, len(drafts))
	g := &Graph{Records: c.records, Of: c.of, Entities: make([]Entity, len(drafts))}
	for i, d := range order {
		place[d] = int32(i)
		g.Entities[i] = drafts[d].entity()
	}
	for _, of := range g.Of {
		for m := range of {
			of[m] = place[of[m]]
		}
	}
	return g
}

// definedShort returns the short form of each mention that a cable abbreviates,
// by its index.
func definedShort(rec *Record) map[int32]string {
	out := make(map[int32]string, len(rec.Acronyms))
	for _, a := range rec.Acronyms {
		out[int32(a.Long)] = rec.Mentions[a.Short].Text
	}
	return out
}

// read takes in mention m of record r.
func (e *draft) read(rec *Record, m int, r int32, short string) {
	x := &rec.Mentions[m]
	if i := slices.IndexFunc(e.subtypes, func(v subtypeVotes) bool { return v.subtype == x.Subtype }); i >= 0 {
		e.subtypes[i].n++
	} else {
		e.subtypes = append(e.subtypes, subtypeVotes{x.Subtype, 1})
	}
	if short != "" && !e.abbreviated {
		e.abbreviation, e.abbreviated = short, true
	}
	name := x.Text
	if !slices.Contains(e.surfaces, name) {
		e.surfaces = append(e.surfaces, name)
		if e.abbreviation == "" && isAcronym(name) && e.kind != vocab.Person && !e.describesOnly(name) {
			e.abbreviation = name
		}
		if fuller(e.kind, name, e.name) {
			e.name = name
		}
		if e.year == 0 && e.kind == vocab.Document && !strings.HasPrefix(e.key, "cable:") {
			for _, w := range nameWords(name) {
				if y := year(w); y != 0 {
					e.year = y
				}
			}
		}
	}
	if r == e.record && fuller(e.kind, name, e.firstName) {
		e.firstName = name
	}
}

// fuller reports whether name says more than old: more words, but no acronym
// and no description before a name; of equals the earlier stays.
func fuller(kind vocab.Kind, name, old string) bool {
	if old == "" {
		return true
	}
	a, b := standing(kind, name), standing(kind, old)
	if a != b {
		return a > b
	}
	wa, wb := len(nameWords(name)), len(nameWords(old))
	if kind == vocab.Law || kind == vocab.Document || kind == vocab.Agency || kind == vocab.Organization || kind == vocab.Person || kind == vocab.Place {
		if wa != wb {
			return wa > wb
		}
	}
	return false
}

// standing ranks how well a surface form serves as a name.
func standing(kind vocab.Kind, name string) int {
	switch {
	case kind == vocab.Person:
		if allCaps(name) {
			return 0
		}
		return 1
	case isAcronym(name):
		return 1
	}
	n := NewName(kind, "", name, "")
	switch {
	case n.general:
		return 0
	case n.describes():
		return 1
	case allCaps(name):
		return 2
	}
	return 3
}

func allCaps(s string) bool {
	return !strings.ContainsFunc(s, unicode.IsLower)
}

// entity returns the finished entity.
func (e *draft) entity() Entity {
	out := Entity{ID: e.id, Kind: e.kind, Class: e.class(), Name: e.name, Key: e.key}
	if e.kind == vocab.Person && allCaps(e.name) {
		out.Name = capitalize(e.name)
	}
	if e.abbreviation != e.name {
		out.Abbreviation = e.abbreviation
	}
	for _, s := range e.surfaces {
		if s != out.Name && s != out.Abbreviation && !e.describesOnly(s) {
			out.Aliases = append(out.Aliases, s)
		}
	}
	slices.Sort(out.Aliases)
	return out
}

// describesOnly reports whether a surface form is no name: "the law", "reftel".
func (e *draft) describesOnly(s string) bool {
	switch e.kind {
	case vocab.Law, vocab.Case, vocab.Document:
		n := NewName(e.kind, "", s, "")
		return n.general
	}
	return false
}

// class returns the most specific class of the vocabulary.
func (e *draft) class() string {
	subtype, most := "", 0
	for _, v := range e.subtypes {
		if v.n > most || v.n == most && v.subtype > subtype {
			subtype, most = v.subtype, v.n
		}
	}
	switch e.kind {
	case vocab.Person:
		return "Person"
	case vocab.Agency:
		return "Agency"
	case vocab.Organization:
		return "Organization"
	case vocab.State:
		switch subtype {
		case "country":
			return "Country"
		case "region":
			return "Region"
		}
		return "State"
	case vocab.Place:
		return "Place"
	case vocab.Law:
		if subtype == "provision" {
			return "Provision"
		}
		return "Law"
	case vocab.Case:
		return "Case"
	case vocab.Document:
		if strings.HasPrefix(e.key, "cable:") || subtype == "cable" {
			return "Cable"
		}
		return "Report"
	}
	return ""
}

// capitalize writes a name in capitals as names are written: "O'REILLY" is
// "O'Reilly".
func capitalize(s string) string {
	var b strings.Builder
	start := true
	for _, r := range s {
		if start {
			b.WriteRune(r)
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
		start = !unicode.IsLetter(r)
	}
	return b.String()
}
