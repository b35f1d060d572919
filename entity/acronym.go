package entity

import (
	"strings"
	"sync"

	"cablegraph/cable"
	"cablegraph/vocab"
)

// definitions finds acronyms that the cable defines: "National Migration
// Institute (INM)" and "SRE (Foreign Relations Secretariat)". The acronym takes
// the kind of its long form; where no rule has found the long form, the initials do.
func (f *Finder) definitions(name string) {
	for s := range f.prose {
		for i := s.First + 1; i+1 < s.Last; i++ {
			if f.d.Tokens[i].Hash != hOpen && f.d.Tokens[i].Hash != hBracket && !f.orAt(i, s) {
				continue
			}
			j := i + 1
			if f.d.Tokens[j].Hash == hQuote && j+1 < s.Last {
				j++
			}
			if f.acronymShape(j) && !f.is(j, inCaps) {
				end := f.acronymEnd(j, s)
				k := end
				if k < s.Last && f.d.Tokens[k].Hash == hQuote {
					k++
				}
				if k < s.Last && closesDefinition(f.d.Word(k)) && !(f.d.Tokens[k].Hash == hColon && f.is(j, isNoise)) {
					f.define(s, i, j, end, name)
					continue
				}
			}
			if f.nickOf(i, j, s) {
				f.defined(int(f.words[i-1].mention), j, j+1, name)
				continue
			}
			if k := f.lastComma(i, s); k > 0 { // "(of the Labor Party, PvdA)"
				f.define(s, k, k+1, k+2, name)
			}
			if f.acronymShape(i-1) && !f.is(i-1, inCaps|isNoise) && f.is(j, isCap) {
				f.defineBefore(s, i, j, name)
			}
		}
	}
}

// nickOf reports whether the word at j, alone in the parenthesis at i, is what a
// public body before it is called in its own country: "the Foreign Ministry (Tagle)".
func (f *Finder) nickOf(i, j int, s Sentence) bool {
	return j == i+1 && j+1 < s.Last && f.d.Tokens[j+1].Hash == hClose && f.d.Tokens[j].Shape == Capital && f.size(j) > 4 &&
		f.kindOf(i-1) == vocab.Agency && f.d.Mentions[f.words[i-1].mention].Last == i &&
		!f.is(j, isCommon|isFunction|isStop|isMonth|isDemonym|isTitle|isForename|inCaps) && !f.isPlace(j) && (!f.is(j, isSurname) || f.often(j))
}

// often reports whether the word at token i stands elsewhere in the cable too.
func (f *Finder) often(i int) bool { return f.capital.of(f.d.Tokens[i].Lower) > 1 }

// orAt reports whether the "or" at i stands between a name and its acronym: "the
// Harbor Police Corps, or HPC,".
func (f *Finder) orAt(i int, s Sentence) bool {
	if !f.at(i, hOr) || f.d.Tokens[i-1].Hash != hComma || i-2 < s.First || !f.acronymShape(i+1) {
		return false
	}
	k := f.words[i-2].mention
	return k >= 0 && f.d.Mentions[k].Last == i-1 && f.matchesInitials(f.d.Mentions[k].First, i-1, f.d.Word(i+1))
}

// lastComma returns the comma of "(… Name, ACR)" where the parenthesis at i
// ends with an acronym behind a name, or 0.
func (f *Finder) lastComma(i int, s Sentence) int {
	for k := i + 2; k+2 < s.Last && k < i+12; k++ {
		if f.d.Tokens[k].Hash == hComma && f.acronymShape(k+1) && f.d.Tokens[k+2].Hash == hClose && f.words[k-1].mention >= 0 {
			return k
		}
		if f.d.Tokens[k].Hash == hClose {
			break
		}
	}
	return 0
}

// closesDefinition reports whether w ends the acronym in a parenthesis.
func closesDefinition(w string) bool {
	return w == ")" || w == "," || w == ";" || w == "-" || w == "]" || w == ":"
}

