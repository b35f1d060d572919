package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cablegraph/graphdata/packed"
	"cablegraph/internal/storebench"
)

// TestMain lets the test's program run the steps of a comparison.
func TestMain(m *testing.M) {
	if os.Getenv(childVariable) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// TestCompare compares all stores that can run here on a small graph.
func TestCompare(t *testing.T) {
	names := storeNames()
	if findPostgres("initdb") == "" {
		names = strings.Split(strings.ReplaceAll(strings.Join(names, ","), ",postgresql", ""), ",")
		t.Log("without PostgreSQL, which is not installed")
	}
	dir := openDir(t)
	raw := filepath.Join(t.TempDir(), "raw.json")
	var out strings.Builder
	err := run(context.Background(), []string{
		"compare", "-quads", "10000", "-stores", strings.Join(names, ","), "-iterations", "5", "-checks", "2",
		"-budget", "10m", "-timeout", "10m", "-dir", dir, "-raw", raw,
	}, &out)
	if err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	if !strings.Contains(out.String(), " all the same.\n") {
		t.Errorf("no agreement:\n%s", &out)
	}
	for _, q := range storebench.Queries() {
		if !strings.Contains(out.String(), "\n| "+q.Name+" | ") {
			t.Errorf("no row for %s:\n%s", q.Name, &out)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	var c comparison
	data, err := os.ReadFile(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	var printed strings.Builder
	if err := run(context.Background(), []string{"print", raw}, &printed); err != nil || printed.String() != out.String() {
		t.Errorf("printed again: %v\n%s", err, &printed)
	}
	for _, r := range c.Results {
		if r.Asked == nil || r.Asked.Peak == 0 || (r.Loaded == nil) != (r.Store == "memstore") || (r.Disk > 0) != (r.Loaded != nil) {
			t.Errorf("not all measured: %+v", r)
			continue
		}
		for _, q := range r.Asked.Queries {
			if strings.HasPrefix(q.Err, "panic: ") && r.Store == "postgresql" { // GraphQL, nested
				continue
			}
			if len(q.Millis) != 5 || len(q.Rows) != 5 || len(q.Sums) != 2 || q.Err != "" {
				t.Errorf("%s: %+v", r.Store, q)
			}
		}
	}
}

// openDir returns a directory that servers run as other users can use.
func openDir(t *testing.T) string {
	dir := t.TempDir()
	for _, d := range []string{filepath.Dir(dir), dir} {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAgreement(t *testing.T) {
	answers := func(sum string) *asked {
		a := new(asked)
		for range storebench.Queries() {
			a.Queries = append(a.Queries, timing{Sums: []string{"same"}})
		}
		a.Queries[3].Sums[0] = sum
		return a
	}
	c := comparison{Results: []result{
		{Store: memory, Asked: answers("a")},
		{Store: "two", Asked: answers("b")},
		{Store: "three", Asked: answers("a")},
	}}
	for i, q := range storebench.Queries() {
		if q.NotInMemory {
			c.Results[0].Asked.Queries[i].Sums[0] = "not to be believed"
		}
	}
	want := "another answer: two: " + storebench.Queries()[3].Name
	if err := c.fault(); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestSlow(t *testing.T) {
	answers := func(ms float64) *asked {
		a := &asked{Queries: make([]timing, len(storebench.Queries()))}
		for i := range a.Queries {
			a.Queries[i].Millis = []float64{0.1}
		}
		a.Queries[0].Millis[0] = ms
		return a
	}
	for _, test := range []struct {
		own, other float64
		want       bool
	}{
		{1.0, 0.9, false},
		{1.0, 0.8, true},
		{0.3, 0.1, false},
	} {
		c := comparison{Results: []result{{Store: packed.Name, Asked: answers(test.own)}, {Store: "leveldb", Asked: answers(test.other)}, {Store: "broken"}}}
		if got := c.slow(); (len(got) == 1) != test.want {
			t.Errorf("%v ms and %v ms: %q", test.own, test.other, got)
		}
	}
}

func TestPercentile(t *testing.T) {
	var values []float64
	for i := range 200 {
		values = append(values, float64(200-i))
	}
	for _, test := range []struct {
		n, p int
		want float64
	}{
		{200, 50, 100},
		{200, 99, 198},
		{200, 100, 200},
		{1, 50, 200},
		{2, 50, 199},
		{2, 99, 200},
	} {
		if got := percentile(values[:test.n], test.p); got != test.want {
			t.Errorf("percentile %d of %d: %v, want %v", test.p, test.n, got, test.want)
		}
	}
}

// TestSPARQL asks an endpoint that answers everything with one row.
func TestSPARQL(t *testing.T) {
	clients := map[string]bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		clients[r.RemoteAddr] = true
		if !strings.HasPrefix(r.FormValue("query"), "SELECT ") {
			http.Error(w, "no SELECT", http.StatusBadRequest)
			return
		}
		_, _ = w.Write([]byte(`{"head":{"vars":["o"]},"results":{"bindings":[{"o":{"type":"literal","value":"x"}}]}}`))
	}))
	defer server.Close()
	o := options{graph: storebench.Graph{Seed: 1, Quads: 1000}, iterations: 3, budget: time.Minute, timeout: time.Minute}
	var out strings.Builder
	if err := askSPARQL(context.Background(), o, server.URL, &out); err != nil {
		t.Errorf("%v\n%s", err, &out)
	}
	if len(clients) != 1 {
		t.Errorf("%d connections", len(clients))
	}
	o.checks = 1
	if err := askSPARQL(context.Background(), o, server.URL, &out); err == nil || !strings.Contains(err.Error(), "1 rows, want 17: SELECT ?o ") {
		t.Errorf("wrong rows are not noticed: %v", err)
	}
}

// TestVirtuoso loads a small graph into a real one, where it is installed.
func TestVirtuoso(t *testing.T) {
	if _, err := exec.LookPath("virtuoso-t"); err != nil {
		t.Skip(err)
	}
	dir := openDir(t)
	var out strings.Builder
	if err := run(context.Background(), []string{"virtuoso", "-quads", "10000", "-iterations", "5", "-timeout", "10m", "-dir", dir}, &out); err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{nil, {"paint"}, {"compare", "-stores", "mongo"}, {"compare", "-quads", "3"}, {"compare", "x"}, {"print"}, {"print", "absent.json"}} {
		if err := run(context.Background(), args, &strings.Builder{}); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}
