package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"cablegraph/graphdata"
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
			quads := 0
			if info, err := os.Stat(args[0]); err == nil && info.IsDir() {
				g, err := graphdata.OpenGraph(args[0])
				if err != nil {
					return err
				}
				defer g.Close()
				bar := newProgress(cmd.ErrOrStderr(), "quads")
				defer bar.finish()
				for _, err := range counted(g.Quads(), bar.set) {
					if err == nil {
						err = cmd.Context().Err()
					}
					if err != nil {
						return err
					}
				}
				quads = g.Manifest.Quads
			}
			store, err := openPacked(args[0])
			if quads > 0 && errors.Is(err, fs.ErrNotExist) {
				_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s: %s, no fault\n", args[0], plural(quads, "quad"))
				return err
			}
			if err != nil {
				return err
			}
			defer store.Close()
			bar := newProgress(cmd.ErrOrStderr(), "")
			defer bar.finish()
			if err := store.Verify(cmd.Context(), bar.step); err != nil {
				return err
			}
			size, err := store.Stats(cmd.Context(), true)
			if err != nil {
				return err
			}
			if quads > 0 && int64(quads) != size.Quads.Size {
				return fmt.Errorf("%s: the manifest says %s, the store has %d", args[0], plural(quads, "quad"), size.Quads.Size)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: %s, no fault\n", args[0], plural(int(size.Quads.Size), "quad"))
			return err
		},
	}
}
