package cable

import (
	"strings"
)

// classifications are the words of the classification line, longest first.
var classifications = []struct{ word, class string }{
	{"UNCLASSIFIED", "UNCLASSIFIED"},
	{"UNCLASS", "UNCLASSIFIED"},
	{"UNCLAS", "UNCLASSIFIED"},
	{"LIMITED OFFICIAL USE", "LIMITED OFFICIAL USE"},
	{"CONFIDENTIAL", "CONFIDENTIAL"},
	{"TOP SECRET", "TOP SECRET"},
	{"SECRET", "SECRET"},
}

// captions are the words that limit a telegram's distribution or handling.
var captions = map[string]bool{
	"SIPDIS": true, "SENSITIVE": true, "NOFORN": true, "AIDAC": true, "NODIS": true, "EXDIS": true, "LIMDIS": true,
	"STADIS": true, "TERREP": true, "NOCONTRACT": true, "EFTO": true, "CODEL": false,
}

// spaced joins letters that stand apart at the start of s ("C O N F I D E N T
// I A L  SECTION 1") and returns them with the number of bytes read, or "", 0.
func spaced(s string) (string, int) {
	var b []byte
	i := 0
	for i < len(s) && isUpper(s[i]) && (i+1 == len(s) || s[i+1] == ' ') {
		b = append(b, s[i])
		i++
		blanks := 0
		for i < len(s) && s[i] == ' ' {
			i++
			blanks++
		}
		if blanks > 1 && len(b) > 3 {
			break
		}
	}
	if len(b) < 3 {
		return "", 0
	}
	return string(b), i
}

// classification reads the word at the start of text, spaced or not.
func classification(text string) (class string, n int) {
	for _, c := range classifications {
		if strings.HasPrefix(text, c.word) && (len(text) == len(c.word) || !isAlpha(text[len(c.word)])) {
			return c.class, len(c.word)
		}
	}
	if i := strings.IndexAny(text, " \t"); i >= 4 && i <= 8 && strings.Contains(text[:i], "NCLAS") && allUpper(text[:i]) {
		return "UNCLASSIFIED", i // "UUNCLAS", "NCLAS"
	}
	if joined, n := spaced(text); n > 0 {
		for _, c := range classifications {
			if strings.ReplaceAll(c.word, " ", "") == joined {
				return c.class, n
			}
			// "S E C R E T E F T O": the letters of a caption follow
			if rest, ok := strings.CutPrefix(joined, strings.ReplaceAll(c.word, " ", "")); ok && captions[rest] {
				return c.class, 2*len(joined) - 2*len(rest)
			}
		}
	}
	return "", 0
}

// ownNumber is what the classification line says of its cable.
type ownNumber struct {
	class    string
	captions []string
	post     string // as printed
	number   int
	span     Span // of post and number, empty where there is no number
	damaged  bool // letters follow the digits of the number
	section  int  // of sections, 0 where it is not said
	sections int
}

