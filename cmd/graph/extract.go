package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"cablegraph/link"
)

// newExtractCommand prints what the cables say without building a graph.
func newExtractCommand() *cobra.Command {
	opts := extractOptions{}
	format := ""
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

A PATH is a file, a directory, or - for standard input.`,
		Example: `  graph extract examples/cables > extracted.jsonl
  graph extract - < cable.txt | jq '.relations[] | select(.type == "arrested")'`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			if format != "jsonl" {
				return usageError("unknown format %q: jsonl is the only one", format)
			}
			bar := newProgress(cmd.ErrOrStderr(), "cables")
			opts.progress = bar.set
			c, err := collect(cmd.Context(), paths, opts)
			bar.finish()
			if err != nil {
				return err
			}
			for _, e := range c.aside {
				fmt.Fprintln(cmd.ErrOrStderr(), e)
			}
			if err := printExtraction(cmd.Context(), cmd.OutOrStdout(), c.records); err != nil {
				return err
			}
			if n := len(c.aside); n > 0 {
				return setAsideError(n)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&format, "format", "jsonl", "output format: jsonl")
	cmd.Flags().IntVar(&opts.workers, "workers", 0, "cables worked on at once (default one a core)")
	return cmd
}

// extractedCable is one line of output.
type extractedCable struct {
	Cable     string              `json:"cable"`
	Source    string              `json:"source"`
	Mentions  []extractedMention  `json:"mentions"`
	Relations []extractedRelation `json:"relations"`
}

type extractedMention struct {
	Start  int     `json:"start"`
	End    int     `json:"end"`
	Type   string  `json:"type"`
	Entity string  `json:"entity"`
	Rule   string  `json:"rule"`
	Score  float32 `json:"score"`
}

type extractedRelation struct {
	Type     string         `json:"type"`
	Args     map[string]any `json:"args"` // a string, or a list where a role has several values
	Status   string         `json:"status"`
	Para     int            `json:"para"`
	Evidence extractedSpan  `json:"evidence"`
	Rule     string         `json:"rule"`
	Score    float32        `json:"score"`
}

type extractedSpan struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// printExtraction links the records and writes them in their order.
func printExtraction(ctx context.Context, w io.Writer, records []*link.Record) error {
	g := link.Resolve(records)
	at := make(map[*link.Record]int, len(g.Records))
	for i, r := range g.Records {
		at[r] = i
	}
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, r := range records {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := enc.Encode(extracted(g, at[r])); err != nil {
			return err
		}
	}
	return out.Flush()
}

func extracted(g *link.Graph, i int) extractedCable {
	r := g.Records[i]
	id := func(mention int) string { return g.Entities[g.Of[i][mention]].ID }
	c := extractedCable{Cable: r.Cable.ID, Source: r.Cable.Source.File, Mentions: []extractedMention{}, Relations: []extractedRelation{}}
	for k, m := range r.Mentions {
		c.Mentions = append(c.Mentions, extractedMention{m.Span.Start, m.Span.End, m.Kind.String(), id(k), m.Rule, m.Score})
	}
	for _, rel := range r.Relations {
		args := map[string]any{}
		for _, a := range rel.Args {
			v := a.Value
			if a.Mention >= 0 {
				v = id(a.Mention)
			}
			switch old := args[a.Role].(type) {
			case nil:
				args[a.Role] = v
			case string:
				args[a.Role] = []string{old, v}
			case []string:
				args[a.Role] = append(old, v)
			}
		}
		c.Relations = append(c.Relations, extractedRelation{rel.Type, args, rel.Status.String(), rel.Para, extractedSpan{rel.Evidence.Start, rel.Evidence.End}, rel.Rule, rel.Score})
	}
	return c
}
