package link

import (
	"cablegraph/entity"
	"cablegraph/vocab"
)

// nodeKind says what a node of a sentence is.
type nodeKind uint8

const (
	wordNode nodeKind = iota // a word or mark
	entityNode
	verbNode // a verb with its auxiliaries, adverbs and governing verbs: "has not yet been charged"
	dateNode
	moneyNode
	termNode
	percentNode
	numberNode
	quoteNode // up to eight words between quotation marks
)

// kindSet is a set of vocab.Kind.
type kindSet uint16

func kindsOf(k vocab.Kind) kindSet { return 1 << k }

const (
	bodies = kindSet(1<<vocab.Agency | 1<<vocab.Organization)
	places = kindSet(1<<vocab.Place | 1<<vocab.State)
)

// voice of a verb.
type voice uint8

const (
	active voice = iota
	passive
)

func (v voice) String() string { return [...]string{"active", "passive"}[v] }

// node is what rules match: a mention, a value, a verb group, or a word.
type node struct {
	kind        nodeKind
	first, last int32 // tokens, last exclusive
	hash        uint64
	word        *word // nil for words that no rule knows

	mention int32  // of an entityNode
	value   string // of a value

	// of a verbNode
	lemma  int32
	form   form
	voice  voice
	status vocab.Status
	after  int32 // the verb node whose subject this one shares ("was arrested and charged"), or -1

	partner int32 // of a parenthesis: the one that it goes with, or -1
	end     int32 // of the first member of a group "A, B and C": its last member; else the node itself
	head    int32 // of the last member of a group: its first member; else the node itself
	next    int32 // the next member of the group, or -1
	in      int32 // of a place in "Tapachula, Chiapas": the node of what it lies in, or -1
	owner   int32 // of that node: the place
}

// sentence is a sentence read for rules.
type sentence struct {
	doc   *entity.Document
	lex   *lexicon
	at    entity.Sentence
	nodes []node
	dates dater
	upper bool // set in capitals throughout
	theme func() *theme

	present kindSet   // of the entities in it
	words   [4]uint64 // a bit for each token's hash
}

// lacks reports whether the sentence has none of the words: for sure, where it does.
func (s *sentence) lacks(words []uint64) bool {
	for _, h := range words {
		if s.words[h>>6&3]>>(h&63)&1 != 0 {
			return false
		}
	}
	return true
}

// read fills s with the nodes of sentence at.
func (s *sentence) read(at entity.Sentence) {
	s.at = at
	s.nodes = s.nodes[:0]
	s.dates.end = at.Last
	s.upper = true
	s.words = [4]uint64{}
	for i := at.First; i < at.Last; i++ {
		t := &s.doc.Tokens[i]
		if t.Shape == entity.Lower {
			s.upper = false
		}
		s.words[t.Lower>>6&3] |= 1 << (t.Lower & 63)
	}
	for i := at.First; i < at.Last; {
		i = s.next(i)
	}
	s.present = anyKind
	for i := range s.nodes {
		n := &s.nodes[i]
		s.present |= kindsOf(s.kind(i))
		n.partner, n.next, n.in, n.owner = -1, -1, -1, -1
		n.end, n.head = int32(i), int32(i)
	}
	s.parentheses()
	s.groups()
}

