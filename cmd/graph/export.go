package main

import (
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
	"cablegraph/internal/extsort"
)

// newExportCommand writes a graph for other programs.
func newExportCommand() *cobra.Command {
	format, base, out := "", "", ""
	cmd := &cobra.Command{
		Use:   "export GRAPH",
		Short: "Write a graph as N-Quads",
		Long: `export writes the quads of a graph as N-Quads, their lines sorted. Names are in their short form, "person:ana-prado", which every RDF tool
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
				_, err := graphdata.WriteSorted(cmd.Context(), w, changed(g.Store.All(), expand), extsort.Options{})
				return err
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

// changed yields what change makes of the quads.
func changed(quads iter.Seq2[quad.Quad, error], change func(quad.Quad) quad.Quad) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for q, err := range quads {
			if err == nil {
				q = change(q)
			}
			if !yield(q, err) {
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
