package entity

import "cablegraph/vocab"

// Words that bind the parts of a name: "Unit for the Promotion and Protection
// of Human Rights".
var (
	hAnd   = foldHash("and")
	hOf    = foldHash("of")
	hThe   = foldHash("the")
	hIn    = foldHash("in")
	hComma = hash(",")
	hDash  = hash("-")
	hSlash = hash("/")
	hAmp   = hash("&")
	hOpen  = hash("(")
	hClose = hash(")")
	hQuote = hash("\"")

	possessiveWords = wordSet("'s\n’s\n'\n’")
	// complement opens what a body is for or of.
	complement = words("complement")
	// binders stand between capitalised words of a complement.
	binders  = wordSet("and\nof\nthe\nfor\n&\nde\ndel\nla\nlas\nlos\ny\ne\na\ndo\nda\ndos\ndas\net\nles\nle\ndu\ndes\nund\nder\nin\nagainst\non\ncontra\npara\nel")
	articles = words("articles")
)

// maxName is the number of tokens before its head noun that a name may have.
const maxName = 16

// leftWords returns the first token of the capitalised words that end at the
// head noun i, joined by hyphens, possessiveWords and, where an article opens the
// run, by small words: "the Crimes Against Women and Trafficking in Persons Unit".
func (f *Finder) leftWords(s Sentence, i int) int {
	j := i
	for {
		k := j - 1
		if k < s.First || k < i-maxName || f.words[k].mention >= 0 || f.column(j) {
			break
		}
		switch t := f.d.Tokens[k]; {
		case (t.Hash == hDash || t.Hash == hAmp || t.Hash == hSlash) && k > s.First && f.nameWord(k-1, s) && (t.Hash == hAmp || f.touches(k) && f.touches(k+1)):
			j = k - 1
			continue
		case f.is(k, isCap) && k-2 >= s.First && f.d.Tokens[k-1].Hash == hDash && f.touches(k-1) && f.touches(k) && f.nameWord(k-2, s):
			j = k - 2 // "Inter-American": one word in two parts
			continue
		case t.Hash == hDash && k > s.First && f.d.Tokens[k-1].Shape == Lower && f.is(k-1, isParticle) && f.touches(k) && f.touches(k+1) && f.words[k-1].mention < 0:
			j = k - 1 // "al-Nur Company"
			continue
		case t.Shape == Lower && k-2 >= s.First && f.d.Tokens[k-1].Hash == hDash && f.touches(k-1) && f.touches(k) && f.nameWord(k-2, s) && openings[f.d.Tokens[k-2].Lower]:
			j = k - 2 // "Inter-ministerial"
			continue
		case possessiveWords[t.Lower] && k > s.First && f.nameWord(k-1, s) && (possessors[f.d.Tokens[k-1].Lower] || j == i && !f.isCountryEnd(k-1, s.First) && f.titleBefore(k) && (f.at(i, hOffice) || !f.is(k-1, isTitle|isBodyHead))):
			j = k - 1
			continue
		case f.nameWord(k, s):
			if f.is(k, isDemonym) && !f.insideName(k, s) || beforeNames[t.Lower] {
				return j
			}
			if f.is(k, isFirst) && f.is(k, isCommon) && f.lower.of(f.d.Tokens[k].Lower) > 0 && !f.seenCapital(k) {
				return j
			}
			j = k
			continue
		}
		break
	}
	if j > s.First && j < i && ordinal(f.d.Word(j-1)) && f.words[j-1].mention < 0 {
		return j - 1 // "9th Circuit Court"
	}
	// across small words, back to an article that opens the name
	start := j
	if fieldHeads[f.d.Tokens[i].Lower] {
		return start // "Mines and Energy"
	}
	for k := max(start-2, s.First); k < start && start < i; k++ {
		if f.insidePlace(k, start, s) && f.free(k, start) {
			return k // "El Paso Harbor Center"
		}
	}
	for k := j - 1; k >= s.First && i-k < 14; k-- {
		t := f.d.Tokens[k]
		if f.words[k].mention >= 0 || f.column(k+1) {
			break
		}
		if f.at(k, hThe) || possessiveWords[t.Lower] || t.Hash == hQuote {
			if k+1 < start && f.nameWord(k+1, s) && k+1 != j && !f.is(k+1, isDemonym) && (!f.is(k+1, isTitle) || f.at(k+1, hGeneral)) && !f.otherBefore(k+1) && !f.headInside(k+1, j) {
				return k + 1
			}
			break
		}
		if f.is(k, isDemonym) && k+1 < start && f.at(j-1, hAnd) && !f.at(i, hMinistry) && f.everyday(k+1, start) && !f.headInside(k+1, j) {
			return k + 1 // "the Turkish Trade and Crafts Union"
		}
		if f.at(k, hOf) && k > s.First && f.is(i, isBodyHead) && f.is(k-1, isTitle) && f.is(k-1, isCap) && k+1 < start && f.at(j-1, hAnd) && f.everyday(k+1, start) && !f.headInside(k+1, j) {
			return k + 1 // "Head of Security and Harbor Division"
		}
		if t.Hash == hComma && f.at(j-1, hAnd) && f.nameWord(k-1, s) && f.is(k-1, isCommon) && (f.nameWord(k+1, s) || k+2 == j) && f.everyday(k+1, start) {
			continue // "the Services, Investment and Trade Division"
		}
		if !f.nameWord(k, s) && !(binders[t.Lower] && f.nameWord(k-1, s)) {
			if t.Shape == Lower && k+1 < start && f.nameWord(k+1, s) && f.topical(k+1, start) && !beforeNames[f.d.Tokens[k+1].Lower] && !f.headInside(k+1, j) {
				return k + 1 // "the newly reconstituted Crimes Against Women …"
			}
			break
		}
		if f.is(k, isTitle|isStop) && !f.is(k, isBodyHead) && !f.at(k, hGeneral) && !f.at(k, hNational) {
			break
		}
	}
	return start
}

