package link

import (
	"slices"
	"strings"

	"cablegraph/entity"
	"cablegraph/vocab"
)

// rule tries the rule of an anchor at node i.
func (r *reader) rule(a anchor, i int) {
	if r.trials != nil {
		r.trial(a, i)
		return
	}
	if p := r.s.present; a.kinds[0]&p != 0 && a.kinds[1]&p != 0 {
		r.match(a, i)
	}
}

// match matches the frame or pattern of an anchor at node i.
func (r *reader) match(a anchor, i int) {
	u := r.rules[a.rule]
	if a.prog < 0 {
		r.frame(u, i)
		return
	}
	p := u.progs[a.prog]
	for _, k := range p.kinds {
		if k&r.s.present == 0 {
			r.fail("no entity of a kind that it must have")
			return
		}
	}
	if r.trials == nil { // Explain tells how far it got
		for _, words := range p.must {
			if r.s.lacks(words) {
				return
			}
		}
	}
	m := &r.m
	if cap(m.caps) < len(p.slots) {
		m.caps = make([]capture, len(p.slots)+8)
	}
	m.caps = m.caps[:len(p.slots)]
	for k := range m.caps {
		m.caps[k] = capture{}
	}
	if !m.run(p.anchor, i, 1) {
		r.stopped(p, "at", i)
		return
	}
	behind := m.end
	r.got(behind - i)
	if !m.run(p.right, behind, 1) {
		r.stopped(p, "behind", behind)
		return
	}
	end := m.end
	r.got(end - behind)
	if !m.run(p.left, i-1, -1) {
		r.stopped(p, "before", i-1)
		return
	}
	r.got(whole)
	if last := end - 1; last >= 0 && r.s.possessive(end) && r.s.nodes[last].kind == entityNode && r.s.kind(last) != vocab.Person {
		r.fail("the name is only the possessor")
		return
	}
	if from := m.end; u.opens && from >= 0 && !r.s.nodes[from].is(hClose) && !r.s.nodes[from].is(hColon) {
		r.fail("it does not open the sentence")
		return
	}
	if r.modifies(u, end-1) {
		r.fail("the name only modifies what follows")
		return
	}
	if r.next(u, m.end+1, end) {
		r.fail("the office is that of the name behind")
		return
	}
	h := hit{rule: u, from: m.end + 1, to: end}
	for k, c := range m.caps {
		if c.to <= c.from {
			continue
		}
		role := p.slots[k]
		if role == "body" && r.s.region(c.from) { // "Secretary for the Americas"
			continue
		}
		switch n := &r.s.nodes[c.from]; {
		case role == "body" && r.s.nodes[behind-1].has(trade) && (n.has(demonym) || r.s.among(c.from, places)): // a Peruvian painter holds no office of Peru's
		case c.text:
			for c.from < c.to-1 && (r.s.nodes[c.from].has(conjunction) || r.s.nodes[c.from].is(hComma) || role == "role" && (r.s.article(c.from) || r.s.nodes[c.from].is(hAlso) || r.s.nodes[c.from].is(hCurrently) || r.s.nodes[c.from].is(hNow))) {
				c.from++
			}
			if role == "role" && c.from > 0 && r.s.nodes[c.from-1].has(lesser) {
				if u.relation.Class == "cg:Holding" && u.Type != "holdsRole" {
					r.fail("the office is over, or under the one that heads")
					return
				}
				c.from--
			}
			for c.to > c.from+1 && r.s.nodes[c.to-1].has(conjunction) {
				c.to--
			}
			if role == "role" {
				if n := &r.s.nodes[c.to-1]; n.kind == verbNode && n.last > n.first+1 { // "named to head the unit"
					continue
				}
				if r.s.noOffice(c.from, c.to) || c.to < len(r.s.nodes) && r.s.among(c.to, kindNames["person"]) && !slices.ContainsFunc(m.caps, func(o capture) bool {
					return o.from >= c.to && o.to > o.from
				}) {
					r.fail("no office, or that of another name")
					return
				}
			}
			text := r.s.text(c.from, c.to)
			if role == "role" && r.s.over(c.from) {
				if u.relation.Class == "cg:Holding" && u.Type != "holdsRole" {
					r.fail("the office is over")
					return
				}
				text = "former " + text
			}
			if in := &p.anchor[0]; in.op == opList && in.list == r.lex.lists["titles"] { // "Senators Ana Prado and Luis Gil"
				text = oneOf(text)
			}
			h.args = append(h.args, arg{role: role, node: -1, text: text})
		case n.kind == entityNode:
			g := group(c.from)
			g.whole = c.whole
			h.args = append(h.args, arg{role: role, ref: g, node: -1})
		case n.has(male | female):
			if a, ok := r.antecedent(c.from, kindNames["person"]); ok {
				h.args = append(h.args, arg{role: role, ref: a, node: -1})
			}
		case n.has(demonym):
			if m := r.stateOf(n.word.state); m >= 0 {
				h.args = append(h.args, arg{role: role, ref: away(m), node: -1})
			}
		default:
			h.args = append(h.args, arg{role: role, node: c.from, all: c.whole})
		}
	}
	h.status = r.s.statusOf(h.from, h.to)
	if u.Type == "met" && h.status == vocab.Asserted && r.s.nodes[i].kind == wordNode {
		if p := r.s.verbBefore(i); p < 0 || !slices.ContainsFunc(r.s.nodes[p+1:i], func(n node) bool { return n.has(preposition) }) {
			h.status = r.s.nominalStatus(i) // "requested a meeting with"
		}
	}
	if f := u.frame; f != nil {
		if v := r.s.predicate(i, h.from, h.to); v >= 0 {
			if v < h.from {
				h.from = v
				h.status = r.s.statusOf(h.from, h.to)
			}
			n := &r.s.nodes[v]
			to := f.subject
			if n.kind == verbNode && n.voice == passive {
				to = f.object
			}
			if together := slices.Contains(u.skip, to.role); to.role != "" && (!h.hasRole(to.role) || together) {
				var texts []string
				a, ok := r.subject(v, to.kinds)
				if to.text {
					var rest int
					if texts, rest = r.actors(v); !ok && rest >= 0 {
						a, ok = r.nounPhrase(rest, to.kinds)
					}
				}
				if ok {
					h.add(to.role, a)
					last := len(h.args) - 1 // in front of others in its role
					h.args = slices.Insert(h.args[:last], 0, h.args[last])
				}
				for _, t := range texts {
					h.args, ok = append(h.args, arg{role: to.role, node: -1, text: t}), true
				}
				if !ok && together {
					r.fail("no argument %q", to.role)
					return
				}
			}
			if to = f.object; n.kind == verbNode && n.voice == active && to.role != "" && !h.hasRole(to.role) {
				if a, ok := r.object(v, to.kinds); ok {
					h.add(to.role, a)
				}
			}
		}
	}
	r.finish(&h, i)
}

