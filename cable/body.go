package cable

import (
	"slices"
	"strings"
)

// body reads the text from byte start in line first: it finds the artefacts of
// transmission, the numbered paragraphs, and the blocks.
func (r *reader) body(first, start int) {
	b := &bodyReader{reader: r, first: first, start: start, open: -1}
	b.artefacts()
	b.paragraphs()
	b.blocks()
	b.close()
	b.signature()
	b.truncated()
	b.questions()
	b.quotations()
	b.sections()
	b.spans()
}

// bodyReader builds the blocks of the body.
type bodyReader struct {
	*reader
	first, start int
	artefact     []bool   // of the lines from first on
	heads        []Span   // lines of the heads of further sections
	starts       []pStart // the paragraphs, in order

	base  int // index of the body's first block
	open  int // index of the block being built, -1 none
	para  int
	gap   bool // a blank line since the last text
	torn  bool // an artefact since the last text
	ruled bool // the open block follows a line of dashes
	last  Span // the last stretch of text added to the open block
	fresh bool // the open block opens a paragraph
}

// pStart is the start of a numbered paragraph.
type pStart struct {
	at, text int // its mark or number; its text
	number   int
	marking  string
}

// lineSpan returns the text of line i, which begins at b.start in the first line.
func (b *bodyReader) lineSpan(i int) (start, end int) {
	l := b.lines[i]
	return max(l.start, b.start), l.end
}

// longestHead is the length of a line, in bytes, that can hold the head of a
// further section, which may have lost its line ends.
const longestHead = 500

// artefacts finds the lines that transmission put into the text: headings of
// pages, captions, the head of a further section.
func (b *bodyReader) artefacts() {
	b.artefact = make([]bool, len(b.lines)-min(b.first, len(b.lines)))
	head := false // in the head of a further section
	from := -1    // its first line
	ends := func(i int) {
		if from >= 0 {
			b.heads = append(b.heads, Span{from, i})
		}
		head, from = false, -1
	}
	for i := b.first; i < len(b.lines); i++ {
		start, end := b.lineSpan(i)
		if start >= end {
			continue
		}
		text := b.raw[start:end]
		kind := ""
		switch {
		case strings.Contains(text, "Declassified/Released US Department of State"):
			kind = "stamp"
		case !head && (len(text) > longestHead || !mostlyCapitals(text[:min(len(text), 12)])):
			continue
		case b.pageMark(i):
			kind = "page-break"
		case text == "NNNN", text == "BT":
			kind = "end-of-message"
		default:
			if _, ok := captionLine(text); ok {
				kind = "stray-caption"
				if text == "SIPDIS" {
					kind = "stray-sipdis"
				}
				break
			}
			if o, ok := classificationLine(b.raw, start, end); ok && (o.number > 0 && o.number == b.number || len(text) < 40 && o.number == 0 && len(strings.Fields(text)) <= 6) {
				kind, head = "section-head", o.number > 0 || head
				if o.number > 0 && from < 0 {
					from = i
				}
				break
			}
			if k := strings.Index(text, "TAGS:"); k >= 0 && k < 20 && tagsOnly(text[k+len("TAGS:"):]) {
				kind = "section-head"
				break
			}
			if head {
				if key, _ := frontKeyAt(text); key != noKey || b.repeatsFront(text) {
					kind = "section-head"
				}
			}
		}
		if kind == "" {
			ends(i)
			continue
		}
		b.artefact[i-b.first] = true
		b.repair(kind, Span{start, end}, "")
	}
	ends(len(b.lines))
}

// mostlyCapitals reports whether s, the start of a line, could be that of a
// page heading or caption.
func mostlyCapitals(s string) bool {
	for i := range len(s) {
		if isLower(s[i]) {
			return false
		}
	}
	return true
}

// repeatsFront reports whether a line of a further section's head stands in
// the cable's first head too.
func (b *bodyReader) repeatsFront(text string) bool {
	return strings.Contains(b.raw[:b.start], text)
}