// otherBefore reports whether an acronym that is no place, or a place in front of
// a small word but "and", starts at token k: "the PQR and Harbor Office", "the
// Middle East for Harbor Group".
func (f *Finder) otherBefore(k int) bool {
	e, n := f.longestOf(k, func(e *entry) bool {
		return e.class == className && (e.kind == vocab.Place || e.kind == vocab.State)
	})
	if e == nil {
		return f.d.Tokens[k].Shape == Caps
	}
	return k+n < len(f.d.Tokens) && binders[f.d.Tokens[k+n].Lower] && !f.at(k+n, hAnd)
}

var (
	// beforeNames are capitalised before the name of a body and no part of it.
	beforeNames = words("before-names")
	// possessors have bodies, whose names go on behind the "'s": "Workers' Freedom Party".
	possessors = words("possessors")
	// chambers have committees that are called after them.
	chambers = wordSet("assembly\nchamber\ncongress\nhouse\nparliament\nsenate")
)

// column reports whether token k starts a column: blanks that no text has stand
// before it in its line.
func (f *Finder) column(k int) bool {
	if k == 0 || k >= len(f.d.Tokens) || f.d.Tokens[k].Start-f.d.Tokens[k-1].End < columnGap {
		return false
	}
	return !f.d.newLine(k)
}

// columnGap is the number of blanks between columns.
const columnGap = 5

// ordinal reports whether w is a number with its ending: "9th", "22nd".
func ordinal(w string) bool {
	n := len(w) - 2
	return n > 0 && allDigits(w[:n]) && (w[n:] == "th" || w[n:] == "st" || w[n:] == "nd" || w[n:] == "rd")
}

// openings are parts of words that a hyphen follows.
var openings = wordSet("anti\nbi\ncounter\ncross\ninter\nmulti\nnon\npan\ntrans\ntri")

// everyday reports whether the capitalised words of [first, last) are all
// everyday words, as those of topics are and names are not.
func (f *Finder) everyday(first, last int) bool {
	for k := first; k < last; k++ {
		if f.is(k, isCap) && (!f.is(k, isCommon) || f.is(k, isTitle|isDemonym)) {
			return false
		}
	}
	return true
}

