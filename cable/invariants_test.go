package cable

import (
	"strings"
	"testing"
)

// checkInvariants fails the test where a cable breaks what its types promise:
// the cleaned text leads back to Raw byte for byte, the blocks stand in order
// and hold all of the text, paragraphs ascend, and names stand where they say.
func checkInvariants(t *testing.T, c *Cable) {
	t.Helper()
	text := c.Text.String()
	at := 0
	kept := make([]bool, len(c.Raw))
	signs := make(map[int]bool) // bytes that stand for other signs
	for _, r := range c.Repairs {
		for i := r.Span.Start; r.Kind == "sign" && i < r.Span.End; i++ {
			signs[i] = true
		}
	}
	for _, r := range c.Text.runs {
		if r.clean != at {
			t.Fatalf("run at %d of the cleaned text follows %d", r.clean, at)
		}
		if r.n == 0 {
			if b := text[at]; b != ' ' && b != '\n' && !signs[r.raw] {
				t.Fatalf("byte %d of the cleaned text, %q, is not in Raw", at, b)
			}
			at++
			continue
		}
		if text[at:at+r.n] != c.Raw[r.raw:r.raw+r.n] {
			t.Fatalf("cleaned %q is not Raw %q", text[at:at+r.n], c.Raw[r.raw:r.raw+r.n])
		}
		for i := range r.n {
			kept[r.raw+i] = true
		}
		at += r.n
	}
	if at != len(text) {
		t.Fatalf("runs end at %d of %d", at, len(text))
	}
	at = 0
	held := func(from, to int) {
		for i := from; i < to; i++ {
			if kept[i] && !isSpace(c.Raw[i]) {
				t.Fatalf("no block holds byte %d: …%q…", i, c.Raw[max(0, i-20):min(len(c.Raw), i+20)])
			}
		}
	}
	clean := 0
	for i, b := range c.Blocks {
		if b.Span.Start < at || b.Span.End < b.Span.Start || b.Span.End > len(c.Raw) {
			t.Fatalf("block %d at %v follows %d", i, b.Span, at)
		}
		held(at, b.Span.Start)
		at = b.Span.End
		start, end := c.Text.CleanSpan(b.Span)
		if start < clean {
			t.Fatalf("block %d at %d of the cleaned text overlaps the one that ends at %d", i, start, clean)
		}
		clean = end
		for k := 0; b.Kind != BlockSkip && k < b.Span.Len(); k++ {
			if p := b.Span.Start + k; kept[p] {
				if got := c.Text.Raw(c.Text.Clean(p)); got != p {
					t.Fatalf("byte %d of Raw leads to byte %d", p, got)
				}
			}
		}
	}
	held(at, len(c.Raw))
	number := 0
	for _, p := range c.Paragraphs {
		if p.Number <= number || p.Span.End < p.Span.Start || p.Span.End > len(c.Raw) {
			t.Fatalf("paragraph %+v after %d", p, number)
		}
		number = p.Number
	}
	for _, p := range append(append([]Party{c.From, c.Signature}, c.To...), c.Info...) {
		if got := strings.Join(strings.Fields(c.Text.Slice(p.Span)), " "); got != p.Name {
			t.Fatalf("party %q stands at %q", p.Name, got)
		}
	}
	for _, r := range c.Repairs {
		if r.Span.Start < 0 || r.Span.End < r.Span.Start || r.Span.End > len(c.Raw) {
			t.Fatalf("repair %+v", r)
		}
	}
}
