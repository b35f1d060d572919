package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"cablegraph/queries"

	"github.com/spf13/cobra"
)

// limitFlags are the limits that a user sets.
type limitFlags struct {
	queries.Limits
	megabytes int
}

func (l *limitFlags) register(cmd *cobra.Command) {
	d := queries.DefaultLimits
	cmd.Flags().DurationVar(&l.Time, "timeout", d.Time, "the time that a query may take")
	cmd.Flags().IntVar(&l.megabytes, "memory", int(d.Memory>>20), "the memory that a query may take, in megabytes")
}

// limits checks the flags and returns what they say.
func (l *limitFlags) limits() (queries.Limits, error) {
	if l.Time <= 0 || l.megabytes <= 0 || l.Rows < 0 {
		return l.Limits, usageError("--timeout, --memory and --limit take positive values")
	}
	l.Memory = int64(l.megabytes) << 20
	return l.Limits, nil
}

// newQueryCommand asks a graph one question.
func newQueryCommand() *cobra.Command {
	var (
		lang, file, saved, format string
		params                    []string
		list                      bool
		limits                    limitFlags
	)
	cmd := &cobra.Command{
		Use:   "query GRAPH [TEXT]",
		Short: "Ask a graph a question in Gizmo or GraphQL, or a saved one",
		Long: `query asks a graph one question: the TEXT, a file, or a saved query with
parameters. GRAPH is the directory that build has made, or the URL of a store:
packed:FILE, mem:FILE.nq, leveldb:DIR, postgres://...

The answer is one JSON object a row. Rows carry the paragraph that states them.
A question runs in a process of its own and may take only so much time and memory.`,
		Example: `  graph query GRAPH 'g.V("<cg:Person>").In("<rdf:type>").Save("<cg:name>", "name").All()'
  graph query GRAPH --lang graphql '{ nodes(<rdf:type>: <cg:Person>, first: 5) { id, name: <cg:name> } }'
  graph query --list
  graph query GRAPH --saved arrests --param year=2007 --format table`,
		Args: cobra.MaximumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			print, ok := queryFormats[format]
			if !ok {
				return usageError("--format %s: there are %s", format, strings.Join(slices.Sorted(maps.Keys(queryFormats)), ", "))
			}
			if list {
				return listSaved(cmd.OutOrStdout(), format)
			}
			if len(args) == 0 {
				return usageError("name a graph, or --list the saved queries")
			}
			q, err := readQuery(cmd.InOrStdin(), lang, file, saved, params, args[1:])
			if err != nil {
				return err
			}
			limits, err := limits.limits()
			if err != nil {
				return err
			}
			runner, err := startRunner(cmd.Context(), args[0], 1)
			if err != nil {
				return err
			}
			defer runner.Close()
			result, err := runner.Run(cmd.Context(), q, limits)
			if err != nil {
				return placedIn(file, err)
			}
			if result.More {
				fmt.Fprintf(cmd.ErrOrStderr(), "there are more than these %s: see --limit\n", plural(len(result.Rows), "row"))
			}
			return print(cmd.OutOrStdout(), result.Rows)
		},
	}
	f := cmd.Flags()
	f.StringVar(&lang, "lang", "", "the query language, gizmo or graphql (default gizmo, or what the file's name ends in)")
	f.StringVarP(&file, "file", "f", "", "read the query from this file, - for standard input")
	f.StringVar(&saved, "saved", "", "run the saved query of this name")
	f.StringArrayVar(&params, "param", nil, "a parameter of the saved query, `name=value`")
	f.BoolVar(&list, "list", false, "list the saved queries and their parameters")
	f.StringVar(&format, "format", "jsonl", "jsonl (a row a line), json (one array) or table")
	f.IntVar(&limits.Rows, "limit", queries.DefaultLimits.Rows, "the most rows to print")
	limits.register(cmd)
	cmd.MarkFlagsMutuallyExclusive("file", "saved", "list")
	cmd.MarkFlagsMutuallyExclusive("lang", "saved")
	return cmd
}