// predicate returns the node whose subject that of a match is: its anchor at
// node i, or else the first verb of the match, which goes from from to to; -1
// without one.
func (s *sentence) predicate(i, from, to int) int {
	if s.nodes[i].kind == verbNode || s.nodes[i].has(be|have) {
		return i
	}
	for v := from; v < to; v++ {
		if s.nodes[v].kind == verbNode {
			return v
		}
		if s.nodes[v].has(be | have) {
			for v > 0 && s.nodes[v-1].has(have|modal|adverb|negative) && !s.nodes[v-1].has(determiner) { // "has since been in jail"
				v--
			}
			return v
		}
	}
	return -1
}

// next reports whether a match of the rule that starts with a person at node
// from goes on to a body with which the office of the person behind ends: "Ana
// Prado, Peruvian Ambassador to the Harbour Union Luis Gil".
func (r *reader) next(u *rule, from, end int) bool {
	s := &r.s
	if u.relation.Class != "cg:Holding" || !s.among(from, kindNames["person"]) || !s.among(end-1, bodies|places) {
		return false
	}
	for end = s.past(end); end < len(s.nodes) && (s.nodes[end].has(honorific) || s.nodes[end].is(hPoint)); end++ {
	}
	return end < len(s.nodes) && s.among(end, kindNames["person"])
}

