package cable

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// ID returns the canonical id of a cable: two digits of the year, the post's
// letters, and the number without leading zeros. It is "" where a part is
// missing.
func ID(year int, post string, number int) string {
	if p, ok := FindPost(post); ok {
		post = p.Token()
	} else {
		post = letters(post)
	}
	if year < 1950 || post == "" || number <= 0 {
		return ""
	}
	yy := year % 100
	return string([]byte{byte('0' + yy/10), byte('0' + yy%10)}) + post + strconv.Itoa(number)
}

// SplitID takes a canonical id apart: "08MEXICO721" is 2008, "MEXICO", 721.
func SplitID(id string) (year int, post string, num int, ok bool) {
	y := digits(id)
	if y != 2 && y != 4 {
		return 0, "", 0, false
	}
	year = fullYear(id[:y])
	end := len(id)
	for end > y && isDigit(id[end-1]) {
		end--
	}
	post, num = id[y:end], number(id[end:])
	return year, post, num, year > 0 && num > 0 && letters(post) == post && post != ""
}

// references reads the items of the REF lines in raw[start:end].
//
// Items are lettered ("A. STATE 59732", "(B) ...", "C) ..."), or stand apart by
// semicolons, line ends, "AND" or, between cables, commas. An item that names
// a cable gets its id: the year is that before the post ("06 STATE 202745"),
// else the cable's own year, or the year before where the number is too high
// for the time of the year.
func (r *reader) references(start, end int) {
	previous, letter := "", "" // the post and the letter of the item before
	for _, item := range r.referenceItems(start, end) {
		s := trimSpan(r.raw, item.span)
		for s.End > s.Start && strings.IndexByte(".;,:", r.raw[s.End-1]) >= 0 {
			s = trimSpan(r.raw, Span{s.Start, s.End - 1})
		}
		if s.Len() == 0 {
			continue
		}
		if noReference[strings.ToUpper(r.raw[s.Start:s.End])] {
			r.skip(s.Start, s.End)
			continue
		}
		year, post, num, cableSpan := r.citation(s)
		if n := number(r.raw[s.Start:s.End]); num == 0 && n >= departmental && r.post != "STATE" {
			post, num, cableSpan = "STATE", n, s
		} else if num == 0 && n > 0 && previous != "" && item.letter == letter {
			post, num, cableSpan = previous, n, s
		}
		previous, letter = post, item.letter
		ref := Reference{Letter: item.letter, Span: s, Text: fold(r.raw[s.Start:s.End])}
		if num > 0 {
			ref.Span = cableSpan
			ref.Text = fold(r.raw[cableSpan.Start:cableSpan.End])
			if year == 0 {
				year = yearAfter(r.raw[cableSpan.End:s.End])
			}
			if year == 0 {
				year = r.referenceYear(post, num)
			}
			ref.ID = ID(year, post, num)
		}
		if !slices.ContainsFunc(r.c.References, func(x Reference) bool { return x.ID == ref.ID && x.Letter == ref.Letter && x.Text == ref.Text }) {
			r.c.References = append(r.c.References, ref)
		}
		r.block(Block{Kind: BlockReference, Span: ref.Span})
	}
}

// noReference stands in REF lines for nothing.
var noReference = map[string]bool{"N/A": true, "NONE": true, "NIL": true, "REF": true, "REFS": true}

// yearAfter returns the year that stands in brackets after a citation, in rest,
// which is the rest of its item: "SAO PAULO 228 (08)", "STATE 49307 (2006)
// (NOTAL)". It returns 0 where there is none.
func yearAfter(rest string) int {
	rest, ok := strings.CutPrefix(strings.TrimLeft(rest, " \t"), "(")
	d := digits(rest)
	if !ok || d == len(rest) || rest[d] != ')' {
		return 0
	}
	switch strings.ToUpper(strings.Trim(rest[d+1:], " \t\r\n().,;")) {
	case "", "NOTAL":
		return fullYear(rest[:d])
	}
	return 0
}

