package entity

import "cablegraph/vocab"

// personTable keeps the parts of the names of people found in the cable, by
// folded hash, so that a surname alone is known again.
type personTable struct {
	parts map[uint64]int // hash of a part to the mention that gave it
}

func (t *personTable) reset() {
	if t.parts == nil {
		t.parts = map[uint64]int{}
	}
	clear(t.parts)
}

// person marks [first, last) as a person and remembers the parts of the name.
func (f *Finder) person(first, last int, name string) bool {
	if !f.mark(first, last, Mention{Kind: vocab.Person, Rule: name}) {
		return false
	}
	f.remember(first, last)
	return true
}

// remember keeps the parts of the name [first, last) that may stand alone
// later: all but forenames, initials and particles, and a lone word as it is.
func (f *Finder) remember(first, last int) {
	for k := first; k < last; k++ {
		t := f.d.Tokens[k]
		if t.Shape == Punct || t.Shape == Initial || f.is(k, isParticle) && t.Shape == Lower || t.End-t.Start < 2 || romanNumbers[f.d.Word(k)] {
			continue
		}
		if k == first && last-first > 1 && f.is(k, isForename|isCommon) && !(k+1 < last && f.d.Tokens[k+1].Hash == hDash) {
			continue
		}
		if k < last-1 && f.is(k, isForename) && !f.is(k, isSurname) {
			continue
		}
		if _, ok := f.people.parts[t.Lower]; !ok {
			f.people.parts[t.Lower] = len(f.d.Mentions) - 1
		}
	}
}

// nameRun returns the end of the personal name that starts at i: capitalised
// words with particles, hyphens and initials between them.
func (f *Finder) nameRun(i int, s Sentence) int {
	end := i
	for k := i; k < s.Last && k-i < 12; {
		t := f.d.Tokens[k]
		switch {
		case f.personWord(k, s):
			k++
			end = k
		case f.prefixed(k, s): // "al-Qadhafi"
			k += 3
			end = k
		case f.is(k, isParticle) && t.Shape == Lower && k+1 < s.Last && (f.personWord(k+1, s) || f.is(k+1, isParticle) && k+2 < s.Last && f.personWord(k+2, s)):
			k++
		case t.Hash == hDash && f.touches(k) && k+1 < s.Last && f.touches(k+1) && k > i && (f.personWord(k+1, s) || f.d.Tokens[k+1].Shape == Lower && f.d.Tokens[k-1].End-f.d.Tokens[k-1].Start > 1 && f.is(k-1, isCap) && f.words[k+1].flags&isCommon == 0):
			k += 2
			end = k
		case t.Hash == hQuote && k > i && k+2 < s.Last && f.personWord(k+1, s) && f.nickname(k, s) > 0:
			n := f.nickname(k, s)
			if n < s.Last && f.personWord(n, s) {
				k = n // "Jose "Pepe" Mujica"
				continue
			}
			return end
		case t.Hash == hComma && k > i && k+1 < s.Last && generational[f.d.Tokens[k+1].Lower] && f.is(k+1, isCap):
			k += 2
			end = k
			if k < s.Last && f.d.Tokens[k].Hash == hPoint && f.touches(k) {
				end = k + 1
			}
			return end
		case end == k && k > i && f.ordinal(i, k, s):
			return k + 1
		default:
			return end
		}
	}
	return end
}

// ordinal reports whether token k, behind a name that starts at i, belongs to
// it: the Roman number of "Pope John Paul II", the full stop of "Luis Gil Jr.,".
func (f *Finder) ordinal(i, k int, s Sentence) bool {
	if f.words[k].mention >= 0 {
		return false
	}
	switch w := f.d.Word(k); {
	case romanNumbers[w]:
		return f.is(k-1, isForename) && f.size(k-1) > 2 && !f.isPlace(i) && (k-i > 1 || i > s.First && f.is(i-1, isTitle))
	case w == ".":
		return k-i > 1 && f.touches(k) && (f.at(k-1, hJr) || f.at(k-1, hSr)) && k+1 < s.Last
	}
	return false
}

