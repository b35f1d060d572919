package link

import (
	"slices"
	"sort"
	"strings"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/vocab"
)

// forget starts a paragraph, in which nobody has been named.
func (r *reader) forget() {
	r.lastPerson, r.leading, r.other = -1, -1, -1
	r.group = r.group[:0]
	r.lists = nil
}

// persons remembers whom "he", "they" or "the suspects" of the next sentence
// may mean. Nodes are those of the sentence, nil where it was not read.
func (r *reader) persons(at entity.Sentence, nodes []node) {
	before := r.lastPerson
	one := int32(-1)
	for i := at.First; i < at.Last; i++ {
		m := r.d.Tokens[i].Mention
		if m < 0 || r.d.Mentions[m].Kind != vocab.Person || r.aliasBefore(i) {
			continue
		}
		switch {
		case one == -1:
			one = m
		case one >= 0 && !r.samePerson(one, m):
			one = -2
		}
	}
	if one != -1 {
		r.group = r.group[:0]
	}
	switch {
	case one >= 0:
		r.lastPerson, r.leading, r.other = one, -1, -1
		if before >= 0 && !r.samePerson(before, one) {
			if c := r.objectPronoun(at); c != 0 {
				r.other, r.otherClass = before, c
			}
		}
	case one == -2:
		r.lastPerson, r.leading, r.other = -1, r.opening(nodes), -1
		r.together(nodes)
	}
}

// opening returns the person with whom the sentence begins as its subject, or -1.
func (r *reader) opening(nodes []node) int32 {
	for i := range nodes {
		switch n := &nodes[i]; {
		case n.kind == entityNode:
			if r.d.Mentions[n.mention].Kind == vocab.Person && n.end == int32(i) && i+1 < len(nodes) &&
				(nodes[i+1].kind == verbNode || nodes[i+1].has(be|have|modal) || nodes[i+1].is(hComma)) {
				return n.mention
			}
			return -1
		case n.kind == verbNode, n.has(preposition | be | have | modal | pronoun):
			return -1
		}
	}
	return -1
}

// amid reports whether the paragraph has a word of the list.
func (r *reader) amid(list int32) bool {
	if has, ok := r.lists[list]; ok {
		return has
	}
	block := r.s.at.Block
	k := sort.Search(len(r.d.Sentences), func(k int) bool { return r.d.Sentences[k].Block >= block })
	has := false
	for ; !has && k < len(r.d.Sentences) && r.d.Sentences[k].Block == block; k++ {
		at := r.d.Sentences[k]
		has = slices.ContainsFunc(r.d.Tokens[at.First:at.Last], func(t entity.Token) bool {
			w := r.lex.known(t.Lower)
			return w != nil && slices.ContainsFunc(w.phrases, func(p phrase) bool { return p.list == list && len(p.words) == 1 })
		})
	}
	if r.lists == nil {
		r.lists = map[int32]bool{}
	}
	r.lists[list] = has
	return has
}

// together remembers the persons of a sentence where all stand in one group.
func (r *reader) together(nodes []node) {
	for i := 0; i < len(nodes); i++ {
		if n := &nodes[i]; n.kind != entityNode || r.d.Mentions[n.mention].Kind != vocab.Person {
			continue
		}
		if len(r.group) > 0 {
			r.group = r.group[:0]
			return
		}
		for k := int32(i); k >= 0; k = nodes[k].next {
			r.group = append(r.group, nodes[k].mention)
			i = int(k)
		}
	}
}

