package entity

import (
	"strings"

	"cablegraph/vocab"
)

var (
	provisionWords = words("provision-words")
	hTitle         = foldHash("title")
	usCode         = wordSet("usc\nu.s.c.\nu.s.c")
	hSection       = foldHash("section")
	hPoint         = hash(".")
	publicLaw      = words("public-law")
	lawNumberWords = wordSet("no\nnumber\nnumero\nn\nnum\nn°")
)

// citations finds "18 U.S.C. 1591", "Title 18, USC 2332", "Public Law 106-386",
// "P.L. 106-386" and "Law No. 9,474".
func (f *Finder) citations(name string) {
	for s := range f.prose {
		for i := s.First; i < s.Last; i++ {
			t := f.d.Tokens[i]
			switch {
			case usCode[t.Lower] && i > s.First:
				first := i
				if f.d.Tokens[i-1].Shape == Number {
					first = i - 1
				} else if f.d.Tokens[i-1].Hash == hComma && i-2 >= s.First && f.d.Tokens[i-2].Shape == Number {
					first = i - 2
				} else {
					continue
				}
				if first > s.First && f.at(first-1, hTitle) {
					first--
				}
				j := i + 1
				for j < s.Last && (f.d.Word(j) == "§" || f.at(j, hSection) || f.d.Word(j) == "Sec" || f.d.Tokens[j].Hash == hPoint) {
					j++
				}
				if j < s.Last && f.number(j) {
					f.mark(first, f.subNumber(j+1, s), Mention{Kind: vocab.Law, Subtype: "provision", Country: "US", Rule: name})
				}
			case (f.at(i, hUNSCR) || f.at(i, hResolution) && f.is(i, isCap)) && i+1 < s.Last && f.number(i+1) && !f.yearAt(i+1):
				f.mark(f.councilBefore(i, s), f.subNumber(i+2, s), Mention{Kind: vocab.Law, Subtype: "statute", Rule: name})
				f.laws++
			case f.is(i, isCap) && publicLaw[t.Lower] && !f.is(i, inCaps):
				j := i + 1
				if j < s.Last && lawNumberWords[f.d.Tokens[j].Lower] {
					j++
					for j < s.Last && (f.d.Tokens[j].Hash == hPoint || f.d.Word(j) == "°" || f.d.Word(j) == "º") {
						j++
					}
				}
				if j >= s.Last || !f.number(j) || j == i+1 && f.yearAt(j) {
					continue
				}
				first := i
				for first > s.First && (f.d.Word(first-1) == "Public" || f.d.Word(first-1) == "Presidential" || f.d.Word(first-1) == "Legislative" || f.d.Word(first-1) == "Supreme" || f.d.Word(first-1) == "Executive" || f.d.Word(first-1) == "Ministerial") {
					first--
				}
				end := f.subNumber(j+1, s)
				f.mark(first, end, Mention{Kind: vocab.Law, Subtype: "statute", Rule: name})
				f.laws++
			case (f.d.Word(i) == "P.L." || f.d.Word(i) == "PL") && i+1 < s.Last && f.number(i+1):
				f.mark(i, f.subNumber(i+2, s), Mention{Kind: vocab.Law, Subtype: "statute", Country: "US", Rule: name})
			}
		}
	}
}

// councilBefore returns the first token of the organ of the United Nations that
// resolution i is named with: "UN Security Council Resolution 1325"; or i.
func (f *Finder) councilBefore(i int, s Sentence) int {
	for n := min(4, i-s.First); n > 0; n-- {
		for _, h := range f.knows(i - n) {
			if int(h.last) == i && h.class == className && h.subtype == "io" {
				return i - n
			}
		}
	}
	return i
}

func (f *Finder) number(i int) bool {
	t := f.d.Tokens[i]
	if t.Shape == Number {
		return true
	}
	c := f.d.Cable.Text.String()[t.Start]
	return t.Shape == Mixed && c >= '0' && c <= '9'
}

// yearAt reports whether token i is a year from 1900 to 2099.
func (f *Finder) yearAt(i int) bool {
	if i < 0 || i >= len(f.d.Tokens) || f.d.Tokens[i].Shape != Number {
		return false
	}
	w := f.d.Word(i)
	return len(w) == 4 && allDigits(w) && (w[:2] == "19" || w[:2] == "20")
}

