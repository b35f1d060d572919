package link

import (
	"cablegraph/entity"
	"cablegraph/vocab"
)

// verb decides whether the word n is a verb where it stands, and if so takes
// the auxiliaries, adverbs and governing verbs before it into one node: voice,
// and status from negation, modals and verbs such as "plan to", "fail to".
func (s *sentence) verb(n *node) bool {
	w := n.word
	if n.hash == hIncluding {
		return false
	}
	prev := len(s.nodes) - 1
	for prev >= 0 && (s.nodes[prev].has(adverb|negative) && !s.nodes[prev].has(determiner) || s.floating(prev)) {
		prev--
	}
	var p *node
	if prev >= 0 {
		p = &s.nodes[prev]
	} else {
		p = &node{}
	}
	next := s.peek(int(n.last))
	aux := p.has(be | have | do | modal)
	to := p.is(hTo)
	nounBefore := prev >= 0 && (p.has(determiner|adjective|demonym) && !p.has(pronoun) || s.possessive(prev) || p.kind == moneyNode || p.kind == termNode)
	if p.is(hThat) {
		nounBefore = false
	}
	f := w.form
	switch {
	case f&gerund != 0:
		if !p.has(be) && (p.has(preposition) || f&nominal != 0) && next&(nextName|nextDeterminer|nextNumber|nextWord) == 0 || !p.has(be) && f&nominal != 0 && next&nextWord != 0 {
			return false // "victims of trafficking in Peru", "trafficking victims"
		}
		if nounBefore || p.kind == entityNode && prev == len(s.nodes)-1 || p.kind == verbNode && !s.lex.lemmas[p.lemma].cat && next&(nextName|nextDeterminer|nextNumber|nextWord) == 0 {
			return false
		}
		f = gerund
	case f&(past|participle) != 0 && (f&base == 0 || !to && !p.has(modal|do)):
		if (nounBefore || p.has(preposition) && !p.has(subordinator) && !to) && !aux { // "the convicted smuggler", "for forced labor"
			return false
		}
		if p.is(hHyphen) && s.doc.Tokens[p.first].End == s.doc.Tokens[n.first].Start && p.first > 0 && s.doc.Tokens[p.first-1].End == s.doc.Tokens[p.first].Start {
			return false // "Institute-financed training"
		}
		if !aux && prev == len(s.nodes)-1 && p.kind == verbNode && p.voice == active && next&nextWord != 0 {
			return false // "provide specialized training"
		}
		f &= past | participle
	case aux || to:
		if p.has(be|have) || f&base == 0 {
			return false
		}
		f = base
	case prev < 0 || nounBefore || p.has(preposition):
		return false
	case f&nominal != 0:
		subject := p.kind == entityNode || p.has(pronoun|relative) || p.has(official) || s.pluralNoun(p)
		law := f&third != 0 && p.kind == entityNode && s.kind(prev) == vocab.Law // "the law limits visits"
		if !subject || !law && next&(nextName|nextDeterminer|nextNumber) == 0 && (next&nextTo == 0 || !s.lex.lemmas[w.lemma].cat) {
			return false
		}
		f &= base | third
	case p.kind == verbNode && prev == len(s.nodes)-1 && (p.form&base == 0 || p.last > p.first+1) && !s.lex.lemmas[p.lemma].cat:
		return false // "concluded free trade agreements"
	case p.kind == wordNode && p.word != nil && p.word.form&gerund != 0 && p.word.class == 0 && next&nextWord != 0:
		return false // "of concluding free trade agreements"
	default:
		f &= base | third
	}
	v := *n
	v.kind, v.lemma, v.form, v.after = verbNode, w.lemma, f, -1
	switch seen := s.auxiliaries(&v); {
	case !seen && v.form&(past|participle) != 0:
		s.bare(&v, next, w.form)
	case !seen && v.form&base != 0:
		s.joined(&v)
	}
	s.nodes = append(s.nodes, v)
	return true
}