// partedCitation reports whether a blank line parts a citation that begins
// before byte end and goes on on the next line from line i on: "B) BRASILIA",
// "2314"; "C. 08", "SAO PAULO 590".
func (r *reader) partedCitation(end, i int) bool {
	for i < len(r.lines) && r.lines[i].blank() {
		i++
	}
	if i == len(r.lines) {
		return false
	}
	next := r.raw[r.lines[i].start:r.lines[i].end]
	if end > 4 && isSpace(r.raw[end-3]) && strings.IndexByte(".):;,", r.raw[end-4]) >= 0 && digits(r.raw[end-2:end]) == 2 && fullYear(r.raw[end-2:end]) > 0 && r.citationFollows(r.lines[i].start, r.lines[i].end) && !isDigit(next[0]) {
		return true
	}
	if d := digits(next); d < 2 || d > 6 || d < len(next) && !isBlank(next[d]) {
		return false
	}
	line := r.raw[strings.LastIndexByte(r.raw[:end], '\n')+1 : end]
	for k := 0; k < len(line); k++ { // the longest name that ends the line
		if isAlpha(line[k]) && (k == 0 || !isAlpha(line[k-1])) {
			if _, ok := postToken(line[k:]); ok {
				return true
			}
		}
	}
	return false
}

type referenceItem struct {
	letter string
	span   Span
}

// referenceItems splits the REF lines at letters and separators.
func (r *reader) referenceItems(start, end int) []referenceItem {
	var items []referenceItem
	item := referenceItem{span: Span{start, start}}
	next := byte('A')
	flush := func(at int) {
		item.span.End = at
		if strings.TrimSpace(r.raw[item.span.Start:at]) != "" {
			items = append(items, item)
		}
	}
	depth := 0
	for i := start; i < end; {
		if i == start || isSpace(r.raw[i-1]) || strings.HasPrefix(r.raw[i:end], "¶") || r.raw[i-1] == ')' || r.raw[i-1] == ';' || r.raw[i-1] == ',' {
			if letter, n := r.referenceLetter(r.raw[i:end], next); n > 0 {
				flush(i)
				item = referenceItem{string(letter), Span{i + n, i + n}}
				next = letter + 1
				i += n
				// "A. (A) 04 BRASILIA 2428", "[1](#)B. (B) 2007 STATE 150188"
				if again, n := r.referenceLetter(strings.TrimLeft(r.raw[i:end], " "), letter); again == letter && n > 0 {
					i += len(r.raw[i:end]) - len(strings.TrimLeft(r.raw[i:end], " ")) + n
					item.span.Start = i
				}
				continue
			}
		}
		c := r.raw[i]
		switch {
		case c == '(':
			depth++
		case c == ')':
			depth = max(depth-1, 0)
		case c == ';' && depth == 0, c == '\n' && r.citationFollows(i+1, end) && r.citationIn(item.span.Start, i),
			(c == ',' || c == '&' || c == ':' || c == '/') && depth == 0 && r.citationIn(item.span.Start, i) && r.citationFollows(i+1, end),
			c == ',' && depth == 0 && r.furtherNumber(i+1, end) > 0 && (r.citationIn(item.span.Start, i) || r.furtherNumber(item.span.Start, end) > 0):
			flush(i)
			item = referenceItem{item.letter, Span{i + 1, i + 1}}
		case (c == 'A' || c == 'a') && i > start && isSpace(r.raw[i-1]) && prefixFold(r.raw[i:end], "and") > 0 && i+3 < end && isSpace(r.raw[i+3]):
			if r.citationIn(item.span.Start, i) || r.furtherNumber(item.span.Start, i) > 0 {
				flush(i)
				item = referenceItem{item.letter, Span{i + 3, i + 3}}
				i += 3
			}
		}
		i++
	}
	flush(end)
	return items
}