// romanNumbers stand behind the names of popes and kings.
var romanNumbers = map[string]bool{"II": true, "III": true, "IV": true, "VI": true, "VII": true, "VIII": true, "XVI": true}

var (
	hJr = foldHash("jr")
	hSr = foldHash("sr")
)

// prefixed reports whether token k is a small particle that a hyphen binds to a
// name: "al-Qadhafi".
func (f *Finder) prefixed(k int, s Sentence) bool {
	return k+2 < s.Last && f.is(k, isParticle) && f.words[k].mention < 0 && f.d.Tokens[k+1].Hash == hDash && f.touches(k+1) && f.touches(k+2) && f.personWord(k+2, s)
}

// nickname returns the token behind the closing quote of a nickname at k, or 0.
func (f *Finder) nickname(k int, s Sentence) int {
	for n := k + 2; n < s.Last && n < k+4; n++ {
		if f.d.Tokens[n].Hash == hQuote {
			return n + 1
		}
	}
	return 0
}

var generational = wordSet("jr\nsr\njunior\nfilho\nneto\nii\niii")

// personWord reports whether token k may be a word of a personal name.
func (f *Finder) personWord(k int, s Sentence) bool {
	if k >= s.Last || f.words[k].mention >= 0 {
		return false
	}
	w := f.words[k].flags
	t := f.d.Tokens[k]
	if w&isCap == 0 || w&(isNoise|isStop|isBound) != 0 || w&isFunction != 0 && !(t.Shape == Initial) {
		return false
	}
	if t.Shape == Mixed && f.acronymShape(k) {
		return false // "PvdA"
	}
	if w&isMonth != 0 && (w&(isForename|isSurname) == 0 || f.dateWord(k, s)) {
		return false
	}
	if w&isDemonym != 0 && w&(isSurname|isForename) == 0 {
		return false
	}
	if t.Shape == Caps && w&inCaps == 0 {
		return k > s.First && f.d.Tokens[k-1].Shape == Capital || w&isSurname != 0 && t.End-t.Start > 3
	}
	if t.Shape == Initial {
		return t.End-t.Start <= 2
	}
	return true
}

// dateWord reports whether the month at k is part of a date, not a name.
func (f *Finder) dateWord(k int, s Sentence) bool {
	if k+1 >= s.Last || f.d.Tokens[k+1].Shape != Capital {
		return true
	}
	return k > s.First && (f.d.Tokens[k-1].Shape == Number || placePrepositions[f.d.Tokens[k-1].Lower] || f.d.Tokens[k-1].Lower == hOn)
}

// titledPersons finds people by the title before the name: "President Felipe
// Calderon", "rancher Vitalmiro Bastos de Moura", "Environment Minister Marina Silva".
func (f *Finder) titledPersons(name string) {
	for s := range f.prose {
		for i := s.First; i < s.Last; i++ {
			e, n := f.longestOf(i, func(e *entry) bool { return e.class == classTitle })
			if e == nil {
				continue
			}
			if f.at(i, hLama) && i > s.First && f.nameWord(i, s) && f.nameWord(i-1, s) && f.d.Tokens[i-1].Shape >= Caps { // "Panchen Lama"
				f.mark(i-1, i+1, Mention{Kind: vocab.Person, Rule: name})
				continue
			}
			j := i + n
			for j < s.Last && f.d.Tokens[j].Hash == hPoint && f.touches(j) {
				j++
			}
			if j >= s.Last || f.words[j].mention >= 0 || !f.startsPerson(j, s) {
				continue
			}
			// a following title takes over: "Foreign Minister General X"
			if f.is(j, isTitle) && f.titleAhead(j, s) {
				continue
			}
			end := f.nameRun(j, s)
			if f.is(i, inCaps) {
				end = min(end, f.capsName(j, s))
			}
			end = f.cutName(j, end)
			if end <= j || !f.goodName(j, end, true) {
				continue
			}
			if end == j+1 && end < s.Last && f.isPlace(j) && f.is(end, isTitle) && f.d.Tokens[end].Shape == Capital {
				continue // "former Lima Governor Ana Prado"
			}
			if f.d.Tokens[i].Shape == Lower && !strongTitle(e) && end == j+1 && !f.is(j, isForename|isSurname) && f.is(j, isCommon) {
				continue
			}
			f.person(j, end, name)
			i = end - 1
		}
	}
}