// acronymShape reports whether token i looks like an acronym: "INM", "GoB", "S.A.".
func (f *Finder) acronymShape(i int) bool {
	t := f.d.Tokens[i]
	switch t.Shape {
	case Caps:
		return true
	case Mixed, Capital:
		w := f.d.Word(i)
		upper := 0
		for k := range len(w) {
			if byteClass[w[k]] == byteUpper {
				upper++
			}
		}
		return upper >= 2 && upper*2 >= len(w)
	}
	return false
}

// acronymEnd returns the end of the acronym at j: "G/TIP", "UNI-DEM".
func (f *Finder) acronymEnd(j int, s Sentence) int {
	end := j + 1
	for end+1 < s.Last && (f.d.Tokens[end].Hash == hSlash || f.d.Tokens[end].Hash == hDash) && f.touches(end) && f.touches(end+1) && f.acronymShape(end+1) {
		end += 2
	}
	return end
}

// define ties the acronym [j, end), in the parenthesis that opens at i, to the name before it.
func (f *Finder) define(s Sentence, i, j, end int, name string) {
	short := strings.ToUpper(f.d.Text(j, end))
	if pluralAcronym(f.d.Word(j)) {
		return
	}
	if i-1 > s.First && (f.at(i, hOr) || possessiveWords[f.d.Tokens[i-1].Lower] || f.d.Tokens[i-1].Hash == hComma) {
		i-- // ", or ACR"; "the Harbor Police's (HP)"; "the Harbor Police, (HP)"
	}
	end0 := i
	if i-3 > s.First && f.at(i-1, hAmended) && f.at(i-2, hAs) {
		for i -= 2; i > s.First && f.d.Tokens[i-1].Shape == Punct; i-- {
		}
	}
	if k := f.words[i-1].mention; k >= 0 && f.d.Mentions[k].Last == i {
		f.trimPlace(&f.d.Mentions[k], k, short)
		f.takeDemonym(s, k, short)
		f.takeWords(s, k, short)
		if f.spells(&f.d.Mentions[k], f.d.Text(j, end)) {
			f.agree(k, j, end, name)
			return
		}
		long := f.d.Mentions[k]
		if e, _ := f.longestOf(j, func(e *entry) bool {
			return e.class == className && e.kind == vocab.State || e.class == classGovernment && long.Rule != "agency.titled"
		}); e != nil {
			return // "the Immigration Directorate (GOCR)" says whose it is
		}
		if long.Rule == "agency.titled" && f.d.Tokens[long.First].Shape != Capital {
			return // "GOC (SENAME)" says which part of the government
		}
		if long.Kind == vocab.State || long.Kind == vocab.Place || long.Kind == vocab.Case {
			return
		}
		f.defined(int(k), j, end, name)
		return
	}
	i = end0
	if f.is(j, isNoise) {
		return
	}
	if f.stretch(s, i) {
		f.defined(int(f.words[i-1].mention), j, end, name)
		return
	}
	if first := f.spelled(max(s.First, i-16), i, f.d.Text(j, end)); first >= 0 && f.is(first, isCap) && f.knownBody(first, i, j, end, name) {
		return
	}
	first := f.initials(s, i, short)
	if first < 0 {
		first = f.nameBefore(s, i)
	}
	if first < 0 {
		return
	}
	// what stands inside is a part of the longer name
	m, ok := f.kindOfName(first, i, s)
	law := end+1 < s.Last && f.nameWord(end+1, s) && f.is(end+1, isLawHead)
	if !ok && end == j+1 && !law {
		f.concepts[f.d.Tokens[j].Hash] = true
	}
	if !ok && !law || !f.free(first, i) {
		return
	}
	if law {
		m.Kind, m.Subtype = vocab.Law, "code" // "Dangerous Harbor Goods (DHG) Code"
	}
	m.Rule = name
	if f.mark(first, i, m) {
		f.defined(len(f.d.Mentions)-1, j, end, name)
	}
}