// classificationLine reads "UNCLAS SECTION 01 OF 11 MEXICO 000721 SIPDIS" in
// raw[start:end]; ok is false where no classification stands first.
func classificationLine(raw string, start, end int) (o ownNumber, ok bool) {
	text := raw[start:end]
	class, n := classification(text)
	if n == 0 {
		return o, false
	}
	o.class = class
	var buf [manyWords]word
	ws := appendWords(buf[:0], raw, start+n, end)
	from := -1 // first word of the post
	for i := 0; i < len(ws); i++ {
		t := strings.Trim(ws[i].text, "/,;:()")
		switch {
		case t == "":
		case prefixFold(t, "SECTION") > 0 && i+1 < len(ws):
			if t = t[len("SECTION"):]; t == "" {
				t = ws[i+1].text
				i++
			}
			o.section = number(t)
			if i+2 < len(ws) && len(ws[i+1].text) == 2 { // OF, or damaged
				d := digits(ws[i+2].text)
				o.sections = number(ws[i+2].text[:d])
				i += 2
				if d < len(ws[i].text) { // "01 OF 04HARARE 000754"
					ws[i].text, ws[i].start = ws[i].text[d:], ws[i].start+d
					i--
				}
			}
			from = -1
		case captions[t]:
			o.captions = append(o.captions, t)
			if from >= 0 && o.number == 0 {
				from = -1
			}
		case t == "FOR" || t == "OFFICIAL" || t == "USE" || t == "ONLY" || t == "FOUO" || t == "BUT" || t == "UNCLASSIFIED":
		case t == "E" && i+3 < len(ws) && ws[i+1].text == "F" && ws[i+2].text == "T" && ws[i+3].text == "O":
			o.captions = append(o.captions, "EFTO")
			i += 3
		case o.number > 0:
			if strings.EqualFold(t, "SIPDIS") {
				o.captions = append(o.captions, "SIPDIS")
			}
		case from >= 0 && number(t[:digits(t)]) > 0 && (digits(t) == len(t) || digits(t) >= 5): // "001557SENSITIVE"
			n := digits(t)
			o.number = number(t[:n])
			o.damaged = n < len(t) && !captions[letters(t[n:])]
			o.span = Span{ws[from].start, ws[i].start + strings.Index(ws[i].text, t) + n}
			o.post = fold(raw[ws[from].start:ws[i].start])
			if c := t[n:]; captions[c] {
				o.captions = append(o.captions, c)
			}
		case from < 0 && isAlpha(t[0]):
			from = i
			if d := strings.IndexAny(t, "0123456789"); d > 0 && number(t[d:]) > 0 { // "MEXICO000721"
				o.number = number(t[d:])
				o.post = t[:d]
				o.span = Span{ws[i].start, ws[i].start + len(t)}
			}
		}
	}
	if o.number == 0 {
		o.span = Span{}
	}
	return o, true
}

// A frontKey opens a field of the front matter, between the classification
// line and the first paragraph.
type frontKey uint8

const (
	noKey frontKey = iota
	keyOrder
	keyTags
	keySubject
	keyReference
	keyClassifiedBy
)

// frontKeys are the words that open a field, longest first; where colon is set
// a colon must follow, else it may.
var frontKeys = []struct {
	word  string
	key   frontKey
	colon bool
}{
	{"CLASSIFIED BY", keyClassifiedBy, false},
	{"DRAFTED BY", keyClassifiedBy, false},
	{"APPROVED BY", keyClassifiedBy, false},
	{"REASON", keyClassifiedBy, true},
	{"DERIVED FROM", keyClassifiedBy, true},
	{"DECLASSIFY ON", keyClassifiedBy, true},
	{"SUBJECT", keySubject, true},
	{"SUBJ", keySubject, true},
	{"SUJECT", keySubject, true},
	{"TAGS", keyTags, false},
	{"TAGE", keyTags, true},
	{"TAG", keyTags, true},
	{"TAS", keyTags, true},
	{"TABS", keyTags, true},
	{"TGS", keyTags, true},
	{"AGS", keyTags, true},
	{"REFTELS", keyReference, true},
	{"REFTEL", keyReference, true},
	{"REFERENCES", keyReference, true},
	{"REFERENCE", keyReference, true},
	{"REF(S)", keyReference, true},
	{"REFS", keyReference, true},
	{"REF", keyReference, true},
	{"E.O.", keyOrder, false},
	{"E. O.", keyOrder, false},
	{"EO", keyOrder, false},
	{"DECL", keyOrder, true},
}

// frontKeyAt returns the field that opens at the start of text and the length
// of its word with the colon.
func frontKeyAt(text string) (key frontKey, n int) {
	if text == "" || strings.IndexByte("CDARSTEcdarste", text[0]) < 0 {
		return noKey, 0
	}
	for _, k := range frontKeys {
		if k.word[0] != text[0]&^0x20 {
			continue
		}
		n := prefixFold(text, k.word)
		if n == 0 {
			continue
		}
		rest := text[n:]
		m := len(rest) - len(strings.TrimLeft(rest, " \t."))
		colon := m < len(rest) && (rest[m] == ':' || rest[m] == ';')
		switch {
		case colon:
			return k.key, n + m + 1
		case k.colon:
			continue
		case k.key == keyTags && (m == 0 || text[:n] != k.word || !tagsOnly(rest)):
			continue
		case k.key == keyOrder && !orderNumber(rest[m:]):
			continue
		case rest != "" && m == 0 && k.key != keyOrder:
			continue
		}
		return k.key, n
	}
	return noKey, 0
}

