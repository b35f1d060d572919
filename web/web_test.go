package web

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"cablegraph/queries"
)

// script is a Runner that answers as its test says.
type script struct {
	result queries.Result
	err    error

	// what it was asked
	query  queries.Query
	limits queries.Limits
}

func (s *script) Run(_ context.Context, q queries.Query, l queries.Limits) (queries.Result, error) {
	s.query, s.limits = q, l
	return s.result, s.err
}

func raw(rows ...string) queries.Result {
	var r queries.Result
	for _, row := range rows {
		r.Rows = append(r.Rows, json.RawMessage(row))
	}
	return r
}

// do sends a request to a handler over r and returns status, content type and body.
func do(t *testing.T, r Runner, req *http.Request) *httptest.ResponseRecorder {
	t.Helper()
	h, err := Handler(Config{Graph: "test", Runner: r, Limits: queries.Limits{Rows: 1000, Text: 200}, Origins: []string{"http://localhost:8888"}})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return w
}

func request(method, target, body string) *http.Request {
	return httptest.NewRequest(method, "http://127.0.0.1:64210"+target, strings.NewReader(body))
}

const gizmo, graphQL = queries.Gizmo, queries.GraphQL

// The requests are those that Cayley's clients send: node-cayley and pyley use
// version 1, the official clients for JavaScript and Python version 2.
func TestCayleyRoutes(t *testing.T) {
	for _, test := range []struct {
		name           string
		method, target string
		body           string
		accept         string
		runner         script

		query  queries.Query
		rows   int
		status int
		typ    string
		want   string
	}{
		{
			name: "v1 gizmo", method: "POST", target: "/api/v1/query/gizmo", body: `g.V().All()`,
			runner: script{result: raw(`{"id":"<a>"}`, `{"id":"b&c"}`)},
			query:  queries.Query{Lang: gizmo, Text: `g.V().All()`}, rows: 100,
			status: 200, typ: "application/json", want: `{"result":[{"id":"<a>"},{"id":"b&c"}]}`,
		},
		{
			name: "v1 no rows", method: "POST", target: "/api/v1/query/gizmo", body: `g.V().All()`,
			query: queries.Query{Lang: gizmo, Text: `g.V().All()`}, rows: 100,
			status: 200, typ: "application/json", want: `{"result":null}`,
		},
		{
			name: "v1 limit", method: "POST", target: "/api/v1/query/gizmo?limit=7", body: `g.V().All()`,
			runner: script{result: queries.Result{Rows: raw(`1`).Rows, More: true}},
			query:  queries.Query{Lang: gizmo, Text: `g.V().All()`}, rows: 7,
			status: 200, typ: "application/json", want: `{"result":[1],"more":true}`,
		},
		{
			name: "v1 graphql", method: "POST", target: "/api/v1/query/graphql", body: `{ nodes { id } }`,
			runner: script{result: raw(`{"nodes":{"id":"a"}}`)},
			query:  queries.Query{Lang: graphQL, Text: `{ nodes { id } }`}, rows: 100,
			status: 200, typ: "application/json", want: `{"data":{"nodes":{"id":"a"}}}`,
		},
		{
			name: "v1 syntax error", method: "POST", target: "/api/v1/query/gizmo", body: `g.V(`,
			runner: script{err: &queries.Error{Kind: queries.Invalid, Line: 1, Col: 5, Msg: "SyntaxError: oh"}},
			query:  queries.Query{Lang: gizmo, Text: `g.V(`}, rows: 100,
			status: 400, typ: "application/json", want: `{"error":"line 1, column 5: SyntaxError: oh"}`,
		},
		{
			name: "v1 graphql syntax error", method: "POST", target: "/api/v1/query/graphql", body: `{`,
			runner: script{err: &queries.Error{Kind: queries.Invalid, Line: 1, Col: 2, Msg: "SyntaxError: oh"}},
			query:  queries.Query{Lang: graphQL, Text: `{`}, rows: 100,
			status: 400, typ: "application/json", want: `{"data":null,"errors":[{"message":"SyntaxError: oh","locations":[{"line":1,"column":2}]}]}`,
		},
		{
			name: "v1 unknown language", method: "POST", target: "/api/v1/query/mql", body: `[]`,
			status: 400, typ: "application/json", want: `{"error":"no query language \"mql\": there are gizmo and graphql"}`,
		},
		{
			name: "v1 empty", method: "POST", target: "/api/v1/query/gizmo", body: " \n",
			status: 400, typ: "application/json", want: `{"error":"query is empty"}`,
		},
		{
			name: "v1 JSON for GraphQL", method: "POST", target: "/api/v1/query/graphql", body: `{"query": "{ nodes { id } }"}`,
			status: 400, typ: "application/json", want: `{"data":null,"errors":[{"message":"the body is to be the query itself, not JSON: this is Cayley's GraphQL"}]}`,
		},
		{
			name: "v1 too long", method: "POST", target: "/api/v1/query/gizmo", body: strings.Repeat("x", 201),
			status: 413, typ: "application/json", want: `{"error":"the query has more than 200 bytes"}`,
		},
		{
			name: "v1 time", method: "POST", target: "/api/v1/query/gizmo", body: `x`,
			runner: script{err: &queries.Error{Kind: queries.TimeUp, Msg: "stopped after 30s"}},
			query:  queries.Query{Lang: gizmo, Text: `x`}, rows: 100,
			status: 422, typ: "application/json", want: `{"error":"stopped after 30s"}`,
		},
		{
			name: "v1 broken graph", method: "POST", target: "/api/v1/query/gizmo", body: `x`,
			runner: script{err: errors.New("the graph is gone")},
			query:  queries.Query{Lang: gizmo, Text: `x`}, rows: 100,
			status: 500, typ: "application/json", want: `{"error":"the graph is gone"}`,
		},
		{
			name: "v2 post", method: "POST", target: "/api/v2/query?lang=gizmo&limit=5", body: `g.V().All()`,
			runner: script{result: raw(`1`)},
			query:  queries.Query{Lang: gizmo, Text: `g.V().All()`}, rows: 5,
			status: 200, typ: "application/json", want: `{"result":[1]}`,
		},
		{
			name: "v2 no limit", method: "POST", target: "/api/v2/query?lang=gizmo&limit=-1", body: `x`,
			query: queries.Query{Lang: gizmo, Text: `x`}, rows: 1000,
			status: 200, typ: "application/json", want: `{"result":null}`,
		},
		{
			name: "v2 wrong limit", method: "POST", target: "/api/v2/query?lang=gizmo&limit=many", body: `x`,
			status: 400, typ: "application/json", want: `{"error":"limit \"many\" is no number"}`,
		},
		{
			name: "v2 get", method: "GET", target: "/api/v2/query?lang=gizmo&qu=g.V().All()",
			runner: script{result: raw(`1`)},
			query:  queries.Query{Lang: gizmo, Text: `g.V().All()`}, rows: 100,
			status: 200, typ: "application/json", want: `{"result":[1]}`,
		},
		{
			name: "v2 JSON-LD", method: "POST", target: "/api/v2/query?lang=gizmo", body: `x`, accept: "application/ld+json",
			runner: script{result: raw(`{"id":{"@id":"a"}}`)},
			query:  queries.Query{Lang: gizmo, Text: `x`, JSONLD: true}, rows: 100,
			status: 200, typ: "application/ld+json", want: `{"result":[{"id":{"@id":"a"}}]}`,
		},
		{
			name: "v2 graphql", method: "GET", target: "/api/v2/query?lang=graphql&qu=%7Bx%7D",
			query: queries.Query{Lang: graphQL, Text: `{x}`}, rows: 100,
			status: 200, typ: "application/json", want: `{"data":null}`,
		},
		{
			name: "v2 no language", method: "POST", target: "/api/v2/query", body: `x`,
			status: 400, typ: "application/json", want: `{"error":"query language not specified: add ?lang=gizmo or ?lang=graphql"}`,
		},
		{
			name: "write", method: "POST", target: "/api/v2/write", body: `<a> <b> <c> .`,
			status: 403, typ: "application/json", want: `{"error":"Database is read-only."}`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			req := request(test.method, test.target, test.body)
			// What curl -d and Python's requests say of a body; it is not a form.
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			if test.accept != "" {
				req.Header.Set("Accept", test.accept)
			}
			w := do(t, &test.runner, req)
			if got := strings.TrimSpace(w.Body.String()); w.Code != test.status || got != test.want {
				t.Errorf("got %d %s\nwant %d %s", w.Code, got, test.status, test.want)
			}
			if got := w.Header().Get("Content-Type"); got != test.typ {
				t.Errorf("content type %q, want %q", got, test.typ)
			}
			if test.runner.query != test.query || test.runner.limits.Rows != test.rows {
				t.Errorf("asked %+v for %d rows, want %+v for %d", test.runner.query, test.runner.limits.Rows, test.query, test.rows)
			}
		})
	}
}

