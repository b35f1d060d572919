package link

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"cablegraph/vocab"
)

// A pattern describes a stretch of nodes:
//
//	word        a word, whatever its case; a/b is either
//	"("         a mark
//	<arrest>    a verb in any form, with its auxiliaries and adverbs; <arrest|detain:passive> in one
//	            voice; :gerund for the -ing form; <know:formerly/once> with one of the adverbs
//	!of/for     no such word comes next; nothing is taken
//	$title      a phrase of lists/title.txt
//	%adverb     a word of a class of lexicon.txt
//	Capital     a capitalised word that is no name
//	Word        the same, with no other capital: no acronym
//	by:body     an entity of a kind, and the group that it starts, for role "by"; _:body for no role;
//	            by:body! the entity alone, by:body& the group only where "and" ends it
//	body:demonym  an adjective of nationality, for the state that the cable names
//	person:pronoun "him", "her", for the person that it must mean
//	date:date   a value: date, money, term, percent, number, quote
//	role:( … )  the text of what matches
//	..4         up to four nodes, none of them a verb or a mark that ends a clause; .. is ..6
//	~4          the same within a noun phrase: no preposition, comma or person either; ~ is ~6.
//	            A gap takes as few nodes as it can, in a text capture as many
//	( … | … )   either
//	x?  x*      x or nothing; x up to six times
//
// Parentheses in the text are passed over unless the pattern asks for them.
// A pattern is matched outwards from its anchor, the first word, verb or
// phrase that it must have, or the one marked with ^.
type program struct {
	left, right []inst // from the anchor towards the start and the end
	anchor      []inst
	slots       []string
	elements    []string   // the pattern's words, for Explain
	kinds       []kindSet  // of the entities that every match has
	must        [][]uint64 // words of which every match has one, hashes
}

type opcode uint8

const (
	opWord opcode = iota
	opClass
	opVerb
	opList
	opCapital
	opEntity
	opValue
	opGap
	opSplit // try x, then y
	opJump
	opBegin // where a text capture begins in the text
	opEnd   // where it ends
	opDemonym
	opNot
	opMatch
)

type inst struct {
	op     opcode
	x, y   int
	slot   int // -1 for none
	words  []uint64
	class  class
	lemmas []int32
	forms  form
	voice  int8 // -1 for either
	finite bool // no infinitive and no lone -ing form
	list   int32
	kinds  kindSet
	value  nodeKind
	alone  bool   // without its group
	closed bool   // with its group only where a conjunction precedes its last member
	elem   int    // its word of the pattern, into program.elements
	sub    string // subtype that the entity must have, or ""
}

// part is a parsed pattern.
type part struct {
	kind   byte // 'a' atom, 's' sequence, '|' alternatives, '?' option, '*' repetition
	inst   inst
	parts  []*part
	anchor bool
}

// anchors reports whether a pattern may start from the part where none is marked.
func (t *part) anchors() bool {
	return t.kind == 'a' && (t.inst.op == opWord && t.inst.words[0] != hComma || t.inst.op == opVerb && len(t.inst.lemmas) > 0 || t.inst.op == opList)
}

// marked reports whether a ^ stands in one of the alternatives.
func (t *part) marked() bool { return t.anchor || slices.ContainsFunc(t.parts, (*part).marked) }

// unstarted returns a part of the anchor t at which no match can start, or nil.
// A name can start one where it is the anchor itself.
func (t *part) unstarted(alone bool) *part {
	switch t.kind {
	case 'a':
		if op := t.inst.op; op == opWord || op == opVerb || op == opList || op == opEntity && alone {
			return nil
		}
	case 's':
		if len(t.parts) > 0 {
			return t.parts[0].unstarted(false)
		}
	case '|':
		for _, s := range t.parts {
			if bad := s.unstarted(false); bad != nil {
				return bad
			}
		}
		return nil
	}
	return t
}

// must returns words of which every match of the part has one, or nil.
func (t *part) must() []uint64 {
	switch t.kind {
	case 'a':
		if t.inst.op == opWord || t.inst.op == opVerb {
			return t.inst.words
		}
	case 's':
		for _, s := range t.parts {
			if words := s.must(); words != nil {
				return words
			}
		}
	case '|':
		var all []uint64
		for _, s := range t.parts {
			words := s.must()
			if words == nil {
				return nil
			}
			all = append(all, words...)
		}
		return all
	}
	return nil
}

// first returns the place of the part's first word in the pattern.
func (t *part) first() int {
	if t.kind == 'a' || len(t.parts) == 0 {
		return t.inst.elem
	}
	return t.parts[0].first()
}

