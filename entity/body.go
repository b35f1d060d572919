package entity

import (
	"strings"

	"cablegraph/vocab"
)

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
	complement = wordSet("of\nfor\non\nagainst\nde\ndel\ndo\nda\ndes\ndu\npara\npour\nfür\ncontra\nto")
	// binders stand between capitalised words of a complement.
	binders  = wordSet("and\nof\nthe\nfor\n&\nde\ndel\nla\nlas\nlos\ny\ne\na\ndo\nda\ndos\ndas\net\nles\nle\ndu\ndes\nund\nder\nin\nagainst\non\ncontra\npara\nel")
	articles = wordSet("the\nla\nlas\nlos\nel\nle\nles\no\nos\na\nas\nl'\nder\ndie\ndas")
)

// governments finds the governments of countries and their acronyms: "GOM",
// "Government of Mexico", "the Mexican government", "Mexico's federal government".
func (f *Finder) governments(name string) {
	for s := range f.prose {
		for i := s.First; i < s.Last; i++ {
			if f.words[i].mention >= 0 {
				continue
			}
			if e, n := f.longestOf(i, func(e *entry) bool {
				return e.class == classGovernment && f.governs(e) && !(f.is(i, inCaps) && !strings.Contains(e.country, f.home))
			}); e != nil {
				iso := e.country
				if len(iso) != 2 {
					iso = f.home
				}
				f.markGovernment(i, i+n, countryKey(iso), iso, name)
				i += n - 1
				continue
			}
			if f.governmentAcronym(i) {
				f.markGovernment(i, i+1, countryKey(f.home), f.home, name)
				continue
			}
			if !governmentWords[f.d.Tokens[i].Lower] {
				continue
			}
			// "Government of (the Republic of) Mexico"
			if f.is(i, isCap) && i+2 < s.Last && f.at(i+1, hOf) {
				j := i + 2
				if f.at(j, hThe) {
					j++
				}
				if e, n := f.country(j); e != nil && j < s.Last {
					f.markGovernment(i, j+n, e.key, e.country, name)
					i = j + n - 1
					continue
				}
			}
			if f.at(i+1, hOf) {
				continue
			}
			// "the Mexican (federal) government", "Mexico's federal government", "the U.S. Government"
			j := i
			for j > s.First && governmentAdjectives[f.d.Tokens[j-1].Lower] {
				j--
			}
			if j > s.First && f.is(j-1, isDemonym) {
				if key, iso := f.demonym(j - 1); key != "" {
					f.markGovernment(f.demonymStart(j-1), i+1, key, iso, name)
				}
				continue
			}
			k := j
			if k > s.First && possessiveWords[f.d.Tokens[k-1].Lower] {
				k--
			}
			if e, from := f.countryBefore(k, s.First); e != nil && (k < j || e.country == "US" || e.country == "GB" || e.country == "AE") {
				f.markGovernment(from, i+1, e.key, e.country, name)
			} else if e, from := f.stateBefore(k, s.First); e != nil && k == i {
				f.mark(from, i+1, Mention{Kind: vocab.Agency, Subtype: "gov", Country: e.country, Norm: "Government of " + e.norm, Rule: name, Score: 0.8})
			}
		}
	}
}

// governmentAcronym reports whether token i is "Go" and the first letters of the
// post's country, as cables abbreviate its government: "GoNL", "GOTT".
func (f *Finder) governmentAcronym(i int) bool {
	w := f.d.Word(i)
	if f.home == "" || len(w) < 3 || len(w) > 5 || w[0] != 'G' || w[1] != 'o' && w[1] != 'O' || f.is(i, inCaps|isNoise) {
		return false
	}
	for k := 2; k < len(w); k++ {
		if byteClass[w[k]] != byteUpper {
			return false
		}
	}
	country := countryKey(f.home)
	return w[2:] == f.home || len(country) > 6 && len(w) == 3 && w[2] == country[6]-'a'+'A'
}

var (
	governmentWords      = wordSet("government\ngovernments\ngovt\ngovt.\nadministration")
	governmentAdjectives = wordSet("federal\ncentral\nnational\ntransitional\ninterim\nprovisional\nstate")
)

func (f *Finder) markGovernment(first, last int, key, iso, name string) {
	if f.d.Tokens[last-1].Lower == hGovernments {
		return
	}
	m := Mention{Kind: vocab.Agency, Subtype: "gov", Country: iso, Rule: name, Score: 0.95}
	if iso == "US" {
		m.Subtype = "us-gov"
	}
	m.Key = governmentKey(key)
	f.mark(first, last, m)
}

var hGovernments = foldHash("governments")

