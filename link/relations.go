package link

import (
	"embed"
	"io/fs"
	"slices"
	"sort"
	"strings"
	"sync"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/vocab"
)

//go:embed rules
var ruleFiles embed.FS

// Default returns the program's own rules, those of link/rules.
var Default = sync.OnceValue(func() *Rules {
	dir, err := fs.Sub(ruleFiles, "rules")
	if err != nil {
		panic(err) // the directory is embedded
	}
	r, err := Load(dir)
	if err != nil {
		panic(err) // the tests load them
	}
	return r
})

// Relations returns the facts that a cable states, by the program's own rules:
// first those of the header, then those of the text in order. It is a pure
// function and safe to call from many goroutines.
func Relations(d *entity.Document) []Relation { return Default().Relations(d) }

// reader finds the facts of one document.
type reader struct {
	*Rules
	d   *entity.Document
	s   sentence
	m   matcher
	out []Relation

	lastPerson int32 // the only person of the sentence before, or -1
	block      int   // of the sentence before
	topic      *theme
	dropped    map[key]int
	yielding   map[int]*rule   // facts that others may make needless
	richer     map[string]bool // of facts with more than one argument
}

// newReader prepares the reading of d.
func newReader(r *Rules, d *entity.Document) *reader {
	x := &reader{
		Rules: r, d: d, lastPerson: -1, block: -1,
		dropped: map[key]int{}, yielding: map[int]*rule{}, richer: map[string]bool{},
	}
	x.s = sentence{doc: d, lex: r.lex, dates: newDater(r.lex, d), theme: x.about}
	x.m.s = &x.s
	return x
}

// Relations returns the facts of d by these rules.
func (r *Rules) Relations(d *entity.Document) []Relation {
	x := newReader(r, d)
	x.header()
	x.names()
	for _, at := range d.Sentences {
		x.sentence(at)
	}
	return x.settle()
}

// settle leaves out facts that others make needless: of the same type with
// more arguments from the same words, or of a type that the rule yields to.
func (r *reader) settle() []Relation {
	out := r.out[:0:0]
	paragraph := map[int]int{} // where its facts start
	for i := range r.out {
		if _, ok := paragraph[r.out[i].Para]; !ok {
			paragraph[r.out[i].Para] = i
		}
	}
	for i := range r.out {
		a := &r.out[i]
		needless := false
		for j := paragraph[a.Para]; j < len(r.out) && !needless; j++ {
			b := &r.out[j]
			if j-i > 200 || b.Para != a.Para && j > i {
				break
			}
			if i == j || i-j > 200 || a.Para != b.Para || a.Evidence.Start >= b.Evidence.End || b.Evidence.Start >= a.Evidence.End {
				continue
			}
			switch {
			case a.Type == b.Type && len(a.Args) < len(b.Args):
				needless = within(a, b)
			case a.Type != b.Type && r.yielding[i] != nil && slices.Contains(r.yielding[i].yields, b.Type):
				needless = len(a.Args) > 0 && len(b.Args) > 0 && a.Args[0].Mention >= 0 && a.Args[0] == b.Args[0]
			}
		}
		if !needless && len(a.Args) == 1 && a.Args[0].Mention >= 0 {
			needless = r.richer[bareKey(a, r.d)]
		}
		if !needless {
			out = append(out, *a)
		}
	}
	return out
}

// bareKey identifies what a fact says of its first argument's entity.
func bareKey(a *Relation, d *entity.Document) string {
	return a.Type + "|" + a.Args[0].Role + "|" + identity(&d.Mentions[a.Args[0].Mention])
}

// within reports whether b has all the arguments of a that are entities.
func within(a, b *Relation) bool {
	for _, x := range a.Args {
		if x.Mention >= 0 && !slices.Contains(b.Args, x) {
			return false
		}
	}
	return true
}

