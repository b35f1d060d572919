package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"cablegraph/link"
	"cablegraph/link/score"
	"cablegraph/vocab"
)

// newExtractCommand prints what the cables say without building a graph.
func newExtractCommand() *cobra.Command {
	opts := extractOptions{}
	format, target := "", ""
	cmd := &cobra.Command{
		Use:   "extract PATH...",
		Short: "Print the mentions and relations of cables as JSON",
		Long: `extract reads cables, finds the mentions and relations in each, decides across
all of them which mentions are the same entity, and prints one JSON object a
cable, in input order:

  cable      the cable's id
  source     the file that it was read from
  mentions   start, end (bytes of the cable's text), type, entity, rule, score
  relations  type, args, status, para (0 the header, -1 the signature),
             evidence (start, end), rule, score

A PATH is a file, a directory, or - for standard input.

With --explain it tells instead how it comes to what it says, sentence by
sentence: what the tables know of the words, which rule took which name, what was
weighed and refused, which rules for facts made one and where the others stopped.
--explain=CABLE:START-END looks at those bytes only, --explain=TEXT at every place
where the text stands.`,
		Example: `  graph extract examples/cables > extracted.jsonl
  graph extract - < cable.txt | jq '.relations[] | select(.type == "arrested")'
  graph extract --explain=Relojeros examples/cables`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) (err error) {
			if format != "jsonl" {
				return usageError("unknown format %q: jsonl is the only one", format)
			}
			if cmd.Flags().Changed("explain") {
				rules, err := link.Extended(opts.rules)
				if err != nil {
					return err
				}
				aside, err := explain(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr(), paths, rules, target)
				if err == nil && aside > 0 {
					err = setAsideError(aside)
				}
				return err
			}
			bar := newProgress(cmd.ErrOrStderr(), "cables")
			opts.progress = bar.set
			c, err := extract(cmd.Context(), paths, "", opts)
			defer func() { err = errors.Join(err, c.Close()) }()
			bar.finish()
			if err != nil {
				return err
			}
			for _, e := range c.aside {
				fmt.Fprintln(cmd.ErrOrStderr(), e)
			}
			if err := printExtraction(cmd.Context(), cmd.OutOrStdout(), c.Graph); err != nil {
				return err
			}
			if n := len(c.aside); n > 0 {
				return setAsideError(n)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&format, "format", "jsonl", "output format: jsonl")
	cmd.Flags().StringVar(&target, "explain", "", "tell how it comes to what it says of a `place` or text")
	cmd.Flags().Lookup("explain").NoOptDefVal = explainAll
	addRulesFlag(cmd, &opts.rules)
	cmd.Flags().IntVar(&opts.workers, "workers", 0, "cables worked on at once (default one a core)")
	return cmd
}

// printExtraction writes what the records say in the order in which they were read.
func printExtraction(ctx context.Context, w io.Writer, g *link.Graph) error {
	at := make([]int, len(g.Order))
	for i, place := range g.Order {
		at[place] = i
	}
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, i := range at {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r, err := g.Records.Record(i)
		if err != nil {
			return err
		}
		if err := enc.Encode(extracted(g, i, r)); err != nil {
			return err
		}
	}
	return out.Flush()
}

// extracted is what r, the record at place i of g, says.
func extracted(g *link.Graph, i int, r *link.Record) score.Extraction {
	id := func(mention int) string { return g.Entities[g.Of[i][mention]].ID }
	x := score.Extraction{Cable: r.Cable.ID, Source: r.Cable.Source.File, Mentions: []score.Mention{}, Relations: []score.Relation{}}
	for k, m := range r.Mentions {
		x.Mentions = append(x.Mentions, score.Mention{Start: m.Span.Start, End: m.Span.End, Type: m.Kind.String(), Entity: id(k), Rule: m.Rule, Score: m.Score})
	}
	for _, rel := range r.Relations {
		relation, ok := vocab.RelationType(rel.Type)
		if !ok {
			relation = &vocab.Relation{Annotated: rel.Type} // of a user's rules
		}
		args := map[string]score.Values{}
		for _, a := range rel.Args {
			v := a.Value
			if a.Mention >= 0 {
				v = id(a.Mention)
			}
			role := relation.AnnotatedRole(a.Role)
			args[role] = append(args[role], v)
		}
		x.Relations = append(x.Relations, score.Relation{
			Type: relation.Annotated, Args: args, Status: rel.Status.String(), Para: rel.Para,
			Evidence: score.Span{Start: rel.Evidence.Start, End: rel.Evidence.End}, Rule: rel.Rule, Score: rel.Score,
		})
	}
	return x
}
