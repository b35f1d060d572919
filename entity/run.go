package entity

import (
	"strings"

	"cablegraph/vocab"
)

// run is a stretch of capitalised words that no rule has taken.
type run struct {
	first, last int
	sentence    Sentence
}

// evidence is what speaks for each reading of all runs of one spelling.
type evidence struct {
	person, place, org, other float32
	count, alias, cues        int
	reading                   reading // of the classifier
}

// runs decides what the remaining capitalised runs are. Every spelling is
// decided once for the whole cable, from all of its occurrences.
func (f *Finder) runs(string) { f.decideRuns(false) }

// fullNames marks the runs that are beyond doubt the full names of people,
// before the parts of them that are places too are taken for places.
func (f *Finder) fullNames(string) { f.decideRuns(true) }

func (f *Finder) decideRuns(fullNames bool) {
	all := f.openRuns()
	groups := map[uint64]*evidence{}
	for _, r := range all {
		k := f.spelling(r.first, r.last)
		g := groups[k]
		if g == nil {
			g = &evidence{}
			groups[k] = g
		}
		f.weigh(r, g)
	}
	readings := f.read(all)
	for k, r := range all {
		groups[f.spelling(r.first, r.last)].reading = readings[k]
	}
	// full names first, so that a surname is known as a part of one
	for _, long := range []bool{true, false} {
		for _, r := range all {
			if (f.length(r) > 1) != long {
				continue
			}
			g := groups[f.spelling(r.first, r.last)]
			if fullNames {
				f.decideFullName(r, g)
			} else {
				f.decide(r, g)
			}
		}
		if long && !fullNames {
			f.decideAmongPeople(all, groups)
		}
	}
}

// listedWith is what it says for a person's name to be listed with another.
const listedWith = 1.3

// decideAmongPeople decides the runs again that stand in a list with the name of a person.
func (f *Finder) decideAmongPeople(all []run, groups map[uint64]*evidence) {
	for _, r := range all {
		if f.length(r) > 1 && f.free(r.first, r.last) && !f.anyCommon(r) && !f.placeRun(r) && f.amongPeople(r) {
			g := groups[f.spelling(r.first, r.last)]
			g.person += listedWith
			f.decide(r, g)
		}
	}
}

// amongPeople reports whether a run stands in a list beside the full name of a
// person who is known already: "Ana Prado, Luis Gil, and …".
func (f *Finder) amongPeople(r run) bool {
	s := r.sentence
	full := func(k int) bool {
		if k < s.First || k >= s.Last || f.words[k].mention < 0 {
			return false
		}
		m := &f.d.Mentions[f.words[k].mention]
		return m.Kind == vocab.Person && m.Last-m.First > 1
	}
	p, next := r.first-1, r.last
	if p > s.First && f.at(p, hAnd) {
		if p--; f.d.Tokens[p].Hash == hComma {
			p--
		}
		return full(p)
	}
	if next+1 >= s.Last {
		return false
	}
	if p > s.First && f.d.Tokens[p].Hash == hComma && full(p-1) {
		return f.at(next, hAnd) || f.d.Tokens[next].Hash == hComma && (f.at(next+1, hAnd) || f.is(next+1, isCap))
	}
	return f.at(next, hAnd) && full(next+1)
}

// decideFullName marks a run that is beyond doubt the full name of a person,
// or leaves it.
func (f *Finder) decideFullName(r run, g *evidence) {
	n := f.length(r)
	person, need := g.person-g.other, float32(needSureName)
	if n > 2 && !f.anyCommon(r) {
		need = needSureLongName
	}
	if n > 1 {
		f.trace.weighs("person.run", r, g, person, g.place, g.org, need)
	}
	switch {
	case (n < 2 || person < need) && g.alias == 0 || person <= g.org:
	case !f.goodName(r.first, r.last, g.alias > 0):
		f.trace.leaves("person.run", r, notPersonal)
	case g.alias == 0 && f.placeRun(r):
		f.trace.leaves("person.run", r, "the name of a place, or ends with one")
	default:
		f.person(r.first, r.last, "person.run")
	}
}