// paragraphs finds the numbered paragraphs.
func (b *bodyReader) paragraphs() {
	cs := b.work.numbers[:0]
	var bare []candidate // a marking or summary without a number
	opening := -1        // where running text begins
	blank := true
	for i := b.first; i < len(b.lines); i++ {
		start, end := b.lineSpan(i)
		if start >= end {
			blank = true
			continue
		}
		if b.artefact[i-b.first] {
			blank = true
			continue
		}
		if e := b.pageMarkAt(start, end); e > 0 {
			for start = e; start < end && isSpace(b.raw[start]); start++ {
			}
			blank = true
		}
		if c := b.candidateAt(start, end); c.n > 0 {
			c.blank = blank
			c.date = lastMonth(strings.TrimRight(b.raw[max(0, start-40):start], " \n\r\t"))
			cs = append(cs, c)
			start += c.n
		} else if m, n := markingAt(b.raw[start:end]); blank && (m != "" || prefixFold(b.raw[start:end], "summary") > 0) {
			bare = append(bare, candidate{at: start, n: n, marking: m})
		}
		if opening < 0 && lowerWords(b.raw[start:end]) > 3 {
			opening = start
		}
		cs = b.runOnCandidates(cs, start, end)
		blank = false
	}
	b.work.numbers = cs
	for k, o := range numbering(cs) {
		c := cs[k]
		if o < 0 {
			if c.marked && c.blank {
				bare = append(bare, c)
			}
			continue
		}
		b.starts = append(b.starts, pStart{c.at, c.at + c.n, c.options[o], c.marking})
		if o == 1 {
			b.cut(c.digits, c.digits+1, "")
			b.repair("paragraph-mark", Span{c.digits, c.digits + 1}, "a 1 stands for the mark")
		}
	}
	b.unnumbered(bare, opening)
	for _, c := range cs {
		if !c.marked {
			continue
		}
		b.cut(c.at, c.digits, "")
		if !slices.ContainsFunc(b.starts, func(p pStart) bool { return p.at == c.at }) {
			b.repair("paragraph-mark", Span{c.at, c.digits}, "a mark before a number that is none of a paragraph")
		}
	}
}

// unnumbered takes for a paragraph what lost its number or bears a wrong one:
// the one place with a marking of classification, or a paragraph mark, between
// two paragraphs whose numbers leave one out. Before a second paragraph that
// can also be the place where running text begins.
func (b *bodyReader) unnumbered(bare []candidate, opening int) {
	var starts []pStart
	previous := pStart{at: -1}
	for _, p := range b.starts {
		if p.number == previous.number+2 {
			var found []candidate
			for _, c := range bare {
				if c.at > previous.at && c.at < p.at {
					found = append(found, c)
				}
			}
			if len(found) == 0 && previous.number == 0 && opening >= 0 && opening < p.at {
				found = []candidate{{at: opening}}
			}
			if len(found) == 1 {
				c := found[0]
				starts = append(starts, pStart{c.at, c.at + c.n, p.number - 1, c.marking})
				b.repair("paragraph-number", Span{c.at, c.at + c.n}, "a paragraph without its number")
			}
		}
		starts = append(starts, p)
		previous = p
	}
	// What follows the last with a mark and a marking is a paragraph too.
	for _, c := range bare {
		if c.at > previous.at && previous.at >= 0 && c.marked && c.marking != "" {
			previous = pStart{c.at, c.at + c.n, previous.number + 1, c.marking}
			starts = append(starts, previous)
			b.repair("paragraph-number", Span{c.at, c.at + c.n}, "a paragraph with a wrong number")
		}
	}
	b.starts = starts
}