// governmentKey returns the identity of the government of the country with the given key.
func governmentKey(state string) string {
	if state == "state:united-states" {
		return "agency:usg"
	}
	if len(state) > len("state:") {
		return "agency:government-of-" + state[len("state:"):]
	}
	return ""
}

// governs reports whether a government's acronym that several countries share
// is that of this cable's post, or has one meaning only.
func (f *Finder) governs(e *entry) bool {
	return len(e.country) == 2 || f.home != "" && strings.Contains(e.country, f.home)
}

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
			if e == nil || !f.looksLikeName(i, i+n, e) || f.aliased(i, s) || i > s.First+1 && f.d.Tokens[i-1].Hash == hDash && f.touches(i) && f.is(i-2, isCap) && f.d.Tokens[i].Shape == Capital {
				continue
			}
			// part of a longer name: "Ministry of Foreign Affairs", "World Bank Group"
			if n == 1 && !e.acronym() && i+1 < s.Last && f.is(i+1, isBodyHead|isOrgHead) && f.is(i+1, isCap) && !f.is(i, inCaps) {
				continue
			}
			first, last := i, i+n
			// office symbols go on: "CA/OCS/ACS", "G/TIP"
			for last+1 < s.Last && f.d.Tokens[last].Hash == hSlash && !f.ownAgency(e, last+1) && f.touches(last) && f.touches(last+1) && e.subtype == "us-gov" && e.acronym() && f.d.Tokens[last+1].Shape <= Caps && f.d.Tokens[last+1].Shape >= Initial {
				last += 2
			}
			m := Mention{Kind: e.kind, Subtype: e.subtype, Rule: name, Score: 0.92}
			if last == i+n && f.fits(e, f.owner(first, last, s)) {
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
	if posts[f.d.Tokens[last-1].Lower] && last+1 < s.Last && f.at(last, hIn) && f.isPlace(last+1) {
		for _, h := range f.knows(last + 1) {
			if h.class == className && (h.kind == vocab.Place || h.kind == vocab.State) {
				return int(h.last)
			}
		}
	}
	if e.kind != vocab.Organization || e.acronym() || last-first > 1 || f.is(first, inCaps) {
		return last
	}
	k := last
	for k < s.Last && k < last+3 && f.nameWord(k, s) && f.d.Tokens[k].Shape == Capital && !f.is(k, isTitle|isDemonym|isForename|isCommon) && !f.isPlace(k) {
		k++
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
						f.mark(first, int(h.last), Mention{Kind: vocab.Agency, Subtype: "post", Country: f.owner(first, int(h.last), s), Rule: name, Score: 0.85})
						break
					}
				}
				continue
			}
			if n == 1 && f.is(i, isSurname) && i > s.First && f.is(i-1, isForename) && !f.is(i, isCommon) || n > 1 && genericHeads[f.d.Tokens[i].Lower] && f.leftWords(s, i) == i && !f.at(i+n, hOf) {
				continue // "Jorge Cortes"; "the Consulate General"
			}
			if f.goesOn(s, i+n, head) || f.at(i, hAdministration) && !f.at(i+n, hOf) && f.named(i, s) {
				continue
			}
			first, last, core := f.extent(s, i, i+n, e)
			if first < 0 || f.isWholePlace(first, last) {
				continue
			}
			m := Mention{Kind: e.kind, Subtype: e.subtype, Rule: name, Score: 0.88}
			if core == 1 && last == i+1 && first == i {
				m.Score = 0.6
			}
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
	internationals = wordSet("international\nworld\namerican\nislamic\nafrican\neuropean\nstates\nnations\nunity\ncooperation")
)

