package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"cablegraph/graphdata"
	"cablegraph/web"

	"github.com/spf13/cobra"
)

// newServeCommand answers questions over HTTP.
func newServeCommand() *cobra.Command {
	var (
		listen, out string
		workers     int
		rules       []string
		origins     []string
		limits      limitFlags
	)
	cmd := &cobra.Command{
		Use:   "serve GRAPH|PATH...",
		Short: "Answer questions over HTTP, as a Cayley server does",
		Long: `serve answers Gizmo and GraphQL over HTTP, with the routes of a Cayley server, and
runs saved queries. Given cables instead of a graph it builds the graph first; it
is removed when the server ends, unless -o names a place for it.

Only this machine is served. Questions run in worker processes, each of which
holds the graph; one that takes too much time or memory ends its worker and
nothing else. Ctrl-C ends the server.`,
		Example: `  graph serve examples/cables
  graph serve example.graph --listen 127.0.0.1:8080
  graph serve example.graph --allow-origin http://localhost:8888`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if workers < 1 {
				return usageError("--workers takes a positive number")
			}
			limits, err := limits.limits()
			if err != nil {
				return err
			}
			isGraph := len(args) == 1 && namesGraph(args[0])
			if isGraph && len(rules) > 0 {
				return usageError("--rules is for cables, and %s is a graph", args[0])
			}
			if isGraph && out != "" {
				return usageError("-o is for cables, and %s is a graph", args[0])
			}
			// Listening comes before the long work, so that a wrong address is told at once.
			l, err := web.Listen(ctx, listen)
			if err != nil {
				return err
			}
			defer l.Close()
			graph := args[0]
			if !isGraph {
				var remove func()
				if graph, remove, err = buildForServe(ctx, cmd.ErrOrStderr(), args, out, rules); err != nil {
					return err
				}
				defer remove()
			}
			runner, err := startRunner(ctx, graph, workers)
			if err != nil {
				return err
			}
			defer runner.Close()
			handler, err := web.Handler(web.Config{
				Graph: strings.Join(args, ", "), Runner: runner, Limits: limits, Origins: origins,
			})
			if err != nil {
				return usageError("%v", err)
			}
			address := "http://" + l.Addr().String()
			fmt.Fprintf(cmd.OutOrStdout(), `Serving %s at %s/ until Ctrl-C. Ask it:
  curl '%[2]s/api/v1/query/gizmo' -d 'g.V("<cg:Person>").In("<rdf:type>").Save("<cg:name>", "name").All()'
  curl '%[2]s/api/v1/queries/arrests'
`, strings.Join(args, ", "), address)
			return web.Serve(ctx, l, handler, limits.Time)
		},
	}
	f := cmd.Flags()
	f.StringVar(&listen, "listen", "127.0.0.1:64210", "the loopback address to listen on; port 0 takes a free one")
	f.StringVarP(&out, "output", "o", "", "given cables, keep their graph in this directory")
	addRulesFlag(cmd, &rules)
	f.IntVar(&workers, "workers", 2, "the questions that are answered at once; each worker holds the graph")
	f.StringArrayVar(&origins, "allow-origin", nil, "let pages of this `origin` ask from a browser, such as http://localhost:8888")
	limits.register(cmd)
	return cmd
}

// namesGraph tells a graph from cables: the URL of a store, or a directory that
// build has made.
func namesGraph(arg string) bool {
	if graphdata.IsStoreURL(arg) || strings.HasPrefix(arg, "mem:") {
		return true
	}
	// A graph of another version is one too: opening it says what to do.
	_, err := os.Stat(filepath.Join(arg, "manifest.json"))
	return err == nil
}

// buildForServe builds the graph of cables in the directory out or, where it is
// "", in a temporary one that remove removes.
func buildForServe(ctx context.Context, stderr io.Writer, paths []string, out string, rules []string) (graph string, remove func(), err error) {
	remove = func() {}
	if out == "" {
		dir, err := os.MkdirTemp("", "graph-")
		if err != nil {
			return "", nil, err
		}
		remove = func() { _ = os.RemoveAll(dir) } // at worst it stays with the other temporary files
		out = filepath.Join(dir, "graph")
	}
	bar := newProgress(stderr, "cables")
	m, aside, err := buildGraph(ctx, paths, out, extractOptions{rules: rules, progress: bar.set})
	bar.finish()
	reportSetAside(stderr, aside)
	if err != nil {
		remove()
		return "", nil, err
	}
	fmt.Fprintf(stderr, "built a graph of %s, %s\n", plural(m.Cables, "cable"), plural(m.Quads, "quad"))
	return out, remove, nil
}
