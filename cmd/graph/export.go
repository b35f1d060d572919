package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"cablegraph/graphdata"
)

// newExportCommand writes a graph for other programs.
func newExportCommand() *cobra.Command {
	format, base, out := "", "", ""
	cmd := &cobra.Command{
		Use:   "export GRAPH",
		Short: "Write a graph as N-Quads",
		Long: `export writes the quads of a graph as N-Quads, in the order in which the graph keeps
them. Names are in their short form, "person:ana-prado", which every RDF tool
takes as an IRI. With --base they become IRIs under a base of yours, and those of
rdf: and rdfs: what the standard says:

  person:ana-prado    BASE/person/ana-prado
  cg:name             BASE/cg/name
  rdf:type            http://www.w3.org/1999/02/22-rdf-syntax-ns#type`,
		Example: `  graph export example.graph -o example.nq
  graph export example.graph --base https://example.org/cables | gzip > example.nq.gz`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "nquads" {
				return usageError("unknown format %q: nquads is the only one", format)
			}
			expand, err := graphdata.Expander(base)
			if err != nil {
				return usageError("--base: %w", err)
			}
			g, err := graphdata.OpenGraph(args[0])
			if err != nil {
				return err
			}
			defer g.Close()
			write := func(w io.Writer) error {
				var broken error
				_, err := graphdata.WriteNQuads(w, untilError(cmd.Context(), g.Quads(), expand, &broken))
				return errors.Join(broken, err)
			}
			if out == "" {
				return write(cmd.OutOrStdout())
			}
			return writeFile(out, write)
		},
	}
	cmd.Flags().StringVar(&format, "format", "nquads", "output format: nquads")
	cmd.Flags().StringVar(&base, "base", "", "expand the names under this IRI")
	cmd.Flags().StringVarP(&out, "output", "o", "", "write to this file (default standard output)")
	return cmd
}

// untilError yields the quads, changed, until one is an error or ctx ends, and
// puts that into err.
func untilError(ctx context.Context, quads iter.Seq2[quad.Quad, error], change func(quad.Quad) quad.Quad, err *error) iter.Seq[quad.Quad] {
	return func(yield func(quad.Quad) bool) {
		for q, e := range quads {
			if e == nil {
				e = ctx.Err()
			}
			if e != nil {
				*err = e
				return
			}
			if !yield(change(q)) {
				return
			}
		}
	}
}

// writeFile writes a file that appears only when it is complete.
func writeFile(name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		var at *fs.PathError
		if errors.As(err, &at) { // the user knows nothing of the temporary file
			err = at.Err
		}
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer os.Remove(f.Name()) // gone by then where all went well
	if err := errors.Join(write(f), f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
