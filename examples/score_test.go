package examples_test

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"

	"cablegraph/vocab"
)

// An extraction is what graph extract prints of a cable, and what the marks
// say of it.
type extraction struct {
	Cable     string     `json:"cable"`
	Mentions  []mention  `json:"mentions"`
	Relations []relation `json:"relations"`
}

type mention struct {
	Start  int    `json:"start"` // bytes of the file
	End    int    `json:"end"`
	Text   string `json:"text"` // in the marks only
	Type   string `json:"type"`
	Entity string `json:"entity"`
}

type relation struct {
	Type     string         `json:"type"`
	Args     map[string]any `json:"args"` // by role: a string, a number or a list
	Status   string         `json:"status"`
	Para     int            `json:"para"`
	Evidence struct {
		Start int `json:"start"`
		End   int `json:"end"`
	} `json:"evidence"`
	Text string `json:"text"` // in the marks only
}

// A figure is a measure as precision and recall see it.
type figure struct{ right, found, marked float64 }

func (f figure) f1() float64 {
	if f.found+f.marked == 0 {
		return 0
	}
	return 2 * f.right / (f.found + f.marked)
}

// scores are the figures of a set of cables.
type scores struct {
	mentions figure  // same bytes and type
	linking  float64 // F1 of B-cubed over the mentions
	header   figure  // facts of the header
	text     figure  // facts of the text
}

// score compares what was found in the marked cables with what is marked.
func score(marked, found []extraction) scores {
	var s scores
	found = slices.DeleteFunc(slices.Clone(found), func(x extraction) bool {
		return !slices.ContainsFunc(marked, func(m extraction) bool { return m.Cable == x.Cable })
	})
	m, f := mentionsOf(marked), mentionsOf(found)
	both := map[[2]string]float64{} // mentions that a found and a marked entity share
	foundSize, markedSize := map[string]float64{}, map[string]float64{}
	for _, e := range f {
		foundSize[e]++
	}
	for _, e := range m {
		markedSize[e]++
	}
	for at, e := range m {
		if g, ok := f[at]; ok {
			s.mentions.right++
			both[[2]string{g, e}]++
		}
	}
	s.mentions.found, s.mentions.marked = float64(len(f)), float64(len(m))

	// B-cubed: how much of a mention's entity is right, averaged over mentions.
	var precision, recall float64
	for pair, n := range both {
		precision += n * n / foundSize[pair[0]] / max(1, s.mentions.found)
		recall += n * n / markedSize[pair[1]] / max(1, s.mentions.marked)
	}
	if precision+recall > 0 {
		s.linking = 2 * precision * recall / (precision + recall)
	}

	same := align(both)
	for _, want := range marked {
		var got []fact
		for _, x := range found {
			if x.Cable == want.Cable {
				got = facts(x, func(entity string) string {
					if e, ok := same[entity]; ok {
						return e
					}
					return "found only: " + entity
				})
			}
		}
		wanted := facts(want, func(entity string) string { return entity })
		for _, f := range got {
			figure := s.of(f.kind)
			figure.found++
			if i := slices.IndexFunc(wanted, f.agrees); i >= 0 {
				figure.right++
				wanted[i].taken = true
			}
		}
		for _, f := range wanted {
			s.of(f.kind).marked++
		}
	}
	return s
}

// of returns the figure that counts facts of a relation type.
func (s *scores) of(kind string) *figure {
	if r, ok := vocab.RelationType(kind); ok && r.Form == vocab.HeaderForm {
		return &s.header
	}
	return &s.text
}

// A place is where a mention stands, and of what type it is.
type place struct {
	cable      string
	start, end int
	kind       string
}

// mentionsOf returns the entity of each mention.
func mentionsOf(cables []extraction) map[place]string {
	entity := map[place]string{}
	for _, c := range cables {
		for _, m := range c.Mentions {
			entity[place{c.Cable, m.Start, m.End, m.Type}] = m.Entity
		}
	}
	return entity
}