// orderNumber reports whether s is the number of an executive order on
// classification as the front matter gives it: "12958: N/A", "12958 DECL …".
func orderNumber(s string) bool {
	d := digits(s)
	if d != 5 {
		return false
	}
	s = strings.TrimLeft(s[d:], " ")
	return s == "" || s[0] == ':' || s[0] == ';' || strings.HasPrefix(s, "N/A") || strings.HasPrefix(s, "DECL") || strings.HasPrefix(s, "GDS")
}

// field is a stretch of a line of the front matter that opens with a key, or
// what stands before the first key of the line.
type field struct {
	key        frontKey
	start, end int // bytes of Raw
	body       int // after the key
	line       int
	first      bool // opens its line
}

// fields splits line i where keys open, also inside the line: "SIPDIS E.O.
// 12958: N/A TAGS: PREL".
// open is the field that the line before leaves open. The fields are valid
// until the next call.
func (r *reader) fields(i int, open frontKey) []field {
	l := r.lines[i]
	fs := r.work.fields[:0]
	at := l.start
	key, n := frontKeyAt(r.raw[l.start:l.end])
	cur := field{key: key, start: at, body: at + n, line: i, first: true}
	inSubject := key == keySubject || key == noKey && open == keySubject
	if !inSubject && key != keyReference {
		for k := max(cur.body, at+1); k < l.end; k++ {
			if r.raw[k-1] != ' ' || !isUpper(r.raw[k]) && r.raw[k] != 'E' {
				continue
			}
			nk, nn := frontKeyAt(r.raw[k:l.end])
			if nk == noKey || nk == keyClassifiedBy || nk == keyOrder && cur.key == keyOrder || nk == keyReference && cur.key == noKey {
				continue
			}
			cur.end = k
			fs = append(fs, cur)
			cur = field{key: nk, start: k, body: k + nn, line: i}
			if nk == keySubject || nk == keyReference {
				break
			}
		}
	} else if inSubject {
		// "SUBJECT: … REF: STATE 86108 …" on one line
		for k := cur.body + 1; k < l.end; k++ {
			if r.raw[k-1] == ' ' && prefixFold(r.raw[k:l.end], "REF") > 0 {
				if nk, nn := frontKeyAt(r.raw[k:l.end]); nk == keyReference {
					cur.end = k
					fs = append(fs, cur)
					cur = field{key: nk, start: k, body: k + nn, line: i}
					break
				}
			}
		}
	}
	cur.end = l.end
	r.work.fields = append(fs, cur)
	return r.work.fields
}

// captionLine returns the captions of a line that holds nothing else.
func captionLine(text string) (list []string, ok bool) {
	if len(text) > 80 || text == "" || strings.IndexByte("SNAELTCIsnaeltci/", text[0]) < 0 {
		return nil, false
	}
	switch strings.ToUpper(strings.Trim(text, " .,/")) {
	case "SENSITIVE BUT UNCLASSIFIED", "SENSITIVE BUT UNCLASSIFIED SIPDIS":
		return []string{"SENSITIVE"}, true
	case "NOT FOR INTERNET DISTRIBUTION", "INFORM CONSULS", "NOT FOR INTERNET POSTING":
		return nil, true
	}
	if joined, n := spaced(text); n > 0 && strings.HasPrefix(joined, "CORRECTED") {
		return nil, true
	}
	for text != "" {
		w := text
		if i := strings.IndexAny(text, " \t,/;"); i >= 0 {
			w, text = text[:i], text[i+1:]
		} else {
			text = ""
		}
		if w == "" {
			continue
		}
		w = strings.ToUpper(strings.Trim(w, "."))
		if !captions[w] {
			return nil, false
		}
		list = append(list, w)
	}
	return list, len(list) > 0
}