// pluralNoun reports whether n is an unknown word in -s.
func (s *sentence) pluralNoun(n *node) bool {
	if n.kind != wordNode || n.last == 0 || n.word != nil && (n.word.class != 0 || n.word.form != 0) {
		return false
	}
	w := s.doc.Word(int(n.first))
	return len(w) > 3 && w[len(w)-1] == 's' && s.doc.Tokens[n.first].Shape == entity.Lower
}

// auxiliaries takes what belongs to v off the end of the nodes, and reports
// whether an auxiliary or governing verb was among it.
func (s *sentence) auxiliaries(v *node) (seen bool) {
	to, deny, governed := false, false, false
	wished := false // "that the treaty be ratified"
	cut := len(s.nodes)
	status := vocab.Asserted
	raise := func(st vocab.Status) {
		if rank[st] > rank[status] {
			status = st
		}
	}
loop:
	for k := len(s.nodes) - 1; k >= 0; k-- {
		n := &s.nodes[k]
		switch {
		case n.is(hTo) && !to && (v.form&base != 0 || seen):
			to, seen = true, true
		case n.has(be|have|do|modal) && n.has(negative): // "didn't"
			deny, seen = true, true
			if n.has(be) && v.form&participle != 0 {
				v.voice = passive
			}
		case n.is(hYet):
			if !to && (k == 0 || !s.nodes[k-1].has(negative)) { // not "has yet to sign" or "has not yet signed"
				break loop
			}
			deny = true
		case n.has(be):
			if !seen && v.form&participle != 0 {
				v.voice = passive
			} else if to && !n.is(hBe) {
				raise(vocab.Planned)
			}
			wished = n.is(hBe) && v.voice == passive && !seen
			seen = true
		case n.has(have):
			seen = true
		case n.has(do):
			seen = true
		case n.has(modal):
			seen, wished = true, false
			switch {
			case n.has(planned):
				raise(vocab.Planned)
			case n.has(hypothetical):
				raise(vocab.Hypothetical)
			}
		case n.has(planned) && to:
			raise(vocab.Planned)
		case s.floating(k):
			continue
		case n.has(negative):
			if n.has(determiner) {
				break loop
			}
			deny = true
		case n.has(adverb):
			if n.has(alleged) {
				raise(vocab.Alleged)
			}
			continue // goes with the verb only if an auxiliary or the verb itself follows
		case n.kind == verbNode && (to || v.form == gerund) && s.lex.lemmas[n.lemma].cat:
			raise(n.status)
			if n.status == vocab.Negated {
				deny = true
			}
			raise(s.lex.lemmas[n.lemma].then)
			governed = true
			v.after = n.after
			cut = k
			seen = true
			break loop
		default:
			break loop
		}
		cut = k
	}
	if k := len(s.nodes) - 1; k >= 0 && cut == len(s.nodes) && s.nodes[k].has(adverb) { // directly before the verb
		if s.nodes[k].has(alleged) {
			raise(vocab.Alleged)
		}
		cut = k
	}
	if to && status == vocab.Asserted && !governed && s.lex.lemmas[v.lemma].name != "include" { // "voted to convict": not done yet; "officers to include" are included
		status = vocab.Planned
	}
	if wished && !to {
		raise(vocab.Planned)
	}
	if deny {
		raise(vocab.Negated)
	}
	v.status = status
	if cut < len(s.nodes) {
		v.first = s.nodes[cut].first
		s.nodes = s.nodes[:cut]
	}
	return seen
}

// rank orders statuses by what prevails where a verb has several.
var rank = [...]int{vocab.Asserted: 0, vocab.Hypothetical: 1, vocab.Planned: 2, vocab.Alleged: 3, vocab.Negated: 4}

