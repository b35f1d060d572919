package main

import (
	"bufio"
	"io"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"cablegraph/internal/synthetic"
)

// newGenerateCommand invents cables. It is for measuring, so help does not list it.
func newGenerateCommand() *cobra.Command {
	cables, seed, out := 0, uint64(1), ""
	cmd := &cobra.Command{
		Use:    "generate --cables N -o FILE",
		Short:  "Invent cables to measure with",
		Hidden: true,
		Long: `generate writes invented cables as JSON Lines, compressed where FILE ends in .gz.
They have the form of real ones, and names, references and facts recur in them as in
real collections. The same number and seed give the same bytes.`,
		Example: `  graph generate --cables 2000 -o invented.jsonl.gz
  graph generate --cables 2000 -o - | graph build - -o invented.graph`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			c, err := synthetic.New(seed, cables)
			if err != nil {
				return usageError("%v", err)
			}
			write := func(w io.Writer) error {
				bar := newProgress(cmd.ErrOrStderr(), "cables")
				defer bar.finish()
				return c.Write(cmd.Context(), w, strings.HasSuffix(out, ".gz"), runtime.GOMAXPROCS(0), bar.set)
			}
			if out == "-" {
				return write(cmd.OutOrStdout())
			}
			f, err := os.Create(out)
			if err != nil {
				return err
			}
			b := bufio.NewWriterSize(f, 1<<20)
			if err = write(b); err == nil {
				err = b.Flush()
			}
			if closed := f.Close(); err == nil {
				err = closed
			}
			return err
		},
	}
	cmd.Flags().IntVar(&cables, "cables", 0, "how many cables")
	cmd.Flags().Uint64Var(&seed, "seed", 1, "another seed gives other cables")
	cmd.Flags().StringVarP(&out, "output", "o", "", "file to write, - for standard output")
	for _, name := range []string{"cables", "output"} {
		if err := cmd.MarkFlagRequired(name); err != nil {
			panic(err) // the flag is defined above
		}
	}
	return cmd
}
