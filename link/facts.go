package link

import (
	"slices"
	"sort"
	"strings"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/vocab"
)

// settle leaves out facts that others make needless: of the same type with
// more arguments from the same words, or of a type that the rule yields to.
func (r *reader) settle() []Relation {
	out := r.out[:0:0]
	holdings := r.holdings()
	paragraph := map[int]int{} // where its facts start
	for i := range r.out {
		if _, ok := paragraph[r.out[i].Para]; !ok {
			paragraph[r.out[i].Para] = i
		}
	}
	for i := range r.out {
		a := &r.out[i]
		needless := false
		for j := max(paragraph[a.Para], i-200); j < len(r.out) && !needless; j++ {
			b := &r.out[j]
			if j-i > 200 || b.Para != a.Para && j > i {
				break
			}
			if i == j || a.Para != b.Para || a.Evidence.Start >= b.Evidence.End || b.Evidence.Start >= a.Evidence.End {
				continue
			}
			switch {
			case a.Type == b.Type && (len(a.Args) < len(b.Args) || a.Status == vocab.Asserted && b.Status != a.Status && inside(a.Evidence, b.Evidence)): // "plan to bring charges against"
				needless = r.within(a, b)
			case a.Type == b.Type && a.Status == b.Status && len(a.Args) == len(b.Args):
				needless = abridges(a, b) || r.describes(a, b)
			case a.Type != b.Type && r.yielding[i] != nil && slices.Contains(r.yielding[i].yields, b.Type):
				needless = len(a.Args) > 0 && a.Args[0].Mention >= 0 && slices.Contains(b.Args, a.Args[0]) && !otherRole(a, b) && r.covers(a, b)
			}
		}
		if !needless && len(a.Args) == 1 && a.Args[0].Mention >= 0 {
			needless = r.richer[bareKey(a, r.d)]
		}
		if !needless && a.Type == "holdsRole" && len(a.Args) == 2 && a.Args[1].Role == "role" && a.Args[0].Mention >= 0 {
			role := a.role()
			needless = slices.ContainsFunc(holdings[r.surname(int32(a.Args[0].Mention))], func(held string) bool { return strings.Contains(held, role) })
		}
		if !needless {
			out = append(out, *a)
		}
	}
	return out
}

// inside reports whether a is part of b, and shorter.
func inside(a, b cable.Span) bool {
	return a.Start >= b.Start && a.End <= b.End && a != b
}

// covers reports whether b has all the entities of a that a's own words name: a
// colonel of a ministry may lead something else. It has them too where a's role
// names b's body: the "Director of the Harbour Unit" at a ministry heads the unit.
func (r *reader) covers(a, b *Relation) bool {
	role := a.role()
	return !slices.ContainsFunc(a.Args, func(x Arg) bool {
		if x.Mention < 0 || r.d.Mentions[x.Mention].Span.Start < a.Evidence.Start || r.d.Mentions[x.Mention].Span.End > a.Evidence.End {
			return false
		}
		return !slices.ContainsFunc(b.Args, func(y Arg) bool {
			return y.Mention == x.Mention || y.Role == "body" && y.Mention >= 0 && strings.Contains(role, entity.Fold(r.d.Mentions[y.Mention].Norm))
		})
	})
}

// otherRole reports whether the facts give two roles that have nothing in common:
// the chief of a unit who is a colonel. Who leads a group may be its president
// or a senator as well; only a bare "leader" says no more.
func otherRole(a, b *Relation) bool {
	x, y := a.role(), b.role()
	if b.Type == "leaderOf" {
		return x != "" && !slices.Contains(leads, x[strings.LastIndexByte(x, ' ')+1:])
	}
	return x != "" && y != "" && !strings.Contains(x, strings.TrimPrefix(y, "former ")) && !strings.Contains(y, strings.TrimPrefix(x, "former "))
}

// leads are the words for who leads a group without an office in it.
var leads = []string{"boss", "capo", "chief", "commander", "founder", "head", "kingpin", "leader", "ringleader"}

// rank reports whether the role is a bare rank, which says no more than the
// office of its bearer.
func (r *reader) rank(role string) bool {
	w := r.lex.known(wordHash(role))
	return w != nil && slices.ContainsFunc(w.phrases, func(p phrase) bool { return p.list == r.lex.lists["rank"] && len(p.words) == 1 })
}

// role returns the text of the fact's role in lower case, or "".
func (x *Relation) role() string {
	for i := range x.Args {
		if x.Args[i].Role == "role" {
			return entity.Fold(x.Args[i].Value)
		}
	}
	return ""
}

