package link

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/vocab"
)

// A collector invents cables: posts, people, bodies, laws and places recur by a
// power law, in full and in short, with and without their acronyms.
type collector struct {
	rng    *rand.Rand
	people []string // of all countries, the known ones first
	ids    []string // of the cables so far, to which later ones refer
}

var (
	inventedPosts    = []string{"MEXICO", "LIMA", "MANILA", "ANKARA", "BAKU", "LAGOS", "SEOUL", "HANOI", "CAIRO", "ROME"}
	inventedGiven    = []string{"Ana", "Bela", "Carlo", "Dina", "Emre", "Farid", "Greta", "Hugo", "Ines", "Jorge", "Kemal", "Lin"}
	inventedHeads    = []string{"Ministry of", "Secretariat of", "National Institute for", "Directorate of", "Commission on"}
	inventedTopics   = []string{"Fisheries", "Inland Waterways", "Lighthouses", "Public Gardens", "Weights and Measures", "Beekeeping"}
	inventedLaws     = []string{"Harbor Code", "Beekeeping Act", "Law on Lighthouses", "Inland Waterways Law", "the new law", "the bill"}
	inventedSyllable = []string{"ba", "cor", "den", "fa", "gal", "ho", "jun", "ka", "lor", "mi", "nes", "ol", "pra", "qui", "ros", "ta", "vel", "zar"}
)

func newCollector(seed uint64, people int) *collector {
	c := &collector{rng: rand.New(rand.NewPCG(seed, 1))}
	for range people {
		name := c.pick(inventedGiven) + " " + c.surname()
		if c.rng.IntN(3) == 0 {
			name += " " + c.surname()
		}
		c.people = append(c.people, name)
	}
	return c
}

func (c *collector) pick(s []string) string { return s[c.rng.IntN(len(s))] }

func (c *collector) surname() string {
	s := c.pick(inventedSyllable) + c.pick(inventedSyllable)
	if c.rng.IntN(2) == 0 {
		s += c.pick(inventedSyllable)
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// zipf returns a number below n, small ones far more often.
func (c *collector) zipf(n int) int {
	return min(n-1, int(math.Exp(c.rng.Float64()*math.Log(float64(n)+1)))-1)
}

// cable invents cable i with some fifty mentions.
func (c *collector) cable(i int) *Record {
	post := inventedPosts[c.rng.IntN(len(inventedPosts))]
	t := &textWriter{rec: &Record{Cable: &cable.Cable{
		ID:   fmt.Sprintf("%02d%s%d", 3+i%7, post, 1+i),
		Sent: time.Date(2003+i%7, time.Month(1+i%12), 1+i%28, 0, 0, 0, 0, time.UTC),
		From: cable.Party{Name: "AMEMBASSY " + post},
	}}}
	if n := len(c.ids); n > 0 && c.rng.IntN(2) == 0 {
		t.rec.Cable.References = []cable.Reference{{ID: c.ids[c.rng.IntN(n)]}}
	}
	c.ids = append(c.ids, t.rec.Cable.ID)
	t.mention(vocab.Document, "cable", fmt.Sprintf("%s %06d", post, 1+i))
	t.rec.Mentions[0].Key = "cable:" + t.rec.Cable.ID
	t.mention(vocab.Agency, "post", "AMEMBASSY "+post)
	for range 4 {
		head, topic := c.pick(inventedHeads), c.pick(inventedTopics)
		long := head + " " + topic
		_, short := initials(nameWords(long))
		short = strings.ToUpper(short)
		t.mention(vocab.Agency, "gov", long)
		if c.rng.IntN(2) == 0 {
			t.text(" (")
			t.mention(vocab.Agency, "gov", short)
			t.text(")")
			n := len(t.rec.Mentions)
			t.rec.Acronyms = append(t.rec.Acronyms, entity.Acronym{Long: n - 2, Short: n - 1})
			for range 3 {
				t.text(" said that ")
				t.mention(vocab.Agency, "gov", short)
			}
		}
		t.text(" met ")
		full := c.people[c.zipf(len(c.people))]
		words := strings.Fields(full)
		t.mention(vocab.Person, "", full)
		for range 3 {
			t.text(" and then ")
			t.mention(vocab.Person, "", words[1+c.rng.IntN(len(words)-1)])
		}
		t.text(" on ")
		t.mention(vocab.Law, "statute", strings.TrimPrefix(c.pick(inventedLaws), "the "))
		t.text(" in ")
		t.mention(vocab.Place, "city", "Port "+c.people[c.zipf(len(c.people))][:3]+"ville")
		t.text(".\n")
	}
	if c.rng.IntN(2) == 0 {
		t.mention(vocab.Person, "", strings.ToUpper(strings.Fields(c.people[c.zipf(len(c.people))])[1]))
	}
	return t.record()
}

func (c *collector) cables(n int) []*Record {
	out := make([]*Record, n)
	for i := range out {
		out[i] = c.cable(i)
	}
	return out
}

// textWriter writes a cable's text with its mentions.
type textWriter struct {
	rec *Record
	b   strings.Builder
}

func (t *textWriter) text(s string) { t.b.WriteString(s) }

func (t *textWriter) mention(kind vocab.Kind, subtype, name string) {
	start := t.b.Len()
	t.b.WriteString(name)
	t.rec.Mentions = append(t.rec.Mentions, entity.Mention{
		Span: cable.Span{Start: start, End: t.b.Len()}, Kind: kind, Subtype: subtype, Text: strings.Join(strings.Fields(name), " "),
	})
}

func (t *textWriter) record() *Record {
	t.rec.Cable.Raw = t.b.String()
	t.rec.Cable.Text = cable.NewText(t.rec.Cable.Raw)
	return t.rec
}

// The graph is a function of the set of cables, whatever their order.
func TestResolveOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newCollector(rapid.Uint64().Draw(t, "seed"), rapid.IntRange(2, 80).Draw(t, "people"))
		records := c.cables(rapid.IntRange(1, 40).Draw(t, "cables"))
		want := Resolve(records)
		shuffled := rapid.Permutation(records).Draw(t, "order")
		got := Resolve(shuffled)
		if diff := cmp.Diff(want.Entities, got.Entities); diff != "" {
			t.Fatalf("entities differ (-in order +shuffled):\n%s", diff)
		}
		if diff := cmp.Diff(want.Of, got.Of); diff != "" {
			t.Fatalf("mentions differ (-in order +shuffled):\n%s", diff)
		}
	})
}

