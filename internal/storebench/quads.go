// Package storebench makes a synthetic graph of any size and questions about
// it, to compare stores by: the same quads, the same questions, the same
// answers, other times.
//
// The graph has the shape of one made of cables, 25 quads a cable, and names
// nobody. What is mentioned again is drawn by the law of Zipf and Mandelbrot:
// the entity of rank x with a probability in proportion to 1/(x+q), so that a
// few are in every tenth cable and most in one. A cable is a function of the
// seed and its number alone; a graph is the beginning of every larger one.
package storebench

import (
	"iter"
	"math"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/cayleygraph/quad"
)

// PerCable is the number of quads of a cable.
const PerCable = 25

// Graph is a synthetic graph. No two of its quads are the same, though some
// triples stand under more than one label.
type Graph struct {
	Seed  uint64
	Quads int
}

// All yields the quads, cable by cable, in no order that a store would sort by.
func (g Graph) All() iter.Seq[quad.Quad] {
	return func(yield func(quad.Quad) bool) {
		source := rand.NewPCG(0, 0)
		buf := make([]quad.Quad, 0, PerCable)
		for i, left := 0, g.Quads; left > 0; i++ {
			buf = newCable(source, g.Seed, i).appendQuads(buf[:0])
			for _, q := range buf[:min(left, PerCable)] {
				if !yield(q) {
					return
				}
			}
			left -= PerCable
		}
	}
}

// WithErrors yields what All does, as loaders want it.
func (g Graph) WithErrors() iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for q := range g.All() {
			if !yield(q, nil) {
				return
			}
		}
	}
}

// cables returns the number of whole cables.
func (g Graph) cables() int { return g.Quads / PerCable }

// The kinds of entities whose number does not grow with the graph.
const (
	agencies = 2000
	states   = 200
	laws     = 3000
)

// A cable is what one cable says, entities by their numbers. It introduces two
// persons, the first of persons.
type cable struct {
	number         int
	day            int // since 1973
	topic          int
	from           int    // agency
	to             [2]int // agencies
	classification int
	pages          int
	persons        [5]int
	states         [3]int
	law            int    // or, in every other cable, the case
	posting        [2]int // a word of postings and an agency, of persons[0]
	tie            int    // a word of ties, from persons[2] to persons[1]
	dealing        [2]int // a word of dealings and an agency, with states[0]
}

func newCable(source *rand.PCG, seed uint64, i int) cable {
	source.Seed(seed, uint64(i))
	r := rand.New(source)
	c := cable{
		number:         i,
		day:            r.IntN(38 * 365),
		topic:          r.IntN(len(topics)),
		from:           zipf(r, agencies, 10),
		classification: r.IntN(len(classifications)),
		pages:          1 + r.IntN(20),
		law:            r.IntN(laws),
		posting:        [2]int{r.IntN(len(postings)), zipf(r, agencies, 10)},
		tie:            r.IntN(len(ties)),
		dealing:        [2]int{r.IntN(len(dealings)), zipf(r, agencies, 10)},
	}
	if i%2 == 1 {
		c.law = r.IntN(i/4 + 1)
	}
	distinct(c.to[:], 0, func() int { return zipf(r, agencies, 10) })
	distinct(c.states[:], 0, func() int { return zipf(r, states, 10) })
	c.persons[0], c.persons[1] = 2*i, 2*i+1
	known := 2*i + 64 // a few are mentioned before they are introduced
	distinct(c.persons[:], 2, func() int { return zipf(r, known, 50) })
	return c
}

// zipf draws a rank below n by inverting the integral of 1/(x+q).
func zipf(r *rand.Rand, n int, q float64) int {
	x := int(q * (math.Pow(1+float64(n)/q, r.Float64()) - 1))
	return min(x, n-1)
}

// distinct draws the values from place from on, each unlike those before it.
func distinct(values []int, from int, draw func() int) {
	for i := from; i < len(values); i++ {
	again:
		values[i] = draw()
		for _, v := range values[:i] {
			if v == values[i] {
				goto again
			}
		}
	}
}

// The IRIs, as in vocab. Labels are paragraphs; 0 is the header.
const (
	typ   = quad.IRI("rdf:type")
	name  = quad.IRI("cg:name")
	names = quad.IRI("cg:names")
)

func (c cable) iri() quad.IRI {
	b := append(make([]byte, 0, 32), "cable:"...)
	b = strconv.AppendInt(b, int64(c.number%27+73), 10)
	b = append(b, posts[c.number/27%len(posts)]...)
	return quad.IRI(strconv.AppendInt(b, int64(c.number), 10))
}

func (c cable) paragraph(n int) quad.IRI {
	return c.iri() + quad.IRI("/") + quad.IRI(strconv.Itoa(n))
}

func (c cable) sent() quad.String {
	day := time.Date(1973, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, c.day)
	return quad.String(day.Format(time.DateOnly))
}

// personNames returns the parts of a person's name; with the number, it is the
// name of one person only.
func personNames(i int) (given, sur string) {
	return givenNames[i%len(givenNames)], surnames[i/len(givenNames)%len(surnames)]
}

func personName(i int) quad.String {
	given, sur := personNames(i)
	return quad.String(given + " " + sur + " " + strconv.Itoa(i))
}

func personIRI(i int) quad.IRI {
	given, sur := personNames(i)
	b := append(make([]byte, 0, 40), "person:"...)
	b = append(append(append(b, given...), '-'), sur...)
	for j := len("person:"); j < len(b); j++ {
		b[j] |= 0x20 // '-' stays as it is
	}
	return quad.IRI(strconv.AppendInt(append(b, '-'), int64(i), 10))
}

