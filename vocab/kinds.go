// Package vocab is the vocabulary of the graph: the kinds of entities, the
// types of relations with their arguments, and the names that quads use.
//
// It is the leaf of the program. Every other package imports it and it imports
// none of them, so that the extractor, the linker, the store and the queries
// mean the same thing by the same word.
package vocab

// Kind is the kind of thing that a mention names.
type Kind uint8

// The kinds of entities, in the order in which reports list them.
const (
	NoKind Kind = iota
	Person
	Agency
	Organization
	State
	Place
	Law
	Case
	Document
)

// Kinds lists every kind in order.
var Kinds = [...]Kind{Person, Agency, Organization, State, Place, Law, Case, Document}

var kindNames = [...]string{"", "person", "agency", "organization", "state", "place", "law", "case", "document"}

// String returns the name of k as annotations and IRIs spell it: "person".
func (k Kind) String() string { return kindNames[k] }

// ParseKind returns the kind that String spells as s, or NoKind.
func ParseKind(s string) Kind {
	for _, k := range Kinds {
		if k.String() == s {
			return k
		}
	}
	return NoKind
}

// Status says how a cable puts a fact.
type Status uint8

// The statuses of a fact.
const (
	Asserted Status = iota
	Negated
	Planned
	Alleged
	Hypothetical
)

var statusNames = [...]string{"asserted", "negated", "planned", "alleged", "hypothetical"}

// String returns the name of s as annotations and quads spell it.
func (s Status) String() string { return statusNames[s] }

// ParseStatus returns the status that String spells as s; ok is false where
// there is none.
func ParseStatus(s string) (status Status, ok bool) {
	for i, n := range statusNames {
		if n == s {
			return Status(i), true
		}
	}
	return Asserted, false
}
