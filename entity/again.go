package entity

import "cablegraph/vocab"

// nameTable keeps the names found in the cable, to find them again where their
// own rule does not see them: in titles of capitals, without their context.
type nameTable struct {
	byFirst map[uint64][]knownName // by the folded hash of the first word
}

// maxSameFirst is the number of names with one first word that are kept, so
// that a text of nothing else stays linear.
const maxSameFirst = 200

type knownName struct {
	words   []uint64 // folded, without marks
	mention int
}

func (t *nameTable) reset() {
	if t.byFirst == nil {
		t.byFirst = map[uint64][]knownName{}
	}
	clear(t.byFirst)
}

// again finds the names of the cable wherever else they stand.
func (f *Finder) again(name string) {
	f.names.reset()
	for k, m := range f.d.Mentions {
		if !again(m) || m.Kind == vocab.State && f.d.Tokens[m.First].Shape == Caps && !f.is(m.First, inCaps) {
			continue // "U.S." is an adjective more often than not
		}
		var words []uint64
		for i := m.First; i < m.Last; i++ {
			if f.d.Tokens[i].Shape != Punct {
				words = append(words, f.d.Tokens[i].Lower)
			}
		}
		if len(words) == 0 || len(f.names.byFirst[words[0]]) >= maxSameFirst || f.known(words) {
			continue
		}
		f.names.byFirst[words[0]] = append(f.names.byFirst[words[0]], knownName{words, k})
	}
	f.findNames(name)
}

// findNames marks the names of the table wherever they stand.
func (f *Finder) findNames(name string) {
	for s := range f.prose {
		for i := s.First; i < s.Last; i++ {
			if f.words[i].mention >= 0 || f.d.Tokens[i].Shape < Initial {
				continue
			}
			best, end := -1, i
			for _, n := range f.names.byFirst[f.d.Tokens[i].Lower] {
				if e := f.follows(i, s, n.words); e > end && f.sameLook(i, e, f.d.Mentions[n.mention]) {
					best, end = n.mention, e
				}
			}
			if best < 0 {
				continue
			}
			m := f.d.Mentions[best]
			m.Text, m.Rule = "", name
			first := i
			if m.Kind == vocab.Law {
				if f.hyphened(i, s) {
					continue
				}
				first, end = f.withYear(i, end, s)
				for f.d.Tokens[end-1].Shape == Lower && first > s.First && f.d.Tokens[first-1].Shape == Lower && lawQualifiers[f.d.Tokens[first-1].Lower] && f.words[first-1].mention < 0 {
					first-- // "draft TIP law"
				}
			}
			if f.mark(first, end, m) {
				i = end - 1
			}
		}
	}
}

// shortNames finds organizations by the one distinctive word of their name, by
// which a cable goes on to call them: "Royal Philips Electronics", "Philips".
func (f *Finder) shortNames(name string) {
	f.names.reset()
	for k, m := range f.d.Mentions {
		if m.Kind != vocab.Organization || m.Last-m.First < 2 {
			continue
		}
		word, n := 0, 0
		for i := m.First; i < m.Last; i++ {
			if institutions[f.d.Tokens[i].Lower] || f.d.Tokens[i].Hash == hDash {
				n = 9 // "Coptic Church", "Lula-Alckmin TV": the word alone is no name
			}
			if f.is(i, isCap) && !f.is(i, isCommon|isDemonym|isForename|isOrgHead|isBodyHead) && f.d.Tokens[i].Shape == Capital && !f.isPlace(i) {
				word, n = i, n+1
			}
		}
		if h := f.d.Tokens[word].Lower; n == 1 && !f.known([]uint64{h}) {
			if _, person := f.people.parts[h]; !person {
				f.names.byFirst[h] = append(f.names.byFirst[h], knownName{[]uint64{h}, k})
			}
		}
	}
	f.findNames(name)
}

var institutions = wordSet("church\nuniversity\ncollege\nhospital\nschool\nmosque\ncommunity")

func (f *Finder) known(words []uint64) bool {
next:
	for _, n := range f.names.byFirst[words[0]] {
		if len(n.words) != len(words) {
			continue
		}
		for i := range words {
			if n.words[i] != words[i] {
				continue next
			}
		}
		return true
	}
	return false
}

// again reports whether a mention's name means the same wherever it stands.
func again(m Mention) bool {
	switch m.Rule {
	case "agency.elided", "agency.website", "header.party", "header.pass", "header.signature", "header.number", "header.reference", "document.reftel", "law.described", "law.provision":
		return false
	}
	return m.Last-m.First <= 12
}

// follows returns the end of the given words from token i on, marks between them
// passed over, or i.
func (f *Finder) follows(i int, s Sentence, words []uint64) int {
	k := i
	for n, w := range words {
		for n > 0 && k < s.Last && f.d.Tokens[k].Shape == Punct && !endMark(f.d.Word(k)) {
			k++
		}
		if k >= s.Last || f.d.Tokens[k].Lower != w || f.words[k].mention >= 0 {
			return i
		}
		k++
	}
	return k
}

func endMark(w string) bool { return w == "." || w == ";" || w == ":" || w == "(" || w == ")" }

// sameLook reports whether [first, last) is written as a name: capitalised
// where m is, not an everyday word in a sentence of capitals.
func (f *Finder) sameLook(first, last int, m Mention) bool {
	if last-first == 1 {
		if f.is(first, inCaps) {
			return !f.is(first, isCommon|isFunction|isStop) || f.is(first, isSurname) && m.Kind == vocab.Person
		}
		if f.d.Tokens[m.First].Shape == Caps && m.Last == m.First+1 {
			return f.d.Tokens[first].Shape == Caps
		}
		return f.is(first, isCap) && !(f.is(first, isFirst) && f.is(first, isCommon))
	}
	return f.is(first, isCap) == f.is(m.First, isCap) || f.is(first, inCaps)
}
