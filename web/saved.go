package web

import (
	_ "embed"
	"html/template"
	"log/slog"
	"net/http"

	"cablegraph/queries"
)

// savedList lists the saved queries with their parameters.
func (s *server) savedList(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"queries": queries.SavedQueries()})
}

// savedRun runs a saved query. Its parameters are those of the URL and, with
// POST, of a form in the body; "limit" is the number of rows.
func (s *server) savedRun(w http.ResponseWriter, r *http.Request) {
	saved, err := queries.SavedQuery(r.PathValue("name"))
	if err != nil {
		writeJSON(w, http.StatusNotFound, map[string]string{"error": err.Error()})
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if err := r.ParseForm(); err != nil {
		writeError(w, saved.Lang, invalid("parameters: %v", err))
		return
	}
	args := map[string]string{}
	for name, values := range r.Form {
		if len(values) > 1 {
			writeError(w, saved.Lang, invalid("parameter %s is given more than once", name))
			return
		}
		if name != "limit" {
			args[name] = values[0]
		}
	}
	q, err := saved.Bind(args)
	if err != nil {
		writeError(w, saved.Lang, err)
		return
	}
	s.answer(w, r, q)
}

//go:embed index.html
var indexText string

var indexPage = template.Must(template.New("index").Parse(indexText))

// index is a page for whoever opens the address in a browser, and tells
// clients that the server is up.
func (s *server) index(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	err := indexPage.Execute(w, struct {
		Graph, Host string
		Saved       []*queries.Saved
	}{s.Graph, r.Host, queries.SavedQueries()})
	if err != nil {
		slog.Debug("write page", "error", err)
	}
}
