package link

import (
	"slices"
	"strconv"
	"strings"

	"cablegraph/entity"
	"cablegraph/vocab"
)

// ref is an argument found in a sentence: the group that starts at a node, or
// a mention elsewhere that a pronoun or "the government" stands for, with the
// others that "they" and "all four" stand for.
type ref struct {
	node    int
	whole   bool
	mention int32 // -1 where node is the argument
	also    []int32
	with    int  // a second group: "PGR in coordination with the Embassy"; -1 none
	denied  bool // "no prosecutor …"
}

func group(node int) ref     { return ref{node: node, whole: true, mention: -1, with: -1} }
func away(mention int32) ref { return ref{node: -1, mention: mention, with: -1} }

// subject returns who or what stands before the verb at node v as its subject.
func (r *reader) subject(v int, kinds kindSet) (ref, bool) {
	if a, ok := r.nearSubject(v, kinds); ok {
		return a, ok
	}
	if a, ok := r.purposeSubject(v, kinds); ok {
		return a, ok
	}
	if v == 0 { // "Charged with fraud, Ana Prado fled"
		if k := r.s.mainSubject(v); k > 0 && r.s.among(k, kinds) {
			return group(k), true
		}
		return ref{}, false
	}
	return r.topSubject(v, kinds)
}

// purposeSubject returns the subject of an infinitive that says what the verb
// before it is done for: "Peru used other laws to prosecute smugglers".
func (r *reader) purposeSubject(v int, kinds kindSet) (ref, bool) {
	s := &r.s
	for hops := 0; hops < 4 && s.nodes[v].kind == verbNode && s.nodes[v].after >= 0; hops++ {
		v = int(s.nodes[v].after)
	}
	if s.nodes[v].kind != verbNode || s.doc.Tokens[s.nodes[v].first].Lower != hTo {
		return ref{}, false
	}
	p := s.verbBefore(v)
	if p < v-12 || p < 0 || s.nodes[p].voice == passive || s.lex.lemmas[s.nodes[p].lemma].cat ||
		s.nodes[p].form&gerund != 0 && s.nodes[p].last == s.nodes[p].first+1 {
		return ref{}, false
	}
	apart := false
	for i := p + 1; i < v; i++ {
		if s.nodes[i].has(pronoun) && !s.nodes[i].has(determiner|relative) { // "gave him approval to meet"
			return ref{}, false
		}
		if s.nodes[i].is(hComma) {
			apart = !apart
		}
		if s.among(i, bodies|places|kindNames["person"]) && (!s.nodes[i-1].has(preposition) || s.nodes[i-1].is(hFor)) || s.boundary(i) {
			return ref{}, false // "requires Peru to prosecute"
		}
	}
	if apart { // "has made it a priority, efforts to prosecute …"
		return ref{}, false
	}
	return r.subject(p, kinds)
}

// topSubject returns the person or law with which the sentence starts, where
// the verb at node v can have no other subject: all that stands between is what
// explains the name. "Ana Prado, who lives in Callao, was arrested"; "Ana
// Prado is a clerk in Callao was arrested" (cables drop words).
func (r *reader) topSubject(v int, kinds kindSet) (ref, bool) {
	s := &r.s
	kinds &= kindNames["person"] | kindNames["law"]
	if kinds == 0 || s.nodes[v].kind != verbNode || s.nodes[v].last == s.nodes[v].first+1 ||
		s.nodes[v].form&gerund != 0 || s.doc.Tokens[s.nodes[v].first].Lower == hTo {
		return ref{}, false
	}
	top := -1
	for i := 0; i < v; i++ {
		n := &s.nodes[i]
		switch {
		case s.among(i, kinds):
			if p := s.lead(i); top >= 0 || p >= 0 && !s.nodes[p].is(hColon) {
				return ref{}, false
			}
			top = i
			i = int(n.end)
		case top < 0:
		case n.kind == verbNode:
			if n.form&gerund == 0 && (n.voice == active || n.last > n.first+1) && !s.nodes[i-1].has(relative) {
				return ref{}, false
			}
		case n.has(conjunction | adversative), n.is(hSemicolon), n.is(hColon), n.is(hPoint), n.has(relative) && !s.nodes[i-1].is(hComma):
			return ref{}, false
		}
	}
	if top < 0 {
		return ref{}, false
	}
	return group(top), true
}

// nearSubject returns the subject that stands directly before the verb at
// node v, but for what explains it.
func (r *reader) nearSubject(v int, kinds kindSet) (ref, bool) {
	s := &r.s
	for hops := 0; hops < 4 && s.nodes[v].kind == verbNode && s.nodes[v].after >= 0; hops++ {
		v = int(s.nodes[v].after)
	}
	if r, ok := s.listed(v-1, kinds); ok {
		return r, true
	}
	i := s.back(v - 1)
	for i > 1 && s.nodes[i].kind == dateNode && s.nodes[i-1].has(preposition) { // "Peru in June 2008 passed"
		i = s.back(i - 2)
	}
	if i < 0 {
		return ref{}, false
	}
	n := &s.nodes[i]
	if n.has(conjunction|adversative) && !n.has(subordinator) { // "focuses on X and does not require"
		for p := i - 1; p >= 0 && p > i-20; p-- {
			switch m := &s.nodes[p]; {
			case m.kind == verbNode && m.form&gerund == 0, m.has(be|have) && !m.has(conjunction):
				return r.nearSubject(p, kinds)
			case m.is(hSemicolon) && p < i-1: // "; and has signed"
				return ref{}, false
			}
		}
		return ref{}, false
	}
	if n.has(relative) { // "X, who was arrested"
		i = s.back(i - 1)
		if i > 0 && s.dash(i) { // "Ana Prado -- who was arrested -- fled"
			if s.dash(i - 1) {
				i--
			}
			return r.nounPhrase(s.back(i-1), kinds)
		}
		if i >= 0 && s.nodes[i].is(hComma) {
			if a, ok := r.nounPhrase(s.back(i-1), kinds); ok {
				return a, ok
			}
			if b := s.back(i - 1); kinds&kindNames["person"] != 0 && s.among(b, kinds) && s.nodes[b].head == int32(b) { // "talks with Ana Prado, who was arrested"
				if p := s.lead(b); p > 0 && s.nodes[p].has(preposition) && !s.nodes[p].is(hOf) && !(s.nodes[p].is(hFor) && s.nodes[p-1].has(official|people|trade)) {
					return group(b), true
				}
			}
			return r.apposed(i, kinds) // "Ana Prado, a Peruvian citizen, who was arrested"
		}
		for k := i; k > 0 && k > i-7 && (s.nodes[k].kind == wordNode || k < i && s.among(k, bodies|places)) && !s.nodes[k].has(relative|conjunction); k-- { // "Ana Prado, a clerk who was arrested"
			if s.nodes[k].is(hComma) {
				if s.nodes[k+1].has(determiner|adjective|demonym) || (s.nodes[i].has(official) || s.pluralNoun(&s.nodes[i])) && s.nodes[k-1].head != int32(k-1) { // "A and B, PT operatives who were arrested"
					return r.nounPhrase(s.back(k-1), kinds)
				}
				break
			}
			if s.nodes[k].has(be) && (s.nodes[k+1].is(hA) || s.nodes[k+1].is(hAn)) { // "Ana Prado was a clerk who was arrested"
				return r.nounPhrase(s.back(k-1), kinds)
			}
		}
	} else if n.is(hComma) {
		return r.apposed(i, kinds)
	} else if (n.is(hColon) || n.is(hHyphen) || n.is(hDash)) && s.nodes[v].voice == passive && i == v-1 { // "Ana Prado: sentenced to …"
		i = s.back(i - 1)
	}
	if a, ok := r.nounPhrase(i, kinds); ok || s.nodes[v].voice == active || !s.participle(v) {
		return a, ok
	}
	for k := i; k > 1 && k > i-7 && s.nodes[k].kind == wordNode && !s.boundary(k) && !s.nodes[k].is(hComma); k-- {
		if s.nodes[k].is(hA) || s.nodes[k].is(hAn) { // "Ana Prado, a Chilean citizen arrested in May"
			if s.nodes[k-1].is(hComma) || s.dash(k-1) {
				return r.nounPhrase(s.back(k-2), kinds)
			}
			break
		}
	}
	return ref{}, false
}

