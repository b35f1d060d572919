package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"cablegraph/graphdata"
	"cablegraph/queries"

	"github.com/cayleygraph/cayley/graph"
	"github.com/spf13/cobra"
)

// newQueryWorkerCommand is what query and serve run questions in. It is not
// for people: it speaks frames on stdin and stdout.
func newQueryWorkerCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "query-worker GRAPH",
		Short:  "Answer the questions of the process that started this one",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return queries.Serve(cmd.InOrStdin(), cmd.OutOrStdout(), func() (graph.QuadStore, error) {
				h, err := graphdata.OpenStore(cmd.Context(), args[0])
				if err != nil {
					return nil, err
				}
				return h.QuadStore, nil
			})
		},
	}
}

// startRunner starts n workers over a graph: its directory, or the URL of a
// store.
func startRunner(ctx context.Context, graph string, n int) (*queries.Runner, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("start query worker: %w", err)
	}
	if strings.HasPrefix(graph, "leveldb:") {
		n = 1 // LevelDB is opened by one process at a time
	}
	return queries.New(ctx, n, func() *exec.Cmd {
		return &exec.Cmd{Path: self, Args: []string{os.Args[0], "query-worker", graph}}
	})
}
