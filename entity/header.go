package entity

import (
	"strconv"
	"strings"

	"cablegraph/cable"
	"cablegraph/vocab"
)

// blocks calls do for the tokens of each block of the given kinds.
func (f *Finder) blocks(do func(first, last int, b cable.Block), kinds ...cable.BlockKind) {
	ss := f.d.Sentences
	for i := 0; i < len(ss); {
		j := i
		for j < len(ss) && ss[j].Block == ss[i].Block {
			j++
		}
		b := f.d.Cable.Blocks[ss[i].Block]
		for _, k := range kinds {
			if b.Kind == k {
				do(ss[i].First, ss[j-1].Last, b)
			}
		}
		i = j
	}
}

// addresseeTitles stand before the name of an addressee and are not part of it.
var addresseeTitles = wordSet("all\ncdr\ncomdr\ncmdr\ncommander\ndir\ndirector")

// postPrefixes open the telegraphic name of a diplomatic post.
var postPrefixes = words("post-prefixes")

// collectives close the name of a group of posts.
var collectives = wordSet("collective\nposts\npost\nconsulates\nembassies\nmissions")

// parties makes one mention of each sender and addressee.
func (f *Finder) parties(name string) {
	f.blocks(func(first, last int, b cable.Block) {
		for first < last-1 && addresseeTitles[f.d.Tokens[first].Lower] {
			first++
		}
		for last > first && f.d.Tokens[last-1].Shape == Punct {
			last--
		}
		for k := first + 1; k < last-1; k++ { // "AMEMBASSY LIMA FEB QUITO": a month in place of the serial, and a line end lost
			if f.is(k, isMonth) && postPrefixes[f.d.Tokens[first].Lower] {
				if rest := squeeze(f.d.Text(k+1, last)); cable.PostCountry(rest) != "" {
					f.mark(k+1, last, Mention{Kind: vocab.Agency, Subtype: "post", Country: cable.PostCountry(rest), Rule: name})
				}
				last = k
			}
		}
		m := Mention{Kind: vocab.Agency, Subtype: "us-gov", Rule: name}
		if last > first && (postPrefixes[f.d.Tokens[first].Lower] || collectives[f.d.Tokens[last-1].Lower]) {
			m.Subtype = "post"
			m.Country = cable.PostCountry(squeeze(f.d.Text(first, last)))
		} else if e, n := f.longest(first, vocab.Agency); e != nil && first+n == last {
			m.fill(e)
		} else if e != nil { // "DEPT OF JUSTICE WASHINGTON DC": the rest is where it sits
			m.Key, m.Norm = e.key, e.norm
		}
		f.mark(first, last, m)
	}, cable.BlockFrom, cable.BlockTo, cable.BlockInfo)
}

// ownNumber makes the number in the classification line name the cable itself.
func (f *Finder) ownNumber(name string) {
	f.blocks(func(first, last int, b cable.Block) {
		f.mark(first, last, Mention{Kind: vocab.Document, Subtype: "cable", Key: "cable:" + f.d.Cable.ID, Norm: f.d.Cable.ID, Rule: name})
	}, cable.BlockNumber)
}

// referenceLines makes a mention of each cable that the REF lines list. The
// mention ends with the number: "CAIRO 1828 and previous".
func (f *Finder) referenceLines(name string) {
	f.blocks(func(first, last int, b cable.Block) {
		for _, r := range f.d.Cable.References {
			if r.ID == "" || r.Span.Start >= b.Span.End || b.Span.Start >= r.Span.End {
				continue
			}
			from, to := first, first
			for from < last && int(f.d.Tokens[from].Start) < f.d.Cable.Text.Clean(r.Span.Start) {
				from++
			}
			to = from
			for k := from; k < last && int(f.d.Tokens[k].End) <= f.d.Cable.Text.Clean(r.Span.End-1)+1; k++ {
				if sh := f.d.Tokens[k].Shape; sh == Number || sh == Mixed {
					to = k + 1
					if k > from { // a year may come first
						break
					}
				}
			}
			f.mark(from, to, Mention{Kind: vocab.Document, Subtype: "cable", Key: "cable:" + r.ID, Norm: r.ID, Rule: name})
		}
	}, cable.BlockReference)
}

