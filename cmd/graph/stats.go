package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/cayleygraph/quad"
	"github.com/spf13/cobra"

	"cablegraph/graphdata"
	"cablegraph/graphdata/packed"
	"cablegraph/internal/memory"
	"cablegraph/vocab"
)

// newStatsCommand counts what is in a graph.
func newStatsCommand() *cobra.Command {
	asJSON, top := false, 10
	cmd := &cobra.Command{
		Use:   "stats GRAPH",
		Short: "Count the nodes and edges of a graph, and what it takes on disk",
		Long: `stats prints how many quads, values and labels a graph has; its nodes by class; its
edges by predicate, with the distinct subjects and objects of each; the nodes
that most quads begin or end with, classes apart; and the size of each part of
the file. A GRAPH is the directory, or a packed store in a file of its own.`,
		Example: `  graph stats example.graph
  graph stats example.graph --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if top < 0 {
				return usageError("--top takes a number of nodes")
			}
			g, err := openGraph(args[0])
			if err != nil {
				return err
			}
			defer g.Close()
			s, err := newStats(cmd.Context(), g.Store, top)
			if err != nil {
				return err
			}
			if asJSON {
				enc := json.NewEncoder(cmd.OutOrStdout())
				enc.SetEscapeHTML(false)
				return enc.Encode(s)
			}
			return s.print(cmd.OutOrStdout())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	cmd.Flags().IntVar(&top, "top", top, "how many nodes of the highest degree to print")
	return cmd
}

// openGraph opens a graph directory, or a packed store in a file of its own.
func openGraph(path string) (*graphdata.Graph, error) {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return graphdata.OpenGraph(path)
	}
	store, err := packed.Open(path)
	return &graphdata.Graph{Store: store}, err
}

// stats is what is counted of a graph, the most first.
type stats struct {
	Quads      int64            `json:"quads"`
	Values     int64            `json:"values"` // nodes and literals
	Labels     int64            `json:"labels"` // distinct ones
	Unlabelled int64            `json:"unlabelled"`
	Bytes      int64            `json:"bytes"`
	Classes    []statsClass     `json:"classes"`
	Predicates []statsPredicate `json:"predicates"`
	Top        []statsNode      `json:"top"`
	Parts      []statsPart      `json:"parts"`
}

type statsClass struct {
	Class string `json:"class"`
	Nodes int64  `json:"nodes"`
}

type statsPredicate struct {
	Predicate string `json:"predicate"`
	Quads     int64  `json:"quads"`
	Subjects  int64  `json:"subjects"` // distinct ones
	Objects   int64  `json:"objects"`
}

type statsNode struct {
	Node   string `json:"node"`
	Degree int64  `json:"degree"` // quads that it is subject or object of
}

type statsPart struct {
	Part  string `json:"part"`
	Bytes int64  `json:"bytes"`
}

// typePredicates are the predicates of classes: in a graph of cables, and of
// others in N-Quads.
var typePredicates = []quad.IRI{vocab.Type, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"}

func newStats(ctx context.Context, store *packed.Store, top int) (*stats, error) {
	size, err := store.Stats(ctx, true)
	if err != nil {
		return nil, err
	}
	s := &stats{
		Quads: size.Quads.Size, Values: size.Nodes.Size,
		Classes: []statsClass{}, Predicates: []statsPredicate{}, Top: []statsNode{}, Parts: []statsPart{},
	}
	s.Labels, s.Unlabelled = store.Labels()

	classes := map[string]int64{}
	for _, predicate := range typePredicates {
		counts, err := store.Objects(predicate)
		if err != nil {
			return nil, err
		}
		for _, c := range counts {
			classes[shown(c.Value)] += c.Quads
		}
	}
	for class, nodes := range classes {
		s.Classes = append(s.Classes, statsClass{class, nodes})
	}
	slices.SortFunc(s.Classes, func(a, b statsClass) int {
		return cmp.Or(cmp.Compare(b.Nodes, a.Nodes), strings.Compare(a.Class, b.Class))
	})

	predicates, err := store.Predicates()
	if err != nil {
		return nil, err
	}
	for _, p := range predicates {
		s.Predicates = append(s.Predicates, statsPredicate{shown(p.Value), p.Quads, p.Subjects, p.Objects})
	}
	slices.SortStableFunc(s.Predicates, func(a, b statsPredicate) int { return cmp.Compare(b.Quads, a.Quads) })

	// Classes have the highest degrees, and were counted above.
	nodes, err := store.Top(top + len(classes))
	if err != nil {
		return nil, err
	}
	for _, n := range nodes {
		if name := shown(n.Value); classes[name] == 0 && len(s.Top) < top {
			s.Top = append(s.Top, statsNode{name, n.Quads})
		}
	}
	for _, p := range store.Parts() {
		s.Bytes += p.Bytes
		s.Parts = append(s.Parts, statsPart{p.Name, p.Bytes})
	}
	return s, nil
}

// shown writes a value as people type it: an IRI without brackets.
func shown(v quad.Value) string {
	if iri, ok := v.(quad.IRI); ok {
		return string(iri)
	}
	return quad.StringOf(v)
}

func (s *stats) print(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(tw, "quads\t%d\nvalues\t%d\nlabels\t%d\n", s.Quads, s.Values, s.Labels)
	if s.Unlabelled > 0 {
		fmt.Fprintf(tw, "quads without label\t%d\n", s.Unlabelled)
	}
	fmt.Fprintf(tw, "size\t%s\n", memory.Size(s.Bytes))
	if s.Quads > 0 {
		fmt.Fprintf(tw, "bytes a quad\t%.1f\n", float64(s.Bytes)/float64(s.Quads))
	}

	fmt.Fprint(tw, "\nclass\tnodes\n")
	for _, c := range s.Classes {
		fmt.Fprintf(tw, "%s\t%d\n", c.Class, c.Nodes)
	}
	fmt.Fprint(tw, "\npredicate\tquads\tsubjects\tobjects\n")
	for _, p := range s.Predicates {
		fmt.Fprintf(tw, "%s\t%d\t%d\t%d\n", p.Predicate, p.Quads, p.Subjects, p.Objects)
	}
	fmt.Fprint(tw, "\nnode\tdegree\n")
	for _, n := range s.Top {
		fmt.Fprintf(tw, "%s\t%d\n", n.Node, n.Degree)
	}
	fmt.Fprint(tw, "\npart\tbytes\tshare\n")
	for _, p := range s.Parts {
		fmt.Fprintf(tw, "%s\t%d\t%.1f%%\n", p.Part, p.Bytes, 100*float64(p.Bytes)/float64(max(s.Bytes, 1)))
	}
	return tw.Flush()
}