// subNumber goes on over "-386", "/2003", "(a)" and "(1)" that touch the number before j.
func (f *Finder) subNumber(j int, s Sentence) int {
	for j < s.Last {
		t := f.d.Tokens[j]
		switch {
		case (t.Hash == hDash || t.Hash == hSlash) && f.touches(j) && j+1 < s.Last && f.touches(j+1) && f.number(j+1):
			j += 2
		case t.Hash == hOpen && j+2 < s.Last && f.d.Tokens[j+2].Hash == hClose && f.d.Tokens[j+1].End-f.d.Tokens[j+1].Start <= 3 && f.d.Tokens[j+1].Shape != Caps:
			j += 3
		default:
			return j
		}
	}
	return j
}

// provisions finds "Article 6 (a)", "Section 108" and "Article 6 section (b)".
func (f *Finder) provisions(name string) {
	for s := range f.prose {
		for i := s.First; i+1 < s.Last; i++ {
			if !provisionWords[f.d.Tokens[i].Lower] || !f.is(i, isCap) && f.at(i, hSection) || f.words[i].mention >= 0 || f.is(i, inCaps) && !f.is(i, isFirst) && f.at(i, hSection) {
				continue
			}
			j := i + 1
			if f.d.Tokens[j].Hash == hPoint {
				j++
			}
			if j >= s.Last || !f.number(j) && !roman(f.d.Word(j)) || f.words[j].mention >= 0 || j == i+1 && f.at(i, hTitle) && f.d.Tokens[j].Hash == hComma {
				continue
			}
			end := f.subNumber(j+1, s)
			if end+3 < s.Last && f.at(end, hSection) && f.d.Tokens[end+1].Hash == hOpen && f.d.Tokens[end+3].Hash == hClose {
				end += 4
			}
			m := Mention{Kind: vocab.Law, Subtype: "provision", Rule: name}
			f.mark(i, end, m)
			// each of "Articles 165, 166 and 206" is one of its own
			for plurals[f.d.Tokens[i].Lower] && end+1 < s.Last && (f.at(end, hAnd) || f.d.Tokens[end].Hash == hComma) {
				k := end + 1
				if f.at(k, hAnd) && k+1 < s.Last {
					k++
				}
				if !f.number(k) || f.yearAt(k) {
					break
				}
				end = f.subNumber(k+1, s)
				f.mark(k, end, m)
			}
		}
	}
}

var plurals = wordSet("articles\nsections\nchapters\nparagraphs")

func roman(w string) bool {
	for i := range len(w) {
		switch w[i] {
		case 'I', 'V', 'X', 'L', 'C':
		default:
			return false
		}
	}
	return w != ""
}

// namedLaws finds laws, treaties and codes by their head noun: "Trafficking
// Victims Protection Act of 2000", "Law to Prevent and Punish Trafficking in
// Persons", "Mexican criminal code".
func (f *Finder) namedLaws(name string) {
	for s := range f.prose {
		for i := s.First; i < s.Last; i++ {
			if f.words[i].mention >= 0 {
				continue
			}
			if e, n := f.longest(i, vocab.Law); e != nil && !f.hyphened(i, s) && f.is(i, isCap) && (n > 1 || !f.is(i, isNoise)) && f.lawName(i, i+n, s, e, name) {
				i += n - 1
				continue
			}
			// "Memorandum of Understanding for …"
			if f.d.Tokens[i].Shape == Caps && !f.is(i, inCaps) && i+2 < s.Last && f.at(i+1, hOf) && f.yearAt(i+2) {
				f.mark(i, i+3, Mention{Kind: vocab.Law, Subtype: "statute", Rule: name}) // "TVPRA of 2008"
				f.laws++
				continue
			}
			e, n := f.longestOf(i, func(e *entry) bool { return e.class == classHead && e.kind == vocab.Law })
			if e == nil {
				continue
			}
			if w := f.d.Tokens[i+n-1].Lower; pluralLaws[w] || provisionWords[w] || f.lawGoesOn(s, i, i+n) {
				continue
			}
			if t := f.d.Tokens[i]; t.Shape == Caps && t.End-t.Start <= 3 && !f.is(i, inCaps) || t.Lower == hProtocol && i > s.First && (f.at(i-1, hOf) || f.is(i-1, isTitle)) {
				continue // "SEC"; "Director of Protocol of the MFA"
			}
			first, last := f.lawExtent(s, i, i+n)
			if last-first < 2 && n < 2 || last-first == n && e.subtype == "mou" && !f.introducedBefore(first, 4, s) || last <= first {
				continue
			}
			m := Mention{Kind: vocab.Law, Subtype: e.subtype, Rule: name}
			m.Country = f.owner(first, last, s)
			if f.mark(first, last, m) {
				f.laws++
				i = last - 1
			}
		}
	}
}