// signature makes a person of the signature line.
func (f *Finder) signature(name string) {
	f.blocks(func(first, last int, b cable.Block) {
		for last > first && f.d.Tokens[last-1].Shape == Punct {
			last--
		}
		if last > first && last-first <= 8 {
			f.mark(first, last, Mention{Kind: vocab.Person, Rule: name})
		}
	}, cable.BlockSignature)
}

var (
	// passWords of a pass line name nobody.
	passWords = words("pass-words")
	// passRoles stand before or behind a name in a pass line.
	passRoles  = words("pass-roles")
	passBodies = words("pass-bodies")
)

// passLines reads "DEPT FOR WHA DAS PRADO AND EB/IFD": office symbols are
// agencies, other words names of people.
func (f *Finder) passLines(name string) {
	f.blocks(func(first, last int, _ cable.Block) {
		for i := first; i < last; {
			t := f.d.Tokens[i]
			j := f.chain(i, last)
			if t.Shape == Punct || t.Shape == Number && j == i+1 {
				i++
				continue
			}
			if j == i+3 && f.d.Word(i+1) == "/" && (f.d.Word(i+2) == "S" || f.d.Word(i+2) == "s") && t.End-t.Start == 1 {
				i = j // A/S, U/S, D/S: roles
				continue
			}
			if f.strokes(i, j) > 0 {
				i = f.passChain(i, j, last, name)
				continue
			}
			e, n := f.longest(i, vocab.Agency)
			switch {
			case e != nil && (n > 1 || !passWords[t.Lower] || passBodies[t.Lower]):
				m := Mention{Kind: vocab.Agency, Subtype: "us-gov", Rule: name}
				m.fill(e)
				f.mark(i, i+n, m)
				i += n
			case passBodies[t.Lower]:
				f.mark(i, i+1, Mention{Kind: vocab.Agency, Subtype: "us-gov", Rule: name})
				i++
			case t.End-t.Start == 1 && f.officeLetter(i, last):
				f.office(i, i+1, name)
				i++
			case t.Shape == Initial && t.End-t.Start == 1 && (i == first || f.d.Tokens[i-1].Shape != Initial) && (i+1 >= last || f.d.Tokens[i+1].Shape != Initial) && principals[f.d.Word(i)[0]]:
				f.office(i, i+1, name)
				i++
			case f.passPost(i, last, morePosts) > 0:
				n := f.passPost(i, last, morePosts)
				f.mark(i, i+n, Mention{Kind: vocab.Agency, Subtype: "post", Country: cable.PostCountry(f.d.Text(i, i+n)), Rule: name})
				i += n
			case (t.Lower == hDept || t.Lower == hDepartment) && i+2 < last && f.at(i+1, hOf):
				k := i + 2
				for k < last && f.d.Tokens[k].Shape != Punct && !f.at(k, hFor) {
					k++
				}
				f.office(i, k, name)
				i = k
			case passWords[t.Lower] || passRoles[t.Lower]:
				i++
			case f.is(i, isBodyHead) || f.bodyAhead(i, last):
				k := i
				for k < last && f.d.Tokens[k].Shape != Punct && !passWords[f.d.Tokens[k].Lower] {
					k++
				}
				f.mark(i, k, Mention{Kind: vocab.Agency, Subtype: "us-gov", Rule: name})
				i = max(k, i+1)
			default:
				k := i + 1
				for k < last && k < i+3 && f.d.Tokens[k].Shape != Punct && f.d.Tokens[k].Shape != Number && !passWords[f.d.Tokens[k].Lower] && !passRoles[f.d.Tokens[k].Lower] &&
					!(k+1 < last && f.touches(k+1) && f.d.Word(k+1) == "/") && !f.officeSymbol(k) && (f.is(k-1, isForename) || f.d.Tokens[k-1].Shape == Initial) {
					k++
				}
				if k+1 < last && f.touches(k) && f.d.Word(k) == "-" && f.touches(k+1) {
					k += 2
				}
				switch {
				case f.is(i, isNoise):
				case k > i+1 && f.d.Tokens[k-2].Hash == hDash && (f.d.Tokens[k-1].Shape == Number || f.d.Tokens[k-1].End-f.d.Tokens[k-1].Start == 1):
					f.office(i, k, name) // "CSTC-A", "CJTF-101"
				case k == i+1 && !(i > first && passRoles[f.d.Tokens[i-1].Lower] && f.d.Tokens[i-1].End-f.d.Tokens[i-1].Start > 1) && (f.officeSymbol(i) || f.shortOffice(i) || t.End-t.Start <= 4 && k < last && passRoles[f.d.Tokens[k].Lower] && f.d.Tokens[k].End-f.d.Tokens[k].Start > 1):
					f.office(i, k, name)
				case k == i+1 && f.countryAlone(i):
				case t.Shape == Lower || f.is(i, isCommon) && !f.is(i, isSurname|isForename) && !(i > first && passRoles[f.d.Tokens[i-1].Lower]):
				default:
					f.mark(i, k, Mention{Kind: vocab.Person, Rule: name})
				}
				i = k
			}
		}
	}, cable.BlockPass)
}

