package entity

import (
	"strings"

	"cablegraph/vocab"
)

var (
	// placePrepositions stand before places rather than people.
	placePrepositions = words("place-prepositions")
	// placeNouns with "of" stand before places.
	placeNouns = words("place-nouns")
	// placeAdjectives stand before places.
	placeAdjectives = words("place-adjectives")
	// stateFollowers show that the name before them is a state or province.
	stateFollowers = words("state-followers")
	placeOpeners   = words("place-openers")
	stateLeaders   = words("state-leaders")
	cityFollowers  = wordSet("city\nairport\nmunicipality\npolice\nmayor\ndowntown")
	cityLeaders    = words("city-leaders")

	// federations, whose first-level units are states in their own right.
	federations = map[string]bool{"MX": true, "US": true, "BR": true, "AR": true, "VE": true, "NG": true, "IN": true, "DE": true, "AU": true, "CA": true, "MY": true, "AT": true, "CH": true, "RU": true, "SD": true, "ET": true, "PK": true, "IQ": true, "AE": true, "MM": true}
	// cityNamed are the federations whose units mostly have the name of their city.
	cityNamed = map[string]bool{"AE": true, "AT": true, "CH": true, "DE": true, "ET": true, "IN": true, "IQ": true, "PK": true, "RU": true, "SD": true}

	usWords = words("us-words")
)

// places finds countries, states, regions and cities of the gazetteers.
func (f *Finder) places(name string) {
	for s := range f.prose {
		for i := s.First; i < s.Last; i++ {
			if f.words[i].mention >= 0 || !f.is(i, isCap) || f.is(i, isMonth) && f.dateWord(i, s) || f.demonymAt(i) {
				continue
			}
			e, n := f.placeAt(i, s)
			if e == nil || n == 1 && f.is(i, isFunction) && f.d.Tokens[i].Shape != Caps {
				continue
			}
			m := Mention{Kind: e.kind, Rule: name}
			m.fill(e)
			if k := i - 1; e.kind == vocab.Place && n == 1 && k > s.First && f.nameWord(k, s) && f.d.Tokens[k].Shape == Capital && !f.is(k, isFirst|isCommon|isTitle|isForename|isSurname|isDemonym|inCaps|isBodyHead|isOrgHead) && !f.isPlace(k) {
				f.mark(k, i+1, Mention{Kind: vocab.Place, Subtype: "city", Rule: name}) // "Tecun Uman"
				continue
			}
			if i > s.First && placeOpeners[f.d.Tokens[i-1].Lower] && f.is(i-1, isCap) && f.words[i-1].mention < 0 {
				m = Mention{Kind: vocab.Place, Subtype: "city", Country: e.nation(), Rule: name}
				f.mark(i-1, i+n, m)
				i += n - 1
				continue
			}
			if e.kind == vocab.Place {
				m.Subtype = "city"
			}
			if k := i + n; m.Kind == vocab.Place && k < s.Last {
				if f.d.Tokens[k].Hash == hComma && k+1 < s.Last {
					k++
				}
				if f.at(k, hDC) || f.at(k, hDCDots) {
					n = k + 1 - i // "Washington, D.C."
				}
			}
			if k := f.particled(i+n, s); k > i+n && e.kind == vocab.Place { // "Pontal do Leste"
				m, n = Mention{Kind: vocab.Place, Subtype: "other", Country: e.nation(), Rule: name}, k-i
			}
			if f.mark(i, i+n, m) {
				i += n - 1
			}
		}
	}
}

// particled returns the end of a particle and the name behind it at token i, or i.
func (f *Finder) particled(i int, s Sentence) int {
	if i+1 < s.Last && f.d.Tokens[i].Shape == Lower && romanceOf[f.d.Tokens[i].Lower] && f.nameWord(i+1, s) && f.d.Tokens[i+1].Shape == Capital && !f.is(i+1, isParticle) {
		return i + 2
	}
	return i
}

var romanceOf = wordSet("de\ndel\ndo\nda\ndos\ndas")

// demonymAt reports whether a demonym of several words starts at token i:
// "Costa Rican" is not Costa.
func (f *Finder) demonymAt(i int) bool {
	_, n := f.longestOf(i, func(e *entry) bool { return e.class == classDemonym })
	return n > 1
}