// placeRun reports whether a run is the name of a place as a whole, or its end
// is one that the first word does not make a person's name.
func (f *Finder) placeRun(r run) bool {
	for k := r.first; k < r.last; k++ {
		e, n := f.longestOf(k, func(e *entry) bool {
			return e.class == className && (e.kind == vocab.Place || e.kind == vocab.State)
		})
		if e == nil || k+n != r.last {
			continue
		}
		if k == r.first || n > 1 || e.isCountry() || placeOpeners[f.d.Tokens[k-1].Lower] || !f.is(r.first, isForename) && r.last-r.first == 2 {
			return true
		}
	}
	return false
}

// orgApposition reports whether "an NGO that …" or "the largest party" starts at token a.
func (f *Finder) orgApposition(a int, s Sentence) bool {
	if !f.at(a, hA) && !f.at(a, hAn) && !f.at(a, hThe) {
		return false
	}
	for k := a + 1; k < s.Last && k < a+5; k++ {
		t := f.d.Tokens[k]
		if t.Shape == Punct && t.Hash != hDash || f.is(k, isFunction) {
			return false
		}
		if orgCues[t.Lower] {
			return k+1 >= s.Last || f.d.Tokens[k+1].Shape == Punct || f.is(k+1, isFunction) || f.d.Tokens[k+1].Shape == Lower && !f.is(k+1, isTitle)
		}
	}
	return false
}

// officeBefore reports whether the words that end at token i are an office with
// its field: "Minister of Internal Affairs".
func (f *Finder) officeBefore(i int, s Sentence) bool {
	for k := i; k >= s.First && k > i-8; k-- {
		switch {
		case f.is(k, isTitle) && f.is(k, isCap):
			return k < i
		case f.is(k, isCap) && f.is(k, isCommon) || binders[f.d.Tokens[k].Lower]:
		default:
			return false
		}
	}
	return false
}

// placeShape reports whether a run looks like the name of a place: no digits,
// no acronym, and no hyphen that makes it part of a compound.
func (f *Finder) placeShape(r run) bool {
	for k := r.first; k < r.last; k++ {
		if t := f.d.Tokens[k]; t.Shape == Mixed || t.Shape == Caps || t.Shape == Number {
			return false
		}
	}
	return !(r.last < r.sentence.Last && f.d.Tokens[r.last].Hash == hDash && f.touches(r.last))
}

// anyCommon reports whether a word of the run is an everyday word.
func (f *Finder) anyCommon(r run) bool {
	for k := r.first; k < r.last; k++ {
		if f.is(k, isCommon) && f.is(k, isCap) && !f.is(k, isForename|isSurname) {
			return true
		}
	}
	return false
}

// length counts the words of a run that are no particles or initials.
func (f *Finder) length(r run) int {
	n := 0
	for k := r.first; k < r.last; k++ {
		if t := f.d.Tokens[k]; t.Shape >= Capital && !f.is(k, isParticle) || t.Shape == Caps {
			n++
		}
	}
	return n
}

// startsRun reports whether a run may start at token i: the first word of a
// sentence only where its capital means something.
func (f *Finder) startsRun(i int, s Sentence) bool {
	if f.prefixed(i, s) && f.d.Tokens[i].Shape == Lower && !f.is(i, inCaps) {
		return true // "al-Qadhafi"
	}
	if !f.personWord(i, s) || f.is(i, inCaps) || f.d.Tokens[i].Shape == Initial && !(i+1 < s.Last && f.personWord(i+1, s)) {
		return false
	}
	if f.is(i, isFirst) && f.is(i, isCommon) {
		// "Stone said" against "Press reports"
		if i+1 < s.Last && f.personWord(i+1, s) && (f.is(i, isForename) || f.is(i+1, isSurname) && f.lower.of(f.d.Tokens[i].Lower) == 0) {
			return true
		}
		return f.is(i, isSurname|isForename) && f.lower.of(f.d.Tokens[i].Lower) == 0 && i+1 < s.Last && f.is(i+1, isSaying)
	}
	if f.is(i, isTitle) && !f.is(i, isForename|isSurname) {
		return false
	}
	return i == s.First || f.words[i-1].mention >= 0 || !f.insidePlace(i-1, i, s) // "America" of "Central America"
}

