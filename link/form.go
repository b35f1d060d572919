package link

import (
	"strings"

	"cablegraph/entity"
	"cablegraph/vocab"
)

// forms writes what forms say of people: where they serve and as what, where
// they were born, and what they are to be trained in.
func (r *reader) forms() {
	for _, f := range r.d.Forms {
		r.form(f)
	}
}

func (r *reader) form(form entity.Form) {
	person, unit, birth := -1, -1, -1
	rank, course := "", ""
	var days date
	first, last := form[0].First, form[0].Last
	for _, x := range form {
		first, last = min(first, x.First), max(last, x.Last)
		if x.Last <= x.First {
			continue
		}
		switch m := int(r.d.Tokens[x.First].Mention); x.Kind {
		case entity.FieldName:
			person = m
		case entity.FieldUnit:
			unit = m
		case entity.FieldBirthplace:
			birth = m
		case entity.FieldRank:
			rank = strings.Join(strings.Fields(r.d.Text(x.First, x.Last)), " ")
		case entity.FieldCourse:
			course = strings.Join(strings.Fields(r.d.Text(x.First, x.Last)), " ")
		case entity.FieldStart:
			_, days = r.s.dates.at(x.First)
		case entity.FieldEnd:
			if _, d := r.s.dates.at(x.First); !d.from.zero() && !days.from.zero() {
				days.to = d.from
			}
		}
	}
	if person < 0 {
		return
	}
	who := r.d.Mentions[person].First
	para := r.d.Cable.Blocks[r.blockOf(who)].Para
	add := func(relation string, from, to int, status vocab.Status, args ...Arg) {
		r.add(Relation{Type: relation, Args: args, Status: status, Para: para, Evidence: r.d.Span(from, to), Rule: "form." + relation, Score: 0.95})
	}
	if unit >= 0 {
		u := &r.d.Mentions[unit]
		from, to := min(who, u.First), max(r.d.Mentions[person].Last, u.Last)
		add("memberOf", from, to, vocab.Asserted, Arg{"person", person, ""}, Arg{"organization", unit, ""})
		if rank != "" {
			add("holdsRole", from, to, vocab.Asserted, Arg{"person", person, ""}, Arg{"body", unit, ""}, Arg{"role", -1, rank})
		}
	}
	if birth >= 0 && birth+1 < len(r.d.Mentions) {
		place, state := &r.d.Mentions[birth], &r.d.Mentions[birth+1]
		if place.Kind == vocab.Place && state.Kind == vocab.State && state.First == place.Last+1 {
			add("locatedIn", place.First, state.Last, vocab.Asserted, Arg{"place", birth, ""}, Arg{"in", birth + 1, ""})
		}
	}
	if course != "" {
		args := []Arg{{"trainee", person, ""}}
		if !days.from.zero() {
			args = append(args, Arg{"date", -1, days.String()})
		}
		add("trained", first, last, vocab.Planned, append(args, Arg{"topic", -1, course})...)
	}
}
