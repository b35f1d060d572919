package cable

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// hints is what a file form says of a cable beside its text. The text has
// precedence where the two differ, but for the id.
type hints struct {
	id         string // as the form gives it, or the name of a text file: only where the text agrees or is silent
	created    time.Time
	class      string
	origin     string
	references []string // ids
	note       string   // what is broken about the row that held it
}

// reader reads one cable. Its parts stand in files of their own: header.go the
// transmission lines, front.go the lines down to the references, body.go the
// paragraphs, clean.go what is left out of Text.
type reader struct {
	c        *Cable
	raw      string // Cable.Raw with blanks that are not ASCII written as such
	lines    []line
	work     *workspace
	markdown bool // the samples' form: links, escapes, a 1 for a pilcrow
	scanned  bool // from a scanner, which doubles blanks and takes a mark for an I or 1
	cuts     []cut
	hyphens  []hyphen // in order
	subject  Span

	section, sectionCount int // of the classification line: "SECTION 01 OF 02", 0 where it has none

	routing  string // of the DE line
	serial   int
	yearDay  int
	dateTime Span // the date-time group

	cited []string // ids of the references, where the form has them

	year   int    // of the cable, 0 unknown
	post   string // canonical
	number int
}

// workspace is memory that one cable leaves to the next.
type workspace struct {
	lines   []line
	cuts    []cut
	blocks  []Block // before what no block holds is added
	fields  []field
	numbers []candidate // the places where paragraphs may begin
}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// free leaves the memory of r to another reader.
func (r *reader) free() {
	r.work.lines, r.work.cuts = r.lines, r.cuts
	if len(r.raw) < 1<<20 { // not that of a giant
		workspaces.Put(r.work)
	}
}

// parse reads the cable in raw.
func parse(raw string, h hints) *Cable {
	work := workspaces.Get().(*workspace)
	r := &reader{c: &Cable{Raw: raw, Blocks: work.blocks[:0]}, raw: raw, cited: h.references, work: work, cuts: work.cuts[:0]}
	defer r.free()
	if h.note != "" {
		r.repair("row", Span{0, len(raw)}, h.note)
	}
	r.blanks()
	r.lines = appendLines(work.lines[:0], r.raw)
	r.dumpEscapes()
	r.markdown = strings.Contains(raw, "](#)")
	r.scanned = strings.Contains(raw, "\nFM  ") && strings.Contains(raw, "\nDE  RU")
	first, o := r.findOwnNumber()
	r.header(first)
	r.identify(o, h)
	part := Span{}
	if first, part = r.preview(first); part.Len() > 0 {
		r.cut(r.lines[part.End].begin, r.lines[first].begin, "")
	}
	r.marks(first)
	if first < len(r.lines) {
		r.signs(r.lines[first].begin)
	}
	line, start := r.front(first)
	if part.Len() > 0 {
		r.again(part.Start, part.End, true)
	}
	r.markup()
	r.body(line, start)
	r.joinHyphens()
	if r.subject.Len() > 0 {
		slices.SortFunc(r.cuts, compareCuts)
		r.c.Subject = fold(r.textOf(r.subject))
	}
	r.finish()
	if r.c.Classification == "" {
		r.c.Classification, _ = classification(h.class)
	}
	return r.c
}

// findOwnNumber returns the line of the classification line that bears the
// cable's number, or of one without a number, or else of the first line that
// looks like front matter, and what it says.
func (r *reader) findOwnNumber() (int, ownNumber) {
	const reach = 400 // lines; long lists of addressees stand before it
	bare, front, blank := -1, -1, -1
	for i := 0; i < len(r.lines) && i < reach; i++ {
		l := r.lines[i]
		if l.blank() {
			if blank < 0 && i > 0 && !r.lines[i-1].blank() {
				blank = i
			}
			continue
		}
		text := r.raw[l.start:l.end]
		if strings.HasPrefix(text, "This record is a partial extract") {
			r.c.Partial = true
			continue
		}
		if o, ok := classificationLine(r.raw, l.start, l.end); ok {
			if o.number > 0 {
				return i, o
			}
			if bare < 0 && !r.dumpClass(i) {
				bare = i
			}
		}
		if k := gluedClassification(text); k > 0 {
			if o, ok := classificationLine(r.raw, l.start+k, l.end); ok && o.number > 0 {
				if _, known := FindPost(o.post); known {
					r.lines[i].start += k
					return i, o
				}
			}
		}
		if key, _ := frontKeyAt(text); key == keySubject || key == keyTags {
			if front < 0 {
				front = i
			}
		}
	}
	switch {
	case bare >= 0 && (front < 0 || bare < front):
		l := r.lines[bare]
		o, _ := classificationLine(r.raw, l.start, l.end)
		return bare, o
	case blank >= 0 && (front < 0 || blank < front) && r.headerLike(blank):
		return blank, ownNumber{}
	case front >= 0:
		for front > 0 && !r.lines[front-1].blank() {
			front--
		}
		return front, ownNumber{}
	}
	return 0, ownNumber{}
}