// topical reports whether the capitalised words of [first, last) are what a body is
// for: everyday words, after "National" and the like.
func (f *Finder) topical(first, last int) bool {
	if f.at(first, hNational) || f.at(first, hGeneral) {
		first++
	}
	return f.everyday(first, last)
}

// headInside reports whether [first, last) has a head noun, which makes it a name of its own.
func (f *Finder) headInside(first, last int) bool {
	for k := first; k < last; k++ {
		if !f.is(k, isBodyHead|isOrgHead) || !f.is(k, isCap) || f.at(k, hServices) || k == first && k+1 < last && chambers[f.d.Tokens[k].Lower] && f.is(k+1, isCap) && f.topical(k+1, last) {
			continue // "Services and Trade Division", "Senate Trade and Labor Committee"
		}
		if e, _ := f.head(k, isBodyHead|isOrgHead); e == nil || e.side != sideBefore || e.kind == vocab.Agency { // "International" opens names too
			return true
		}
	}
	return false
}

// titleBefore reports whether the possessive at k ends an office: "Attorney General's".
func (f *Finder) titleBefore(k int) bool {
	return f.is(k-1, isTitle) || f.is(k-1, isCommon) && !f.is(k-1, isSurname)
}

// insideName reports whether the demonym at k stands inside a name: a
// capitalised word that is no title comes before it.
func (f *Finder) insideName(k int, s Sentence) bool {
	return k > s.First && f.nameWord(k-1, s) && (!f.is(k-1, isTitle|isFirst|isDemonym) || f.at(k-1, hNational))
}

// nameWord reports whether token k may be a word of a name in mixed case.
func (f *Finder) nameWord(k int, s Sentence) bool {
	if k < s.First || k >= s.Last || f.words[k].mention >= 0 {
		return false
	}
	w := f.words[k].flags
	if w&isCap == 0 || w&(isMonth|isStop) != 0 || w&isFunction != 0 {
		return false
	}
	return f.d.Tokens[k].Shape != Initial || f.d.Tokens[k].End-f.d.Tokens[k].Start <= 2
}

// rightWords returns the end of the complement of the head noun that ends at
// end: "of Agrarian Development", "for the Promotion and Protection of Human
// Rights". In Romance languages adjectives come first: "Tribunal Supremo".
func (f *Finder) rightWords(s Sentence, end int, e *entry) int {
	if e.lang != "en" && e.lang != "de" && e.side&sideAfter != 0 {
		for end < s.Last && f.nameWord(end, s) && !f.is(end, isTitle|isDemonym|isBodyHead) {
			end++
		}
	}
	for k := end; k < s.Last; {
		t := f.d.Tokens[k]
		if !complement[t.Lower] || f.d.Tokens[k].Shape != Lower || t.Lower == hTo && !f.is(k-1, isBodyHead) && !f.inBodyHead(k-1) && (e.subtype != "ngo" || k+1 < s.Last && articles[f.d.Tokens[k+1].Lower]) || t.Lower == hOn && !f.is(k-1, isBodyHead) && !f.at(k-1, hOrganization) && !f.inBodyHead(k-1) {
			break
		}
		j := k + 1
		for j < s.Last && articles[f.d.Tokens[j].Lower] {
			j++
		}
		if j >= s.Last || !f.nameWord(j, s) || f.d.Tokens[j].Shape == Caps && !f.is(j, inCaps) {
			break
		}
		if t.Lower == hTo && !f.is(j, isCommon) {
			break // "the nomination by the Council to Ana Lobo"
		}
		if j > k+1 && f.at(k, hOf) && (f.is(j, isBodyHead) || f.at(j, hPresidency)) {
			break // "Canine Unit of the Ministry of Public Security" are two
		}
		// people and titles are no complement: "Office of President Lula" stops before it
		if f.is(j, isTitle) && j+1 < s.Last && f.is(j+1, isForename|isSurname) && f.is(j+1, isCap) {
			break
		}
		e := f.complementEnd(j, s)
		if e == j {
			break
		}
		end, k = e, e
	}
	return end
}