// placeHeads finds places by the noun for their kind: "Cairo International
// Airport", "Pacific Ocean", "Lake Victoria".
func (f *Finder) placeHeads(name string) {
	for s := range f.prose {
		for i := s.First; i < s.Last; i++ {
			if f.words[i].mention >= 0 || !f.is(i, isCap) || f.is(i, inCaps) {
				continue
			}
			e, n := f.head(i, isPlaceHead)
			if e == nil {
				continue
			}
			first, last := f.leftWords(s, i), i+n
			for first < i && (f.is(first, isTitle) || f.is(first, isFirst) && (f.is(first, isFunction) || f.is(first, isCommon) && first+1 < i)) {
				first++
			}
			if !strongPlaces[f.d.Tokens[i+n-1].Lower] && f.everyday(first, i) {
				continue
			}
			if first == i && e.side&sideAfter != 0 && f.nameWord(last, s) && !f.is(last, isTitle|isBodyHead|isOrgHead) {
				for last < s.Last && f.nameWord(last, s) {
					last++
				}
			}
			if first == i && f.at(last, hOf) && last+1 < s.Last && f.isPlace(last+1) && f.is(last+1, isCap) && strongPlaces[f.d.Tokens[last-1].Lower] { // "Port of Callao"
				if e, k := f.longestOf(last+1, func(e *entry) bool {
					return e.class == className && (e.kind == vocab.Place || e.kind == vocab.State)
				}); e != nil && !e.isCountry() {
					last += 1 + k
				}
			}
			if last-first == n || f.nameWord(last, s) && f.is(last, isBodyHead|isOrgHead) || f.isWholePlace(first, last) {
				continue
			}
			f.mark(first, last, Mention{Kind: vocab.Place, Subtype: "other", Rule: name})
			i = last - 1
		}
	}
}

// placeAt decides whether the name at token i is meant as a place, and as
// which: names that several places share go to the cable's own country first,
// then to the one that the words around it speak for.
func (f *Finder) placeAt(i int, s Sentence) (*entry, int) {
	var best *entry
	n, bestScore := 0, -1
	for _, h := range f.knows(i) {
		if h.class != className || h.kind != vocab.State && h.kind != vocab.Place {
			continue
		}
		if best != nil && int(h.last-h.first) < n {
			break
		}
		w := int(h.last - h.first)
		if f.words[h.last-1].mention >= 0 {
			continue
		}
		if sc := f.placeScore(i, i+w, s, h.entry); sc > bestScore {
			best, n, bestScore = h.entry, w, sc
		}
	}
	if best == nil || bestScore <= 0 {
		return nil, 0
	}
	return best, n
}