// least returns how many nodes the part must take.
func (t *part) least() (n int) {
	switch t.kind {
	case 'a':
		if op := t.inst.op; op != opGap && op != opNot && op != opBegin && op != opEnd {
			return 1
		}
	case 's':
		for _, s := range t.parts {
			n += s.least()
		}
	case '|':
		n = t.parts[0].least()
		for _, s := range t.parts[1:] {
			n = min(n, s.least())
		}
	}
	return n
}

// possible reports every word that no sentence has where the pattern wants it,
// and whether there is none.
func (q *patternParser) possible(t *part) bool {
	faults := len(q.errs)
	var before *part
	var walk func(t *part)
	walk = func(t *part) {
		if t.kind != 'a' {
			for _, s := range t.parts {
				if t.kind == '|' {
					before = nil
				}
				walk(s)
			}
			if t.kind != 's' {
				before = nil
			}
			return
		}
		q.i = t.inst.elem
		switch {
		case t.inst.op == opWord && slices.ContainsFunc(t.inst.words, func(h uint64) bool { return slices.Contains(quoteMarks, h) }):
			q.fail("it can never match: quotation marks are left out of sentences; a quotation is quote:quote")
		case t.inst.op == opWord && before != nil && before.inst.op == opNot && !slices.ContainsFunc(t.inst.words, func(h uint64) bool { return !slices.Contains(before.inst.words, h) }):
			q.fail("it can never match: %s excludes it", q.toks[before.inst.elem])
		case t.inst.op == opList && !slices.ContainsFunc(slices.Collect(maps.Values(q.lex.words)), func(w *word) bool {
			return slices.ContainsFunc(w.phrases, func(p phrase) bool { return p.list == t.inst.list })
		}):
			q.fail("it can never match: the list is empty")
		}
		before = t
	}
	walk(t)
	if n := t.least(); n > window {
		q.i = 0
		q.fail("it can never match: it wants %d words, and at most %d are looked at", n, window)
	}
	return len(q.errs) == faults
}

var quoteMarks = []uint64{wordHash("\""), wordHash("“"), wordHash("”"), wordHash("''"), wordHash("``")}

// patternParser reads the words of a pattern.
type patternParser struct {
	*parser
	line patternLine
	toks []string
	cols []int
	i    int
	prog *program
}

func (p *parser) pattern(l patternLine) {
	q := &patternParser{parser: p, line: l, prog: &program{}}
	q.split()
	t, ok := q.sequence("")
	if !ok {
		return
	}
	if q.i < len(q.toks) {
		q.fail("%q has no beginning", q.toks[q.i])
		return
	}
	at := -1
	for i, s := range t.parts {
		if s.anchor {
			at = i
			break
		}
	}
	if at < 0 {
		at = slices.IndexFunc(t.parts, (*part).anchors)
	}
	if at < 0 {
		p.errorf(l.col, "the pattern has no word, verb or list that it must have")
		return
	}
	if bad := t.parts[at].unstarted(true); bad != nil {
		q.i = bad.first()
		q.fail("it can never match: it is tried where its anchor stands, and %q is no word, verb, list or name that it must have", strings.TrimPrefix(q.toks[q.i], "^"))
		return
	}
	if !q.possible(t) {
		return
	}
	q.prog.elements = q.toks
	for _, s := range t.parts {
		if s.kind == 'a' && s.inst.op == opEntity && !slices.Contains(q.prog.kinds, s.inst.kinds) {
			q.prog.kinds = append(q.prog.kinds, s.inst.kinds)
		}
		if words := s.must(); words != nil {
			q.prog.must = append(q.prog.must, words)
		}
	}
	q.prog.anchor = append(q.emit(nil, t.parts[at], 1), inst{op: opMatch})
	q.prog.right = append(q.emit(nil, &part{kind: 's', parts: t.parts[at+1:]}, 1), inst{op: opMatch})
	q.prog.left = append(q.emit(nil, &part{kind: 's', parts: t.parts[:at]}, -1), inst{op: opMatch})
	id := anchor{int32(p.cur.index), int32(len(p.cur.progs)), -1, [2]kindSet{anyKind, anyKind}}
	copy(id.kinds[:], q.prog.kinds)
	if t.parts[at].kind == 'a' && t.parts[at].inst.op == opList {
		id.list = t.parts[at].inst.list
	}
	p.cur.progs = append(p.cur.progs, q.prog)
	if in := &t.parts[at].inst; in.op == opEntity {
		for _, k := range vocab.Kinds {
			if in.kinds&kindsOf(k) != 0 {
				p.byKind[k] = append(p.byKind[k], id)
			}
		}
	}
	for _, w := range p.anchorWords(t.parts[at]) {
		if n := len(w.anchors); n == 0 || w.anchors[n-1] != id {
			w.anchors = append(w.anchors, id)
		}
	}
}