var hAn = wordHash("an")

// participle reports whether the verb at node v has no auxiliary: "arrested",
// "wrongly arrested".
func (s *sentence) participle(v int) bool {
	n := &s.nodes[v]
	for i := n.first; i < n.last-1; i++ {
		if w := s.lex.known(s.doc.Tokens[i].Lower); w.is(be|have|modal) || s.doc.Tokens[i].Lower == hTo {
			return false
		}
	}
	return true
}

// listed returns the names in the parenthesis that closes at node i, or between
// dashes, where they name whom the noun before it means: "four others (A, B, C and D)".
func (s *sentence) listed(i int, kinds kindSet) (ref, bool) {
	if i > 2 && s.dash(i) && s.among(i-1, kinds) {
		h := int(s.nodes[i-1].head)
		if h > 1 && h < i-1 && s.dash(h-1) && s.nodes[h-2].kind == wordNode {
			return group(h), true
		}
		return ref{}, false
	}
	if i < 2 || !s.nodes[i].is(hClose) || s.nodes[i].partner < 1 {
		return ref{}, false
	}
	open := int(s.nodes[i].partner)
	if s.among(open+1, kinds) && int(s.nodes[open+1].end) == i-1 && s.nodes[open-1].kind == wordNode && i-1 > open+1 {
		return group(open + 1), true
	}
	return ref{}, false
}

// dash reports whether node i is a mark that sets off what stands between two of them.
func (s *sentence) dash(i int) bool {
	return s.nodes[i].is(hHyphen) || s.nodes[i].is(hDash) || s.nodes[i].is(hTwoHyphens)
}

var hIt, hSuch = wordHash("it"), wordHash("such")

var hTwoHyphens = wordHash("--")

// back passes adverbs and parentheses, leftwards from node i.
func (s *sentence) back(i int) int {
	for i >= 0 {
		n := &s.nodes[i]
		switch {
		case n.is(hClose) && n.partner >= 0:
			i = int(n.partner) - 1
		case n.has(adverb) && !n.has(preposition|determiner), s.floating(i):
			i--
		default:
			return i
		}
	}
	return i
}

// floating reports whether node i is a quantifier that goes with the verb
// behind it: "A and B were both arrested", "A and B, both charged with fraud".
func (s *sentence) floating(i int) bool {
	if i < 1 || !s.nodes[i].is(hBoth) && !s.nodes[i].is(hAll) && !s.nodes[i].is(hEach) {
		return false
	}
	p := &s.nodes[i-1]
	return p.has(be|have|modal) || p.is(hComma)
}

var hBoth, hAll, hEach = wordHash("both"), wordHash("all"), wordHash("each")

// apposed returns the subject of a verb behind the comma at node i: the name
// that an apposition explains ("Ana Prado, Director of the Institute, said"), or the names
// in it ("two officials, Ana Prado and Luis Gil, were arrested").
func (r *reader) apposed(i int, kinds kindSet) (ref, bool) {
	s := &r.s
	for k := i - 1; k >= 0 && k > i-18; k-- {
		n := &s.nodes[k]
		switch {
		case n.kind == entityNode && n.head != int32(k):
			k = int(n.head)
		case n.is(hClose) && n.partner >= 0:
			k = int(n.partner)
		case n.kind == verbNode && n.form&gerund == 0 && (n.form&participle == 0 || n.voice == active), n.is(hSemicolon):
			return ref{}, false
		}
		if k > 1 && s.nodes[k-1].is(hIncluding) && s.nodes[k-2].is(hComma) && s.among(k, kinds) && int(s.nodes[k].end) == s.back(i-1) {
			return group(k), true // "23 people, including Ana Prado, were arrested"
		}
		if k > 0 && s.nodes[k].kind == entityNode && s.nodes[k-1].is(hComma) && s.among(k, kinds) && int(s.nodes[k].end) == s.back(i-1) {
			// the names end the apposition; a noun before it, or they are the subject
			if b := s.back(k - 2); b >= 0 && s.among(b, kinds) {
				return group(int(s.nodes[b].head)), true
			}
			return group(k), true
		}
		if s.nodes[k].is(hComma) && k > 0 {
			b := s.back(k - 1)
			if s.among(b, kinds) && !s.among(k+1, kinds) {
				a, ok := r.nounPhrase(b, kinds)
				if ok && k+4 < i && s.comitative(k+2) && s.nodes[k+3].is(hWith) { // "Peru, in cooperation with Chile, trained"
					if e, found := s.entityAt(k+4, i, kinds); found {
						a.with = e
					}
				}
				return a, ok
			}
		}
	}
	return r.nounPhrase(s.back(i-1), kinds)
}

