package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"github.com/spf13/cobra"

	"cablegraph/cable"
	"cablegraph/graphdata"
	"cablegraph/graphdata/packed"
	"cablegraph/internal/extsort"
	"cablegraph/internal/memory"
)

// newBuildCommand makes a graph from cables.
func newBuildCommand() *cobra.Command {
	opts := extractOptions{}
	out := ""
	cmd := &cobra.Command{
		Use:   "build PATH... -o GRAPH",
		Short: "Build a graph from cables",
		Long: `build reads cables, finds what they say, and writes it as a graph: a directory with
the quads in all orders (graph.packed), a manifest, and the list of what was set
aside (quarantine.jsonl). The same cables give the same bytes, in whatever order
and by however many workers they are read.

A graph that is there already is replaced as a whole when the new one is
complete. Until then, and if the build fails or is interrupted, it stays.

A PATH is a file, a directory, or - for standard input.`,
		Example: `  graph build examples/cables -o example.graph
  graph query example.graph 'g.V("<cg:Arrest>").In("<rdf:type>").Out("<cg:name>").All()'`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			bar := newProgress(cmd.ErrOrStderr(), "cables")
			var notes []string
			opts.progress, opts.step, opts.notes = bar.set, bar.step, &notes
			m, aside, err := buildGraph(cmd.Context(), paths, out, opts)
			bar.finish()
			reportIncomplete(cmd.ErrOrStderr(), notes)
			reportSetAside(cmd.ErrOrStderr(), aside)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s: %s, %s\n", out, plural(m.Cables, "cable"), plural(m.Quads, "quad")); err != nil {
				return err
			}
			if len(aside) > 0 {
				return setAsideError(len(aside))
			}
			return nil
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", "the graph's directory, made or replaced")
	addRulesFlag(cmd, &opts.rules)
	cmd.Flags().IntVar(&opts.workers, "workers", 0, "cables worked on at once (default one a core)")
	opts.memory = memory.Size(memory.Share())
	addMemoryFlag(cmd, &opts.memory)
	if err := cmd.MarkFlagRequired("output"); err != nil {
		panic(err) // the flag is defined above
	}
	return cmd
}

// addMemoryFlag adds the flag for the memory in which quads are sorted.
func addMemoryFlag(cmd *cobra.Command, size *memory.Size) {
	cmd.Flags().Var(size, "memory", "what sorting quads may take, as 512MB or 2GB (default a quarter of the machine's memory)")
	cmd.Flags().Lookup("memory").DefValue = "" // it differs from machine to machine
}

// buildGraph builds the cables of paths into the graph directory out. It
// returns what was set aside even where the build fails.
func buildGraph(ctx context.Context, paths []string, out string, opts extractOptions) (m graphdata.Manifest, aside []*cable.Error, err error) {
	draft, err := graphdata.NewDraft(out)
	if err != nil {
		return m, nil, err
	}
	defer func() { err = errors.Join(err, draft.Close()) }()
	// What linking holds grows with the collection: collect garbage sooner.
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	c, err := extract(ctx, paths, draft.Dir(), opts)
	defer func() { err = errors.Join(err, c.Close()) }()
	if err != nil {
		return m, c.aside, err
	}
	if c.Records.Len() == 0 {
		return m, c.aside, errors.New("no cable could be read: nothing to build")
	}
	debug.FreeOSMemory() // linking took more than is left, and sorting takes its share
	// The two take turns, but half of what the quads are sorted in stays full
	// while the store reads them.
	share := int64(opts.memory) / 3 * 2
	quads := graphdata.Quads(ctx, c.Graph, extsort.Options{Memory: share, Dir: draft.Dir(), Workers: opts.workers})
	m, err = draft.Commit(ctx, c.Records.Len(), quads, func() []*cable.Error { return c.aside }, packed.Options{
		Memory: share, Workers: opts.workers, Progress: opts.step,
	})
	return m, c.aside, err
}

// maxReported is how many faults are said aloud; quarantine.jsonl has them all.
const maxReported = 20

// reportSetAside says which cables were set aside, and why.
func reportSetAside(w io.Writer, aside []*cable.Error) {
	for i, e := range aside {
		if i == maxReported {
			fmt.Fprintf(w, "… and %d more\n", len(aside)-i)
			return
		}
		fmt.Fprintf(w, "set aside: %v\n", e)
	}
}

// reportIncomplete prints the first of the notes on cables that are cut short.
func reportIncomplete(w io.Writer, notes []string) {
	for _, note := range notes[:min(len(notes), maxReported)] {
		fmt.Fprintln(w, note)
	}
	if more := len(notes) - maxReported; more > 0 {
		fmt.Fprintf(w, "… and %s cut short: \"graph check\" lists them\n", plural(more, "cable"))
	}
}