// eponyms are called after a person who has no part in them: "Leahy vetting".
var eponyms = words("eponyms")

// hLama is a title that stands behind the office which it makes a name of.
var hLama = foldHash("lama")

// strongTitle reports whether only people bear e.
func strongTitle(e *entry) bool { return e.subtype == "honorific" || e.subtype == "rank" }

// startsPerson reports whether a personal name may start at j.
func (f *Finder) startsPerson(j int, s Sentence) bool {
	return f.personWord(j, s) || f.prefixed(j, s) || f.is(j, isParticle) && f.d.Tokens[j].Shape == Lower && j+1 < s.Last && f.personWord(j+1, s) && f.is(j+1, isCap)
}

// titleAhead reports whether the title at j has a name of its own behind it.
func (f *Finder) titleAhead(j int, s Sentence) bool {
	_, n := f.longestOf(j, func(e *entry) bool { return e.class == classTitle })
	k := j + n
	for k < s.Last && f.d.Tokens[k].Hash == hPoint && f.touches(k) {
		k++
	}
	return k < s.Last && f.startsPerson(k, s) && !(f.is(j, isForename|isSurname) && f.d.Tokens[j].Shape == Capital && !f.is(j, isCommon))
}

// capsName ends a name in a sentence of capitals at the first everyday word.
func (f *Finder) capsName(i int, s Sentence) int {
	k := i
	for k < s.Last && k < i+6 && f.personWord(k, s) && (!f.is(k, isCommon) || f.is(k, isSurname|isForename) && k > i) && (!f.isPlace(k) || f.is(k, isForename)) {
		k++
	}
	return k
}

// cutName ends the name [i, end) before a title or other name inside it:
// "Calderon President" is a list of two things.
func (f *Finder) cutName(i, end int) int {
	for k := i + 1; k < end; k++ {
		if f.is(k, isTitle) && !f.is(k, isForename|isSurname) && f.d.Tokens[k].Shape == Capital || f.is(k, isBodyHead|isOrgHead) && !f.is(k, isSurname) {
			return k
		}
	}
	return end
}

// goodName reports whether [first, last) can be a personal name at all: not
// only everyday words, not a place that the words before do not make a person.
func (f *Finder) goodName(first, last int, titled bool) bool {
	words, common, known := 0, 0, 0
	if last == first+1 && f.is(first, isParticle) {
		return false // "El" of El Alamein
	}
	for k := first; k < last; k++ {
		t := f.d.Tokens[k]
		if t.Shape == Punct || t.Shape == Initial || t.Shape == Lower {
			continue
		}
		words++
		switch {
		case f.is(k, isForename|isSurname) && !f.is(k, isDemonym):
			known++
		case f.is(k, isCommon|isDemonym):
			common++
		}
	}
	if words == 0 {
		return false
	}
	if known == 0 && common == words {
		return false
	}
	if words == 1 && !titled && last < len(f.d.Tokens) && eponyms[f.d.Tokens[last].Lower] {
		return false // "Leahy vetting": the law is called after him
	}
	if !titled && f.thing(last-1) && (words == 1 || f.isPlace(first)) {
		return false
	}
	if words == 1 && f.isPlace(first) && !titled {
		return false
	}
	if words > 1 && conceptHeads[f.d.Tokens[last-1].Lower] && (words > 2 && f.plain(first, last) || !f.is(last-1, isSurname)) {
		return false // "National Harbor Development Fund"
	}
	if e, n := f.longestOf(first, func(e *entry) bool {
		return e.class == className && (e.kind == vocab.Place || e.kind == vocab.State)
	}); words > 1 && e != nil && first+n == last && e.needs&(needsForename|needsSurname) == 0 {
		return false // "Consul General Sao Paulo"
	}
	if words == 1 && titled {
		if e, n := f.longestOf(first, func(e *entry) bool { return e.isCountry() }); e != nil && first+n >= last && e.needs&(needsForename|needsSurname) == 0 {
			return false
		}
		if common == 1 && known == 0 {
			return false
		}
	}
	return true
}

