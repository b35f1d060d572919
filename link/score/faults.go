package score

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cablegraph/vocab"
)

// Sort is a sort of faults.
type Sort string

// The sorts of faults.
const (
	WrongSpan     Sort = "wrong span"     // a mention of the right type that begins or ends elsewhere
	WrongType     Sort = "wrong type"     // a mention of another type than the mark that it overlaps
	ExtraMention  Sort = "extra mention"  // where nothing is marked
	MissedMention Sort = "missed mention" // where nothing is found
	Merged        Sort = "merged"         // one entity found where several are marked
	Split         Sort = "split"          // several entities found where one is marked
	WrongFact     Sort = "wrong fact"     //
	MissedFact    Sort = "missed fact"    //
)

// Sorts lists the sorts of faults in the order of reports.
var Sorts = [...]Sort{WrongSpan, WrongType, ExtraMention, MissedMention, Merged, Split, WrongFact, MissedFact}

// Fault is something that was read wrongly. Mentions that are wrong in the
// same way are one fault.
type Fault struct {
	Sort       Sort
	Type       string // of the mention or relation as found, of what is missed as marked
	Count      int    // occurrences; of merged and split entities the mentions outside of the largest part
	Cable      string // of the first occurrence; "" for merged and split entities
	Span       Span   // of the first occurrence; of a fact its evidence
	Marked     Span   // of a mention that overlaps a mark: the mark
	As         string // the type that is marked there
	Text       string // of a mention its words, of an entity its name and its parts, of a fact its subject, role and value
	MarkedText string // the words that are marked
	Rule       string // that made the fact
}

// mentionFaults tells wrong boundaries and types from mentions that are out of
// place altogether.
func (r *Report) mentionFaults(m *mentions, marked, found index) {
	paired := map[place]bool{} // marks that a wrong mention overlaps
	for _, p := range slices.SortedFunc(maps.Keys(m.found), place.compare) {
		if _, ok := m.marked[p]; ok {
			continue
		}
		f := Fault{Sort: ExtraMention, Type: p.kind, Count: 1, Cable: p.cable, Span: p.Span}
		for _, kind := range kindsFrom(p.kind) {
			other := p
			other.kind = kind
			i := slices.IndexFunc(marked.over(other), func(q place) bool { _, hit := m.found[q]; return !hit && !paired[q] })
			if i < 0 {
				continue
			}
			mark := marked.over(other)[i]
			paired[mark] = true
			f.Sort, f.As, f.Marked = WrongType, kind, mark.Span
			if kind == p.kind {
				f.Sort = WrongSpan
			}
			break
		}
		r.faults = append(r.faults, f)
	}
	for _, p := range slices.SortedFunc(maps.Keys(m.marked), place.compare) {
		if _, ok := m.found[p]; !ok && !paired[p] {
			r.faults = append(r.faults, Fault{Sort: MissedMention, Type: p.kind, Count: 1, Cable: p.cable, Span: p.Span})
		}
	}
}

// kindsFrom lists all kinds of mentions, one of them first.
func kindsFrom(first string) []string {
	all := []string{first}
	for _, k := range vocab.Kinds {
		if k.String() != first {
			all = append(all, k.String())
		}
	}
	return all
}

// linkFaults finds the entities that are several, given how many mentions a
// found and a marked entity share.
func (r *Report) linkFaults(both map[[2]string]int) {
	for side, sort := range []Sort{Merged, Split} {
		parts := map[string][][2]string{}
		for pair := range both {
			parts[pair[side]] = append(parts[pair[side]], pair)
		}
		for entity, pairs := range parts {
			if len(pairs) == 1 {
				continue
			}
			slices.SortFunc(pairs, func(a, b [2]string) int {
				return cmp.Or(cmp.Compare(both[b], both[a]), cmp.Compare(a[1-side], b[1-side]))
			})
			f := Fault{Sort: sort, Text: entity + " ="}
			for i, pair := range pairs {
				if i > 0 {
					f.Count += both[pair]
				}
				f.Text += fmt.Sprintf(" %s (%d)", pair[1-side], both[pair])
			}
			f.Type, _, _ = strings.Cut(strings.Replace(entity, "/", ":", 1), ":")
			r.faults = append(r.faults, f)
		}
	}
}

func (r *Report) factFault(sort Sort, cable string, f fact, relation *Relation) {
	text := f.subject.text
	if f.role != "" {
		text += " " + f.role + "=" + f.object.text
	}
	if f.negated {
		text += " (negated)"
	}
	r.faults = append(r.faults, Fault{Sort: sort, Type: f.kind, Count: 1, Cable: cable, Span: relation.Evidence, Text: text, Rule: relation.Rule})
}

// Worst returns the faults, at most n of each sort, worst first: mentions by
// how often the same words are read wrongly in the same way, entities by how
// many mentions are astray, facts by how many faults their type has. Of
// mentions that are wrong in the same way only the first is returned. text
// gives the words at a place of a cable, or "".
func (r *Report) Worst(n int, text func(cable string, s Span) string) []Fault {
	type likeness struct {
		sort           Sort
		kind, as, text string
	}
	at := map[likeness]int{}
	perType := map[likeness]int{}
	var all []Fault
	for _, f := range r.faults {
		switch f.Sort {
		case WrongSpan, WrongType, ExtraMention, MissedMention:
			f.Text = text(f.Cable, f.Span)
			if f.As != "" {
				f.MarkedText = text(f.Cable, f.Marked)
			}
			if f.Text != "" {
				k := likeness{f.Sort, f.Type, f.As, fold(f.Text)}
				if i, ok := at[k]; ok {
					all[i].Count++
					continue
				}
				at[k] = len(all)
			}
		case WrongFact, MissedFact:
			perType[likeness{sort: f.Sort, kind: f.Type}]++
		}
		all = append(all, f)
	}
	weight := func(f Fault) int { return max(f.Count, perType[likeness{sort: f.Sort, kind: f.Type}]) }
	slices.SortStableFunc(all, func(a, b Fault) int {
		return cmp.Or(
			cmp.Compare(slices.Index(Sorts[:], a.Sort), slices.Index(Sorts[:], b.Sort)),
			cmp.Compare(weight(b), weight(a)), cmp.Compare(a.Type, b.Type))
	})
	shown := map[Sort]int{}
	return slices.DeleteFunc(all, func(f Fault) bool {
		shown[f.Sort]++
		return shown[f.Sort] > n
	})
}

// order puts faults in the order of their places, those without one by what
// they say.
func (f Fault) order(g Fault) int {
	return cmp.Or(
		cmp.Compare(f.Cable, g.Cable), cmp.Compare(f.Span.Start, g.Span.Start), cmp.Compare(f.Span.End, g.Span.End),
		cmp.Compare(f.Type, g.Type), cmp.Compare(f.Text, g.Text), cmp.Compare(f.Sort, g.Sort))
}

// statusOf returns the status of a relation, which is asserted where none is given.
func statusOf(r *Relation) string {
	if r.Status == "" {
		return vocab.Asserted.String()
	}
	return r.Status
}
