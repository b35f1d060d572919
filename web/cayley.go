package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"cablegraph/queries"
)

// defaultRows is Cayley's limit where a request names none.
const defaultRows = 100

// queryV1 answers a question that is the body of the request.
func (s *server) queryV1(w http.ResponseWriter, r *http.Request) {
	lang, err := queries.ParseLanguage(r.PathValue("lang"))
	if err != nil {
		writeError(w, "", err)
		return
	}
	text, err := s.body(w, r)
	if err != nil {
		writeError(w, lang, err)
		return
	}
	s.answer(w, r, queries.Query{Lang: lang, Text: text})
}

// queryV2 answers a question that is the body or, with GET, the parameter qu.
func (s *server) queryV2(w http.ResponseWriter, r *http.Request) {
	params := r.URL.Query()
	if params.Get("lang") == "" {
		writeError(w, "", invalid("query language not specified: add ?lang=gizmo or ?lang=graphql"))
		return
	}
	lang, err := queries.ParseLanguage(params.Get("lang"))
	if err != nil {
		writeError(w, "", err)
		return
	}
	text := params.Get("qu")
	if r.Method == http.MethodPost {
		if text, err = s.body(w, r); err != nil {
			writeError(w, lang, err)
			return
		}
	}
	s.answer(w, r, queries.Query{
		Lang: lang, Text: text,
		JSONLD: lang == queries.Gizmo && wantsJSONLD(r),
	})
}

// body returns the question that a request carries.
func (s *server) body(w http.ResponseWriter, r *http.Request) (string, error) {
	limit := s.Limits.Text
	if limit == 0 {
		limit = queries.DefaultLimits.Text
	}
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, int64(limit)))
	if tooLong := new(http.MaxBytesError); errors.As(err, &tooLong) {
		return "", &queries.Error{Kind: queries.TooLong, Msg: fmt.Sprintf("the query has more than %d bytes", limit)}
	}
	return string(text), err
}

// wantsJSONLD tells whether the first type that the request accepts is
// JSON-LD, as Cayley does.
func wantsJSONLD(r *http.Request) bool {
	first, _, _ := strings.Cut(r.Header.Get("Accept"), ",")
	accept, _, _ := mime.ParseMediaType(first)
	return accept == jsonLD
}

// answer runs a question and writes what came of it.
func (s *server) answer(w http.ResponseWriter, r *http.Request, q queries.Query) {
	limits := s.Limits
	rows, err := rowLimit(r, limits.Rows)
	if err == nil && strings.TrimSpace(q.Text) == "" {
		err = invalid("query is empty")
	}
	if err == nil && q.Lang == queries.GraphQL && strings.HasPrefix(strings.TrimSpace(q.Text), `{"`) {
		err = invalid("the body is to be the query itself, not JSON: this is Cayley's GraphQL")
	}
	if err != nil {
		writeError(w, q.Lang, err)
		return
	}
	limits.Rows = rows
	start := time.Now()
	result, err := s.Runner.Run(r.Context(), q, limits)
	slog.Debug("query", "lang", q.Lang, "bytes", len(q.Text), "rows", len(result.Rows), "took", time.Since(start), "error", err)
	if err != nil {
		writeError(w, q.Lang, err)
		return
	}
	writeResult(w, q, result)
}

// rowLimit returns the limit parameter: Cayley's default where it is absent or
// zero, and the most that the server gives where it is negative or larger.
func rowLimit(r *http.Request, most int) (int, error) {
	if most == 0 {
		most = queries.DefaultLimits.Rows
	}
	text := r.FormValue("limit")
	if text == "" {
		return min(defaultRows, most), nil
	}
	n, err := strconv.Atoi(text)
	switch {
	case err != nil:
		return 0, invalid("limit %q is no number", text)
	case n == 0:
		n = defaultRows
	case n < 0:
		n = most
	}
	return min(n, most), nil
}

func invalid(format string, args ...any) error {
	return &queries.Error{Kind: queries.Invalid, Msg: fmt.Sprintf(format, args...)}
}

func readOnly(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusForbidden, map[string]string{"error": "Database is read-only."})
}

// writeResult writes {"result": rows}, null for none, or {"data": object} for
// GraphQL.
func writeResult(w http.ResponseWriter, q queries.Query, result queries.Result) {
	if q.Lang == queries.GraphQL {
		data := json.RawMessage("null")
		if len(result.Rows) > 0 {
			data = result.Rows[0]
		}
		writeJSON(w, http.StatusOK, map[string]json.RawMessage{"data": data})
		return
	}
	if q.JSONLD {
		w.Header().Set("Content-Type", jsonLD)
	}
	writeJSON(w, http.StatusOK, struct {
		Result []json.RawMessage `json:"result"`
		More   bool              `json:"more,omitempty"`
	}{result.Rows, result.More})
}

// statuses of the kinds of errors. What oversteps a limit is the request's
// fault: sent again, it fails again.
var statuses = map[queries.Kind]int{
	queries.Invalid:  http.StatusBadRequest,
	queries.TooLong:  http.StatusRequestEntityTooLarge,
	queries.TooLarge: http.StatusUnprocessableEntity,
	queries.TimeUp:   http.StatusUnprocessableEntity,
	queries.Memory:   http.StatusUnprocessableEntity,
	queries.Crashed:  http.StatusUnprocessableEntity,
	queries.Busy:     http.StatusServiceUnavailable,
}

// writeError writes {"error": text}, or GraphQL's list of errors.
func writeError(w http.ResponseWriter, lang queries.Language, err error) {
	status, ok := statuses[queries.KindOf(err)]
	if !ok {
		status = http.StatusInternalServerError
	}
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	if lang == queries.GraphQL {
		type location struct {
			Line   int `json:"line"`
			Column int `json:"column"`
		}
		type graphQLError struct {
			Message   string     `json:"message"`
			Locations []location `json:"locations,omitempty"`
		}
		e := graphQLError{Message: err.Error()}
		var placed *queries.Error
		if errors.As(err, &placed) && placed.Line > 0 {
			e.Message = placed.Msg
			e.Locations = []location{{placed.Line, placed.Col}}
		}
		writeJSON(w, status, struct {
			Data   any            `json:"data"`
			Errors []graphQLError `json:"errors"`
		}{nil, []graphQLError{e}})
		return
	}
	writeJSON(w, status, map[string]string{"error": err.Error()})
}

const jsonLD = "application/ld+json"

// writeJSON writes a value as JSON, with <iri> as it is typed.
func writeJSON(w http.ResponseWriter, status int, v any) {
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", "application/json")
	}
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		slog.Debug("write answer", "error", err) // the client is gone
	}
}