// joined settles subject and status of a verb that "and" joins to an infinitive
// or to what follows a modal: "will investigate and prosecute", "will meet on
// May 3 and approve the plan".
func (s *sentence) joined(v *node) {
	k := len(s.nodes) - 1
	if k < 1 || !s.nodes[k].has(conjunction) || v.form != base {
		return
	}
	for j := k - 1; j >= 0 && j > k-16 && !s.nodes[j].is(hSemicolon); j-- {
		p := &s.nodes[j]
		if p.kind != verbNode {
			continue
		}
		if p.form&base != 0 && p.last > p.first+1 {
			if v.status == vocab.Asserted {
				v.status = p.status
			}
			if j == k-1 {
				v.after = int32(j)
			}
		}
		return
	}
}

// bare settles voice and subject of a past or participle without auxiliary:
// "AFI arrested two men", "two men arrested in 2007", "was arrested and charged".
func (s *sentence) bare(v *node, next nextSet, forms form) {
	k := len(s.nodes) - 1
	if k > 0 && s.nodes[k].is(hComma) && s.nodes[k-1].kind == verbNode && s.nodes[k-1].voice == passive { // "charged, convicted or fined"
		v.after, v.voice, v.status = int32(k-1), passive, s.nodes[k-1].status
		return
	}
	if k >= 0 && s.nodes[k].has(conjunction|adversative) && !s.nodes[k].has(subordinator) {
		for j := k - 1; j >= 0 && j > k-16; j-- {
			n := &s.nodes[j]
			if n.kind == verbNode && n.form&gerund != 0 && n.first == n.last-1 {
				continue // "of trafficking, but convicted"
			}
			if n.kind == verbNode {
				v.after = int32(j)
				v.voice = active
				if n.voice == passive && next&nextName == 0 && next&nextDeterminer == 0 {
					v.voice = passive
				}
				if v.status == vocab.Asserted {
					v.status = n.status
				}
				return
			}
			if n.is(hSemicolon) || n.is(hColon) {
				break
			}
		}
	}
	v.voice = active
	if forms&participle == 0 || s.lex.lemmas[v.lemma].intransitive {
		return
	}
	if k >= 0 && s.nodes[k].is(hClose) { // "the Institute (NHI) arrested"
		for j := k - 1; j > 0 && j > k-12; j-- {
			if s.nodes[j].is(hOpen) {
				k = j - 1
				break
			}
		}
	}
	switch {
	case next&(nextName|nextDeterminer|nextNumber|nextWord) != 0:
	case next&nextBy != 0:
		v.voice = passive
	case k >= 0 && (s.nodes[k].kind == entityNode || s.nodes[k].has(pronoun) || s.nodes[k].has(relative) || s.officer(k)):
	case s.lex.lemmas[v.lemma].name == "meet": // "two senators met on May 3"
	default:
		v.voice = passive
	}
}

// nextSet says what kind of word follows a verb.
type nextSet uint8

const (
	nextName nextSet = 1 << iota
	nextDeterminer
	nextNumber
	nextBy
	nextTo
	nextWord // a word that no rule knows, or that has no class
)

// peek looks at the token behind a verb, adverbs passed over.
func (s *sentence) peek(i int) nextSet {
	for i < s.at.Last {
		t := s.doc.Tokens[i]
		w := s.lex.known(t.Lower)
		switch {
		case t.Mention >= 0:
			return nextName
		case t.Shape == entity.Number:
			return nextNumber
		case w == nil:
			if t.Shape == entity.Capital || t.Shape == entity.Caps {
				return nextName
			}
			if t.Shape == entity.Lower {
				return nextWord
			}
			return 0
		case t.Lower == hBy:
			return nextBy
		case t.Lower == hTo:
			return nextTo
		case w.class&(determiner|pronoun|demonym|adjective) != 0:
			return nextDeterminer
		case w.class&numeral != 0 || s.lex.currencies[t.Lower] != "":
			return nextNumber
		case w.class&adverb != 0:
			i++
			continue
		case w.title:
			return nextName
		case w.class == 0 && (w.form == 0 || w.form&(nominal|participle) != 0) && t.Shape == entity.Lower: // "received specialized training"
			return nextWord
		}
		return 0
	}
	return 0
}

var hBe = wordHash("be")
