package cable

import "strings"

// paragraphMark returns the mark of a paragraph at the start of s in the
// spellings in which it is found: "¶" in web pages, "[1](#)" where the page's
// link was turned into Markdown. A "1" that stands for the mark ("17." for
// "¶7.") cannot be told from a digit here; counting does that.
func paragraphMark(s string) string {
	for _, m := range [...]string{"¶", "[1](#)", "|¶"} {
		if strings.HasPrefix(s, m) {
			return m
		}
	}
	return ""
}

// scannedMark returns what a scanner makes of a paragraph mark before a number
// or, in references, a letter: "I", "l" or "1", a point after it or not.
func scannedMark(s string) string {
	if len(s) < 3 || s[0] != 'I' && s[0] != 'l' && s[0] != '1' {
		return ""
	}
	n := 1
	if s[1] == '.' {
		n = 2
	}
	if isDigit(s[n]) || isUpper(s[n]) && n+1 < len(s) && s[n+1] == '.' {
		return s[:n]
	}
	return ""
}

// candidate is a place where a numbered paragraph may begin.
type candidate struct {
	at      int    // where the mark or number starts
	n       int    // length up to the text of the paragraph, 0: no candidate
	options [2]int // the numbers that it can be, 0 none: as printed, without a leading 1
	digits  int    // where the digits start
	marked  bool   // it bears a mark
	marking string // of classification: "SBU"
	blank   bool   // a blank line stands before it
	second  int    // the second of two numbers: "¶16. 14."
	date    bool   // the name of a month stands before it
}

// candidateAt reads a candidate at raw[start:end], a line from its first byte.
func (r *reader) candidateAt(start, end int) candidate {
	s := r.raw[start:end]
	mark := paragraphMark(s)
	if mark == "" && r.scanned {
		mark = scannedMark(s)
	}
	if mark == "" && (s == "" || !isDigit(s[0])) {
		return candidate{}
	}
	c := candidate{at: start, marked: mark != ""}
	i := len(mark)
	for i < len(s) && s[i] == ' ' {
		i++
	}
	d := digits(s[i:])
	if d == 0 || d > 5 {
		return candidate{}
	}
	c.digits = start + i
	v := number(s[i : i+d])
	c.options[0] = v
	if !c.marked && r.markdown && d >= 2 && s[i] == '1' && s[i+1] != '0' {
		c.options[1] = number(s[i+1 : i+d])
	}
	i += d
	for r.scanned && mark != "" && i+1 < len(s) && s[i] == ' ' && s[i+1] == '.' { // "12 . On"
		i++
	}
	switch {
	case i == len(s):
		return candidate{}
	case s[i] == '.' || s[i] == ')':
		i++
		if i < len(s) && (isDigit(s[i]) || s[i] == ',' || s[i] == '%') {
			return candidate{}
		}
		if i < len(s) && s[i] == ')' {
			i++
		}
	case c.marked && (s[i] == ' ' || s[i] == '('):
	case s[i] == ' ' && i+1 < len(s) && s[i+1] == '(':
		if m, _ := markingAt(s[i+1:]); m == "" {
			return candidate{}
		}
	default:
		return candidate{}
	}
	for i < len(s) && isBlank(s[i]) {
		i++
	}
	// A number that stands twice: "¶1. 1. Summary", "¶16. 14."
	if d := digits(s[i:]); d > 0 && d <= 2 && i+d+1 < len(s) && s[i+d] == '.' && isSpace(s[i+d+1]) {
		c.second = number(s[i : i+d])
		i += d + 1
		for i < len(s) && isBlank(s[i]) {
			i++
		}
	}
	m, n := markingAt(s[i:])
	c.marking = m
	i += n
	for i < len(s) && isBlank(s[i]) {
		i++
	}
	c.n = i
	if v == 0 && c.options[1] == 0 {
		return candidate{}
	}
	return c
}

