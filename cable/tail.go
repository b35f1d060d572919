package cable

import (
	"fmt"
	"slices"
	"strings"
)

// signature finds the name of the signer at the end of the body, alone on its
// line or glued to the last sentence, and the closing notes before it ("Visit
// … classified web site").
func (b *bodyReader) signature() {
	blocks := b.c.Blocks
	last := len(blocks) - 1
	for ; last >= b.base; last-- { // past strokes, "NNNN" and rules
		k := blocks[last]
		text := b.raw[k.Span.Start:k.Span.End]
		if k.Kind != BlockSkip && !isDebris(text) && !(last > b.base && afterSignature(text) && b.signs(blocks[last-1])) {
			break
		}
		if strings.Contains(text, "Missing Section") {
			b.c.Partial = true
			b.repair("missing-section", k.Span, "")
		}
		blocks[last].Kind, blocks[last].Para = BlockSkip, b.para
	}
	if last < b.base {
		return
	}
	block := &blocks[last]
	if block.Kind != BlockText && block.Kind != BlockHeading {
		return
	}
	opens := slices.ContainsFunc(b.starts, func(p pStart) bool { return p.text == block.Span.Start })
	s := block.Span
	text := trimTail(b.raw[s.Start:s.End])
	if strings.HasPrefix(b.raw[s.Start+len(text):], "...") {
		return // it breaks off
	}
	line := strings.LastIndexByte(text, '\n') + 1
	sentence := lastSentence(text)
	word := strings.LastIndexAny(text, " \t\n*#") + 1
	at := -1
	switch {
	case signerName(text[line:]) && (line == 0 || len(text)+s.Start == s.End || b.raw[s.Start+len(text)] != '.' || terminated(text[:line])):
		at = line
	case sentence > 0 && signerName(text[sentence:]):
		at = sentence
	case word > 0 && signsTwice(text):
		at = strings.LastIndex(text[:word], text[word:])
	case word > 0 && signerName(text[word:]) && (noteBefore(text[:word]) || len(text)-word > 4 && onlyCapitals(text[word:]) && !capitalBefore(text[:word])):
		at = word
	}
	name := trimSpan(b.raw, Span{s.Start + max(at, 0), s.Start + len(text)})
	artefact := slices.ContainsFunc(b.cuts, func(c cut) bool { return c.start < name.End && name.Start < c.end })
	if !artefact && (at > 0 || at == 0 && !opens) {
		half := strings.Fields(b.raw[name.Start:name.End])
		if len(half) == 3 && half[0] == "MINIMIZE" && half[1] == "CONSIDERED" { // a caption
			name.Start = name.End - len(half[2])
		}
		if len(half) == 2 && strings.EqualFold(half[0], half[1]) { // "SHANNON SHANNON"
			name.End = name.Start + len(half[0])
		}
		b.c.Signature = Party{Name: fold(b.raw[name.Start:name.End]), Span: name}
		sig := Block{Kind: BlockSignature, Para: -1, Span: name}
		if at == 0 {
			*block = sig
		} else {
			block.Span = trimSpan(b.raw, Span{s.Start, name.Start})
			b.block(sig)
		}
		for last--; last >= b.base && b.c.Blocks[last].Kind == BlockSkip; last-- {
		}
		if at > 0 {
			last++
		}
	}
	b.trailer(last)
}

// shortestSection is the length, in bytes, that a section of a cable surely has
// where another follows it: they are cut at about a hundred lines.
const shortestSection = 3000