// noOffice reports whether the words at nodes from to to are not the office of
// the name beside them: the first of "both the director, Ana Prado, and the
// clerk", a party with its state, "(PP-MG)", and the Department's own "the
// Ambassador", whose listener follows behind a comma.
func (s *sentence) noOffice(from, to int) bool {
	n := &s.nodes[to-1]
	switch {
	case s.nodes[from].is(hBoth) || from > 0 && s.nodes[from-1].is(hBoth):
		return true
	case to > from+1 && s.nodes[to-2].is(hHyphen):
		t := &s.doc.Tokens[n.first]
		return t.Shape == entity.Caps && t.End-t.Start == 2
	}
	return to == from+1 && (n.is(hAmbassador) || n.is(hCharge) || n.is(hSecretary)) && from > 0 && s.nodes[from-1].is(hThe) && to < len(s.nodes) && s.nodes[to].is(hComma)
}

var (
	hAmbassador, hCharge, hSecretary = wordHash("ambassador"), wordHash("charge"), wordHash("secretary")
	hFormer                          = wordHash("former")
	hCurrently, hNow                 = wordHash("currently"), wordHash("now")
)

// region reports whether node i names several countries, in which nobody holds an office.
func (s *sentence) region(i int) bool {
	return s.among(i, kindNames["state"]) && s.doc.Mentions[s.nodes[i].mention].Subtype == "region"
}

// article reports whether node i is a determiner in small letters: not the "A" of "A/S".
func (s *sentence) article(i int) bool {
	return s.nodes[i].has(determiner) && s.doc.Tokens[s.nodes[i].first].Shape == entity.Lower
}

// over reports whether the office at node i is a former one though other words
// stand between: "former Lima Governor", "former Prime Minister and Chair".
func (s *sentence) over(i int) bool {
	for k := i - 1; k >= 0 && k > i-8; k-- {
		n := &s.nodes[k]
		switch {
		case n.is(hFormer):
			return k < i-1
		case n.has(demonym), n.kind == entityNode && kindsOf(s.kind(k))&(bodies|places) != 0:
		case n.has(conjunction) && k > 0 && s.capital(k-1):
		case n.kind == wordNode && s.capital(k) && !n.has(determiner|preposition|honorific):
		default:
			return false
		}
	}
	return false
}

// modifies reports whether the body or place at node i, with which a match of
// the rule ends, only modifies a noun behind it: "Director of the Harbour
// Institute desk" heads no institute.
func (r *reader) modifies(u *rule, i int) bool {
	s := &r.s
	t := u.relation
	if t.Class != "cg:Holding" && t.Annotated != "agreement" && t.Form != vocab.EdgeForm || !s.among(i, bodies|places) || i+1 == len(s.nodes) {
		return false
	}
	n := &s.nodes[i+1]
	switch {
	case n.is(hHyphen) && s.doc.Tokens[n.first].Start == s.doc.Tokens[n.first-1].End: // "the Vienna-based agency"
		return true
	case n.kind != wordNode || n.is(hState) || n.is(hProvince) || n.is(hRegion) || n.is(hGroup):
		return false
	case s.capital(i + 1):
		return !s.upper
	}
	return (n.word == nil || n.has(official) && t.Annotated != "agreement") && s.doc.Tokens[n.first].Shape == entity.Lower
}

var hProvince, hRegion, hGroup = wordHash("province"), wordHash("region"), wordHash("group")

// text returns the text of nodes from to to, white space folded.
func (s *sentence) text(from, to int) string {
	return strings.Join(strings.Fields(s.doc.Text(int(s.nodes[from].first), int(s.nodes[to-1].last))), " ")
}