// knownBody marks the words [first, last) before the acronym [j, end) of a body that
// the gazetteer knows as its name; a name with which they begin becomes part
// of it.
func (f *Finder) knownBody(first, last, j, end int, name string) bool {
	k := f.words[j].mention
	if k < 0 {
		return false
	}
	short := f.d.Mentions[k]
	if short.First != j || short.Last != end || !isBody(short.Kind) || !f.reads(first, last, short.Norm) {
		return false
	}
	m := Mention{Kind: short.Kind, Subtype: short.Subtype, Key: short.Key, Norm: short.Norm, Country: short.Country, Rule: name}
	if inner := f.words[first].mention; inner >= 0 && f.d.Mentions[inner].First == first && f.free(f.d.Mentions[inner].Last, last) {
		for n := f.d.Mentions[inner].Last; n < last; n++ {
			f.words[n].mention = inner
		}
		m.First, m.Last, m.Score = first, last, f.d.Mentions[inner].Score
		m.Text = squeeze(f.d.Text(first, last))
		f.d.Mentions[inner] = m
		f.defined(int(inner), j, end, name)
		return true
	}
	if f.mark(first, last, m) {
		f.defined(len(f.d.Mentions)-1, j, end, name)
		return true
	}
	return false
}

// trimPlace takes the place before a body's name off it where the acronym does
// not have it: "Cairo Fraud Prevention Unit (FPU)".
func (f *Finder) trimPlace(m *Mention, index int32, short string) {
	n := m.First
	for n < m.Last && f.isPlace(n) && !f.is(n, isCommon) {
		if _, k := f.longestOf(n, func(e *entry) bool { return e.kind == vocab.State || e.kind == vocab.Place }); k > 0 {
			n += k
			continue
		}
		break
	}
	if n == m.First || m.Last-n < 2 || m.Kind != vocab.Agency || upper(Fold(f.d.Word(m.First)[:1])) == short[0] || upper(Fold(f.d.Word(n)[:1])) != short[0] {
		return
	}
	for k := m.First; k < n; k++ {
		f.words[k].mention = -1
	}
	m.First = n
	m.Text = squeeze(f.d.Text(n, m.Last))
	m.Norm = m.Text
}

// takeDemonym lets the body at index take in the nationality before it where the
// acronym has it: "Turkish General Staff (TGS)".
func (f *Finder) takeDemonym(s Sentence, index int32, short string) {
	m := &f.d.Mentions[index]
	k := m.First - 1
	if k < s.First || !f.is(k, isDemonym) || f.words[k].mention >= 0 || upper(Fold(f.d.Word(k)[:1])) != short[0] || upper(Fold(f.d.Word(m.First)[:1])) == short[0] {
		return
	}
	m.First = k
	f.words[k].mention = index
	m.Text = squeeze(f.d.Text(k, m.Last))
	m.Norm = m.Text
}

// takeWords lets the name at index take in capitalised words before it, and the
// small ones between, where all its letters then spell the acronym: "Storm
// Prevention and Recovery Agency (SPRA)".
func (f *Finder) takeWords(s Sentence, index int32, short string) {
	m := &f.d.Mentions[index]
	first := f.initials(s, m.Last, short)
	if first < 0 || first >= m.First || f.is(first, isFunction|isTitle) || !f.free(first, m.First) || !f.nameWord(m.First-1, s) && !binders[f.d.Tokens[m.First-1].Lower] {
		return
	}
	for k := first; k < m.First; k++ {
		if f.d.Tokens[k].Shape == Lower && !binders[f.d.Tokens[k].Lower] {
			return
		}
	}
	for k := first; k < m.First; k++ {
		f.words[k].mention = index
	}
	m.First = first
	m.Text = squeeze(f.d.Text(first, m.Last))
	m.Key, m.Norm = "", m.Text
}