// holdings returns the offices that people hold in bodies that the cable names,
// by surname: "Minister Prado" says no more than "Ana Prado, Peru's Minister of Ports".
func (r *reader) holdings() map[uint64][]string {
	out := map[uint64][]string{}
	for i := range r.out {
		a := &r.out[i]
		if a.Type != "holdsRole" && a.Type != "heads" || len(a.Args) < 3 || a.Args[0].Mention < 0 || a.Args[1].Mention < 0 || a.Args[2].Role != "role" {
			continue
		}
		who := r.surname(int32(a.Args[0].Mention))
		out[who] = append(out[who], a.role())
	}
	return out
}

// surname returns the hash of the last word of the mention.
func (r *reader) surname(m int32) uint64 { return r.d.Tokens[r.d.Mentions[m].Last-1].Lower }

// bareKey identifies what a fact says of its first argument's entity.
func bareKey(a *Relation, d *entity.Document) string {
	return a.Type + "|" + a.Status.String() + "|" + a.Args[0].Role + "|" + identity(&d.Mentions[a.Args[0].Mention])
}

// abridges reports whether a says what b says, with less of a text: "Minister"
// where b has "Deputy Minister".
func abridges(a, b *Relation) bool {
	shorter := false
	for i := range a.Args {
		x, y := &a.Args[i], &b.Args[i]
		switch {
		case *x == *y:
		case x.Role != y.Role || x.Mention != y.Mention || len(x.Value) >= len(y.Value) || !strings.Contains(y.Value, x.Value):
			return false
		default:
			shorter = true
		}
	}
	return shorter
}

// describes reports whether a gives as text what b names: "45 officers of the
// Coast Guard" where b has the Coast Guard.
func (r *reader) describes(a, b *Relation) bool {
	named := false
	for _, x := range a.Args {
		if slices.Contains(b.Args, x) {
			continue
		}
		if x.Mention >= 0 || !slices.ContainsFunc(b.Args, func(y Arg) bool {
			return y.Mention >= 0 && (y.Role == x.Role && strings.Contains(x.Value, r.d.Mentions[y.Mention].Text) || x.Value == r.d.Mentions[y.Mention].Text)
		}) {
			return false
		}
		named = true
	}
	return named
}

// within reports whether b has all the arguments of a that are entities. Of
// penalties and offices the text counts too: a law, or a person, has several.
func (r *reader) within(a, b *Relation) bool {
	for _, x := range a.Args {
		switch {
		case x.Mention >= 0 && !slices.Contains(b.Args, x),
			x.Role == "role" && a.Type == "holdsRole" && otherRole(a, b) && !r.rank(a.role()),
			x.Role == "penalty" && !slices.ContainsFunc(b.Args, func(y Arg) bool { return y.Role == x.Role && strings.Contains(y.Value, x.Value) }):
			return false
		}
	}
	return true
}

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
		case node < 0 && a.Mention >= 0:
			h.args = append(h.args, arg{role: f.role, ref: away(int32(a.Mention)), node: -1})
		case node < 0:
			h.args = append(h.args, arg{role: f.role, node: -1, text: a.Value})
		case s.nodes[node].kind == entityNode:
			h.args = append(h.args, arg{role: f.role, ref: group(node), node: -1})
		default:
			h.args = append(h.args, arg{role: f.role, node: node, all: true})
		}
	}
	for _, role := range u.infer {
		if role == "body" {
			r.seat(h)
		}
		if role == "date" {
			if y := r.yearOfLaw(h); y != "" {
				h.args = append(h.args, arg{role: role, node: -1, text: y})
			}
		} else if !h.hasRole(role) {
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
			r.fail("no argument %q", role)
			return
		}
	}
	if u.amid >= 0 && !r.amid(u.amid) {
		r.fail("no word of the list in the paragraph")
		return
	}
	if u.fixed {
		if u.status == vocab.Negated && len(u.progs) == 0 && h.status != vocab.Asserted && h.status != vocab.Alleged { // "asked the court to acquit", "was not released"
			r.fail("the verb says that it has not happened")
			return
		}
		if h.status != vocab.Negated {
			h.status = u.status
		}
	}
	t := u.relation
	if h.status == vocab.Asserted && (s.nodes[v].kind == verbNode || t.Class != "cg:Holding" && t.Form != vocab.EdgeForm) { // "if Governor Prado comes" puts no office in doubt
		h.status = s.context(v)
	} else if h.status == vocab.Negated && s.nodes[v].kind == verbNode && s.context(v) == vocab.Hypothetical { // "if the treaty is not ratified"
		h.status = vocab.Hypothetical
	}
	if h.status == vocab.Asserted && t.Form == vocab.EventForm && t.Class != "cg:Holding" && s.hearsay(v) {
		h.status = vocab.Alleged
	}
	if h.status == vocab.Hypothetical && s.reported(v) {
		h.status = vocab.Planned
	}
	r.expand(h)
}