// referenceLetter reads the letter of an item at the start of s: "A. ", "A) ",
// "(A) ", "¶B. ", "[1](#)B. ". It must be the next in order, so that initials
// are left alone; n is the number of bytes read, 0 where there is none.
func (r *reader) referenceLetter(s string, next byte) (letter byte, n int) {
	t := s
	mark := paragraphMark(t)
	if mark == "" && r.scanned {
		mark = scannedMark(t)
	}
	t = strings.TrimLeft(t[len(mark):], " ")
	open := strings.HasPrefix(t, "(")
	if open {
		t = t[1:]
	}
	if len(t) < 2 || t[0]&^0x20 != next && !(t[0]&^0x20 == next+1 && next > 'A') || !isAlpha(t[0]) {
		return 0, 0
	}
	closer := t[1]
	switch {
	case open && closer == ')':
	case !open && (closer == '.' || closer == ')' || closer == ':'):
		if len(t) > 2 && closer == '.' && !isSpace(t[2]) && (len(t) < 4 || !isDigit(t[2]) && !isUpper(t[3])) {
			return 0, 0 // "U.S."
		}
	default:
		return 0, 0
	}
	t = t[2:]
	if open && strings.HasPrefix(t, ".") {
		t = t[1:]
	}
	return letterOf(s[len(mark):]), len(s) - len(t)
}

// letterOf returns the first letter in s as a capital.
func letterOf(s string) byte {
	for i := range len(s) {
		if isAlpha(s[i]) {
			return s[i] &^ 0x20
		}
	}
	return 0
}

func (r *reader) citationIn(start, end int) bool {
	_, _, num, _ := r.citation(trimSpan(r.raw, Span{start, end}))
	return num > 0
}

// citationFollows reports whether raw[start:end] begins with a citation.
func (r *reader) citationFollows(start, end int) bool {
	s := trimSpan(r.raw, Span{start, end})
	if t := s.Start + len("AND "); t < s.End && strings.EqualFold(r.raw[s.Start:t], "AND ") {
		s.Start = t
	}
	_, _, num, at := r.citation(s)
	return num > 0 && at.Start <= s.Start+len("(")
}

// furtherNumber returns the number that raw[start:end] begins with, where it is
// a further one of the post before, "MALABO 19, 21, 26", or 0.
func (r *reader) furtherNumber(start, end int) int {
	s := trimSpan(r.raw, Span{start, end})
	text := r.raw[s.Start:s.End]
	d := digits(text)
	if d == 0 || d > 6 || d == 4 && fullYear(text[:d]) > 0 || d < len(text) && !isSpace(text[d]) && strings.IndexByte(",;.)", text[d]) < 0 {
		return 0
	}
	return number(text[:d])
}

// citation finds the first cable that raw[s] names. It returns the year, 0
// where it is not given, the post, the number, and the span of all three.
func (r *reader) citation(s Span) (year int, post string, num int, span Span) {
	var buf [manyWords]word
	ws := appendWords(buf[:0], r.raw, s.Start, s.End)
	for i := range ws {
		year, n := 0, 0 // n words belong to the year
		t := ws[i].text
		start := ws[i].start
		if strings.HasPrefix(t, "(") {
			t, start = t[1:], start+1
		}
		if y := strings.TrimRight(t, ")"); digits(y) == len(y) {
			t = y // "(08) SAO PAULO 581"
		}
		switch d := digits(t); {
		case d == len(t) && (d == 2 || d == 4):
			if year = fullYear(t); year == 0 {
				continue
			}
			n = 1
		case d == 2 || d == 4: // "08STATE2731", "06MEXICO 1234"
			if year = fullYear(t[:d]); year == 0 {
				continue
			}
			k := d
			for k < len(t) && isAlpha(t[k]) {
				k++
			}
			if m := digits(t[k:]); m > 0 {
				if token, ok := postToken(t[d:k]); ok {
					return year, token, number(t[k : k+m]), Span{start, start + k + m}
				}
			}
			t = t[d:]
		}
		if p, v, end := r.postAndNumber(ws, i+n, t, n == 0); v > 0 {
			if y, further, at := yearBetween(r.raw[end-2 : s.End]); year == 0 && y > 0 && v < 100 && !isDigit(r.raw[end-3]) {
				year, v, end = y, further, end-2+at
			}
			return year, p, v, Span{start, end}
		}
	}
	return 0, "", 0, Span{}
}

