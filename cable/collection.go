package cable

import (
	"cmp"
	"errors"
	"hash/fnv"
	"strings"
	"time"
)

// errChanged ends reading where the second pass over a collection does not
// meet what the first one saw.
var errChanged = errors.New("changed while it was being read")

// sighting is what the first pass over a collection notes of a cable, without
// reading its body.
type sighting struct {
	id                string
	order             int // of all that the pass met
	source            Source
	sent              time.Time
	section, sections int // "SECTION 02 OF 03": of a section that stands alone
	partial           bool
	redactions        int
	length            int
	body              int // where the classification line begins
	hash              uint64
}

// headReach is how much of a text the first pass looks at.
const headReach = 32 << 10

// sight reads the head of a cable.
func sight(raw string, h hints) sighting {
	r := &reader{c: &Cable{Raw: raw[:min(len(raw), headReach)]}, cited: h.references}
	r.raw = r.c.Raw
	r.work = workspaces.Get().(*workspace)
	defer r.free()
	r.lines = appendLines(r.work.lines[:0], r.raw)
	first, o := r.findOwnNumber()
	r.header(first)
	r.identify(o, h)
	s := sighting{
		id: r.c.ID, sent: r.c.Sent, section: o.section, sections: o.sections, partial: r.c.Partial, length: len(raw),
		redactions: strings.Count(raw, "XXXX") + strings.Count(raw, "ХХХХ"), // Latin, Cyrillic
	}
	if first < len(r.lines) {
		s.body = r.lines[first].begin
	}
	hash := fnv.New64a()
	hash.Write([]byte(raw))
	s.hash = hash.Sum64()
	return s
}

// fuller compares two copies of one cable: the whole one is fuller than an
// extract, then the one with fewer redactions, then the longer one. Between
// equals the content decides, so that the order of the files does not.
func (s *sighting) fuller(t *sighting) int {
	whole := func(partial bool) int {
		if partial {
			return 0
		}
		return 1
	}
	return cmp.Or(
		cmp.Compare(whole(s.partial), whole(t.partial)),
		cmp.Compare(t.redactions, s.redactions),
		cmp.Compare(s.length, t.length),
		cmp.Compare(s.hash, t.hash),
		cmp.Compare(t.order, s.order),
	)
}

// same reports whether two cables of one id can be copies of one cable: no
// date-time groups tell them apart.
func (s *sighting) same(t *sighting) bool {
	return s.sent.IsZero() || t.sent.IsZero() || s.sent.Equal(t.sent) || s.sent.Sub(t.sent).Abs() < 48*time.Hour
}

// survey is what the first pass over a collection finds: which of its cables
// stand in it more than once, or in sections apart.
type survey struct {
	first map[string]*sighting   // by id
	more  map[string][]*sighting // of ids that were met more than once, all
	plan  map[int]plan           // by order, of those in more
}

// plan says what becomes of a cable that the collection has more than once.
type plan struct {
	id       string
	drop     bool
	conflict *sighting // another cable of the same id, which is kept
	also     []Source  // where the copies lie that are left out
	group    *group    // of the sections that make it up
}

// group is a cable whose sections lie apart. They are put together when the
// last of them is met.
type group struct {
	sections []*sighting // in order
	texts    []string
	missing  int
}

func newSurvey() *survey {
	return &survey{first: map[string]*sighting{}, more: map[string][]*sighting{}, plan: map[int]plan{}}
}

// see notes a cable of the first pass.
func (v *survey) see(s sighting) {
	if s.id == "" {
		return
	}
	first := v.first[s.id]
	if first == nil {
		v.first[s.id] = &s
		return
	}
	if v.more[s.id] == nil {
		v.more[s.id] = []*sighting{first}
	}
	v.more[s.id] = append(v.more[s.id], &s)
}

// settle decides what becomes of each cable that was met more than once.
func (v *survey) settle() {
	for id, copies := range v.more {
		if g := sectionsOf(copies); g != nil {
			for _, s := range copies {
				v.plan[s.order] = plan{id: id, drop: true}
			}
			for _, s := range g.sections {
				v.plan[s.order] = plan{id: id, group: g}
			}
			continue
		}
		best := copies[0]
		for _, s := range copies[1:] {
			if s.fuller(best) > 0 {
				best = s
			}
		}
		kept := plan{id: id}
		for _, s := range copies {
			switch {
			case s == best:
			case s.same(best):
				kept.also = append(kept.also, s.source)
				v.plan[s.order] = plan{id: id, drop: true}
			default:
				v.plan[s.order] = plan{id: id, conflict: best}
			}
		}
		v.plan[best.order] = kept
	}
	v.first, v.more = nil, nil
}

// sectionsOf returns the group of a cable of which each section is there as a
// text of its own, or nil. Of several copies of a section the fullest is taken.
func sectionsOf(copies []*sighting) *group {
	n := copies[0].sections
	if n < 2 || n > 99 {
		return nil
	}
	sections := make([]*sighting, n)
	for _, s := range copies {
		if s.sections != n || s.section < 1 || s.section > n {
			return nil
		}
		if best := sections[s.section-1]; best == nil || s.fuller(best) > 0 {
			sections[s.section-1] = s
		}
	}
	for _, s := range sections {
		if s == nil {
			return nil
		}
	}
	return &group{sections: sections, texts: make([]string, n), missing: n}
}

// add keeps the text of one section. When it was the last it returns all of
// them, one after another, without the transmission lines of the later ones.
func (g *group) add(order int, text string) (whole string, ok bool) {
	for i, s := range g.sections {
		if s.order == order && g.texts[i] == "" {
			if i > 0 {
				text = text[min(s.body, len(text)):]
			}
			g.texts[i] = strings.TrimRight(text, "\r\n")
			g.missing--
		}
	}
	if g.missing > 0 {
		return "", false
	}
	return strings.Join(g.texts, "\n\n"), true
}