// lawGoesOn reports whether the law's name goes on behind the head noun [i, end)
// to a further one, or a body's does: "Framework Convention", "Law Commission".
func (f *Finder) lawGoesOn(s Sentence, i, end int) bool {
	return f.is(i, isCap) && f.nameWord(end, s) && !f.is(end, inCaps) && f.is(end, isLawHead|isBodyHead) && !provisionWords[f.d.Tokens[end].Lower]
}

// hyphened reports whether a capitalised word is joined to token i by a hyphen,
// so that a name starts before i: "Inter-American Convention".
func (f *Finder) hyphened(i int, s Sentence) bool {
	return i-2 >= s.First && f.d.Tokens[i].Shape == Capital && f.d.Tokens[i-1].Hash == hDash && f.touches(i) && f.touches(i-1) && f.is(i-2, isCap)
}

// pluralLaws name no law: "U.S. customs laws".
var pluralLaws = words("plural-laws")

// lawName marks a law that the gazetteer knows, with "of 2008" behind it.
func (f *Finder) lawName(first, last int, s Sentence, e *entry, name string) bool {
	if e.acronym() && last < s.Last && acronymLaws[f.d.Tokens[last].Lower] {
		last++ // "ISPS code"
	}
	first, last = f.withYear(first, last, s)
	m := Mention{Kind: vocab.Law, Subtype: "statute", Rule: name}
	m.fill(e)
	if !f.mark(first, last, m) {
		return false
	}
	f.laws++
	return true
}

// acronymLaws say behind its acronym what a law is.
var acronymLaws = wordSet("agreement\ncode\nconvention\ntreaty")

// withYear takes in a year before the name and "of 2008" or "(2008)" behind it.
func (f *Finder) withYear(first, last int, s Sentence) (int, int) {
	if f.yearAt(first-1) && first-1 >= s.First {
		first--
	}
	if last+1 < s.Last && f.at(last, hOf) && f.yearAt(last+1) {
		last += 2
	}
	return first, last
}

// lawModifiers stand in lower case before the head noun of a law and belong to
// its description.
var lawModifiers = words("law-modifiers")