// reported reports whether the "would" of the verb at node v only puts a plan
// into the past: "announced that Peru would sign".
func (s *sentence) reported(v int) bool {
	n := &s.nodes[v]
	p := s.verbBefore(v)
	if n.kind != verbNode || p < 0 || s.nodes[p].voice != active || s.nodes[p].form&past == 0 || !s.contains(n, []uint64{hWould}) {
		return false
	}
	for i := range s.nodes {
		if s.nodes[i].has(conditional) {
			return false
		}
	}
	for i := n.first; i < n.last; i++ {
		if s.lex.known(s.doc.Tokens[i].Lower).is(have) {
			return false
		}
	}
	return true
}

var hWould = wordHash("would")

// seat moves a legislator from the country or place that he is of, "Peruvian
// Senator" or "deputy from Callao", to his chamber, where the cable names it.
func (r *reader) seat(h *hit) {
	body, role := -1, ""
	for i, a := range h.args {
		switch a.role {
		case "body":
			m := a.ref.mention
			if m < 0 {
				m = r.s.nodes[a.ref.node].mention
			}
			if kindsOf(r.d.Mentions[m].Kind)&places != 0 {
				body = i
			}
		case "role":
			role = a.text
		}
	}
	if body < 0 || role == "" {
		return
	}
	if chamber := r.bodyOf(role); chamber >= 0 && r.d.Mentions[chamber].Subtype == "legislature" {
		h.args[body] = arg{role: "body", ref: away(chamber), node: -1}
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

// yearOfLaw returns the year in the name of the law of h: "2004 Harbour Law",
// "Harbour Law of 2004"; "" without one.
func (r *reader) yearOfLaw(h *hit) string {
	for _, a := range h.args {
		if a.role != "law" || a.ref.node < 0 {
			continue
		}
		m := &r.d.Mentions[r.s.nodes[a.ref.node].mention]
		for _, i := range []int{m.First, m.Last - 1} {
			if y := r.d.Word(i); len(y) == 4 && (y[:2] == "19" || y[:2] == "20") && strings.Trim(y, "0123456789") == "" {
				return y
			}
		}
	}
	return ""
}

// context is the status that the clause before gives to node v: "alleged that
// …" and "if …".
func (s *sentence) context(v int) vocab.Status {
	for i := v - 1; i >= 0; i-- {
		n := &s.nodes[i]
		if n.kind == verbNode {
			l := &s.lex.lemmas[n.lemma]
			if l.cat && i+1 < len(s.nodes) && s.nodes[i+1].is(hThat) {
				switch {
				case l.then == vocab.Alleged:
					return vocab.Alleged
				case l.then == vocab.Planned && s.nodes[v].kind == verbNode && s.nodes[v].form&base != 0: // "asked that Peru extradite"
					return vocab.Planned
				}
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

// hearsay reports whether the sentence gives nobody by name as the source of
// what it says at node v: "According to local activists, …".
func (s *sentence) hearsay(v int) bool {
	for i := 0; i+2 < v; i++ {
		if !s.nodes[i].is(hAccording) || !s.nodes[i+1].is(hTo) {
			continue
		}
		for k := i + 2; k < v; k++ {
			if s.nodes[k].kind == entityNode {
				return false
			}
			if s.nodes[k].is(hComma) {
				return true
			}
		}
	}
	return false
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
			for _, m := range a.ref.also {
				vs = append(vs, value{a.role, m, "", -1})
			}
		default:
			add := func(n int) { vs = append(vs, value{a.role, s.nodes[n].mention, "", n}) }
			s.members(a.ref.node, a.ref.whole, add)
			if a.ref.with >= 0 {
				s.members(a.ref.with, true, add)
			}
			if t := s.describedLast(a.ref); t != "" && slices.Contains(h.rule.described, a.role) {
				vs = append(vs, value{a.role, -1, t, -1})
			}
		}
		if i := slices.IndexFunc(roles, func(o []value) bool { return o[0].role == a.role }); i >= 0 && !slices.Contains(h.rule.skip, a.role) {
			roles[i] = append(roles[i], vs...)
			continue
		}
		roles = append(roles, vs)
	}
	r.shared(h, roles)
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
	if len(h.rule.mutual) > 0 {
		r.mutual(h, roles)
		return
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
			r.fail("fewer than two %s", role)
			return // nobody agrees with himself
		}
	}
	r.emit(h, flat)
}

// mutual writes the one fact of those who do something with each other: the
// first of them fills one role, the others another.
func (r *reader) mutual(h *hit, roles [][]value) {
	var all []value
	for _, vs := range roles {
		if vs[0].role == h.rule.mutual[0] {
			for i := range vs[1:] {
				vs[1+i].role = h.rule.mutual[1]
			}
		}
		all = append(all, vs...)
	}
	if !slices.ContainsFunc(all, func(v value) bool { return v.role == h.rule.mutual[1] }) {
		r.fail("fewer than two %s", h.rule.mutual[0])
		return
	}
	r.emit(h, all)
}

// shared turns the count of victims from several countries into the share that
// each has in it: "22 victims from Peru and Chile" are not 22 from each.
func (r *reader) shared(h *hit, roles [][]value) {
	if h.rule.Type != "victimFlow" || !slices.ContainsFunc(roles, func(vs []value) bool { return vs[0].role == "origin" && len(vs) > 1 }) {
		return
	}
	for _, vs := range roles {
		if v := &vs[0]; v.role == "count" {
			if v.node >= 0 {
				v.text = r.s.nodes[v.node].value
			}
			*v = value{"share", -1, "among " + v.text, -1}
		}
	}
}

// describedLast returns the people with whom a list of names ends where the
// cable does not name their body: "the Port Office, the Coast Guard and local
// police officers".
func (s *sentence) describedLast(a ref) string {
	if !a.whole || s.nodes[a.node].end == int32(a.node) {
		return ""
	}
	i := s.pastAcronym(int(s.nodes[a.node].end))
	if i < len(s.nodes) && s.nodes[i].has(official) { // "INM agents and local police"
		i++
	}
	j := i
	for j < len(s.nodes) && (s.nodes[j].is(hComma) || s.nodes[j].has(conjunction)) {
		j++
	}
	if j == i || !s.nodes[j-1].has(conjunction) {
		return ""
	}
	last := j
	for k := j; k < len(s.nodes) && k < j+5; k++ {
		n := &s.nodes[k]
		if n.kind != wordNode && n.kind != numberNode || n.has(preposition|conjunction|relative|pronoun|be|have|modal) || s.punctuation(k) {
			break
		}
		if n.has(official) {
			last = k + 1
		}
	}
	if last == j {
		return ""
	}
	return s.text(j, last)
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
	t := h.rule.relation
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
					r.fail("%q in two roles", r.d.Mentions[v.mention].Text)
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
		r.fail("no arguments")
		return
	}
	if t.Annotated == "agreement" && !slices.ContainsFunc(rel.Args, func(a Arg) bool { return a.Mention >= 0 }) {
		r.fail("nobody is named")
		return
	}
	if rel.Type == "subunitOf" && r.international(rel.Args[0].Mention) && !r.international(rel.Args[len(rel.Args)-1].Mention) {
		r.fail("an international body is no unit")
		return // "the Harbour Ministry's UN team"
	}
	if t.Form == vocab.NameForm && len(rel.Args) == 1 { // "the tide police (TPD)" says no more than the name itself
		name := r.d.Mentions[rel.Args[0].Mention].Text
		if !isAcronym(name) {
			rel.Type = "alias"
		}
		rel.Args = append(rel.Args, Arg{"name", -1, name})
	}
	rel.Evidence = r.d.Span(int(first), int(last))
	rel.Para = r.d.Cable.Blocks[s.at.Block].Para
	if len(h.rule.yields) > 0 {
		r.yielding[len(r.out)] = h.rule
	}
	r.add(rel)
}

// international reports whether mention m, if any, is an international body.
func (r *reader) international(m int) bool {
	return m >= 0 && r.d.Mentions[m].Subtype == "io"
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
		if in := s.nodes[i].in; in >= 0 && !s.apart(i, int(in)) {
			r.add(Relation{
				Type: "locatedIn", Rule: "place.comma", Score: 0.9,
				Args: []Arg{{"place", int(s.nodes[i].mention), ""}, {"in", int(s.nodes[in].mention), ""}},
				Para: r.d.Cable.Blocks[s.at.Block].Para, Evidence: r.d.Span(int(s.nodes[i].first), int(s.nodes[in].last)),
			})
		}
	}
}

// apart reports whether the state at node in, behind a place and a comma, is
// the subject behind an opening phrase: "According to the mayor of Callao, Chile had …".
func (s *sentence) apart(i, in int) bool {
	v := in + 1
	return v < len(s.nodes) && (s.nodes[v].kind == verbNode || s.nodes[v].has(be|have|modal)) && s.clear(0, i) &&
		(s.nodes[0].is(hAccording) || s.nodes[0].has(preposition))
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
		relation := "acronymOf"
		if r.d.Tokens[short.First].Shape == entity.Capital && short.Last == short.First+1 {
			relation = "alias" // "the Foreign Ministry (Tagle)"
		}
		r.add(Relation{
			Type: relation, Rule: "name.acronym", Score: 0.95,
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