var (
	hTo         = foldHash("to")
	hPresidency = foldHash("presidency")
	hOn         = foldHash("on")
	hSenior     = foldHash("senior")
	hServices   = foldHash("services")
	hMinistry   = foldHash("ministry")
)

// complementEnd returns the end of the capitalised words from j on, across
// small words, commas and "and" as long as they do not lead into another name.
func (f *Finder) complementEnd(j int, s Sentence) int {
	end, list := j, false
	for k := j; k < s.Last; {
		switch t := f.d.Tokens[k]; {
		case k > j && f.column(k):
			return end
		case f.nameWord(k, s):
			if k > j && !f.at(j-1, hThe) && f.is(k-1, isCap) && (chiefs[f.d.Tokens[k].Lower] && !f.is(k-1, isTitle) || f.at(k, hSenior) || t.Shape == Caps && f.is(k, isTitle)) && !f.titled(j, k) {
				return end // "Ministry of Culture Director General", "Council of Ministers VP"
			}
			if k > j && f.is(k, isBodyHead) && f.at(k-1, hAnd) && !f.at(k, hServices) || f.at(k-1, hAnd) && f.is(k, isForename) && !f.is(k, isCommon) || k > j && f.personAfter(k, s) {
				return end // "Ministry of Justice and Court of Appeals"
			}
			k++
			end = k
		case k > j && f.at(k, hDepartment) && f.is(k, isCap) && f.is(k-1, isCap) && !f.at(k+1, hOf) && f.words[k].mention < 0:
			k++ // "Bureau of the Harbor Police Department"
			end = k
		case t.Hash == hDash && f.touches(k) && k+1 < s.Last && f.touches(k+1) && f.d.Tokens[k+1].Shape >= Lower && !f.participle(k+1, s):
			k += 2
			end = k
		case possessiveWords[t.Lower] && k+1 < s.Last && f.nameWord(k+1, s) && (possessors[f.d.Tokens[k-1].Lower] || f.is(k-1, isTitle)):
			k++
		case t.Hash == hComma && f.listGoesOn(k, s):
			list = true
			k++
		case t.Hash == hComma && list && f.at(k+1, hAnd):
			k++
		case binders[t.Lower] && t.Shape == Lower || t.Hash == hAmp:
			n := k + 1
			for n < s.Last && (articles[f.d.Tokens[n].Lower] && f.d.Tokens[n].Shape == Lower || complement[f.d.Tokens[n].Lower] && f.d.Tokens[n].Shape == Lower) {
				n++
			}
			if n >= s.Last || !f.nameWord(n, s) || n-k > 3 {
				return end
			}
			if e, c := f.country(n); f.at(k, hAnd) && (e != nil && n+c < s.Last && possessiveWords[f.d.Tokens[n+c].Lower] || f.otherName(n, s) || f.at(n-1, hThe) && !list && !f.at(n+1, hAffairs) && !withArticle[f.d.Tokens[n].Lower]) || f.at(k, hIn) && f.isPlace(n) || f.is(n, isTitle) && !f.is(n, isBodyHead) && f.at(k, hAnd) {
				return end
			}
			k = n
		default:
			return end
		}
	}
	return end
}

// personAfter reports whether the full name of a person starts at token k, behind
// an everyday word or a place of the name before: "Office of Central Asia Ana Prado".
func (f *Finder) personAfter(k int, s Sentence) bool {
	if !f.is(k, isForename) || f.is(k, isCommon) || f.isPlace(k) || !f.is(k-1, isCap) || placeOpeners[f.d.Tokens[k-1].Lower] || !f.is(k-1, isCommon) && !f.isPlace(k-1) || k+1 >= s.Last {
		return false
	}
	return f.is(k+1, isSurname) && f.is(k+1, isCap) && !f.is(k+1, isCommon) || f.is(k+1, isParticle) && f.d.Tokens[k+1].Shape == Lower
}

