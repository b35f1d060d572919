package synthetic

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// departmentName is how the Department calls itself in telegrams.
const departmentName = "SECSTATE WASHDC"

// A class is a classification as telegrams write it.
type class struct{ name, line, marking, order string }

var (
	unclassified = class{"UNCLASSIFIED", "UNCLAS", "U", "N/A"}
	official     = class{"UNCLASSIFIED//FOR OFFICIAL USE ONLY", "UNCLAS", "SBU", "N/A"}
	confidential = class{"CONFIDENTIAL", "C O N F I D E N T I A L", "C", "DECL: 01/01/2020"}
)

// origin returns the post's name in telegrams and that of the source of its cables.
func (c *Collection) origin(post int) (telegraphic, label string) {
	if post < 0 {
		return "STATE", "Secretary of State"
	}
	return c.countries[post].post, "Embassy " + c.countries[post].city
}

// cableID returns the canonical id of a cable.
func cableID(sent time.Time, post string, number int) string {
	return sent.Format("06") + strings.ReplaceAll(post, " ", "") + strconv.Itoa(number)
}

// A writer makes one cable.
type writer struct {
	*Collection
	rng          *rand.Rand
	i            int
	post         int // its place in countries, -1 for the Department
	country      int // of which it speaks
	number       int
	sent         time.Time
	class        class
	topic        *topic
	marked       bool // paragraphs bear markings
	header, body []byte

	people, agencies, orgs, acts, places, others []name // that it has named
}

func newWriter(c *Collection, i int) *writer {
	w := &writer{Collection: c, rng: c.random(i), i: i, post: c.post(i), number: c.number(i), sent: c.sent(i)}
	if w.country = w.post; w.post < 0 {
		w.country = c.country(w.rng.Float64())
	}
	switch u := w.rng.Float64(); {
	case u < 0.40:
		w.class = confidential
	case u < 0.70:
		w.class = official
	default:
		w.class = unclassified
	}
	w.marked = w.rng.Float64() < 0.72
	u := w.rng.Float64()
	for k := range c.topics {
		w.topic = &c.topics[k]
		if u -= w.topic.share; u < 0 {
			break
		}
	}
	return w
}

// compose writes header and body.
func (w *writer) compose() {
	if w.rng.Float64() < 0.12 {
		w.header = append(w.header, "This record is a partial extract of the original cable. The full text of the original cable is not available."...)
	} else {
		w.writeHeader()
	}
	w.writeFront()
	n := int(w.count(paragraphs))
	for k := range max(n, 1) {
		w.writeParagraph(k + 1)
	}
	if w.rng.Float64() < 0.95 {
		// who signs at a post stays for three years
		chief := mix(w.seed, 'S', uint64(w.post+1), uint64(w.sent.Year()/3))
		w.body = append(w.body, strings.ToUpper(surname(w.post+1000, chief%500))...)
		w.body = append(w.body, '\n')
	}
}

func (w *writer) count(s spread) float64 { return s.at(w.rng.Float64()) }

func (w *writer) pick(slot string) string {
	words := w.words[slot]
	return words[w.rng.IntN(len(words))]
}

// writeHeader writes the lines up to the addressees.
func (w *writer) writeHeader() {
	post, routing, from := "STATE", "RUEHC", departmentName
	if w.post >= 0 {
		c := &w.countries[w.post]
		post, routing, from = c.post, c.routing, "AMEMBASSY "+c.post
	}
	precedence := [...]string{"R", "P", "O"}[w.rng.IntN(3)]
	w.header = fmt.Appendf(w.header, "VZCZCXYZ%04d\n%s%s RUEHWEB\n\nDE %s #%04d %s\nZNR UUUUU ZZH\n%s %s\nFM %s\n",
		w.rng.IntN(10000), precedence, precedence, routing, w.number%10000, w.sent.Format("0021504"),
		precedence, strings.ToUpper(w.sent.Format("021504Z Jan 06")), from)
	to := int(w.count(addressees))
	for k := range to {
		lead := "TO "
		if k > 0 {
			lead = ""
		}
		if k == 0 && post != "STATE" {
			w.header = fmt.Appendf(w.header, "TO RUEHC/%s PRIORITY %04d\n", departmentName, w.rng.IntN(10000))
		} else {
			w.address(lead)
		}
	}
	lead := "INFO "
	for range int(w.count(informed)) {
		if w.rng.IntN(2) == 0 {
			w.header = fmt.Appendf(w.header, "%s%s\n", lead, w.pick("watcher"))
		} else {
			w.address(lead)
		}
		lead = ""
	}
}