// representing reports whether a noun stands for the body that it belongs to: "agents".
func (n *node) representing() bool { return n.has(official) }

// nounPhrase returns the head of the noun phrase that ends at node e.
func (r *reader) nounPhrase(e int, kinds kindSet) (ref, bool) {
	s := &r.s
	if e < 0 {
		return ref{}, false
	}
	if o := s.nodes[e].owner; o >= 0 {
		e = int(o)
	}
	if kinds&kindNames["person"] != 0 && s.nodes[e].kind != entityNode {
		if a, ok := r.described(e); ok {
			return a, ok
		}
	}
	n := &s.nodes[e]
	if k := s.his(e); k > 1 && kinds&kindNames["person"] != 0 && s.nodes[k-1].has(conjunction) && s.among(k-2, kinds) { // "Ana Prado and her Chilean counterpart"
		return r.headed(int(s.nodes[k-2].head), kinds)
	}
	switch {
	case n.is(hWe) && kinds&bodies != 0:
		return away(r.post()), r.post() >= 0 && !s.quoted(int(n.first))
	case n.has(pronoun):
		return r.antecedent(e, kinds)
	case n.kind == entityNode:
		h := int(n.head)
		if !s.among(h, kinds) && s.among(e, kinds) {
			h = e
		}
		return r.headed(h, kinds)
	case n.kind != wordNode:
		return ref{}, false
	case n.representing() && kinds&bodies != 0:
		for k := e - 1; k >= 0 && k > e-5; k-- {
			m := &s.nodes[k]
			switch {
			case m.kind == entityNode:
				if s.among(k, kinds) {
					return r.headed(int(m.head), kinds)
				}
				return ref{}, false
			case n.is(hGovernment) && m.is(hThe):
				if r.government() >= 0 {
					return away(r.government()), true
				}
				return ref{}, false
			case m.has(adjective|conjunction|official) || s.possessive(k) || s.capital(k),
				m.kind == wordNode && m.word == nil && s.doc.Tokens[m.first].Shape == entity.Lower: // "USG subject matter experts"
			default:
				return ref{}, false
			}
		}
		return ref{}, false
	}
	if kinds&bodies == 0 { // "Ana Prado and her associates"
		if e > 2 && s.nodes[e-1].has(determiner) && s.nodes[e-2].has(conjunction) && s.among(e-3, kinds) {
			return r.headed(int(s.nodes[e-3].head), kinds)
		}
		if c := s.counted(e); c > 0 && s.nodes[c].has(conjunction) && s.among(c-1, kinds) { // "Ana Prado and three others"
			return r.headed(int(s.nodes[c-1].head), kinds)
		}
		return ref{}, false
	}
	// "INM and state law enforcement", "the GOM in recent years"
	for k := e - 1; k >= 0 && k > e-8; k-- {
		m := &s.nodes[k]
		switch {
		case m.kind == entityNode:
			if s.among(k, kinds) && k+1 < len(s.nodes) && (s.nodes[k+1].has(conjunction) || s.nodes[k+1].has(preposition) && !s.nodes[k+1].is(hOf)) {
				return r.headed(int(m.head), kinds)
			}
			return ref{}, false
		case s.boundary(k) || m.is(hComma):
			return ref{}, false
		}
	}
	return ref{}, false
}

// his returns the possessive with which the noun phrase that ends at node e
// begins, "her Chilean counterpart", or -1.
func (s *sentence) his(e int) int {
	if s.nodes[e].kind != wordNode {
		return -1
	}
	for k := e - 1; k >= 0 && k > e-5; k-- {
		switch n := &s.nodes[k]; {
		case n.has(male|female) && n.has(determiner):
			return k
		case !n.has(adjective|demonym) || n.has(preposition):
			return -1
		}
	}
	return -1
}

// counted returns the node before the number, and what modifies the noun at
// node e, of "three others" or "two other men"; -1 without a number.
func (s *sentence) counted(e int) int {
	for e--; e >= 0 && s.nodes[e].has(adjective|demonym); e-- {
	}
	if e < 0 || s.nodes[e].kind != numberNode {
		return -1
	}
	return e - 1
}

// headed checks that the entity at node h is the head of its noun phrase, not
// part of a phrase such as "the lawyer of X", and follows "agents of X" to X.
func (r *reader) headed(h int, kinds kindSet) (ref, bool) {
	s := &r.s
	if !s.among(h, kinds) {
		// the noun phrase ends in "… in Peru": what it belongs to
		if p := s.lead(h); p > 0 && s.nodes[p].has(preposition) && s.among(s.back(p-1), kinds) {
			return r.headed(int(s.nodes[s.back(p-1)].head), kinds)
		}
		return ref{}, false
	}
	out := group(h)
	p := s.lead(h)
	if p < 0 {
		return out, true
	}
	n := &s.nodes[p]
	if b := p - 1; b >= 0 && n.kind == verbNode && n.form&base != 0 && s.doc.Tokens[n.first].Lower == hTo && s.among(b, kinds) {
		return r.headed(int(s.nodes[b].head), kinds) // "the bill to ratify the treaty was approved"
	}
	if n.kind == verbNode && s.kind(h) == vocab.Law && !s.finite(n) { // "the panel for reviewing the treaty has made progress"
		return ref{}, false
	}
	if n.has(determiner) && n.has(negative) {
		out.denied = true
	}
	if !n.has(preposition) || n.has(subordinator) || n.is(hIncluding) {
		return out, true
	}
	b := s.back(p - 1)
	if b < 0 { // "In Peru, …" would have a comma; "For Peru …" is no subject
		return ref{}, false
	}
	switch {
	case n.is(hWith) && b > 0 && s.comitative(b):
		first := s.back(b - 2)
		if s.among(first, kinds) {
			out, ok := r.headed(int(s.nodes[first].head), kinds)
			out.with = h
			return out, ok
		}
	case s.among(b, kinds) && !s.possessive(b):
		return r.headed(int(s.nodes[b].head), kinds)
	case kinds&bodies != 0 && s.nodes[b].representing() && (n.is(hOf) || n.is(hFrom) || n.is(hAt) || n.is(hWithin)):
		q := s.lead(b) // "with agents of X to train" has another subject
		return out, q < 0 || !s.nodes[q].has(preposition) || s.nodes[q].has(subordinator)
	}
	return ref{}, false
}