// front reads lines [from, …): the classification line, captions, pass lines,
// E.O., TAGS, SUBJECT and REF. It returns the first line of the body and the
// byte at which it begins, which lies inside the line where a paragraph is run
// on after the references.
func (r *reader) front(from int) (bodyLine, bodyStart int) {
	last := r.frontEnd(from)
	list := noKey      // the field that the next line may continue
	var open *fieldRun // its extent
	closeRun := func() {
		if open != nil {
			r.frontField(open)
			open = nil
		}
	}
	i := from
	for ; i <= last && i < len(r.lines); i++ {
		l := r.lines[i]
		if l.blank() {
			if open != nil && open.key == keyReference && (r.lettered(i+1) || r.partedCitation(open.end, i)) || open != nil && r.empty(open) {
				continue // "REF: A. …" and "B. …" apart; a key alone on its line
			}
			closeRun()
			list = noKey
			continue
		}
		if r.pageMark(i) {
			continue
		}
		fs := r.fields(i, list)
		if fs[0].key == noKey && list != noKey && !r.interrupts(i, list) {
			open.end = l.end
			if len(fs) == 1 {
				continue
			}
			open.end = fs[0].end
			fs = fs[1:]
		}
		for _, f := range fs {
			closeRun()
			list = f.key
			if f.key == noKey {
				r.frontLine(f)
				continue
			}
			open = &fieldRun{f.key, f.start, f.body, f.end}
		}
	}
	start := 0
	if i < len(r.lines) {
		start = r.lines[i].start
	} else {
		start = len(r.raw)
	}
	if open != nil && (open.key == keyReference || open.key == keySubject) {
		if at := r.runOn(open.key, open.body, open.end); at > 0 {
			open.end = at
			closeRun()
			for i > from && r.lines[i-1].end > at {
				i--
			}
			return i, at
		}
	}
	closeRun()
	return i, start
}

// fieldRun is a field with its continuation lines.
type fieldRun struct {
	key              frontKey
	start, body, end int
}

func (r *reader) empty(f *fieldRun) bool {
	return strings.TrimSpace(r.raw[f.body:f.end]) == "" && f.key != keyReference
}

// lettered reports whether the next line that is not blank, at most two from
// line i on, is a lettered item.
func (r *reader) lettered(i int) bool {
	for k := i; k < len(r.lines) && k < i+2; k++ {
		if l := r.lines[k]; !l.blank() {
			text := r.raw[l.start:l.end]
			_, n := r.referenceLetter(text, 'B')
			if n == 0 {
				_, n = r.referenceLetter(text, 'C')
			}
			return n > 0 && r.citationIn(l.start+n, l.end)
		}
	}
	return false
}

// interrupts reports whether line i, which opens no field, ends the field that
// stands open before it.
func (r *reader) interrupts(i int, key frontKey) bool {
	l := r.lines[i]
	text := r.raw[l.start:l.end]
	if _, ok := captionLine(text); ok {
		return true
	}
	if o, ok := classificationLine(r.raw, l.start, l.end); ok && o.number > 0 {
		return true
	}
	switch key {
	case keyTags:
		return !tagsOnly(text) && !strings.HasPrefix(text, "(")
	case keyOrder, noKey:
		return true
	case keySubject:
		// A subject in capitals does not go on in small letters.
		before := r.lines[i-1]
		return !before.blank() && !hasLower(r.raw[before.start:before.end]) && lowerWords(text) > 1
	}
	return false
}

func hasLower(s string) bool { return lowerWords(s) > 0 }

// lowerWords counts the words of s in small letters.
func lowerWords(s string) int {
	n := 0
	for i := 0; i < len(s); {
		if isSpace(s[i]) {
			i++
			continue
		}
		j := i
		for j < len(s) && !isSpace(s[j]) {
			j++
		}
		if j-i > 2 && isLower(s[i]) {
			n++
		}
		i = j
	}
	return n
}

// frontEnd returns the last line of the front matter: that before the first
// paragraph, heading or running text after the subject and the references.
func (r *reader) frontEnd(from int) int {
	const reach = 80 // lines; a front matter has at most about thirty
	last := from
	seen := noKey
	inField := false
	prose := 0 // lines of running text since the last field
	for i := from; i < len(r.lines) && i < from+reach; i++ {
		l := r.lines[i]
		text := r.raw[l.start:l.end]
		if l.blank() {
			inField = inField && (seen == keySubject && i-last <= 2 && strings.HasSuffix(r.raw[:r.lines[last].end], ":") ||
				seen == keyReference && r.partedCitation(r.lines[last].end, i))
			continue
		}
		if c := r.candidateAt(l.start, l.end); i > from && (c.n > 0 && c.options[0] <= mostParagraphs && !(seen == keyReference && r.lettered(i)) || isRule(text) && (seen == keySubject || seen == keyReference)) {
			break
		}
		if fs := r.fields(i, seen); fs[0].key != noKey || len(fs) > 1 {
			if key := fs[len(fs)-1].key; key != noKey {
				seen, inField, last, prose = key, true, i, 0
				continue
			}
		}
		if inField && r.interrupts(i, seen) {
			inField = false
		}
		if inField && (seen == keySubject || seen == keyReference || seen == keyClassifiedBy || seen == keyTags && tagsOnly(text)) {
			last = i
			continue
		}
		if seen == keyReference && r.lettered(i) {
			last, inField = i, true
			continue
		}
		inField = false
		if _, ok := captionLine(text); ok {
			last = i
			continue
		}
		if seen != keySubject && seen != keyReference {
			last = i // pass lines
		} else if lowerWords(text) > 3 {
			if prose++; prose == 3 {
				break
			}
		}
	}
	return last
}

