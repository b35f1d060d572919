// Package queries asks the graph questions within limits.
//
// A question is Gizmo, Cayley's query language in JavaScript, or Cayley's
// dialect of GraphQL; or it is a saved one, a file of either language with
// named parameters.
//
// Both languages run programs, and a program can take all time and memory or
// end the process that runs it: Cayley panics in a goroutine of its own on
// wrong arguments, and some loops cannot be interrupted. So a [Runner] never
// runs a question itself. It keeps worker processes, each with the graph open,
// hands a question to one that is free, and kills the one that oversteps its
// limits; another takes its place.
package queries

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Language is a query language.
type Language string

// The languages, as Cayley's HTTP interface names them.
const (
	Gizmo   Language = "gizmo"
	GraphQL Language = "graphql"
)

// Languages lists the languages that a Query may be in.
var Languages = []Language{Gizmo, GraphQL}

// ParseLanguage returns the language named s.
func ParseLanguage(s string) (Language, error) {
	for _, l := range Languages {
		if s == string(l) {
			return l, nil
		}
	}
	return "", &Error{Kind: Invalid, Msg: fmt.Sprintf("no query language %q: there are gizmo and graphql", s)}
}

// Query is one question.
type Query struct {
	Lang Language
	Text string

	// JSONLD asks for values in the manner of JSON-LD, {"@id": "person:ana"}
	// for <person:ana>. Only Gizmo knows it.
	JSONLD bool
}

// Limits bound what a question may take. A field that is zero takes the value
// of [DefaultLimits].
type Limits struct {
	Time   time.Duration // by the clock, from the moment a worker begins
	Memory int64         // bytes that the worker may grow by, over what the open graph takes
	Text   int           // bytes of the question
	Rows   int           // rows of the answer; the rest is left off
	Output int           // bytes of the answer as JSON
}

// DefaultLimits are generous for a question that a person asks.
var DefaultLimits = Limits{
	Time:   30 * time.Second,
	Memory: 512 << 20,
	Text:   128 << 10,
	Rows:   10_000,
	Output: 32 << 20,
}

// orDefault fills the fields that are zero.
func (l Limits) orDefault() Limits {
	d := DefaultLimits
	if l.Time == 0 {
		l.Time = d.Time
	}
	if l.Memory == 0 {
		l.Memory = d.Memory
	}
	if l.Text == 0 {
		l.Text = d.Text
	}
	if l.Rows == 0 {
		l.Rows = d.Rows
	}
	if l.Output == 0 {
		l.Output = d.Output
	}
	return l
}

// Result is the answer to a question.
type Result struct {
	// Rows are JSON values, one a row. GraphQL gives one row, the object that
	// other servers put under "data".
	Rows []json.RawMessage
	// More is true where Limits.Rows left rows off.
	More bool
}

// Kind says why a question has no answer.
type Kind string

// The kinds of errors.
const (
	Invalid  Kind = "invalid"   // the question is wrong: syntax, names, types
	TooLong  Kind = "too-long"  // more than Limits.Text
	TimeUp   Kind = "time"      // more than Limits.Time
	Memory   Kind = "memory"    // more than Limits.Memory
	TooLarge Kind = "too-large" // more than Limits.Output
	Crashed  Kind = "crashed"   // the question ended the process that ran it
	Busy     Kind = "busy"      // no worker became free within Limits.Time
)

// Error says why a question has no answer. Errors of other types are not the
// question's fault: the graph cannot be opened, the caller gave up.
type Error struct {
	Kind      Kind
	Line, Col int // 1-based place in the question, 0 where none is known
	Msg       string
}

func (e *Error) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Col, e.Msg)
	}
	return e.Msg
}

// KindOf returns the kind of an error of this package, "" for others.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}
