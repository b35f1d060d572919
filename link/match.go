package link

import (
	"slices"

	"cablegraph/entity"
	"cablegraph/vocab"
)

// capture is what a slot of a pattern holds: an entity or value node, with its
// group where whole is set, or a stretch of nodes as text.
type capture struct {
	from, to int // nodes, to exclusive; to 0 where the slot is empty
	whole    bool
	text     bool
}

// window is how far a pattern may reach from its anchor, in nodes.
const window = 96

// matcher runs programs over the nodes of a sentence. It tries alternatives in
// order and remembers where it has failed, so that no instruction is tried
// twice at a node: time is bounded by the length of the program times window.
type matcher struct {
	s       *sentence
	code    []inst
	from    int // node where the run started
	dir     int
	caps    []capture
	visited []uint32
	gen     uint32
	runs    int // of programs, in all
	steps   int // instructions run in all
	end     int // where the last run ended: the node behind, in its direction
	trace   *trace
}

// trace tells where the last run stopped. Only Explain has one.
type trace struct {
	far    int   // how many nodes it got, at the most
	wanted []int // the instructions that found there what they do not match
}

func (t *trace) at(off, pc int) {
	if off > t.far {
		t.far, t.wanted = off, t.wanted[:0]
	}
	if off == t.far {
		t.wanted = append(t.wanted, pc)
	}
}

// run matches code from node at on in the direction.
func (m *matcher) run(code []inst, at, dir int) bool {
	m.code, m.from, m.dir = code, at, dir
	m.runs++
	if m.trace != nil {
		*m.trace = trace{wanted: m.trace.wanted[:0]}
	}
	if n := len(code) * (window + 1); n > len(m.visited) {
		m.visited = make([]uint32, n)
		m.gen = 0
	}
	if m.gen++; m.gen == 0 { // the marks of 2³² runs ago
		clear(m.visited)
		m.gen = 1
	}
	return m.try(0, at)
}

func (m *matcher) try(pc, at int) bool {
	s := m.s
	for {
		off := (at - m.from) * m.dir
		if off > window {
			return false
		}
		mark := &m.visited[pc*(window+1)+off]
		if *mark == m.gen {
			return false
		}
		*mark = m.gen
		m.steps++
		in := &m.code[pc]
		switch in.op {
		case opMatch:
			m.end = at
			return true
		case opJump:
			pc = in.x
			continue
		case opSplit:
			if m.try(in.x, at) {
				return true
			}
			pc = in.y
			continue
		case opBegin, opEnd:
			old := m.caps[in.slot]
			c := old
			c.text = true
			edge := at
			if m.dir < 0 {
				edge++
			}
			if in.op == opBegin {
				c.from = edge
			} else {
				c.to = edge
			}
			m.caps[in.slot] = c
			if m.try(pc+1, at) {
				return true
			}
			m.caps[in.slot] = old
			return false
		}
		if in.op == opNot {
			if at >= 0 && at < len(s.nodes) && s.nodes[at].kind != entityNode && slices.Contains(in.words, s.nodes[at].hash) {
				if m.trace != nil {
					m.trace.at(off, pc)
				}
				return false
			}
			pc++
			continue
		}
		if m.trace != nil {
			m.trace.at(off, pc)
		}
		if at < 0 || at >= len(s.nodes) {
			return false
		}
		n := &s.nodes[at]
		if in.op == opEntity || in.op == opValue && in.value == dateNode {
			if m.entity(pc, at, in) {
				return true
			}
		} else if k := m.one(in, at); k > 0 {
			if in.slot >= 0 {
				old := m.caps[in.slot]
				m.caps[in.slot] = capture{from: at, to: at + 1}
				if m.try(pc+1, at+k*m.dir) {
					return true
				}
				m.caps[in.slot] = old
				return false
			}
			pc, at = pc+1, at+k*m.dir
			continue
		}
		// a parenthesis that the pattern does not ask for is passed over
		if n.partner >= 0 && (m.dir > 0) == (int(n.partner) > at) && in.op != opGap {
			at = int(n.partner) + m.dir
			continue
		}
		return false
	}
}

// entity tries an entity or date node, first with the group that it starts, then alone.
func (m *matcher) entity(pc, at int, in *inst) bool {
	s := m.s
	start := at
	if o := s.nodes[at].owner; m.dir < 0 && o >= 0 && !in.alone { // "Tapachula, Chiapas": the place is meant
		at = int(o)
	}
	n := &s.nodes[at]
	if in.op == opEntity && (n.kind != entityNode || in.kinds&kindsOf(s.kind(at)) == 0 || !s.subtype(at, in.sub)) || in.op == opValue && n.kind != dateNode {
		return false
	}
	first, past := at, int(n.end)+1
	if m.dir < 0 {
		first, past = int(n.head), int(n.head)-1
	}
	if in.alone || in.op == opEntity && in.kinds&kindsOf(s.kind(first)) == 0 || in.closed && m.dir < 0 && !s.closed(at) {
		first, past = at, at+m.dir
	}
	if m.dir > 0 { // "Tapachula, Chiapas" is passed as one
		last := past - 1
		if i := s.nodes[last].in; i >= 0 {
			past = int(i) + 1
		}
	}
	for try := 0; ; try++ {
		old := capture{}
		if in.slot >= 0 {
			old = m.caps[in.slot]
			m.caps[in.slot] = capture{from: first, to: first + 1, whole: first != at || past != at+m.dir}
		}
		if m.try(pc+1, past) {
			return true
		}
		if in.slot >= 0 {
			m.caps[in.slot] = old
		}
		if try > 0 || past == start+m.dir {
			return false
		}
		at = start
		first, past = at, at+m.dir
		if in.op == opEntity && in.kinds&kindsOf(s.kind(at)) == 0 {
			return false
		}
	}
}