// runOnCandidates adds the candidates inside the line raw[start:end]: a mark,
// a number with a marking of classification, or a number after the end of a
// sentence and before a capital.
func (b *bodyReader) runOnCandidates(cs []candidate, start, end int) []candidate {
	for i := start + 1; i < end; i++ {
		switch c := b.raw[i]; {
		case c == 0xC2 && strings.HasPrefix(b.raw[i:end], "¶"):
		case isDigit(c) && (isSpace(b.raw[i-1]) || b.raw[i-1] == '-' && b.raw[i-2] == '-'):
		default:
			continue
		}
		c := b.candidateAt(i, end)
		if c.n == 0 {
			continue
		}
		before := strings.TrimRight(b.raw[start:i], " ")
		underlined := strings.HasSuffix(before, "----")
		if c.marking == "" && !underlined && (!endsSentence(before) || c.at+c.n < end && !c.marked && !isUpper(b.raw[c.at+c.n])) {
			continue
		}
		c.blank = underlined
		cs = append(cs, c)
		i += c.n - 1
	}
	return cs
}

// terminated reports whether s ends as a sentence or heading does: with a stop
// and closing marks, or with dashes.
func terminated(s string) bool {
	s = strings.TrimRight(s, " \t\r\n\"')]}*")
	if s == "" {
		return true
	}
	switch s[len(s)-1] {
	case '.', '!', '?', ':', ';', '-', '=', '_':
		return true
	}
	return false
}

// blocks cuts the body into blocks.
func (b *bodyReader) blocks() {
	b.base = len(b.c.Blocks)
	next := 0 // in starts
	heads := b.heads
	for i := b.first; i < len(b.lines); i++ {
		if len(heads) > 0 && i == heads[0].Start {
			head := heads[0]
			heads = heads[1:]
			if b.standsApart(head.End, next) {
				b.close()
				b.again(head.Start, head.End, false)
				b.torn = true
				i = head.End - 1
				continue
			}
		}
		start, end := b.lineSpan(i)
		if start >= end {
			b.gap = true
			continue
		}
		if b.artefact[i-b.first] {
			b.torn = true
			b.pending(start, end)
			continue
		}
		first := true
		for start < end {
			stop := end
			if next < len(b.starts) && b.starts[next].at < end {
				if p := b.starts[next]; p.at <= start {
					b.startParagraph(p)
					start = p.text
					next++
					first = false
					continue
				}
				stop = b.starts[next].at
			}
			b.pieces(start, stop, first)
			first = false
			start = stop
		}
	}
}

// standsApart reports whether what stands before line i, the head of a further
// section, parts blocks, and not the halves of one. next is the next paragraph.
func (b *bodyReader) standsApart(i, next int) bool {
	for i < len(b.lines) && (b.lines[i].blank() || b.artefact[i-b.first]) {
		i++
	}
	if i == len(b.lines) || b.open < 0 {
		return true
	}
	s := Span{b.lines[i].start, b.lines[i].end}
	if next < len(b.starts) && b.starts[next].at <= s.Start {
		return true
	}
	was := b.torn
	b.torn = true
	apart := b.bullet(s) > 0 || !b.continues(s, true)
	b.torn = was
	return apart
}

// pending notes an artefact; it is cut from Text when the block goes on after
// it, and is a block that is skipped where none does.
func (b *bodyReader) pending(start, end int) {
	b.cut(start, end, "")
}

// startParagraph opens numbered paragraph p.
func (b *bodyReader) startParagraph(p pStart) {
	b.gluedHeading()
	b.close()
	b.para = p.number
	b.c.Paragraphs = append(b.c.Paragraphs, Paragraph{Number: p.number, Marking: p.marking, Span: Span{p.at, p.text}})
	b.fresh, b.gap, b.torn = true, false, false
}

// gluedHeading splits off a heading that stands, without an underline, after
// the last sentence of the open block: "… the patent system. Next Steps".
func (b *bodyReader) gluedHeading() {
	if b.open < 0 || b.c.Blocks[b.open].Kind != BlockText {
		return
	}
	span := b.c.Blocks[b.open].Span
	at := lastSentence(b.raw[span.Start:span.End])
	if at <= 0 {
		return
	}
	tail := b.raw[span.Start+at : span.End]
	if strings.Contains(tail, " ") && lowerWords(b.raw[span.Start:span.Start+at]) > 3 && titleLike(tail) && prefixFold(tail, "end ") == 0 && leadIn(tail) == 0 {
		b.splitHeading(span.Start + at)
	}
}

