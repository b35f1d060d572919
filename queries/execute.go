package queries

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/cayley/query/graphql"
	"github.com/dennwc/graphql/gqlerrors"
	"github.com/dop251/goja"
)

// execute answers a request from the store. It may not return, and it may end
// the process.
func execute(qs graph.QuadStore, req request) response {
	var session query.Session
	switch req.Lang {
	case Gizmo:
		session = gizmo.NewSession(qs)
	case GraphQL:
		session = graphql.NewSession(qs)
	default:
		_, err := ParseLanguage(string(req.Lang))
		return response{Error: invalid(err)}
	}
	collation := query.JSON
	if req.JSONLD {
		collation = query.JSONLD
	}
	// One row more than wanted tells whether there is more.
	it, err := session.Execute(context.Background(), req.Text, query.Options{Collation: collation, Limit: req.Rows + 1})
	if err != nil {
		return response{Error: invalid(err)}
	}
	resp := read(it, req)
	it.Close() // interrupts a script that goes on after its last row
	resp.Retire = !scriptEnded()
	return resp
}

// read collects the rows of an answer.
func read(it query.Iterator, req request) (resp response) {
	size := 0
	for it.Next(context.Background()) {
		row := it.Result()
		if row == nil {
			continue // what a script's last statement left; it was not emitted
		}
		if len(resp.Rows) == req.Rows {
			resp.More = true
			return resp
		}
		text, err := marshal(row)
		if err != nil {
			return response{Error: invalid(err)}
		}
		if size += len(text); size > req.Output {
			return response{Error: &Error{Kind: TooLarge, Msg: fmt.Sprintf("the answer has more than %d bytes: ask for less", req.Output)}}
		}
		resp.Rows = append(resp.Rows, text)
	}
	if err := it.Err(); err != nil {
		return response{Error: invalid(err)}
	}
	return resp
}

// scriptGoroutine is how a stack trace names the goroutine in which Cayley runs
// a Gizmo script.
const scriptGoroutine = "created by github.com/cayleygraph/cayley/query/gizmo."

// scriptEnded waits until no script runs, for a while. A script that is in
// native code is not interrupted; and one that panics looks ended from outside,
// with an empty answer, just before it takes the process with it.
func scriptEnded() bool {
	stacks := make([]byte, 64<<10)
	for wait := time.Microsecond; wait < 100*time.Millisecond; wait *= 2 {
		n := runtime.Stack(stacks, true)
		if n < len(stacks) && !bytes.Contains(stacks[:n], []byte(scriptGoroutine)) {
			return true
		}
		time.Sleep(wait)
	}
	return false
}

// invalid turns an error of a query language into one line with its place.
func invalid(err error) *Error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	e := &Error{Kind: Invalid}
	var (
		syntax    *goja.CompilerSyntaxError
		exception *goja.Exception
		gql       *gqlerrors.Error
	)
	switch {
	case errors.As(err, &syntax):
		// "SyntaxError: (anonymous): Line 1:5 Unexpected end of input (and 1 more errors)"
		e.Msg = strings.Replace(syntax.Error(), "(anonymous): ", "", 1)
		if name, rest, ok := strings.Cut(e.Msg, ": Line "); ok {
			var what string
			if n, _ := fmt.Sscanf(rest, "%d:%d", &e.Line, &e.Col); n == 2 {
				_, what, _ = strings.Cut(rest, " ")
				what, _, _ = strings.Cut(what, " (and ")
				e.Msg = name + ": " + what
			}
		}
	case errors.As(err, &exception):
		e.Msg = exception.Value().String()
		for _, frame := range exception.Stack() {
			if pos := frame.Position(); pos.Line > 0 {
				e.Line, e.Col = pos.Line, pos.Column
				break
			}
		}
	case errors.As(err, &gql):
		// "Syntax Error GraphQL (1:9) Unexpected EOF", then an excerpt
		e.Msg, _, _ = strings.Cut(gql.Message, "\n")
		if len(gql.Locations) > 0 {
			e.Line, e.Col = gql.Locations[0].Line, gql.Locations[0].Column
			if _, what, ok := strings.Cut(e.Msg, ") "); ok {
				e.Msg = "SyntaxError: " + what
			}
		}
	default:
		e.Msg = err.Error()
	}
	e.Msg = strings.Join(strings.Fields(e.Msg), " ")
	return e
}
