package storebench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/cayley/query/graphql"
	"github.com/cayleygraph/quad"
)

// Query is a kind of question.
type Query struct {
	Name string
	// NotInMemory tells that Cayley's memory store gives another answer than
	// the others: asked for the number of nodes, it counts quads too.
	NotInMemory bool

	make func(d draw) Question
}

// Question is a query about something that is in the graph.
type Question struct {
	Text     string
	Language string // of Text, as Cayley names it
	Limit    int    // rows; -1 for all
	// Full asks for all rows where Text asks for any few of them: those may
	// be others in another store.
	Full string
	// SPARQL asks the same of a store of RDF, where that can be said.
	SPARQL string
}

// Fixed returns a query that is always the same question.
func Fixed(name string, q Question) Query {
	return Query{name, false, func(draw) Question { return q }}
}

// Ask returns the question of number k, always the same for one graph. The
// graph must have a whole cable.
func (q Query) Ask(g Graph, k int) Question {
	d := draw{g, rand.New(rand.NewPCG(g.Seed+1, uint64(k)))}
	question := q.make(d)
	if question.Language == "" {
		question.Language = gizmo.Name
	}
	if question.Limit == 0 {
		question.Limit = -1
	}
	if question.Full == "" {
		question.Full = question.Text
	}
	return question
}

// draw draws what is asked for.
type draw struct {
	g Graph
	*rand.Rand
}

func (d draw) cable() cable { return newCable(rand.NewPCG(0, 0), d.g.Seed, d.IntN(d.g.cables())) }

// person returns any person with a name; most are in one cable or two.
func (d draw) person() int { return d.cable().persons[d.IntN(2)] }

// ref returns v as Gizmo has it.
func ref(v quad.Value) string {
	if s, ok := v.(quad.String); ok {
		return fmt.Sprintf("%q", string(s))
	}
	return fmt.Sprintf("%q", v.String())
}

