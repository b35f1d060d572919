package entity

import (
	"strings"

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
			if f.is(i, isBound) || f.insidePlace(i, i+n, s) || f.at(i, hPost) && i > s.First && (f.isCountryEnd(i-1, s.First) || f.d.Tokens[i-1].Shape == Caps) || f.inPlaceHead(i, i+n, s) {
				continue // "Central American"; "Central Asia"; "in Mexico Post will …"
			}
			if head == isOrgHead && (f.inBodyHead(i) || f.field(i, s) || n == 1 && i-2 >= s.First && f.leftWords(s, i) == i-1 && f.is(i-2, isTitle) && f.is(i, isCommon|isSurname) && e.subtype == "criminal") {
				continue // "Working Group"; "renewable energy"; "spokesman Lin Gang"
			}
			if f.goesOn(s, i+n, n, head) || f.at(i, hAdministration) && !f.at(i+n, hOf) && f.named(i, s) {
				continue
			}
			first, last := f.extent(s, i, i+n, e)
			if first < 0 || f.isWholePlace(first, last) {
				continue
			}
			m := Mention{Kind: e.kind, Subtype: e.subtype, Rule: name}
			first = f.faith(first, s)
			f.sector(&m, e, first, i, last, s)
			first = f.nationality(m.Kind, e, first, i, last, s)
			m.Country = f.owner(first, last, s)
			if g, n := f.longestOf(first, func(e *entry) bool { return e.kind == m.Kind && e.class == className && f.fits(e, m.Country) }); g != nil && first+n == last {
				m.fill(g)
			} else if m.Kind == vocab.Agency && m.Country == "US" && m.Subtype == "gov" {
				m.Subtype = "us-gov"
			}
			if missions[f.d.Tokens[i].Lower] {
				last = f.inPlace(last, s)
			}
			if f.extend(first, i, last, s) || f.mark(first, last, m) {
				i = last - 1
			}
		}
	}
}

// extend makes the office at [first, last) one with the body of the United
// States or of states before it, without which it has no name: "DEA Country
// Office", "UN Harbor Team".
func (f *Finder) extend(first, i, last int, s Sentence) bool {
	k := first - 1
	if k < s.First || !f.is(i, isCap) || f.words[k].mention < 0 || !f.touchesWord(first) || !branches[f.d.Tokens[i].Lower] && !f.at(first, hAffairs) {
		return false
	}
	m := &f.d.Mentions[f.words[k].mention]
	if m.Rule != "agency.gazetteer" || f.d.Tokens[m.First].Shape != Caps || strings.Contains(f.d.Word(m.First), ".") || m.Kind != vocab.Agency || m.Country != "US" && m.Subtype != "io" || !f.free(first, last) {
		return false
	}
	for n := first; n < last; n++ {
		f.words[n].mention = f.words[k].mention
	}
	m.Last, m.Rule, m.Score, m.Key = last, "agency.head", ruleScores()["agency.head"], ""
	m.Text = squeeze(f.d.Text(m.First, last))
	m.Norm = m.Text
	f.trace.marks(f, m.First, last, m, true)
	return true
}

// touchesWord reports whether only blanks stand between token i and the word before it.
func (f *Finder) touchesWord(i int) bool { return i > 0 && f.d.Tokens[i-1].Shape != Punct }

// branches are head nouns of offices that are called after the body that they are of.
var branches = wordSet("mission\noffice\noperation\nteam")

// inPlace returns the end of the city that a post stands in, "Embassy of Japan
// in Lima", or last.
func (f *Finder) inPlace(last int, s Sentence) int {
	if last+1 < s.Last && f.at(last, hIn) && f.isPlace(last+1) {
		for _, h := range f.knows(last + 1) {
			if h.class == className && (h.kind == vocab.Place || h.kind == vocab.State && !h.isCountry()) {
				return int(h.last)
			}
		}
	}
	return last
}

// inPlaceHead reports whether the head noun [i, end) is one of a body only by
// itself: "Detention Center", "Air Force Base".
func (f *Finder) inPlaceHead(i, end int, s Sentence) bool {
	if i > s.First {
		if e, n := f.head(i-1, isPlaceHead); e != nil && i-1+n >= end {
			return true
		}
	}
	return end < s.Last && f.at(end, hBase) && f.is(end, isCap)
}

// insidePlace reports whether a longer name of a place starts with the head
// noun [i, end).
func (f *Finder) insidePlace(i, end int, s Sentence) bool {
	e, n := f.longestOf(i, func(e *entry) bool {
		return e.class == className && (e.kind == vocab.Place || e.kind == vocab.State)
	})
	return e != nil && i+n > end && e.needs == 0
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
	if i < s.Last && f.at(i, hDepartment) && f.d.Tokens[i].Shape == Capital && !f.at(i+1, hOf) && !f.at(i-1, hMinistry) {
		return true // "Harbor Services Department"
	}
	if i < s.Last && f.at(i-1, hServices) && f.is(i, isOrgHead) && f.is(i, isCap) {
		return true // "Harbor Services Company"
	}
	if !f.nameWord(i, s) || f.is(i, inCaps) || f.d.Tokens[i].Shape != Capital && f.d.Tokens[i].Shape != f.d.Tokens[i-1].Shape {
		return false
	}
	for k := i; k < i+3 && f.nameWord(k, s) && f.d.Tokens[k].Shape == Capital && !f.is(k, isTitle|isDemonym); k++ {
		if e, _ := f.head(k, isBodyHead); e != nil {
			return k == i || n == 1 && head == isBodyHead && (!aloneHeads[f.d.Tokens[i-1].Lower] || committees[f.d.Tokens[k].Lower])
		}
	}
	if chambers[f.d.Tokens[i-1].Lower] && n == 1 {
		for k := i; k < min(i+8, s.Last) && (f.nameWord(k, s) || f.at(k, hAnd)); k++ {
			if committees[f.d.Tokens[k].Lower] && f.is(k, isCap) {
				return true // "Senate Trade and Labor Committee"
			}
		}
	}
	if head == isBodyHead && f.at(i, hDay) {
		return true // "Armed Forces Day"
	}
	if e, _ := f.longestOf(i, func(e *entry) bool { return e.class == classTitle }); e != nil {
		return false // "Leeds University Vice President"
	}
	return head == isOrgHead && f.is(i, isCommon|isPlaceHead) && !f.is(i, isTitle|isSurname|isForename)
}