// sentence runs the rules whose words stand in the sentence.
func (r *reader) sentence(at entity.Sentence) {
	b := &r.d.Cable.Blocks[at.Block]
	if b.Kind != cable.BlockText && b.Kind != cable.BlockHeading || b.Question {
		r.lastPerson = -1
		return
	}
	if at.Block != r.block {
		r.lastPerson = -1
		r.block = at.Block
	}
	if !r.triggered(at) {
		r.persons(at)
		return
	}
	r.s.read(at)
	if n := len(r.s.nodes); n > 0 && !r.s.question() {
		r.located()
		for i := range r.s.nodes {
			if r.s.nodes[i].kind == entityNode {
				for _, a := range r.byKind[r.s.kind(i)] {
					r.rule(a, i)
				}
				continue
			}
			w := r.s.nodes[i].word
			if w == nil {
				continue
			}
			for _, a := range w.anchors {
				r.rule(a, i)
			}
		}
	}
	r.persons(at)
}

// triggered reports whether a rule may match in the sentence at all.
func (r *reader) triggered(at entity.Sentence) bool {
	for i := at.First; i < at.Last; i++ {
		t := &r.d.Tokens[i]
		if t.Mention >= 0 {
			if len(r.byKind[r.d.Mentions[t.Mention].Kind]) > 0 || i+1 < at.Last && r.d.Tokens[i+1].Lower == hComma { // "Tapachula, Chiapas"
				return true
			}
			continue
		}
		if w := r.lex.words[t.Lower]; w != nil && len(w.anchors) > 0 {
			return true
		}
	}
	return false
}

// question reports whether the sentence asks.
func (s *sentence) question() bool {
	last := &s.nodes[len(s.nodes)-1]
	return s.doc.Cable.Text.String()[s.doc.Tokens[last.last-1].End-1] == '?' && last.kind == wordNode
}

// persons remembers whom a pronoun of the next sentence may mean.
func (r *reader) persons(at entity.Sentence) {
	one := int32(-1)
	for i := at.First; i < at.Last; i++ {
		m := r.d.Tokens[i].Mention
		if m < 0 || r.d.Mentions[m].Kind != vocab.Person || r.aliasBefore(i) {
			continue
		}
		if one >= 0 && !r.samePerson(one, m) {
			one = -2
			break
		}
		if one == -1 {
			one = m
		}
	}
	switch {
	case one >= 0:
		r.lastPerson = one
	case one == -2:
		r.lastPerson = -1
	}
}

// aliasBefore reports whether the name at token i is introduced as an alias.
func (r *reader) aliasBefore(i int) bool {
	for k := i - 1; k >= 0 && k >= i-6; k-- {
		switch r.d.Tokens[k].Lower {
		case hAlias, hAka, hAKA, hAKA2, hNicknamed:
			return true
		}
		if r.d.Tokens[k].Mention >= 0 && r.d.Tokens[k].Mention != r.d.Tokens[i].Mention {
			return false
		}
	}
	return false
}

var hAlias, hAka, hAKA, hAKA2, hNicknamed = wordHash("alias"), wordHash("aka"), wordHash("a.k.a."), wordHash("a.k.a"), wordHash("nicknamed")

// hit is a match before it is written out.
type hit struct {
	rule     *rule
	args     []arg
	status   vocab.Status
	from, to int  // nodes
	same     bool // the state is the one that acts: both go in step
}

// arg is an argument of a hit: a ref, a value node, or text.
type arg struct {
	role string
	ref  ref
	node int // of a value, -1 else
	text string
	all  bool // dates of a group
}

// rule tries the rule of an anchor at node i.
func (r *reader) rule(a anchor, i int) {
	u := r.rules[a.rule]
	if a.prog < 0 {
		r.frame(u, i)
		return
	}
	p := u.progs[a.prog]
	m := &r.m
	if cap(m.caps) < len(p.slots) {
		m.caps = make([]capture, len(p.slots)+8)
	}
	m.caps = m.caps[:len(p.slots)]
	for k := range m.caps {
		m.caps[k] = capture{}
	}
	if !m.run(p.anchor, i, 1) {
		return
	}
	behind := m.end
	if !m.run(p.right, behind, 1) {
		return
	}
	end := m.end
	if !m.run(p.left, i-1, -1) {
		return
	}
	h := hit{rule: u, from: m.end + 1, to: end}
	for k, c := range m.caps {
		if c.to <= c.from {
			continue
		}
		role := p.slots[k]
		switch n := &r.s.nodes[c.from]; {
		case c.text:
			h.args = append(h.args, arg{role: role, node: -1, text: r.s.text(c.from, c.to)})
		case n.kind == entityNode:
			g := group(c.from)
			g.whole = c.whole
			h.args = append(h.args, arg{role: role, ref: g, node: -1})
		case n.has(demonym):
			if m := r.stateOf(n.word.state); m >= 0 {
				h.args = append(h.args, arg{role: role, ref: away(m), node: -1})
			}
		default:
			h.args = append(h.args, arg{role: role, node: c.from, all: c.whole})
		}
	}
	h.status = r.s.statusOf(h.from, h.to)
	if f := u.frame; f != nil && (r.s.nodes[i].kind == verbNode || r.s.nodes[i].has(be|have)) {
		to := f.subject
		if r.s.nodes[i].kind == verbNode && r.s.nodes[i].voice == passive {
			to = f.object
		}
		if to.role != "" && !h.hasRole(to.role) {
			if a, ok := r.subject(i, to.kinds); ok {
				h.add(to.role, a)
			}
		}
	}
	r.finish(&h, i)
}