// thing reports whether the word at token i, which no list of names has, keeps
// standing before nouns as the names of programs do.
func (f *Finder) thing(i int) bool {
	const often = 3
	return !f.is(i, isForename|isSurname) && f.things.of(f.d.Tokens[i].Lower) >= often
}

// surnames finds the people of the cable again by a part of their name.
func (f *Finder) surnames(name string) {
	for s := range f.prose {
		for i := s.First; i < s.Last; i++ {
			if f.words[i].mention >= 0 || !f.is(i, isCap) || f.is(i, isMonth|isStop|isFunction) {
				continue
			}
			if _, ok := f.people.parts[f.d.Tokens[i].Lower]; !ok {
				continue
			}
			if f.is(i, inCaps) && f.is(i, isCommon) && !f.is(i, isSurname) {
				continue
			}
			if f.is(i, isCommon) && f.is(i, isFirst) && !f.is(i, isSurname|isForename) && f.lower.of(f.d.Tokens[i].Lower) > 0 {
				continue
			}
			// take in the other parts: "Carreto Valencia", "Bastos de Moura"
			first, last := i, i+1
			for last < s.Last && f.words[last].mention < 0 {
				if f.d.Tokens[last].Hash == hDash && f.touches(last) && last+1 < s.Last && f.knownPart(last+1) {
					last += 2
				} else if f.knownPart(last) && f.is(last, isCap) {
					last++
				} else if f.is(last, isParticle) && f.d.Tokens[last].Shape == Lower && last+1 < s.Last && f.knownPart(last+1) {
					last += 2
				} else {
					break
				}
			}
			first = f.particlesBefore(first, s.First)
			if first-2 >= s.First && f.prefixed(first-2, s) {
				first -= 2
			}
			for first > s.First && f.is(first-1, isForename) && f.personWord(first-1, s) && !f.is(first-1, inCaps) && (!f.is(first-1, isFirst) || !f.is(first-1, isCommon)) {
				first--
			}
			if first > s.First && f.d.Tokens[first-1].Shape == Initial && f.d.Tokens[first-1].End-f.d.Tokens[first-1].Start == 2 && f.words[first-1].mention < 0 {
				first--
			}
			f.mark(first, last, Mention{Kind: vocab.Person, Rule: name})
			i = last - 1
		}
	}
}

func (f *Finder) knownPart(i int) bool {
	_, ok := f.people.parts[f.d.Tokens[i].Lower]
	return ok && f.words[i].mention < 0
}

// particlesBefore returns the start of the particles before token i that the
// full name, of which it is a part, has there too: "van der Hoeven".
func (f *Finder) particlesBefore(i, first int) int {
	m := f.d.Mentions[f.people.parts[f.d.Tokens[i].Lower]]
	for k := m.First + 1; k < m.Last; k++ {
		if f.d.Tokens[k].Lower != f.d.Tokens[i].Lower {
			continue
		}
		n := 1
		for i-n >= first && k-n >= m.First && f.is(i-n, isParticle) && f.words[i-n].mention < 0 && f.d.Tokens[k-n].Lower == f.d.Tokens[i-n].Lower {
			n++
		}
		return i - n + 1
	}
	return i
}
