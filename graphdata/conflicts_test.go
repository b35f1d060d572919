package graphdata

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"cablegraph/internal/extsort"
	"cablegraph/link"
)

// TestRepeats compares with looking at every pair.
func TestRepeats(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	text := func(n int) []string {
		words := make([]string, n)
		for i := range words {
			words[i] = []string{"the", "port", "police", "arrested", "officials", "in", "callao", "for", "fraud", fmt.Sprint("w", r.Intn(40))}[r.Intn(10)]
		}
		return words
	}
	var claims []claim
	for i := range 400 {
		quote := text(r.Intn(30))
		if i > 0 && r.Intn(2) == 0 { // an earlier one, changed here and there
			quote = strings.Fields(claims[r.Intn(i)].quote)
			for range r.Intn(4) {
				if len(quote) > 0 {
					at := r.Intn(len(quote))
					quote = slices.Concat(quote[:at], text(r.Intn(2)), quote[at+1:])
				}
			}
		}
		claims = append(claims, claim{iri: fmt.Sprint("claim:", i), quote: strings.Join(quote, " "), rank: rank{sent: time.Unix(int64(i), 0)}})
	}
	want := map[string]string{}
	var originals []claim
	for _, c := range claims {
		a := shingles(c.quote)
		i := slices.IndexFunc(originals, func(o claim) bool {
			b := shingles(o.quote)
			shared := 0
			for _, s := range a {
				if slices.Contains(b, s) {
					shared++
				}
			}
			return len(a) > 0 && 100*shared >= 80*(len(a)+len(b)-shared)
		})
		switch {
		case i >= 0:
			want[c.iri] = originals[i].iri
		case len(a) > 0:
			originals = append(originals, c)
		}
	}

	b := newBuilder(&link.Graph{}, extsort.Options{Memory: 1 << 20, Dir: t.TempDir()})
	defer b.close()
	r.Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
	b.repeats(claims)
	n := 0
	for triple := range b.statements.Sorted(t.Context()) {
		q, _, fault := parseLine(string(triple) + " .")
		if fault != nil {
			t.Fatal(fault)
		}
		s, o := string(q.Subject.(quad.IRI)), string(q.Object.(quad.IRI))
		if want[s] != o {
			t.Errorf("%s repeats %s, want %q", s, o, want[s])
		}
		n++
	}
	if n != len(want) || n < 30 {
		t.Errorf("%d repeats, want %d", n, len(want))
	}
}