// pieces adds a stretch of a line: dashes part headings from text, and a page
// heading that runs on in it is cut.
func (b *bodyReader) pieces(start, end int, first bool) {
	for {
		mark, ok := b.inlinePageMark(start, end)
		if !ok {
			b.rules(start, end, first)
			return
		}
		b.rules(start, mark.Start, first)
		b.cut(mark.Start, mark.End, "")
		b.repair("page-break", mark, "runs on in the text")
		first, start = false, mark.End
	}
}

// isRule reports whether text is a line of dashes, underscores or the like.
func isRule(text string) bool {
	n := 0
	for i := range len(text) {
		switch text[i] {
		case '-', '=', '_', '*', '~', '#':
			n++
		case ' ':
		default:
			return false
		}
	}
	return n >= 3
}

// ruleAt finds the first run of five or more dashes in raw[start:end], blanks
// inside it included.
func (b *bodyReader) ruleAt(start, end int) (Span, bool) {
	k := strings.Index(b.raw[start:end], "-----")
	if k < 0 {
		if k = strings.Index(b.raw[start:end], "====="); k < 0 {
			return Span{}, false
		}
	}
	s := Span{start + k, start + k}
	mark := b.raw[s.Start]
	for j := s.Start; j < end && (b.raw[j] == mark || b.raw[j] == ' '); j++ {
		if b.raw[j] == mark {
			s.End = j + 1
		}
	}
	return s, true
}

// rules adds a stretch of a line that may hold rules of dashes.
func (b *bodyReader) rules(start, end int, first bool) {
	if first && isRule(b.raw[start:end]) {
		b.underline(Span{start, end})
		return
	}
	for start < end {
		rule, ok := b.ruleAt(start, end)
		if !ok {
			b.text(trimSpan(b.raw, Span{start, end}), first)
			return
		}
		if s := trimSpan(b.raw, Span{start, rule.Start}); s.Len() > 0 {
			b.text(s, first)
		}
		b.underline(rule)
		start, first = rule.End, true
	}
}

// longestHeading is the length of a heading, in bytes, that a line of dashes
// may underline.
const longestHeading = 160

// underline reads a rule. What stands above it, or between two rules, is a
// heading.
func (b *bodyReader) underline(s Span) {
	if b.open >= 0 {
		block := &b.c.Blocks[b.open]
		text := b.raw[block.Span.Start:block.Span.End]
		switch {
		case b.ruled && len(text) <= longestHeading, !b.fresh && block.Span == b.last && len(text) <= longestHeading && !endsSentence(text):
			block.Kind = BlockHeading
		case b.last.Start > block.Span.Start && b.last.Len() <= longestHeading && !b.gap && terminated(b.raw[block.Span.Start:b.last.Start]) && !endsSentence(b.raw[b.last.Start:b.last.End]):
			// the last line of a block
			b.splitHeading(b.last.Start)
		default:
			// "… End Summary. Suspicion of Fraud -----"
			if at := lastSentence(b.raw[b.last.Start:b.last.End]); at > 0 && b.last.Len()-at <= longestHeading && !b.gap {
				b.splitHeading(b.last.Start + at)
			}
		}
		b.close()
	}
	b.ruled = true
	b.skip(s.Start, s.End)
	b.gap = false
}

// splitHeading makes a heading of the open block from byte at on.
func (b *bodyReader) splitHeading(at int) {
	block := &b.c.Blocks[b.open]
	heading := Block{Kind: BlockHeading, Para: block.Para, Span: Span{at, block.Span.End}}
	block.Span = trimSpan(b.raw, Span{block.Span.Start, at})
	b.c.Blocks = append(b.c.Blocks, heading)
	b.open = len(b.c.Blocks) - 1
}

// endsSentence reports whether s ends with a full stop, question mark or
// exclamation mark.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \t\r\n\"')]}*")
	return s != "" && strings.IndexByte(".!?", s[len(s)-1]) >= 0
}