// spelling returns a hash of the folded words of a run.
func (f *Finder) spelling(first, last int) uint64 {
	h := uint64(fnvOffset)
	for k := first; k < last; k++ {
		if f.d.Tokens[k].Shape != Punct {
			h = (h ^ f.d.Tokens[k].Lower) * fnvPrime
		}
	}
	return h
}

var (
	orgCues      = words("org-cues")
	personBefore = words("person-before")
	// reignWords follow the name of a ruler.
	reignWords = words("reign-words")
	// peopleVerbs take people as objects.
	peopleVerbs = words("people-verbs")
	aliasWords  = words("alias-words")
	ageWords    = wordSet("aged\nage\nborn")
	kinWords    = words("kin-words")
)

// weigh adds what one occurrence of a run says to its evidence.
func (f *Finder) weigh(r run, g *evidence) {
	s := r.sentence
	g.count++
	n := f.length(r)
	prev, next := r.first-1, r.last
	has := func(i int, set map[uint64]bool) bool { return i >= s.First && i < s.Last && set[f.d.Tokens[i].Lower] }

	// the words themselves
	var fore, sur, common, particle, initial, caps, unknown int
	for k := r.first; k < r.last; k++ {
		t := f.d.Tokens[k]
		switch {
		case t.Shape == Initial:
			initial++
		case t.Shape == Lower:
			particle++
		case t.Shape == Punct:
		default:
			if t.Shape == Caps {
				caps++
			}
			known := false
			if f.is(k, isForename) {
				fore++
				known = true
			}
			if f.is(k, isSurname) {
				sur++
				known = true
			}
			if f.is(k, isCommon) {
				common++
			} else if !known {
				unknown++
			}
		}
	}
	if g.count == 1 {
		if f.is(r.first, isForename) && n > 1 {
			g.person += 2
			if !f.is(r.first, isCommon) {
				g.person++
			}
		}
		if f.is(r.last-1, isSurname) {
			g.person += 1.2
		} else if fore > 0 && n == 1 {
			g.person += 0.8
		}
		if n >= 2 && n <= 4 {
			g.person++
		}
		if n > 5 {
			g.other += 2
		}
		if initial > 0 && n >= 1 && r.last-r.first > 1 {
			g.person += 1.5
		}
		if particle > 0 {
			g.person += 0.7
		}
		g.other += 1.3 * float32(common)
		if n > 1 {
			g.other += 0.7 * float32(caps)
		}
		if n >= 2 && common == n && fore+sur < n {
			g.other += 1.5
			g.org += 0.5
		}
		g.person += 0.3 * float32(min(unknown, 2))
		if n > 1 && geographic[f.d.Tokens[r.first].Lower] {
			g.place += 3
			g.person -= 3
		}
		for k := r.first; k < r.last; k++ {
			if f.isPlace(k) && !f.is(k, isForename|isSurname) {
				g.place++
				g.person--
			}
			if f.is(k, isPlaceHead) && !f.is(k, isSurname) {
				g.place += 2
				g.person -= 1.5
			}
			if f.is(k, isOrgHead|isBodyHead) {
				g.org += 2
				g.person -= 2
			}
		}
	}

	// the words around it
	switch {
	case has(prev, aliasWords) && (!f.at(prev, hAs) || has(prev-1, knownWords)) || prev > s.First && f.d.Tokens[prev].Hash == hQuote && has(prev-1, aliasWords):
		g.person += 2
		if has(prev, aliasOnly) || has(prev-1, aliasOnly) {
			g.alias++
		}
	case has(prev, orgCues) && f.d.Tokens[prev].Shape != Capital || prev > s.First && f.d.Tokens[prev].Hash == hQuote && has(prev-1, orgCues):
		g.org += 2.5
		g.cues++
		g.person -= 1
	case prev >= s.First && f.at(prev, hThe):
		g.person -= 2
		g.org++
		g.place += 0.2
	case has(prev, kinWords) || prev > s.First && f.d.Tokens[prev].Hash == hComma && has(prev-1, kinWords):
		g.person += 2
	case has(prev, peopleVerbs):
		g.person++
	case f.officeBefore(prev, s):
		g.person += 2
	case prev >= s.First && placePrepositions[f.d.Tokens[prev].Lower]:
		if f.at(prev, hIn) || f.at(prev, hNear) || f.at(prev, hAt) {
			g.place += 2
			g.person--
		} else {
			g.place += 0.8
		}
	case prev > s.First && f.at(prev, hOf) && has(prev-1, placeNouns):
		g.place += 3
		g.person--
	case has(prev, placeAdjectives):
		g.place += 2
	case has(prev, personBefore):
		g.person += 0.4
	case prev > s.First && f.d.Tokens[prev].Hash == hComma && f.officeBefore(prev-1, s):
		g.person += 2.5
	case prev > s.First && f.d.Tokens[prev].Hash == hOpen && next < s.Last && f.d.Tokens[next].Hash == hClose && has(prev-1, orgCues):
		g.org += 2.5
		g.cues++
		g.person--
	case prev > s.First && f.d.Tokens[prev].Hash == hComma && f.kindOf(prev-1) == vocab.Person:
		g.person += 0.8
	}
	if prev > s.First && f.at(prev, hAnd) && f.kindOf(prev-1) == vocab.Person {
		g.person++
	}
	if next < s.Last {
		t := f.d.Tokens[next]
		quoted := next
		if t.Hash == hQuote {
			quoted++
		}
		switch {
		case has(quoted, orgCues) && f.d.Tokens[quoted].Shape == Lower && (n > 1 || f.at(prev, hThe) || quoted > next):
			g.org += 2.5
			g.cues++
			g.person--
		case has(next, reignWords) && f.d.Tokens[next].Shape == Lower && n == 1:
			g.person += 1.5
		case f.is(next, isSaying):
			g.person += 1.5
		case possessiveWords[t.Lower]:
			g.person += 0.4
		case t.Hash == hComma && next+1 < s.Last:
			a := next + 1
			switch {
			case has(a, aliasOnly):
				g.person += 2
			case f.d.Tokens[a].Shape == Number && f.d.Tokens[a].End-f.d.Tokens[a].Start <= 2 && next+2 < s.Last && f.d.Tokens[next+2].Shape == Punct:
				g.person += 2
			case has(a, ageWords) || f.is(a, isTitle) || has(a, kinWords) || n > 1 && f.officer(a, s):
				g.person += 1.2
			case f.isPlace(a) && f.kindOf(a) == vocab.State:
				g.place += 2
			case f.orgApposition(a, s):
				g.org += 2.5
				g.cues++
				g.person--
			case (f.at(a, hA) || f.at(a, hThe) || f.at(a, hAn)) && next+2 < s.Last && (f.is(next+2, isTitle) || has(next+2, kinWords)):
				g.person += 1.2
			case has(a, whoWords):
				g.person += 2
			}
		case t.Hash == hOpen && next+1 < s.Last:
			if ageWords[f.d.Tokens[next+1].Lower] || f.d.Word(next+1) == "DPOB" || f.d.Word(next+1) == "DOB" || f.d.Tokens[next+1].Shape == Number && next+2 < s.Last && f.d.Tokens[next+2].Hash == hClose {
				g.person += 1.5
			} else if f.acronymShape(next+1) && !f.is(next+1, isNoise) {
				if n > 1 && n < 4 && f.initials(s, next, strings.ToUpper(f.d.Word(next+1))) != r.first {
					g.person++ // "Ana Lobo (PQR)" has her party behind her
				} else {
					g.org++
				}
			}
		}
	}
}