func TestSavedRoutes(t *testing.T) {
	w := do(t, &script{}, request("GET", "/api/v1/queries", ""))
	var list struct{ Queries []queries.Saved }
	if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil || w.Code != 200 {
		t.Fatalf("list: %d, %v", w.Code, err)
	}
	if len(list.Queries) != len(queries.SavedQueries()) || list.Queries[0].Title == "" {
		t.Errorf("%d saved queries listed, want %d with titles", len(list.Queries), len(queries.SavedQueries()))
	}
	for _, test := range []struct {
		method, target, body string
		status               int
		contains             string // in the question, or in the error
		rows                 int
	}{
		{"GET", "/api/v1/queries/arrests", "", 200, `var param = {}`, 100},
		{"GET", "/api/v1/queries/arrests?year=2007&limit=3", "", 200, `var param = {"year": 2007}`, 3},
		{"POST", "/api/v1/queries/arrests", "year=2007&limit=3", 200, `var param = {"year": 2007}`, 3},
		{"GET", "/api/v1/queries/cable?cable=cable:07LIMA412", "", 200, `cable(id: <cable:07LIMA412>)`, 100},
		{"GET", "/api/v1/queries/arrests?year=x", "", 400, `\"x\" is no whole number`, 0},
		{"GET", "/api/v1/queries/arrests?year=1&year=2", "", 400, `more than once`, 0},
		{"GET", "/api/v1/queries/arrests?month=1", "", 400, `no parameter \"month\"`, 0},
		{"GET", "/api/v1/queries/participants", "", 400, `committee is missing`, 0},
		{"GET", "/api/v1/queries/none", "", 404, `no saved query`, 0},
	} {
		req := request(test.method, test.target, test.body)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r := &script{}
		w := do(t, r, req)
		where := r.query.Text
		if test.status != 200 {
			where = w.Body.String()
		}
		if w.Code != test.status || !strings.Contains(where, test.contains) || r.limits.Rows != test.rows {
			t.Errorf("%s %s %s: %d, %d rows, %s\nwant %d, %d rows, %s", test.method, test.target, test.body, w.Code, r.limits.Rows, where, test.status, test.rows, test.contains)
		}
	}
}