// stretch lets the body before i take in the small words between it and the
// parenthesis at i, as names in Romance languages have them: "Centro Nacional
// de Informacion para el combate a la delincuencia (CENAPI)".
func (f *Finder) stretch(s Sentence, i int) bool {
	k := i - 1
	for k > s.First && i-k < 8 && (f.d.Tokens[k].Shape == Lower || f.nameWord(k, s)) && f.words[k].mention < 0 {
		k--
	}
	m := f.words[k].mention
	if k == i-1 || m < 0 || f.d.Mentions[m].Last != k+1 || !romance[f.d.Tokens[k+1].Lower] {
		return false
	}
	long := &f.d.Mentions[m]
	if long.Kind != vocab.Agency && long.Kind != vocab.Organization && long.Kind != vocab.Law {
		return false
	}
	long.Last = i
	long.Text = squeeze(f.d.Text(long.First, i))
	long.Norm = long.Text
	for n := k + 1; n < i; n++ {
		f.words[n].mention = m
	}
	return true
}

// romance are small words that open a complement in Romance languages.
var romance = words("romance")

// partySeats finds the party and the state that members of parliaments have
// behind their names: "Deputy Ana Prado (PQR-SP)".
func (f *Finder) partySeats(name string) {
	for s := range f.prose {
		for i := s.First + 1; i+4 < s.Last; i++ {
			if f.d.Tokens[i].Hash != hOpen || f.kindOf(i-1) != vocab.Person || f.d.Tokens[i+4].Hash != hClose || !f.acronymShape(i+1) || f.size(i+1) < 2 ||
				f.d.Tokens[i+2].Hash != hDash && f.d.Tokens[i+2].Hash != hSlash || !f.touches(i+2) {
				continue
			}
			e := subdivision(f.home + "-" + f.d.Word(i+3))
			if e == nil || !f.mark(i+1, i+2, Mention{Kind: vocab.Organization, Subtype: "other", Rule: name}) {
				continue
			}
			m := Mention{Kind: vocab.State, Rule: name}
			m.fill(e)
			f.mark(i+3, i+4, m)
		}
	}
}

// subdivisionCodes maps codes of ISO 3166-2 to the states that have them.
var subdivisionCodes = sync.OnceValue(func() map[string]*entry {
	codes := map[string]*entry{}
	entries := loadGazetteer().entries
	for i := range entries {
		if e := &entries[i]; e.code != "" && e.kind == vocab.State && codes[e.code] == nil {
			codes[e.code] = e
		}
	}
	return codes
})

// subdivision returns the state with the ISO 3166-2 code, or nil.
func subdivision(code string) *entry { return subdivisionCodes()[code] }

// defined marks the acronym [j, end) of the mention long.
func (f *Finder) defined(long, j, end int, name string) {
	if k := f.words[j].mention; k >= 0 {
		if m := f.d.Mentions[k]; m.First == j && m.Last == end && m.Kind == f.d.Mentions[long].Kind {
			f.d.Acronyms = append(f.d.Acronyms, Acronym{long, int(k)})
		}
		return
	}
	l := f.d.Mentions[long]
	m := Mention{Kind: l.Kind, Subtype: l.Subtype, Key: l.Key, Norm: l.Norm, Country: l.Country, Rule: name}
	if f.mark(j, end, m) {
		f.d.Acronyms = append(f.d.Acronyms, Acronym{long, len(f.d.Mentions) - 1})
	}
}

// agree marks the acronym [j, end) whose letters the name long spells. The two
// are one entity: where the gazetteer knows the acronym by the words of the name,
// its kind holds, else the acronym means in this cable what the name is.
func (f *Finder) agree(long int32, j, end int, name string) {
	l := &f.d.Mentions[long]
	k := f.words[j].mention
	if k >= 0 && f.d.Mentions[k].First == j && f.d.Mentions[k].Last == end && (f.d.Mentions[k].Kind != l.Kind || f.d.Mentions[k].Key != l.Key) {
		short := f.d.Mentions[k]
		if f.reads(l.First, l.Last, short.Norm) {
			l.Kind, l.Subtype = short.Kind, short.Subtype
		} else if short.Kind != l.Kind {
			for n := range f.d.Mentions {
				if m := &f.d.Mentions[n]; m.Kind == short.Kind && m.Text == short.Text {
					m.Kind, m.Subtype, m.Key, m.Norm, m.Country = l.Kind, l.Subtype, l.Key, l.Norm, l.Country
				}
			}
		}
	}
	f.defined(int(long), j, end, name)
}