// next appends the node that starts at token i and returns the token behind it.
func (s *sentence) next(i int) int {
	t := s.doc.Tokens[i]
	if t.Mention >= 0 {
		last := min(s.doc.Mentions[t.Mention].Last, s.at.Last)
		s.nodes = append(s.nodes, node{kind: entityNode, first: int32(i), last: int32(last), mention: t.Mention})
		return last
	}
	w := s.lex.known(t.Lower)
	if w != nil && w.pair && i+1 < s.at.Last && s.doc.Tokens[i+1].Mention < 0 {
		if two := s.lex.pairs[[2]uint64{t.Lower, s.doc.Tokens[i+1].Lower}]; two != nil {
			s.nodes = append(s.nodes, node{kind: wordNode, first: int32(i), last: int32(i + 2), hash: s.doc.Tokens[i+1].Lower, word: two})
			return i + 2
		}
	}
	if t.Lower == hThe {
		if j, m := s.meant(i); m >= 0 {
			s.nodes = append(s.nodes, node{kind: entityNode, first: int32(i), last: int32(j), mention: m})
			return j
		}
	}
	if t.Lower == hPost && s.writer(i) {
		if m := s.theme().post; m >= 0 {
			s.nodes = append(s.nodes, node{kind: entityNode, first: int32(i), last: int32(i + 1), mention: m})
			return i + 1
		}
	}
	if quotation(s.doc, i) {
		if j := s.quote(i); j > i {
			return j
		}
		return i + 1
	}
	if t.Shape == entity.Number || t.Shape == entity.Mixed || w != nil && w.value {
		for k, read := range [...]func(int) (int, string){s.date, s.dates.money, s.dates.term, s.dates.percent, s.number} {
			if j, v := read(i); j > i && s.free(i, j) {
				s.nodes = append(s.nodes, node{kind: dateNode + nodeKind(k), first: int32(i), last: int32(j), value: v, word: w, hash: t.Lower})
				return j
			}
		}
	}
	if w == nil && t.Shape == entity.Lower && adverbial(s.doc.Word(i)) {
		w = anyAdverb
	}
	n := node{kind: wordNode, first: int32(i), last: int32(i + 1), hash: t.Lower, word: w}
	if w != nil && w.form != 0 && (t.Shape == entity.Lower || s.upper || s.opensWith(i, w)) && !s.compound(i) && s.verb(&n) {
		return i + 1
	}
	s.nodes = append(s.nodes, n)
	return i + 1
}

// compound reports whether token i ends a word that a hyphen joins:
// "trafficking-related charges".
func (s *sentence) compound(i int) bool {
	t := s.doc.Tokens
	return i > s.at.First+1 && t[i-1].Lower == hHyphen && t[i-1].End == t[i].Start && t[i-2].End == t[i-1].Start
}

// opensWith reports whether the sentence opens with a participle and what belongs
// to it: "Charged with fraud, Ana Prado fled".
func (s *sentence) opensWith(i int, w *word) bool {
	if i != s.at.First || w.form&participle == 0 || w.form&(base|gerund) != 0 || i+1 >= s.at.Last {
		return false
	}
	next := s.lex.known(s.doc.Tokens[i+1].Lower)
	return next.is(preposition) && s.doc.Tokens[i+1].Mention < 0
}

// anyAdverb stands for adverbs in -ly that the lexicon does not list.
var anyAdverb = &word{class: adverb}

// adverbial reports whether a word that nothing is known of looks like an adverb.
func adverbial(w string) bool {
	if len(w) < 6 || w[len(w)-2:] != "ly" {
		return false
	}
	switch w {
	case "family", "supply", "assembly", "monopoly", "anomaly", "butterfly", "reply", "homily":
		return false
	}
	return true
}

// meant reads "the country", "the government" and "the federal government" at
// token i as the country that the cable is about and its government.
func (s *sentence) meant(i int) (int, int32) {
	j := i + 1
	if j < s.at.Last && s.doc.Tokens[j].Lower == hFederal {
		j++
	}
	if j >= s.at.Last || s.doc.Tokens[j].Mention >= 0 || j+1 < s.at.Last && s.doc.Tokens[j+1].Lower == hOf {
		return i, -1
	}
	switch s.doc.Tokens[j].Lower {
	case hGovernment:
		return j + 1, s.theme().government
	case hCountry:
		if j == i+1 {
			return j + 1, s.theme().state
		}
	}
	return i, -1
}

// writer reports whether "post" at token i means the post that writes the
// cable: "Post will report", not "the Washington Post" or "the post of minister".
func (s *sentence) writer(i int) bool {
	if s.doc.Word(i) != "Post" || i+1 < s.at.Last && s.doc.Tokens[i+1].Shape == entity.Capital {
		return false
	}
	return i == s.at.First || s.doc.Tokens[i-1].Shape == entity.Lower && s.doc.Tokens[i-1].Lower != hThe || s.doc.Tokens[i-1].Shape == entity.Punct
}

