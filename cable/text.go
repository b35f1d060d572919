package cable

import (
	"sort"
	"strings"
)

// Text is a cable's text without the artefacts of transmission. Every byte of
// it is a byte of Raw, or part of a blank, line end or sign that stands for
// something removed.
type Text struct {
	clean string
	runs  []run // ascending in both; the first starts at clean 0
}

// A run is a stretch of clean text whose bytes follow each other in Raw too.
type run struct{ clean, raw, n int }

// String returns the cleaned text.
func (t Text) String() string { return t.clean }

// Raw returns the place in Raw of byte i of the cleaned text. What stands for
// something removed leads to it, byte for byte and no further than its end.
func (t Text) Raw(i int) int {
	k := sort.Search(len(t.runs), func(k int) bool { return t.runs[k].clean > i }) - 1
	if k < 0 {
		return i
	}
	r := t.runs[k]
	return r.raw + min(i-r.clean, r.n)
}

// RawSpan returns the bytes of Raw from the first to the last byte of the
// cleaned text [start, end), with whatever was removed between them.
func (t Text) RawSpan(start, end int) Span {
	if end <= start {
		p := t.Raw(start)
		return Span{p, p}
	}
	return Span{t.Raw(start), t.Raw(end-1) + 1}
}

// Clean returns the place in the cleaned text of byte raw of Raw, or of the
// first later byte that was kept.
func (t Text) Clean(raw int) int {
	k := sort.Search(len(t.runs), func(k int) bool { return t.runs[k].raw > raw }) - 1
	if k < 0 {
		return 0
	}
	r := t.runs[k]
	if raw-r.raw < r.n || r.raw == raw && t.sign(r) {
		return r.clean + raw - r.raw
	}
	if k+1 < len(t.runs) {
		return t.runs[k+1].clean
	}
	return len(t.clean)
}

// Slice returns the cleaned text of a span of Raw.
func (t Text) Slice(s Span) string {
	start, end := t.CleanSpan(s)
	return t.clean[start:end]
}

// CleanSpan returns the bytes of the cleaned text that were kept of a span of
// Raw. Those of spans that do not overlap do not overlap either.
func (t Text) CleanSpan(s Span) (start, end int) {
	start = t.Clean(s.Start)
	return start, max(start, t.cleanEnd(s.End))
}

// sign reports whether r is a byte of a sign, and not a blank or line end, that
// stands for something removed.
func (t Text) sign(r run) bool {
	return r.n == 0 && t.clean[r.clean] != ' ' && t.clean[r.clean] != '\n'
}

// cleanEnd returns the place in the cleaned text after the last byte before
// raw that was kept.
func (t Text) cleanEnd(raw int) int {
	k := sort.Search(len(t.runs), func(k int) bool { return t.runs[k].raw >= raw }) - 1
	for ; k >= 0; k-- {
		if r := t.runs[k]; r.n > 0 {
			return r.clean + min(raw-r.raw, r.n)
		} else if t.sign(r) {
			return r.clean + 1
		}
	}
	return 0
}

// textBuilder collects the cleaned text.
type textBuilder struct {
	raw string
	b   strings.Builder
	t   Text
}

// keep appends raw[start:end].
func (b *textBuilder) keep(start, end int) {
	if end <= start {
		return
	}
	if n := len(b.t.runs); n > 0 {
		r := &b.t.runs[n-1]
		if r.raw+r.n == start && r.clean+r.n == b.b.Len() {
			r.n += end - start
			b.b.WriteString(b.raw[start:end])
			return
		}
	}
	b.t.runs = append(b.t.runs, run{b.b.Len(), start, end - start})
	b.b.WriteString(b.raw[start:end])
}

// put appends s, which stands for raw[start:end].
func (b *textBuilder) put(s string, start, end int) {
	for i := range len(s) {
		b.t.runs = append(b.t.runs, run{b.b.Len() + i, min(start+i, max(start, end-1)), 0})
	}
	b.b.WriteString(s)
}

func (b *textBuilder) text() Text {
	b.t.clean = b.b.String()
	return b.t
}

// NewText returns raw as a Text from which nothing was removed.
func NewText(raw string) Text {
	return Text{clean: raw, runs: []run{{0, 0, len(raw)}}}
}