// classificationStarts open a classification line.
var classificationStarts = [...]string{"UNCLAS", "C O N F I D", "CONFIDENTIAL", "S E C R E T", "SECRET"}

// gluedClassification returns where in text a classification line begins that
// the end of another line stands before: that of a dump's row ("…","UNCLAS
// MEXICO 000023") or a date. It returns 0 where there is none.
func gluedClassification(text string) int {
	for _, word := range classificationStarts {
		if k := strings.Index(text, word); k > 0 && !isAlpha(text[k-1]) && text[k-1] != ' ' && text[k-1] != '/' {
			return k
		}
	}
	return 0
}

// preview returns the line at which the cable begins in full, and the lines of
// a preview of it that stands before, from line first on: one that breaks off
// with "..." and after which, or after a dump's row, the classification line
// stands again. Else it returns first and no lines.
func (r *reader) preview(first int) (whole int, part Span) {
	const reach = 60 // lines of a preview; a header may follow it
	dots, row := false, -1
	for i := first + 1; i < len(r.lines) && r.number > 0; i++ {
		if l := r.lines[i]; row < 0 && i >= first+reach || row >= 0 && i >= row+reach {
			break
		} else if l.blank() {
			continue
		}
		l := r.lines[i]
		text := r.raw[l.start:l.end]
		if dots || row >= 0 {
			if o, ok := classificationLine(r.raw, l.start, l.end); ok && o.number == r.number && r.subjectFollows(i) {
				if row < 0 {
					row = i
				}
				if length := r.lines[row].start - r.lines[first].start; len(r.raw)-l.start < length {
					break // no preview is longer than the whole
				}
				if row < i {
					for _, l := range r.lines[row:i] {
						text := r.raw[l.start:l.end]
						if _, value := dumpKey(text); value != "" {
							text = value
						}
						r.cite(text)
					}
					r.repair("second-header", Span{r.lines[row].start, r.lines[i-1].end}, "the header stands twice")
				}
				r.repair("preview", Span{r.lines[first].start, r.lines[row-1].end}, "a part of the cable that stands before the whole")
				return i, Span{first, row}
			}
			if row < 0 && r.headerStart(text) {
				row = i
			}
		}
		dots = strings.HasSuffix(text, "...") || strings.Contains(text, "... ") && len(text) < 60
	}
	return first, Span{}
}

// again reads lines [from, to), where the front matter stands once more, and
// with it, where body is set, text of the cable: what they name is named there
// too. They add nothing else to the cable.
func (r *reader) again(from, to int, body bool) {
	twin := *r
	twin.c = &Cable{Raw: r.c.Raw, Sent: r.c.Sent}
	twin.lines, twin.cuts, twin.hyphens = r.lines[:to], nil, nil
	twin.marks(from)
	line, start := twin.front(from)
	if body {
		twin.body(line, start)
	}
	for _, b := range twin.c.Blocks {
		switch b.Kind {
		case BlockPass, BlockNumber, BlockSubject, BlockReference:
		case BlockText, BlockHeading, BlockSignature: // it breaks off; who signs stands at the end
			if !body {
				continue
			}
			b.Kind = BlockText
		default:
			continue
		}
		if b.Span = r.unbroken(b.Span); b.Span.Len() > 0 {
			b.Para = 0
			r.block(b)
		}
	}
	for _, ref := range twin.c.References {
		if r.unbroken(ref.Span) == ref.Span {
			r.c.References = append(r.c.References, ref)
		}
	}
	r.cuts = append(r.cuts, twin.cuts...)
}

// unbroken returns s without the last word, and the name that it may be part
// of, where a preview breaks off in it: "Poloff met Mark Sulliv...".
func (r *reader) unbroken(s Span) Span {
	text := strings.TrimRight(r.raw[s.Start:s.End], ".")
	at := s.Start + len(text)
	if text == "" || !strings.HasPrefix(r.raw[at:], "..") || isSpace(text[len(text)-1]) {
		return s
	}
	for {
		k := strings.LastIndexAny(text, " \t\n") + 1
		word := text[k:]
		text = strings.TrimRight(text[:k], " \t\n")
		before := text[strings.LastIndexAny(text, " \t\n")+1:]
		if text == "" || !isUpper(word[0]) && !isDigit(word[0]) || !isUpper(before[0]) {
			return Span{s.Start, s.Start + len(text)}
		}
	}
}

// subjectFollows reports whether a subject stands in the lines from i on.
func (r *reader) subjectFollows(i int) bool {
	for end := min(i+20, len(r.lines)); i < end; i++ {
		for _, f := range r.fields(i, noKey) {
			if f.key == keySubject {
				return true
			}
		}
	}
	return false
}