// lawExtent returns the extent of the law whose head noun is [i, end).
func (f *Finder) lawExtent(s Sentence, i, end int) (int, int) {
	capital := f.is(i, isCap)
	if f.is(i, inCaps) {
		return f.capsLaw(s, i, end)
	}
	first, last := i, end
	if capital {
		first = f.leftWords(s, i)
		if k := first - 1; k-2 >= s.First && f.smallModifier(k) && f.at(k-1, hState) && f.is(k-1, isCap) && f.isPlace(k-2) {
			first = f.leftWords(s, k) // "Zamora State human Trafficking Law"
		}
		for first < i && (f.is(first, isTitle) && !f.at(first, hGeneral) || f.is(first, isFirst) && f.is(first, isFunction)) {
			first++
		}
		if first > s.First && f.is(first-1, isDemonym) && first == i {
			first = f.demonymStart(first - 1)
		}
		for first+1 < i && usWords[f.d.Tokens[first].Lower] && f.d.Tokens[first+1].Hash != hDash {
			first++
		}
		first = f.councilInside(first, i, s)
		last = f.lawComplement(s, end)
		if last == end && numberedLaws[f.d.Tokens[i].Lower] && last < s.Last && f.number(last) && !f.yearAt(last) {
			last = f.subNumber(last+1, s) // "ILO Convention 299"
		}
		return f.withYear(first, last, s)
	}
	// lower case: "Mexican criminal code", "new federal anti-trafficking law"
	j := i
	if end-i > 1 {
		made := false // "a new criminal code"
		for j > s.First && f.d.Tokens[j-1].Shape == Lower && f.words[j-1].mention < 0 && lawModifiers[f.d.Tokens[j-1].Lower] && !f.at(j-1, hAnd) && !f.at(j-1, hIn) {
			j--
			made = made || lawQualifiers[f.d.Tokens[j].Lower]
		}
		if f.introducedBefore(j, 4, s) || f.definite(j, s) || made && f.indefinite(j, s) {
			return j, end
		}
		return i, i
	}
	if !describedHeads[f.d.Tokens[i].Lower] {
		return i, i
	}
	if k := f.namedBefore(i, s); k < i {
		return k, end
	}
	for j > s.First && f.words[j-1].mention < 0 && (lawModifiers[f.d.Tokens[j-1].Lower] && f.d.Tokens[j-1].Shape == Lower && !(f.at(j-1, hIn) || f.at(j-1, hAnd)) || f.d.Tokens[j-1].Hash == hDash && f.touches(j-1) && f.touches(j)) {
		j--
	}
	for j < i && (f.d.Tokens[j].Hash == hDash || f.at(j, hAnd) || f.at(j, hIn)) {
		j++
	}
	// a country or nationality before generic words belongs to them
	if j > s.First && f.is(j-1, isDemonym) && f.is(j-1, isCap) && codeHeads[f.d.Tokens[i].Lower] {
		return f.demonymStart(j - 1), end
	}
	if j-1 > s.First && possessiveWords[f.d.Tokens[j-1].Lower] && codeHeads[f.d.Tokens[i].Lower] {
		if c, k := f.countryBefore(j-1, s.First); c != nil {
			return k, end
		}
	}
	if i-j >= 1 && codeHeads[f.d.Tokens[i].Lower] && f.definite(j, s) {
		return j, end
	}
	return i, i
}

// namedBefore returns the start of the name by which a law is called before its
// common noun at token i: "the Saltrek bill", "the Harbour treaty"; or i.
func (f *Finder) namedBefore(i int, s Sentence) int {
	k := i
	for k-1 > s.First && k > i-3 && f.nameWord(k-1, s) && f.d.Tokens[k-1].Shape == Capital && !f.is(k-1, isTitle|isDemonym|isBodyHead|isFirst|inCaps) && !f.isPlace(k-1) {
		k--
	}
	if k < i && (definiteWords[f.d.Tokens[k-1].Lower] || f.words[k-1].mention >= 0) {
		return k
	}
	return i
}

// councilInside returns first, or where a name of an international organization
// begins that ends in [first, i): "Council of Europe Convention".
func (f *Finder) councilInside(first, i int, s Sentence) int {
	for k := first - 1; k >= s.First && k >= first-4; k-- {
		for _, h := range f.knows(k) {
			if n := int(h.last); n >= first && n <= i && h.class == className && h.subtype == "io" {
				return k
			}
		}
	}
	return first
}

// numberedLaws bear a number behind their head noun.
var numberedLaws = wordSet("convention\nprotocol\nrecommendation")

// smallModifier reports whether token k, in small letters, may belong to the
// name of a law.
func (f *Finder) smallModifier(k int) bool {
	t := f.d.Tokens[k]
	return t.Shape == Lower && !f.is(k, isFunction) && (lawModifiers[t.Lower] || topicBinders[t.Lower])
}

// describedHeads are lower-case head nouns of laws.
var describedHeads = words("described-heads")

// codeHeads name the one code or constitution of a country.
var codeHeads = wordSet("code\nconstitution")

// definite reports whether an article or possessive stands before token j.
func (f *Finder) definite(j int, s Sentence) bool {
	for j > s.First && inForce[f.d.Tokens[j-1].Lower] {
		j--
	}
	return j > s.First && (definiteWords[f.d.Tokens[j-1].Lower] || possessiveWords[f.d.Tokens[j-1].Lower])
}