// placeScore weighs reading [first, last) as e; 0 and below means no place.
func (f *Finder) placeScore(first, last int, s Sentence, e *entry) int {
	prev, next := first-1, last
	caps := f.is(first, inCaps)
	if e.acronym() && !f.adjectiveFree(first, last, s) {
		return 0
	}
	if last-first == 1 && f.d.Tokens[first].Shape == Caps && !e.acronym() && !caps && f.d.Tokens[first].End-f.d.Tokens[first].Start < 5 {
		return 0 // "CHAD" may be, "USA" is in the table, "GOA" is not Goa
	}
	score := 10
	prep := prev >= s.First && (placePrepositions[f.d.Tokens[prev].Lower] || placeAdjectives[f.d.Tokens[prev].Lower])
	if prev > s.First && f.at(prev, hOf) && placeNouns[f.d.Tokens[prev-1].Lower] {
		prep = true
	}
	if prev >= s.First && f.kindOf(prev) == vocab.State || prev > s.First && f.d.Tokens[prev].Hash == hComma && (f.kindOf(prev-1) == vocab.State || f.kindOf(prev-1) == vocab.Place) {
		prep = true
	}
	comma := next+1 < s.Last && f.d.Tokens[next].Hash == hComma && f.isPlace(next+1)
	if e.needs&needsPost != 0 {
		if prev > s.First && f.d.Tokens[prev].Hash == hComma && (f.kindOf(prev-1) == vocab.Place || f.is(prev-1, isCap)) {
			return 12
		}
		return 0
	}
	// beside another word of a name it is that name's
	nameBefore := prev >= s.First && f.is(prev, isCap) && !f.is(prev, isFirst|isFunction|isStop|isTitle|isDemonym|isMonth) && f.words[prev].mention < 0 && !caps && f.d.Tokens[prev].Shape != Caps
	nameAfter := next < s.Last && f.is(next, isCap) && !f.is(next, isFunction|isTitle|isDemonym|isMonth|isStop) && f.words[next].mention < 0 && !caps && f.d.Tokens[next].Shape != Caps
	country := e.isCountry()
	if nameBefore && !country && !placeOpeners[f.d.Tokens[prev].Lower] {
		score -= 6
		if f.is(prev, isForename|isSurname) || f.d.Tokens[prev].Shape == Initial {
			score -= 6
		}
	}
	if nameBefore && country && e.needs != 0 {
		score -= 11
	}
	if nameAfter && !stateFollowers[f.d.Tokens[next].Lower] && !cityFollowers[f.d.Tokens[next].Lower] {
		score -= 5
		if e.needs&(needsForename|needsSurname) != 0 || f.is(next, isSurname) && !country {
			score -= 6
		}
	}
	if next < s.Last && f.d.Tokens[next].Hash == hDash && f.touches(next) && next+1 < s.Last && f.is(next+1, isCap) && !f.isPlace(next+1) && !country {
		score -= 11
	}
	if prev >= s.First && (f.d.Tokens[prev].Shape == Initial || f.is(prev, isTitle) && f.is(prev, isCap) && !f.at(prev, hMission)) && e.needs&(needsForename|needsSurname) != 0 && !prep {
		score -= 11
	}
	if prep || comma {
		score += 4
	}
	if _, known := f.people.parts[f.d.Tokens[first].Lower]; known && last-first == 1 && !country {
		score -= 11
	}
	if e.needs&needsWord != 0 {
		if country && !caps {
			score -= 4
		} else if caps || f.is(first, isFirst) && !comma {
			score -= 12
		} else if !prep && !comma && !(next < s.Last && stateFollowers[f.d.Tokens[next].Lower]) {
			score -= 11
		}
	}
	if e.needs&(needsForename|needsSurname) != 0 && !country && !prep && !comma {
		if next < s.Last && f.is(next, isSaying) {
			score -= 8
		}
		if e.kind == vocab.Place && e.size < 20 { // everybody knows the cities of a million
			score -= 5
			if e.country != f.home {
				score -= 4
			}
		}
	}
	if last-first == 1 && !country && (f.is(first, isDemonym) || directions[f.d.Tokens[first].Lower] || f.at(prev, hThe) && e.kind == vocab.Place && e.size > 0 && !f.placeUse(next, s)) &&
		!(next < s.Last && stateFollowers[f.d.Tokens[next].Lower]) && !f.leads(prev, s, stateLeaders) && (e.subtype != "region" || directions[f.d.Tokens[first].Lower]) {
		score -= 12
	}
	if caps && e.kind == vocab.Place && f.is(first, isCommon) {
		score -= 12
	}
	if score <= 0 {
		return score
	}
	// among the places that share a name
	home := f.home != "" && e.nation() == f.home
	if home {
		score += 3
	}
	switch {
	case country:
		score += 2
		if next < s.Last && (f.d.Word(next) == "City") {
			score--
		}
	case e.kind == vocab.State && e.subtype == "state":
		iso := e.nation()
		if f.at(last-1, hCity) {
			score -= 2
		} else if next < s.Last && stateFollowers[f.d.Tokens[next].Lower] || f.leads(prev, s, stateLeaders) || f.listed(next, s) {
			score += 6
		} else if e.needs&needsCity != 0 && !federations[iso] && f.cityOf(first, last, iso) && !(prev > s.First && f.d.Tokens[prev].Hash == hComma && f.kindOf(prev-1) == vocab.Place) {
			score -= 12 // the city gave the province its name
		} else if next < s.Last && cityFollowers[f.d.Tokens[next].Lower] || f.leads(prev, s, cityLeaders) {
			score -= 3
		}
		if e.needs&needsCity != 0 && (!federations[iso] || cityNamed[iso]) {
			score -= 6
		}
		if e.needs&needsCity != 0 && (iso == "US" || f.at(last-1, hCity)) && score < 18 {
			score -= 6 // "Washington" and "Mexico City" alone are the cities
		}
		if prev > s.First && f.d.Tokens[prev].Hash == hComma && f.kindOf(prev-1) == vocab.Place {
			score += 3
		}
		if !home && !federations[iso] {
			score -= 2
			if e.needs&(needsWord|needsForename|needsSurname) != 0 && !prep && !comma {
				return 0
			}
		}
	case e.kind == vocab.Place && e.size > 0:
		// a city of a million is known anywhere, a town only in its own country or by the words around it
		if known := int(e.size) - 16; !prep && !comma && !home && known < 1 && !f.leads(prev, s, cityLeaders) {
			return 0
		} else {
			score += known/2 - 3
		}
		if next < s.Last && cityFollowers[f.d.Tokens[next].Lower] || f.leads(prev, s, cityLeaders) {
			score += 4
		}
		if e.needs&needsCountry != 0 {
			score -= 3
		}
	}
	return max(score, 1)
}

var (
	// strongPlaces make a place of everyday words too: "Black Sea".
	strongPlaces = words("strong-places")
	hMission     = foldHash("mission")
	hCity        = foldHash("city")
	hDC          = foldHash("dc")
	hDCDots      = foldHash("d.c.")

	// directions name places only with a word for the kind of place.
	directions = words("directions")
)