// truncated notes that the cable does not end where its text does, or does not
// begin there. Only a cable without a signature is looked at, as one that has
// it has its end: the marks of its pages or sections may say that more should
// follow, or its last sentence breaks off.
func (b *bodyReader) truncated() {
	c := b.c
	note := func(s Span, text string) {
		c.Partial = true
		b.repair("truncated", s, text)
	}
	if b.section > 1 && b.sectionCount >= b.section {
		note(c.Number, fmt.Sprintf("the text begins with section %d of %d", b.section, b.sectionCount))
	}
	last := len(c.Blocks) - 1
	for ; last >= 0; last-- {
		if k := c.Blocks[last].Kind; k == BlockText || k == BlockHeading || k == BlockTrailer {
			break
		}
	}
	if c.Signature.Name != "" || c.Partial || last < 0 || c.Blocks[last].Kind != BlockText {
		return
	}
	s := c.Blocks[last].Span
	text := b.raw[s.Start:s.End]
	end := Span{max(s.Start, s.End-40), s.End}
	if page, pages := b.lastPage(); page < pages {
		note(end, fmt.Sprintf("the text ends on page %d of %d", page, pages))
		return
	} else if section := b.lastSection(); page == 0 && section < b.sectionCount && s.End-b.start < shortestSection*(b.sectionCount-section) {
		note(end, fmt.Sprintf("the text ends in section %d of %d", section, b.sectionCount))
		return
	}
	sentence := lastSentence(text)
	rest := text[max(0, sentence):]
	switch tail := rest[len(rest)-1]; {
	case strings.HasSuffix(rest, "..."):
		note(end, "the text breaks off with points")
	case c.Blocks[last].Bullet && sentence < 0, endsSection(text), strings.Contains(rest[strings.LastIndexAny(rest, " \n")+1:], "/"):
	case (isLower(tail) || tail == ',') && lowerWords(rest) > 1:
		note(end, "the text ends in mid-sentence")
	}
}

// lastPage returns the number of the last page of which the text has the
// heading, and how many there are: 2 and 3 of "LOME 00000014 002.2 OF 003".
func (b *bodyReader) lastPage() (page, pages int) {
	for _, r := range b.c.Repairs {
		if r.Kind != "page-break" {
			continue
		}
		ws := strings.Fields(b.raw[r.Span.Start:r.Span.End])
		for i := 1; i+1 < len(ws); i++ {
			if d := digits(ws[i-1]); ws[i] == "OF" && d > 0 && number(ws[i+1]) > 0 {
				page, pages = max(page, number(ws[i-1][:d])), number(ws[i+1])
			}
		}
	}
	return page, pages
}

// lastSection returns the number of the last section of which the text has the
// head.
func (b *bodyReader) lastSection() int {
	last := b.section
	for _, head := range b.heads {
		l := b.lines[head.Start]
		if o, ok := classificationLine(b.raw, l.start, l.end); ok {
			last = max(last, o.section)
		}
	}
	return last
}

// trimTail cuts from the end of text what pages leave behind a signature: stops,
// quotes and strokes, a date, the number of a page.
func trimTail(text string) string {
	for {
		text = strings.TrimRight(text, " \t\r\n.,\"#*_/\\")
		w := text[strings.LastIndexAny(text, " \t\n")+1:]
		if w == "" || len(w) == len(text) || strings.Trim(w, "0123456789/-") != "" && w != "NNNN" && w != "BT" {
			return text
		}
		text = text[:len(text)-len(w)]
	}
}

// signsTwice reports whether text ends with one name in capitals twice:
// "… HALE HALE".
func signsTwice(text string) bool {
	ws := strings.Fields(text[max(0, len(text)-64):])
	n := len(ws)
	return n > 2 && len(ws[n-1]) > 3 && ws[n-1] == ws[n-2] && onlyCapitals(ws[n-1]) && signerName(ws[n-1])
}

// capitalBefore reports whether s ends with a word in capitals that does not
// close a section.
func capitalBefore(s string) bool {
	s = strings.TrimRight(s, " \t\n")
	w := strings.Trim(s[strings.LastIndexAny(s, " \t\n")+1:], "\"'()[].,")
	return len(w) > 1 && onlyCapitals(w) && isAlpha(w[0]) && !notNames[w]
}

// noteBefore reports whether s, what stands before the last word, ends as a
// closing note does: with an address, a redaction, strokes or asterisks.
func noteBefore(s string) bool {
	s = strings.TrimRight(s, " \t\n")
	if s == "" || strings.IndexByte("/*>)]#", s[len(s)-1]) >= 0 {
		return true
	}
	w := s[strings.LastIndexAny(s, " \t\n")+1:]
	return strings.Contains(w, "://") || strings.Contains(w, ".gov") || strings.Trim(strings.ToUpper(w), "X") == ""
}

// signs reports whether block k is a name in capitals and nothing else.
func (b *bodyReader) signs(k Block) bool {
	text := b.raw[k.Span.Start:k.Span.End]
	return (k.Kind == BlockText || k.Kind == BlockHeading) && signerName(text) && onlyCapitals(text)
}

