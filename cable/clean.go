package cable

import (
	"cmp"
	"slices"
	"strings"
)

// cut is a stretch of Raw that Text leaves out, and what stands for it.
type cut struct {
	start, end int
	with       string // "", " ", "\n" or a sign
}

func compareCuts(a, b cut) int {
	return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
}

func (r *reader) cut(start, end int, with string) {
	if end > start {
		r.cuts = append(r.cuts, cut{start, end, with})
	}
}

// clean returns the text without the cuts. A cut inside another is part of it.
func (r *reader) clean() Text {
	slices.SortStableFunc(r.cuts, compareCuts)
	b := textBuilder{raw: r.raw}
	b.b.Grow(len(r.raw))
	at := 0
	for _, c := range r.cuts {
		if c.start < at {
			continue
		}
		b.keep(at, c.start)
		b.put(c.with, c.start, c.end)
		at = c.end
	}
	b.keep(at, len(r.raw))
	return b.text()
}

// textOf returns the text of s without the cuts, which must be in order.
func (r *reader) textOf(s Span) string {
	var b strings.Builder
	at := s.Start
	for _, c := range r.cuts {
		if c.end <= at {
			continue
		}
		if c.start >= s.End {
			break
		}
		if c.start > at {
			b.WriteString(r.raw[at:c.start])
		}
		b.WriteString(c.with)
		at = c.end
	}
	if at < s.End {
		b.WriteString(r.raw[at:s.End])
	}
	return b.String()
}

// exoticBlanks are the white space that is not ASCII and that stands in pages
// for blanks and line ends: no-break space, line and paragraph separator.
var exoticBlanks = [...]string{"\u00a0", "\u2028", "\u2029"}

// blanks writes such white space as blanks in r.raw, in as many bytes, and as
// one blank in Text.
func (r *reader) blanks() {
	for _, blank := range exoticBlanks {
		for i := 0; ; {
			k := strings.Index(r.c.Raw[i:], blank)
			if k < 0 {
				break
			}
			i += k + len(blank)
			r.cut(i-len(blank), i, " ")
		}
		if len(r.cuts) > 0 {
			r.raw = strings.ReplaceAll(r.raw, blank, "   "[:len(blank)])
		}
	}
}

// dumpEscapes cuts the backslashes that a data base put before line ends.
func (r *reader) dumpEscapes() {
	for i := 0; ; {
		k := strings.IndexByte(r.raw[i:], '\\')
		if k < 0 {
			return
		}
		i += k + 1
		if rest := r.raw[i:]; rest == "" || rest[0] == '\n' || rest[0] == '\r' {
			r.cut(i-1, i, "")
		}
	}
}

// marks cuts the paragraph marks at the starts of lines, from line first on.
func (r *reader) marks(first int) {
	for _, l := range r.lines[min(first, len(r.lines)):] {
		if strings.HasPrefix(r.raw[l.start:l.end], "¶") {
			r.cut(l.start, l.start+len("¶"), "")
		}
	}
}

// markup cuts what turning a page into Markdown put in: links without target
// ("[KTIP](#)"), escapes ("\$7"), angle brackets around addresses, and the "1"
// of a false paragraph mark before a year or day ("November 27, 12007.").
func (r *reader) markup() {
	if !r.markdown {
		return
	}
	raw := r.raw
	for i := 0; i < len(raw); {
		k := strings.IndexAny(raw[i:], "[\\<1")
		if k < 0 {
			return
		}
		i += k
		switch raw[i] {
		case '\\':
			if i+1 < len(raw) && strings.IndexByte("$*_[]#`<>\\~|", raw[i+1]) >= 0 {
				r.cut(i, i+1, "")
				i++
			}
			i++
		case '[':
			if end := strings.Index(raw[i:], "](#)"); end >= 0 && end < 40 && strings.IndexByte(raw[i:i+end], '\n') < 0 {
				if inner := raw[i+1 : i+end]; inner == "1" {
					r.cut(i, i+end+4, "")
				} else {
					r.cut(i, i+1, "")
					r.cut(i+end, i+end+4, "")
				}
				i += end + 4
				continue
			}
			i++
		case '<':
			if strings.HasPrefix(raw[i+1:], "http") || strings.HasPrefix(raw[i+1:], "mailto:") {
				if end := strings.IndexAny(raw[i:], ">\n"); end > 0 && raw[i+end] == '>' {
					r.cut(i, i+1, "")
					r.cut(i+end, i+end+1, "")
				}
			}
			i++
		default:
			if r.falseMark(i) {
				r.cut(i, i+1, "")
				r.repair("paragraph-mark", Span{i, i + 1}, "a 1 before a year or day stands for a mark")
			}
			i += max(1, digits(raw[i:]))
		}
	}
}