// address writes a line with an embassy as the addressee.
func (w *writer) address(lead string) {
	c := &w.countries[w.Collection.country(w.rng.Float64())]
	w.header = fmt.Appendf(w.header, "%s%s/AMEMBASSY %s %04d\n", lead, c.routing, c.post, w.rng.IntN(10000))
}

// writeFront writes the lines from the classification to the references.
func (w *writer) writeFront() {
	post, _ := w.origin(w.post)
	w.body = fmt.Appendf(w.body, "%s %s %06d \n \nSIPDIS \n \n", w.class.line, post, w.number)
	if w.class == official {
		w.body = append(w.body, "SENSITIVE \n \n"...)
	}
	if n := int(w.count(offices)); n > 0 {
		w.body = append(w.body, "STATE FOR "...)
		for k := range n {
			if k > 0 {
				w.body = append(w.body, ", "...)
			}
			w.body = append(w.body, w.pick("office")...)
		}
		w.body = append(w.body, " \n \n"...)
	}
	w.body = fmt.Appendf(w.body, "E.O. 12958: %s \nTAGS: ", w.class.order)
	for k, tag := range w.topic.tags {
		if k < 2 || w.rng.IntN(2) == 0 {
			w.body = append(append(w.body, tag...), ", "...)
		}
	}
	c := &w.countries[w.country]
	w.body = fmt.Appendf(w.body, "%s \nSUBJECT: %s: %s %s AND THE %s OF %s \n \n", c.tag, strings.ToUpper(c.name),
		strings.ToUpper(w.pick("adjective")), strings.ToUpper(w.pick("noun")), strings.ToUpper(w.pick("noun")), strings.ToUpper(w.pick("topic")))
	if n := int(w.count(references)); n > 0 {
		for k := range n {
			lead := "     "
			if k == 0 {
				lead = "REF: "
			}
			w.body = fmt.Appendf(w.body, "%s%c. %s \n", lead, 'A'+k, w.reference())
		}
		w.body = append(w.body, " \n"...)
	}
}

// reference returns an earlier cable, as a rule of the same post and a short
// time ago, or one that is not in the collection.
func (w *writer) reference() string {
	i := w.i
	for range 12 {
		if w.i == 0 {
			break
		}
		i = w.i - 1 - int(float64(w.i)*math.Pow(w.rng.Float64(), 4)/4)
		if w.Collection.post(i) == w.post {
			break
		}
	}
	post, _ := w.origin(w.Collection.post(i))
	number := w.Collection.number(i)
	if w.rng.Float64() < 0.35 {
		number += 500_000 // not in the collection
	}
	return fmt.Sprintf("%s %s %d", w.Collection.sent(i).Format("06"), post, number)
}

// writeParagraph writes paragraph n.
func (w *writer) writeParagraph(n int) {
	w.body = append(w.body, "¶"...)
	w.body = strconv.AppendInt(w.body, int64(n), 10)
	w.body = append(w.body, ". "...)
	if w.marked {
		w.body = append(append(append(w.body, '('), w.class.marking...), ") "...)
	}
	start, length := len(w.body), int(w.count(paragraphText))
	for k := 0; k == 0 || len(w.body)-start+60 < length; k++ {
		if k > 0 {
			w.body = append(w.body, ' ')
		}
		w.writeSentence()
	}
	w.body = append(w.body, " \n \n"...)
}