// Every entity has a valid and unique IRI and at least one mention, and the
// mentions of an entity are of its kind.
func TestResolveEntities(t *testing.T) {
	g := Resolve(newCollector(1, 300).cables(400))
	mentions, records := make([]int, len(g.Entities)), recordsOf(t, g)
	for r, of := range g.Of {
		for m, e := range of {
			mentions[e]++
			if kind := records[r].Mentions[m].Kind; kind != g.Entities[e].Kind {
				t.Errorf("%s has a mention of kind %s", g.Entities[e].ID, kind)
			}
		}
	}
	for i, e := range g.Entities {
		if i > 0 && g.Entities[i-1].ID >= e.ID {
			t.Errorf("%s after %s", e.ID, g.Entities[i-1].ID)
		}
		if mentions[i] == 0 {
			t.Errorf("%s has no mention", e.ID)
		}
		if e.Name == "" || e.Class == "" {
			t.Errorf("%s lacks a name or class: %+v", e.ID, e)
		}
		prefix, local, ok := strings.Cut(e.ID, ":")
		if !ok || local == "" || prefix != e.Kind.String() && prefix != "cable" || strings.ContainsFunc(local, func(r rune) bool {
			return r != '-' && r != '/' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
		}) {
			t.Errorf("%q is no IRI of kind %s", e.ID, e.Kind)
		}
		if !slices.IsSorted(e.Aliases) || slices.Contains(e.Aliases, e.Name) {
			t.Errorf("%s: aliases %q", e.ID, e.Aliases)
		}
	}
}

// One cable of many mentions costs no more a mention than many cables.
func BenchmarkResolveLongCable(b *testing.B) {
	for _, n := range []int{100, 1_000} {
		c := newCollector(1, n)
		t := &textWriter{rec: &Record{Cable: &cable.Cable{ID: "07LIMA1", From: cable.Party{Name: "AMEMBASSY LIMA"}}}}
		for _, r := range c.cables(n) {
			last := 0
			for i, m := range r.Mentions {
				t.text(r.Cable.Raw[last:m.Span.Start])
				t.mention(m.Kind, m.Subtype, m.Text)
				last = m.Span.End
				if i > 0 && slices.Contains(r.Acronyms, entity.Acronym{Long: i - 1, Short: i}) {
					k := len(t.rec.Mentions)
					t.rec.Acronyms = append(t.rec.Acronyms, entity.Acronym{Long: k - 2, Short: k - 1})
				}
			}
			t.text(r.Cable.Raw[last:])
		}
		rec := t.record()
		b.Run(fmt.Sprintf("mentions=%d", len(rec.Mentions)), func(b *testing.B) {
			for b.Loop() {
				Resolve([]*Record{rec})
			}
			b.ReportMetric(float64(len(rec.Mentions))*float64(b.N)/b.Elapsed().Seconds(), "mentions/s")
		})
	}
}

func BenchmarkResolve(b *testing.B) {
	for _, n := range []int{2_000, 20_000} {
		records := newCollector(1, n).cables(n)
		mentions := 0
		for _, r := range records {
			mentions += len(r.Mentions)
		}
		b.Run(fmt.Sprintf("cables=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Resolve(records)
			}
			b.ReportMetric(float64(mentions)*float64(b.N)/b.Elapsed().Seconds(), "mentions/s")
		})
	}
}
