package entity

import (
	_ "embed"
	"sync"

	"cablegraph/cable"
	"cablegraph/internal/hashmap"
	"cablegraph/vocab"
)

// wordCounts counts words by hash. It is a table of fixed size in which rare
// collisions only make a word look more frequent.
type wordCounts [1 << 12]uint8

func (c *wordCounts) add(h uint64) {
	if p := &c[h>>20&(1<<12-1)]; *p < 255 {
		*p++
	}
}

func (c *wordCounts) of(h uint64) int { return int(c[h>>20&(1<<12-1)]) }

// wordFlags tells in one look which of the lists that every word is looked up
// in have it.
var wordFlags = sync.OnceValue(func() *hashmap.Map[flags] {
	all := map[uint64]flags{}
	for _, list := range []struct {
		words map[uint64]bool
		flag  flags
	}{
		{words("function-words"), isFunction}, // never part of a name alone
		{words("month-words"), isMonth},
		{words("stop-words"), isStop}, // capitalised in cables though they are no part of a name
		{particles, isParticle},
		{words("sayings"), isSaying}, // follow the name of a person
		{noiseAcronyms, isNoise},
	} {
		for h := range list.words {
			all[h] |= list.flag
		}
	}
	m := hashmap.New(all)
	return &m
})

// look fills in what is known of every word of the document.
func (f *Finder) look() {
	d := f.d
	f.words = f.words[:0]
	f.hits = f.hits[:0]
	clear(f.lower[:])
	clear(f.capital[:])
	clear(f.things[:])
	lists := wordFlags()
	for si, s := range d.Sentences {
		caps, small := 0, 0
		for i := s.First; i < s.Last; i++ {
			switch t := d.Tokens[i]; t.Shape {
			case Lower:
				small++
				f.lower.add(t.Lower)
			case Caps:
				caps++
			case Capital:
				small++
			}
		}
		var base flags
		if caps > 2*small && (caps > 2 || d.Cable.Blocks[s.Block].Kind != cable.BlockText) {
			base = inCaps
		}
		first, demonymEnd := true, 0
		for i := s.First; i < s.Last; i++ {
			t := d.Tokens[i]
			fl := base
			n := len(f.hits)
			var known wordInfo
			if t.Shape != Punct {
				f.hits, known = f.gaz.look(f.hits, d.Tokens[:s.Last], i)
				if first {
					fl |= isFirst
					first = false
				}
			}
			switch t.Shape {
			case Capital, Caps, Initial:
				fl |= isCap
			case Mixed:
				if byteClass[d.Cable.Text.String()[t.Start]] == byteUpper {
					fl |= isCap
				}
			}
			if known.common > 0 {
				fl |= isCommon
			}
			if known.forename > 0 && 2*int(known.forename) >= int(known.common)+2 {
				fl |= isForename
			}
			if known.surname > 0 && 2*int(known.surname) >= int(known.common)+2 {
				fl |= isSurname
			}
			listed := lists.Get(t.Lower)
			fl |= listed & (isFunction | isStop | isParticle)
			if t.Shape == Lower {
				fl |= listed & isSaying
			} else {
				fl |= listed & isMonth
			}
			if t.Shape == Caps && (listed&isNoise != 0 || t.End-t.Start > 2 && redacted(d.Word(i))) || pluralAcronym(d.Word(i)) {
				fl |= isNoise
			}
			if i < demonymEnd {
				fl |= isDemonym | isBound
			}
			for _, h := range f.hits[n:] {
				one := h.last == h.first+1
				switch {
				case h.class == classDemonym && !one:
					fl |= isDemonym | isBound
					demonymEnd = max(demonymEnd, int(h.last))
				case h.class == classTitle && one:
					fl |= isTitle
				case h.class == classDemonym && one:
					fl |= isDemonym
				case h.class == classHead && one:
					fl |= headFlag(h.kind)
				}
			}
			f.words = append(f.words, word{flags: fl, hits: int32(n), nhit: int32(len(f.hits) - n), sentence: int32(si), mention: -1})
		}
		if f.titleCase(s) {
			base = inCaps
			for i := s.First; i < s.Last; i++ {
				f.words[i].flags |= inCaps
			}
		}
		for i := s.First; base == 0 && i < s.Last; i++ {
			if f.words[i].flags&(isCap|isFirst) == isCap {
				f.capital.add(d.Tokens[i].Lower)
				if f.at(i-1, hThe) && i+1 < s.Last && d.Tokens[i+1].Shape == Lower && f.words[i+1].flags&(isFunction|isSaying) == 0 {
					f.things.add(d.Tokens[i].Lower)
				}
			}
		}
	}
}