// quoted reports whether token i stands between quotation marks of its sentence.
func (s *sentence) quoted(i int) bool {
	in := false
	for k := s.at.First; k < i; k++ {
		if quotation(s.doc, k) {
			in = !in
		}
	}
	return in
}

// free reports whether no mention covers a token from i to j.
func (s *sentence) free(i, j int) bool {
	for ; i < j; i++ {
		if s.doc.Tokens[i].Mention >= 0 {
			return false
		}
	}
	return true
}

func (s *sentence) date(i int) (int, string) {
	j, d := s.dates.at(i)
	if j == i {
		return i, ""
	}
	return j, d.String()
}

func (s *sentence) number(i int) (int, string) {
	j, n := s.dates.amount(i)
	if j == i {
		return i, ""
	}
	return j, formatNumber(n)
}

// quotation reports whether token i is a double quotation mark.
func quotation(d *entity.Document, i int) bool {
	if d.Tokens[i].Shape != entity.Punct {
		return false
	}
	switch d.Word(i) {
	case "\"", "“", "”", "''", "``":
		return true
	}
	return false
}

// quote appends a short quotation without names. Marks around a name, and those
// of longer quotations, are no nodes at all.
func (s *sentence) quote(i int) int {
	for j := i + 1; j < s.at.Last && j <= i+9; j++ {
		if s.doc.Tokens[j].Mention >= 0 {
			return i
		}
		if !quotation(s.doc, j) {
			continue
		}
		k := j
		for k > i+1 && s.doc.Tokens[k-1].Shape == entity.Punct {
			k--
		}
		if k == i+1 {
			return i
		}
		s.nodes = append(s.nodes, node{kind: quoteNode, first: int32(i + 1), last: int32(k), value: s.doc.Text(i+1, k)})
		for ; k < j; k++ {
			s.nodes = append(s.nodes, node{kind: wordNode, first: int32(k), last: int32(k + 1), hash: s.doc.Tokens[k].Lower, word: s.lex.known(s.doc.Tokens[k].Lower)})
		}
		return j + 1
	}
	return i
}

func (n *node) is(h uint64) bool { return n.kind == wordNode && n.hash == h }
func (n *node) has(c class) bool { return n.word != nil && n.kind == wordNode && n.word.class&c != 0 }

func (s *sentence) kind(i int) vocab.Kind {
	if s.nodes[i].kind != entityNode {
		return vocab.NoKind
	}
	return s.doc.Mentions[s.nodes[i].mention].Kind
}

// among reports whether node i is an entity of one of the kinds.
func (s *sentence) among(i int, kinds kindSet) bool {
	return i >= 0 && i < len(s.nodes) && s.nodes[i].kind == entityNode && kinds&kindsOf(s.kind(i)) != 0
}

// parentheses pairs the parentheses.
func (s *sentence) parentheses() {
	open := -1
	for i := range s.nodes {
		switch {
		case s.nodes[i].is(hOpen):
			open = i
		case s.nodes[i].is(hClose) && open >= 0:
			s.nodes[i].partner, s.nodes[open].partner = int32(open), int32(i)
			open = -1
		}
	}
}

// past skips a parenthesis that opens at node i and returns the node behind it.
func (s *sentence) past(i int) int {
	if i < len(s.nodes) && s.nodes[i].is(hOpen) && s.nodes[i].partner >= 0 {
		return int(s.nodes[i].partner) + 1
	}
	return i
}

// pastAcronym returns the node behind the entity at node i and its acronym,
// which may have lost a parenthesis: "Ministry of Labor MOL), …".
func (s *sentence) pastAcronym(i int) int {
	j := s.past(i + 1)
	if j+1 < len(s.nodes) && s.nodes[j].kind == entityNode && s.nodes[j+1].is(hClose) && s.nodes[i].kind == entityNode &&
		s.doc.Mentions[s.nodes[j].mention].Norm == s.doc.Mentions[s.nodes[i].mention].Norm {
		return j + 2
	}
	return j
}

