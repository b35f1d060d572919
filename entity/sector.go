package entity

import (
	"strings"

	"cablegraph/vocab"
)

// sector decides whether the body at [first, last), with head noun e at i, is
// public or not where its head noun leaves that open: an institute, council or
// board may be either, and so may a university.
func (f *Finder) sector(m *Mention, e *entry, first, i, last int, s Sentence) {
	head := f.d.Tokens[i].Lower
	switch {
	case m.Kind == vocab.Organization && f.international(first, last):
		m.Kind, m.Subtype = vocab.Agency, "io"
	case m.Kind == vocab.Organization && m.Subtype == "company" && first < i && ordinal(f.d.Word(first)):
		m.Kind, m.Subtype = vocab.Agency, "gov" // "44th Engineer Company"
	case m.Kind == vocab.Organization && (schools[head] && f.publicSchool(first, i, last) ||
		head == hGroup && f.anyOf(first, i, officialGroups) || head == hFoundation && f.at(first, hNational)):
		m.Kind, m.Subtype = vocab.Agency, "gov"
	case head == hBank && first == i && f.at(i+1, hOf) && f.ofCountry(i+2, last):
		m.Kind, m.Subtype = vocab.Agency, "gov"
	case m.Kind == vocab.Agency && openHeads[head] && f.private(first, i, last, s):
		m.Kind, m.Subtype = vocab.Organization, "ngo"
	case m.Kind == vocab.Agency && (m.Subtype == "gov" || m.Subtype == "committee") && f.ownedByOrganization(first, i, s):
		m.Kind, m.Subtype = vocab.Organization, "other"
	}
}

var (
	// openHeads are head nouns of public bodies and of others.
	openHeads = words("open-heads")
	// privateWords make no public body of what they stand in.
	privateWords = words("private-words")
	// privateCues say what a body is, beside its name.
	privateCues = words("private-cues")
	// faiths open the names of communities, and stand in those of their institutes.
	faiths = wordSet("buddhist\nhindu\nislamic\northodox\nshia\nsunni")
	// topics are what a think tank is for.
	topics = words("think-tank-topics")
	// thinkTanks may be the head noun of one.
	thinkTanks = wordSet("center\ncentre\ninstitute")

	schools       = words("schools")
	publicWords   = words("public-words")
	privateSchool = words("private-schools")

	officialGroups = words("official-groups")
	hFoundation    = foldHash("foundation")
	hGroup         = foldHash("group")
	hNational      = foldHash("national")
	hUnited        = foldHash("united")
	hGovernment    = foldHash("government")
	hBank          = foldHash("bank")
	hEngland       = foldHash("england")
)

// commercialBanks are called after countries as the central banks of others are.
var commercialBanks = wordSet("america\nchina\ncyprus\ngeorgia\nindia\nireland")

// ofCountry reports whether [first, last) is the country whose central bank is
// called after it: "Bank of Jamaica".
func (f *Finder) ofCountry(first, last int) bool {
	e, n := f.country(first)
	return e != nil && first+n == last && !commercialBanks[f.d.Tokens[first].Lower] || last == first+1 && f.at(first, hEngland)
}

// anyOf reports whether one of the tokens [first, last) is in set.
func (f *Finder) anyOf(first, last int, set map[uint64]bool) bool {
	for k := first; k < last; k++ {
		if set[f.d.Tokens[k].Lower] {
			return true
		}
	}
	return false
}

// private reports whether the body [first, last), which may be public, is not,
// by the words of its name or those beside it.
func (f *Finder) private(first, i, last int, s Sentence) bool {
	if f.anyOf(first, last, privateWords) || faiths[f.d.Tokens[first].Lower] {
		return true
	}
	if thinkTanks[f.d.Tokens[i].Lower] {
		if f.founder(first, i) || f.anyOf(first, i, faiths) || !f.at(first, hNational) && !f.at(first, hUnited) && f.d.Tokens[first].Shape != Caps && f.at(i+1, hFor) && f.anyOf(i+2, last, topics) {
			return true
		}
	}
	for k := first - 1; k >= s.First && k >= first-2; k-- { // "the NGO", "think tank"
		if privateCues[f.d.Tokens[k].Lower] {
			return true
		}
		if f.d.Tokens[k].Shape == Punct {
			break
		}
	}
	return f.privateApposition(last, s)
}

// founder reports whether the words [first, last) before a head noun are the name
// of a person: "Prado Institute".
func (f *Finder) founder(first, last int) bool {
	return f.hasForename(first, last) || last == first+1 && f.is(first, isSurname) && !f.is(first, isCommon|isDemonym) && !f.isPlace(first)
}

// privateApposition reports whether "(ABC), a small think tank" follows at k.
func (f *Finder) privateApposition(k int, s Sentence) bool {
	if k+2 < s.Last && f.d.Tokens[k].Hash == hOpen && f.d.Tokens[k+2].Hash == hClose {
		k += 3
	}
	if k+1 >= s.Last || f.d.Tokens[k].Hash != hComma || !articles[f.d.Tokens[k+1].Lower] {
		return false
	}
	for n := k + 2; n < s.Last && n < k+10; n++ {
		if privateCues[f.d.Tokens[n].Lower] {
			return true
		}
		if f.is(n, isFunction) || f.at(n, hGovernment) || f.d.Tokens[n].Shape == Punct && f.d.Tokens[n].Hash != hDash {
			return false
		}
	}
	return false
}

// ownedByOrganization reports whether the name of a party or company stands
// before the body at first: "the PQR's Negotiations Unit".
func (f *Finder) ownedByOrganization(first, i int, s Sentence) bool {
	for k := first; k < i; k++ {
		if e, n := f.longest(k, vocab.Organization); e != nil && n == 1 && e.acronym() && e.needs == 0 && f.d.Tokens[k].Shape == Caps {
			return true // "PQR Board"
		}
	}
	k := first - 1
	if k > s.First && possessiveWords[f.d.Tokens[k].Lower] {
		k--
	}
	return k >= s.First && f.kindOf(k) == vocab.Organization
}

// publicSchool reports whether a university, school or hospital is public as
// far as its name tells: called after a place or its rank, "University of Leeds",
// "State Hospital", not after a founder or faith.
func (f *Finder) publicSchool(first, i, last int) bool {
	if f.anyOf(first, last, privateSchool) {
		return false
	}
	if f.anyOf(first, last, publicWords) {
		return true
	}
	e, n := f.longestOf(first, func(e *entry) bool {
		return e.class == className && (e.kind == vocab.Place || e.kind == vocab.State)
	})
	if e != nil && first+n <= i {
		return !strings.HasPrefix(e.country, "US") // "Amsterdam University"
	}
	if f.hasForename(first, i) {
		return false
	}
	return f.everyday(first, i) && first < last-1 && f.d.Tokens[first].Shape == Capital
}