// objectPronoun returns whether the object of a verb of the sentence is a male
// or a female pronoun: "Luis Gil appointed her on January 28".
func (r *reader) objectPronoun(at entity.Sentence) class {
	for i := at.First + 1; i < at.Last; i++ {
		w, verb := r.lex.known(r.d.Tokens[i].Lower), r.lex.known(r.d.Tokens[i-1].Lower)
		if w == nil || verb == nil || w.class&(male|female) == 0 || verb.form == 0 || r.d.Tokens[i-1].Mention >= 0 {
			continue
		}
		if w.class&determiner != 0 && i+1 < at.Last { // "appointed her brother"
			if next := r.lex.known(r.d.Tokens[i+1].Lower); r.d.Tokens[i+1].Shape != entity.Punct && (next == nil || next.class&(preposition|conjunction|adverb) == 0) {
				continue
			}
		}
		return w.class & (male | female)
	}
	return 0
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

// stateOf returns the first mention of the state with the name of the hash, or -1.
func (r *reader) stateOf(name uint64) int32 {
	return remember(r.states, name, func() int32 { return r.findState(name) })
}

// remember returns what a map has under a key, or else what find returns, which
// the map has from then on: what the whole cable says is looked for once.
func remember[K comparable, V any](known map[K]V, key K, find func() V) V {
	v, ok := known[key]
	if !ok {
		v = find()
		known[key] = v
	}
	return v
}

func (r *reader) findState(name uint64) int32 {
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind == vocab.State && (wordHash(m.Norm) == name || m.Key != "" && wordHash(strings.ReplaceAll(strings.TrimPrefix(m.Key, "state:"), "-", " ")) == name) {
			return int32(i)
		}
	}
	return -1
}

// infer returns what the cable as a whole says about a role that the sentence
// leaves out, or -1.
func (r *reader) infer(h *hit, role string, v int) int32 {
	switch role {
	case "body":
		if i := h.from - 1; i >= 0 && (r.s.capital(i) || r.s.among(i, kindNames["agency"]|places)) {
			return -1 // "PRC President": of something else
		}
		for i := h.from; i < h.to; i++ { // "Chilean Interior Minister", of a state that the cable does not name
			if n := &r.s.nodes[i]; n.has(demonym) && !r.aboutIt(n.word) {
				return -1
			}
		}
		for _, a := range h.args {
			if a.role == "person" && a.ref.node >= 0 && r.foreign[r.d.Tokens[r.s.nodes[a.ref.node].last-1].Lower] {
				return -1
			}
		}
		for _, a := range h.args {
			if a.role == "role" {
				m := r.bodyOf(a.text)
				if m >= 0 && (m == r.government() || m == r.post()) && (r.s.ofAnother(h.from-1) || !r.governs(h)) {
					return -1
				}
				return m
			}
		}
	case "of":
		return r.government()
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
		if m := r.speaker(v); m >= 0 || r.s.hearsay(v) {
			return m
		}
		return r.post()
	case "committee":
		return r.bodyBefore()
	case "law":
		return r.lawBefore(int(r.s.nodes[v].first))
	case "document":
		return r.reportBefore(int(r.s.nodes[v].last))
	case "case":
		return r.proceeding()
	case "court":
		return r.courtBefore(v)
	}
	return -1
}

// reportBefore returns the report named last before token i, or -1.
func (r *reader) reportBefore(i int) int32 {
	if r.reports == nil {
		r.reports = []int32{-1}
		for k := range r.d.Mentions {
			if m := &r.d.Mentions[k]; m.Kind == vocab.Document && m.Subtype == "report" {
				r.reports = append(r.reports, int32(k))
			}
		}
	}
	k := sort.Search(len(r.reports)-1, func(k int) bool { return r.d.Mentions[r.reports[k+1]].First >= i })
	return r.reports[k]
}

// proceeding is the case that a cable names.
type proceeding struct {
	first   int32 // its first mention, -1 where the cable names none or several
	block   int   // looked at last
	here    int32 // the first case named there, or -1
	leading bool  // named in the first paragraph, or after somebody whom the subject names
}

// proceeding returns the case that the paragraph is about: the only one that
// the cable names, where its beginning or the paragraph names it, or its subject who gave it the name;
// or -1.
func (r *reader) proceeding() int32 {
	if r.lawsuit == nil {
		r.lawsuit = r.findProceeding()
	}
	c := r.lawsuit
	if c.first < 0 || c.leading {
		return c.first
	}
	if c.block != r.s.at.Block {
		c.block, c.here = r.s.at.Block, r.caseIn(r.d.Cable.Blocks[r.s.at.Block].Span)
	}
	return c.here
}