// subtype reports whether the mention at node i has the subtype; a "statute" is
// any law but treaties and memoranda, an "enterprise" a company or association,
// a "movement" any other organization, "premises" a body and a "facility" a place
// that is also a building, a "court" a court or tribunal.
func (s *sentence) subtype(i int, sub string) bool {
	return sub == "" || s.ofSubtype(&s.doc.Mentions[s.nodes[i].mention], sub)
}

func (s *sentence) ofSubtype(m *entity.Mention, sub string) bool {
	x := m.Subtype
	switch sub {
	case "statute":
		return x != "treaty" && x != "mou"
	case "enterprise":
		before := m.First > 0 && s.lex.known(s.doc.Tokens[m.First-1].Lower).is(firm) // "the company Petrolera"
		return x == "company" || (x == "ngo" || before) && !s.named(m, league)
	case "movement":
		return !s.ofSubtype(m, "enterprise")
	case "court":
		return slices.ContainsFunc(s.doc.Tokens[m.First:m.Last], func(t entity.Token) bool { return t.Lower == hCourt || t.Lower == hTribunal })
	case "premises":
		return x == "post" || s.named(m, premises)
	case "facility":
		return s.named(m, premises)
	}
	return x == sub
}

var hCourt, hTribunal = wordHash("court"), wordHash("tribunal")

// named reports whether the name of m has a word of a class.
func (s *sentence) named(m *entity.Mention, c class) bool {
	return slices.ContainsFunc(s.doc.Tokens[m.First:m.Last], func(t entity.Token) bool {
		return s.lex.known(t.Lower).is(c)
	})
}

// one matches an instruction at a node and returns the number of nodes taken.
func (m *matcher) one(in *inst, at int) int {
	s := m.s
	n := &s.nodes[at]
	switch in.op {
	case opWord:
		if n.kind == wordNode || n.kind == numberNode || n.kind == verbNode && n.last == n.first+1 {
			for _, h := range in.words {
				if n.hash == h {
					return 1
				}
			}
		}
	case opClass:
		if n.has(in.class) || in.class&numeral != 0 && n.kind == numberNode {
			return 1
		}
	case opVerb:
		if n.kind == verbNode && (len(in.words) == 0 || s.contains(n, in.words)) && (in.voice < 0 || voice(in.voice) == n.voice) && (in.forms == 0 || in.forms&n.form != 0) && (!in.finite || s.finite(n)) {
			if len(in.lemmas) == 0 || slices.Contains(in.lemmas, n.lemma) {
				return 1
			}
		}
	case opDemonym:
		if n.has(demonym) {
			return 1
		}
	case opCapital:
		if s.capital(at) && !n.has(honorific) && (in.x == 0 || s.doc.Tokens[n.first].Shape == entity.Capital) {
			return 1
		}
	case opValue:
		if n.kind == in.value {
			return 1
		}
	case opGap:
		if !s.boundary(at) && (in.class == 0 || !n.has(in.class) && !n.is(hComma) && !n.is(hTo) && s.kind(at) != vocab.Person && !s.nextInList(at)) {
			return 1
		}
	case opList:
		return m.phrase(in.list, at, m.dir)
	}
	return 0
}

// contains reports whether one of the words stands in the node.
func (s *sentence) contains(n *node, words []uint64) bool {
	for i := n.first; i < n.last; i++ {
		for _, h := range words {
			if s.doc.Tokens[i].Lower == h {
				return true
			}
		}
	}
	return false
}

// phrase matches a phrase of a list at a node, the longest first.
func (m *matcher) phrase(list int32, at, dir int) int {
	s := m.s
	n := &s.nodes[at]
	if n.word == nil || n.kind != wordNode && n.kind != verbNode {
		return 0
	}
	phrases := n.word.phrases
	if dir < 0 {
		phrases = n.word.tails
	}
next:
	for _, p := range phrases {
		if p.list != list {
			continue
		}
		first := at
		if dir < 0 {
			first = at - len(p.words) + 1
		}
		if first < 0 || first+len(p.words) > len(s.nodes) {
			continue
		}
		for k, h := range p.words {
			if s.nodes[first+k].kind == entityNode || s.nodes[first+k].hash != h {
				continue next
			}
		}
		return len(p.words)
	}
	return 0
}

// nextInList reports whether node i is the conjunction before the next member
// of a list: no noun phrase goes on behind ", and".
func (s *sentence) nextInList(i int) bool {
	return i > 0 && s.nodes[i].has(conjunction) && s.nodes[i-1].is(hComma)
}

// boundary reports whether a gap must not pass node i: a verb, the end of a
// clause, a conjunction that starts one.
func (s *sentence) boundary(i int) bool {
	n := &s.nodes[i]
	switch {
	case n.kind == verbNode:
		return true
	case n.kind != wordNode:
		return false
	case n.hash == hSemicolon || n.hash == hColon || n.hash == hPoint:
		return true
	case n.has(be | have | modal):
		return true
	case n.has(relative|subordinator|adversative) && !n.has(preposition):
		return true
	}
	return false
}