// anchorWords returns the words at which an anchor may match.
func (p *parser) anchorWords(t *part) (out []*word) {
	switch {
	case t.kind == '|' || t.kind == 's':
		for _, s := range t.parts {
			out = append(out, p.anchorWords(s)...)
			if t.kind == 's' {
				break
			}
		}
	case t.inst.op == opWord:
		for _, h := range t.inst.words {
			out = append(out, p.lex.words[h])
		}
	case t.inst.op == opList:
		for _, w := range p.lex.words {
			for _, ph := range w.phrases {
				if ph.list == t.inst.list {
					out = append(out, w)
					break
				}
			}
		}
	case t.inst.op == opVerb:
		for _, w := range p.lex.words {
			for _, l := range t.inst.lemmas {
				if w.form != 0 && w.lemma == l {
					out = append(out, w)
				}
			}
		}
	}
	return out
}

// split divides the pattern at blanks, parentheses and bars.
func (q *patternParser) split() {
	s := q.line.text
	for i := 0; i < len(s); {
		switch {
		case s[i] == ' ' || s[i] == '\t':
			i++
		case s[i] == '"':
			j := strings.IndexByte(s[i+1:], '"')
			if j < 0 {
				j = len(s) - i - 2
			}
			end := i + j + 2
			if end < len(s) && (s[end] == '?' || s[end] == '*') {
				end++
			}
			q.add(s[i:end], i)
			i = end
		case s[i] == '(' || s[i] == '|':
			q.add(s[i:i+1], i)
			i++
		case s[i] == ')':
			j := i + 1
			if j < len(s) && (s[j] == '?' || s[j] == '*') {
				j++
			}
			q.add(s[i:j], i)
			i = j
		default:
			j := i
			angle := false
			for j < len(s) && s[j] != ' ' && s[j] != ')' && (s[j] != '|' || angle) && s[j] != '"' {
				if s[j] == '<' {
					angle = true
				}
				if s[j] == '>' {
					angle = false
				}
				if s[j] == '(' {
					break
				}
				j++
			}
			q.add(s[i:j], i)
			i = max(j, i+1)
		}
	}
}

func (q *patternParser) add(tok string, col int) {
	q.toks, q.cols = append(q.toks, tok), append(q.cols, q.line.col+col)
}

func (q *patternParser) fail(format string, args ...any) {
	col := q.line.col
	if q.i < len(q.cols) {
		col = q.cols[q.i]
	}
	q.errorf(col, "pattern: "+format, args...)
}

// sequence reads up to a bar or closing parenthesis.
func (q *patternParser) sequence(in string) (*part, bool) {
	t := &part{kind: 's'}
	for q.i < len(q.toks) {
		start, tok := q.i, q.toks[q.i]
		if tok[0] == ')' || tok == "|" {
			if in == "" {
				q.fail("%q stands outside of parentheses", tok)
				return nil, false
			}
			return t, true
		}
		mark := tok[0] == '^'
		if tok == "^" && q.i+1 < len(q.toks) && q.toks[q.i+1] == "(" {
			q.i++
			tok = "("
		} else if mark {
			tok = tok[1:]
		}
		if tok == "" {
			q.fail("nothing stands behind the ^")
			return nil, false
		}
		s, ok := q.atom(tok)
		if !ok {
			return nil, false
		}
		if s.kind == 's' { // a text capture
			if at := slices.IndexFunc(s.parts, (*part).anchors); mark && at >= 0 {
				s.parts[at].anchor = true
			} else if mark {
				q.i = start
				q.fail("no word, verb or list that it must have stands behind the ^")
				return nil, false
			}
			t.parts = append(t.parts, s.parts...)
			continue
		}
		s.anchor = s.anchor || mark || s.kind == '|' && slices.ContainsFunc(s.parts, (*part).marked)
		t.parts = append(t.parts, s)
	}
	return t, in == ""
}

// group reads the alternatives of a parenthesis, with the suffix behind it.
func (q *patternParser) group() (*part, bool) {
	t := &part{kind: '|'}
	open := q.i - 1
	for {
		s, ok := q.sequence("(")
		if !ok {
			if q.i == len(q.toks) {
				q.i = open
				q.fail("a parenthesis is not closed")
			}
			return nil, false
		}
		t.parts = append(t.parts, s)
		tok := q.toks[q.i]
		q.i++
		if tok == "|" {
			continue
		}
		return suffixed(t, tok[1:]), true
	}
}