// passPost returns how many tokens from i on name a post of which somebody is
// meant: "BUENOS AIRES FOR", "LONDON AND PARIS FOR". At most more posts follow in a list.
func (f *Finder) passPost(i, last, more int) int {
	for n := 3; n > 0; n-- {
		k := i + n
		if k >= last || passWords[f.d.Tokens[i].Lower] {
			continue
		}
		leads, list := f.at(k, hFor), f.at(k, hAnd) || f.d.Tokens[k].Hash == hComma
		if (leads || list) && cable.PostCountry(f.d.Text(i, k)) != "" && (leads || more > 0 && f.passPost(k+1, last, more-1) > 0) {
			return n
		}
	}
	return 0
}

// morePosts is how far a list of posts is read ahead.
const morePosts = 6

// countryAlone reports whether token i is a country and no surname.
func (f *Finder) countryAlone(i int) bool {
	e, n := f.country(i)
	return e != nil && n == 1 && !f.is(i, isForename|isSurname)
}

// chain returns the end of the parts from token i on that touch, with strokes
// or hyphens between: "G/TIP", "4321/ITA/MAC/APRADO", "CSTC-A". A blank may follow the stroke
// behind a name, where the line was broken.
func (f *Finder) chain(i, last int) int {
	j := i + 1
	for j+1 < min(last, i+maxChain) && f.touches(j) && (f.d.Word(j) == "/" || f.d.Word(j) == "-" || f.d.Word(j) == "&") && f.d.Tokens[j+1].Shape != Punct &&
		(f.touches(j+1) || f.d.Word(j) == "/" && f.surnameLike(j-1)) {
		j += 2
	}
	return j
}

// maxChain is the number of tokens that a chain may have.
const maxChain = 40

// strokes counts the strokes in [first, last).
func (f *Finder) strokes(first, last int) int {
	n := 0
	for k := first; k < last; k++ {
		if f.d.Word(k) == "/" {
			n++
		}
	}
	return n
}