// groups joins coordinated entities, "A, B (C) and D", and dates. The nodes
// stay as they are: the first member leads to the others.
func (s *sentence) groups() {
	for i := 0; i < len(s.nodes); i++ {
		n := &s.nodes[i]
		if n.kind != entityNode && n.kind != dateNode || n.head != int32(i) {
			continue
		}
		for last := i; ; {
			next := s.member(i, last)
			if next < 0 {
				break
			}
			s.nodes[last].next = int32(next)
			if last != i {
				s.nodes[last].head = int32(last)
			}
			s.nodes[next].head = int32(i)
			n.end = int32(next)
			last = next
		}
		if s.explains(i) {
			s.nodes[n.end].head = n.end
			n.end, n.next = int32(i), -1
		}
		if n.end != int32(i) {
			i = int(n.end)
		}
	}
}

// explains reports whether the second of the two bodies of the group at node i
// only says what the first is: "the PQR, Peru's Border Service, said".
func (s *sentence) explains(i int) bool {
	n := &s.nodes[i]
	if n.kind != entityNode || n.next < 0 || n.next != n.end || kindsOf(s.kind(i))&bodies == 0 || kindsOf(s.kind(int(n.end)))&bodies == 0 {
		return false
	}
	k := s.past(int(n.end) + 1)
	return s.possessive(int(n.end)-1) && k+1 < len(s.nodes) && s.nodes[k].is(hComma) && s.verbal(k+1)
}

// closed reports whether the member of a group at node i follows "and".
func (s *sentence) closed(i int) bool {
	for k := i - 1; k > 0 && k > i-4; k-- {
		if s.nodes[k].has(conjunction) {
			return true
		}
		if s.nodes[k].kind == entityNode || s.nodes[k].is(hComma) {
			return false
		}
	}
	return false
}

// goesOn reports whether a comma or conjunction follows the entity at node k.
func (s *sentence) goesOn(k int) bool {
	j := s.past(k + 1)
	for j < len(s.nodes) && s.nodes[j].has(official) {
		j++
	}
	return j < len(s.nodes) && (s.nodes[j].is(hComma) || s.nodes[j].has(conjunction))
}

// joins reports whether members of the kinds a and b make one group.
func joins(a, b vocab.Kind) bool {
	x, y := kindsOf(a), kindsOf(b)
	return a == b || x&(bodies|1<<vocab.State) != 0 && y&(bodies|1<<vocab.State) != 0 || x&places != 0 && y&places != 0
}