// inForce stand between the article and a law without belonging to its description.
var inForce = wordSet("current\nexisting\nown\npending\npresent")

var definiteWords = words("definite-words")

// lawComplement returns the end of what the law is of, for, against or to do.
func (f *Finder) lawComplement(s Sentence, end int) int {
	k := end
	if k+1 >= s.Last {
		return end
	}
	t := f.d.Tokens[k]
	if !lawBinders[t.Lower] || t.Shape != Lower && !f.is(k, isCap) {
		return end
	}
	j := k + 1
	for j < s.Last && articles[f.d.Tokens[j].Lower] {
		j++
	}
	if j >= s.Last || !f.nameWord(j, s) || f.yearAt(j) || f.isPlace(j) && !f.nameWord(j+1, s) && f.at(k, hIn) {
		return end
	}
	last := f.complementEnd(j, s)
	// topics in small letters go on: "Minor victims of illegal trafficking and Smuggling"
	for n := last; n < s.Last && n < last+4; n++ {
		if t := f.d.Tokens[n]; t.Shape != Lower || f.is(n, isSaying) || auxiliaries[t.Lower] || clauseWords[t.Lower] {
			break
		}
		if n+1 < s.Last && f.nameWord(n+1, s) && (topicBinders[f.d.Tokens[n].Lower] || lawModifiers[f.d.Tokens[n].Lower]) && n > last-1 && !f.is(n+1, isTitle) && (n > last || f.at(n, hBetween)) {
			last = f.complementEnd(n+1, s)
			n = last - 1
		}
	}
	return last
}

var (
	hBetween     = foldHash("between")
	topicBinders = words("topic-binders")
	clauseWords  = words("clause-words")
	hMOU         = foldHash("mou")
	hProvision   = foldHash("provision")
	hThis        = foldHash("this")
	hState       = foldHash("state")
	hGeneral     = foldHash("general")
	hProtocol    = foldHash("protocol")
	hResolution  = foldHash("resolution")
	hUNSCR       = foldHash("unscr")
)

var lawBinders = words("law-binders")

// capsLaw is lawExtent in a sentence of capitals.
func (f *Finder) capsLaw(s Sentence, i, end int) (int, int) {
	first := i
	for first > s.First && f.d.Tokens[first-1].Shape >= Initial && f.capsModifier(first-1) && i-first < 4 && !f.is(first-1, isFunction) && f.words[first-1].mention < 0 {
		first--
	}
	return first, end
}

// capsModifier reports whether token i of a sentence in capitals may belong to
// the name of the law behind it: no verb, as far as its ending tells.
func (f *Finder) capsModifier(i int) bool {
	t := f.d.Tokens[i]
	if lawModifiers[t.Lower] || capsModifiers[t.Lower] {
		return true
	}
	w := f.d.Word(i)
	return f.is(i, isCommon) && t.Shape == Caps && !strings.HasSuffix(w, "S") && !strings.HasSuffix(w, "ED") && !strings.HasSuffix(w, "ING") && !introducing[t.Lower]
}

// describedLaws finds "the new federal law" and "the bill" where the cable
// names or introduces a law, so that the reader knows which is meant.
func (f *Finder) describedLaws(name string) {
	known := f.laws > 0 || f.introducesLaw() // else "the law" is the law at large
	for s := range f.prose {
		if f.d.Cable.Blocks[s.Block].Question {
			continue // asks for any law
		}
		for i := s.First; i < s.Last; i++ {
			if !f.is(i, isLawHead) && !f.at(i, hProvision) {
				continue
			}
			if known && f.at(i, hProvision) && i > s.First && f.at(i-1, hThis) {
				f.mark(i, i+1, Mention{Kind: vocab.Law, Subtype: "provision", Rule: name})
				continue
			}
			if known && f.at(i, hMOU) && f.words[i].mention < 0 && f.d.Tokens[i].Shape == Caps && i > s.First && (f.definite(i, s) || f.at(i-1, hA) || f.at(i-1, hAn)) {
				f.mark(i, i+1, Mention{Kind: vocab.Law, Subtype: "mou", Rule: name})
				continue
			}
			if k := f.pactStart(s, i); k < i && f.mark(k, i+1, Mention{Kind: vocab.Law, Subtype: "treaty", Rule: name}) {
				continue
			}
			if f.words[i].mention >= 0 || !f.plainLaw(i, s) {
				continue
			}
			if f.at(i+1, hAnd) && f.at(i+2, hOrder) {
				continue
			}
			if i+1 < s.Last && lawCompounds[f.d.Tokens[i+1].Lower] || i+1 < s.Last && f.d.Tokens[i+1].Hash == hDash && f.touches(i+1) {
				continue
			}
			j, own := f.describedStart(s, i)
			if j < 0 || !known && !own {
				continue
			}
			end := i + 1
			if end+1 < s.Last && topicWords[f.d.Tokens[end].Lower] && f.d.Tokens[end+1].Shape == Capital && !f.is(end+1, isDemonym) {
				end = f.lawComplement(s, end) // "draft law on Smuggling"
			}
			f.mark(j, end, Mention{Kind: vocab.Law, Subtype: "statute", Rule: name})
		}
	}
}