func TestIndex(t *testing.T) {
	w := do(t, &script{}, request("GET", "/", ""))
	for _, want := range []string{"/api/v1/query/gizmo", "http://127.0.0.1:64210/api/v1/query/graphql", "missing-cables"} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		t.Errorf("%d %s", w.Code, w.Header().Get("Content-Type"))
	}
	if w := do(t, &script{}, request("GET", "/absent", "")); w.Code != 404 {
		t.Errorf("a path that does not exist: %d", w.Code)
	}
}

func TestGuard(t *testing.T) {
	for _, test := range []struct {
		name    string
		host    string
		method  string
		target  string
		headers map[string]string
		status  int
		allowed string // Access-Control-Allow-Origin
	}{
		{"program", "127.0.0.1:64210", "POST", "/api/v1/query/gizmo", nil, 200, ""},
		{"by name", "localhost:64210", "POST", "/api/v1/query/gizmo", nil, 200, ""},
		{"version 6", "[::1]:64210", "POST", "/api/v1/query/gizmo", nil, 200, ""},
		{"without port", "[::1]", "POST", "/api/v1/query/gizmo", nil, 200, ""},
		{"rebound name", "evil.example:64210", "POST", "/api/v1/query/gizmo", nil, 403, ""},
		{"rebound name, page", "evil.example", "GET", "/", nil, 403, ""},
		{"name that looks like it", "localhost.evil.example", "GET", "/", nil, 403, ""},
		{"address in a name", "127.0.0.1.evil.example:64210", "GET", "/", nil, 403, ""},
		{"no host", "", "GET", "/", nil, 403, ""},
		{"own page", "127.0.0.1:64210", "POST", "/api/v1/query/gizmo", map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1:64210"}, 200, ""},
		{"typed address", "127.0.0.1:64210", "GET", "/api/v1/queries", map[string]string{"Sec-Fetch-Site": "none"}, 200, ""},
		{"other site", "127.0.0.1:64210", "POST", "/api/v1/query/gizmo", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, 403, ""},
		{"other site, GET", "127.0.0.1:64210", "GET", "/api/v2/query?lang=gizmo&qu=x", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403, ""},
		{"other site, old browser", "127.0.0.1:64210", "POST", "/api/v1/query/gizmo", map[string]string{"Origin": "https://evil.example"}, 403, ""},
		{"other port", "localhost:64210", "POST", "/api/v1/query/gizmo", map[string]string{"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:9999"}, 403, ""},
		{"link to the page", "127.0.0.1:64210", "GET", "/", map[string]string{"Sec-Fetch-Site": "cross-site"}, 200, ""},
		{"allowed origin", "localhost:64210", "POST", "/api/v1/query/gizmo", map[string]string{"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:8888"}, 200, "http://localhost:8888"},
		{"allowed origin, preflight", "localhost:64210", "OPTIONS", "/api/v1/query/gizmo", map[string]string{"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:8888"}, 204, "http://localhost:8888"},
		{"other origin, preflight", "localhost:64210", "OPTIONS", "/api/v1/query/gizmo", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, 403, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			req := request(test.method, test.target, "g.V().All()")
			req.Host = test.host
			for k, v := range test.headers {
				req.Header.Set(k, v)
			}
			r := &script{}
			w := do(t, r, req)
			if w.Code != test.status || w.Header().Get("Access-Control-Allow-Origin") != test.allowed {
				t.Errorf("%d, allowed %q; want %d, %q\n%s", w.Code, w.Header().Get("Access-Control-Allow-Origin"), test.status, test.allowed, w.Body)
			}
			if test.status == 403 && r.query.Text != "" {
				t.Error("the question was run")
			}
		})
	}
	if _, err := Handler(Config{Origins: []string{"localhost"}}); err == nil {
		t.Error("an origin without a scheme is taken")
	}
}