// titleCase reports whether a sentence is a headline in which all words that
// count are capitalised, so that a capital means nothing.
func (f *Finder) titleCase(s Sentence) bool {
	if s.Last-s.First > 20 || s.Last-s.First < 4 {
		return false
	}
	if w := f.d.Word(s.Last - 1); w == "." || w == ";" {
		return false
	}
	if f.introduces(s) {
		return false
	}
	capital, everyday, small := 0, 0, 0
	for i := s.First; i < s.Last; i++ {
		switch t := f.d.Tokens[i]; {
		case t.Shape == Lower && !f.is(i, isFunction):
			small++
		case t.Shape == Capital:
			capital++
			if f.is(i, isCommon) && !f.is(i, isForename|isSurname|isMonth) {
				everyday++
			}
		}
	}
	return capital >= 4 && everyday >= 3 && 2*everyday >= capital && capital >= 5*small && small <= 1
}

// introduces reports whether a sentence is an item of a list of people: a name, a
// comma, and an office or body.
func (f *Finder) introduces(s Sentence) bool {
	for k := s.First + 1; k < min(s.First+6, s.Last-1); k++ {
		if f.d.Tokens[k].Hash != hComma {
			continue
		}
		if !f.is(k-1, isCap) || f.is(k-1, isCommon) && !f.is(k-1, isSurname) {
			return false
		}
		for n := k + 1; n < s.Last; n++ {
			if f.is(n, isTitle|isBodyHead) && f.is(n, isCap) {
				return true
			}
		}
		return false
	}
	return false
}

// pluralAcronym reports whether w is an acronym in the plural, "NGOs", which
// names no body.
func pluralAcronym(w string) bool {
	if len(w) < 3 || w[len(w)-1] != 's' {
		return false
	}
	for i := range len(w) - 1 {
		if byteClass[w[i]] != byteUpper {
			return false
		}
	}
	return true
}

func headFlag(k vocab.Kind) flags {
	switch k {
	case vocab.Agency:
		return isBodyHead
	case vocab.Organization:
		return isOrgHead
	case vocab.Law:
		return isLawHead
	case vocab.Place:
		return isPlaceHead
	case vocab.Document:
		return isReportHead
	}
	return 0
}

// knows yields what the gazetteer has at token i, longest first.
func (f *Finder) knows(i int) []match {
	if i < 0 || i >= len(f.words) {
		return nil
	}
	w := f.words[i]
	return f.hits[w.hits : w.hits+w.nhit]
}

// longestOf returns the longest entry at token i that ok accepts, and its
// number of tokens.
func (f *Finder) longestOf(i int, ok func(e *entry) bool) (*entry, int) {
	for _, h := range f.knows(i) {
		if ok(h.entry) {
			return h.entry, int(h.last - h.first)
		}
	}
	return nil, 0
}

// longest returns the longest name of the given kind at token i.
func (f *Finder) longest(i int, k vocab.Kind) (*entry, int) {
	return f.longestOf(i, func(e *entry) bool { return e.class == className && e.kind == k })
}

// surname reports whether the gazetteer has w as a surname of some weight.
func (g *gazetteer) surname(w string) bool {
	n := g.child(0, foldHash(w))
	return n != 0 && g.nodes[n].word.surname > 1
}

// acronym reports whether e is a name of one word in capitals.
func (e *entry) acronym() bool { return e.tokens == 1 && e.full&1 != 0 }

// nation returns the one country of e, or "".
func (e *entry) nation() string {
	if len(e.country) == 2 {
		return e.country
	}
	return ""
}

// chiefCountries maps ISO codes to the keys of countries.
var chiefCountries = sync.OnceValue(func() map[string]string {
	keys := map[string]string{}
	for _, e := range loadGazetteer().entries {
		if e.isCountry() && len(e.country) == 2 && keys[e.country] == "" {
			keys[e.country] = e.key
		}
	}
	return keys
})

// countryKey returns the identity of the country with the given ISO code.
func countryKey(iso string) string { return chiefCountries()[iso] }

// fill takes identity and subtype from e.
func (m *Mention) fill(e *entry) {
	if e.key != "" {
		m.Key = e.key
	}
	if e.norm != "" {
		m.Norm = e.norm
	}
	if e.subtype != "" {
		m.Subtype = e.subtype
	}
	if c := e.nation(); c != "" && m.Country == "" {
		m.Country = c
	}
}