// member returns the node of the next member of the group that starts at
// first and so far ends at last, or -1. In "Tapachula, Chiapas" the state says
// where the place lies and is no member.
func (s *sentence) member(first, last int) int {
	i := s.pastAcronym(last)
	if i+1 < len(s.nodes) && s.nodes[i].is(hComma) && s.larger(last, i+1) && !s.possessive(i+2) && !s.lists(first, last, i+1) {
		s.nodes[last].in, s.nodes[i+1].owner = int32(i+1), int32(last)
		i = s.past(i + 2)
	}
	if s.nodes[last].kind == entityNode && i < len(s.nodes) && s.nodes[i].has(official) { // "AFI agents, INM officials"
		i++
	}
	j := i
	if k := s.explained(last, i); k > 0 {
		j = k
	}
	comma := true // nothing but commas
	for j < len(s.nodes) && j < i+3 && (s.nodes[j].is(hComma) || s.nodes[j].has(conjunction) || s.nodes[j].is(hSlash) || s.nodes[j].is(hSemicolon) && s.kind(last) == vocab.Law) {
		comma = comma && s.nodes[j].is(hComma)
		j++
	}
	if j == i && j+2 < len(s.nodes) && s.nodes[j].is(hAs) && s.nodes[j+1].is(hWell) && s.nodes[j+2].is(hAs) {
		j += 3
	}
	if j+1 < len(s.nodes) && comma && s.kind(last) == vocab.Person && (s.nodes[j].is(hAlong) || s.nodes[j].is(hTogether)) && s.nodes[j+1].is(hWith) { // "Ana Prado, along with Luis Gil, was arrested"
		j += 2
	}
	if j == i {
		return -1
	}
	for j < len(s.nodes) && (s.nodes[j].has(adverb) || s.nodes[j].is(hIncluding)) { // "Central America, particularly Guatemala"
		j++
	}
	if j+3 < len(s.nodes) && s.nodes[j].is(hTo) && s.nodes[j+2].is(hLesser) { // "and, to a lesser extent, Peru"
		j += 4
		if j < len(s.nodes) && s.nodes[j].is(hComma) {
			j++
		}
	}
	if j < len(s.nodes) && s.nodes[j].is(hFrom) && s.kind(last) == vocab.State {
		j++
	}
	if comma && kindsOf(s.kind(last))&bodies != 0 {
		if first != last {
			j = s.unnamed(j)
		}
		j = s.officials(j)
	}
	limit := j + 2 // determiner, adjective
	if s.kind(last) == vocab.Person {
		limit = j + 7 // a title: "Vice President A, Lula's Chief of Staff B"
	}
	kin := s.kind(last) == vocab.Person && j < len(s.nodes) && s.nodes[j].has(determiner) && s.nodes[j].has(male|female) // "and his brother, Luis Gil"
	for k := j; k < len(s.nodes) && k <= limit; k++ {
		n := &s.nodes[k]
		switch {
		case s.nodes[last].kind == dateNode:
			if n.kind == dateNode {
				return k
			}
			return -1
		case n.kind == entityNode && joins(s.kind(last), s.kind(k)) && (s.kind(last) != vocab.Person || s.kind(k) == vocab.Person):
			if k+1 < len(s.nodes) && s.possessive(k+1) {
				continue // "Mexico's" before the name itself
			}
			if comma && last > first && s.closed(last) && !s.goesOn(k) {
				return -1 // "between A and B, the A …"
			}
			if comma && last == first && s.kind(k) == vocab.Person && k+1 < len(s.nodes) && s.verbal(k+1) {
				return -1 // "at the trial of A, B replied"
			}
			return k
		case n.kind == entityNode && s.kind(last) == vocab.Person && (k+1 < len(s.nodes)):
			continue // "Lula's Chief of Staff", "PMDB Senator"
		case n.kind != wordNode:
			return -1
		case n.has(determiner|adjective|demonym) || s.possessive(k):
		case s.kind(last) == vocab.Person && (n.is(hOf) || n.is(hFor) || n.has(nationality) || s.capital(k) || s.inRole(k)):
		case s.kind(last) == vocab.Person && n.is(hComma) && s.nodes[k-1].has(nationality): // "and a Chilean citizen, Ana Prado"
		case kin && n.is(hComma) && s.among(k+1, kindNames["person"]):
		case kin && (n.word == nil || n.has(honorific|trade|people|official)) && s.doc.Tokens[n.first].Shape == entity.Lower:
		default:
			return -1
		}
	}
	return -1
}

// verbal reports whether node i is a verb, or an auxiliary.
func (s *sentence) verbal(i int) bool {
	return s.nodes[i].kind == verbNode && s.nodes[i].form&gerund == 0 || s.nodes[i].has(be|have|modal)
}

// unnamed passes a member of a list that the finder did not take for a name,
// "A, B, the Office of Ports, and C", and returns the node behind its comma; i
// where none stands there.
func (s *sentence) unnamed(i int) int {
	name := false
	for k := i; k < len(s.nodes) && k < i+7; k++ {
		n := &s.nodes[k]
		switch {
		case n.is(hComma) && name:
			for k+1 < len(s.nodes) && (s.nodes[k+1].is(hComma) || s.nodes[k+1].has(conjunction)) {
				k++
			}
			return k + 1
		case s.capital(k):
			name = true
		case n.kind == wordNode && (n.has(determiner) && !name || name && (n.is(hOf) || n.is(hFor) || n.is(hThe))):
		default:
			return i
		}
	}
	return i
}