// falseMark reports whether the digit 1 at raw[i] stands for the mark that was
// put before a year or a day of the month at the start of a line: "in October
// 12003.", "on July 112.".
func (r *reader) falseMark(i int) bool {
	raw := r.raw
	if i == 0 || !isSpace(raw[i-1]) {
		return false
	}
	d := digits(raw[i:])
	if i+d >= len(raw) || raw[i+d] != '.' && raw[i+d] != ')' {
		return false
	}
	v := number(raw[i+1 : i+d])
	before := strings.TrimRight(raw[max(0, i-40):i], " \n\r\t")
	switch d {
	case 5:
		return v >= 1900 && v < 2050 && (strings.HasSuffix(before, ",") || lastMonth(before) || lastWord(before, "in", "of", "since", "by", "year", "fiscal"))
	case 3:
		return v >= 10 && v <= 31 && lastMonth(before)
	}
	return false
}

// lastMonth reports whether s ends with the name of a month.
func lastMonth(s string) bool {
	w := s[strings.LastIndexAny(s, " \n\t")+1:]
	if month(w) == 0 {
		return false
	}
	for _, m := range [...]string{
		"January", "February", "March", "April", "May", "June", "July", "August",
		"September", "October", "November", "December",
	} {
		if w := strings.TrimSuffix(w, "."); len(w) >= 3 && len(w) <= len(m) && strings.EqualFold(w, m[:len(w)]) && (len(w) <= 4 || len(w) == len(m)) {
			return true
		}
	}
	return false
}

// lastWord reports whether s ends with one of the words.
func lastWord(s string, list ...string) bool {
	w := s[strings.LastIndexAny(s, " \n\t(")+1:]
	for _, x := range list {
		if strings.EqualFold(w, x) {
			return true
		}
	}
	return false
}

// hyphen is a hyphen at the end of a line inside a block.
type hyphen struct {
	at   int // of the hyphen
	next int // where the next line begins
}

// hyphenAt notes a hyphen between letters at the end of a line, whose text ends
// at byte end and goes on at next.
func (r *reader) hyphenAt(end, next int) {
	if end > 1 && next < len(r.raw) && r.raw[end-1] == '-' && isAlpha(r.raw[end-2]) && isAlpha(r.raw[next]) {
		r.hyphens = append(r.hyphens, hyphen{end - 1, next})
	}
}

// joinHyphens cuts the hyphens that part a word at the end of a line
// ("JURIS-\nDICTION"), and the line ends in compounds ("CAFTA-\nDR"). A word is one
// that stands undivided elsewhere in the cable. In a telegram without small
// letters, whose teletypes divided words, it is also one of which not both
// halves stand there by themselves.
func (r *reader) joinHyphens() {
	if len(r.hyphens) == 0 {
		return
	}
	seen := make(map[string]bool)
	upper, lower := 0, 0
	halves := r.hyphens // of those that are still ahead
	for i := 0; i < len(r.raw); {
		if !isAlpha(r.raw[i]) {
			i++
			continue
		}
		start := i
		for i < len(r.raw) && isAlpha(r.raw[i]) {
			if isLower(r.raw[i]) {
				lower++
			} else {
				upper++
			}
			i++
		}
		for len(halves) > 0 && halves[0].next < start {
			halves = halves[1:]
		}
		if len(halves) > 0 && (i == halves[0].at || start == halves[0].next) {
			continue // half a word is no word
		}
		seen[strings.ToUpper(r.raw[start:i])] = true
	}
	for _, h := range r.hyphens {
		start, end := h.at, h.next
		for start > 0 && isAlpha(r.raw[start-1]) {
			start--
		}
		for end < len(r.raw) && isAlpha(r.raw[end]) {
			end++
		}
		first, second := strings.ToUpper(r.raw[start:h.at]), strings.ToUpper(r.raw[h.next:end])
		capitals := lower*100 < upper && len(first) > 1 && len(second) > 1 && !(seen[first] && seen[second])
		if capitals || seen[first+second] {
			r.cut(h.at, h.next, "")
			r.repair("hyphen", Span{h.at, h.next}, "a word that the end of a line parts")
		} else if second != "AND" && second != "OR" && second != "TO" { // "short- and long-term"
			r.cut(h.at+1, h.next, "")
		}
	}
}