// actors returns, as texts, those before the verb at node v whom the sentence
// names by their office alone, and the node before them where it goes on with
// the list: "Ana Prado, Poloff and senior officials met". It is -1 else.
func (r *reader) actors(v int) (out []string, rest int) {
	s := &r.s
	for hops := 0; hops < 4 && s.nodes[v].kind == verbNode && s.nodes[v].after >= 0; hops++ {
		v = int(s.nodes[v].after)
	}
	i := s.back(v - 1)
	if i > 1 && s.nodes[i].kind == dateNode { // "Econoff on June 5 met"
		if i--; s.nodes[i].has(preposition) {
			i--
		}
	}
	if i > 0 && s.nodes[i].is(hComma) { // "The Ambassador, accompanied by Poloff, met"
		for k := i - 1; k > 0 && k > i-16 && !(s.nodes[k].kind == verbNode && s.nodes[k].voice == active && s.nodes[k].form&gerund == 0); k-- {
			if s.nodes[k].is(hComma) {
				i = s.back(k - 1)
				break
			}
		}
	}
	for i >= 0 && s.actor(i) {
		first := i
		for first > 0 && s.describes(first-1) {
			first--
		}
		p := first - 1
		if p >= 0 && (s.nodes[p].kind == numberNode || s.nodes[p].has(preposition|numeral) && !s.nodes[p].has(subordinator)) { // "the wife of the Ambassador", "two officials"
			return nil, -1
		}
		out = append([]string{s.text(first, i+1)}, out...)
		if p < 0 || !s.nodes[p].has(conjunction) && !s.nodes[p].is(hComma) {
			return out, -1
		}
		for i = s.back(p - 1); i >= 0 && s.nodes[i].is(hComma); i-- {
		}
	}
	if len(out) == 0 {
		i = -1
	}
	return out, i
}

// actor reports whether node i ends a noun phrase that may stand for somebody who is not named.
func (s *sentence) actor(i int) bool {
	n := &s.nodes[i]
	switch {
	case n.kind != wordNode:
		return false
	case s.officer(i):
		return true
	}
	return (n.has(official) || s.inRole(i)) && i > 0 && (s.nodes[i-1].has(demonym|adjective) || s.capital(i-1))
}

// officer reports whether node i ends the office of a diplomat: "Poloff".
func (s *sentence) officer(i int) bool {
	n := &s.nodes[i]
	return n.kind == wordNode && n.word != nil && slices.ContainsFunc(n.word.tails, func(p phrase) bool { return p.list == s.lex.officers })
}

// describes reports whether node i belongs to the noun behind it: an article,
// an adjective, another word of an office.
func (s *sentence) describes(i int) bool {
	n := &s.nodes[i]
	if n.kind != wordNode || n.has(preposition|conjunction|pronoun&^determiner|relative|subordinator) || s.punctuation(i) {
		return false
	}
	return n.has(determiner|adjective|demonym) || s.inRole(i) || s.capital(i)
}

// comitative reports whether node b is the noun of "in coordination with".
func (s *sentence) comitative(b int) bool {
	return s.nodes[b].is(hCoordination) || s.nodes[b].is(hCollaboration) || s.nodes[b].is(hCooperation) ||
		s.nodes[b].is(hConjunction) || s.nodes[b].is(hPartnership) || s.nodes[b].is(hAssociation)
}

// lead passes, leftwards from the entity at node h, what belongs to the name:
// determiners, adjectives, titles, possessors. It returns the node before, or -1.
func (s *sentence) lead(h int) int {
	for k := h - 1; k >= 0; k-- {
		n := &s.nodes[k]
		switch {
		case s.possessive(k) && k > 0 && s.nodes[k-1].kind == entityNode:
			k--
		case n.has(determiner) && n.has(negative):
			return k
		case n.has(determiner|adjective|demonym) && !n.has(preposition|pronoun|relative), n.has(determiner) && !n.is(hThat) && !n.has(relative):
		case n.kind == numberNode:
		case n.kind == wordNode && (n.word != nil && n.word.title || s.capital(k)) && !n.has(preposition|conjunction|subordinator):
		case k > 0 && s.office(k, h): // "Minister of Public Works Ana Prado"
			k--
		default:
			return k
		}
	}
	return -1
}

// office reports whether the preposition at node k belongs to an office that
// stands before the person at node h: "Minister of Public Works Ana Prado".
func (s *sentence) office(k, h int) bool {
	n := &s.nodes[k]
	return s.kind(h) == vocab.Person && h > k+1 && (n.is(hOf) || n.is(hFor)) && s.inRole(k-1) && s.nodes[k-1].kind == wordNode &&
		s.capital(k-1) && s.capital(k+1)
}

// object returns what follows the active verb at node v as its object.
func (r *reader) object(v int, kinds kindSet) (ref, bool) {
	s := &r.s
	last := &s.nodes[v]
	if w := v + 2; w < len(s.nodes) && s.nodes[v+1].has(conjunction) && s.nodes[w].kind == verbNode && s.nodes[w].after == int32(v) && s.nodes[w].voice == active {
		return r.object(w, kinds) // "signed and ratified the treaty"
	}
	first := s.shared(v)
	for i := first; i < len(s.nodes) && i < first+10; i++ {
		n := &s.nodes[i]
		switch {
		case n.is(hOpen) && n.partner >= 0:
			i = int(n.partner)
			continue
		case n.kind == entityNode:
			if i+1 < len(s.nodes) && s.possessive(i+1) {
				i++
				continue
			}
			if s.among(i, kinds) {
				if n.head != int32(i) && s.among(int(n.head), kinds) && int(n.head) > v {
					return group(int(n.head)), true
				}
				return group(i), true
			}
		case n.is(hSuch) && i > first && i+1 < len(s.nodes) && s.nodes[i+1].is(hAs): // "arrested kingpins such as A"
			i++
		case n.is(hIt) && i == first && kinds == kindsOf(vocab.Law):
			return s.onlyBefore(i, kinds)
		case n.has(pronoun) && i == first && !(n.has(determiner) && i+1 < len(s.nodes) && s.nodes[i+1].kind == wordNode && !s.nodes[i+1].has(preposition|adverb|conjunction) && !s.nodes[i+1].is(hComma)):
			return r.antecedent(i, kinds)
		case n.kind == numberNode, n.kind == quoteNode:
		case n.kind != wordNode:
			return ref{}, false
		case n.has(determiner|adjective|demonym|official|nationality|adverb) && !n.has(preposition|relative):
		case n.is(hIncluding): // "arrested 23 people, including A and B"
			if i == first {
				return ref{}, false
			}
		case n.is(hComma):
			if !last.has(official|nationality) && !(last.word != nil && last.word.title) && (i+1 == len(s.nodes) || !s.nodes[i+1].is(hIncluding) && !s.nodes[i+1].is(hSuch)) {
				return ref{}, false
			}
		case n.is(hOf) || n.is(hFrom):
			if !last.has(official|nationality|numeral) && last.kind != numberNode {
				return ref{}, false
			}
		case s.possessive(i):
		case n.has(preposition|conjunction|subordinator|be|have|modal) || n.is(hPoint) || n.is(hColon) || n.is(hSemicolon):
			return ref{}, false
		}
		last = n
	}
	return ref{}, false
}