// explained returns the conjunction behind the apposition that starts with the
// comma at node i and explains the person at node last, with which a list of
// people goes on: "Ana Prado, head of the Institute, and Director Luis Gil". It
// returns 0 where none stands there.
func (s *sentence) explained(last, i int) int {
	if s.kind(last) != vocab.Person || i+2 >= len(s.nodes) || !s.nodes[i].is(hComma) {
		return 0
	}
	for k := i + 1; k+1 < len(s.nodes) && k < i+14; k++ {
		n := &s.nodes[k]
		switch {
		case n.is(hComma) && k > i+1 && s.nodes[k+1].has(conjunction):
			return k + 1
		case s.kind(k) == vocab.Person, s.boundary(k), n.is(hComma), n.has(relative | conjunction):
			return 0
		}
	}
	return 0
}

// officials passes a member of a list that is only described, "A, the local
// police and B", and returns the node behind its "and"; i where none stands there.
func (s *sentence) officials(i int) int {
	for k := i; k < len(s.nodes) && k < i+5 && s.nodes[k].kind == wordNode; k++ {
		n := &s.nodes[k]
		switch {
		case n.has(official) && k+1 < len(s.nodes) && s.nodes[k+1].has(conjunction):
			return k + 2
		case n.has(determiner|adjective|demonym|official) && !n.has(preposition):
		default:
			return i
		}
	}
	return i
}

// larger reports whether the entity at node b may be what the place at node a
// lies in: a state for a city, a country for a state.
func (s *sentence) larger(a, b int) bool {
	if s.kind(b) != vocab.State {
		return false
	}
	if s.kind(a) == vocab.State {
		return s.doc.Mentions[s.nodes[a].mention].Subtype == "state" && s.doc.Mentions[s.nodes[b].mention].Subtype == "country"
	}
	return s.kind(a) == vocab.Place
}

// lists reports whether the state at node k, behind a comma, goes on with a
// list that started before: "Acapulco, Cancun, Baja California and Oaxaca".
func (s *sentence) lists(first, last, k int) bool {
	j := s.past(k + 1)
	next := j
	for next < len(s.nodes) && (s.nodes[next].is(hComma) || s.nodes[next].has(conjunction)) {
		next++
	}
	if next == j || !s.among(next, places) || s.larger(k, next) { // "Callao, Zamora, Peru"
		return false
	}
	if first != last {
		return true
	}
	after := s.past(next + 1)
	pairs := after+1 < len(s.nodes) && s.nodes[after].is(hComma) && s.larger(next, after+1) // "Callao, Peru, Quito, Ecuador"
	return s.nodes[j].is(hComma) && !pairs
}

func (s *sentence) possessive(i int) bool {
	return i >= 0 && i < len(s.nodes) && (s.nodes[i].is(hPossessive) || s.nodes[i].is(hApostrophe))
}

func (s *sentence) punctuation(i int) bool {
	return s.doc.Tokens[s.nodes[i].first].Shape == entity.Punct
}

func (s *sentence) capital(i int) bool {
	sh := s.doc.Tokens[s.nodes[i].first].Shape
	return s.nodes[i].kind == wordNode && !s.nodes[i].has(demonym|preposition|conjunction|adversative|subordinator|determiner|be|have|modal|pronoun|relative) && (sh == entity.Capital || sh == entity.Mixed || sh == entity.Caps)
}

// inRole reports whether node i is a word of a phrase of the list "title".
func (s *sentence) inRole(i int) bool {
	w := s.nodes[i].word
	return w != nil && w.title
}

var (
	hAlong, hTogether              = wordHash("along"), wordHash("together")
	hWell, hFor, hPossessive       = wordHash("well"), wordHash("for"), wordHash("'s")
	hLesser                        = wordHash("lesser")
	hIncluding, hFederal           = wordHash("including"), wordHash("federal")
	hCountry, hPost                = wordHash("country"), wordHash("post")
	hYet, hWith, hThat, hSemicolon = wordHash("yet"), wordHash("with"), wordHash("that"), wordHash(";")
)

// members calls f with each mention of the group that starts at node i, or of
// the node alone where whole is false.
func (s *sentence) members(i int, whole bool, f func(n int)) {
	f(i)
	if !whole {
		return
	}
	for k := s.nodes[i].next; k >= 0; k = s.nodes[k].next {
		f(int(k))
	}
}