// officer reports whether an office starts at token a, with at most one word
// before its title: "Vice President", "Principal Deputy Director".
func (f *Finder) officer(a int, s Sentence) bool {
	e, _ := f.longestOf(a, func(e *entry) bool { return e.class == classTitle })
	return e != nil && f.is(a, isCap) || f.at(a, hMember) && f.at(a+1, hOf) || a+1 < s.Last && f.is(a, isCap) && f.is(a+1, isTitle) && f.is(a+1, isCap)
}

var (
	hMember    = foldHash("member")
	geographic = words("geographic")
	knownWords = wordSet("known\nidentified\nnamed")
	aliasOnly  = wordSet("alias\na.k.a.\na.k.a\naka\nnicknamed")
	whoWords   = wordSet("who\nwhose\nwhom\nhimself\nherself")
	hAs        = foldHash("as")
	hNear      = foldHash("near")
	hAt        = foldHash("at")
)

// How much must speak for a reading of a run.
const (
	needSureName     = 3.5 // the full name of a person, before places are taken
	needSureLongName = 2.4 // one of three words and more
	needName         = 2.2 // the full name of a person
	needSurname      = 1.8 // one word of it
	needPlace        = 2.0
	needOrg          = 2.5
)

// decide marks a run as what the evidence of its spelling says, or leaves it.
func (f *Finder) decide(r run, g *evidence) {
	if !f.free(r.first, r.last) {
		return
	}
	n := f.length(r)
	person := g.person - g.other + max(min(g.reading[readPerson], 6), -6) - 1
	place := g.place - 0.5*g.other
	org := g.org - 0.5*g.other
	need := float32(needName)
	if n == 1 {
		need = needSurname
		if _, known := f.people.parts[f.d.Tokens[r.first].Lower]; known {
			f.trace.leaves("run", r, "part of a person's name: left to person.again, which takes what stands beside it too")
			return
		}
		if f.is(r.first, isBodyHead|isOrgHead|isLawHead|isReportHead|isDemonym) {
			if person < need || !f.is(r.first, isSurname|isForename) || f.at(r.first-1, hThe) {
				f.trace.leaves("run", r, "a head noun or demonym alone is no name")
				return
			}
			place, org = 0, 0
		}
		if f.d.Tokens[r.first].Shape == Caps || f.is(r.first, isCommon) && !f.is(r.first, isSurname) {
			person -= 2
		}
	}
	f.trace.weighs("run", r, g, person, place, org, need)
	switch {
	case person >= need && person >= place && person >= org:
		if !f.goodName(r.first, r.last, false) {
			f.trace.leaves("run", r, notPersonal)
			return
		}
		f.person(r.first, r.last, "person.run")
	case place >= needPlace && place > org && place > person && n <= 3 && !(n == 1 && f.is(r.first, isCommon)) && f.placeShape(r):
		f.mark(r.first, r.last, Mention{Kind: vocab.Place, Subtype: "city", Country: "", Rule: "place.run"})
	case org >= needOrg && org > person && (n > 1 || g.cues > 0 || g.count >= 3 && !f.thing(r.first) && !f.is(r.first, isCommon|isTitle|isDemonym) && !f.isPlace(r.first) && f.d.Tokens[r.first].Shape == Capital):
		first, last := f.joined(r)
		f.mark(first, last, Mention{Kind: vocab.Organization, Subtype: "other", Rule: "organization.run"})
	}
}

// joined returns the ends of an organization's name with what hyphens join to it,
// and an acronym that opens it: "PQR-Harbor", "Harbor-PQR", "PQR Harbor".
func (f *Finder) joined(r run) (first, last int) {
	first, last = r.first, r.last
	s := r.sentence
	if k := first - 2; k >= s.First && f.d.Tokens[k+1].Hash == hDash && f.touches(k+1) && f.touches(k+2) && f.nameWord(k, s) {
		first = k
	} else if k := first - 1; k >= s.First && f.d.Tokens[k].Shape == Caps && f.nameWord(k, s) && !f.is(k, isNoise|isDemonym|isTitle) && !f.isPlace(k) {
		first = k
	}
	if k := last + 1; k < s.Last && f.d.Tokens[last].Hash == hDash && f.touches(last) && f.touches(k) && f.nameWord(k, s) {
		last = k + 1
	}
	return first, last
}