// yearBetween reads the year and the number of a cable where the year stands
// between post and number: "SECSTATE 06 163201". at is the end of both.
func yearBetween(s string) (year, num, at int) {
	rest := strings.TrimLeft(s[2:], " ")
	d := digits(rest)
	if digits(s[:2]) < 2 || len(rest) == len(s)-2 || d < 3 || d > 6 || d == 4 && fullYear(rest[:d]) > 0 {
		return 0, 0, 0
	}
	return fullYear(s[:2]), number(rest[:d]), len(s) - len(rest) + d
}

// postToken returns the canonical spelling of a post's name.
func postToken(name string) (string, bool) {
	p, ok := FindPost(name)
	return p.Token(), ok
}

// misspelledPost returns the canonical spelling of the one post whose name
// differs from name by a letter left out, added or changed.
func misspelledPost(name string) (string, bool) {
	key := letters(name)
	if len(key) < 6 {
		return "", false
	}
	x := posts()
	found := -1
	for n := len(key) - 1; n <= min(len(key)+1, longestPost); n++ {
		for _, name := range x.byLength[n] {
			if i := x.byLetters[name]; found != i && oneLetterOff(key, name) {
				if found >= 0 {
					return "", false
				}
				found = i
			}
		}
	}
	if found < 0 {
		return "", false
	}
	return x.posts[found].Token(), true
}

// oneLetterOff reports whether a letter left out, added or changed makes b of a.
func oneLetterOff(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

// postAndNumber reads the longest name of a post in the words from i on and
// the number after it. first replaces the text of word i where own is set.
func (r *reader) postAndNumber(ws []word, i int, first string, own bool) (post string, num, end int) {
	name := ""
	for k := i; k < len(ws) && k < i+5; k++ {
		t := ws[k].text
		if k == i && own {
			t = first
		}
		d := strings.IndexFunc(t, func(r rune) bool { return '0' <= r && r <= '9' })
		if d < 0 {
			name += t
			continue
		}
		if d == 0 && name == "" {
			return "", 0, 0
		}
		token, ok := postToken(name + t[:d])
		m := digits(t[d:])
		v := number(t[d : d+m])
		if !ok && m > 2 {
			token, ok = misspelledPost(name + t[:d])
		}
		if !ok {
			return "", 0, 0
		}
		return token, v, ws[k].end - (len(t) - d - m)
	}
	return "", 0, 0
}

// departmental is a number that only the Department reaches within a year: a
// reference that gives no post but such a number is to a cable of its.
const departmental = 20_000

// busiest is how many telegrams a day a post sends at most: the Department
// sent 640 a day in 2005, no other post more than 40.
func busiest(post string) int {
	if post == "STATE" {
		return 800
	}
	return 45
}

// cite notes the ids in a line of a dump's row: "06STATE78495|06ROME1203".
func (r *reader) cite(text string) {
	if text == "" || !isDigit(text[0]) {
		return
	}
	for id := range strings.SplitSeq(text, "|") {
		if _, _, _, ok := SplitID(id); ok {
			r.cited = append(r.cited, id)
		}
	}
}

// referenceYear returns the year of a cable that is cited without one.
func (r *reader) referenceYear(post string, num int) int {
	for _, id := range r.cited {
		if y, p, n, ok := SplitID(id); ok && n == num && (p == post || ID(y, p, n) == ID(y, post, num)) {
			return y
		}
	}
	year := r.year
	if year == 0 {
		return 0
	}
	if post == r.post && r.number > 0 {
		if num > r.number {
			return year - 1
		}
		return year
	}
	if sent := r.c.Sent; !sent.IsZero() && sent.Month() <= time.March && num > busiest(post)*(sent.YearDay()+1) {
		return year - 1
	}
	return year
}