// align gives each found entity the marked one with which it shares most
// mentions.
func align(both map[[2]string]float64) map[string]string {
	pairs := make([][2]string, 0, len(both))
	for pair := range both {
		pairs = append(pairs, pair)
	}
	slices.SortFunc(pairs, func(a, b [2]string) int {
		return cmp.Or(cmp.Compare(both[b], both[a]), cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	same := map[string]string{}
	for _, pair := range pairs {
		if _, ok := same[pair[0]]; !ok {
			same[pair[0]] = pair[1]
		}
	}
	return same
}

// A fact is one role of a relation: of what type, about whom, with what value.
// Only entities and dates are compared; how a text is cut is a matter of taste.
type fact struct {
	kind          string
	negated       bool
	subject, role string
	value         string
	taken         bool
}

// agrees reports whether a marked fact that is not yet taken says the same. A
// finer date than the marked one agrees with it.
func (f fact) agrees(marked fact) bool {
	if marked.taken || f.kind != marked.kind || f.negated != marked.negated || f.subject != marked.subject || f.role != marked.role {
		return false
	}
	return f.value == marked.value || f.role == "date" && strings.HasPrefix(f.value, marked.value)
}

// facts returns the facts of a cable, each once. The subject of a relation is
// the first of its roles that an entity fills.
func facts(x extraction, canonical func(entity string) string) []fact {
	var all []fact
	add := func(f fact) {
		if !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	for _, r := range x.Relations {
		kind, ok := vocab.RelationType(r.Type)
		if !ok {
			continue
		}
		subjectRole, subjects := "", []string(nil)
		for _, role := range kind.Roles {
			if subjects = values(role.Name, r.Args[role.Name], canonical); len(subjects) > 0 && role.Name != "date" {
				subjectRole = role.Name
				break
			}
		}
		if subjectRole == "" {
			continue
		}
		for _, subject := range subjects {
			f := fact{kind: r.Type, negated: r.Status == vocab.Negated.String(), subject: subject}
			alone := true
			for _, role := range kind.Roles {
				for _, value := range values(role.Name, r.Args[role.Name], canonical) {
					if role.Name == subjectRole && value == subject {
						continue
					}
					f.role, f.value, alone = role.Name, value, false
					add(f)
				}
			}
			if alone {
				add(f)
			}
		}
	}
	return all
}

// values returns the entities or dates that fill a role.
func values(role string, filler any, canonical func(entity string) string) []string {
	var all []string
	list, ok := filler.([]any)
	if !ok {
		list = []any{filler}
	}
	for _, v := range list {
		text, ok := v.(string)
		if !ok {
			continue
		}
		kind, _, _ := strings.Cut(strings.Replace(text, "/", ":", 1), ":")
		switch {
		case role == "date" && text != "" && text[0] >= '0' && text[0] <= '9':
			from, _, _ := strings.Cut(text, "/")
			all = append(all, from)
		case kind == "cable":
			all = append(all, text)
		case kind == "document" && isCable(text):
			all = append(all, "cable:"+strings.TrimPrefix(strings.TrimPrefix(text, "document/"), "document:"))
		case vocab.ParseKind(kind) != vocab.NoKind:
			all = append(all, canonical(text))
		}
	}
	return all
}

// isCable reports whether an entity's name ends like a cable's: "document/08LIMA12".
func isCable(entity string) bool {
	name := entity[len("document")+1:]
	digits := strings.TrimRight(name, "0123456789")
	return len(name) > 4 && name[0] >= '0' && name[0] <= '9' && name[1] >= '0' && name[1] <= '9' &&
		len(digits) > 2 && len(digits) < len(name) && strings.ToUpper(name) == name
}

func TestScore(t *testing.T) {
	marked := []extraction{{
		Cable: "07LIMA1",
		Mentions: []mention{
			{Start: 0, End: 4, Type: "person", Entity: "person/ana"},
			{Start: 9, End: 12, Type: "agency", Entity: "agency/nhi"},
			{Start: 20, End: 24, Type: "person", Entity: "person/ana"},
			{Start: 30, End: 34, Type: "person", Entity: "person/eva"},
		},
		Relations: []relation{
			{Type: "arrested", Args: map[string]any{"person": "person/ana", "by": "agency/nhi", "date": "2007-05"}},
			{Type: "references", Args: map[string]any{"document": "document/07LIMA1", "referenced": "document/06LIMA9"}},
		},
	}}
	if s := score(marked, marked); s.mentions.f1() != 1 || s.linking != 1 || s.header.f1() != 1 || s.text.f1() != 1 {
		t.Errorf("the marks against themselves: %+v", s)
	}
	// Another name for the entity, one mention missing, two people taken for one,
	// a finer date, a wrong agency; a cable that is not marked.
	found := []extraction{{
		Cable: "07LIMA1",
		Mentions: []mention{
			{Start: 0, End: 4, Type: "person", Entity: "person:a"},
			{Start: 20, End: 24, Type: "person", Entity: "person:a"},
			{Start: 30, End: 34, Type: "person", Entity: "person:a"},
		},
		Relations: []relation{
			{Type: "arrested", Args: map[string]any{"person": "person:a", "by": "agency:x", "date": "2007-05-03"}},
			{Type: "references", Args: map[string]any{"document": "cable:07LIMA1", "referenced": []any{"cable:06LIMA9", "cable:06LIMA8"}}},
		},
	}, {
		Cable:    "07LIMA2", // not marked
		Mentions: []mention{{Start: 0, End: 4, Type: "person", Entity: "person:a"}},
	}}
	s := score(marked, found)
	if want := (figure{3, 3, 4}); s.mentions != want {
		t.Errorf("mentions %v, want %v", s.mentions, want)
	}
	if p, r := 5.0/9, 3.0/4; math.Abs(s.linking-2*p*r/(p+r)) > 1e-9 {
		t.Errorf("linking %v, want %v", s.linking, 2*p*r/(p+r))
	}
	if want := (figure{1, 2, 1}); s.header != want {
		t.Errorf("header %v, want %v", s.header, want)
	}
	if want := (figure{1, 2, 2}); s.text != want {
		t.Errorf("text %v, want %v", s.text, want)
	}
}