// afterSignature reports whether text is short enough to be a date or a mark
// that a page left under the signature.
func afterSignature(text string) bool {
	return len(text) <= 32 && (!endsSentence(text) || strings.HasSuffix(text, "..."))
}

// isDebris reports whether text is what closes a transmission.
func isDebris(text string) bool {
	if strings.Trim(text, "/\\-. \n\r\t\"#<>|*") == "" {
		return true
	}
	switch strings.Trim(text, " *\n\t") {
	case "NNNN", "BT", "UNCLASSIFIED", "CONFIDENTIAL", "SECRET", "CABLE ENDS":
		return true
	}
	return len(text) < 80 && strings.Contains(text, "Missing Section")
}

// notNames end cables in the place of a signature.
var notNames = map[string]bool{
	"END": true, "COMMENT": true, "SUMMARY": true, "TEXT": true, "NOTE": true, "SIPDIS": true, "SENSITIVE": true,
	"UNCLASSIFIED": true, "MESSAGE": true, "NOFORN": true, "QUOTE": true, "UNQUOTE": true, "POST": true, "EMBASSY": true,
	"REPORT": true, "CABLE": true, "XXXXXXXXXXXX": true, "BIO": true, "THE": true, "THIS": true,
}

// notFirst do not begin a name of several words.
var notFirst = map[string]bool{"OF": true, "IN": true, "AND": true, "TO": true, "FOR": true, "BY": true, "ON": true, "AT": true, "WITH": true, "FROM": true, "NO": true}

// signerName reports whether text is a name as signatures have it: one to
// three words of letters, capitalised or in capitals.
func signerName(text string) bool {
	text = strings.TrimSpace(text)
	ws := strings.Fields(text)
	if len(ws) == 0 || len(ws) > 3 || len(text) > 32 || strings.IndexByte(text, '\n') >= 0 || strings.Contains(text, "¶") {
		return false
	}
	letters := 0
	for i, w := range ws {
		w = strings.TrimRight(w, "#\"*")
		if notNames[strings.ToUpper(strings.Trim(w, ".,"))] || w == "" || i == 0 && len(ws) > 1 && notFirst[strings.ToUpper(w)] {
			return false
		}
		particle := i < len(ws)-1 && len(ws[len(ws)-1]) > 2 && (w == "de" || w == "van" || w == "von" || w == "del" || w == "la" || w == "der")
		if !isUpper(w[0]) && w[0] < 0x80 && !particle {
			return false
		}
		for k := range len(w) {
			switch c := w[k]; {
			case isAlpha(c), c >= 0x80:
				letters++
			case c == '\'', c == '-':
			case c == '.' && len(w) == 2:
			default:
				return false
			}
		}
	}
	return letters >= 3
}

func onlyCapitals(s string) bool {
	return strings.ToUpper(s) == s
}

// trailer marks the closing notes among the last blocks up to index last, and
// splits one off that runs on in the last paragraph.
func (b *bodyReader) trailer(last int) {
	for i := last; i >= b.base && i > last-4; i-- {
		k := &b.c.Blocks[i]
		if k.Kind != BlockText && k.Kind != BlockHeading {
			continue
		}
		text := b.raw[k.Span.Start:k.Span.End]
		at := closingNote(text)
		if at < 0 {
			continue
		}
		if at == 0 {
			k.Kind = BlockTrailer
			continue
		}
		if note := (Span{k.Span.Start + at, k.Span.End}); i == last {
			b.block(Block{Kind: BlockTrailer, Para: k.Para, Span: note})
			b.c.Blocks[i].Span = trimSpan(b.raw, Span{b.c.Blocks[i].Span.Start, note.Start})
		}
	}
}

// closingNote returns where a note begins that points readers to a web site,
// at the start of text or after its last sentences, or -1.
func closingNote(text string) int {
	const longest = 400
	skipped := max(0, len(text)-longest-1)
	text = text[skipped:]
	for _, lead := range [...]string{"Visit ", "VISIT ", "To see more ", "For more ", "See more "} {
		i := strings.LastIndex(text, lead)
		if i < 0 || skipped+i > 0 && !terminated(text[:i]) {
			continue
		}
		note := strings.ToLower(text[i:])
		if strings.Contains(note, "site") || strings.Contains(note, "http") || strings.Contains(note, ".gov") {
			return skipped + i
		}
	}
	return -1
}

