package entity

import (
	"cablegraph/vocab"
)

// gazetteerBodies finds the agencies and organizations that the gazetteers know.
func (f *Finder) gazetteerBodies(name string) {
	for s := range f.prose {
		for i := s.First; i < s.Last; i++ {
			if f.words[i].mention >= 0 {
				continue
			}
			e, n := f.longestOf(i, func(e *entry) bool {
				return (e.kind == vocab.Agency || e.kind == vocab.Organization) && e.class == className
			})
			if e == nil || !f.looksLikeName(i, i+n, e) || f.aliased(i, s) || f.at(i, hEUR) && i+1 < s.Last && f.number(i+1) || i > s.First+1 && f.d.Tokens[i-1].Hash == hDash && f.touches(i) && f.is(i-2, isCap) && f.d.Tokens[i].Shape == Capital {
				continue
			}
			// part of a longer name: "Ministry of Foreign Affairs", "World Bank Group"
			if k := i + n; k < s.Last && f.is(k, isCap) && !f.is(i, inCaps) && (f.is(k, isBodyHead) && !f.is(k, isTitle) && !(e.acronym() && f.at(k, hTeam)) || n == 1 && !e.acronym() && f.is(k, isOrgHead)) {
				continue
			}
			first, last := i, i+n
			if e.kind == vocab.Organization && f.at(last, hParty) && f.d.Tokens[last].Shape == Lower && e.needs != 0 {
				last++ // "Labour party"
			}
			// office symbols go on: "CA/OCS/ACS", "G/TIP"
			for last+1 < s.Last && f.d.Tokens[last].Hash == hSlash && !f.ownAgency(e, last+1) && f.touches(last) && f.touches(last+1) && e.subtype == "us-gov" && e.acronym() && f.d.Tokens[last+1].Shape <= Caps && f.d.Tokens[last+1].Shape >= Initial {
				last += 2
			}
			m := Mention{Kind: e.kind, Subtype: e.subtype, Rule: name}
			if (last == i+n || f.at(last-1, hParty)) && f.fits(e, f.owner(first, last, s)) {
				m.fill(e)
			}
			if k := f.longerName(e, first, last, s); k > last { // "Petrobras Distribuidora"
				m.Key, m.Norm, last = "", "", k
			}
			if k := f.unitAt(e, last, s); k > last { // "ICE Attach? Mexico City"
				m.Key, m.Norm, last = "", "", k
			}
			if f.mark(first, last, m) {
				i = last - 1
			}
		}
	}
}

// aliased reports whether a word like "alias" stands before token i, which then
// names a person whatever else it is.
func (f *Finder) aliased(i int, s Sentence) bool {
	if i > s.First && f.d.Tokens[i-1].Hash == hQuote {
		i--
	}
	return i > s.First && aliasOnly[f.d.Tokens[i-1].Lower]
}

// longerName returns the end of the longer name that a company's or embassy's
// name opens, or last.
func (f *Finder) longerName(e *entry, first, last int, s Sentence) int {
	if posts[f.d.Tokens[last-1].Lower] {
		return f.inPlace(last, s)
	}
	if e.kind != vocab.Organization || e.acronym() || last-first > 1 || f.is(first, inCaps) {
		return last
	}
	k := last
	for k < s.Last && k < last+3 && f.nameWord(k, s) && f.d.Tokens[k].Shape == Capital && !f.is(k, isTitle|isDemonym|isForename|isCommon) && !f.isPlace(k) {
		k++
	}
	for n := k; n < s.Last && n < k+3 && f.nameWord(n, s); n++ { // "Landor Construction Industries"
		if h, w := f.head(n, isOrgHead); h != nil && h.subtype == "company" && h.side == sideBefore {
			return n + w
		}
	}
	return k
}

// unitAt returns the end of the city that a United States agency is named with,
// which makes it that agency's office there, or last.
func (f *Finder) unitAt(e *entry, last int, s Sentence) int {
	if e.country != "US" || !e.acronym() || e.office {
		return last
	}
	k := last
	if f.at(k, hAttach) || f.at(k, hAttache) {
		k++
		if k < s.Last && f.d.Word(k) == "?" && f.touches(k) {
			k++
		}
	}
	if k >= s.Last || !f.is(k, isCap) {
		return last
	}
	for _, h := range f.knows(k) {
		if h.class == className && (h.kind == vocab.Place || k > last && h.kind == vocab.State) && int(h.last) <= s.Last {
			return int(h.last)
		}
	}
	return last
}

var (
	hAttach  = foldHash("attach")
	hAttache = foldHash("attache")
	hEUR     = foldHash("eur")
	hTeam    = foldHash("team")
)

// ownAgency reports whether token i, behind a stroke and an agency e, is another
// agency, not an office of it: "ICE/USAID".
func (f *Finder) ownAgency(e *entry, i int) bool {
	o, n := f.longest(i, vocab.Agency)
	return o != nil && n == 1 && len(o.name) >= 3 && len(e.name) >= 3 && f.d.Tokens[i].End-f.d.Tokens[i].Start >= 3 && o.key != "" && !o.office && !e.office
}

// looksLikeName reports whether the tokens may be the name that e is: in
// capitals where it is an acronym, capitalised where it is a name, and not an
// everyday word in a sentence of capitals.
func (f *Finder) looksLikeName(first, last int, e *entry) bool {
	if last-first == 1 {
		t := f.d.Tokens[first]
		if t.End-t.Start < 2 || t.Shape == Initial {
			return false
		}
		if e.acronym() {
			if f.is(first, isNoise) {
				return false
			}
			if f.is(first, inCaps) && (f.is(first, isCommon|isFunction) || e.needs != 0) {
				return false
			}
			return t.Shape == Caps || t.Shape == Mixed
		}
		if f.is(first, inCaps) && f.is(first, isCommon) || e.needs != 0 && !f.inContext(first, last) {
			return false
		}
	}
	return (f.is(first, isCap) || byteClass[e.name[0]] == byteLower) && f.is(last-1, isCap) || f.d.Tokens[first].Shape == Mixed || f.d.Tokens[first].Shape == Number
}

// fits reports whether a body of the gazetteer may be the one that a cable of
// this post names: it belongs to no country, to the one that the text says, or
// to the post's own or the United States where the text says none.
func (f *Finder) fits(e *entry, owner string) bool {
	switch {
	case e.country == "":
		return true
	case owner != "":
		return e.nation() == owner
	}
	return e.country == "US" || e.nation() == f.home || f.home == "" || f.home == "US"
}