// Queries returns the kinds of questions, from the point query to those that
// look at everything.
func Queries() []Query {
	return []Query{
		{"Out(p)", false, func(d draw) Question {
			p := personIRI(d.person())
			return Question{
				Text:   fmt.Sprintf(`g.V(%s).Out("<cg:name>").All()`, ref(p)),
				SPARQL: fmt.Sprintf(`SELECT ?o { GRAPH ?g { %s <cg:name> ?o } }`, p),
			}
		}},
		{"Out()", false, func(d draw) Question {
			c := d.cable().iri()
			return Question{
				Text:   fmt.Sprintf(`g.V(%s).Out().All()`, ref(c)),
				SPARQL: fmt.Sprintf(`SELECT ?o { GRAPH ?g { %s ?p ?o } }`, c),
			}
		}},
		{"Out() with predicates", false, func(d draw) Question {
			c := d.cable().iri()
			return Question{
				Text:   fmt.Sprintf(`g.V(%s).Out(null, "pred").All()`, ref(c)),
				SPARQL: fmt.Sprintf(`SELECT ?p ?o { GRAPH ?g { %s ?p ?o } }`, c),
			}
		}},
		{"Out(p).Out(q)", false, func(d draw) Question {
			c := d.cable().iri()
			return Question{
				Text:   fmt.Sprintf(`g.V(%s).Out("<cg:mentionsPerson>").Out("<cg:name>").All()`, ref(c)),
				SPARQL: fmt.Sprintf(`SELECT ?n { GRAPH ?g { %s <cg:mentionsPerson> ?p } GRAPH ?h { ?p <cg:name> ?n } }`, c),
			}
		}},
		{"In(p), a rare person", false, func(d draw) Question {
			p := personIRI(d.person())
			return Question{
				Text:   fmt.Sprintf(`g.V(%s).In("<cg:mentionsPerson>").All()`, ref(p)),
				SPARQL: fmt.Sprintf(`SELECT ?c { GRAPH ?g { ?c <cg:mentionsPerson> %s } }`, p),
			}
		}},
		{"In(p), a frequent state, 100", false, func(d draw) Question {
			s := stateIRI(d.IntN(10))
			return Question{
				Text:   fmt.Sprintf(`g.V(%s).In("<cg:mentionsState>").All()`, ref(s)),
				Limit:  100,
				SPARQL: fmt.Sprintf(`SELECT ?c { GRAPH ?g { ?c <cg:mentionsState> %s } } LIMIT 100`, s),
			}
		}},
		{"In(p).Out(q) unique, 100", false, func(d draw) Question {
			p := personIRI(d.person())
			return Question{
				Text:   fmt.Sprintf(`g.V(%s).In("<cg:mentionsPerson>").Out("<cg:mentionsState>").Unique().All()`, ref(p)),
				Limit:  100,
				SPARQL: fmt.Sprintf(`SELECT DISTINCT ?s { GRAPH ?g { ?c <cg:mentionsPerson> %s } GRAPH ?h { ?c <cg:mentionsState> ?s } } LIMIT 100`, p),
			}
		}},
		{"LabelContext(l).Out(p)", false, func(d draw) Question {
			c := d.cable()
			p, l, posting := personIRI(c.persons[0]), c.paragraph(1), postings[c.posting[0]]
			return Question{
				Text:   fmt.Sprintf(`g.V(%s).LabelContext(%s).Out(%s).All()`, ref(p), ref(l), ref(posting)),
				SPARQL: fmt.Sprintf(`SELECT ?o { GRAPH %s { %s %s ?o } }`, l, p, posting),
			}
		}},
		{"LabelContext(l).In(p)", false, func(d draw) Question {
			c := d.cable()
			a, l, posting := agencyIRI(c.posting[1]), c.paragraph(1), postings[c.posting[0]]
			return Question{
				Text:   fmt.Sprintf(`g.V(%s).LabelContext(%s).In(%s).All()`, ref(a), ref(l), ref(posting)),
				SPARQL: fmt.Sprintf(`SELECT ?s { GRAPH %s { ?s %s %s } }`, l, posting, a),
			}
		}},
		{"Labels()", false, func(d draw) Question {
			return Question{Text: fmt.Sprintf(`g.V(%s).Labels().All()`, ref(personIRI(d.person())))}
		}},
		{"V().Has(p, text)", false, func(d draw) Question {
			n := personName(d.person())
			return Question{
				Text:   fmt.Sprintf(`g.V().Has("<cg:name>", %s).All()`, ref(n)),
				SPARQL: fmt.Sprintf(`SELECT ?s { GRAPH ?g { ?s <cg:name> %s } }`, n),
			}
		}},
		{"Has(p, x).Has(q, y), 100", false, func(d draw) Question {
			a := agencyIRI(d.IntN(200))
			return Question{
				Text:   fmt.Sprintf(`g.V().Has("<rdf:type>", "<cg:Cable>").Has("<cg:from>", %s).All()`, ref(a)),
				Limit:  100,
				SPARQL: fmt.Sprintf(`SELECT ?c { GRAPH ?g { ?c <rdf:type> <cg:Cable> } GRAPH ?h { ?c <cg:from> %s } } LIMIT 100`, a),
			}
		}},
		{"In(p).And(In(q))", false, func(d draw) Question {
			c := d.cable()
			p, s := personIRI(c.persons[d.IntN(len(c.persons))]), stateIRI(c.states[0])
			return Question{
				Text:   fmt.Sprintf(`g.V(%s).In("<cg:mentionsPerson>").And(g.V(%s).In("<cg:mentionsState>")).All()`, ref(p), ref(s)),
				SPARQL: fmt.Sprintf(`SELECT ?c { GRAPH ?g { ?c <cg:mentionsPerson> %s } GRAPH ?h { ?c <cg:mentionsState> %s } }`, p, s),
			}
		}},
		{"In(p) with two Saves, 50", false, func(d draw) Question {
			p := personIRI(d.person())
			return Question{
				Text:  fmt.Sprintf(`g.V(%s).In("<cg:mentionsPerson>").Save("<cg:sent>", "sent").Save("<cg:subjectLine>", "subject").All()`, ref(p)),
				Limit: 50,
				SPARQL: fmt.Sprintf(`SELECT ?c ?d ?t { GRAPH ?g { ?c <cg:mentionsPerson> %s } GRAPH ?h { ?c <cg:sent> ?d } `+
					`GRAPH ?i { ?c <cg:subjectLine> ?t } } LIMIT 50`, p),
			}
		}},
		{"In(p).Has(q, gt(n))", false, func(d draw) Question {
			return Question{Text: fmt.Sprintf(`g.V(%s).In("<cg:mentionsPerson>").Has("<cg:pages>", gt(10)).All()`, ref(personIRI(d.person())))}
		}},
		{"FollowRecursive(p)", false, func(d draw) Question {
			return Question{Text: fmt.Sprintf(`g.V(%s).FollowRecursive("<cg:reportsTo>").All()`, ref(personIRI(d.cable().persons[0])))}
		}},
		{"FollowRecursive(path, 3), 1000", false, func(d draw) Question {
			return Question{
				Text: fmt.Sprintf(`var m = g.M().Out([%s, %s, %s, %s]); g.V(%s).FollowRecursive(m, 3).All()`,
					ref(ties[0]), ref(ties[1]), ref(ties[2]), ref(ties[3]), ref(personIRI(d.cable().persons[2]))),
				Limit: 1000,
			}
		}},
		{"In(type), 10000", false, func(draw) Question {
			return Question{Text: `g.V("<cg:Person>").In("<rdf:type>").All()`, Limit: 10_000}
		}},
		{"In(type).Count()", false, func(draw) Question {
			return Question{Text: `g.Emit(g.V("<cg:Cable>").In("<rdf:type>").Count())`}
		}},
		{"V().Count()", true, func(draw) Question {
			return Question{Text: `g.Emit(g.V().Count())`}
		}},
		{"V().GetLimit(10)", false, func(draw) Question {
			return Question{Text: `g.V().GetLimit(10)`, Full: `g.V().All()`}
		}},
		{"V().LabelContext(l).Has(p), 100", false, func(d draw) Question {
			l := d.cable().paragraph(0)
			return Question{
				Text:   fmt.Sprintf(`g.V().LabelContext(%s).Has("<rdf:type>").All()`, ref(l)),
				Limit:  100,
				SPARQL: fmt.Sprintf(`SELECT ?s { GRAPH %s { ?s <rdf:type> ?t } } LIMIT 100`, l),
			}
		}},
		{"Has(p, regex), 100", false, func(d draw) Question {
			_, rest, _ := strings.Cut(string(personName(d.person())), " ")
			return Question{Text: fmt.Sprintf(`g.V().Has("<cg:name>", regex(%q)).All()`, rest[:len(rest)-1]+".$"), Limit: 100}
		}},
		{"Filter(regex(^prefix)), 100", false, func(d draw) Question {
			n := string(personName(d.person()))
			return Question{Text: fmt.Sprintf(`g.V().Filter(regex(%q)).All()`, "^"+n[:len(n)-1]+".$"), Limit: 100}
		}},
		{"Has(p, gt(n)), 10", false, func(draw) Question {
			return Question{Text: `g.V().Has("<cg:pages>", gt(19)).All()`, Limit: 10}
		}},
		{"GraphQL, nested", false, func(d draw) Question {
			p := personIRI(d.person())
			ask := func(first string) string {
				return fmt.Sprintf(`{ me(id: %s) { id, <cg:name>, cables: ~<cg:mentionsPerson>%s { id, <cg:sent>, <cg:subjectLine>, states: <cg:mentionsState> { id } } } }`, p, first)
			}
			return Question{Text: ask("(first: 5)"), Full: ask(""), Language: graphql.Name}
		}},
		{"GraphQL, all fields by name", false, func(d draw) Question {
			return Question{Text: fmt.Sprintf(`{ nodes(<cg:name>: %s) { * } }`, personName(d.person())), Language: graphql.Name}
		}},
		{"GraphQL, type, first 10", false, func(draw) Question {
			const ask = `{ nodes(<rdf:type>: <cg:Cable>%s) { id, <cg:subjectLine> } }`
			return Question{Text: fmt.Sprintf(ask, ", first: 10"), Full: fmt.Sprintf(ask, ""), Language: graphql.Name}
		}},
	}
}

