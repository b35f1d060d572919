package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"cablegraph/cable"
	"cablegraph/graphdata"
	"cablegraph/graphdata/packed"
	"cablegraph/internal/memory"
)

// newLoadCommand makes a graph of quads, or puts them into a store that Cayley
// serves.
func newLoadCommand() *cobra.Command {
	to := ""
	size := memory.Size(memory.Share())
	cmd := &cobra.Command{
		Use:   "load FILE.nq|GRAPH -o GRAPH|URL",
		Short: "Make a graph of N-Quads from elsewhere, or load a graph into LevelDB or PostgreSQL",
		Long: `load reads a file of N-Quads (FILE.nq, FILE.nq.gz, or - for standard input) or a
graph, and writes a graph: a directory as build makes it. Order and repeated
lines do not matter. A graph that is there already is replaced as a whole when the new one is
complete.

Lines that are not N-Quads are reported with line and column and set aside: the
graph's quarantine.jsonl lists them, and load ends with exit code 3.

For those who run Cayley v0.7.7 themselves, the output may be the URL of one of
its stores, which is made where it does not exist:

  leveldb:DIR      Cayley's LevelDB store
  postgres://...   Cayley's PostgreSQL store; add ?sslmode=disable for a server without TLS

Quads that such a store has already are not stored twice, so that an interrupted
load is completed by loading again. The queries of graph itself need no such store.`,
		Example: `  graph load theirs.nq.gz -o theirs.graph
  graph load example.graph -o leveldb:example.db
  graph load example.graph -o 'postgres://cayley@localhost/cables?sslmode=disable'`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			store := graphdata.IsStoreURL(to)
			if scheme, _, ok := strings.Cut(to, ":"); !store && ok && len(scheme) > 1 && !strings.ContainsAny(scheme, `./\`) {
				return usageError("%s is no store: want leveldb:DIR or postgres://..., or a directory", to)
			}
			quads, closer, err := openQuads(args[0], cmd.InOrStdin())
			if err != nil {
				return err
			}
			defer closer.Close()
			bar := newProgress(cmd.ErrOrStderr(), "quads")
			bad := &badLines{w: cmd.ErrOrStderr(), keep: !store}
			var n int
			if quads = bad.setAside(quads); store {
				n, err = graphdata.Load(cmd.Context(), to, counted(quads, bar.set))
			} else {
				n, err = loadGraph(cmd.Context(), quads, to, bad, packed.Options{Memory: int64(size), Progress: bar.step})
			}
			bar.finish()
			bad.summary()
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s loaded\n", plural(n, "quad")); err != nil {
				return err
			}
			if bad.n > 0 {
				return &exitError{exitSetAside, fmt.Errorf("%s: %s set aside", args[0], plural(bad.n, "line"))}
			}
			return nil
		},
	}
	cmd.Flags().StringVarP(&to, "output", "o", "", "the graph's directory, made or replaced, or a store's URL")
	addMemoryFlag(cmd, &size)
	if err := cmd.MarkFlagRequired("output"); err != nil {
		panic(err) // the flag is defined above
	}
	return cmd
}

// loadGraph makes the graph directory out of quads in any order.
func loadGraph(ctx context.Context, quads iter.Seq2[quad.Quad, error], out string, bad *badLines, o packed.Options) (n int, err error) {
	draft, err := graphdata.NewDraft(out)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, draft.Close()) }()
	m, err := draft.Commit(ctx, 0, quads, func() []*cable.Error { return bad.lines }, o)
	return m.Quads, err
}

// openQuads opens a graph directory or N-Quads: a file, or - for stdin.
func openQuads(path string, stdin io.Reader) (iter.Seq2[quad.Quad, error], io.Closer, error) {
	if path == "-" {
		r, err := unzip(stdin)
		return graphdata.ReadNQuads(r, "standard input"), io.NopCloser(nil), err
	}
	if !strings.HasSuffix(path, ".nq") && !strings.HasSuffix(path, ".nq.gz") {
		g, err := graphdata.OpenGraph(path)
		if err != nil {
			return nil, nil, err
		}
		return g.Store.All(), g, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	r, err := unzip(f)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("%s: %w", path, err), f.Close())
	}
	return graphdata.ReadNQuads(r, path), f, nil
}

// unzip reads what is compressed by gzip, whatever its name, and other things
// as they are.
func unzip(r io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(r, 1<<16)
	if start, _ := b.Peek(2); !bytes.Equal(start, []byte{0x1f, 0x8b}) {
		return b, nil
	}
	return gzip.NewReader(b)
}

// counted tells how many quads have been read, now and then.
func counted(quads iter.Seq2[quad.Quad, error], progress func(int64)) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		var n int64
		for q, err := range quads {
			if n++; n%(1<<16) == 0 {
				progress(n)
			}
			if !yield(q, err) {
				return
			}
		}
	}
}

// badLines keeps and reports lines that are no quads.
type badLines struct {
	w     io.Writer
	n     int
	keep  bool // in lines
	lines []*cable.Error
}

// maxBadLines is how many are taken for faults of a file of N-Quads: what has
// more is something else.
const maxBadLines = 1_000_000

// setAside yields the quads without the bad lines; other errors, a damaged
// graph among them, go on.
func (b *badLines) setAside(quads iter.Seq2[quad.Quad, error]) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for q, err := range quads {
			if fault, ok := err.(*graphdata.SyntaxError); ok { // not wrapped: of a damaged graph it is
				if b.n++; b.n <= maxReported {
					fmt.Fprintf(b.w, "set aside: %v\n", fault)
				}
				if b.n > maxBadLines {
					yield(quad.Quad{}, fmt.Errorf("%s: more than %d lines are no quads: it is not N-Quads", fault.Name, maxBadLines))
					return
				}
				if b.keep {
					b.lines = append(b.lines, &cable.Error{Name: fault.Name, Line: fault.Line, Col: fault.Col, Err: fault.Err})
				}
			} else if !yield(q, err) {
				return
			}
		}
	}
}

// summary says how many were not reported.
func (b *badLines) summary() {
	if more := b.n - maxReported; more > 0 {
		fmt.Fprintf(b.w, "… and %d more\n", more)
	}
}
