package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// newVersionCommand prints which build this is, as the Go toolchain recorded it.
func newVersionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of graph and of Cayley",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			version, cayley := "unknown", "unknown"
			if info, ok := debug.ReadBuildInfo(); ok {
				version = info.Main.Version
				for _, dep := range info.Deps {
					if dep.Path == "github.com/cayleygraph/cayley" {
						cayley = dep.Version
					}
				}
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "graph %s\ncayley %s\n%s %s/%s\n",
				version, cayley, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