// reads reports whether most of the capitalised words [first, last) stand in name.
func (f *Finder) reads(first, last int, name string) bool {
	in, all := 0, 0
	for k := first; k < last; k++ {
		if f.is(k, isCap) {
			all++
			if strings.Contains(name, f.d.Word(k)) {
				in++
			}
		}
	}
	return in*2 > all
}

func isBody(k vocab.Kind) bool { return k == vocab.Agency || k == vocab.Organization }

// spells reports whether the initials of all words of m but small ones, or of
// its last words, are the capitals of short: "Republic of Ports" and "ROP", "RP".
func (f *Finder) spells(m *Mention, short string) bool {
	return f.spelled(m.First, m.Last, short) >= 0
}

// spelled returns the first token of the words before last, not before first,
// whose initials are the capitals of short, small words taken or passed over;
// or -1.
func (f *Finder) spelled(first, last int, short string) int {
	n, letters, at := len(short), 0, -1
	for k := last - 1; k >= first; k-- {
		for n > 0 && byteClass[short[n-1]] != byteUpper {
			n--
		}
		if n == 0 {
			break
		}
		c := upper(Fold(f.d.Word(k)[:1]))
		switch t := &f.d.Tokens[k]; {
		case c == short[n-1] && c != 0:
			n--
			letters++
			at = k
		case t.Shape == Punct && !inNames[f.d.Word(k)] && !possessiveWords[t.Lower]:
			return -1
		case t.Shape != Punct && t.Shape != Lower && !f.is(k, isFunction):
			return -1
		}
	}
	if letters < 2 || strings.Trim(short[:n], "abcdefghijklmnopqrstuvwxyz./&-") != "" {
		return -1
	}
	return at
}

// inNames are the marks inside names.
var inNames = map[string]bool{",": true, "-": true, "'": true, "’": true, "&": true, "\"": true, "/": true}

// lateDefinitions ties the acronyms of names that only the classifier found:
// "Odyssey Harbor Ventures (OHV)".
func (f *Finder) lateDefinitions(name string) {
	known := map[int]bool{}
	for _, a := range f.d.Acronyms {
		known[a.Short] = true
	}
	for k := range f.d.Mentions {
		m := &f.d.Mentions[k]
		i := m.Last
		if m.Kind == vocab.Person || i+1 >= len(f.d.Tokens) || f.d.Tokens[i].Hash != hOpen || !f.acronymShape(i+1) {
			continue
		}
		short := f.words[i+1].mention
		if short < 0 || known[int(short)] || f.d.Mentions[short].First != i+1 {
			continue
		}
		if end := f.d.Mentions[short].Last; end < len(f.d.Tokens) && closesDefinition(f.d.Word(end)) && f.spells(m, f.d.Text(i+1, end)) {
			f.agree(int32(k), i+1, end, name)
		}
	}
}

// initials returns the first token of the words before i whose initials spell
// short, or -1. Small words may be left out; the first letter must be a word's.
func (f *Finder) initials(s Sentence, i int, short string) int {
	letters := make([]byte, 0, 12)
	for k := range len(short) { // of "CiU" the capitals
		if c := short[k]; c >= 'A' && c <= 'Z' {
			letters = append(letters, c)
		}
	}
	if len(letters) < 2 {
		return -1
	}
	n := len(letters) - 1
	matched := 0
	for k := i - 1; k >= s.First && i-k <= 2*len(letters)+6; k-- {
		t := f.d.Tokens[k]
		if t.Shape == Punct {
			if inNames[f.d.Word(k)] || possessiveWords[t.Lower] {
				continue
			}
			return -1
		}
		c := upper(Fold(f.d.Word(k)[:1]))
		if c == 0 {
			continue
		}
		if f.is(k, isCap) && c == letters[n] {
			matched++
			if n == 0 {
				if matched >= 2 {
					return k
				}
				return -1
			}
			n--
		} else if f.is(k, isCap) && n > 0 && c == letters[0] && matched*2 >= len(letters) && (k == s.First || !f.is(k-1, isCap)) {
			return k // letters from inside words: "INMUJERES", "CENAPI"
		}
	}
	return -1
}