// questions marks the blocks that the Department put: from a question's lead-in
// to that of the answer, and the items of a questionnaire that ask.
func (b *bodyReader) questions() {
	blocks := b.c.Blocks[b.base:]
	asked, answered, asking := 0, 0, 0
	for i := range blocks {
		text := b.raw[blocks[i].Span.Start:blocks[i].Span.End]
		if n, q := leadInKind(text); n > 0 && blocks[i].Kind == BlockText {
			if q {
				asked++
			} else {
				answered++
			}
		}
		if b.asks(blocks[i]) {
			asking++
		}
	}
	inQuestion := false
	para := -2
	for i := range blocks {
		k := &blocks[i]
		if k.Kind != BlockText {
			continue
		}
		text := b.raw[k.Span.Start:k.Span.End]
		n, q := leadInKind(text)
		switch {
		case n > 0 && q:
			// "Q1:" is answered in the next block; "QUESTION A." by a lead-in.
			inQuestion = answered > 0 && answered*2 >= asked && text[1] == 'U'
			k.Question = inQuestion || strings.Contains(text, "?") && b.asks(*k)
			if !k.Question && text[0] == 'Q' && text[1] != 'U' {
				k.Question = true
			}
		case n > 0:
			inQuestion = false
		case k.Para != para:
			inQuestion = false
		case inQuestion:
			k.Question = true
		}
		para = k.Para
		if !k.Question && asking >= 3 && b.asks(*k) {
			k.Question = true
		}
	}
}

// asks reports whether a block is an item of a questionnaire: an item of a
// list, or one that opens with a letter, most of whose sentences ask.
func (b *bodyReader) asks(k Block) bool {
	if k.Kind != BlockText {
		return false
	}
	text := b.raw[k.Span.Start:k.Span.End]
	n, q := leadInKind(text)
	if !k.Bullet && !(n > 0 && q) {
		return false
	}
	questions, sentences := 0, 0
	start := n
	if k.Bullet {
		start += bulletAt(text)
	}
	for i := start; i < len(text); i++ {
		if i+1 < len(text) && !isSpace(text[i+1]) && text[i+1] != ')' && text[i+1] != '"' {
			continue
		}
		switch c := text[i]; {
		case c == '?':
			questions++
			sentences++
		case c == '.' && i >= 2 && text[i-2] == '.': // "e.g."
			continue
		case (c == '.' || c == '!') && !instructs(text[start:i]):
			sentences++
		case c != '.' && c != '!':
			continue
		}
		start = i + 1
	}
	return questions > 0 && 2*questions >= sentences
}

// instructions open sentences that tell how to answer a question.
var instructions = []string{"Please", "If ", "Provide", "Specify", "Describe", "Briefly", "Note", "For example", "Also", "Explain", "(", "e.g."}

func instructs(sentence string) bool {
	sentence = strings.TrimLeft(sentence, " \n\r\t\")")
	for _, word := range instructions {
		if strings.HasPrefix(sentence, word) {
			return true
		}
	}
	return false
}

// sections marks summaries and comments: from the word that opens one to the
// words that end it, or else to the end of the paragraph; under a heading of
// that name, to the next heading.
func (b *bodyReader) sections() {
	blocks := b.c.Blocks[b.base:]
	open, under, para := NoSection, false, 0
	for i := range blocks {
		k := &blocks[i]
		text := b.raw[k.Span.Start:k.Span.End]
		switch k.Kind {
		case BlockHeading:
			open, under = sectionName(strings.TrimRight(text, " :.")), true
			k.Section = open
			continue
		case BlockText:
		default:
			if k.Kind == BlockSignature {
				open = NoSection
			}
			continue
		}
		if open != NoSection && !under && k.Para != para {
			open = NoSection
		}
		para = k.Para
		if word, _, ok := strings.Cut(text[:min(len(text), 40)], ":"); ok || strings.Contains(text[:min(len(text), 24)], ".") {
			if !ok {
				word, _, _ = strings.Cut(text, ".")
			}
			if s := sectionName(strings.TrimSpace(word)); s != NoSection {
				open, under = s, false
			}
		}
		k.Section = open
		if open != NoSection && endsSection(text) {
			open = NoSection
		}
	}
}

