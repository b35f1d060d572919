package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"cablegraph/graphdata"
	"cablegraph/internal/storebench"
)

// virtuoso loads the graph into a Virtuoso of its own and asks it what can be
// said in SPARQL too, as a reference from outside Cayley.
func virtuoso(ctx context.Context, o options, stdout io.Writer) (err error) {
	dir, err := os.MkdirTemp(o.dir, "store-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	files, err := writeFiles(dir, o.graph, 8)
	if err != nil {
		return err
	}
	s, isql, err := startVirtuoso(ctx, dir)
	if err != nil {
		return err
	}
	defer func() {
		s.stop()
		if err != nil {
			err = fmt.Errorf("%w\n%s", err, s.log)
		}
	}()

	// As its manual has it: a list of files, and as many loaders as cores. They
	// lock each other out now and then and leave a file; one loader alone
	// does not.
	start := time.Now()
	if _, err := isql(ctx, fmt.Sprintf("ld_dir('%s', 'part*.nq', 'urn:x')", files)); err != nil {
		return err
	}
	loaders := make(chan error)
	for range 2 {
		go func() {
			_, err := isql(ctx, "rdf_loader_run()")
			loaders <- err
		}()
	}
	if err := errors.Join(<-loaders, <-loaders); err != nil {
		return err
	}
	var left string
	for _, statement := range []string{
		"update DB.DBA.load_list set ll_state = 0, ll_error = null where ll_error is not null",
		"rdf_loader_run()",
		"checkpoint",
		"select ll_error from DB.DBA.load_list where ll_error is not null or ll_state <> 2",
	} {
		if left, err = isql(ctx, statement); err != nil {
			return err
		}
	}
	if left = strings.TrimSpace(left); left != "" {
		return fmt.Errorf("not all was loaded: %s", left)
	}
	took := time.Since(start)
	disk, err := diskUse(s.files)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "Virtuoso: %d quads, seed %d; %s.\n\n", o.graph.Quads, o.graph.Seed, machine())
	fmt.Fprintf(stdout, "| load | quads/s | memory, loading | on disk | bytes a quad |\n|---|---|---|---|---|\n| %s | %.0f | %s | %s | %.0f |\n\n",
		seconds(took.Seconds()), float64(o.graph.Quads)/took.Seconds(), megabytes(s.peak.Load()),
		megabytes(disk-s.empty), float64(disk-s.empty)/float64(o.graph.Quads))
	return askSPARQL(ctx, o, s.url, stdout)
}

// writeFiles writes the graph as so many files of N-Quads, part0.nq and so on,
// and returns their directory.
func writeFiles(dir string, g storebench.Graph, parts int) (string, error) {
	dir = filepath.Join(dir, "nquads")
	if err := os.Mkdir(dir, 0o755); err != nil {
		return "", err
	}
	var files []*os.File
	var writers []*bufio.Writer
	for i := range parts {
		f, err := os.Create(filepath.Join(dir, fmt.Sprintf("part%d.nq", i)))
		if err != nil {
			return "", err
		}
		defer f.Close()
		files, writers = append(files, f), append(writers, bufio.NewWriterSize(f, 1<<16))
	}
	i := 0
	var line []byte
	for q := range g.All() {
		var err error
		if line, err = graphdata.AppendQuad(line[:0], q); err != nil {
			return "", err
		}
		if _, err := writers[i*parts/g.Quads].Write(line); err != nil {
			return "", err
		}
		i++
	}
	for i, w := range writers {
		if err := errors.Join(w.Flush(), files[i].Close()); err != nil {
			return "", err
		}
	}
	return dir, nil
}