// greedy makes the gaps of a text capture take as much as they can.
func (t *part) greedy() {
	if t.inst.op == opGap {
		t.inst.y = 1
	}
	for _, s := range t.parts {
		s.greedy()
	}
}

func suffixed(t *part, suffix string) *part {
	switch suffix {
	case "?":
		return &part{kind: '?', parts: []*part{t}}
	case "*":
		return &part{kind: '*', parts: []*part{t}}
	}
	return t
}

// atom reads one word of a pattern.
func (q *patternParser) atom(tok string) (*part, bool) {
	if tok == "(" {
		q.i++
		return q.group()
	}
	suffix := ""
	alone, closed := strings.HasSuffix(tok, "!"), strings.HasSuffix(tok, "&")
	if closed || alone {
		tok = tok[:len(tok)-1]
	}
	if n := len(tok); n > 1 && (tok[n-1] == '?' || tok[n-1] == '*') {
		suffix, tok = tok[n-1:], tok[:n-1]
	}
	t := &part{kind: 'a'}
	t.inst.slot, t.inst.voice, t.inst.elem = -1, -1, q.i
	switch role, kinds, colon := strings.Cut(tok, ":"); {
	case tok == ":":
		t.inst.op, t.inst.words = opWord, []uint64{hColon}
	case tok[0] == '"':
		t.inst.op, t.inst.words = opWord, []uint64{wordHash(strings.Trim(tok, "\""))}
		q.lex.word(strings.Trim(tok, "\""))
	case strings.HasPrefix(tok, "..") || tok[0] == '~':
		n, count := 6, strings.TrimLeft(tok, ".~")
		if count != "" {
			var err error
			if n, err = strconv.Atoi(count); err != nil || n < 1 || n > 20 {
				q.fail("a gap is %q, want 1 to 20 nodes", tok)
				return nil, false
			}
		}
		t.inst.op, t.inst.x = opGap, n
		if tok[0] == '~' {
			t.inst.class = preposition
		}
	case tok[0] == '<':
		if !q.verb(tok, &t.inst) {
			return nil, false
		}
	case tok[0] == '$':
		id, ok := q.lex.lists[tok[1:]]
		if !ok {
			q.fail("no list is called %q", tok[1:])
			return nil, false
		}
		t.inst.op, t.inst.list = opList, id
	case tok[0] == '%':
		for name := range strings.SplitSeq(tok[1:], "/") {
			c, ok := classNames[name]
			if !ok {
				q.fail("no class of words is called %q", name)
				return nil, false
			}
			t.inst.class |= c
		}
		t.inst.op = opClass
	case tok[0] == '!' && len(tok) > 1:
		t.inst.op = opNot
		for w := range strings.SplitSeq(tok[1:], "/") {
			q.lex.word(w)
			t.inst.words = append(t.inst.words, wordHash(w))
		}
	case tok == "Capital":
		t.inst.op = opCapital
	case tok == "Word":
		t.inst.op, t.inst.x = opCapital, 1
	case colon && kinds == "":
		q.i++
		if q.i >= len(q.toks) || q.toks[q.i] != "(" {
			q.fail("%q needs a parenthesis or a kind behind it", tok)
			return nil, false
		}
		q.i++
		q.role(role, q.cols[q.i-1])
		s, ok := q.group()
		if !ok {
			return nil, false
		}
		s.greedy()
		slot := q.slotOf(role)
		text := []*part{{kind: 'a', inst: inst{op: opBegin, slot: slot}}, s, {kind: 'a', inst: inst{op: opEnd, slot: slot}}}
		if s.kind == '|' && len(s.parts) == 1 { // an anchor may stand inside
			text = append(append(text[:1:1], s.parts[0].parts...), text[2])
		}
		return &part{kind: 's', parts: text}, true
	case colon:
		if !q.entity(role, kinds, &t.inst) {
			return nil, false
		}
		t.inst.alone, t.inst.closed = alone, closed
	default:
		if !utf8.ValidString(tok) {
			q.fail("not UTF-8")
			return nil, false
		}
		t.inst.op = opWord
		words := []string{tok}
		if len(tok) > 1 {
			words = strings.Split(tok, "/")
		}
		for _, w := range words {
			if w == "" {
				q.fail("an alternative of %q is empty", tok)
				return nil, false
			}
			if s := splitWords(w); len(s) > 1 {
				q.fail("%q is more than one word to the tokeniser: %q", w, s)
				return nil, false
			}
			q.lex.word(w)
			t.inst.words = append(t.inst.words, wordHash(w))
		}
	}
	q.i++
	return suffixed(t, suffix), true
}

