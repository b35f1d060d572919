package entity

import (
	"cablegraph/vocab"
)

// bodies finds public bodies and other organizations by their head noun:
// "Ministry of Agrarian Development", "Crimes Against Women and Trafficking in
// Persons Unit", "Ciudad Juarez municipal police".
func (f *Finder) bodies(name string) { f.headed(name, isBodyHead) }

// organizations does the same for parties, companies and associations.
func (f *Finder) organizations(name string) { f.headed(name, isOrgHead) }

func (f *Finder) headed(name string, head flags) {
	for s := range f.prose {
		for i := s.First; i < s.Last; i++ {
			if f.words[i].mention >= 0 {
				continue
			}
			e, n := f.head(i, head)
			if e == nil || n > 1 && f.is(i, isCap) && !f.is(i+n-1, isCap) {
				continue // "Security forces" at the start of a sentence
			}
			if _, t := f.longestOf(i, func(e *entry) bool { return e.class == classTitle }); t >= n && (f.is(i, isCap) || f.placeBefore(i, s.First) == i) {
				continue // "Chief of Staff", "Attorney General"
			}
			if posts[f.d.Tokens[i+n-1].Lower] && f.is(i, isCap) && !f.is(i, inCaps) && i+n < s.Last && f.isPlace(i+n) {
				k := i + n
				for _, h := range f.knows(k) {
					if h.class == className && (h.kind == vocab.Place || h.kind == vocab.State) {
						first := f.leftWords(s, i)
						if first == i && i > s.First && usWords[f.d.Tokens[i-1].Lower] {
							first--
						}
						f.mark(first, int(h.last), Mention{Kind: vocab.Agency, Subtype: "post", Country: f.owner(first, int(h.last), s), Rule: name})
						break
					}
				}
				continue
			}
			if n == 1 && f.is(i, isSurname) && i > s.First && f.is(i-1, isForename) && !f.is(i, isCommon) || n > 1 && genericHeads[f.d.Tokens[i].Lower] && f.leftWords(s, i) == i && !f.at(i+n, hOf) && !f.at(i+n, hOn) {
				continue // "Jorge Cortes"; "the Consulate General"
			}
			if head == isOrgHead && (f.inBodyHead(i) || f.field(i, s) || n == 1 && f.leftWords(s, i) == i-1 && f.is(i-2, isTitle) && f.is(i, isCommon|isSurname) && e.subtype == "criminal") {
				continue // "Working Group"; "renewable energy"; "spokesman Lin Gang"
			}
			if f.goesOn(s, i+n, n, head) || f.at(i, hAdministration) && !f.at(i+n, hOf) && f.named(i, s) {
				continue
			}
			first, last := f.extent(s, i, i+n, e)
			if first >= 0 && posts[f.d.Tokens[i].Lower] {
				last = f.seat(last, s)
			}
			if first < 0 || f.isWholePlace(first, last) {
				continue
			}
			m := Mention{Kind: e.kind, Subtype: e.subtype, Rule: name}
			m.Country = f.owner(first, last, s)
			if g, n := f.longestOf(first, func(e *entry) bool { return e.kind == m.Kind && e.class == className && f.fits(e, m.Country) }); g != nil && first+n == last {
				m.fill(g)
			} else if m.Kind == vocab.Agency && m.Country == "US" && m.Subtype == "gov" {
				m.Subtype = "us-gov"
			}
			if m.Kind == vocab.Organization && f.international(first, last) {
				m.Kind, m.Subtype = vocab.Agency, "io"
			}
			if f.mark(first, last, m) {
				i = last - 1
			}
		}
	}
}

// seat returns the end of the city behind a diplomatic post that ends at token
// i: "the Peruvian Embassy in Quito".
func (f *Finder) seat(i int, s Sentence) int {
	if i+1 >= s.Last || !f.at(i, hIn) || f.is(i+1, inCaps) {
		return i
	}
	e, n := f.longestOf(i+1, func(e *entry) bool {
		return e.class == className && (e.kind == vocab.Place || e.kind == vocab.State && !e.isCountry())
	})
	if c, _ := f.country(i + 1); c != nil || e == nil || !f.free(i+1, i+1+n) {
		return i
	}
	return i + 1 + n
}

// inBodyHead reports whether the word before token i makes a public body of it:
// "Steering Group".
func (f *Finder) inBodyHead(i int) bool {
	if i == 0 {
		return false
	}
	e, n := f.head(i-1, isBodyHead)
	return e != nil && n > 1
}

// field reports whether the head noun at i, which may close the name of a
// company, is a line of business here: "Extractive Industries".
func (f *Finder) field(i int, s Sentence) bool {
	if !fieldHeads[f.d.Tokens[i].Lower] {
		return false
	}
	left := f.leftWords(s, i)
	if f.at(i, hPress) && left == i-1 && f.officeSymbol(left) {
		return true // "the MFA press briefing"
	}
	for k := left; k < i; k++ {
		if t := f.d.Tokens[k]; !fields[t.Lower] && t.Shape != Punct && !f.is(k, isFunction) {
			return false
		}
	}
	return left < i
}