// stateOf returns the first mention of the state with the name of the hash, or -1.
func (r *reader) stateOf(name uint64) int32 {
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind == vocab.State && (wordHash(m.Norm) == name || m.Key != "" && wordHash(strings.ReplaceAll(strings.TrimPrefix(m.Key, "state:"), "-", " ")) == name) {
			return int32(i)
		}
	}
	return -1
}

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
	if !slices.Contains(f.verbs, n.lemma) || f.only >= 0 && voice(f.only) != n.voice {
		return
	}
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
	if s.noSubject(v) && n.status != vocab.Negated {
		h.status = vocab.Negated
	}
	if before.role != "" && before.kinds != 0 && (n.form&gerund == 0 || n.first != n.last-1) {
		if a, ok := r.subject(v, before.kinds); ok {
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
	if behind.role != "" && behind.kinds != 0 {
		if a, ok := r.object(v, behind.kinds); ok {
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
		for v+1 < end && s.nodes[v+1].has(adverb) && !s.nodes[v+1].has(preposition) {
			v++
		}
		if u.Type == "hasProvision" && v+1 < end && s.nodes[v+1].is(hThat) {
			if end+1 < len(s.nodes) {
				return s.textAt(v+2, min(end+8, len(s.nodes)))
			}
			return s.textAt(v+2, len(s.nodes))
		}
		if v+1 < end && (s.nodes[v+1].has(preposition|conjunction|relative|adverb) || s.nodes[v+1].is(hComma)) {
			return ""
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

// emptyText reports whether a text is only a pronoun: "nobody", "them".
func (s *sentence) emptyText(t string) bool {
	w := s.lex.words[wordHash(t)]
	return w != nil && w.class&(pronoun|negative) != 0
}

// nominal matches "the arrest of A by B" and "A's arrest" at the noun at node v.
func (r *reader) nominal(u *rule, v int) {
	s := &r.s
	f := u.frame
	if !slices.Contains(f.nouns, s.nodes[v].hash) {
		return
	}
	h := hit{rule: u, from: v, to: v + 1}
	kinds := f.object.kinds
	if v > 1 && s.possessive(v-1) && s.among(v-2, kinds) {
		h.add(f.object.role, group(int(s.nodes[v-2].head)))
		h.from = v - 2
	} else if v > 0 && s.among(v-1, 0) {
		return
	} else if v+1 < len(s.nodes) && s.nodes[v+1].is(hOf) {
		e, ok := s.entityAt(v+2, len(s.nodes), kinds)
		if !ok {
			return
		}
		h.add(f.object.role, group(e))
		h.to = e + 1
	}
	if len(h.args) == 0 {
		return
	}
	if e, ok := r.agent(v, f.subject.kinds); ok && f.subject.role != "" {
		h.add(f.subject.role, group(e))
	}
	h.status = s.nominalStatus(v)
	r.finish(&h, v)
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
	if p := s.verbBefore(v); p >= 0 && v-p < 8 {
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

func (h *hit) add(role string, a ref) {
	h.args = append(h.args, arg{role: role, ref: a, node: -1})
	if a.denied {
		h.status = vocab.Negated
	}
	if a.node >= 0 {
		h.from, h.to = min(h.from, a.node), max(h.to, a.node+1)
	}
}

func (h *hit) hasRole(role string) bool {
	for i := range h.args {
		if h.args[i].role == role {
			return true
		}
	}
	return false
}

// finish adds the arguments that the rule looks for, and writes the facts.
func (r *reader) finish(h *hit, v int) {
	s := &r.s
	u := h.rule
	for i := range u.finds {
		f := &u.finds[i]
		if h.hasRole(f.role) {
			continue
		}
		a, node, ok := r.find(f, v, h.from, h.to)
		if !ok {
			continue
		}
		switch {
		case node < 0:
			h.args = append(h.args, arg{role: f.role, node: -1, text: a.Value})
		case s.nodes[node].kind == entityNode:
			h.args = append(h.args, arg{role: f.role, ref: group(node), node: -1})
		default:
			h.args = append(h.args, arg{role: f.role, node: node, all: true})
		}
	}
	for _, role := range u.infer {
		if !h.hasRole(role) {
			if m := r.infer(h, role, v); m >= 0 {
				h.args = append(h.args, arg{role: role, ref: away(m), node: -1})
			}
		}
	}
	r.stateOfLaw(h)
	for _, a := range u.set {
		h.args = append(h.args, arg{role: a.Role, node: -1, text: a.Value})
	}
	for _, role := range u.needs {
		if !slices.ContainsFunc(strings.Split(role, "/"), h.hasRole) {
			return
		}
	}
	if u.fixed && h.status != vocab.Negated {
		h.status = u.status
	}
	if h.status == vocab.Asserted {
		h.status = s.context(v)
	}
	r.expand(h)
}

// infer returns what the cable as a whole says about a role that the sentence
// leaves out, or -1.
func (r *reader) infer(h *hit, role string, v int) int32 {
	switch role {
	case "body":
		for _, a := range h.args {
			if a.role == "role" {
				return r.bodyOf(a.text)
			}
		}
	case "destination":
		c := r.country()
		if !h.hasRole("origin") {
			return -1
		}
		for _, a := range h.args {
			if c >= 0 && r.namesIt(a, identity(&r.d.Mentions[c])) {
				return -1
			}
		}
		return c
	case "reporter":
		if m := r.speaker(v); m >= 0 {
			return m
		}
		return r.post()
	case "document":
		best := int32(-1)
		for i := range r.d.Mentions {
			m := &r.d.Mentions[i]
			if m.First >= int(r.s.nodes[v].last) {
				break
			}
			if m.Kind == vocab.Document && m.Subtype == "report" {
				best = int32(i)
			}
		}
		return best
	}
	return -1
}

// namesIt reports whether the argument names the entity of the identity.
func (r *reader) namesIt(a arg, id string) bool {
	if a.ref.mention >= 0 && a.node < 0 && a.text == "" && a.ref.node < 0 {
		return identity(&r.d.Mentions[a.ref.mention]) == id
	}
	found := false
	if a.text == "" && a.node < 0 {
		r.s.members(a.ref.node, a.ref.whole, func(n int) {
			found = found || identity(&r.d.Mentions[r.s.nodes[n].mention]) == id
		})
	}
	return found
}

// speaker returns the body that the sentence gives as its source: "IOM
// reported that …", "according to IOM", or -1.
func (r *reader) speaker(v int) int32 {
	s := &r.s
	for i := v - 1; i >= 0; i-- {
		n := &s.nodes[i]
		switch {
		case n.kind == verbNode && n.voice == active:
			if a, ok := r.subject(i, bodies); ok {
				if a.node < 0 {
					return a.mention
				}
				return s.nodes[a.node].mention
			}
		case n.is(hAccording) && i+2 < len(s.nodes) && s.nodes[i+1].is(hTo):
			if e, ok := s.entityAt(i+2, len(s.nodes), bodies); ok {
				return s.nodes[e].mention
			}
		}
	}
	return -1
}

var hAccording = wordHash("according")

// bodyOf returns the body that a role belongs to where the cable names it:
// the Senate for a senator, the sending post for a political officer, or -1.
func (r *reader) bodyOf(role string) int32 {
	role = entity.Fold(role)
	if strings.Contains(role, "former") {
		return -1
	}
	for {
		for _, name := range r.offices[role] {
			switch name {
			case "GOVERNMENT":
				return r.government()
			case "POST":
				return r.post()
			}
			for i := range r.d.Mentions {
				m := &r.d.Mentions[i]
				if kindsOf(m.Kind)&bodies != 0 && strings.Contains(entity.Fold(m.Text), name) {
					return int32(i)
				}
			}
		}
		first, rest, ok := strings.Cut(role, " ")
		if w := r.lex.words[wordHash(first)]; !ok || w != nil && w.title {
			return -1 // a vice president is no president
		}
		role = rest
	}
}

var hPresident = wordHash("president")

// nation returns the state for a state or its government, else an empty ref.
func (r *reader) nation(a ref) ref {
	m := a.mention
	if m < 0 {
		m = r.s.nodes[a.node].mention
	}
	x := &r.d.Mentions[m]
	if x.Kind == vocab.State {
		return a
	}
	if g := r.government(); g >= 0 && identity(x) == identity(&r.d.Mentions[g]) {
		return away(r.country())
	}
	return away(-1)
}

// post returns the mention of the sending post, or -1.
func (r *reader) post() int32 {
	for _, b := range r.d.Cable.Blocks {
		if b.Kind != cable.BlockFrom {
			continue
		}
		for i := range r.d.Mentions {
			if m := &r.d.Mentions[i]; m.Span.Start >= b.Span.Start && m.Span.End <= b.Span.End {
				return int32(i)
			}
		}
	}
	return -1
}

// stateOfLaw adds whose law it is that was passed, signed or enacted: of the
// state that did it, or of the country whose government or president did.
func (r *reader) stateOfLaw(h *hit) {
	switch h.rule.Type {
	case "passed", "enacted", "signed":
	default:
		return
	}
	if h.hasRole("state") {
		return
	}
	for _, a := range h.args {
		if a.role != "by" || a.text != "" {
			continue
		}
		m := a.ref.mention
		if m < 0 {
			m = r.s.nodes[a.ref.node].mention
		}
		switch x := &r.d.Mentions[m]; x.Kind {
		case vocab.State:
			a.role = "state"
			h.args = append(h.args, a)
			h.same = true
		case vocab.Person: // heads of state sign their country's laws
			if c := r.country(); c >= 0 && a.ref.node > 0 && r.s.nodes[a.ref.node-1].is(hPresident) {
				h.args = append(h.args, arg{role: "state", ref: away(c), node: -1})
			}
		case vocab.Agency:
			if g := r.government(); g >= 0 && identity(x) == identity(&r.d.Mentions[g]) {
				h.args = append(h.args, arg{role: "state", ref: away(r.country()), node: -1})
			}
		}
		return
	}
}

// context is the status that the clause before gives to node v: "alleged that
// …" and "if …".
func (s *sentence) context(v int) vocab.Status {
	for i := v - 1; i >= 0; i-- {
		n := &s.nodes[i]
		if n.kind == verbNode {
			l := &s.lex.lemmas[n.lemma]
			if l.cat && l.then == vocab.Alleged && i+1 < len(s.nodes) && s.nodes[i+1].is(hThat) {
				return vocab.Alleged
			}
		}
		if n.has(conditional) && s.clear(i, v) {
			return vocab.Hypothetical
		}
		if n.is(hSemicolon) {
			break
		}
	}
	return vocab.Asserted
}

// value is one filling of a role.
type value struct {
	role    string
	mention int32
	text    string
	node    int
}

// expand writes one fact for each combination of the members of the groups.
// With "respectively" the members go in step.
func (r *reader) expand(h *hit) {
	s := &r.s
	var roles [][]value
	for _, a := range h.args {
		var vs []value
		switch {
		case a.text != "":
			vs = []value{{a.role, -1, a.text, -1}}
		case a.node >= 0:
			first := int(s.nodes[a.node].head)
			if !a.all {
				first = a.node
			}
			s.members(first, a.all, func(n int) { vs = append(vs, value{a.role, -1, s.nodes[n].value, n}) })
		case a.ref.mention >= 0:
			vs = []value{{a.role, a.ref.mention, "", -1}}
		default:
			add := func(n int) { vs = append(vs, value{a.role, s.nodes[n].mention, "", n}) }
			s.members(a.ref.node, a.ref.whole, add)
			if a.ref.with >= 0 {
				s.members(a.ref.with, true, add)
			}
		}
		if i := slices.IndexFunc(roles, func(o []value) bool { return o[0].role == a.role }); i >= 0 && !slices.Contains(h.rule.skip, a.role) {
			roles[i] = append(roles[i], vs...)
			continue
		}
		roles = append(roles, vs)
	}
	step := 0
	if h.same || s.respectively(h) {
		for _, vs := range roles {
			if len(vs) > 1 {
				if step != 0 && step != len(vs) {
					step = -1
				} else if step == 0 {
					step = len(vs)
				}
			}
		}
	}
	if step > 1 {
		for k := range step {
			var args []value
			for _, vs := range roles {
				args = append(args, vs[min(k, len(vs)-1)])
			}
			r.emit(h, args)
		}
		return
	}
	for i, vs := range roles { // several dates belong to nobody in particular
		if len(vs) > 1 && vs[0].node >= 0 && s.nodes[vs[0].node].kind == dateNode {
			roles[i] = vs[:1]
		}
	}
	args := make([]value, len(roles))
	n := 0
	var walk func(i int)
	walk = func(i int) {
		if n >= 256 {
			return
		}
		if i == len(roles) {
			n++
			r.emit(h, args)
			return
		}
		for _, v := range roles[i] {
			args[i] = v
			walk(i + 1)
		}
	}
	if len(h.rule.skip) == 0 {
		walk(0)
		return
	}
	var flat []value
	for _, vs := range roles {
		flat = append(flat, vs...)
	}
	for _, role := range h.rule.skip {
		n := 0
		for _, v := range flat {
			if v.role == role {
				n++
			}
		}
		if n < 2 && !h.hasRole("law") {
			return // nobody agrees with himself
		}
	}
	r.emit(h, flat)
}

// respectively reports whether the sentence distributes its lists.
func (s *sentence) respectively(h *hit) bool {
	for i := max(h.from-2, 0); i < len(s.nodes); i++ {
		if s.nodes[i].is(hRespectively) {
			return true
		}
	}
	return false
}

// key identifies a fact within a paragraph.
type key struct {
	para int
	text string
}

// emit writes one fact, unless it stands already or says nothing.
func (r *reader) emit(h *hit, vs []value) {
	s := &r.s
	t, _ := vocab.RelationType(h.rule.Type)
	rel := Relation{Type: h.rule.Type, Status: h.status, Rule: h.rule.Name, Score: h.rule.score}
	if t.Form == vocab.HeaderForm {
		rel.Args = append(rel.Args, r.own())
	}
	first, last := s.nodes[h.from].first, s.nodes[h.to-1].last
	seen := map[int32]bool{}
	for _, role := range t.Roles {
		for _, v := range vs {
			if v.role != role.Name {
				continue
			}
			if v.mention >= 0 && !h.same {
				if seen[v.mention] {
					return // nobody arrests himself
				}
				seen[v.mention] = true
			}
			if t.Form == vocab.NameForm && role.Name == "name" && v.mention >= 0 {
				v.text, v.mention = r.d.Mentions[v.mention].Text, -1
			}
			if v.node >= 0 {
				first, last = min(first, s.nodes[v.node].first), max(last, s.nodes[v.node].last)
			}
			rel.Args = append(rel.Args, Arg{v.role, int(v.mention), v.text})
		}
	}
	if len(rel.Args) == 0 {
		return
	}
	rel.Evidence = r.d.Span(int(first), int(last))
	rel.Para = r.d.Cable.Blocks[s.at.Block].Para
	if len(h.rule.yields) > 0 {
		r.yielding[len(r.out)] = h.rule
	}
	r.add(rel)
}

// add appends a fact, or keeps the surer of two that say the same in one paragraph.
func (r *reader) add(rel Relation) {
	var b strings.Builder
	b.WriteString(rel.Type)
	b.WriteByte(byte('0' + rel.Status))
	for _, a := range rel.Args {
		b.WriteString("|" + a.Role + "=")
		if a.Mention >= 0 {
			m := &r.d.Mentions[a.Mention]
			if m.Key != "" {
				b.WriteString(m.Key)
			} else {
				b.WriteString(entity.Fold(m.Norm))
			}
		} else {
			b.WriteString(a.Value)
		}
	}
	k := key{rel.Para, b.String()}
	if i, ok := r.dropped[k]; ok {
		if r.out[i].Score < rel.Score {
			r.out[i] = rel
		}
		return
	}
	r.dropped[k] = len(r.out)
	if len(rel.Args) > 1 && rel.Args[0].Mention >= 0 {
		r.richer[bareKey(&rel, r.d)] = true
	}
	r.out = append(r.out, rel)
}

// located writes where the places of the sentence lie: "Tapachula, Chiapas".
func (r *reader) located() {
	s := &r.s
	for i := range s.nodes {
		if in := s.nodes[i].in; in >= 0 {
			r.add(Relation{
				Type: "locatedIn", Rule: "place.comma", Score: 0.9,
				Args: []Arg{{"place", int(s.nodes[i].mention), ""}, {"in", int(s.nodes[in].mention), ""}},
				Para: r.d.Cable.Blocks[s.at.Block].Para, Evidence: r.d.Span(int(s.nodes[i].first), int(s.nodes[in].last)),
			})
		}
	}
}

// names writes the acronyms that the cable defines.
func (r *reader) names() {
	acronyms := append([]entity.Acronym(nil), r.d.Acronyms...)
	sort.SliceStable(acronyms, func(i, j int) bool { return acronyms[i].Short < acronyms[j].Short })
	for _, a := range acronyms {
		long, short := &r.d.Mentions[a.Long], &r.d.Mentions[a.Short]
		first, last := min(long.First, short.First), max(long.Last, short.Last)
		block := r.blockOf(first)
		if block < 0 || r.d.Cable.Blocks[block].Kind != cable.BlockText {
			continue
		}
		r.add(Relation{
			Type: "acronymOf", Rule: "name.acronym", Score: 0.95,
			Args: []Arg{{"entity", a.Long, ""}, {"name", -1, short.Text}},
			Para: r.d.Cable.Blocks[block].Para, Evidence: r.d.Span(first, last),
		})
	}
}

// blockOf returns the block of token i, or -1.
func (r *reader) blockOf(i int) int {
	k := sort.Search(len(r.d.Sentences), func(k int) bool { return r.d.Sentences[k].Last > i })
	if k == len(r.d.Sentences) {
		return -1
	}
	return r.d.Sentences[k].Block
}

// theme is the country that a cable is about, and its government.
type theme struct{ state, government int32 }

// government returns the mention of the government that "the government" means, or -1.
func (r *reader) government() int32 { return r.about().government }

// country returns the mention of the country that "the country" means, or -1.
func (r *reader) country() int32 { return r.about().state }

var hUnitedStates = entity.Fold("United States")

// about finds the country that the text names most, other than the United
// States, and the first naming of its government.
func (r *reader) about() *theme {
	if r.topic != nil {
		return r.topic
	}
	r.topic = &theme{-1, -1}
	count := map[string]int{}
	first := map[string]int32{}
	best := ""
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind != vocab.State || m.Subtype != "" && m.Subtype != "country" {
			continue
		}
		id := identity(m)
		if id == hUnitedStates || id == "state:united-states" {
			continue
		}
		if _, ok := first[id]; !ok {
			first[id] = int32(i)
		}
		count[id]++
		if best == "" || count[id] > count[best] {
			best = id
		}
	}
	if best == "" {
		return r.topic
	}
	r.topic.state = first[best]
	name := entity.Fold(r.d.Mentions[first[best]].Norm)
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind != vocab.Agency {
			continue
		}
		t := entity.Fold(m.Text)
		if strings.Contains(t, "government of "+name) || strings.Contains(t, name+"'s government") || strings.Contains(t, "government") && r.demonymOf(m, name) ||
			len(m.Text) >= 3 && strings.HasPrefix(m.Text, "GO") && strings.EqualFold(m.Text[2:3], name[:1]) && len(m.Text) <= 4 {
			r.topic.government = int32(i)
			break
		}
	}
	return r.topic
}

// demonymOf reports whether the first word of m is the adjective of the country.
func (r *reader) demonymOf(m *entity.Mention, country string) bool {
	w := r.lex.words[r.d.Tokens[m.First].Lower]
	return w != nil && w.class&demonym != 0 && w.state == wordHash(country)
}

func identity(m *entity.Mention) string {
	if m.Key != "" {
		return m.Key
	}
	return entity.Fold(m.Norm)
}