// markings are the classifications of a paragraph, without handling.
var markings = map[string]bool{"U": true, "SBU": true, "C": true, "S": true, "TS": true, "LOU": true, "FOUO": true, "UNCLAS": true}

// markingAt reads the marking of a paragraph at the start of s, "(SBU/NF)",
// or in telegrams of the 1970s "C - ", and returns it in capitals with the
// number of bytes read, blanks after it included.
func markingAt(s string) (marking string, n int) {
	if strings.HasPrefix(s, "(") {
		end := strings.IndexByte(s, ')')
		if end < 2 || end > 24 {
			return "", 0
		}
		m := strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(s[1:end]), "//", "/"))
		first := m
		if i := strings.IndexAny(m, "/- "); i > 0 {
			first = m[:i]
		}
		if !markings[first] {
			return "", 0
		}
		for i := len(first); i < len(m); i++ {
			if !isUpper(m[i]) && m[i] != '/' && m[i] != '-' && m[i] != ' ' {
				return "", 0
			}
		}
		if strings.HasSuffix(m, "ENTIRE TEXT") {
			m = first
		}
		if len(m) > 12 {
			return "", 0
		}
		n = end + 1
		for n < len(s) && isBlank(s[n]) {
			n++
		}
		return strings.ReplaceAll(m, "-", "/"), n
	}
	for _, m := range [...]string{"U", "C", "S", "LOU"} {
		if rest, ok := strings.CutPrefix(s, m+" - "); ok {
			return m, len(s) - len(rest)
		}
	}
	return "", 0
}

// mostParagraphs is the highest number of a paragraph; above it are years.
const mostParagraphs = 400

// numbering decides which candidates open paragraphs and with which numbers,
// by the best ascending sequence. It returns for each candidate the chosen
// option, or -1.
//
// Numbers count up by one. A mark, a marking of classification and a blank
// line before speak for a paragraph; each number left out speaks against. So
// a year that hard wrapping put at the start of a line ("in October / ¶2003.")
// and the numbers of a list inside a paragraph fall out of the sequence.
func numbering(cs []candidate) []int {
	const (
		scale = 2
		limit = mostParagraphs
		leap  = 6 // the most that numbers left out can speak against
	)
	type step struct {
		score, cand, option, back int // back: index of the step before, -1 the first
	}
	var steps []step
	var best [limit + 1]int // number → step that ends with it, -1 none
	for i := range best {
		best[i] = -1
	}
	for k, c := range cs {
		weight := 1 * scale
		switch {
		case c.marked:
			weight = 4 * scale
		case c.options[1] > 0:
			weight = 2 * scale
		}
		if c.marking != "" {
			weight += 3 * scale
		}
		if c.blank {
			weight += scale
		} else if !c.marked && c.marking == "" {
			weight -= 2 * scale
		}
		if c.date {
			weight -= 5 * scale
		}
		before := len(steps)
		for o, n := range c.options {
			if n <= 0 || n > limit {
				continue
			}
			s := step{weight - scale*min(2*(n-1), leap), k, o, -1}
			for m := 1; m < n; m++ {
				if b := best[m]; b >= 0 {
					if score := steps[b].score + weight - scale*min(2*(n-1-m), leap); score > s.score {
						s.score, s.back = score, b
					}
				}
			}
			if s.score > 0 && (best[n] < 0 || s.score > steps[best[n]].score) {
				steps = append(steps, s)
			}
		}
		for i := before; i < len(steps); i++ { // only now: one candidate does not follow itself
			best[c.options[steps[i].option]] = i
		}
	}
	chosen := make([]int, len(cs))
	for i := range chosen {
		chosen[i] = -1
	}
	top := -1
	for _, b := range best {
		if b >= 0 && (top < 0 || steps[b].score > steps[top].score) {
			top = b
		}
	}
	for b := top; b >= 0; b = steps[b].back {
		chosen[steps[b].cand] = steps[b].option
	}
	return chosen
}