// country returns the country that token i starts to name.
func (f *Finder) country(i int) (*entry, int) {
	return f.longestOf(i, func(e *entry) bool { return e.isCountry() })
}

func (e *entry) isCountry() bool {
	return e.class == className && e.kind == vocab.State && e.subtype == "country"
}

// countryBefore returns the country whose name ends just before token i, and
// its first token.
func (f *Finder) countryBefore(i, first int) (*entry, int) {
	return f.before(i, first, (*entry).isCountry)
}

func (f *Finder) before(i, first int, ok func(*entry) bool) (*entry, int) {
	for n := 5; n >= 1; n-- {
		for _, h := range f.knows(max(i-n, -1)) {
			if i-n >= first && int(h.last) == i && f.is(i-n, isCap) && ok(h.entry) {
				return h.entry, i - n
			}
		}
	}
	return nil, i
}

// stateBefore is countryBefore for federal states and provinces; the word
// "State" may stand between: "Chihuahua State government".
func (f *Finder) stateBefore(i, first int) (*entry, int) {
	isState := func(e *entry) bool { return e.class == className && e.kind == vocab.State && e.subtype == "state" }
	if i > first && stateWords[f.d.Tokens[i-1].Lower] {
		if e, k := f.before(i-1, first, isState); e != nil {
			return e, k
		}
	}
	return f.before(i, first, isState)
}

var stateWords = wordSet("state\nprovince\nprovincial\nregional\ncity\ndepartment\ngovernorate")

// placeBefore returns the first token of the city or state whose name ends
// just before token i, or i.
func (f *Finder) placeBefore(i, first int) int {
	_, k := f.before(i, first, func(e *entry) bool {
		return e.class == className && (e.kind == vocab.Place || e.kind == vocab.State && e.subtype == "state")
	})
	return k
}

// isCountryEnd reports whether a country's name ends with token i.
func (f *Finder) isCountryEnd(i, first int) bool {
	e, _ := f.countryBefore(i+1, first)
	return e != nil
}

// isPlace reports whether a place or state starts at token i.
func (f *Finder) isPlace(i int) bool {
	e, _ := f.longestOf(i, func(e *entry) bool {
		return e.class == className && (e.kind == vocab.Place || e.kind == vocab.State)
	})
	return e != nil && f.is(i, isCap)
}

// demonym returns the key and ISO code of the country that the demonym ending
// at token i belongs to.
func (f *Finder) demonym(i int) (key, iso string) {
	for n := 2; n >= 0; n-- {
		for _, h := range f.knows(max(i-n, -1)) {
			if h.class == classDemonym && int(h.last) == i+1 {
				return countryKey(h.nation()), h.nation()
			}
		}
	}
	return "", ""
}

// demonymStart returns the first token of the demonym that ends at token i:
// "South African".
func (f *Finder) demonymStart(i int) int {
	for n := 2; n >= 1; n-- {
		for _, h := range f.knows(max(i-n, -1)) {
			if h.class == classDemonym && int(h.last) == i+1 && i-n >= f.sentenceOf(i).First {
				return i - n
			}
		}
	}
	return i
}

// head returns the head noun of a kind with the given flag that starts at token
// i, the longest of several, and its number of tokens.
func (f *Finder) head(i int, fl flags) (*entry, int) {
	return f.longestOf(i, func(e *entry) bool { return e.class == classHead && headFlag(e.kind)&fl != 0 })
}

// seenCapital reports whether the word of token i stands capitalised elsewhere
// in the cable, not at the start of a sentence and not in a sentence of capitals.
func (f *Finder) seenCapital(i int) bool {
	n := 0
	if f.words[i].flags&(isCap|isFirst|inCaps) == isCap {
		n = 1
	}
	return f.capital.of(f.d.Tokens[i].Lower) > n
}

// inContext reports whether the words around [first, last) show that a name
// which is also an everyday word is meant as a name.
func (f *Finder) inContext(first, last int) bool {
	s := f.sentenceOf(first)
	if f.is(first, inCaps) {
		return false
	}
	return first > s.First && f.is(first, isCap) && !f.is(first-1, isCap) && (last >= s.Last || !f.is(last, isCap))
}

// noise-acronyms.txt and particles.txt hold one word a line.
//
//go:embed data/noise-acronyms.txt
var noiseList string

//go:embed data/particles.txt
var particleList string

var (
	noiseAcronyms = wordSet(noiseList)
	particles     = wordSet(particleList)
)