// nameBefore returns the first token of the capitalised words with a complement
// that end at i, whose acronym comes from another language: "Secretary for
// Public Security (SSP)"; or -1.
func (f *Finder) nameBefore(s Sentence, i int) int {
	j, capital, bound := i, 0, false
	for k := i - 1; k >= s.First && i-k < 14; k-- {
		t := f.d.Tokens[k]
		switch {
		case f.nameWord(k, s) && !(f.is(k, isFirst) && f.is(k, isFunction)):
			j = k
			capital++
		case binders[t.Lower] && t.Shape == Lower && k > s.First && f.nameWord(k-1, s) && !f.at(k, hAnd):
			bound = true
		case f.at(k, hAnd) && k > s.First && f.nameWord(k-1, s):
		case t.Shape == Lower && k == i-1 && k-1 > s.First && f.at(k-1, hAnd): // "Communications and transportation"
		default:
			k = s.First
		}
	}
	if capital < 2 || !bound || !f.is(j, isTitle|isBodyHead|isOrgHead) {
		return -1
	}
	return j
}

func upper(s string) byte {
	if s == "" {
		return 0
	}
	c := s[0]
	if c >= 'a' && c <= 'z' {
		return c - 'a' + 'A'
	}
	return 0
}

// kindOfName decides what a capitalised name without known head noun is when
// an acronym shows that it is a name; ok is false where it names no entity.
func (f *Finder) kindOfName(first, last int, s Sentence) (m Mention, ok bool) {
	capital := 0
	if f.is(first, isForename) && !f.is(first, isCommon) && f.is(last-1, isSurname) && f.nameRun(first, s) == last {
		return Mention{Kind: vocab.Person}, true
	}
	if conceptHeads[f.d.Tokens[last-1].Lower] || f.is(last-1, isDemonym) && !f.isPlace(last-1) {
		return m, false
	}
	for k := first; k < last; k++ {
		if f.is(k, isCap) && !f.is(k, isFunction) {
			capital++
		}
		if e, n := f.head(k, isOrgHead); e != nil && e.side == sideBefore && k+n < last && !f.at(k+n, hOf) {
			continue // "International Harbor Program"
		}
		switch {
		case stateHeads[f.d.Tokens[k].Lower] && f.at(k+1, hOf):
			return Mention{Kind: vocab.State, Subtype: "country"}, true
		case f.is(k, isLawHead) && f.is(k, isCap):
			return Mention{Kind: vocab.Law, Subtype: "statute"}, true
		case f.is(k, isBodyHead) && f.is(k, isCap):
			return Mention{Kind: vocab.Agency, Subtype: "gov", Country: f.owner(first, last, s)}, true
		case f.is(k, isOrgHead) && k > first && f.inBodyHead(k):
			return Mention{Kind: vocab.Agency, Subtype: "committee", Country: f.owner(first, last, s)}, true
		case f.is(k, isOrgHead) && f.is(k, isCap) && f.international(first, last):
			return Mention{Kind: vocab.Agency, Subtype: "io"}, true
		case f.is(k, isOrgHead) && f.is(k, isCap):
			return Mention{Kind: vocab.Organization, Subtype: "other"}, true
		}
	}
	if capital < 2 {
		return m, false
	}
	if f.at(first, hSecretary) {
		return Mention{Kind: vocab.Agency, Subtype: "gov", Country: f.owner(first, last, s)}, true
	}
	if f.is(first, isTitle) {
		return m, false // "Minister of Foreign Trade (COMEX)" is a person of COMEX
	}
	if f.everyday(first, last) {
		return m, false // a concept
	}
	if f.bodyCue(first, s) || f.bodyApposition(last, s) {
		return Mention{Kind: vocab.Agency, Subtype: "gov", Country: f.owner(first, last, s)}, true
	}
	return Mention{Kind: vocab.Organization, Subtype: "other", Country: f.owner(first, last, s)}, true
}

