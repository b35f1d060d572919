package main

import (
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"cablegraph/graphdata"
)

// newLoadCommand puts quads into a store that Cayley serves.
func newLoadCommand() *cobra.Command {
	to := ""
	cmd := &cobra.Command{
		Use:   "load GRAPH|FILE.nq -o URL",
		Short: "Load a graph into LevelDB or PostgreSQL, for those who run Cayley themselves",
		Long: `load adds the quads of a graph, or of a file of N-Quads, to a store of Cayley
v0.7.7, which is made where it does not exist:

  leveldb:DIR      Cayley's LevelDB store
  postgres://...   Cayley's PostgreSQL store; add ?sslmode=disable for a server without TLS

Quads that the store has already are not stored twice, so that an interrupted
load is completed by loading again. Lines of a file that are not N-Quads are
reported with line and column and left out. The queries of graph itself need no load.`,
		Example: `  graph load example.graph -o leveldb:example.db
  graph load example.graph -o 'postgres://cayley@localhost/cables?sslmode=disable'`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !graphdata.IsStoreURL(to) {
				return usageError("%s is no store: want leveldb:DIR or postgres://...", to)
			}
			quads, closer, err := openQuads(args[0])
			if err != nil {
				return err
			}
			defer closer.Close()
			left := 0
			n, err := graphdata.Load(cmd.Context(), to, leaveOut(quads, cmd.ErrOrStderr(), &left))
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s loaded\n", plural(n, "quad")); err != nil {
				return err
			}
			if left > 0 {
				return &exitError{exitSetAside, fmt.Errorf("%s: %s left out", args[0], plural(left, "line"))}
			}
			return nil
		},
	}
	cmd.Flags().StringVarP(&to, "output", "o", "", "the store's URL")
	if err := cmd.MarkFlagRequired("output"); err != nil {
		panic(err) // the flag is defined above
	}
	return cmd
}

// openQuads opens a graph directory or a file of N-Quads.
func openQuads(path string) (iter.Seq2[quad.Quad, error], io.Closer, error) {
	if strings.HasSuffix(path, ".nq") {
		f, err := os.Open(path)
		if err != nil {
			return nil, nil, err
		}
		return graphdata.ReadNQuads(f, path), f, nil
	}
	g, err := graphdata.OpenGraph(path)
	if err != nil {
		return nil, nil, err
	}
	return g.Quads(), g, nil
}

// leaveOut reports lines that are no quads and counts them into left; other
// errors, a damaged graph among them, go on.
func leaveOut(quads iter.Seq2[quad.Quad, error], w io.Writer, left *int) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for q, err := range quads {
			if syntax, ok := err.(*graphdata.SyntaxError); ok { // not wrapped: of a damaged graph it is
				*left++
				fmt.Fprintf(w, "left out: %v\n", syntax)
			} else if !yield(q, err) {
				return
			}
		}
	}
}