// participle reports whether the word behind a hyphen at k makes an adjective of
// the name before it that leads out of it: "Ministry of Health-run hospitals".
func (f *Finder) participle(k int, s Sentence) bool {
	return f.d.Tokens[k].Shape == Lower && (compounds[f.d.Tokens[k].Lower] || verbish(f.d.Word(k))) && !f.nameWord(k+1, s)
}

// withArticle are regions that a name has with their article: "Harbors of Latin
// America and the Caribbean".
var withArticle = wordSet("balkans\ncaribbean\npacific")

// compounds make an adjective of the name before their hyphen: "MFA-equivalent".
var compounds = wordSet("equivalent\nled\nlevel\nrun\nstyle\nwide")

// chiefs are titles of people that stand behind the name of their body.
var chiefs = wordSet("adviser\nadvisor\nchairman\nchief\ndeputy\ndirector\nminister\nofficial\nofficials\nrepresentative\nspokesman\nspokesperson")

// titled reports whether a title that starts at token j takes in token k:
// "Office of the Prime Minister".
func (f *Finder) titled(j, k int) bool {
	e, n := f.longestOf(j, func(e *entry) bool { return e.class == classTitle })
	return e != nil && j+n > k
}

// listGoesOn reports whether the comma at k is inside a list that "and" and a
// capitalised word close: "Ministry of Health, Labor and Welfare".
func (f *Finder) listGoesOn(k int, s Sentence) bool {
	for items := 0; items < maxItems; items++ {
		n := f.listItem(k, s)
		if n < 0 {
			return false
		}
		if n < s.Last && f.d.Tokens[n].Hash == hComma && !f.at(n+1, hAnd) {
			k = n
			continue
		}
		if n < s.Last && f.d.Tokens[n].Hash == hComma {
			n++
		}
		if f.at(n, hAnd) && f.at(n+1, hThe) {
			n++
		}
		return (f.at(n, hAnd) || f.at(n, hThe)) && n+1 < s.Last && f.nameWord(n+1, s) && !f.otherName(n+1, s) && !f.is(n+1, isBodyHead|isTitle)
	}
	return false
}

// maxItems is the number of topics that a ministry may have.
const maxItems = 6

// listItem returns the end of the capitalised words behind the comma at k, or
// -1 where they are another name.
func (f *Finder) listItem(k int, s Sentence) int {
	n := k + 1
	if n >= s.Last || !f.nameWord(n, s) || f.is(n, isBodyHead|isOrgHead|isTitle|isForename|isSurname) || f.otherName(n, s) {
		return -1
	}
	for n < s.Last && n-k < 8 && f.nameWord(n, s) {
		n++
	}
	return n
}

// otherName reports whether another entity starts at token n.
func (f *Finder) otherName(n int, s Sentence) bool {
	if f.words[n].mention >= 0 {
		return true
	}
	if e, _ := f.longestOf(n, func(e *entry) bool {
		return e.class == className && e.needs == 0 || e.class == classGovernment
	}); e != nil {
		return true
	}
	return f.is(n, isDemonym) || f.is(n, isBodyHead) && !f.at(n, hServices) || f.d.Tokens[n].Shape == Caps
}

// owner returns the country that a name at [first, last) is said to belong to.
func (f *Finder) owner(first, last int, s Sentence) string {
	for k := first; k < last; k++ {
		if f.is(k, isDemonym) {
			if _, iso := f.demonym(k); iso != "" {
				return iso
			}
		}
		if e, _ := f.country(k); e != nil {
			return e.country
		}
	}
	k := first
	if k > s.First && possessiveWords[f.d.Tokens[k-1].Lower] {
		if e, _ := f.countryBefore(k-1, s.First); e != nil {
			return e.country
		}
	}
	if k > s.First && f.is(k-1, isDemonym) {
		_, iso := f.demonym(k - 1)
		return iso
	}
	if e, _ := f.countryBefore(k, s.First); e != nil {
		return e.country
	}
	return ""
}