// passChain marks the chain [first, end): an office, the people in it who close
// the chain, "4321/ITA/MAC/APRADO/LGIL", or people alone: "PRADO/GIL". It
// returns the token to read on from.
func (f *Finder) passChain(first, end, last int, name string) int {
	if f.allNoise(first, end) { // "POL/ECON": sections of a post
		return end
	}
	forename := end < last && !f.touches(end) && f.is(end-1, isForename) && f.is(end, isSurname) && !f.officeSymbol(end-1) &&
		(f.size(end-1) > 3 || f.numbers(first, end-1)) && !(end+1 < last && f.is(end, isForename) && f.is(end+1, isSurname|isParticle)) // "E/ANA PRADO"
	k := first
	for k < end && !(forename && k == end-1) && !f.longRole(k) && !(f.surnameLike(k) && (k+2 >= end || f.d.Word(k+1) != "/" || f.otherPart(k+2))) {
		k += 2
	}
	if k == first+2 && f.otherPart(first) && f.size(first) > 5 && f.d.Word(first+1) == "/" {
		k = first
	}
	if k > first && !f.numbers(first, k-1) && !(k == first+2 && f.size(first) == 1 && k < end && f.longRole(k)) {
		f.office(first, k-1, name)
	}
	if forename && k == end-1 {
		return k
	}
	for k < end {
		to := k + 1
		for to+1 < end && f.d.Word(to) == "-" { // "GIL-PRADO"
			to += 2
		}
		switch {
		case f.longRole(k):
		case f.surnameLike(k) || f.otherPart(k):
			f.mark(k, to, Mention{Kind: vocab.Person, Rule: name})
		case f.officeSymbol(k) && to == k+1:
			f.office(k, to, name)
		}
		k = to + 1
	}
	return end
}

// size returns the number of bytes of token i.
func (f *Finder) size(i int) int { return int(f.d.Tokens[i].End - f.d.Tokens[i].Start) }

// numbers reports whether the parts of the chain [first, end) are numbers.
func (f *Finder) numbers(first, end int) bool {
	for k := first; k < end; k++ {
		if sh := f.d.Tokens[k].Shape; sh != Number && sh != Punct {
			return false
		}
	}
	return true
}

// longRole reports whether token i is a title written out: "WHA/AMBASSADOR PRADO".
func (f *Finder) longRole(i int) bool { return passRoles[f.d.Tokens[i].Lower] && f.size(i) > 4 }

// surnameLike reports whether token i is a surname, with or without the initial
// of a mail address before it, and no office.
func (f *Finder) surnameLike(i int) bool {
	w := f.d.Word(i)
	return len(w) > 4 && f.unknownOffice(i) &&
		(len(w) > 6 || f.is(i, isSurname) || f.gaz.surname(w[1:])) // no office symbol is that long
}

// otherPart reports whether token i may be a surname where other surnames stand beside it.
func (f *Finder) otherPart(i int) bool {
	return f.size(i) > 3 && !f.officeSymbol(i) && f.d.Tokens[i].Shape != Number || f.size(i) == 3 && f.is(i, isSurname) && f.unknownOffice(i)
}

// unknownOffice reports whether token i is a word that is no office, post or everyday word.
func (f *Finder) unknownOffice(i int) bool {
	t := f.d.Tokens[i]
	if e, _ := f.longest(i, vocab.Agency); e != nil || strings.ContainsAny(f.d.Word(i), "0123456789") {
		return false
	}
	return !(f.is(i, isCommon) && !f.is(i, isSurname)) && !passWords[t.Lower] && !passRoles[t.Lower] && !passBodies[t.Lower] && cable.PostCountry(f.d.Word(i)) == ""
}

func (f *Finder) allNoise(first, last int) bool {
	for k := first; k < last; k++ {
		if f.d.Tokens[k].Shape != Punct && !f.is(k, isNoise) {
			return false
		}
	}
	return true
}

// officeLetter reports whether the single letter at i is an office of the
// Seventh Floor: "D STAFF", "P FOR".
func (f *Finder) officeLetter(i, last int) bool {
	return f.d.Tokens[i].End-f.d.Tokens[i].Start == 1 && i+1 < last && (f.at(i+1, hStaff) || f.at(i+1, hFor))
}

// principals are the offices that one letter stands for: the Secretary, the
// Deputy and the Under Secretaries.
var principals = [256]bool{'S': true, 'D': true, 'P': true, 'T': true, 'G': true, 'E': true, 'M': true, 'R': true, 'J': true}