var hPress = foldHash("press")

var (
	fields     = words("fields")
	fieldHeads = words("field-heads")
)

// international reports whether the name is that of an organization of states.
func (f *Finder) international(first, last int) bool {
	for k := first; k < last; k++ {
		if f.at(k, hOrganization) || f.at(k, hOrganisation) {
			for n := first; n < last; n++ {
				if internationals[f.d.Tokens[n].Lower] {
					return true
				}
			}
		}
	}
	return false
}

var (
	hOrganization  = foldHash("organization")
	hOrganisation  = foldHash("organisation")
	internationals = words("internationals")
)

// named reports whether the administration at i is called after a person: "Bush
// Administration".
func (f *Finder) named(i int, s Sentence) bool {
	return i > s.First && (f.is(i-1, isSurname) || !f.is(i-1, isCommon|isDemonym) && !f.isPlace(i-1))
}

// goesOn reports whether a longer name goes on at token i, behind a head noun of
// n words: "Inter-Agency Commission", "Customs Enforcement Agency", "Special Watch List".
func (f *Finder) goesOn(s Sentence, i, n int, head flags) bool {
	if !f.nameWord(i, s) || f.is(i, inCaps) || f.d.Tokens[i].Shape != Capital {
		return false
	}
	for k := i; k < i+3 && f.nameWord(k, s) && f.d.Tokens[k].Shape == Capital && !f.is(k, isTitle|isDemonym); k++ {
		if e, _ := f.head(k, isBodyHead); e != nil {
			return k == i || n == 1 && head == isBodyHead && !aloneHeads[f.d.Tokens[i-1].Lower]
		}
	}
	return head == isOrgHead && f.is(i, isCommon|isPlaceHead) && !f.is(i, isTitle|isSurname|isForename)
}

// isWholePlace reports whether [first, last) is the name of a place or state.
func (f *Finder) isWholePlace(first, last int) bool {
	e, n := f.longestOf(first, func(e *entry) bool {
		return e.class == className && (e.kind == vocab.Place || e.kind == vocab.State)
	})
	return e != nil && first+n == last
}

// extent returns the tokens of the body whose head noun is [i, end), or -1.
func (f *Finder) extent(s Sentence, i, end int, e *entry) (first, last int) {
	if f.is(i, inCaps) {
		return f.capsExtent(s, i, end)
	}
	capital := f.is(i, isCap)
	// to the left: capitalised words that touch the head
	left := f.leftWords(s, i)
	last = end
	own := i - left // words before the head
	if own == 2 && f.d.Tokens[i-1].Hash == hDash && prefixes[f.d.Tokens[left].Lower] {
		own = 0 // "Sub-Committee"
	}
	if e.side == sideBefore && own == 0 && capital && e.kind == vocab.Organization {
		return -1, 0 // "As for …" is no Danish company
	}
	if capital && e.side != sideBefore && !(own == 0 && aloneHeads[f.d.Tokens[i].Lower] && !f.ofPlace(end, s)) {
		last = f.rightWords(s, end, e)
	}
	// the nationality or owner before the words
	from := left
	national := false
	if from > s.First && f.is(from-1, isDemonym) && f.is(from-1, isCap) && f.words[from-1].mention < 0 {
		national = true
	}
	switch {
	case !capital && interagency(f, i, s) >= 0:
		return interagency(f, i, s), end
	case !capital:
		// "federal police", "Ciudad Juarez municipal police", "Brazilian army", "Mexico's supreme court"
		j := left
		for j > s.First && lowerModifiers[f.d.Tokens[j-1].Lower] {
			j--
		}
		if !lowerHeads[f.d.Tokens[i].Lower] {
			return -1, 0
		}
		place := j
		if k := f.placeBefore(j, s.First); k < j {
			place = k
		}
		switch {
		case f.indefinite(place, s) && !f.is(place, isCap):
			return -1, 0
		case place < j:
			return place, end
		case j > s.First && f.is(j-1, isDemonym) && f.indefinite(f.demonymStart(j-1), s):
			return -1, 0 // "an Egyptian court"
		case j > s.First && f.is(j-1, isDemonym):
			return f.demonymStart(j - 1), end
		case j < left && f.nationalPolice(j, i):
			return j, end
		case own > 0 && f.isWholePlace(left, i):
			return left, end
		case own > 0 && !f.is(left, isFirst) && (!f.at(i, hOffice) || possessiveWords[f.d.Tokens[i-1].Lower]):
			return left, end
		}
		return -1, 0
	case own == 0 && last == i+1:
		// the head alone: "the Senate", "Mexican Congress", "U.S. Embassy", "Mexico City's Embassy"
		if national {
			return f.demonymStart(from - 1), last
		}
		if c, k := f.countryBefore(from, s.First); c != nil && (c.country == "US" || c.country == "GB") {
			return k, last
		}
		if i > s.First && f.d.Tokens[i-1].Hash == hDash && f.touches(i) {
			return -1, 0 // "anti-Mafia"
		}
		if !aloneHeads[f.d.Tokens[i].Lower] && !(parties[f.d.Tokens[i].Lower] && i > s.First && (partyQualifiers[f.d.Tokens[i-1].Lower] || f.at(i-1, hAnd) && f.kindOf(i-2) == vocab.Organization)) {
			return -1, 0
		}
		return i, last
	}
	// a demonym that the name begins with stays outside: "Argentine Chamber of Deputies"
	return left, last
}