// shared returns the node at which the object of the verb at node v begins:
// the next, or that behind another verb which has the same object, set between
// commas ("signed, but has not yet ratified, the treaty").
func (s *sentence) shared(v int) int {
	w := v + 3
	if w+1 < len(s.nodes) && s.nodes[v+1].is(hComma) && s.nodes[v+2].has(adversative|conjunction) && s.nodes[w].kind == verbNode && s.nodes[w+1].is(hComma) {
		return w + 2
	}
	return v + 1
}

// onlyBefore returns the only entity of the kinds before node i: "signed the
// treaty in 2003 and ratified it in 2006".
func (s *sentence) onlyBefore(i int, kinds kindSet) (ref, bool) {
	one := -1
	for k := range i {
		if s.among(k, kinds) {
			if one >= 0 {
				return ref{}, false
			}
			one = k
		}
	}
	return group(one), one >= 0
}

// antecedent returns whom the pronoun at node i stands for: the only person
// named before it in the sentence, or else the only one of the sentence before.
func (r *reader) antecedent(i int, kinds kindSet) (ref, bool) {
	n := &r.s.nodes[i]
	if n.has(male|female) && kinds&kindNames["person"] != 0 {
		one, other := int32(-1), -1
		if i > 1 && r.s.nodes[i-1].kind == verbNode { // nobody names herself: not the subject of that verb
			other = r.s.back(i - 2)
		}
		for k := range i {
			if k != other && r.s.among(k, kindNames["person"]) {
				m := r.s.nodes[k].mention
				if other >= 0 && r.s.among(other, kindNames["person"]) && r.samePerson(m, r.s.nodes[other].mention) {
					continue
				}
				if one >= 0 && !r.samePerson(one, m) {
					return ref{}, false
				}
				if one < 0 {
					one = m
				}
			}
		}
		if one < 0 {
			one = r.lastPerson
			if r.other >= 0 && n.has(r.otherClass) {
				one = r.other
			}
			if one < 0 && r.s.subjective(i) {
				one = r.leading
			}
			if one < 0 {
				one = r.s.ahead(i)
			}
		}
		if one >= 0 {
			return away(one), true
		}
	}
	return ref{}, false
}

// subjective reports whether the pronoun at node i begins the sentence as its subject.
func (s *sentence) subjective(i int) bool {
	return i == 0 && len(s.nodes) > 1 && (s.nodes[1].kind == verbNode || s.nodes[1].has(be|have|modal|adverb))
}

// ahead returns the subject of the main clause for a pronoun at node i in the
// clause before it: "When he was arrested, Luis Gil …"; or -1.
func (s *sentence) ahead(i int) int32 {
	if !s.nodes[0].has(subordinator|preposition) && !(i > 1 && s.nodes[0].has(adverb) && s.nodes[1].has(subordinator|preposition)) {
		return -1
	}
	if k := s.mainSubject(i); k > 0 {
		return s.nodes[k].mention
	}
	return -1
}

// mainSubject returns the person, or the first of several, who is the subject
// of the main clause behind the clause of node i, or -1.
func (s *sentence) mainSubject(i int) int {
	for k := i + 1; k+1 < len(s.nodes) && k < i+30; k++ {
		if n := &s.nodes[k]; n.is(hSemicolon) || s.among(k, kindNames["person"]) {
			return -1
		}
		if !s.nodes[k].is(hComma) {
			continue
		}
		for k++; k < len(s.nodes) && (s.inRole(k) || s.nodes[k].has(determiner|adjective)); k++ {
		}
		if k < len(s.nodes) && s.among(k, kindNames["person"]) {
			if b := int(s.nodes[k].end) + 1; b < len(s.nodes) && (s.nodes[b].kind == verbNode || s.nodes[b].has(be|have|modal|conjunction)) {
				return k
			}
			return -1
		}
		k--
	}
	return -1
}

// described returns whom the noun phrase that ends at node e means where it
// names nobody: "the suspect", "they", "both", "all four", "the two men". Those
// are the group of the sentence before, where it has as many members as the
// phrase counts.
func (r *reader) described(e int) (ref, bool) {
	s := &r.s
	n := &s.nodes[e]
	many, count := n.has(plural), 0
	switch {
	case n.has(pronoun) && many:
	case n.is(hBoth):
		count = 2
	case n.has(people), n.kind == numberNode:
		if n.has(people) {
			e--
		}
		for e > 0 && s.nodes[e].has(adjective) {
			e--
		}
		if e > 0 && s.nodes[e].kind == numberNode {
			count, _ = strconv.Atoi(s.nodes[e].value)
			e--
		}
		if e < 0 || !s.nodes[e].is(hThe) && !s.nodes[e].is(hAll) && !s.nodes[e].is(hBoth) {
			return ref{}, false
		}
	default:
		return ref{}, false
	}
	for k := range e { // whoever the sentence itself names may be meant, or not
		if s.among(k, kindNames["person"]) {
			return ref{}, false
		}
	}
	var all []int32
	switch {
	case !many && count < 2:
		if r.lastPerson >= 0 {
			all = append(all, r.lastPerson)
		}
	case len(r.group) > 1 && (count == 0 || count == len(r.group)):
		all = r.group
	}
	if len(all) == 0 {
		return ref{}, false
	}
	return ref{node: -1, mention: all[0], also: all[1:], with: -1}, true
}

// samePerson reports whether two mentions end in the same name.
func (r *reader) samePerson(a, b int32) bool {
	return r.surname(a) == r.surname(b)
}