// virtuosoConfig is what Virtuoso's sample has for 2 GB of buffers, without
// limits on answers.
const virtuosoConfig = `[Database]
DatabaseFile = %[1]s/virtuoso.db
ErrorLogFile = %[1]s/virtuoso.log
LockFile = %[1]s/virtuoso.lck
TransactionFile = %[1]s/virtuoso.trx
xa_persistent_file = %[1]s/virtuoso.pxa

[TempDatabase]
DatabaseFile = %[1]s/temporary.db
TransactionFile = %[1]s/temporary.trx

[Parameters]
ServerPort = 127.0.0.1:%[2]d
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
MaxCheckpointRemap = 40000
DirsAllowed = %[3]s
ThreadsPerQuery = 2
CheckpointInterval = 0

[HTTPServer]
ServerPort = 127.0.0.1:%[4]d
ServerRoot = %[1]s
ServerThreads = 4
`

// startVirtuoso starts a Virtuoso with an empty database, under root as nobody,
// and returns what executes statements of its SQL.
func startVirtuoso(ctx context.Context, dir string) (*server, func(context.Context, string) (string, error), error) {
	for _, program := range []string{"virtuoso-t", "isql-vt"} {
		if _, err := exec.LookPath(program); err != nil {
			return nil, nil, fmt.Errorf("no %s (Debian package virtuoso-opensource-7-bin): %w", program, err)
		}
	}
	data := filepath.Join(dir, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		return nil, nil, err
	}
	attr, err := unprivileged(data, "nobody")
	if err != nil {
		return nil, nil, err
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return nil, nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, nil, err
	}
	httpPort, err := freePort()
	if err != nil {
		return nil, nil, err
	}
	config := filepath.Join(dir, "virtuoso.ini")
	text := fmt.Sprintf(virtuosoConfig, data, port, filepath.Join(dir, "nquads"), httpPort)
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
		return nil, nil, err
	}
	s, err := newServer(data, attr, "virtuoso-t", "+foreground", "+configfile", config)
	if err != nil {
		return nil, nil, err
	}
	s.url = fmt.Sprintf("http://127.0.0.1:%d/sparql", httpPort)
	s.files = filepath.Join(data, "virtuoso.db")
	isql := func(ctx context.Context, statement string) (string, error) {
		out, err := exec.CommandContext(ctx, "isql-vt", fmt.Sprintf("127.0.0.1:%d", port), "dba", "dba",
			"VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF", "EXEC="+statement).CombinedOutput()
		if err == nil && strings.Contains(string(out), "*** Error") { // which is no error to it
			err = errors.New("refused")
		}
		if err != nil {
			err = fmt.Errorf("%s: %w\n%s", statement, err, out)
		}
		return string(out), err
	}
	err = s.await(ctx, func() error {
		_, err := isql(ctx, "checkpoint")
		return err
	})
	if err == nil {
		s.empty, err = diskUse(s.files)
	}
	if err != nil {
		s.stop()
		return nil, nil, fmt.Errorf("%w\n%s", err, s.log)
	}
	return s, isql, nil
}

// askSPARQL asks an endpoint over one connection that is kept open, and prints
// a table. That the number of rows is right it checks against a memory store.
// What an empty question takes is the price of HTTP and JSON, and comes first.
func askSPARQL(ctx context.Context, o options, endpoint string, stdout io.Writer) error {
	qs, err := openMemory(ctx, o)
	if err != nil {
		return err
	}
	answer := func(ctx context.Context, question storebench.Question) (int, error) {
		return selectRows(ctx, endpoint, question.SPARQL)
	}
	fmt.Fprintf(stdout, "| query | p50 / p99 ms | rows |\n|---|---|---|\n")
	nothing := storebench.Fixed("nothing: SELECT of one constant", storebench.Question{SPARQL: "SELECT (1 AS ?one) {}"})
	for _, q := range append([]storebench.Query{nothing}, storebench.Queries()...) {
		if q.Ask(o.graph, 0).SPARQL == "" {
			continue
		}
		t := measure(ctx, o, q, answer)
		fmt.Fprintf(stdout, "| %s | %s | %s |\n", q.Name, t.cell(o.iterations), t.meanRows())
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