// statusOf returns the status of a stretch: of its verbs, or of a negative word in it.
func (s *sentence) statusOf(from, to int) vocab.Status {
	st := vocab.Asserted
	for i := from; i < to; i++ {
		n := &s.nodes[i]
		switch {
		case n.kind == verbNode && rank[n.status] > rank[st]:
			st = n.status
		case n.has(negative) && i+1 < to && s.nodes[i+1].kind == wordNode && comparing[s.nodes[i+1].hash]: // "not less than two years"
		case n.has(negative):
			st = vocab.Negated
		case n.has(alleged) && rank[vocab.Alleged] > rank[st]:
			st = vocab.Alleged
		case n.has(modal&^negative) && n.has(planned) && rank[vocab.Planned] > rank[st]:
			st = vocab.Planned
		case n.has(modal) && n.has(hypothetical) && rank[vocab.Hypothetical] > rank[st]:
			st = vocab.Hypothetical
		}
	}
	return st
}

var comparing = map[uint64]bool{wordHash("less"): true, wordHash("more"): true, wordHash("fewer"): true, wordHash("exceeding"): true, wordHash("only"): true}

// frame matches a verb frame at node v.
func (r *reader) frame(u *rule, v int) {
	s := &r.s
	n := &s.nodes[v]
	f := u.frame
	if n.kind != verbNode {
		if n.kind == wordNode {
			r.nominal(u, v)
		}
		return
	}
	if !slices.Contains(f.verbs, n.lemma) {
		r.fail("the verb here is another: %s", s.lex.lemmas[n.lemma].name)
		return
	}
	if f.only >= 0 && voice(f.only) != n.voice {
		r.fail("the verb is %s, wanted %s", n.voice.String(), voice(f.only).String())
		return
	}
	if f.finite && !s.finite(n) && (n.form&gerund == 0 || v > 0 && s.nodes[v-1].has(preposition)) {
		r.fail("the verb has no subject of its own")
		return
	}
	r.got(whole)
	h := hit{rule: u, status: n.status, from: v, to: v + 1}
	before, behind := f.subject, f.object
	if n.voice == passive {
		before, behind = f.object, slot{}
	}
	add := func(to slot, a ref) {
		if a.node >= 0 && !s.subtype(a.node, to.sub) {
			return
		}
		if to.state {
			if a = r.nation(a); a.node < 0 && a.mention < 0 {
				return
			}
		}
		h.add(to.role, a)
	}
	if n.status != vocab.Negated && (s.noSubject(v) || n.voice == active && s.noObject(v)) {
		h.status = vocab.Negated
	}
	if before.role != "" && before.kinds != 0 && (n.form&gerund == 0 || n.first != n.last-1) {
		if a, ok := r.subject(v, before.kinds); ok && (n.voice == active || a.node < 0 || !r.modifies(u, int(s.nodes[a.node].end))) { // "the GOP team was led by"
			add(before, a)
		}
	} else if before.role != "" && n.form&gerund != 0 && v > 1 && s.nodes[v-1].is(hComma) { // "Peru took steps, issuing …"
		if p := s.verbBefore(v); p >= 0 && s.nodes[p].voice == active {
			if a, ok := r.subject(p, before.kinds); ok {
				add(before, a)
			}
		}
	}
	if p := v - 1; before.role != "" && before.kinds != 0 && n.form&gerund != 0 && !h.hasRole(before.role) && p > 0 && s.nodes[p].has(preposition) {
		if q := s.verbBefore(v); q >= v-7 && q >= 0 && (s.nodes[q].voice == passive || p == q+1) { // "is charged with prosecuting"
			if a, ok := r.subject(q, before.kinds); ok {
				add(before, a)
				if rank[s.nodes[q].status] > rank[h.status] {
					h.status = s.nodes[q].status
				}
			}
		}
	}
	if p := v - 1; before.role != "" && n.voice == passive && n.form&participle != 0 && !h.hasRole(before.role) && p > 0 && s.doc.Tokens[n.first].Lower == hBeing && s.nodes[p].has(subordinator) {
		if q := s.verbBefore(v); q >= v-8 && q >= 0 && s.nodes[q].voice == active && s.nodes[q].form&gerund == 0 { // "fled after being sentenced"
			if a, ok := r.subject(q, before.kinds); ok {
				add(before, a)
			}
		}
	}
	if behind.role != "" && behind.kinds != 0 {
		if a, ok := r.object(v, behind.kinds); ok && (a.node < 0 || !r.modifies(u, int(s.nodes[a.node].end))) {
			add(behind, a)
		}
	}
	if n.voice == passive && f.subject.role != "" {
		if e, ok := r.agent(v, f.subject.kinds); ok {
			add(f.subject, group(e))
		}
	}
	if slot := f.object; slot.text && !h.hasRole(slot.role) {
		if t := r.objectText(u, v); t != "" && !s.emptyText(t) {
			h.args = append(h.args, arg{role: slot.role, node: -1, text: t})
		}
	}
	r.finish(&h, v)
}