// caseIn returns the first case that is named in a span, or -1.
func (r *reader) caseIn(span cable.Span) int32 {
	k := sort.Search(len(r.d.Mentions), func(k int) bool { return r.d.Mentions[k].Span.Start >= span.Start })
	for ; k < len(r.d.Mentions) && r.d.Mentions[k].Span.End <= span.End; k++ {
		if r.d.Mentions[k].Kind == vocab.Case {
			return int32(k)
		}
	}
	return -1
}

func (r *reader) findProceeding() *proceeding {
	c := &proceeding{first: -1, block: -1}
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind != vocab.Case || m.Subtype == "operation" {
			continue
		}
		if c.first >= 0 && identity(m) != identity(&r.d.Mentions[c.first]) {
			return &proceeding{first: -1, block: -1}
		}
		if b := r.blockOf(m.First); b >= 0 && r.d.Cable.Blocks[b].Para <= 1 {
			c.leading = true
		}
		if c.first < 0 {
			c.first = int32(i)
			c.leading = c.leading || r.inSubject(m)
		}
	}
	return c
}

// courtBefore returns the court that the text named last where "the court" acts
// at the verb at node v: before the active verb, behind the "by" of the passive one; or -1.
func (r *reader) courtBefore(v int) int32 {
	s := &r.s
	e := s.back(v - 1)
	if s.nodes[v].kind == verbNode && s.nodes[v].voice == passive {
		e = -1
		for i := v + 1; i < len(s.nodes) && i < v+10 && e < 0; i++ {
			if s.nodes[i].is(hBy) {
				for e = i + 1; e < len(s.nodes)-1 && e < i+4 && !s.nodes[e].is(hCourt) && !s.nodes[e].is(hTribunal); e++ {
				}
			}
		}
	}
	if e < 1 || !s.nodes[e].is(hCourt) && !s.nodes[e].is(hTribunal) {
		return -1
	}
	k := e - 1
	for k > 0 && k > e-3 && !s.nodes[k].is(hThe) {
		k--
	}
	if !s.nodes[k].is(hThe) {
		return -1
	}
	i := int(s.nodes[k].first)
	for m := sort.Search(len(r.d.Mentions), func(m int) bool { return r.d.Mentions[m].First >= i }) - 1; m >= 0 && r.d.Mentions[m].First > i-maxLawAway; m-- {
		x := &r.d.Mentions[m]
		if x.Kind != vocab.Agency || !s.ofSubtype(x, "court") {
			continue
		}
		for n := k + 1; n < e; n++ { // "the district court" is one that is called so
			if !slices.ContainsFunc(r.d.Tokens[x.First:x.Last], func(t entity.Token) bool { return t.Lower == r.d.Tokens[s.nodes[n].first].Lower }) {
				return -1
			}
		}
		return int32(m)
	}
	return -1
}

// inSubject reports whether the cable's subject has the last word of the case's name.
func (r *reader) inSubject(m *entity.Mention) bool {
	if m.Last-m.First < 2 {
		return false
	}
	name := r.d.Tokens[m.Last-2].Lower // before "case"
	for _, at := range r.d.Sentences {
		if r.d.Cable.Blocks[at.Block].Kind == cable.BlockSubject && slices.ContainsFunc(r.d.Tokens[at.First:at.Last], func(t entity.Token) bool { return t.Lower == name }) {
			return true
		}
	}
	return false
}

// bodyBefore returns the body with which the sentence before begins, or -1: its
// subject, that "its members" goes on about.
func (r *reader) bodyBefore() int32 {
	at := r.s.at
	k := sort.Search(len(r.d.Sentences), func(k int) bool { return r.d.Sentences[k].First >= at.First }) - 1
	if k < 0 || r.d.Sentences[k].Block != at.Block {
		return -1
	}
	for i := r.d.Sentences[k].First; i < r.d.Sentences[k].Last; i++ {
		if m := r.d.Tokens[i].Mention; m >= 0 {
			if kindsOf(r.d.Mentions[m].Kind)&bodies == 0 {
				return -1
			}
			return m
		}
	}
	return -1
}

// maxLawAway is how many tokens before a penalty its law may be named.
const maxLawAway = 1000