// lastSentence returns where the words begin that stand after the last end of a
// sentence in s, or -1 where there is none, or nothing after it.
func lastSentence(s string) int {
	const reach = 400 // what stands after it is a heading, a name or a note
	for i := len(s) - 2; i > 0 && i > len(s)-reach; i-- {
		if !isSpace(s[i]) || isSpace(s[i-1]) {
			continue
		}
		if !endsSentence(s[:i]) || abbreviated(s[:i]) {
			continue
		}
		at := i
		for at < len(s) && isSpace(s[at]) {
			at++
		}
		if at < len(s) && (isUpper(s[at]) || s[at] == '"' || isDigit(s[at])) {
			return at
		}
	}
	return -1
}

// abbreviated reports whether the point at the end of s is that of an initial
// or of letters with points: "J.", "the U.S."
func abbreviated(s string) bool {
	n := len(s)
	return n >= 2 && s[n-1] == '.' && isUpper(s[n-2]) && (n == 2 || s[n-3] == '.' || isSpace(s[n-3]))
}

// text adds a stretch of text: to the open block, or as a new one. first says
// that it opens its line.
func (b *bodyReader) text(s Span, first bool) {
	if s.Len() == 0 {
		return
	}
	t := b.raw[s.Start:s.End]
	if b.fresh && b.open < 0 {
		b.add(Block{Kind: BlockText, Para: b.para, Span: s})
		if n := bulletAt(t); n > 0 { // "4. -- The …" keeps to the paragraph
			b.c.Blocks[b.open].Span.Start += n
		}
		b.fresh = true
		return
	}
	n := 0
	if first {
		n = b.bullet(s)
	}
	if n > 0 {
		b.close()
		at := trimSpan(b.raw, Span{s.Start + n, s.End})
		if at.Len() == 0 {
			return
		}
		b.add(Block{Kind: BlockText, Para: b.para, Span: at, Bullet: true})
		return
	}
	if b.open >= 0 && b.continues(s, first) {
		block := &b.c.Blocks[b.open]
		if b.gap || b.torn {
			b.cut(b.last.End, s.Start, "\n")
			if !b.torn {
				b.repair("torn-paragraph", Span{b.last.End, s.Start}, "a blank line inside a sentence")
			}
		}
		if c := b.candidateAt(s.Start, s.End); c.options[1] > 0 && b.gap {
			b.cut(c.digits, c.digits+1, "")
			b.repair("paragraph-mark", Span{c.digits, c.digits + 1}, "a 1 stands for a mark that is none")
		}
		b.hyphenAt(b.last.End, s.Start)
		block.Span.End = s.End
		b.last = s
		b.gap, b.torn = false, false
		return
	}
	b.close()
	b.add(Block{Kind: BlockText, Para: b.para, Span: s})
}

// add opens a block.
func (b *bodyReader) add(block Block) {
	ruled := b.ruled && !b.gap
	b.block(block)
	b.open = len(b.c.Blocks) - 1
	b.last = block.Span
	b.ruled = ruled
	b.gap, b.torn = false, false
	b.fresh = false
}

// close ends the open block. A short line in the manner of a title is a heading.
func (b *bodyReader) close() {
	if b.open >= 0 {
		block := &b.c.Blocks[b.open]
		text := b.raw[block.Span.Start:block.Span.End]
		if block.Kind == BlockText && !block.Bullet && !b.fresh && leadIn(text) == 0 && titleLike(text) {
			block.Kind = BlockHeading
		}
	}
	b.open = -1
	b.ruled = false
	b.fresh = false
}