// lowerHeads are head nouns that cables also write small: "Mexican army".
// aloneHeads name the one body of a country without further words.
var (
	lowerHeads = words("lower-heads")
	aloneHeads = words("alone-heads")
)

// lowerModifiers stand before the lower-case head of a body.
var lowerModifiers = words("lower-modifiers")

// interagency returns the first token of an inter-agency committee whose head
// is token i, "interagency anti-trafficking commission", or -1.
func interagency(f *Finder, i int, s Sentence) int {
	if !committees[f.d.Tokens[i].Lower] {
		return -1
	}
	for k := i - 1; k >= s.First && i-k < 7; k-- {
		t := f.d.Tokens[k]
		switch {
		case t.Lower == hInteragency || t.Lower == hInterministerial:
			return k
		case t.Lower == hInter && f.d.Tokens[k+1].Hash == hDash:
			return k
		case t.Shape == Lower && !f.is(k, isFunction) || t.Hash == hDash || t.Shape == Capital || t.Shape == Caps:
		default:
			return -1
		}
	}
	return -1
}

var (
	committees        = wordSet("committee\ncommission\nworking\ntaskforce\ncouncil")
	hInteragency      = foldHash("interagency")
	hInterministerial = foldHash("interministerial")
	hInter            = foldHash("inter")
	hOffice           = foldHash("office")
	hAdministration   = foldHash("administration")
)

// posts are followed by the city that they stand in: "Embassy Manama".
var posts = words("posts")

// parties are what the members of parties of one creed are called everywhere.
var (
	parties         = words("parties")
	partyQualifiers = words("party-qualifiers")
)

// genericHeads open heads of two words that name no body alone.
var genericHeads = wordSet("consulate\nworking\nsecurity\ntask\nsteering\nnegotiating\nexperts\nexpert\nstudy\nplanning")

// prefixes make no name of the head behind their hyphen.
var prefixes = wordSet("sub\nvice\nco\ninter\nnon")

// ofPlace reports whether "of" and a place follow at i.
func (f *Finder) ofPlace(i int, s Sentence) bool {
	if i+1 >= s.Last || !f.at(i, hOf) {
		return false
	}
	return f.isPlace(i+1) || f.at(i+1, hThe) && i+2 < s.Last && f.isPlace(i+2)
}

// indefinite reports whether "a" or "an" stands before the body whose modifiers start at j.
func (f *Finder) indefinite(j int, s Sentence) bool {
	return j > s.First && (f.at(j-1, hA) || f.at(j-1, hAn))
}

// nationalPolice reports whether [first, head] is a body that a country has one of: "federal police".
func (f *Finder) nationalPolice(first, head int) bool {
	return head-first == 1 && nationalModifiers[f.d.Tokens[first].Lower] && nationalHeads[f.d.Tokens[head].Lower]
}

var (
	nationalModifiers = wordSet("federal\nnational\nsupreme\nconstitutional")
	nationalHeads     = wordSet("police\ncourt\nassembly\ngendarmerie")
)

// capsExtent is extent in a sentence of capitals: the words around the head
// noun that are neither everyday words nor other names.
func (f *Finder) capsExtent(s Sentence, i, end int) (first, last int) {
	first, last = i, end
	for k := end; k+1 < s.Last && complement[f.d.Tokens[k].Lower] && f.at(k, hOf); {
		n := k + 1
		if f.at(n, hThe) {
			n++
		}
		if n >= s.Last || f.d.Tokens[n].Shape == Punct || f.is(n, isFunction) {
			break
		}
		last = n + 1
		k = last
		if f.at(k, hAnd) && k+1 < s.Last && !f.is(k+1, isFunction) && !f.otherName(k+1, s) {
			last = k + 2
			k = last
		}
	}
	for first > s.First && f.d.Tokens[first-1].Shape >= Initial && capsModifiers[f.d.Tokens[first-1].Lower] && f.words[first-1].mention < 0 {
		first--
	}
	if last-first == 1 {
		if first > s.First && f.is(first-1, isDemonym) {
			return f.demonymStart(first - 1), last
		}
		return -1, 0
	}
	return first, last
}

// capsModifiers may open the name of a body in a sentence of capitals.
var capsModifiers = words("caps-modifiers")