// provisionAt returns what the verb at node v says that a law does: up to a
// comma, another verb of the law's, or the end of the sentence.
func (s *sentence) provisionAt(v int) string {
	k := v + 1
	for ; k < len(s.nodes) && k < v+40; k++ {
		n := &s.nodes[k]
		if n.is(hSemicolon) || n.is(hPoint) || n.is(hComma) && !s.listFollows(k+1, len(s.nodes)) ||
			n.has(conjunction) && k+1 < len(s.nodes) && s.nodes[k+1].kind == verbNode && (s.nodes[k+1].after == int32(v) || s.nodes[k+1].last > s.nodes[k+1].first+1) {
			break
		}
	}
	return s.text(v+1, k)
}

// finite reports whether the verb n is no infinitive and no lone -ing form.
func (s *sentence) finite(n *node) bool {
	return s.doc.Tokens[n.first].Lower != hTo && (n.form&gerund == 0 || n.last > n.first+1)
}

// noSubject reports whether the subject of the verb at node v is nobody: "no
// one has been charged", "no convictions were reported".
func (s *sentence) noSubject(v int) bool {
	for hops := 0; hops < 4 && s.nodes[v].after >= 0; hops++ {
		v = int(s.nodes[v].after)
	}
	for i := v - 1; i >= 0 && i > v-8 && !s.boundary(i) && !s.nodes[i].is(hComma); i-- {
		if s.nodes[i].has(negative) && s.nodes[i].has(determiner|pronoun) || s.nodes[i].is(hNobody) || s.nodes[i].is(hNone) {
			return true
		}
	}
	return false
}

// noObject reports whether the object of the active verb at node v is nothing:
// "funded no shelter".
func (s *sentence) noObject(v int) bool {
	i := v + 1
	for i < len(s.nodes) && s.nodes[i].has(adverb) && !s.nodes[i].has(negative|preposition) {
		i++
	}
	return i < len(s.nodes) && s.nodes[i].has(negative) && s.nodes[i].has(determiner)
}

var hBeing = wordHash("being")

var hNobody, hNone = wordHash("nobody"), wordHash("none")

// verbBefore returns the verb before node v in its sentence, or -1.
func (s *sentence) verbBefore(v int) int {
	for i := v - 1; i >= 0; i-- {
		if s.nodes[i].kind == verbNode {
			return i
		}
		if s.nodes[i].is(hSemicolon) {
			break
		}
	}
	return -1
}

// agent returns the entity of the "by" phrase of the passive verb at node v.
func (r *reader) agent(v int, kinds kindSet) (int, bool) {
	s := &r.s
	end := s.clauseEnd(v)
	for i := v + 1; i < end && s.nodes[i].kind != verbNode; i++ {
		if s.nodes[i].is(hBy) {
			return s.entityAt(i+1, end, kinds)
		}
	}
	return 0, false
}