// continues reports whether text s goes on with the open block.
func (b *bodyReader) continues(s Span, first bool) bool {
	if !first {
		return true
	}
	block := b.c.Blocks[b.open]
	t := b.raw[s.Start:s.End]
	before := b.raw[block.Span.Start:block.Span.End]
	if leadIn(t) > 0 {
		return false
	}
	if !b.gap && !b.torn {
		return true
	}
	if block.Kind != BlockText {
		return false
	}
	if n := len(before); n > 1 && before[n-1] == '-' && isAlpha(before[n-2]) && isAlpha(t[0]) {
		return true // a word that the end of a line parts
	}
	ends := terminated(before)
	lower := isLower(t[0]) || t[0] == '(' && len(t) > 1 && isLower(t[1])
	switch {
	case ends && b.torn:
		return lower && !endsSentence(before) // "the following: / page / first item"
	case ends:
		return false
	case lower, strings.HasSuffix(before, ","):
		return true
	case b.torn && !titleLike(before):
		return true
	}
	if c := b.candidateAt(s.Start, s.End); c.options[1] > 0 {
		return true // "… on October / 117. The …"
	}
	return false
}

// bullet returns the length of the dash or letter that opens an item of a list
// at s, or 0.
func (b *bodyReader) bullet(s Span) int {
	t := b.raw[s.Start:s.End]
	n := bulletAt(t)
	if n == 0 || b.open < 0 || b.gap {
		return n
	}
	// In the middle of hard-wrapped text: a dash or bracket at the start of a
	// line opens an item only after the end of a sentence or of another item.
	block := b.c.Blocks[b.open]
	before := b.raw[block.Span.Start:block.Span.End]
	if terminated(before) || block.Bullet && !isLower(t[min(n, len(t)-1)]) || strings.HasSuffix(before, ",") && !isLower(t[min(n, len(t)-1)]) {
		return n
	}
	return 0
}

// bulletAt returns the length of what opens an item of a list at the start of
// t, with the blanks after it: dashes, asterisks, bullets, "(a)", "A.", "i)".
func bulletAt(t string) int {
	n := 0
	switch {
	case strings.HasPrefix(t, "•"), strings.HasPrefix(t, "·"):
		n = strings.IndexByte(t, t[0]) + len("·")
		if strings.HasPrefix(t, "•") {
			n = len("•")
		}
	case t[0] == '-' || t[0] == '*' || t[0] == '+':
		for n < len(t) && (t[n] == t[0] || t[n] == ' ' && n+1 < len(t) && t[n+1] == t[0]) {
			n++
		}
		if n == 1 && t[0] != '*' && n < len(t) && t[n] != ' ' && !isUpper(t[n]) || n > 3 {
			return 0
		}
	case len(t) > 2 && t[0] == 'o' && t[1] == ' ' && isUpper(t[2]):
		n = 1
	default:
		m := paragraphMark(t)
		k := len(m)
		open := k < len(t) && t[k] == '('
		if open {
			k++
		}
		j := k
		for j < len(t) && j-k < 3 && (isAlpha(t[j]) || isDigit(t[j])) {
			j++
		}
		item := t[k:j]
		if item == "" || j >= len(t) || len(item) > 1 && !roman(item) && number(item) < 0 {
			return 0
		}
		if number(item) >= 0 && !open && m == "" {
			return 0 // "3." may be a paragraph that counting left out
		}
		switch {
		case open && t[j] == ')':
			if mk, _ := markingAt(t[k-1:]); mk != "" {
				return 0
			}
			j++
		case !open && (t[j] == ')' || t[j] == '.' && (j+1 == len(t) || t[j+1] == ' ')):
			j++
		default:
			return 0
		}
		if t[k] >= 'A' && t[k] <= 'Z' && !open && m == "" && t[j-1] == '.' && len(item) == 1 && initial(t[j:]) {
			return 0 // "J. Smith"
		}
		n = j
	}
	if n == 0 {
		return 0
	}
	for n < len(t) && isBlank(t[n]) {
		n++
	}
	if n == len(t) {
		return 0
	}
	return n
}

// initial reports whether rest, which follows a capital and a point, goes on as
// a name does: another initial, or one capitalised word and then no sentence.
func initial(rest string) bool {
	f := strings.Fields(rest)
	return len(f) > 0 && len(f[0]) == 2 && isUpper(f[0][0]) && f[0][1] == '.'
}