var (
	hDept       = foldHash("dept")
	hDepartment = foldHash("department")
	hStaff      = foldHash("staff")
	hFor        = foldHash("for")
)

// bodyAhead reports whether the words from i on close with the head noun of a body.
func (f *Finder) bodyAhead(i, last int) bool {
	for k := i; k < last && k < i+4 && f.d.Tokens[k].Shape != Punct && !passWords[f.d.Tokens[k].Lower]; k++ {
		if f.is(k, isBodyHead) || bodyPlurals[f.d.Tokens[k].Lower] {
			return true
		}
	}
	return false
}

// bodyPlurals are heads of bodies that exist at many posts.
var bodyPlurals = wordSet("units\noffices\nsections\nteams")

// officeSymbol reports whether the gazetteer knows token i as an office.
func (f *Finder) officeSymbol(i int) bool {
	e, n := f.longest(i, vocab.Agency)
	return e != nil && n == 1
}

// shortOffice reports whether token i looks like an office symbol that no table has.
func (f *Finder) shortOffice(i int) bool {
	t := f.d.Tokens[i]
	return t.End-t.Start <= 2 || t.End-t.Start <= 4 && !f.is(i, isSurname|isForename) && t.Shape != Capital
}

func (f *Finder) office(i, j int, name string) {
	m := Mention{Kind: vocab.Agency, Subtype: "us-gov", Rule: name}
	if e, n := f.longest(i, vocab.Agency); e != nil && n == j-i {
		m.fill(e)
	}
	f.mark(i, j, m)
}

// cableID returns the canonical id of post and number; year has two or four
// digits or is "".
func (f *Finder) cableID(year, post, number string) string {
	if len(year) == 4 {
		year = year[2:]
	}
	if year == "" && len(f.d.Cable.ID) > 2 {
		year = f.d.Cable.ID[:2]
	}
	n, err := strconv.Atoi(number)
	if err != nil || len(year) != 2 {
		return ""
	}
	var b strings.Builder
	b.WriteString(year)
	for _, r := range post {
		if r >= 'A' && r <= 'Z' {
			b.WriteRune(r)
		} else if r >= 'a' && r <= 'z' {
			b.WriteRune(r - 'a' + 'A')
		}
	}
	return b.String() + strconv.Itoa(n)
}

// cablesInText finds "STATE 59732", "10 MEXICO 47" and "08MEXICO721".
func (f *Finder) cablesInText(name string) {
	for s := range f.prose {
		for i := s.First; i < s.Last; i++ {
			t := f.d.Tokens[i]
			w := f.d.Word(i)
			if t.Shape == Mixed && len(w) > 5 && w[0] >= '0' && w[0] <= '9' {
				year, rest := w[:2], w[2:]
				k := strings.IndexAny(rest, "0123456789")
				if k > 2 && allDigits(rest[k:]) && cable.PostCountry(rest[:k]) != "" {
					f.markCable(i, i+1, f.cableID(year, rest[:k], rest[k:]), name)
				}
				continue
			}
			if t.Shape != Number || len(w) < 2 || len(w) > 6 || !allDigits(w) {
				continue
			}
			for n := 3; n >= 1; n-- {
				from := i - n
				dated := from > s.First && f.d.Tokens[from-1].Shape == Number && f.d.Tokens[from-1].End-f.d.Tokens[from-1].Start == 2
				if from < s.First || !f.allCaps(from, i) && !(dated && f.is(from, isCap) && f.is(i-1, isCap)) {
					continue
				}
				post := f.d.Text(from, i)
				if cable.PostCountry(post) == "" {
					continue
				}
				year := ""
				if from > s.First && f.d.Tokens[from-1].Shape == Number {
					if y := f.d.Word(from - 1); len(y) == 2 || len(y) == 4 && (y[:2] == "19" || y[:2] == "20") {
						year = y
						from--
					}
				}
				if year == "" && (f.is(from, inCaps) || len(w) == 4 && (w[:2] == "19" || w[:2] == "20") || len(w) < 3) {
					break
				}
				f.markCable(from, i+1, f.cableID(year, post, w), name)
				break
			}
		}
	}
}