// listed reports whether token i goes on with a list that closes with the word
// for what its items are: "Puno, Cusco and Tacna departments".
func (f *Finder) listed(i int, s Sentence) bool {
	for n := 0; i < s.Last && n < 24; i, n = i+1, n+1 {
		switch t := f.d.Tokens[i]; {
		case n > 0 && statePlurals[t.Lower]:
			return true
		case t.Hash == hComma || f.at(i, hAnd) || f.is(i, isCap) && t.Shape != Punct || romanceOf[t.Lower]:
		default:
			return false
		}
	}
	return false
}

// statePlurals are what the states of a country are called.
var statePlurals = wordSet("departments\nprovinces\nstates\ngovernorates")

// cityOf reports whether [first, last) is the name of a city of the country too.
func (f *Finder) cityOf(first, last int, iso string) bool {
	for _, h := range f.knows(first) {
		if int(h.last) == last && h.class == className && h.kind == vocab.Place && h.nation() == iso {
			return true
		}
	}
	return false
}

// placeUse reports whether what stands at next, behind "the" and a city, leaves
// the city a name of its own: "the Lima office", "the Lima-based office", "the
// Lima [Fraud Prevention Unit]".
func (f *Finder) placeUse(next int, s Sentence) bool {
	if next >= s.Last {
		return false
	}
	if m := f.words[next].mention; m >= 0 {
		return isBody(f.d.Mentions[m].Kind)
	}
	t := f.d.Tokens[next]
	return t.Hash == hDash && f.touches(next) || t.Shape == Lower && !f.is(next, isFunction)
}

// leads reports whether a word of the set leads to the name behind prev:
// "state of X", "Governor of X", "states of A, B and X".
func (f *Finder) leads(prev int, s Sentence, set map[uint64]bool) bool {
	for k, n := prev, 0; k >= s.First && n < 12; k, n = k-1, n+1 {
		t := f.d.Tokens[k]
		switch {
		case set[t.Lower]:
			return k == prev || f.at(k+1, hOf)
		case f.at(k, hOf) || f.at(k, hAnd) || f.at(k, hThe) || t.Hash == hComma || f.is(k, isCap) && (f.words[k].mention >= 0 && f.kindOf(k) == vocab.State):
		default:
			return false
		}
	}
	return false
}

// adjectiveFree reports whether an abbreviation of a country at [first, last)
// stands for the country and is no adjective: "into the U.S." but not "U.S. citizens".
func (f *Finder) adjectiveFree(first, last int, s Sentence) bool {
	if !usWords[f.d.Tokens[first].Lower] {
		return true
	}
	if f.d.Tokens[first].Hash == hUSPlain && (f.is(first, inCaps) || f.d.Tokens[first].Shape != Caps) {
		return false
	}
	if f.d.Tokens[first].Hash == hUK && !(last < s.Last && f.touches(last) && f.d.Tokens[last].Hash != hSlash && f.d.Tokens[last].Shape != Punct) {
		return true // there is no other adjective, so it is the name in "UK law" too
	}
	if last >= s.Last || first > s.First+1 && f.touches(first) && f.d.Tokens[first-1].Hash == hDash && f.kindOf(first-2) == vocab.State {
		return true
	}
	t := f.d.Tokens[last]
	if t.Hash == hDash && f.touches(last) {
		return last+1 < s.Last && f.isPlace(last+1)
	}
	if t.Hash == hSlash && f.touches(last) || t.Hash == hDollar {
		return false
	}
	return t.Shape == Punct || possessiveWords[t.Lower] || f.is(last, isFunction|isSaying) || auxiliaries[t.Lower] || f.didSomething(last, s)
}

// didSomething reports whether token i is the verb of a country before it, as
// far as endings tell: "the U.S. ratified the", "the UK formally joined"; not
// "U.S. imposed limits".
func (f *Finder) didSomething(i int, s Sentence) bool {
	if i+1 >= s.Last || f.d.Tokens[i].Shape != Lower {
		return false
	}
	switch w := f.d.Word(i); {
	case strings.HasSuffix(w, "ed"):
		return w != "based" && f.is(i+1, isFunction|isCap)
	case strings.HasSuffix(w, "ly"):
		return i-2 >= s.First && articles[f.d.Tokens[i-2].Lower] && strings.HasSuffix(f.d.Word(i+1), "ed")
	}
	return false
}

var (
	hDollar     = hash("$")
	hUSPlain    = hash("US")
	hUK         = hash("UK")
	auxiliaries = words("auxiliaries")
)