// plainLaw reports whether token i may be the head of a description of a law:
// "law", and "the Act" where a law is named.
func (f *Finder) plainLaw(i int, s Sentence) bool {
	t := f.d.Tokens[i]
	if t.Shape == Capital {
		return f.laws > 0 && (plainLawHeads[t.Lower] || capitalLawHeads[t.Lower]) && f.definite(i, s) && !(i+1 < s.Last && f.is(i+1, isCap))
	}
	return t.Shape == Lower && plainLawHeads[t.Lower]
}

// pactLike are common nouns of agreements, of which states have many of a kind: "has a tax treaty".
var pactLike = wordSet("convention\ntreaty")

// capitalLawHeads mean a law where they are capitalised.
var capitalLawHeads = wordSet("act\nagreement\ncharter\nconstitution\nprotocol")

// pactStart returns the start of the description of an agreement of states
// whose head is token i: "its comprehensive safeguards agreement"; or i.
func (f *Finder) pactStart(s Sentence, i int) int {
	if !pactHeads[f.d.Tokens[i].Lower] || f.d.Tokens[i].Shape != Lower || f.words[i].mention >= 0 {
		return i
	}
	j := i
	for j > s.First && f.d.Tokens[j-1].Shape == Lower && f.words[j-1].mention < 0 && pactTopics[f.d.Tokens[j-1].Lower] {
		j--
	}
	if j == i || !f.definite(j, s) {
		return i
	}
	return j
}

var (
	pactHeads  = wordSet("accord\nagreement\npact\nprotocol")
	pactTopics = words("pact-topics")
)

var (
	topicWords    = wordSet("against\nconcerning\non\nregarding")
	plainLawHeads = wordSet("bill\nconvention\ndecree\ndirective\nlaw\nlegislation\nregulations\nstatute\ntreaty")
	lawCompounds  = words("law-compounds")
	introducing   = words("introducing")
	lawQualifiers = words("law-qualifiers")
)

