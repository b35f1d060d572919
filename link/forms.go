package link

import (
	"strings"
	"time"

	"cablegraph/entity"
	"cablegraph/vocab"
)

// trainee is a person of a list of trainees, whose entries are lines of a form:
// "Rank/Name: CAPT ANA PRADO", "Course: NAVIGATION", "Start Date: 2/22/2010",
// "End Date: 3/12/2010".
type trainee struct {
	person, from int // a mention, and the token where its line begins
	course       string
	fact         int // of r.out, where the end of the course may be added; 0 without
}

var hName, hCourse, hDay = wordHash("name"), wordHash("course"), wordHash("date")

// form reads a sentence that is a line of such a list. The entry stands for
// training that is planned: who is vetted is trained afterwards.
func (r *reader) form(at entity.Sentence) {
	tokens := r.d.Tokens
	for i := at.First; i < at.Last && i < at.First+4; i++ {
		if tokens[i].Lower != hColon || i == at.First {
			continue
		}
		value := i + 1
		if value == at.Last {
			return
		}
		switch label := tokens[i-1].Lower; label {
		case hName:
			r.trainee = trainee{person: -1}
			for k := value; k < at.Last; k++ {
				if m := tokens[k].Mention; m >= 0 && r.d.Mentions[m].Kind == vocab.Person {
					r.trainee = trainee{person: int(m), from: at.First}
					break
				}
			}
		case hCourse:
			r.trainee.course = r.d.Text(value, at.Last)
		case hDay:
			t := &r.trainee
			day, err := time.Parse("1/2/2006", strings.Trim(r.d.Text(value, at.Last), " ."))
			if err != nil || t.person < 0 || t.course == "" {
				return
			}
			switch date := day.Format(time.DateOnly); {
			case tokens[at.First].Lower == hStart:
				r.add(Relation{
					Type: "trained", Rule: "form.course", Score: 0.9, Status: vocab.Planned,
					Args: []Arg{{"trainee", t.person, ""}, {"date", -1, date}, {"topic", -1, t.course}},
					Para: r.d.Cable.Blocks[at.Block].Para, Evidence: r.d.Span(t.from, at.Last),
				})
				t.fact = len(r.out)
			case tokens[at.First].Lower == hEnd && t.fact == len(r.out) && t.fact > 0:
				f := &r.out[t.fact-1]
				f.Args[1].Value += "/" + date
				f.Evidence = r.d.Span(t.from, at.Last)
			}
		}
		return
	}
}