func TestListen(t *testing.T) {
	for _, address := range []string{":0", "0.0.0.0:0", "[::]:0", "192.0.2.1:0", "example.org:0", "127.0.0.1"} {
		l, err := Listen(t.Context(), address)
		if err == nil {
			l.Close()
			t.Errorf("listens on %s", address)
		}
	}
	for _, address := range []string{"127.0.0.1:0", "localhost:0", "127.1.2.3:0"} {
		l, err := Listen(t.Context(), address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if ip := l.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
			t.Errorf("%s listens on %v", address, ip)
		}
		l.Close()
	}
}

// patient is a Runner whose questions take until they are let go or cancelled.
type patient struct {
	asked chan bool
	goOn  chan bool
}

func (p patient) Run(ctx context.Context, _ queries.Query, _ queries.Limits) (queries.Result, error) {
	p.asked <- true
	select {
	case <-p.goOn:
		return raw(`1`), nil
	case <-ctx.Done():
		return queries.Result{}, ctx.Err()
	}
}

// A question that is under way when the server ends is still answered, if it
// does not take long.
func TestServeEnds(t *testing.T) {
	p := patient{make(chan bool), make(chan bool)}
	h, err := Handler(Config{Runner: p})
	if err != nil {
		t.Fatal(err)
	}
	l, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- Serve(ctx, l, h, time.Second) }()

	answer := make(chan string, 1)
	go func() {
		resp, err := http.Post("http://"+l.Addr().String()+"/api/v1/query/gizmo", "text/plain", strings.NewReader("x"))
		if err != nil {
			answer <- err.Error()
			return
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		answer <- strings.TrimSpace(string(body))
	}()
	<-p.asked
	stop()
	p.goOn <- true
	if got := <-answer; got != `{"result":[1]}` {
		t.Errorf("answer %s", got)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve: %v", err)
	}
}