// clauseEnd returns the node that ends the clause of the verb or noun at node
// v: the next finite verb, or a mark. A verb joined to v by "and" directly
// behind it is part of the clause.
func (s *sentence) clauseEnd(v int) int {
	for i := v + 1; i < len(s.nodes); i++ {
		n := &s.nodes[i]
		switch {
		case n.kind == verbNode && n.form&gerund != 0, n.kind == verbNode && n.after == int32(v) && (i <= v+2 || i <= v+5 && n.voice == passive && s.plain(v+1, i)): // "was convicted in absentia and sentenced"
		case n.kind == verbNode && n.form&base != 0 && s.doc.Tokens[n.first].Lower == hTo:
		case n.kind == verbNode:
			if k := s.aside(i); k > i { // "Ana Prado, known as Tita, to Chile"
				i = k
				continue
			}
			return i
		case n.is(hSemicolon):
			return i
		case n.has(adversative) && i > v+1:
			return i
		}
	}
	return len(s.nodes)
}

// plain reports whether no name and no value stands between two nodes.
func (s *sentence) plain(from, to int) bool {
	for i := from; i < to; i++ {
		if k := s.nodes[i].kind; k != wordNode {
			return false
		}
	}
	return true
}

// aside returns the comma that ends the participial phrase that the verb at
// node i opens behind a comma, or i where it opens none.
func (s *sentence) aside(i int) int {
	n := &s.nodes[i]
	if n.voice != passive || n.last != n.first+1 || i == 0 || !s.nodes[i-1].is(hComma) {
		return i
	}
	for k := i + 1; k < len(s.nodes) && k < i+10; k++ {
		switch {
		case s.nodes[k].is(hComma):
			return k
		case s.nodes[k].kind == verbNode:
			return i
		}
	}
	return i
}

// find looks for an argument in the clause of node v, behind node from first.
func (r *reader) find(f *find, v, from, to int) (Arg, int, bool) {
	s := &r.s
	end := s.clauseEnd(max(v, to-1))
	behind := to
	to = v + 1
	switch f.what {
	case findDate:
		if i, ok := s.dateOfNoun(v); ok {
			return Arg{}, i, true
		}
		if i, ok := s.dateBehind(to, end); ok {
			return Arg{}, i, true
		}
		if i, ok := s.dateBefore(from); ok && (s.nodes[v].kind == verbNode || from != v || i >= v-2) { // a noun has its own date
			return Arg{}, i, true
		}
		if i, ok := s.dateBetween(from, v); ok {
			return Arg{}, i, true
		}
		if first := int(s.nodes[v].after); s.nodes[v].kind == verbNode && first >= 0 { // "On May 3 the court acquitted A and convicted B"
			if i, ok := s.dateBefore(first); ok && (i == 0 || i == 1 && s.nodes[0].has(preposition)) {
				return Arg{}, i, true
			}
		}
	case findEntity:
		if len(f.phrase) == 0 {
			return Arg{}, -1, false
		}
		for i := to; i < end; i++ {
			if k := s.leads(f.phrase, i); k > 0 {
				if e, ok := s.entityAt(i+k, end, f.kinds); ok && s.subtype(e, f.sub) {
					return Arg{}, e, true
				}
			}
		}
		if f.kinds&places == f.kinds { // "In Tapachula, …"
			for i := from - 1; i >= 0 && s.nodes[i].kind != verbNode; i-- {
				if k := s.leads(f.phrase, i); k > 0 {
					if e, ok := s.entityAt(i+k, from, f.kinds); ok && s.opens(e) {
						return Arg{}, e, true
					}
				}
			}
		}
	case findMoney, findTerm, findPercent:
		kind := [...]nodeKind{findMoney: moneyNode, findTerm: termNode, findPercent: percentNode}[f.what]
		for i := v + 1; i < end; i++ {
			if s.nodes[i].kind == kind {
				return Arg{Role: f.role, Mention: -1, Value: s.nodes[i].value}, -1, true
			}
		}
	case findCount:
		for i := v + 1; i < end && i < v+9; i++ {
			if s.nodes[i].kind == numberNode && (i+1 == len(s.nodes) || !s.nodes[i+1].is(hHyphen)) { // not "a 24-hour course"
				return Arg{Role: f.role, Mention: -1, Value: s.nodes[i].value}, -1, true
			}
			if s.nodes[i].has(preposition) && !s.nodes[i].is(hFor) && !s.nodes[i].is(hOf) && (i+1 == end || s.nodes[i+1].kind != numberNode) { // "over 4,000"
				break
			}
		}
		for i := v + 1; i+1 < end; i++ { // "a course in navigation for about 40 sailors"
			if s.nodes[i].is(hFor) || s.nodes[i].is(hTo) {
				for i+1 < end && s.nodes[i+1].has(adverb) {
					i++
				}
				if i+1 < end && s.nodes[i+1].kind == numberNode {
					return Arg{Role: f.role, Mention: -1, Value: s.nodes[i+1].value}, -1, true
				}
			}
		}
		for i := v - 1; i >= 0 && i > v-9; i-- {
			if s.nodes[v].kind == verbNode && s.nodes[v].voice == active {
				break
			}
			if s.nodes[i].kind == numberNode {
				return Arg{Role: f.role, Mention: -1, Value: s.nodes[i].value}, -1, true
			}
			if s.boundary(i) || s.nodes[i].is(hComma) {
				break
			}
		}
	case findNear:
		for i := from - 1; i >= 0; i-- {
			if s.among(i, f.kinds) && s.subtype(i, f.sub) {
				return Arg{}, s.provisionOf(i), true
			}
		}
		for i := to; i < end; i++ {
			if s.among(i, f.kinds) && s.subtype(i, f.sub) {
				return Arg{}, i, true
			}
		}
		if m := r.before(f); m >= 0 {
			return Arg{Role: f.role, Mention: int(m)}, -1, true
		}
	case findClause:
		for i := behind; i < len(s.nodes) && !s.nodes[i].is(hSemicolon); i++ {
			if k := s.leads(f.phrase, i); k > 0 {
				if t := s.clauseAt(i + k); t != "" {
					return Arg{Role: f.role, Mention: -1, Value: t}, -1, true
				}
			}
		}
		for i := from - 1; i >= 0 && !s.nodes[i].is(hSemicolon); i-- { // "When the smuggler is a judge, penalties increase"
			if k := s.leads(f.phrase, i); k > 0 {
				if t := s.clauseAt(i + k); t != "" {
					return Arg{Role: f.role, Mention: -1, Value: t}, -1, true
				}
			}
		}
	case findText:
		if s.nodes[v].kind == wordNode { // "the conviction of Ana Prado of fraud"
			to = max(to, behind)
		}
		for i := to; i < end; i++ {
			if k := s.leads(f.phrase, i); k > 0 && i+k < end && s.nodes[i+k].kind != termNode { // "jailed for 15 years"
				if t := s.textAt(i+k, end); t != "" {
					return Arg{Role: f.role, Mention: -1, Value: t}, -1, true
				}
			}
		}
	}
	return Arg{}, -1, false
}