// headerLike reports whether a line of transmission stands before line end.
func (r *reader) headerLike(end int) bool {
	for _, l := range r.lines[:end] {
		text := r.raw[l.start:l.end]
		if strings.HasPrefix(text, "FM ") || strings.HasPrefix(text, "TO ") || strings.HasPrefix(text, "VZCZC") {
			return true
		}
	}
	return false
}

// dumpClass reports whether line i is the classification column of a dump's
// row: the line of the origin stands before it and that of the id before that.
func (r *reader) dumpClass(i int) bool {
	if i < 2 {
		return false
	}
	l := r.lines[i-2]
	_, _, _, ok := SplitID(r.raw[l.start:l.end])
	return ok
}

// identify finds the canonical id: the year from the date-time group, the post
// and number from the classification line, else from the header, else from
// the file form.
func (r *reader) identify(o ownNumber, h hints) {
	c := r.c
	post, num := "", o.number
	from, fromOK := FindPost(c.From.Name)
	if !fromOK {
		from, fromOK = FindPost(r.routing)
	}
	if !fromOK {
		from, fromOK = FindPost(h.origin)
	}
	if p, ok := FindPost(o.post); ok {
		post = p.Token()
	} else if fromOK {
		post = from.Token()
		if o.post != "" {
			r.repair("post", o.span, "the post of the classification line is damaged; "+post+" sent it")
		}
	} else {
		post = letters(o.post)
	}
	if o.damaged && r.serial > 0 && r.serial != num%10000 {
		r.repair("number", o.span, "the number of the classification line is damaged; the station's serial stands for it")
		num = 0
	}
	if num == 0 && r.serial > 0 {
		num = r.serial
	}
	year := 0
	if !c.Sent.IsZero() {
		year = c.Sent.Year()
	}
	hy, hp, hn, ok := SplitID(h.id)
	if ok {
		if p, known := FindPost(hp); known {
			hp = p.Token()
		}
		switch {
		case post == "" && num == 0:
			post, num = hp, hn
		case post == "":
			post = hp
		case num == 0 && hp == post:
			num = hn
		}
		if year == 0 && hp == post && hn == num {
			year = hy
		}
	}
	if year == 0 && !h.created.IsZero() {
		year = h.created.Year()
	}
	r.year, r.post, r.number = year, post, num
	c.ID = ID(year, post, num)
	if c.ID == "" && ok && num == 0 {
		c.ID = h.id
	}
	if d := digits(h.id); c.ID != "" && c.ID != h.id && d >= 2 && d < len(h.id) && isUpper(h.id[d]) {
		r.repair("id", o.span, "the collection calls it "+h.id)
	}
}

// block adds a block.
func (r *reader) block(b Block) { r.c.Blocks = append(r.c.Blocks, b) }

// skip adds a stretch that is not read for mentions.
func (r *reader) skip(start, end int) {
	if s := trimSpan(r.raw, Span{start, end}); s.Len() > 0 {
		r.block(Block{Kind: BlockSkip, Span: s})
	}
}

func (r *reader) repair(kind string, s Span, note string) {
	r.c.Repairs = append(r.c.Repairs, Repair{kind, s, note})
}

// finish puts the blocks in order, makes the cleaned text, and covers what no
// block holds.
func (r *reader) finish() {
	c := r.c
	slices.SortStableFunc(c.Blocks, func(a, b Block) int { return a.Span.Start - b.Span.Start })
	slices.SortStableFunc(c.Repairs, func(a, b Repair) int { return a.Span.Start - b.Span.Start })
	c.Text = r.clean()
	if r.markdown { // which also stands in names
		for _, list := range [...][]Party{c.To, c.Info} {
			for i := range list {
				list[i].Name = fold(c.Text.Slice(list[i].Span))
			}
		}
		c.From.Name = fold(c.Text.Slice(c.From.Span))
		c.Signature.Name = fold(c.Text.Slice(c.Signature.Span))
		for i := range c.References {
			c.References[i].Text = fold(c.Text.Slice(c.References[i].Span))
		}
	}
	r.work.blocks = c.Blocks
	blocks := make([]Block, 0, len(c.Blocks)+len(c.Blocks)/2+16)
	at, para := 0, 0
	cover := func(end int) {
		if s := trimSpan(r.raw, Span{at, end}); s.Len() > 0 {
			blocks = append(blocks, Block{Kind: BlockSkip, Para: para, Span: s})
		}
	}
	for _, b := range c.Blocks {
		if b.Span.Start < at { // never, but a block must not overlap another
			continue
		}
		cover(b.Span.Start)
		blocks = append(blocks, b)
		at, para = b.Span.End, b.Para
	}
	cover(len(r.raw))
	c.Blocks = blocks
}
