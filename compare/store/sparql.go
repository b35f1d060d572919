package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"cablegraph/internal/storebench"
)

// askSPARQL asks the endpoint at o.at what can be asked in SPARQL, over one
// connection that is kept open, and prints a table. That the number of rows is
// right it checks against a memory store. What an empty question takes is the
// price of HTTP and JSON, and comes first.
func askSPARQL(ctx context.Context, o options, stdout io.Writer) error {
	qs, err := openMemory(ctx, "", o.graph)
	if err != nil {
		return err
	}
	answer := func(ctx context.Context, question storebench.Question) (int, error) {
		return selectRows(ctx, o.at, question.SPARQL)
	}
	fmt.Fprintf(stdout, "| query | p50 / p99 ms | rows |\n|---|---|---|\n")
	nothing := storebench.Fixed("nothing: SELECT of one constant", storebench.Question{SPARQL: "SELECT (1 AS ?one) {}"})
	for _, q := range append([]storebench.Query{nothing}, storebench.Queries()...) {
		if q.Ask(o.graph, 0).SPARQL == "" {
			continue
		}
		t := measure(ctx, o, q, answer)
		rows := "–"
		if len(t.Rows) > 0 {
			rows = fmt.Sprintf("%.3g", mean(t.Rows))
		}
		fmt.Fprintf(stdout, "| %s | %s | %s |\n", q.Name, t.cell(o.iterations), rows)
		for k := range min(o.checks, len(t.Rows)) {
			question := q.Ask(o.graph, k)
			if question.Text == "" {
				continue
			}
			want, err := question.Answer(ctx, qs)
			if err != nil {
				return err
			}
			if t.Rows[k] != len(want) {
				return fmt.Errorf("%d rows, want %d: %s", t.Rows[k], len(want), question.SPARQL)
			}
		}
	}
	return qs.Close()
}

// selectRows returns the number of rows of a SELECT
// (https://www.w3.org/TR/sparql11-protocol/, sparql11-results-json).
func selectRows(ctx context.Context, endpoint, text string) (int, error) {
	body := strings.NewReader(url.Values{"query": {text}}.Encode())
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, body)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/sparql-results+json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body) // to the end, so that the connection is kept
	if err != nil {
		return 0, err
	}
	if resp.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s: %s: %.300s", text, resp.Status, data)
	}
	var answer struct {
		Results struct{ Bindings []json.RawMessage }
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return 0, fmt.Errorf("%s: %w", text, err)
	}
	return len(answer.Results.Bindings), nil
}
