package entity

import (
	"sort"
	"strings"

	"cablegraph/cable"
)

// Annotate returns c as a Document with the given mentions in place of found
// ones, so that what works on documents can be tried on marks made by hand.
// Each mention needs Span and Kind; First, Last and Text are filled in. A
// mention that covers no token, or one that an earlier mention covers, is left
// out.
func Annotate(c *cable.Cable, mentions []Mention) *Document {
	d := newDocument(c)
	sorted := append([]Mention(nil), mentions...)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].Span.Start < sorted[j].Span.Start })
	at := 0
	for _, m := range sorted {
		start, end := uint32(c.Text.Clean(m.Span.Start)), uint32(c.Text.Clean(m.Span.End-1)+1)
		m.First = at + sort.Search(len(d.Tokens)-at, func(k int) bool { return d.Tokens[at+k].End > start })
		m.Last = m.First
		for m.Last < len(d.Tokens) && d.Tokens[m.Last].Start < end {
			m.Last++
		}
		if m.Last == m.First {
			continue
		}
		at = m.Last
		m.Text = squeeze(d.Text(m.First, m.Last))
		if m.Norm == "" {
			m.Norm = m.Text
		}
		d.add(m)
	}
	return d
}

// add appends a mention and marks its tokens.
func (d *Document) add(m Mention) {
	for k := m.First; k < m.Last; k++ {
		d.Tokens[k].Mention = int32(len(d.Mentions))
	}
	d.Mentions = append(d.Mentions, m)
}

// squeeze folds runs of white space to one blank.
func squeeze(s string) string {
	if !strings.ContainsAny(s, "\n\r\t") && !strings.Contains(s, "  ") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}