// sectionName returns the section that a heading or first word names.
func sectionName(s string) Section {
	switch strings.ToUpper(fold(s)) {
	case "SUMMARY", "SUMMAY", "BEGIN SUMMARY", "SUMMARY AND INTRODUCTION", "INTRODUCTION AND SUMMARY", "EXECUTIVE SUMMARY":
		return Summary
	case "COMMENT", "COMMENTS", "BEGIN COMMENT", "EMBASSY COMMENT", "POST COMMENT", "COMMENT AND CONCLUSION", "BIO COMMENT":
		return Comment
	case "SUMMARY AND COMMENT":
		return Summary
	}
	return NoSection
}

// endsSection reports whether text closes with the words that end a section.
func endsSection(text string) bool {
	tail := strings.ToUpper(fold(strings.TrimRight(text[max(0, len(text)-40):], " .)\n\r-")))
	for _, end := range [...]string{"END SUMMARY", "END COMMENT", "END SUMMARY AND COMMENT", "END POST COMMENT"} {
		if strings.HasSuffix(tail, end) {
			return true
		}
	}
	return false
}

// quotedKinds are the documents that a cable quotes between "BEGIN …" and "END …".
var quotedKinds = []string{
	"TEXT", "QUOTE", "NON-PAPER", "NONPAPER", "STATEMENT", "LETTER", "TRANSLATION", "COMMUNIQUE", "TRANSCRIPT",
	"EXCERPT", "DIPLOMATIC NOTE", "ARTICLE", "POINTS", "NARRATIVE", "DOCUMENT", "AIDE MEMOIRE", "GUIDANCE", "RELEASE",
}

// quotations marks what stands between "BEGIN TEXT" and "END TEXT". Where no
// end follows, the quotation reaches to the end of its numbered paragraph.
func (b *bodyReader) quotations() {
	blocks := b.c.Blocks[b.base:]
	for i := 0; i < len(blocks); i++ {
		kind := b.quoteMark(blocks[i], "BEGIN")
		if kind == "" {
			continue
		}
		end := -1
		for j := i + 1; j < len(blocks); j++ {
			if b.quoteMark(blocks[j], "END") == kind {
				end = j
				break
			}
			if b.quoteMark(blocks[j], "BEGIN") == kind {
				break
			}
		}
		if end < 0 {
			for end = i + 1; end < len(blocks) && blocks[end].Para == blocks[i].Para; end++ {
			}
		}
		for j := i + 1; j < end; j++ {
			blocks[j].Quoted = blocks[j].Kind != BlockSignature
		}
		i = end - 1
	}
}

// quoteMark returns the kind of document that a block opens or closes: a short
// block that says so, or one whose last sentence does.
func (b *bodyReader) quoteMark(k Block, word string) string {
	if k.Kind != BlockText && k.Kind != BlockHeading {
		return ""
	}
	text := b.raw[k.Span.Start:k.Span.End]
	if i := lastSentence(text); i > 0 {
		text = text[i:]
	}
	text = strings.Trim(text, " ()[]<>*:.-\n\r")
	if prefixFold(text, word) == 0 || len(text) > 120 {
		return ""
	}
	rest, ok := strings.CutPrefix(strings.ToUpper(text), word+" ")
	if !ok {
		return ""
	}
	if word == "END" && len(rest) > 60 {
		return ""
	}
	for _, q := range quotedKinds {
		if strings.Contains(rest, q) {
			return q
		}
	}
	return ""
}

// spans stretches each paragraph over its blocks.
func (b *bodyReader) spans() {
	p := 0
	ps := b.c.Paragraphs
	for _, k := range b.c.Blocks[b.base:] {
		if k.Para <= 0 || k.Kind == BlockSkip {
			continue
		}
		for p < len(ps) && ps[p].Number != k.Para {
			p++
		}
		if p == len(ps) {
			p = 0
			continue
		}
		ps[p].Span.End = max(ps[p].Span.End, k.Span.End)
	}
}