var hDay = foldHash("day")

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
		return f.capsExtent(s, i, end, e)
	}
	capital := f.is(i, isCap)
	// to the left: capitalised words that touch the head
	left := f.leftWords(s, i)
	last = end
	if e.lang != "en" && capital && left < i {
		if articles[f.d.Tokens[left].Lower] {
			left++ // "La Direccion"
		}
		if f.hasForename(left, i) {
			return -1, 0 // "Ana Garde"
		}
	}
	own := i - left // words before the head
	if own == 2 && f.d.Tokens[i-1].Hash == hDash && prefixes[f.d.Tokens[left].Lower] {
		own = 0 // "Sub-Committee"
	}
	if e.side == sideBefore && own == 0 && capital && e.kind == vocab.Organization {
		return -1, 0 // "As for …" is no Danish company
	}
	if e.side == sideAfter && own > 0 && capital && (e.kind == vocab.Organization && e.lang == "en" || e.lang != "en" && f.is(i, isCommon)) {
		return -1, 0 // "Harbor Forum" is an event, "Forum for Harbors" a body
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
		case f.at(i, hCourt) && f.at(i+1, hSystem):
			return -1, 0
		case f.at(i, hCourt) && j == left && own > 0 && f.isCountryEnd(i-1, left):
			return -1, 0 // "a decision of the U.S. court"
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
	return left, last
}

// faith returns the first token of the body at first with the region or faith
// before it, which is part of any name: "Central American Harbor Commission".
func (f *Finder) faith(first int, s Sentence) int {
	if d := f.demonymBefore(first, s); d >= 0 {
		if _, iso := f.demonym(d); iso == "" {
			return f.demonymStart(d)
		}
	}
	return first
}

// demonymBefore returns the last token of the demonym before the name at first, or -1.
func (f *Finder) demonymBefore(first int, s Sentence) int {
	d := first - 1
	if d < s.First || !f.is(first, isCap) || !f.is(d, isDemonym) || !f.is(d, isCap) || f.words[d].mention >= 0 {
		return -1
	}
	return d
}

// nationality returns the first token of the body [first, last) with head noun e
// at i, and with the nationality before it where that is part of its name: of
// organizations ("Turkish Bar Association"), of institutes, and of what has no
// other word ("Turkish Air Force"). That of another public body stays outside:
// "Argentine Chamber of Deputies".
func (f *Finder) nationality(k vocab.Kind, e *entry, first, i, last int, s Sentence) int {
	d := f.demonymBefore(first, s)
	if d < 0 || f.at(first, hNational) {
		return first
	}
	head := f.d.Tokens[i].Lower
	switch {
	case k == vocab.Organization && f.plain(first, i):
	case institutes[head] && !f.is(first, isDemonym):
	case first == i && (i+int(e.tokens) == last && services[e.name] || head == hAgency && last > i+1):
	default:
		return first
	}
	return f.demonymStart(d)
}

// plain reports whether the words of [first, last) are everyday words, faiths or regions.
func (f *Finder) plain(first, last int) bool {
	for k := first; k < last; k++ {
		if f.is(k, isCap) && !f.is(k, isCommon|isDemonym) {
			return false
		}
	}
	return true
}

var (
	institutes = wordSet("center\ncentre\ninstitute\ninstitution")
	// services are armed forces, by their head nouns of several words.
	services = map[string]bool{"air force": true, "armed forces": true, "coast guard": true, "defence force": true, "defense force": true, "defense forces": true, "general staff": true, "marine corps": true}
	hAgency  = foldHash("agency")
)

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
	hPost             = foldHash("post")
	hBase             = foldHash("base")
	hCourt            = foldHash("court")
	hSystem           = foldHash("system")
	hAffairs          = foldHash("affairs")
)

// posts are followed by the city that they stand in: "Embassy Manama".
var posts = words("posts")

// missions are named with the place that they stand in.
var missions = wordSet("consulate\nembassy\nmission")

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
func (f *Finder) capsExtent(s Sentence, i, end int, e *entry) (first, last int) {
	first, last = i, end
	for k := end; e.side != sideBefore && k+1 < s.Last && complement[f.d.Tokens[k].Lower] && f.at(k, hOf); {
		n := k + 1
		if f.at(n, hThe) {
			n++
		}
		if n >= s.Last || f.d.Tokens[n].Shape < Lower || f.is(n, isFunction) {
			break
		}
		last = n + 1
		if topicAdjectives[f.d.Tokens[n].Lower] && last < s.Last && f.d.Tokens[last].Shape >= Initial && !f.is(last, isFunction) {
			last++ // "MINISTRY OF FOREIGN RELATIONS"
		}
		if _, c := f.country(n); c > 1 { // "EMBASSY OF THE UNITED STATES"
			last = n + c
		}
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

// topicAdjectives open the topic of a body, which does not end with them.
var topicAdjectives = wordSet("agrarian\narmed\ncivil\nforeign\nhuman\ninternal\ninternational\nnational\npublic\nsocial")

// capsModifiers may open the name of a body in a sentence of capitals.
var capsModifiers = words("caps-modifiers")