// lawBefore returns the law that the text before token i named last, or -1.
// What the Department asks does not count.
func (r *reader) lawBefore(i int) int32 {
	k := sort.Search(len(r.d.Mentions), func(k int) bool { return r.d.Mentions[k].First >= i }) - 1
	for ; k >= 0 && r.d.Mentions[k].First > i-maxLawAway; k-- {
		m := &r.d.Mentions[k]
		if m.Kind != vocab.Law || m.Subtype == "treaty" || m.Subtype == "mou" {
			continue
		}
		if b := r.blockOf(m.First); b >= 0 && r.d.Cable.Blocks[b].Kind == cable.BlockText && !r.d.Cable.Blocks[b].Question {
			return int32(k)
		}
	}
	return -1
}

// ofAnother reports whether the word at node i, before a role, says that it is
// another one than the country's own: "company president", "ex-President".
func (s *sentence) ofAnother(i int) bool {
	if i < 0 {
		return false
	}
	n := &s.nodes[i]
	return n.is(hHyphen) || n.has(demonym) ||
		n.kind == wordNode && n.word == nil && s.doc.Tokens[n.first].Shape == entity.Lower
}

// governs reports whether the person of a role without a body holds it in the
// country that the cable is about: of all that the cable calls so, it names
// this one most, and nowhere as another country's.
func (r *reader) governs(h *hit) bool {
	who := -1
	for _, a := range h.args {
		if a.role == "person" && a.ref.node >= 0 {
			who = int(r.s.nodes[a.ref.node].mention)
		}
	}
	if who < 0 || r.d.Mentions[who].First == 0 {
		return true
	}
	title := r.d.Tokens[r.d.Mentions[who].First-1].Lower
	named := remember(r.titled, title, func() map[uint64]int { return r.countTitled(title) })
	n := named[r.d.Tokens[r.d.Mentions[who].Last-1].Lower]
	return n == named[mostNamed]
}

// mostNamed is the key of countTitled's greatest number; no word has that hash.
const mostNamed = 0

// countTitled counts by surname the people whom the cable gives the title, -1
// for those who hold it in another country.
func (r *reader) countTitled(title uint64) map[uint64]int {
	named := map[uint64]int{}
	most := 0
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind != vocab.Person || m.First < 2 || r.d.Tokens[m.First-1].Lower != title {
			continue
		}
		surname := r.d.Tokens[m.Last-1].Lower
		if w := r.lex.known(r.d.Tokens[m.First-2].Lower); w != nil && w.class&demonym != 0 && !r.aboutIt(w) {
			named[surname] = -1
		}
		if named[surname] >= 0 {
			named[surname]++
			most = max(most, named[surname])
		}
	}
	named[mostNamed] = most
	return named
}

// aboutIt reports whether the adjective belongs to the country that the cable is about.
func (r *reader) aboutIt(w *word) bool {
	m := r.stateOf(w.state)
	return m >= 0 && r.country() >= 0 && identity(&r.d.Mentions[m]) == identity(&r.d.Mentions[r.country()])
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
	return remember(r.bodiesOf, role, func() int32 { return r.findBody(entity.Fold(role)) })
}

func (r *reader) findBody(role string) int32 {
	if m := r.ministryOf(role); m >= 0 {
		return m
	}
	if strings.Contains(role, "former") || strings.HasPrefix(role, "ex-") {
		return -1
	}
	own := true // the office itself: a "Harbour Company president" is not the country's
	for {
		for _, name := range r.offices[role] {
			switch name {
			case "GOVERNMENT":
				if !own {
					return -1
				}
				return r.ownGovernment()
			case "POST":
				return r.post()
			}
			for _, i := range r.bodyNames() {
				t := entity.Fold(r.d.Mentions[i].Text)
				if strings.Contains(t, name) && (!strings.HasPrefix(t, "u.s.") || strings.HasPrefix(role, "congress")) {
					return int32(i)
				}
			}
		}
		first, rest, ok := strings.Cut(role, " ")
		w := r.lex.known(wordHash(first))
		if !ok || w != nil && w.title {
			return -1 // a vice president is no president
		}
		own = own && w.is(adjective)
		role = rest
	}
}

// maxBodies is how many bodies of a cable may be what a role belongs to.
const maxBodies = 1000