// bodyApposition reports whether "(ABC), Peru's Harbor Service" follows at k.
func (f *Finder) bodyApposition(k int, s Sentence) bool {
	if k+3 >= s.Last || f.d.Tokens[k].Hash != hOpen || f.d.Tokens[k+2].Hash != hClose || f.d.Tokens[k+3].Hash != hComma {
		return false
	}
	for n := k + 4; n < s.Last && n < k+8; n++ {
		if f.kindOf(n) == vocab.Agency {
			return true
		}
		if t := f.d.Tokens[n]; !f.is(n, isCap) && !articles[t.Lower] && !possessiveWords[t.Lower] {
			return false
		}
	}
	return false
}

// bodyCue reports whether the words just before a name say that it is a public
// body: "family welfare agency, X (Y)".
func (f *Finder) bodyCue(first int, s Sentence) bool {
	k := first - 1
	for k >= s.First && f.d.Tokens[k].Shape == Punct {
		k--
	}
	return k >= s.First && f.d.Tokens[k].Shape == Lower && bodyCues[f.d.Tokens[k].Lower]
}

var (
	bodyCues   = words("body-cues")
	hBracket   = hash("[")
	hColon     = hash(":")
	hOr        = foldHash("or")
	hAmended   = foldHash("amended")
	hSecretary = foldHash("secretary")
	stateHeads = wordSet("republic\nkingdom\nfederation\nstates\nemirates")
)

// conceptHeads close terms that are abbreviated though they name no body.
var conceptHeads = words("concept-heads")

// defineBefore ties the acronym at i-1 to the name in the parenthesis at i.
func (f *Finder) defineBefore(s Sentence, i, j int, name string) {
	end := j
	for end < s.Last && f.d.Tokens[end].Hash != hClose && end-j < 16 {
		end++
	}
	if end >= s.Last || f.d.Tokens[end].Hash != hClose || end-j < 2 {
		return
	}
	// the long form may be a mention already, with its country outside
	for k := j; k < min(j+3, end); k++ {
		if m := f.words[k].mention; m >= 0 && f.d.Mentions[m].First == k && f.d.Mentions[m].Last == end {
			if kd := f.d.Mentions[m].Kind; kd == vocab.Agency || kd == vocab.Organization || kd == vocab.Law {
				f.defined(int(m), i-1, i, name)
			}
			return
		}
	}
	if !f.free(j, end) || !f.matchesInitials(j, end, f.d.Word(i-1)) {
		return
	}
	m, ok := f.kindOfName(j, end, s)
	if !ok {
		return
	}
	m.Rule = name
	if f.mark(j, end, m) {
		f.defined(len(f.d.Mentions)-1, i-1, i, name)
	}
}

// matchesInitials reports whether at least half of short's letters are initials
// of the words [first, last) in order.
func (f *Finder) matchesInitials(first, last int, short string) bool {
	short = strings.ToUpper(short)
	n := 0
	for k := first; k < last && n < len(short); k++ {
		if f.d.Tokens[k].Shape != Punct && upper(Fold(f.d.Word(k)[:1])) == short[n] {
			n++
		}
	}
	return n*2 >= len(short)
}

// numbered reports whether w ends with two digits or more, as years, products
// and sessions do: "FY04", "KRX810".
func numbered(w string) bool {
	return len(w) > 2 && allDigits(w[len(w)-2:])
}

// redacted reports whether w is a run of X, which hides a name.
func redacted(w string) bool { return strings.Trim(w, "X") == "" }

// isTag reports whether token i is one of the Department's subject codes.
func (f *Finder) isTag(i int) bool {
	_, ok := cable.FindTag(f.d.Word(i))
	return ok && f.d.Tokens[i].End-f.d.Tokens[i].Start == 4
}