// Answer runs the question on a store and returns its rows: values that
// encode to JSON. Cayley looks at the context between rows only. A panic in
// this goroutine, where Cayley runs GraphQL, is returned as an error.
func (q Question) Answer(ctx context.Context, qs graph.QuadStore) (rows []any, err error) {
	err = each(ctx, qs, q.Language, q.Text, q.Limit, func(row any) error {
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

// each calls do with the rows that answer a text.
func each(ctx context.Context, qs graph.QuadStore, language, text string, limit int, do func(row any) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	it, err := query.Execute(ctx, qs, language, text, query.Options{Collation: query.JSON, Limit: limit})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, it.Close()) }()
	for it.Next(ctx) {
		if row := it.Result(); row != nil { // what a script's last expression gives is no row
			if err := do(row); err != nil {
				return err
			}
		}
	}
	return it.Err()
}

// Check returns all rows that answer the question, without its limit, as JSON
// in sorted order: the same for all stores of the same quads. It is an error
// if what the limit leaves is not as many of them.
func (q Question) Check(ctx context.Context, qs graph.QuadStore) ([]string, error) {
	all, err := q.rows(ctx, qs, q.Full, -1)
	if err != nil || q.Limit < 0 && q.Full == q.Text {
		return all, err
	}
	some, err := q.rows(ctx, qs, q.Text, q.Limit)
	if err != nil {
		return nil, err
	}
	if q.Limit > 0 && len(some) != min(q.Limit, len(all)) {
		return nil, fmt.Errorf("%s: %d rows of %d, with a limit of %d", q.Text, len(some), len(all), q.Limit)
	}
	if len(some) < len(all) && !contains(all, some) {
		return nil, fmt.Errorf("%s: the limit gives rows that are not among all rows", q.Text)
	}
	return all, nil
}

// rows answers with rows in one form and order.
func (q Question) rows(ctx context.Context, qs graph.QuadStore, text string, limit int) ([]string, error) {
	var lines []string
	err := each(ctx, qs, q.Language, text, limit, func(row any) error {
		data, err := json.Marshal(row)
		if err != nil {
			return err
		}
		var plain any
		if err := json.Unmarshal(data, &plain); err != nil {
			return err
		}
		objects := []any{plain}
		if q.Language == graphql.Name {
			objects = roots(plain.(map[string]any))
		}
		lines = append(lines, encode(objects)...)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", text, err)
	}
	slices.Sort(lines)
	return lines, nil
}

// roots returns the objects of GraphQL's answer: under the name of each field a
// list of them, or the only one.
func roots(answer map[string]any) []any {
	var objects []any
	for _, field := range answer {
		switch field := field.(type) {
		case []any:
			objects = append(objects, field...)
		case map[string]any:
			objects = append(objects, field)
		}
	}
	return objects
}

// encode returns the values as sorted JSON, the lists in them sorted too: a
// store gives them in the order in which it finds them.
func encode(values []any) []string {
	lines := make([]string, len(values))
	for i, v := range values {
		data, _ := json.Marshal(sorted(v)) // it was decoded from JSON
		lines[i] = string(data)
	}
	slices.Sort(lines)
	return lines
}

func sorted(v any) any {
	switch v := v.(type) {
	case []any:
		list := make([]json.RawMessage, len(v))
		for i, line := range encode(v) {
			list[i] = json.RawMessage(line)
		}
		return list
	case map[string]any:
		for key, value := range v {
			v[key] = sorted(value)
		}
	}
	return v
}

// contains reports whether each of some, as often as it is there, is among all; both are sorted.
func contains(all, some []string) bool {
	for _, s := range some {
		i, found := slices.BinarySearch(all, s)
		if !found {
			return false
		}
		all = all[i+1:]
	}
	return true
}