// frontLine reads a line that opens no field: the classification line, a
// caption, or a pass line.
func (r *reader) frontLine(f field) {
	s := trimSpan(r.raw, Span{f.start, f.end})
	text := r.raw[s.Start:s.End]
	if o, ok := classificationLine(r.raw, s.Start, s.End); ok {
		if r.c.Classification == "" {
			r.own(o)
			r.addCaptions(o.captions)
		}
		if o.number == 0 {
			return
		}
		// "UNCLAS LOME 000014 SIPDIS DEPT FOR AF/W": a line that lost its line ends
		s = r.peelCaptions(trimSpan(r.raw, Span{o.span.End, s.End}))
		if text = r.raw[s.Start:s.End]; !passStart(text) || !passLine(text) {
			return
		}
	}
	if list, ok := captionLine(text); ok {
		r.addCaptions(list)
		r.skip(s.Start, s.End)
		return
	}
	s = r.peelCaptions(s)
	if s.Len() == 0 {
		return
	}
	text = r.raw[s.Start:s.End]
	kind := BlockPass
	if !passLine(text) {
		kind = BlockText
	}
	if n := len(r.c.Blocks); n > 0 && !passStart(text) {
		// A line that continues the one before.
		if b := &r.c.Blocks[n-1]; b.Kind == kind && r.lineGap(b.Span.End, s.Start) {
			b.Span.End = s.End
			return
		}
	}
	r.block(Block{Kind: kind, Span: s})
}

// peelCaptions takes the captions from the start and end of a line that lost its
// line ends ("SENSITIVE SIPDIS DEPT FOR NEA/MAG"), and returns the rest.
func (r *reader) peelCaptions(s Span) Span {
	var buf [manyWords]word
	ws := appendWords(buf[:0], r.raw, s.Start, s.End)
	for len(ws) > 0 && captions[ws[0].text] {
		r.addCaptions([]string{ws[0].text})
		r.skip(ws[0].start, ws[0].end)
		ws = ws[1:]
	}
	for n := len(ws); n > 0 && captions[ws[n-1].text]; n = len(ws) {
		r.addCaptions([]string{ws[n-1].text})
		r.skip(ws[n-1].start, ws[n-1].end)
		ws = ws[:n-1]
	}
	if len(ws) == 0 {
		return Span{s.End, s.End}
	}
	return Span{ws[0].start, ws[len(ws)-1].end}
}

// lineGap reports whether between two places lies one line end and no blank line.
func (r *reader) lineGap(from, to int) bool {
	gap := r.raw[from:to]
	return strings.TrimSpace(gap) == "" && strings.Count(gap, "\n") == 1
}

// own notes the cable's own number.
func (r *reader) own(o ownNumber) {
	r.c.Classification = o.class
	r.section, r.sectionCount = o.section, o.sections
	if o.number > 0 {
		r.c.Number = o.span
		r.block(Block{Kind: BlockNumber, Span: o.span})
	}
}

func (r *reader) addCaptions(list []string) {
	for _, c := range list {
		dup := false
		for _, d := range r.c.Captions {
			dup = dup || c == d
		}
		if !dup {
			r.c.Captions = append(r.c.Captions, c)
		}
	}
}

// passWords lead a line that hands the cable to offices or people.
var passWords = []string{"FOR", "PASS", "FROM", "INFO", "ALSO", "TO"}

// passStart reports whether a pass line begins anew: "DEPT FOR …", "STATE PASS …",
// "PLEASE PASS TO …", "NSC FOR …".
func passStart(text string) bool {
	ws := strings.Fields(text)
	for i, w := range ws {
		if i == 4 {
			break
		}
		for _, p := range passWords[:3] {
			if strings.EqualFold(w, p) {
				return true
			}
		}
	}
	return false
}

