package cable

import (
	"slices"
	"strings"
)

// line is a line of Raw: begin to next with its line end, start to end without
// white space around it. A blank line has start == end.
type line struct{ begin, start, end, next int }

func (l line) blank() bool { return l.start == l.end }

// appendLines appends the lines of raw to lines. Line ends are "\n", "\r\n" and
// "\r".
func appendLines(lines []line, raw string) []line {
	lines = slices.Grow(lines, strings.Count(raw, "\n")+1)
	for begin := 0; begin < len(raw); {
		end := strings.IndexByte(raw[begin:], '\n')
		next := len(raw)
		if end < 0 {
			end = len(raw)
		} else {
			end += begin
			next = end + 1
		}
		if cr := strings.IndexByte(raw[begin:end], '\r'); cr >= 0 && begin+cr+1 < end {
			end = begin + cr // a bare carriage return
			next = end + 1
		}
		start, stop := begin, end
		for start < stop && isBlank(raw[start]) {
			start++
		}
		for stop > start && isBlank(raw[stop-1]) {
			stop--
		}
		if stop > start && raw[stop-1] == '\\' { // a data base's mark before a line end
			for stop--; stop > start && isBlank(raw[stop-1]); stop-- {
			}
		}
		lines = append(lines, line{begin, start, stop, next})
		begin = next
	}
	return lines
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v' }
func isSpace(c byte) bool { return isBlank(c) || c == '\n' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool { return 'a' <= c && c <= 'z' }
func isAlpha(c byte) bool { return isUpper(c) || isLower(c) }

// word is a token of a header line: a stretch without white space.
type word struct {
	text       string
	start, end int // bytes of Raw
}

// manyWords is how many words a header line seldom exceeds: callers of
// appendWords keep so many on the stack.
const manyWords = 16

// appendWords appends the words of raw[start:end] to ws.
func appendWords(ws []word, raw string, start, end int) []word {
	for i := start; i < end; {
		for i < end && isSpace(raw[i]) {
			i++
		}
		j := i
		for j < end && !isSpace(raw[j]) {
			j++
		}
		if j > i {
			ws = append(ws, word{raw[i:j], i, j})
		}
		i = j
	}
	return ws
}

// digits returns how many bytes at the start of s are digits.
func digits(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// number returns the value of a string of up to nine digits, or -1.
func number(s string) int {
	if s == "" || len(s) > 9 {
		return -1
	}
	n := 0
	for i := range len(s) {
		if !isDigit(s[i]) {
			return -1
		}
		n = 10*n + int(s[i]-'0')
	}
	return n
}

// prefixFold returns the length of prefix if s begins with it in any case, or 0.
func prefixFold(s, prefix string) int {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return len(prefix)
	}
	return 0
}

// fold joins the words of s by single blanks.
func fold(s string) string {
	if folded(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// folded reports whether the words of s, which is ASCII, stand apart by single
// blanks and nothing stands around them.
func folded(s string) bool {
	blank := true
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ':
			if blank {
				return false
			}
			blank = true
		case c < ' ' || c >= 0x7F:
			return false
		default:
			blank = false
		}
	}
	return s == "" || !blank
}

// trimSpan narrows s until no white space stands at its ends.
func trimSpan(raw string, s Span) Span {
	for s.Start < s.End && isSpace(raw[s.Start]) {
		s.Start++
	}
	for s.End > s.Start && isSpace(raw[s.End-1]) {
		s.End--
	}
	return s
}