// pageMark reports whether line i is the heading of a page.
func (r *reader) pageMark(i int) bool {
	l := r.lines[i]
	return r.pageMarkAt(l.start, l.end) == l.end && !l.blank()
}

// maxMarkName is the number of bytes that the post in the heading of a page may have.
const maxMarkName = 30

// pageMarkAt reads the heading of a page at raw[start:end] and returns its
// end, or -1: "MEXICO 00000721 002 OF 011", "BUENOS AIR 00000034 002 002",
// "STATE 00057530 001.3 OF 003", "PAGE 02 MEXICO 00668 170001Z".
func (r *reader) pageMarkAt(start, end int) int {
	raw := r.raw
	i := start
	page := strings.HasPrefix(raw[i:end], "PAGE ")
	if page {
		i += len("PAGE ")
		for i < end && isBlank(raw[i]) {
			i++
		}
		d := digits(raw[i:end])
		if d == 0 || d > 3 {
			return -1
		}
		i += d
		for i < end && isBlank(raw[i]) {
			i++
		}
		if i == end { // the rest stands on the next line
			return i
		}
	}
	name := i
	for i < min(end, name+maxMarkName+1) && (isUpper(raw[i]) || raw[i] == ' ' || raw[i] == '.' || raw[i] == '\'' || raw[i] == '-') {
		i++
	}
	post := strings.TrimSpace(raw[name:i])
	if post == "" || i-name > maxMarkName {
		return -1
	}
	d := digits(raw[i:end])
	if d < 3 || i+d < end && !isBlank(raw[i+d]) {
		return -1
	}
	num := number(raw[i : i+d])
	// The number has eight digits; a shorter one must be the cable's own.
	if !page && d < 6 && (r.number == 0 || num != r.number) {
		return -1
	}
	i += d
	var buf [manyWords]word
	ws := appendWords(buf[:0], raw, i, min(end, i+40))
	switch {
	case page:
		// "170001Z", "01 OF 02  170001Z"
		for _, w := range ws {
			if t := w.text; number(t) < 0 && t != "OF" && !(len(t) == 7 && t[6] == 'Z') {
				break
			}
			i = w.end
		}
		return i
	case len(ws) >= 3 && pageNumber(ws[0].text) && ws[1].text == "OF" && pageNumber(ws[2].text):
		if len(ws) > 3 && len(ws[3].text) == 7 && ws[3].text[6] == 'Z' && number(ws[3].text[:6]) >= 0 {
			return ws[3].end
		}
		return ws[2].end
	case len(ws) >= 2 && pageNumber(ws[0].text) && pageNumber(ws[1].text) && d >= 6:
		return ws[1].end
	}
	return -1
}

// pageNumber reports whether s is "002" or "001.3".
func pageNumber(s string) bool {
	d := digits(s)
	if d < 2 || d > 3 {
		return false
	}
	if d < len(s) && s[d] == '.' {
		e := digits(s[d+1:])
		return e > 0 && d+1+e == len(s)
	}
	return d == len(s)
}

// inlinePageMark finds the heading of a page that runs on inside a line of
// text, and returns its place, or ok false.
func (r *reader) inlinePageMark(start, end int) (s Span, ok bool) {
	for i := start; i < end; {
		k := strings.Index(r.raw[i:end], " OF 0")
		if k < 0 {
			return Span{}, false
		}
		i += k + len(" OF 0")
		// back over the page, the number and the name
		j := i - len(" OF 0")
		for range 2 {
			for j > start && (isDigit(r.raw[j-1]) || r.raw[j-1] == '.') {
				j--
			}
			for j > start && isBlank(r.raw[j-1]) {
				j--
			}
		}
		for back := j; back > start && j-back < 30; back-- {
			c := r.raw[back-1]
			if !isUpper(c) && c != ' ' {
				break
			}
			if isUpper(c) && (back-1 == start || isSpace(r.raw[back-2])) {
				p, known := FindPost(r.raw[back-1 : j])
				if known && (r.post == "" || p.Token() == r.post) {
					if e := r.pageMarkAt(back-1, end); e > 0 {
						return Span{back - 1, e}, true
					}
				}
			}
		}
	}
	return Span{}, false
}