// objectText returns the noun phrase that is the object of the verb at node v.
func (r *reader) objectText(u *rule, v int) string {
	s := &r.s
	if s.nodes[v].voice == active {
		end := s.clauseEnd(v)
		if end == v+1 && end < len(s.nodes) && s.nodes[end].kind == verbNode && s.nodes[end].form&participle != 0 && s.nodes[end].last == s.nodes[end].first+1 {
			end = s.clauseEnd(end) // "prohibits forced labor"
		}
		if w := v + 2; w < len(s.nodes) && s.nodes[v+1].has(conjunction) && s.nodes[w].kind == verbNode && s.nodes[w].after == int32(v) && s.nodes[w].voice == active {
			return r.objectText(u, w) // "investigates and prosecutes smugglers"
		}
		for v+1 < end && s.nodes[v+1].has(adverb) && !s.nodes[v+1].has(preposition) {
			v++
		}
		if u.Type == "hasProvision" && v+1 < end && s.nodes[v+1].is(hThat) {
			if end+1 < len(s.nodes) {
				return s.textAt(v+2, min(end+8, len(s.nodes)))
			}
			return s.textAt(v+2, len(s.nodes))
		}
		if u.Type == "hasProvision" && v+1 < end && s.nodes[v+1].is(hFor) { // "allows for a waiver"
			v++
		}
		if v+2 < end && s.nodes[v+1].has(preposition) && s.nodes[v+2].kind == numberNode { // "trained over 4,000 teachers"
			return s.textAt(v+1, end)
		}
		if v+1 < end && (s.nodes[v+1].has(preposition|conjunction|relative|adverb) || s.nodes[v+1].is(hComma)) {
			return ""
		}
		if u.Type == "hasProvision" && v+1 < end && !s.nodes[v+1].is(hColon) { // what a law does, it does under the conditions that follow
			return s.provisionAt(v)
		}
		for i := v + 2; i < end; i++ { // "trained 16 teachers on reading charts"
			if s.leadsElsewhere(u, i, end) {
				end = i
			}
		}
		return s.textAt(v+1, end)
	}
	i := s.back(v - 1)
	k := i
	for k >= 0 && k > i-14 && !s.boundary(k) && !s.nodes[k].is(hComma) && s.nodes[k].kind != dateNode {
		k--
	}
	if k == i || i < 0 {
		return ""
	}
	return s.text(k+1, i+1)
}

// leadsElsewhere reports whether another argument of the rule begins at node i.
func (s *sentence) leadsElsewhere(u *rule, i, end int) bool {
	for k := range u.finds {
		f := &u.finds[k]
		n := s.leads(f.phrase, i)
		if n == 0 {
			continue
		}
		if f.what == findText {
			return true
		}
		if _, ok := s.entityAt(i+n, end, f.kinds); ok && f.what == findEntity {
			return true
		}
	}
	return false
}

// emptyText reports whether a text is only a pronoun: "nobody", "them".
func (s *sentence) emptyText(t string) bool {
	if strings.IndexByte(t, ' ') >= 0 {
		return false
	}
	w := s.lex.known(wordHash(t))
	return w != nil && w.class&(pronoun|negative) != 0
}

// nominal matches "the arrest of A by B" and "A's arrest" at the noun at node v.
func (r *reader) nominal(u *rule, v int) {
	s := &r.s
	f := u.frame
	if !slices.Contains(f.nouns, s.nodes[v].hash) {
		r.fail("is no verb here")
		return
	}
	r.got(1)
	h := hit{rule: u, from: v, to: v + 1}
	kinds := f.object.kinds
	p := v - 1 // before what modifies the noun: "Gil's recent arrest", "his May 3 arrest"
	for p > 0 && (s.nodes[p].has(adjective|adverb) && !s.nodes[p].has(preposition) || s.nodes[p].kind == dateNode) {
		p--
	}
	if p > 0 && s.possessive(p) && s.among(p-1, kinds) {
		role, e := f.object.role, 0
		if of := s.ofBehind(v); of == v+1 && f.subject.role != "" && s.among(p-1, f.subject.kinds) { // "Gil's appointment of Ana Prado"
			e, _ = s.entityAt(of+1, len(s.nodes), kinds)
		}
		if e > 0 {
			role = f.subject.role
			h.add(f.object.role, group(e))
		}
		h.add(role, group(int(s.nodes[p-1].head)))
		h.from = p - 1
	} else if p >= 0 && s.nodes[p].has(determiner) && s.nodes[p].has(male|female) {
		if a, ok := r.antecedent(p, kinds); ok {
			h.add(f.object.role, a)
			h.from = p
		}
	} else if v > 0 && s.among(v-1, 0) {
		r.fail("a name stands before the noun")
		return
	} else if of := s.ofBehind(v); of > 0 {
		e, ok := s.entityAt(of+1, len(s.nodes), kinds)
		if against := s.against(of); !ok && against > 0 { // "charges of fraud against Ana Prado"
			of = against
			e, ok = s.entityAt(of+1, len(s.nodes), kinds)
		}
		if !ok && kinds&kindNames["person"] != 0 && of+1 < len(s.nodes) && s.nodes[of+1].has(determiner) { // "the conviction of his friend Ana Prado"
			e, ok = s.entityAt(of+1, len(s.nodes), kindNames["person"])
		}
		if !ok {
			r.fail("no %s behind \"of\"", f.object.role)
			return
		}
		h.add(f.object.role, group(e))
		h.to = e + 1
	}
	if len(h.args) == 0 {
		r.fail("no %s before the noun, or behind it after \"of\"", f.object.role)
		return
	}
	if e, ok := r.agent(v, f.subject.kinds); ok && f.subject.role != "" && !h.hasRole(f.subject.role) {
		h.add(f.subject.role, group(e))
	}
	h.status = s.nominalStatus(v)
	r.finish(&h, v)
}