// bodyNames returns the first mention of each body that the cable names.
func (r *reader) bodyNames() []int32 {
	if r.named == nil {
		r.named = []int32{}
		seen := map[string]bool{}
		for i := range r.d.Mentions {
			if m := &r.d.Mentions[i]; kindsOf(m.Kind)&bodies != 0 && !seen[m.Text] && len(r.named) < maxBodies {
				seen[m.Text] = true
				r.named = append(r.named, int32(i))
			}
		}
	}
	return r.named
}

// ministryOf returns the ministry that a minister or secretary belongs to where
// the cable names just one that it can be: the "Ministry of Public Works" for
// "Minister of Public Works", "the Finance Ministry" for a Finance Minister.
func (r *reader) ministryOf(role string) int32 {
	if _, whom, ok := strings.Cut(role, " to the "); ok { // "adviser to the Minister of Ports"
		role = whom
	}
	words := strings.FieldsFunc(strings.TrimPrefix(role, "former "), func(c rune) bool { return c == ' ' || c == ',' })
	at := slices.IndexFunc(words, func(w string) bool { return w == "minister" || w == "secretary" })
	if at < 0 {
		return -1
	}
	if at > 0 && at == len(words)-1 { // "finance minister"
		words = words[:at]
	} else if at == 0 && len(words) > 2 && (words[1] == "of" || words[1] == "for") {
		words = words[2:]
	} else {
		return -1
	}
	best := int32(-1)
	for _, i := range r.bodyNames() {
		m := &r.d.Mentions[i]
		if m.Kind != vocab.Agency {
			continue
		}
		name := strings.FieldsFunc(entity.Fold(m.Text), func(c rune) bool { return c == ' ' || c == ',' })
		if !slices.ContainsFunc(name, ministerial) || !ofField(name, words) {
			continue
		}
		switch {
		case best < 0:
			best = int32(i)
		case identity(m) != identity(&r.d.Mentions[best]):
			return -1
		}
	}
	return best
}

// ministerial reports whether the word stands for a minister's office.
func ministerial(w string) bool {
	switch w {
	case "ministry", "secretariat", "department", "ministries":
		return true
	}
	return false
}

// ofField reports whether the name of a ministry consists of the words of a
// minister's field and of words that say nothing: "Ministry of the Interior".
func ofField(name, field []string) bool {
	have := 0
	for _, w := range name {
		switch {
		case slices.Contains(field, w):
			if w != "and" && w != "of" && w != "the" {
				have++
			}
		case ministerial(w), w == "of", w == "the", w == "for", w == "and":
		default:
			return false
		}
	}
	for _, w := range field {
		if w == "and" || w == "of" || w == "the" || w == "for" {
			have++
		}
	}
	return have >= len(field)
}

// post returns the mention of the sending post, or -1.
func (r *reader) post() int32 { return r.about().post }

func (r *reader) findPost() int32 {
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

// theme is the country that a cable is about, its government, and the post that writes.
type theme struct{ state, government, post int32 }

// government returns the mention of the government that "the government" means, or -1.
func (r *reader) government() int32 { return r.about().government }

// ownGovernment returns what government returns where it is that of the
// country from which the cable comes: a cable from elsewhere that speaks of a
// country most may call another's president so.
func (r *reader) ownGovernment() int32 {
	from := r.d.Cable.From.Name
	if from == "" {
		_, from, _, _ = cable.SplitID(r.d.Cable.ID)
	}
	if home := cable.PostCountry(from); r.country() < 0 || home != "" && home != "US" && r.d.Mentions[r.country()].Country != home {
		return -1
	}
	return r.government()
}

// country returns the mention of the country that "the country" means, or -1.
func (r *reader) country() int32 { return r.about().state }

var hUnitedStates = entity.Fold("United States")

// about finds the country that the text names most, other than the United
// States, and the first naming of its government.
func (r *reader) about() *theme {
	if r.topic != nil {
		return r.topic
	}
	r.topic = &theme{-1, -1, r.findPost()}
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
	w := r.lex.known(r.d.Tokens[m.First].Lower)
	return w != nil && w.class&demonym != 0 && w.state == wordHash(country)
}

func identity(m *entity.Mention) string {
	if m.Key != "" {
		return m.Key
	}
	return entity.Fold(m.Norm)
}