// provisionOf returns the node of the article that the law at node i is named
// for ("Article 5 of the Penal Code"), or i.
func (s *sentence) provisionOf(i int) int {
	if p := s.lead(i); s.kind(i) == vocab.Law && p > 0 && s.nodes[p].is(hOf) && s.among(p-1, kindsOf(vocab.Law)) && s.subtype(p-1, "provision") {
		return p - 1
	}
	return i
}

// before returns the last mention of the kinds that the paragraph, or the
// question that it answers, names before the sentence, or -1; for a sentence
// that speaks of a law without a name it is not that law.
func (r *reader) before(f *find) int32 {
	if f.kinds == kindsOf(vocab.Law) && slices.ContainsFunc(r.s.nodes, r.s.unnamedLaw) {
		return -1
	}
	b := r.s.at.Block
	block := r.d.Cable.Blocks[b].Span
	if b > 0 && r.d.Cable.Blocks[b-1].Question {
		block = r.d.Cable.Blocks[b-1].Span
	}
	for i := len(r.d.Mentions) - 1; i >= 0 && r.d.Mentions[i].Span.Start >= block.Start; i-- {
		m := &r.d.Mentions[i]
		if m.First < r.s.at.First && f.kinds&kindsOf(m.Kind) != 0 && (f.sub == "" || r.s.ofSubtype(m, f.sub)) {
			if i > 0 && r.d.Mentions[i-1].Subtype == "provision" && m.First-r.d.Mentions[i-1].Last <= 2 { // "Article 5 of the Penal Code"
				i--
			}
			return int32(i)
		}
	}
	return -1
}

// unnamedLaw reports whether the node is a word such as "law" or "decree".
func (s *sentence) unnamedLaw(n node) bool {
	return n.kind == wordNode && n.word != nil && slices.ContainsFunc(n.word.phrases, func(p phrase) bool {
		return p.list == s.lex.lists["lawnoun"] && len(p.words) == 1
	})
}

// opens reports whether the phrase that ends with the place at node e stands before its
// clause: "In Tapachula, …", "a case in Tapachula where …".
func (s *sentence) opens(e int) bool {
	if in := s.nodes[e].in; in >= 0 {
		e = int(in)
	}
	return e+1 < len(s.nodes) && (s.nodes[e+1].is(hComma) || s.nodes[e+1].is(hWhere))
}

var hWhere = wordHash("where")

// leads returns the length of the longest of the phrases that stands at node i, or 0.
func (s *sentence) leads(phrases [][]uint64, i int) int {
	best := 0
next:
	for _, p := range phrases {
		if i+len(p) > len(s.nodes) || len(p) <= best {
			continue
		}
		for k, h := range p {
			if !s.nodes[i+k].is(h) {
				continue next
			}
		}
		best = len(p)
	}
	return best
}

// entityAt returns the entity of one of the kinds that the noun phrase at node i leads to.
func (s *sentence) entityAt(i, end int, kinds kindSet) (int, bool) {
	for k := i; k < end && k < i+7; k++ {
		n := &s.nodes[k]
		switch {
		case n.kind == entityNode:
			if k+1 < len(s.nodes) && s.possessive(k+1) {
				k++
				continue
			}
			if !s.among(k, kinds) && s.premodifies(k, kinds) && (kinds != kindsOf(vocab.Person) || !s.among(k+1, kinds)) {
				continue
			}
			return k, s.among(k, kinds)
		case kinds == kindNames["person"] && (s.premodifies(k, kinds) || k > i && n.is(hComma) && s.among(k+1, kinds)): // "powerful party boss Ana Prado", "his deputy, Ana Prado"
		case n.kind == numberNode:
		case n.has(determiner|adjective|demonym|official|adverb) && !n.has(preposition), s.capital(k), s.possessive(k):
		case n.kind == wordNode && (n.word == nil || n.word.class == 0) && (s.possessive(k+1) || s.possessive(k+2)): // "the legislative assembly's Committee"
		case n.kind == wordNode && n.word != nil && n.word.form&participle != 0: // "the newly reconstituted unit"
		case (n.is(hOf) || n.is(hFrom)) && k > i && (s.nodes[k-1].has(official) || s.nodes[k-1].is(hState) || s.nodes[k-1].is(hCity) || s.nodes[k-1].is(hTown)):
		case n.kind == wordNode && (n.is(hState) || n.is(hCity) || n.is(hTown) || n.is(hStates) || n.word != nil && n.word.title):
		default:
			return 0, false
		}
	}
	return 0, false
}

// premodifies reports whether node k belongs to what stands before a person's
// name, or says whose law it is: "longtime Harbour Company insider Ana Prado",
// "the Zamora State harbour Law".
func (s *sentence) premodifies(k int, kinds kindSet) bool {
	law := kinds == kindsOf(vocab.Law) && s.among(k, places|bodies)
	if !law && kinds != kindsOf(vocab.Person) {
		return false
	}
	for i := k; i < len(s.nodes) && i < k+5; i++ {
		n := &s.nodes[i]
		switch {
		case i > k && s.among(i, kinds):
			return true
		case n.kind == entityNode && !s.possessive(i+1):
		case n.kind != wordNode, n.has(preposition | conjunction | relative | be | have | modal | pronoun),
			s.doc.Tokens[n.first].Shape == entity.Punct && !s.possessive(i):
			return false
		}
	}
	return false
}

// dateOfNoun returns the date that modifies the noun at node v: "her May 3 meeting".
func (s *sentence) dateOfNoun(v int) (int, bool) {
	for i := v - 1; s.nodes[v].kind == wordNode && i >= 0 && i > v-4; i-- {
		if s.nodes[i].kind == dateNode {
			return i, i == 0 || !s.nodes[i-1].has(preposition)
		}
		if !s.nodes[i].has(adjective) || s.nodes[i].has(preposition) {
			break
		}
	}
	return 0, false
}