// readQuery returns the question of a command line.
func readQuery(stdin io.Reader, lang, file, saved string, params, args []string) (queries.Query, error) {
	sources := len(args)
	for _, s := range []string{file, saved} {
		if s != "" {
			sources++
		}
	}
	if sources != 1 {
		return queries.Query{}, usageError("give the query as one of TEXT, --file and --saved")
	}
	if saved != "" {
		s, err := queries.SavedQuery(saved)
		if err != nil {
			return queries.Query{}, usageError("%v: see --list", err)
		}
		values := map[string]string{}
		for _, p := range params {
			name, value, ok := strings.Cut(p, "=")
			if !ok {
				return queries.Query{}, usageError("--param %s: not of the form name=value", p)
			}
			values[name] = value
		}
		q, err := s.Bind(values)
		if err != nil {
			return q, usageError("%v", err)
		}
		return q, nil
	}
	if len(params) > 0 {
		return queries.Query{}, usageError("--param is for --saved")
	}
	q := queries.Query{Lang: queries.Language(lang)}
	switch file {
	case "":
		q.Text = args[0]
	case "-":
		text, err := io.ReadAll(stdin)
		if err != nil {
			return q, fmt.Errorf("standard input: %w", err)
		}
		q.Text = string(text)
	default:
		text, err := os.ReadFile(file)
		if err != nil {
			return q, err
		}
		q.Text = string(text)
		if lang == "" && filepath.Ext(file) == ".graphql" {
			q.Lang = queries.GraphQL
		}
	}
	if q.Lang == "" {
		q.Lang = queries.Gizmo
	}
	if _, err := queries.ParseLanguage(string(q.Lang)); err != nil {
		return q, usageError("%v", err)
	}
	if strings.TrimSpace(q.Text) == "" {
		return q, usageError("the query is empty")
	}
	return q, nil
}

// placedIn puts the name of the file before the place of an error.
func placedIn(file string, err error) error {
	var e *queries.Error
	if file == "" || !errors.As(err, &e) {
		return err
	}
	if e.Line == 0 {
		return fmt.Errorf("%s: %w", file, err)
	}
	return fmt.Errorf("%s:%d:%d: %s", file, e.Line, e.Col, e.Msg)
}

// queryFormats are the ways to print rows.
var queryFormats = map[string]func(io.Writer, []json.RawMessage) error{
	"jsonl": printJSONLines,
	"json":  printJSON,
	"table": printTable,
}

func printJSONLines(w io.Writer, rows []json.RawMessage) error {
	for _, row := range rows {
		if _, err := fmt.Fprintf(w, "%s\n", row); err != nil {
			return err
		}
	}
	return nil
}

func printJSON(w io.Writer, rows []json.RawMessage) error {
	if rows == nil {
		rows = []json.RawMessage{}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(rows)
}

// printTable prints a column a key, in the order of the alphabet. What is not
// an object is a column of its own.
func printTable(w io.Writer, rows []json.RawMessage) error {
	const noKey = "value"
	objects := make([]map[string]any, len(rows))
	keys := map[string]bool{}
	for i, row := range rows {
		if err := json.Unmarshal(row, &objects[i]); err != nil {
			var v any
			if err := json.Unmarshal(row, &v); err != nil {
				return err
			}
			objects[i] = map[string]any{noKey: v}
		}
		for k := range objects[i] {
			keys[k] = true
		}
	}
	columns := slices.Sorted(maps.Keys(keys))
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	if len(columns) > 0 {
		fmt.Fprintln(tw, strings.Join(columns, "\t"))
	}
	for _, o := range objects {
		cells := make([]string, len(columns))
		for i, k := range columns {
			cells[i] = cell(o[k])
		}
		fmt.Fprintln(tw, strings.Join(cells, "\t"))
	}
	return tw.Flush()
}

// cell prints a JSON value on one line.
func cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return strings.Join(strings.Fields(v), " ")
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = cell(e)
		}
		return strings.Join(parts, ", ")
	}
	text, _ := json.Marshal(v) // it came from JSON
	return string(text)
}

// listSaved prints the saved queries with their parameters.
func listSaved(w io.Writer, format string) error {
	all := queries.SavedQueries()
	if format == "json" {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(all)
	}
	for i, s := range all {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "%s (%s): %s\n  %s\n", s.Name, s.Lang, s.Title, s.Description)
		for _, p := range s.Params {
			need := "required"
			if !p.Required {
				need = "optional"
			}
			if p.Default != "" {
				need = "default " + p.Default
			}
			fmt.Fprintf(w, "  %s (%s, %s): %s\n", p.Name, p.Type, need, p.Meaning)
		}
		if _, err := fmt.Fprintf(w, "  %s\n", s.Example); err != nil {
			return err
		}
	}
	return nil
}