// writeSentence writes a sentence of the topic.
func (w *writer) writeSentence() {
	s := w.topic.draw(w.rng.Float64())
	start := len(w.body)
	for _, p := range s.pieces {
		if p.slot == 0 {
			w.body = append(w.body, p.text...)
		} else {
			w.fill(p.slot)
		}
	}
	if c := w.body[start]; c >= 'a' && c <= 'z' {
		w.body[start] -= 'a' - 'A'
	}
}

// fill writes what a slot asks for.
func (w *writer) fill(slot byte) {
	r := w.rng
	switch slot {
	case 'P':
		w.fillPerson()
	case 'R':
		// who is president stays so for five years
		w.text(w.person(w.country, uint64(w.sent.Year()/5)%4).full)
	case 'A':
		w.named(&w.agencies, bodies, w.agency)
	case 'O':
		w.named(&w.orgs, organizations, w.organization)
	case 'L':
		w.named(&w.acts, laws, w.law)
	case 'C':
		w.named(&w.places, towns, w.town)
	case 'U':
		w.text(w.pick("body"))
	case 'S':
		w.text(w.countries[w.country].name)
	case 'T':
		if len(w.others) == 0 || r.Float64() < 0.2 {
			w.others = append(w.others, name{full: w.countries[w.Collection.country(r.Float64())].name})
		}
		w.text(w.others[r.IntN(len(w.others))].full)
	case 'D':
		w.text(w.countries[w.country].people)
	case 'N':
		w.text(w.pick("topic"))
	case 'F':
		w.text(surname(w.country, r.Uint64N(5000)))
	case 'd':
		w.text(w.sent.AddDate(0, 0, -r.IntN(400)).Format("January 2, 2006"))
	case 'y':
		w.body = strconv.AppendInt(w.body, int64(w.sent.Year()-r.IntN(4)), 10)
	case 'n':
		w.body = strconv.AppendInt(w.body, int64(2+math.Exp(r.Float64()*5)), 10)
	case 'm':
		w.body = fmt.Appendf(w.body, "$%d million", 1+r.IntN(200))
	case 't':
		w.body = fmt.Appendf(w.body, "%d years", 2+r.IntN(24))
	case 'x':
		w.text(w.pick("offence"))
	case 'j':
		w.text(w.pick("adjective"))
	case 'k':
		w.text(w.pick("noun"))
	case 'v':
		w.text(w.pick("verb"))
	case 'w':
		w.text(w.pick("adverb"))
	}
}

func (w *writer) text(s string) { w.body = append(w.body, s...) }

// again reports whether a cable that has named some names one of them again,
// and which: the earlier the more often.
func (w *writer) again(met []name, p pool) (name, bool) {
	if len(met) == 0 || w.rng.Float64() < p.fresh {
		return name{}, false
	}
	u := w.rng.Float64()
	return met[int(u*u*float64(len(met)))], true
}

// named writes something that the cable has named before, or something new,
// which is introduced with its acronym.
func (w *writer) named(met *[]name, p pool, of func(country int, rank uint64) name) {
	if n, ok := w.again(*met, p); ok {
		if n.short != "" {
			w.text(n.short)
		} else {
			w.text(n.full)
		}
		return
	}
	n := of(w.country, p.rank(w.rng.Float64()))
	*met = append(*met, n)
	w.text(n.full)
	if n.short != "" {
		w.text(" (" + n.short + ")")
	}
}

// fillPerson writes a person: introduced by title or description where the cable
// has not named him, by family name else.
func (w *writer) fillPerson() {
	if n, ok := w.again(w.people, persons); ok {
		w.text(n.short)
		return
	}
	n := w.person(w.country, persons.rank(w.rng.Float64()))
	w.people = append(w.people, n)
	switch u := w.rng.Float64(); {
	case u < 0.30:
		w.text(w.pick("title") + " ")
	case u < 0.40:
		w.text(w.countries[w.country].people + " " + w.pick("title") + " ")
	case u < 0.48:
		w.text(w.pick("trade") + " ")
	}
	w.text(n.full)
}