// orgUse is positive where the words around the acronym at i are those of a
// party or company, negative where they are those of a public body.
func (f *Finder) orgUse(i int, s Sentence) int {
	if ministries[f.d.Tokens[i].Lower] {
		return -9
	}
	n := 0
	for k := max(i-2, s.First); k < min(i+3, s.Last); k++ {
		switch t := f.d.Tokens[k]; {
		case k == i:
		case partyWords[t.Lower]:
			n++
		case officialWords[t.Lower]:
			n--
		}
	}
	n += f.longUse(i, s)
	if f.privateApposition(i+1, s) || f.privateApposition(i+2, s) && f.d.Tokens[i+1].Hash == hClose {
		n += 2
	}
	for k := i - 1; k >= s.First && k > i-5 && n == 0; k-- { // "airlines such as PQR"
		if t := f.d.Tokens[k]; partyWords[t.Lower] {
			n++
		} else if officialWords[t.Lower] || t.Shape != Lower && t.Hash != hComma {
			break
		}
	}
	// beside it in a list
	for _, k := range [2]int{i - 2, i + 2} {
		if k < s.First || k >= s.Last || f.d.Tokens[(i+k)/2].Hash != hComma && !f.at((i+k)/2, hAnd) {
			continue
		}
		switch f.kindOf(k) {
		case vocab.Organization:
			n++
		case vocab.Agency:
			n--
		}
	}
	if i > s.First+1 && f.d.Tokens[i-1].Hash == hOpen && i+2 < s.Last && (f.d.Tokens[i+1].Hash == hDash && f.d.Tokens[i+2].Shape == Caps || (f.d.Tokens[i+1].Hash == hClose || f.d.Tokens[i+1].Hash == hDash) && f.kindOf(i-2) == vocab.Person) {
		n += 2 // a politician's party, and a state: "(PSDB-SP)"
	}
	return n
}

// longUse is positive where the name before the acronym in parentheses at i is
// that of a party or association, negative where it is that of a public body.
func (f *Finder) longUse(i int, s Sentence) int {
	if i-2 < s.First || f.d.Tokens[i-1].Hash != hOpen {
		return 0
	}
	for k := i - 2; k >= s.First && k > i-14; k-- {
		t := f.d.Tokens[k]
		switch {
		case t.Shape == Lower && !binders[t.Lower], t.Shape == Punct && t.Hash != hComma && t.Hash != hDash:
			return 0
		case !f.is(k, isCap):
		case f.kindOf(k) == vocab.Person:
			return 0
		case f.is(k, isOrgHead) && (k == i-2 || f.at(k+1, hOf) || !fieldHeads[t.Lower]) || f.kindOf(k) == vocab.Organization || privateWords[t.Lower]:
			return 3
		case f.is(k, isBodyHead) || f.kindOf(k) == vocab.Agency:
			return -3
		}
	}
	return 0
}

var (
	partyWords    = words("party-words")
	ministries    = words("ministries")
	officialWords = words("official-words")
)

// nameUse reports whether the acronym at i is used as the name of a body: after
// "the" or a preposition and before a verb, mark or "'s", or as a subject.
func (f *Finder) nameUse(i int, s Sentence) bool {
	after := i+1 >= s.Last || f.d.Tokens[i+1].Shape == Punct || f.is(i+1, isFunction|isSaying) || possessiveWords[f.d.Tokens[i+1].Lower] || bodyFollowers[f.d.Tokens[i+1].Lower]
	before := i == s.First || bodyCues[f.d.Tokens[i-1].Lower] || orgCues[f.d.Tokens[i-1].Lower] || f.d.Tokens[i-1].Shape == Lower && (f.is(i-1, isFunction) || verbish(f.d.Word(i-1))) || f.is(i-1, isDemonym) || f.d.Tokens[i-1].Shape == Punct && (f.d.Tokens[i-1].Hash != hColon || i+1 < s.Last && f.d.Tokens[i+1].Shape == Lower) // "Place of Birth: GORAVA," is a form
	hyphen := i+1 < s.Last && f.d.Tokens[i+1].Hash == hDash && f.touches(i+1) || i > s.First && f.d.Tokens[i-1].Hash == hDash
	return after && before && !hyphen
}

// verbish reports whether a lower-case word looks like a verb that an object follows.
func verbish(w string) bool { return strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "ed") }

// bodyFollowers are what people of a body are called.
var bodyFollowers = words("body-followers")
