package link

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
	year    int   // of a report, or the number of its edition

	known        string // by a gazetteer
	firstName    string // the fullest of the first cable
	abbreviation string // as a cable defines it
	subtypes     []subtypeVotes
	surfaces     []surfaceVotes
	number       string // of a provision: "article 6"
	lawEntity    string // IRI of a provision's law
	id           string
}

// subtypeVotes counts the mentions of an entity that have a subtype.
type subtypeVotes struct {
	subtype string
	n       int
}

// surfaceVotes counts the mentions of an entity that have a surface form.
type surfaceVotes struct {
	text string
	n    int
}

// graph makes the entities of what the profiles were joined to.
func (c *collection) graph() *Graph {
	type member struct{ profile, record int32 }
	draftOf := map[member]int32{}
	var drafts []draft
	lookup := func(n, r int32) (member, int32, bool) {
		root := c.find(n)
		k := member{root, -1}
		if x := &c.profiles[n]; x.apart && !x.joined {
			k.record = r
		}
		d, ok := draftOf[k]
		return k, d, ok
	}
	for _, r := range c.rank() {
		o := &c.outlines[r]
		short := c.definedShort(o)
		old := len(drafts)
		for m, f := range o.namings {
			n := c.of[r][m]
			k, d, ok := lookup(n, r)
			if !ok {
				d = int32(len(drafts))
				draftOf[k] = d
				x := &c.profiles[k.profile]
				drafts = append(drafts, draft{
					kind: x.kind, key: x.key, country: x.country, record: r, mention: int32(m), law: -1,
				})
				if x.law >= 0 && len(x.handles) > 0 {
					drafts[d].number = x.handles[0].canon
				}
			}
			drafts[d].read(c.naming(f), r, short[int32(m)])
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
	c.profiles, c.namings = nil, nil // most of the memory
	c.assignIDs(drafts)
	order := make([]int32, len(drafts))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Compare(drafts[a].id, drafts[b].id) })
	place := make([]int32, len(drafts))
	g := &Graph{Of: c.of, Entities: make([]Entity, len(drafts))}
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
func (c *collection) definedShort(o *outline) map[int32]string {
	out := make(map[int32]string, len(o.acronyms))
	for _, a := range o.acronyms {
		out[int32(a.Long)] = c.texts[c.namings[o.namings[a.Short]].text]
	}
	return out
}

// read takes in a mention of cable r.
func (e *draft) read(x naming, r int32, short string) {
	if i := slices.IndexFunc(e.subtypes, func(v subtypeVotes) bool { return v.subtype == x.subtype }); i >= 0 {
		e.subtypes[i].n++
	} else {
		e.subtypes = append(e.subtypes, subtypeVotes{x.subtype, 1})
	}
	if e.abbreviation == "" {
		e.abbreviation = short
	}
	name := x.text
	if x.key != "" && x.key == e.key && x.norm != "" && x.norm != name {
		e.known = x.norm
	}
	if r == e.record && fuller(e.kind, name, e.firstName) {
		e.firstName = name
	}
	if i := slices.IndexFunc(e.surfaces, func(v surfaceVotes) bool { return v.text == name }); i >= 0 {
		e.surfaces[i].n++
		return
	}
	e.surfaces = append(e.surfaces, surfaceVotes{name, 1})
	if e.year == 0 && e.kind == vocab.Document && !strings.HasPrefix(e.key, "cable:") {
		e.year = edition(nameWords(name))
	}
}

// short returns the abbreviation: the one that a cable defines, else the most
// frequent acronym, unless it is a rare one or a word of the name in capitals.
func (e *draft) short() string {
	best, all := surfaceVotes{}, 0
	for _, v := range e.surfaces {
		all += v.n
		switch {
		case e.kind == vocab.Person || e.kind == vocab.Case || !isAcronym(v.text) || e.describesOnly(v.text):
		case v.text == e.abbreviation:
			best = surfaceVotes{v.text, 1 << 30}
		case v.n > best.n || v.n == best.n && v.text < best.text:
			best = v
		}
	}
	if best.text != e.abbreviation && e.kind != vocab.Agency && e.kind != vocab.Organization && e.kind != vocab.Law {
		return ""
	}
	if 20*best.n < all {
		return ""
	}
	for _, v := range e.surfaces {
		if v.text != best.text && contains(nameWords(v.text), nameWords(best.text)) {
			return ""
		}
	}
	return best.text
}

// name returns the gazetteer's name, else the fullest of those that are not
// mere slips: that stand at least once for twenty times of the most frequent
// full one; of equals the most frequent.
func (e *draft) name() string {
	if e.known != "" {
		return e.known
	}
	if e.votes("post") > 0 {
		return slices.MaxFunc(e.surfaces, func(a, b surfaceVotes) int { return cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(b.text, a.text)) }).text
	}
	most := 0
	for _, v := range e.surfaces {
		if standing(e.kind, v.text) == standing(e.kind, e.firstName) && len(nameWords(v.text)) > 1 {
			most = max(most, v.n)
		}
	}
	best := surfaceVotes{}
	for _, v := range e.surfaces {
		switch {
		case best.text == "" || fuller(e.kind, v.text, best.text):
			if best.text == "" || 20*v.n >= most || standing(e.kind, v.text) > standing(e.kind, best.text) {
				best = v
			}
		case !fuller(e.kind, best.text, v.text) && v.n > best.n:
			best = v
		}
	}
	return best.text
}

// votes returns the number of mentions with a subtype.
func (e *draft) votes(subtype string) int {
	for _, v := range e.subtypes {
		if v.subtype == subtype {
			return v.n
		}
	}
	return 0
}

// fuller reports whether name says more than old: it stands better as a name,
// or has more words; of equals the earlier stays.
func fuller(kind vocab.Kind, name, old string) bool {
	if old == "" {
		return true
	}
	if a, b := standing(kind, name), standing(kind, old); a != b {
		return a > b
	}
	return kind != vocab.State && kind != vocab.Case && len(nameWords(name)) > len(nameWords(old))
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
	case allCaps(name) || hasLowerWord(name):
		return 2
	}
	return 3
}

// hasLowerWord reports whether a word other than the small ones starts with a
// lower-case letter, as in "federal police".
func hasLowerWord(name string) bool {
	for w := range strings.FieldsSeq(name) {
		if c, _ := utf8.DecodeRuneInString(w); unicode.IsLower(c) && len(w) > 4 {
			return true
		}
	}
	return false
}

func allCaps(s string) bool {
	return !strings.ContainsFunc(s, unicode.IsLower)
}

// entity returns the finished entity.
func (e *draft) entity() Entity {
	name := e.name()
	out := Entity{ID: e.id, Kind: e.kind, Class: e.class(), Name: name, Key: e.key}
	if e.kind == vocab.Person && allCaps(name) {
		out.Name = capitalize(name)
	}
	if short := e.short(); short != name {
		out.Abbreviation = short
	}
	for _, v := range e.surfaces {
		if v.text != out.Name && v.text != out.Abbreviation && !e.describesOnly(v.text) {
			out.Aliases = append(out.Aliases, v.text)
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