// against returns the "against" soon behind node i in its noun phrase, or 0.
func (s *sentence) against(i int) int {
	for limit := min(i+8, len(s.nodes)); i < limit && !s.boundary(i); i++ {
		if s.nodes[i].is(hAgainst) {
			return i
		}
	}
	return 0
}

var hAgainst = wordHash("against")

// ofBehind returns the "of" or "against" that follows the noun at node v, directly or behind
// a time or place ("the arrest near Callao of"), or 0.
func (s *sentence) ofBehind(v int) int {
	if v+3 < len(s.nodes) && s.nodes[v+1].has(conjunction) && s.nodes[v+2].kind == wordNode && s.nodes[v+3].is(hOf) { // "the arrest and conviction of"
		return v + 3
	}
	for i := v + 1; i < len(s.nodes) && i < v+5; i++ {
		switch n := &s.nodes[i]; {
		case n.is(hOf), n.is(hAgainst):
			return i
		case n.kind == dateNode, s.among(i, places), n.has(preposition | determiner):
		default:
			return 0
		}
	}
	return 0
}

// sought are words for what asks for an event: "a warrant for the arrest of".
var sought = map[uint64]bool{
	wordHash("warrant"): true, wordHash("warrants"): true, wordHash("order"): true, wordHash("orders"): true,
	wordHash("request"): true, wordHash("requests"): true, wordHash("call"): true, wordHash("calls"): true,
	wordHash("reward"): true, wordHash("issued"): true, wordHash("called"): true,
}

// nominalStatus is the status of an event that a noun names: "no arrest",
// "the alleged murder", "requested the extradition of".
func (s *sentence) nominalStatus(v int) vocab.Status {
	for i := v - 1; i >= 0 && i > v-4; i-- {
		n := &s.nodes[i]
		switch {
		case n.has(negative):
			return vocab.Negated
		case n.has(alleged):
			return vocab.Alleged
		}
	}
	k := v - 1
	for k > 0 && s.nodes[k].has(determiner|adjective) && !s.nodes[k].has(preposition) {
		k--
	}
	if k > 0 && s.nodes[k].is(hFor) && sought[s.nodes[k-1].hash] { // "a warrant for the arrest of"
		return vocab.Planned
	}
	p := s.verbBefore(v)
	for i := p + 1; p >= 0 && i < v; i++ {
		if n := &s.nodes[i]; n.has(preposition) && !n.is(hOf) && !n.is(hFor) && !n.is(hTo) { // "testified during the trial of"
			p = -1
		}
	}
	if p >= 0 && v-p < 8 {
		l := s.lex.lemmas[s.nodes[p].lemma]
		if l.cat && l.then != vocab.Asserted {
			return l.then
		}
		if st := s.nodes[p].status; st != vocab.Asserted && st != vocab.Alleged {
			return st
		}
	}
	return vocab.Asserted
}