// describedStart returns the start of the description whose head is i, or -1,
// and whether the description says by itself which law it is.
func (f *Finder) describedStart(s Sentence, i int) (int, bool) {
	j := i
	qualified := false
	for j > s.First && f.words[j-1].mention < 0 && (lawModifiers[f.d.Tokens[j-1].Lower] && (f.d.Tokens[j-1].Shape == Lower || f.is(j-1, isFirst)) || f.d.Tokens[j-1].Hash == hDash && f.touches(j-1) && f.touches(j) || f.d.Tokens[j-1].Shape == Caps && (j < i && f.d.Tokens[j].Hash == hDash || f.is(j-1, isNoise))) {
		j--
		qualified = qualified || lawQualifiers[f.d.Tokens[j].Lower] || f.d.Tokens[j].Shape == Caps
	}
	for j < i && (f.d.Tokens[j].Hash == hDash || f.at(j, hAnd) || f.at(j, hIn)) {
		j++
	}
	if k := j - 1; k > s.First && f.ownSubject(k, s) && f.definite(k, s) && !(f.at(i, hBill) && billCompounds[f.d.Tokens[k].Lower]) {
		return k, true // "the eavesdropping law"
	}
	if k := j - 1; f.indefinite(k, s) && !pactLike[f.d.Tokens[i].Lower] && (f.ownSubject(k, s) || f.yearAt(k)) && !(f.at(i, hBill) && billCompounds[f.d.Tokens[k].Lower]) && f.nounEnds(i, s) {
		return k, true // "an eavesdropping law", "a 2004 decree"
	}
	switch {
	case j < i && f.bodyBetween(j, s):
		return j, true // "the Port Council reform bill"
	case f.definite(j, s) && (qualified || j < i || singularLaw(f, i)),
		qualified && j > s.First && (f.at(j-1, hA) || f.at(j-1, hAn)) && (f.introducedBefore(j, 4, s) || f.at(j, hDraft)),
		j == i && j > s.First && f.at(j-1, hA) && f.introducedBefore(j, 4, s),
		f.at(i, hBill) && j == i && j > s.First && (f.at(j-1, hA) || f.d.Tokens[j-1].Shape == Lower && j-1 > s.First && (f.at(j-2, hA) || f.at(j-2, hThe)) && !f.is(j-1, isFunction) && !billCompounds[f.d.Tokens[j-1].Lower]),
		qualified && (f.introducedBefore(j, 1, s) || j == s.First):
		return j, j < i && f.d.Tokens[i-1].Shape == Caps
	}
	return -1, false
}

var (
	hDraft        = foldHash("draft")
	lawsAtLarge   = words("laws-at-large")
	hBill         = foldHash("bill")
	billCompounds = words("bill-compounds")
	hOrder        = foldHash("order")
	hA            = foldHash("a")
	hAn           = foldHash("an")
)

// nounEnds reports whether no further noun, as far as words tell, follows the noun at token i.
func (f *Finder) nounEnds(i int, s Sentence) bool {
	if i+1 >= s.Last {
		return true
	}
	t := f.d.Tokens[i+1]
	return t.Shape == Punct && t.Hash != hDash || t.Shape != Lower || f.is(i+1, isFunction) || lawBinders[t.Lower] || clauseWords[t.Lower] || strings.HasSuffix(f.d.Word(i+1), "ing") || strings.HasSuffix(f.d.Word(i+1), "ed")
}

// bodyBetween reports whether a body that a law is about stands between an
// article and token j.
func (f *Finder) bodyBetween(j int, s Sentence) bool {
	if j <= s.First || f.words[j-1].mention < 0 {
		return false
	}
	m := &f.d.Mentions[f.words[j-1].mention]
	return isBody(m.Kind) && f.definite(m.First, s)
}

// ownSubject reports whether token k, before the noun of a law, says what it is
// about, so that with an article it means one law.
func (f *Finder) ownSubject(k int, s Sentence) bool {
	t := f.d.Tokens[k]
	switch t.Shape {
	case Lower:
		return !f.is(k, isFunction|isSaying) && f.words[k].mention < 0 && !lawsAtLarge[t.Lower] && !lawModifiers[t.Lower] && !inForce[t.Lower]
	case Caps:
		return f.words[k].mention < 0 && !f.is(k, inCaps|isFunction|isDemonym) && !usWords[t.Lower] && t.End-t.Start <= 6
	}
	return false
}

// singularLaw reports whether the bare head i means one law: "the law" after
// "under" or "with" often is the law at large.
func singularLaw(f *Finder, i int) bool {
	return !lawAtLarge[f.d.Tokens[max(i-2, 0)].Lower]
}

var lawAtLarge = wordSet("before\nabove\nby\noutside")

// introducedBefore reports whether a verb of making laws stands at most window
// tokens before token j.
func (f *Finder) introducedBefore(j, window int, s Sentence) bool {
	for k := j - 1; k >= s.First && k >= j-window; k-- {
		if introducing[f.d.Tokens[k].Lower] {
			return true
		}
	}
	return false
}

// introducesLaw reports whether the cable says that a law was made.
func (f *Finder) introducesLaw() bool {
	for s := range f.prose {
		for i := s.First; i < s.Last; i++ {
			if plainLawHeads[f.d.Tokens[i].Lower] && f.introducedBefore(i, 8, s) {
				return true
			}
		}
	}
	return false
}