func agencyIRI(i int) quad.IRI { return quad.IRI("agency:office-" + strconv.Itoa(i)) }
func stateIRI(i int) quad.IRI  { return quad.IRI("state:s" + strconv.Itoa(i)) }
func lawIRI(i int) quad.IRI    { return quad.IRI("law:act-" + strconv.Itoa(i)) }
func caseIRI(i int) quad.IRI   { return quad.IRI("case:c" + strconv.Itoa(i)) }

// appendQuads appends the PerCable quads of c.
func (c cable) appendQuads(dst []quad.Quad) []quad.Quad {
	var label quad.Value
	add := func(s quad.Value, p quad.IRI, o quad.Value) {
		dst = append(dst, quad.Quad{Subject: s, Predicate: p, Object: o, Label: label})
	}
	var p [5]quad.Value
	for i, n := range c.persons {
		p[i] = personIRI(n)
	}
	var s [3]quad.Value
	for i, n := range c.states {
		s[i] = stateIRI(n)
	}
	var self quad.Value = c.iri()

	label = c.paragraph(0)
	add(self, typ, quad.IRI("cg:Cable"))
	add(self, "cg:sent", c.sent())
	add(self, "cg:subjectLine", quad.String("TALKS ON "+topics[c.topic]+", REPORT "+strconv.Itoa(c.number)))
	add(self, "cg:from", agencyIRI(c.from))
	add(self, "cg:to", agencyIRI(c.to[0]))
	add(self, "cg:to", agencyIRI(c.to[1]))
	add(self, "cg:classification", classifications[c.classification])
	add(self, "cg:pages", quad.Int(c.pages))

	label = names
	for i := range 2 {
		add(p[i], typ, quad.IRI("cg:Person"))
		add(p[i], name, personName(c.persons[i]))
	}

	label = c.paragraph(1)
	for i := range 3 {
		add(self, "cg:mentionsPerson", p[i])
	}
	add(self, "cg:mentionsState", s[0])
	add(p[0], postings[c.posting[0]], agencyIRI(c.posting[1]))

	label = c.paragraph(2)
	add(self, "cg:mentionsPerson", p[3])
	add(self, "cg:mentionsState", s[1])
	add(p[2], ties[c.tie], p[1])
	add(p[0], "cg:reportsTo", personIRI(2*(c.number/3))) // a tree; the first reports to itself

	label = c.paragraph(3)
	add(self, "cg:mentionsPerson", p[4])
	add(self, "cg:mentionsState", s[2])
	if c.number%2 == 0 {
		add(self, "cg:mentionsLaw", lawIRI(c.law))
	} else {
		add(self, "cg:mentionsCase", caseIRI(c.law))
	}
	add(agencyIRI(c.dealing[1]), dealings[c.dealing[0]], s[0])
	return dst
}

var (
	givenNames = []string{
		"Adela", "Bertil", "Corina", "Damaso", "Edda", "Fausto", "Gudrun", "Hilario", "Ines", "Jorma",
		"Katalin", "Lucio", "Mirela", "Nestor", "Oona", "Placido", "Quirina", "Ruben", "Signe", "Tadeo",
	}
	surnames = []string{
		"Abrantes", "Brandvold", "Cazares", "Dolinar", "Eskelund", "Fonoti", "Gorriti", "Halvari",
		"Ibarrola", "Jakubek", "Kolvig", "Lindoro", "Mavrik", "Nakpil", "Ostrava", "Pellerano",
		"Quiroga", "Rautio", "Sandoval", "Tamayo", "Urrutia", "Valkama", "Wirsen", "Yanez", "Zubiri",
	}
	posts  = []string{"LIMA", "OSLO", "QUITO", "DAKAR", "HANOI", "MINSK", "RABAT", "SOFIA", "TUNIS", "VADUZ"}
	topics = []string{
		"FISHERIES", "CIVIL AVIATION", "LAND REFORM", "GRAIN SALES", "PORT SECURITY", "DEBT RELIEF",
		"BORDER CROSSINGS", "FLOOD RELIEF", "TELECOMMUNICATIONS", "MARITIME BOUNDARIES",
	}
	classifications = []quad.String{"UNCLASSIFIED", "LIMITED OFFICIAL USE", "CONFIDENTIAL", "SECRET"}

	// What ties a person to an agency, a person to another, an agency to a state.
	postings = predicates("heads", "advises", "memberOf", "holdsRoleAt", "arrestedBy", "chargedBy", "sentencedBy",
		"trainedBy", "fundedBy", "appointedBy", "detainedBy", "identifiedBy", "assistedBy", "leftOffice")
	ties = predicates("met", "advisedPerson", "succeeded", "praised", "criticised", "accused", "hosted", "employed",
		"defended", "briefed", "escorted", "congratulated", "warned", "interviewed", "sponsored", "married",
		"taught", "denounced", "pardoned", "knows")
	dealings = predicates("locatedIn", "operatesIn", "agreedWith", "issuedVisasFor", "funded", "trainedPoliceOf",
		"inspected", "sanctioned", "negotiatedWith", "borrowedFrom", "exportedTo", "suspendedAidTo")
)

func predicates(words ...string) []quad.IRI {
	iris := make([]quad.IRI, len(words))
	for i, w := range words {
		iris[i] = quad.IRI("cg:" + w)
	}
	return iris
}