// passLine reports whether a line of the front matter hands the cable to
// offices or people: it has a pass word, or office symbols, and is mostly in
// capitals.
func passLine(text string) bool {
	upper, lower := 0, 0
	for i := range len(text) {
		if isUpper(text[i]) {
			upper++
		} else if isLower(text[i]) {
			lower++
		}
	}
	if upper < 2 {
		return false
	}
	for _, w := range strings.Fields(text) {
		w = strings.Trim(w, ".,;:()")
		for _, p := range passWords {
			if w == p || strings.EqualFold(w, p) && upper > lower/2 {
				return true
			}
		}
		if i := strings.IndexByte(w, '/'); i > 0 && isUpper(w[0]) && i+1 < len(w) && isUpper(w[i+1]) {
			return true
		}
	}
	return upper > 2*lower && len(text) < 80 && len(strings.Fields(text)) <= 8
}

// frontField reads a field with its continuation lines.
func (r *reader) frontField(f *fieldRun) {
	s := trimSpan(r.raw, Span{f.body, f.end})
	switch f.key {
	case keyOrder:
		r.skip(f.start, f.end)
	case keyClassifiedBy:
		r.block(Block{Kind: BlockClassifiedBy, Span: trimSpan(r.raw, Span{f.start, f.end})})
	case keyTags:
		r.skip(f.start, f.body)
		if len(r.c.Tags) == 0 {
			r.c.Tags = tagLine(r.raw[s.Start:s.End])
		}
		if s.Len() > 0 {
			r.block(Block{Kind: BlockTags, Span: s})
		}
	case keySubject:
		r.skip(f.start, f.body)
		if s.Len() == 0 {
			return
		}
		if r.c.Subject == "" {
			r.subject = s
		}
		for i := s.Start; i < s.End; i++ {
			if r.raw[i] == '\n' {
				before, after := trimSpan(r.raw, Span{s.Start, i}), trimSpan(r.raw, Span{i, s.End})
				r.hyphenAt(before.End, after.Start)
			}
		}
		r.block(Block{Kind: BlockSubject, Span: s})
	case keyReference:
		r.skip(f.start, f.body)
		if s.Len() > 0 {
			r.references(s.Start, s.End)
		}
	}
}

// runOn returns where the body begins that is run on after the subject or the
// references in raw[start:end], or 0: "REF: A. LONDON 2697 B. LONDON 2649
// 1. (SBU) The …". It begins with a first paragraph, with a marking, or with a
// note on handling.
func (r *reader) runOn(key frontKey, start, end int) int {
	for i := start + 1; i < end; i++ {
		if !isSpace(r.raw[i-1]) || isSpace(r.raw[i]) {
			continue
		}
		if c := r.candidateAt(i, end); c.n > 0 && c.options[0] == 1 && (c.marked || c.marking != "" || lowerWords(r.raw[i:min(i+120, end)]) > 5) {
			return i
		}
		if prefixFold(r.raw[i:end], "sensitive but unclassified") > 0 || prefixFold(r.raw[i:end], "this cable is ") > 0 || r.pageMarkAt(i, end) > 0 {
			return i
		}
		if r.raw[i] == '(' {
			if m, n := markingAt(r.raw[i:end]); len(m) > 0 && n < end-i && (key == keySubject && len(m) > 1 || r.citationIn(start, i) && !r.citationFollows(i+n, end)) {
				return i
			}
		}
		if key == keyReference && isUpper(r.raw[i]) && proseAfter(r.raw[start:i]) && !r.itemFollows(i, end) && lowerWords(r.raw[i:min(i+120, end)]) > 5 && r.citationIn(start, i) {
			return i
		}
	}
	return 0
}

// itemFollows reports whether raw[start:end] begins with a further item of the
// references: a letter, or a citation.
func (r *reader) itemFollows(start, end int) bool {
	s := r.raw[start:end]
	return len(s) > 2 && isUpper(s[0]) && (s[1] == '.' || s[1] == ')') || r.citationFollows(start, end)
}

// proseAfter reports whether running text may begin after s: after a number,
// a bracket or a stop, but not after the letter of an item.
func proseAfter(s string) bool {
	s = strings.TrimRight(s, " \t\n")
	n := len(s)
	return n > 3 && (isDigit(s[n-1]) || (s[n-1] == ')' || s[n-1] == '.') && !isSpace(s[n-3]) && s[n-3] != '(')
}
