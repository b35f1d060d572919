// Package link finds the facts that a cable states, and decides across all
// cables which mentions are the same entity.
//
// Relations works on one cable: it matches the rules of link/rules over the
// mentions of each sentence and reads the header's own facts. Resolve works on
// all cables: it joins mentions into entities and gives them their names.
package link

import (
	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/vocab"
)

// Relation is one fact that a cable states.
type Relation struct {
	Type     string // "arrested", … as vocab lists them
	Args     []Arg  // in the order of the type's roles; a role may repeat
	Status   vocab.Status
	Para     int        // the paragraph's true number, 0 the header and pass lines, -1 the signature
	Evidence cable.Span // the clause that says it
	Rule     string
	Score    float32
}

// Arg fills a role of a relation.
type Arg struct {
	Role    string // "person", "by", "date", …
	Mention int    // index into the document's mentions, or -1
	Value   string // for Mention -1: an ISO date or range, or text
}

// Record is what stays of a cable when its tokens are put away.
type Record struct {
	Cable     *cable.Cable
	Mentions  []entity.Mention
	Acronyms  []entity.Acronym
	Relations []Relation
}

// Graph is the linked collection.
type Graph struct {
	Records  Records   // in order of Cable.ID
	Order    []int32   // the place that each had among those that were resolved
	Entities []Entity  // in order of ID
	Of       [][]int32 // Of[r][m] is the entity of mention m of record r
}

// Records are the records of a collection. They may lie on disk, and be read anew
// each time that they are asked for.
type Records interface {
	Len() int
	Record(i int) (*Record, error)
}

// InMemory is records that are held in memory.
type InMemory []*Record

// Len returns the number of records.
func (m InMemory) Len() int { return len(m) }

// Record returns record i.
func (m InMemory) Record(i int) (*Record, error) { return m[i], nil }

// reordered is records in another order.
type reordered struct {
	Records
	order []int32
}

func (r reordered) Record(i int) (*Record, error) { return r.Records.Record(int(r.order[i])) }

// Entity is a person, agency, … of the graph.
type Entity struct {
	ID           string // IRI in short form: "person:felipe-calderon"
	Kind         vocab.Kind
	Class        string   // the most specific class of the vocabulary: "Country"
	Name         string   // the fullest name
	Aliases      []string // other surface forms, sorted
	Abbreviation string   // "PGR", or ""
	Key          string   // gazetteer identity, or ""
}