// verb reads "<arrest|detain:passive>".
func (q *patternParser) verb(tok string, in *inst) bool {
	if tok[len(tok)-1] != '>' {
		q.fail("%q has no closing \">\"", tok)
		return false
	}
	names, how, _ := strings.Cut(tok[1:len(tok)-1], ":")
	in.op = opVerb
	for v := range strings.SplitSeq(names, "|") {
		if v == "_" && names == v {
			break // any verb
		}
		id, ok := q.lex.lemmaOf[v]
		if !ok {
			q.fail("verb %q is not in verbs.tsv", v)
			return false
		}
		in.lemmas = append(in.lemmas, id)
	}
	switch how {
	case "":
	case "active":
		in.voice = int8(active)
	case "passive":
		in.voice = int8(passive)
	case "gerund":
		in.forms = gerund
	case "finite":
		in.voice, in.finite = int8(active), true
	default:
		for w := range strings.SplitSeq(how, "/") {
			if x := q.lex.words[wordHash(w)]; x == nil || x.class&adverb == 0 && x.form == 0 {
				q.fail("a verb is %q, want active, passive, finite, gerund, or adverbs and verbs that belong to it", w)
				return false
			}
			in.words = append(in.words, wordHash(w))
		}
	}
	return true
}

// entity reads the kinds of "by:body/state".
func (q *patternParser) entity(role, kinds string, in *inst) bool {
	if role != "_" {
		q.role(role, q.cols[q.i])
		in.slot = q.slotOf(role)
	}
	if v, ok := valueNames[kinds]; ok {
		in.op, in.value = opValue, v
		return true
	}
	if kinds == "demonym" {
		in.op = opDemonym
		return true
	}
	if kinds == "pronoun" {
		in.op, in.class = opClass, male|female
		return true
	}
	in.op = opEntity
	if sub, ok := subtypeNames[kinds]; ok {
		in.kinds, in.sub = kindNames[sub], kinds
		return true
	}
	for k := range strings.SplitSeq(kinds, "/") {
		set, ok := kindNames[k]
		if !ok {
			q.fail("no kind is called %q", k)
			return false
		}
		in.kinds |= set
	}
	return true
}

// slotOf adds a slot for the role. A role may have several slots.
func (q *patternParser) slotOf(role string) int {
	q.prog.slots = append(q.prog.slots, role)
	return len(q.prog.slots) - 1
}

// emit appends the instructions of t for matching in the direction.
func (q *patternParser) emit(code []inst, t *part, dir int) []inst {
	switch t.kind {
	case 'a':
		if t.inst.op == opGap {
			for range t.inst.x {
				code = append(code, inst{op: opSplit, x: -1, y: 1, slot: -1}, inst{op: opGap, slot: -1, class: t.inst.class, elem: t.inst.elem})
			}
			// the splits prefer to leave the gap, but for those of text captures
			end := len(code)
			for k := end - 2*t.inst.x; k < end; k += 2 {
				code[k].x, code[k].y = end, k+1
				if t.inst.y > 0 {
					code[k].x, code[k].y = k+1, end
				}
			}
			return code
		}
		return append(code, t.inst)
	case 's':
		for i := range t.parts {
			k := i
			if dir < 0 {
				k = len(t.parts) - 1 - i
			}
			code = q.emit(code, t.parts[k], dir)
		}
		return code
	case '|':
		var jumps []int
		for i, s := range t.parts {
			if i == len(t.parts)-1 {
				code = q.emit(code, s, dir)
				break
			}
			split := len(code)
			code = append(code, inst{op: opSplit, slot: -1})
			code = q.emit(code, s, dir)
			jumps = append(jumps, len(code))
			code = append(code, inst{op: opJump, slot: -1})
			code[split].x, code[split].y = split+1, len(code)
		}
		for _, j := range jumps {
			code[j].x = len(code)
		}
		return code
	case '?':
		split := len(code)
		code = append(code, inst{op: opSplit, slot: -1})
		code = q.emit(code, t.parts[0], dir)
		code[split].x, code[split].y = split+1, len(code)
		return code
	case '*':
		var splits []int
		for range 6 {
			splits = append(splits, len(code))
			code = append(code, inst{op: opSplit, slot: -1})
			code = q.emit(code, t.parts[0], dir)
		}
		for _, k := range splits {
			code[k].x, code[k].y = k+1, len(code)
		}
		return code
	}
	return code
}
