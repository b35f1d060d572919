// Package web answers questions about a graph over HTTP.
//
// Its main part speaks as a Cayley server does, so that Cayley's clients and
// visualisers work with it: the query routes of version 1 and 2 of Cayley's
// interface, with the same bodies and results. Where Cayley answers 200 or
// says nothing of what it left off, this package says more: errors have
// statuses, and a cut answer has "more": true. Nothing can be written.
//
// It is for one machine and its user. [Listen] takes loopback addresses only,
// and a [Handler] refuses what a page of another site or a rebound name makes
// a browser send; docs/security.md says from what this protects.
package web

import (
	"context"
	"net/http"

	"cablegraph/queries"
)

// Runner answers questions; a *queries.Runner does.
type Runner interface {
	Run(context.Context, queries.Query, queries.Limits) (queries.Result, error)
}

// Config is what a Handler needs.
type Config struct {
	Graph  string // its name, for people
	Runner Runner
	Limits queries.Limits

	// Origins are the web origins besides the server's own whose pages may ask
	// and read, such as "http://localhost:8888".
	Origins []string
}

// Handler returns the handler of all routes.
func Handler(c Config) (http.Handler, error) {
	s := &server{Config: c}
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.HandleFunc(r.pattern, r.handle)
	}
	return guard(mux, c.Origins)
}

type server struct{ Config }

type route struct {
	pattern string
	handle  http.HandlerFunc
}

// routes lists everything that the server answers.
func (s *server) routes() []route {
	return []route{
		{"GET /{$}", s.index},

		// Cayley's interface
		{"POST /api/v1/query/{lang}", s.queryV1},
		{"GET /api/v2/query", s.queryV2},
		{"POST /api/v2/query", s.queryV2},
		{"POST /api/v1/write", readOnly},
		{"POST /api/v1/write/file/nquad", readOnly},
		{"POST /api/v1/delete", readOnly},
		{"POST /api/v2/write", readOnly},
		{"POST /api/v2/delete", readOnly},
		{"POST /api/v2/node/delete", readOnly},

		// saved queries
		{"GET /api/v1/queries", s.savedList},
		{"GET /api/v1/queries/{name}", s.savedRun},
		{"POST /api/v1/queries/{name}", s.savedRun},
	}
}