// named reports whether the administration at i is called after a person: "Bush
// Administration".
func (f *Finder) named(i int, s Sentence) bool {
	return i > s.First && (f.is(i-1, isSurname) || !f.is(i-1, isCommon|isDemonym) && !f.isPlace(i-1))
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

// goesOn reports whether a longer name goes on at token i, behind a head noun:
// "Inter-Agency Commission", "Special Watch List".
func (f *Finder) goesOn(s Sentence, i int, head flags) bool {
	if !f.nameWord(i, s) || f.is(i, inCaps) || f.d.Tokens[i].Shape != Capital {
		return false
	}
	if e, _ := f.head(i, isBodyHead); e != nil {
		return true
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

// extent returns the tokens of the body whose head noun is [i, end), or -1. core
// is the number of words of the name without nationality.
func (f *Finder) extent(s Sentence, i, end int, e *entry) (first, last, core int) {
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
		return -1, 0, 0 // "As for …" is no Danish company
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
		return interagency(f, i, s), end, 2
	case !capital:
		// "federal police", "Ciudad Juarez municipal police", "Brazilian army", "Mexico's supreme court"
		j := left
		for j > s.First && lowerModifiers[f.d.Tokens[j-1].Lower] {
			j--
		}
		if !lowerHeads[f.d.Tokens[i].Lower] {
			return -1, 0, 0
		}
		place := j
		if k := f.placeBefore(j, s.First); k < j {
			place = k
		}
		switch {
		case f.indefinite(place, s) && !f.is(place, isCap):
			return -1, 0, 0
		case place < j:
			return place, end, end - j
		case j > s.First && f.is(j-1, isDemonym) && f.indefinite(f.demonymStart(j-1), s):
			return -1, 0, 0 // "an Egyptian court"
		case j > s.First && f.is(j-1, isDemonym):
			return f.demonymStart(j - 1), end, end - j
		case j < left && f.nationalPolice(j, i):
			return j, end, end - j
		case own > 0 && f.isWholePlace(left, i):
			return left, end, own + 1
		case own > 0 && !f.is(left, isFirst) && (!f.at(i, hOffice) || possessiveWords[f.d.Tokens[i-1].Lower]):
			return left, end, own + 1
		}
		return -1, 0, 0
	case own == 0 && last == i+1:
		// the head alone: "the Senate", "Mexican Congress", "U.S. Embassy", "Mexico City's Embassy"
		if national {
			return f.demonymStart(from - 1), last, 1
		}
		if c, k := f.countryBefore(from, s.First); c != nil && (c.country == "US" || c.country == "GB") {
			return k, last, 1
		}
		if i > s.First && f.d.Tokens[i-1].Hash == hDash && f.touches(i) {
			return -1, 0, 0 // "anti-Mafia"
		}
		if !aloneHeads[f.d.Tokens[i].Lower] && !(parties[f.d.Tokens[i].Lower] && f.at(i-1, hThe)) {
			return -1, 0, 0
		}
		return i, last, 1
	}
	// a demonym that the name begins with stays outside: "Argentine Chamber of Deputies"
	return left, last, last - left
}

// lowerHeads are head nouns that cables also write small: "Mexican army".
// aloneHeads name the one body of a country without further words.
var (
	lowerHeads = wordSet("police\narmy\nnavy\ncourt\ncongress\nparliament\nsenate\nassembly\nembassy\nconsulate\nministry\ngendarmerie\nprosecutor's\noffice\nlegislature\nmilitary\njudiciary")
	aloneHeads = wordSet("presidency\nmafia\ncamorra\ncongress\nsenate\nparliament\narmy\nnavy\nknesset\nduma\nmajlis\nbundestag\nbundesrat\nriksdag\nstorting\nrada\nsejm\nlegislature\ngendarmerie\ncarabinieri")
)

// lowerModifiers stand before the lower-case head of a body.
var lowerModifiers = wordSet("federal\nnational\nmunicipal\nstate\nlocal\nprovincial\nregional\nsupreme\ncentral\nmilitary\ncriminal\nappeals\ndistrict\ncivil\nconstitutional\nhigh\nforeign\ninterior\njustice\ndefense\nfinance\nimmigration\nborder\nanti\nriot\njudicial\nnavy\nair")

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
var posts = wordSet("embassy\nconsulate\nmission\namembassy\namconsul\namemb\namconsulate\ngeneral")

// parties are what the members of parties of one creed are called everywhere.
var parties = wordSet("greens\nliberals\nconservatives\nsocialists\ncommunists\nmoderates\ndemocrats\nrepublicans")

// genericHeads open heads of two words that name no body alone.
var genericHeads = wordSet("consulate\nworking\nsecurity\ntask")

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

// maxName is the number of tokens before its head noun that a name may have.
const maxName = 16

// leftWords returns the first token of the capitalised words that end at the
// head noun i, joined by hyphens, possessiveWords and, where an article opens the
// run, by small words: "the Crimes Against Women and Trafficking in Persons Unit".
func (f *Finder) leftWords(s Sentence, i int) int {
	j := i
	for {
		k := j - 1
		if k < s.First || k < i-maxName || f.words[k].mention >= 0 {
			break
		}
		switch t := f.d.Tokens[k]; {
		case (t.Hash == hDash || t.Hash == hAmp || t.Hash == hSlash) && k > s.First && f.nameWord(k-1, s) && (t.Hash == hAmp || f.touches(k) && f.touches(k+1)):
			j = k - 1
			continue
		case f.is(k, isCap) && k-2 >= s.First && f.d.Tokens[k-1].Hash == hDash && f.touches(k-1) && f.touches(k) && f.nameWord(k-2, s):
			j = k - 2 // "Inter-American": one word in two parts
			continue
		case possessiveWords[t.Lower] && k > s.First && f.nameWord(k-1, s) && j == i && !f.isCountryEnd(k-1, s.First) && f.titleBefore(k) && (f.at(i, hOffice) || !f.is(k-1, isTitle|isBodyHead)):
			j = k - 1
			continue
		case f.nameWord(k, s):
			if f.is(k, isDemonym) && !f.insideName(k, s) {
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
	// across small words, back to an article that opens the name
	start := j
	for k := j - 1; k > s.First && i-k < 14; k-- {
		t := f.d.Tokens[k]
		if f.words[k].mention >= 0 {
			break
		}
		if f.at(k, hThe) || possessiveWords[t.Lower] || t.Hash == hQuote {
			if k+1 < start && f.nameWord(k+1, s) && k+1 != j && !f.is(k+1, isDemonym|isTitle) && !f.headInside(k+1, j) {
				return k + 1
			}
			break
		}
		if !f.nameWord(k, s) && !(binders[t.Lower] && f.nameWord(k-1, s)) {
			if t.Shape == Lower && k+1 < start && f.nameWord(k+1, s) && f.everyday(k+1, start) && !f.headInside(k+1, j) {
				return k + 1 // "the newly reconstituted Crimes Against Women …"
			}
			break
		}
		if f.is(k, isTitle|isStop) && !f.is(k, isBodyHead) {
			break
		}
	}
	return start
}

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

// headInside reports whether [first, last) has a head noun, which makes it a name of its own.
func (f *Finder) headInside(first, last int) bool {
	for k := first; k < last; k++ {
		if f.is(k, isBodyHead|isOrgHead) && f.is(k, isCap) {
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
	return k > s.First && f.nameWord(k-1, s) && !f.is(k-1, isTitle|isFirst|isDemonym)
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
		if !complement[t.Lower] || f.d.Tokens[k].Shape != Lower || (t.Lower == hTo || t.Lower == hOn) && !f.is(k-1, isBodyHead) {
			break
		}
		j := k + 1
		for j < s.Last && articles[f.d.Tokens[j].Lower] {
			j++
		}
		if j >= s.Last || !f.nameWord(j, s) || f.d.Tokens[j].Shape == Caps && !f.is(j, inCaps) {
			break
		}
		if j > k+1 && f.at(k, hOf) && f.is(j, isBodyHead) {
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
	hTo = foldHash("to")
	hOn = foldHash("on")
)

// complementEnd returns the end of the capitalised words from j on, across
// small words, commas and "and" as long as they do not lead into another name.
func (f *Finder) complementEnd(j int, s Sentence) int {
	end, list := j, false
	for k := j; k < s.Last; {
		switch t := f.d.Tokens[k]; {
		case f.nameWord(k, s):
			if k > j && f.is(k, isBodyHead) && binders[f.d.Tokens[k-1].Lower] && f.at(k-1, hAnd) {
				return end // "Ministry of Justice and Court of Appeals"
			}
			k++
			end = k
		case t.Hash == hDash && f.touches(k) && k+1 < s.Last && f.touches(k+1) && f.d.Tokens[k+1].Shape >= Lower:
			k += 2
			end = k
		case possessiveWords[t.Lower] && k+1 < s.Last && f.nameWord(k+1, s) && f.is(k-1, isCommon):
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
			if f.at(k, hAnd) && (f.otherName(n, s) || f.at(n-1, hThe) && !list) || f.at(k, hIn) && f.isPlace(n) || f.is(n, isTitle) && !f.is(n, isBodyHead) && f.at(k, hAnd) {
				return end
			}
			k = n
		default:
			return end
		}
	}
	return end
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
	return f.is(n, isDemonym) || f.is(n, isBodyHead) || f.d.Tokens[n].Shape == Caps
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

// capsExtent is extent in a sentence of capitals: the words around the head
// noun that are neither everyday words nor other names.
func (f *Finder) capsExtent(s Sentence, i, end int) (first, last, core int) {
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
			return f.demonymStart(first - 1), last, 1
		}
		return -1, 0, 0
	}
	return first, last, last - first
}

// capsModifiers may open the name of a body in a sentence of capitals.
var capsModifiers = wordSet("national\nfederal\nsupreme\nforeign\ninterior\ndefense\nfinance\njustice\ncentral\nconstitutional\nelectoral\nhigh\ninternational\nunited\nstate\npublic\ncriminal\ncivil\nnavy\nair\nanti-corruption\nhuman\nrights\ntrade\ntax\ncustoms\nborder\nsecurity\ninter\namerican\neuropean\nafrican")
