package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"cablegraph/link"
)

// newRulesCommand shows the rules by which facts are found.
func newRulesCommand() *cobra.Command {
	var added []string
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List the rules by which facts are found, or try your own",
		Long: `rules lists the rules by which facts are found, in the order in which they are
tried: their names, which every fact bears, the types of facts that they make,
and what they are about.

Your own rules are text files whose names end in .rules; docs/adding-a-relation.md
teaches how to write them. Words that they need may stand beside them: lists of
phrases in lists/NAME.txt, verbs in verbs.tsv. "rules test" tries them, and
--rules adds them to extract, build and serve.`,
		Example: `  graph rules
  graph rules test mine/harbour.rules
  graph build cables --rules mine -o harbour.graph`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			rules, err := link.Extended(added)
			if err != nil {
				return err
			}
			w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			for _, r := range rules.All() {
				if _, err := fmt.Fprintf(w, "%s\t%s\t%s\n", r.Name, r.Type, r.About); err != nil {
					return err
				}
			}
			return w.Flush()
		},
	}
	addRulesFlag(cmd, &added)
	cmd.AddCommand(newRulesTestCommand())
	return cmd
}

// newRulesTestCommand tries a user's own rules.
func newRulesTestCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "test FILE...",
		Short: "Try rules of your own",
		Long: `test reads files of rules, or directories of them, behind the program's own rules
and runs the examples of each. Every fault is told with its file, line and column.`,
		Example: `  graph rules test mine/harbour.rules`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			rules, err := link.Extended(paths)
			if err != nil {
				return err
			}
			n, examples := 0, 0
			for _, r := range rules.All() {
				if r.Added {
					n++
					examples += len(r.Examples)
				}
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s, %s: as they say\n", plural(n, "rule"), plural(examples, "example"))
			return err
		},
	}
}

// addRulesFlag lets a command take rules of the user's own.
func addRulesFlag(cmd *cobra.Command, rules *[]string) {
	cmd.Flags().StringArrayVar(rules, "rules", nil, "a `directory` or file of rules of your own, tried behind the program's (see graph rules)")
}