// dateBehind returns the first date between two nodes.
func (s *sentence) dateBehind(from, end int) (int, bool) {
	for i := from; i < end; i++ {
		if s.nodes[i].kind == dateNode && (i == 0 || !s.nodes[i-1].is(hOf) || len(s.nodes[i].value) > 4) && !s.datesAnother(i) { // "law 8 of 2004" dates the law
			return i, true
		}
		if n := &s.nodes[i]; n.has(relative) && !n.is(hThat) || n.kind == verbNode && n.form&base != 0 && s.lex.lemmas[n.lemma].name == "become" {
			break // "passed to become law on May 3"
		}
	}
	return 0, false
}

// datesAnother reports whether the date at node i belongs to the noun behind
// it ("charged in the May 3 bombing") or to the time in office of the person
// before it ("Ana Prado (1998-2002)").
func (s *sentence) datesAnother(i int) bool {
	if i < 2 {
		return false
	}
	if s.nodes[i-1].is(hOpen) {
		return s.kind(i-2) == vocab.Person && strings.Contains(s.nodes[i].value, "/")
	}
	k := i + 1
	for k < len(s.nodes) && (s.nodes[k].is(hComma) || s.nodes[k].has(adjective)) {
		k++
	}
	return s.nodes[i-1].has(determiner) && k < len(s.nodes) && s.nodes[k].kind == wordNode &&
		(s.nodes[k].word == nil || s.nodes[k].word.class == 0) && s.doc.Tokens[s.nodes[k].first].Shape == entity.Lower
}

// dateBetween returns the date that stands between a subject and its verb: "the
// court, on May 3, sentenced".
func (s *sentence) dateBetween(from, v int) (int, bool) {
	for i := from + 1; i < v; i++ {
		switch n := &s.nodes[i]; {
		case n.kind == verbNode, n.has(relative | conjunction), n.is(hSemicolon):
			return 0, false
		case n.kind == dateNode && s.nodes[i-1].has(preposition) && !s.nodes[i-1].is(hOf):
			return i, true
		}
	}
	return 0, false
}

// dateBefore returns the date before node v that no other verb comes between,
// or that opens the sentence where what comes between only explains the
// subject: "On May 3 a team led by Ana Prado met".
func (s *sentence) dateBefore(v int) (int, bool) {
	led := false
	for i := v - 1; i >= 0; i-- {
		n := &s.nodes[i]
		switch {
		case n.kind == verbNode && s.nodes[v].kind == verbNode && n.voice == passive && n.last == n.first+1 && n.form&participle != 0:
			led = true
		case n.is(hClose) && n.partner >= 0:
			i = int(n.partner)
		case n.kind == verbNode, n.is(hSemicolon), n.is(hColon), n.is(hThat) && i+1 < v: // "said on May 3 that …"
			return 0, false
		case n.kind == dateNode:
			if led {
				return i, i == 0 || i == 1 && s.nodes[0].has(preposition)
			}
			if i == 0 || s.nodes[i-1].has(preposition) && (i == 1 || !s.nodes[i-2].has(preposition)) || s.nodes[i-1].is(hComma) ||
				i == v-1 && s.nodes[v].kind == wordNode { // "the May 3 arrest"
				return i, true
			}
			return 0, false
		}
	}
	return 0, false
}

// clear reports whether no verb stands between two nodes.
func (s *sentence) clear(from, to int) bool {
	for i := from; i < to; i++ {
		if s.nodes[i].kind == verbNode {
			return false
		}
	}
	return true
}

// textAt returns the text of the noun phrase at node i: up to a date, a comma
// that does not go on with a list, another argument's preposition.
func (s *sentence) textAt(i, end int) string {
	k := i
loop:
	for ; k < end && k < i+24; k++ {
		n := &s.nodes[k]
		switch {
		case n.kind == dateNode:
			break loop
		case n.is(hOpen), n.is(hColon), n.is(hPoint), n.is(hSemicolon):
			break loop
		case n.has(relative) && !n.is(hThat):
			break loop
		case n.has(preposition) && k > i && s.closesText(k, end):
			break loop
		case n.is(hComma) && !(k+2 < end && s.listFollows(k+1, end)):
			break loop
		}
	}
	for k > i && (s.nodes[k-1].has(preposition|conjunction|determiner) || s.nodes[k-1].is(hComma)) {
		k--
	}
	if k <= i {
		return ""
	}
	return strings.Join(strings.Fields(s.doc.Text(int(s.nodes[i].first), int(s.nodes[k-1].last))), " ")
}

// clauseAt returns the text of the clause at node i, verbs and all, up to a comma or
// the end of the sentence.
func (s *sentence) clauseAt(i int) string {
	if i < len(s.nodes) && s.nodes[i].is(hColon) { // "when: (a) the victim …"
		i = s.past(i + 1)
	}
	k := i
	for ; k < len(s.nodes) && k < i+40; k++ {
		if n := &s.nodes[k]; n.is(hSemicolon) || n.is(hPoint) || n.is(hComma) && !s.listFollows(k+1, len(s.nodes)) {
			break
		}
	}
	if k <= i {
		return ""
	}
	return s.text(i, k)
}

// closesText reports whether the preposition at node k starts another argument:
// a date, an agent, a place, a court, a law.
func (s *sentence) closesText(k, end int) bool {
	if k+1 >= end {
		return true
	}
	n := &s.nodes[k]
	if s.nodes[k+1].kind == dateNode || n.is(hBy) {
		return true
	}
	e, ok := s.entityAt(k+1, end, places|kindsOf(vocab.Agency)|kindsOf(vocab.Law))
	return ok && (n.is(hIn) || n.is(hUnder) || n.is(hAt)) && e > k
}

// listFollows reports whether a conjunction stands among the next nodes, as in the rest of a list.
func (s *sentence) listFollows(i, end int) bool {
	for k := i; k < end && k < i+6; k++ {
		if s.nodes[k].has(conjunction) {
			return true
		}
		if s.nodes[k].kind == verbNode && s.nodes[k].form&gerund == 0 {
			return false
		}
	}
	return false
}

var (
	hGovernment, hAt, hWithin, hState, hCity = wordHash("government"), wordHash("at"), wordHash("within"), wordHash("state"), wordHash("city")
	hTown, hStates, hCoordination            = wordHash("town"), wordHash("states"), wordHash("coordination")
	hCollaboration, hCooperation             = wordHash("collaboration"), wordHash("cooperation")
	hConjunction, hPartnership, hAssociation = wordHash("conjunction"), wordHash("partnership"), wordHash("association")
	hUnder, hWe                              = wordHash("under"), wordHash("we")
	hNear                                    = wordHash("near")
	hRespectively                            = wordHash("respectively")
)