func roman(s string) bool {
	return strings.Trim(s, "ivx") == "" || strings.Trim(s, "IVX") == ""
}

// leadIns open a block of their own in running text: the parts of a
// questionnaire.
var leadIns = []struct {
	word     string
	question bool
}{
	{"POST RESPONSE", false},
	{"POST'S RESPONSE", false},
	{"EMBASSY RESPONSE", false},
	{"RESPONSE", false},
	{"ANSWER", false},
	{"POST ANSWER", false},
	{"QUESTION", true},
}

// leadIn returns the length of the word that opens a part of a questionnaire
// at the start of t, its letter and colon included, or 0: "POST RESPONSE:",
// "QUESTION A.", "Q1:", "A:".
func leadIn(t string) int {
	n, _ := leadInKind(t)
	return n
}

func leadInKind(t string) (n int, question bool) {
	if t == "" || strings.IndexByte("PERAQ", t[0]) < 0 {
		return 0, false
	}
	for _, l := range leadIns {
		if !strings.HasPrefix(t, l.word) && !(prefixFold(t, l.word) > 0 && isUpper(t[0])) {
			continue
		}
		i := len(l.word)
		for i < len(t) && isBlank(t[i]) {
			i++
		}
		if i < len(t) && i > len(l.word) && (isUpper(t[i]) || isDigit(t[i])) { // "QUESTION A.", "QUESTION 1:"
			j := i
			for j < len(t) && j-i < 3 && (isUpper(t[j]) || isDigit(t[j])) {
				j++
			}
			if j < len(t) && (t[j] == ':' || t[j] == '.' || t[j] == ')') {
				return j + 1, l.question
			}
			return 0, false
		}
		if i < len(t) && (t[i] == ':' || t[i] == '.' && l.word != "RESPONSE") {
			return i + 1, l.question
		}
	}
	if len(t) > 2 && (t[0] == 'Q' || t[0] == 'A') {
		d := digits(t[1:])
		if i := 1 + d; d <= 2 && i < len(t) && (t[i] == ':' || d > 0 && (t[i] == '.' || t[i] == ')')) {
			return i + 1, t[0] == 'Q'
		}
	}
	return 0, false
}

// smallWords stay in lower case in a title.
var smallWords = map[string]bool{
	"a": true, "an": true, "and": true, "as": true, "at": true, "but": true, "by": true, "de": true, "for": true,
	"from": true, "in": true, "into": true, "is": true, "its": true, "not": true, "of": true, "on": true, "or": true,
	"over": true, "that": true, "the": true, "to": true, "vs": true, "with": true, "la": true, "el": true, "del": true,
}

// titleLike reports whether text, a block of its own, reads as a heading: one
// short line without a stop, in capitals or with every word capitalised.
func titleLike(text string) bool {
	if len(text) > 90 || strings.IndexByte(text, '\n') >= 0 {
		return false
	}
	t := strings.TrimRight(text, " :-")
	if t == "" || strings.IndexByte(";,", t[len(t)-1]) >= 0 || endsSentence(t) {
		return false
	}
	colon := strings.HasSuffix(strings.TrimSpace(text), ":")
	upper, lower, letters := 0, 0, 0
	ws := strings.Fields(t)
	if len(ws) > 14 {
		return false
	}
	for i, w := range ws {
		w = strings.TrimLeft(w, "\"'([")
		if w == "" {
			continue
		}
		switch {
		case isUpper(w[0]), w[0] >= 0x80:
			upper++
		case isLower(w[0]):
			if i == 0 || !smallWords[strings.Trim(w, "\"'.,:;()")] {
				return false
			}
		}
		for k := range len(w) {
			if isLower(w[k]) {
				lower++
			}
			if isAlpha(w[k]) {
				letters++
			}
		}
	}
	if letters < 3 || upper == 0 {
		return false
	}
	if lower == 0 {
		return true
	}
	return !colon && !strings.ContainsAny(t, "0123456789@/")
}
