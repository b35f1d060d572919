package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"cablegraph/graphdata"
	"cablegraph/graphdata/packed"
)

// newVerifyCommand reads all of a graph and says whether it is what was built.
func newVerifyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "verify GRAPH",
		Short: "Read all of a graph and check that it is what was built",
		Long: `verify reads the whole graph: the checksum of every block, that the values and the
quads ascend, that every value is found again by its number, and that every quad
stands in every index. It ends with exit code 1 at the first fault.`,
		Example: `  graph verify example.graph`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			bar := newProgress(cmd.ErrOrStderr(), "")
			defer bar.finish()
			var store *packed.Store
			if info, err := os.Stat(args[0]); err == nil && info.Mode().IsRegular() {
				if store, err = packed.Open(args[0]); err != nil {
					return err
				}
				defer store.Close()
				if err := store.Verify(cmd.Context(), bar.step); err != nil {
					return err
				}
			} else {
				g, err := graphdata.OpenGraph(args[0])
				if err != nil {
					return err
				}
				defer g.Close()
				if err := g.Verify(cmd.Context(), bar.step); err != nil {
					return err
				}
				store = g.Store
			}
			size, err := store.Stats(cmd.Context(), true)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: %s, no fault\n", args[0], plural(int(size.Quads.Size), "quad"))
			return err
		},
	}
}