func (f *Finder) markCable(first, last int, id, name string) {
	if id != "" {
		f.mark(first, last, Mention{Kind: vocab.Document, Subtype: "cable", Key: "cable:" + id, Norm: id, Rule: name})
	}
}

func (f *Finder) allCaps(first, last int) bool {
	for k := first; k < last; k++ {
		if f.d.Tokens[k].Shape != Caps {
			return false
		}
	}
	return true
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

var (
	refWords    = wordSet("ref\nreftel\nreference")
	hRefs       = foldHash("refs")
	hReftel     = foldHash("reftel")
	refJoiners  = wordSet("and\n,\n&\nthrough\n-")
	openBracket = hash("(")
)

// reftels finds "reftel", "ref B" and the letters of "refs A and B".
func (f *Finder) reftels(name string) {
	for s := range f.prose {
		for i := s.First; i < s.Last; i++ {
			t := f.d.Tokens[i]
			switch {
			case refWords[t.Lower]:
				j := i + 1
				if j+1 < s.Last && f.d.Tokens[j].Hash == openBracket && f.letter(j+1) != "" {
					j++
				}
				if l := f.letterIn(j, s); l != "" {
					end := j + 1
					if end < s.Last && f.d.Tokens[j-1].Hash == openBracket {
						end++
					}
					f.markCableRef(i, end, l, name)
					i = j
				} else if t.Lower == hReftel || j < s.Last && f.d.Tokens[j].Hash == hClose {
					f.markCableRef(i, i+1, "", name)
				}
			case t.Lower == hRefs:
				for j := i + 1; j < s.Last; j++ {
					if l := f.letter(j); l != "" {
						f.markCableRef(j, j+1, l, name)
					} else if !refJoiners[f.d.Tokens[j].Lower] {
						break
					}
				}
			}
		}
	}
}

func (f *Finder) letterIn(j int, s Sentence) string {
	if j >= s.Last {
		return ""
	}
	return f.letter(j)
}

// letter returns the capital that token j is, or "".
func (f *Finder) letter(j int) string {
	if w := f.d.Word(j); f.d.Tokens[j].Shape == Initial && len(w) == 1 {
		return w
	}
	return ""
}

// markCableRef marks a reference by letter; without letter it means the first one.
func (f *Finder) markCableRef(first, last int, letter, name string) {
	m := Mention{Kind: vocab.Document, Subtype: "cable", Rule: name}
	refs := f.d.Cable.References
	for k, r := range refs {
		if letter == "" || r.Letter == letter || r.Letter == "" && letter[0]-'A' == byte(k) {
			if r.ID != "" { // not a conversation or message
				m.Key, m.Norm = "cable:"+r.ID, r.ID
				f.mark(first, last, m)
			}
			return
		}
	}
	if letter == "" {
		f.mark(first, last, m)
	}
}

var (
	hVisit      = foldHash("visit")
	hClassified = foldHash("classified")
)

// websites finds the posts whose pages cables advertise at their end: "Visit
// Quito's Classified Web Site".
func (f *Finder) websites(name string) {
	for s := range f.prose {
		for i := s.First + 1; i < s.Last; i++ {
			if !f.at(i, hClassified) || !possessiveWords[f.d.Tokens[i-1].Lower] {
				continue
			}
			first := i - 1
			for first > s.First && f.is(first-1, isCap) && !f.at(first-1, hVisit) && f.words[first-1].mention < 0 && i-first < 5 {
				first--
			}
			f.mark(first, i-1, Mention{Kind: vocab.Agency, Subtype: "post", Country: cable.PostCountry(f.d.Text(first, i-1)), Rule: name})
		}
	}
}
