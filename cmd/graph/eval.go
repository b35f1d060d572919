package main

import (
	"bufio"
	"context"
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

	"github.com/spf13/cobra"

	"cablegraph/cable"
	"cablegraph/link/score"
)

// newEvalCommand measures what is found in cables against marks made by hand.
func newEvalCommand() *cobra.Command {
	opts := extractOptions{}
	asJSON, worst := false, 0
	cmd := &cobra.Command{
		Use:   "eval GOLD PATH...",
		Short: "Measure what is found in cables against marks made by hand",
		Long: `eval finds what the cables say and compares it with what a reader has marked in
them. GOLD is a directory that has, for each marked cable ID,

  ID.ann.jsonl        its mentions: start, end (bytes of the cable's text), type, entity
  ID.relations.jsonl  its facts: type, args, status, evidence (start, end)

and, so that --errors can show words, ID.txt, its text. A PATH is a file of cables,
a directory, or - for standard input; or a file that graph extract has printed.
Files and cables that are not marked do not count, so that GOLD
itself may be the PATH.

  mentions   same bytes and same type, every occurrence
  overlap    same type and a common byte: how much of the loss is a matter of boundaries
  linking    B-cubed over all mentions: is each with the right others?
  cables     entities, each counted once a cable: what reaches the graph
  relations  facts (type, subject, role, value). An entity is right that stands for
             the marked one, a date that is as precise or finer; other text is not compared
  header     of these, what the header states
  core       the others without the types that careful readers share least
  status     of the core facts found, those asserted, denied, planned … as marked
  evidence   of the facts found, those whose evidence overlaps the marked one
  values     of the marked counts, sums, terms and shares of facts found, those found

docs/quality.md has the figures of the program.`,
		Example: `  graph eval examples/gold examples/cables
  graph eval --errors 10 examples/gold examples/cables
  graph extract examples/cables > extracted.jsonl; graph eval --json examples/gold extracted.jsonl`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			marked, err := score.ReadMarks(args[0])
			if err != nil {
				return err
			}
			bar := newProgress(cmd.ErrOrStderr(), "cables")
			opts.progress = bar.set
			e, err := find(cmd.Context(), args[1:], opts)
			bar.finish()
			if err != nil {
				return err
			}
			e.marked, e.gold = marked, args[0]
			e.Report = score.Compare(marked, e.found)
			if len(e.Missing) > 0 {
				for _, aside := range e.aside { // it may say why
					fmt.Fprintln(cmd.ErrOrStderr(), aside)
				}
				fmt.Fprintf(cmd.ErrOrStderr(), "not found, so that all its marks count as missed: %s\n", strings.Join(e.Missing, " "))
			}
			if len(e.Missing) == len(marked) {
				return fmt.Errorf("no cable that %s marks is in %s", args[0], strings.Join(args[1:], " "))
			}
			out := bufio.NewWriter(cmd.OutOrStdout())
			if asJSON {
				err = e.printJSON(out, worst)
			} else {
				err = e.print(out, worst)
			}
			return errors.Join(err, out.Flush())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	cmd.Flags().IntVar(&worst, "errors", 0, "list the `N` worst errors of each sort")
	cmd.Flags().IntVar(&opts.workers, "workers", 0, "cables worked on at once (default one a core)")
	return cmd
}

// evaluation is a report with what is needed to show words.
type evaluation struct {
	*score.Report
	gold   string // directory
	marked []score.Extraction
	found  []score.Extraction
	aside  []*cable.Error    // what could not be read
	raw    map[string]string // texts of cables by id
}

// find returns what the files at paths say: cables, or what graph extract
// printed of some.
func find(ctx context.Context, paths []string, opts extractOptions) (_ *evaluation, err error) {
	e := &evaluation{raw: map[string]string{}}
	printed, err := readExtractions(paths)
	if err != nil || printed != nil {
		e.found = printed
		return e, err
	}
	c, err := extract(ctx, paths, "", opts)
	defer func() { err = errors.Join(err, c.Close()) }()
	if err != nil {
		return nil, err
	}
	e.aside = c.aside
	for i := range c.Records.Len() {
		r, err := c.Records.Record(i)
		if err != nil {
			return nil, err
		}
		e.found = append(e.found, extracted(c.Graph, i, r))
		e.raw[r.Cable.ID] = r.Cable.Raw
	}
	return e, nil
}

// readExtractions reads what graph extract printed; nil where paths do not
// begin with such a file.
func readExtractions(paths []string) ([]score.Extraction, error) {
	var all []score.Extraction
	for i, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return nil, nil // whoever reads cables says what is wrong
		}
		defer f.Close()
		if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() || !score.IsExtraction(f) {
			if i == 0 {
				return nil, nil
			}
			return nil, usageError("%s is not what graph extract prints, but %s is: give files of one kind", path, paths[0])
		}
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		more, err := score.ReadExtractions(f, path)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// words returns what stands at a place of a cable, on one line, or "".
func (e *evaluation) words(id string, s score.Span) string {
	raw, ok := e.raw[id]
	if !ok {
		if text, err := os.ReadFile(filepath.Join(e.gold, id+".txt")); err == nil {
			raw = string(text)
		}
		e.raw[id] = raw
	}
	if s.Start >= 0 && s.Start < s.End && s.End <= len(raw) {
		return strings.Join(strings.Fields(raw[s.Start:s.End]), " ")
	}
	for _, x := range e.marked {
		for _, m := range x.Mentions {
			if x.Cable == id && m.Start == s.Start && m.End == s.End {
				return m.Text
			}
		}
	}
	return ""
}

// print writes tables to be read.
func (e *evaluation) print(w io.Writer, worst int) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	figure := func(name string, f score.Figure) {
		fmt.Fprintf(tw, "%s\t%.3f\t%.3f\t%.3f\t%d\t%d\t%d\n", name, f.Precision(), f.Recall(), f.F1(), f.Right, f.Found, f.Marked)
	}
	rate := func(name string, r score.Rate) {
		fmt.Fprintf(tw, "%s\t%.3f\t%.3f\t%.3f\n", name, r.Precision, r.Recall, r.F1())
	}
	share := func(name string, s score.Share) {
		if s.Of == 0 {
			fmt.Fprintf(tw, "%s\t\t\tnone marked\n", name)
			return
		}
		fmt.Fprintf(tw, "%s\t\t\t%.3f\t%d\tof %d\n", name, s.Value(), s.Right, s.Of)
	}
	perType := func(figures map[string]score.Figure) {
		for _, name := range slices.Sorted(maps.Keys(figures)) {
			figure("  "+name, figures[name])
		}
	}
	fmt.Fprintln(tw, "\tprecision\trecall\tF1\tright\tfound\tmarked")
	figure("mentions", e.Mentions)
	perType(e.Kinds)
	rate("overlap", e.Overlap)
	rate("linking", e.Linking)
	figure("cables", e.Cables)
	figure("relations", e.Relations)
	figure("header", e.Groups[score.Header])
	figure("core", e.Groups[score.Core])
	perType(e.Types)
	share("status", e.Status)
	share("evidence", e.Evidence)
	share("values", e.Values)
	if err := tw.Flush(); err != nil {
		return err
	}
	var last score.Sort
	for _, f := range e.Worst(worst, e.words) {
		if f.Sort != last {
			fmt.Fprintf(tw, "\n%s\n", f.Sort)
			last = f.Sort
		}
		fmt.Fprintf(tw, "  %d\t%s\t%s\t%s\n", f.Count, f.Type, faultPlace(f), describeFault(f))
	}
	return tw.Flush()
}

// describeFault says what is wrong.
func describeFault(f score.Fault) string {
	s := strconv.Quote(f.Text)
	switch f.Sort {
	case score.WrongSpan:
		s += " marked " + strconv.Quote(f.MarkedText)
	case score.WrongType:
		s += " marked " + f.As + " " + strconv.Quote(f.MarkedText)
	case score.Merged, score.Split:
		s = f.Text
	case score.WrongFact, score.MissedFact:
		if s = f.Text; f.Rule != "" {
			s += ", rule " + f.Rule
		}
	}
	return s
}

// faultPlace says where, as graph extract --explain takes it.
func faultPlace(f score.Fault) string {
	if f.Cable == "" {
		return ""
	}
	return fmt.Sprintf("%s:%d-%d", f.Cable, f.Span.Start, f.Span.End)
}

// printJSON writes one object.
func (e *evaluation) printJSON(w io.Writer, worst int) error {
	type counts struct {
		Precision float64 `json:"precision"`
		Recall    float64 `json:"recall"`
		F1        float64 `json:"f1"`
		Right     int     `json:"right"`
		Found     int     `json:"found"`
		Marked    int     `json:"marked"`
	}
	type fault struct {
		Sort       score.Sort `json:"sort"`
		Count      int        `json:"count"`
		Type       string     `json:"type"`
		Text       string     `json:"text"`
		Place      string     `json:"place,omitempty"`
		MarkedType string     `json:"marked_type,omitempty"`
		MarkedText string     `json:"marked_text,omitempty"`
		Rule       string     `json:"rule,omitempty"`
	}
	perType := func(figures map[string]score.Figure) map[string]counts {
		all := map[string]counts{}
		for name, f := range figures {
			all[name] = counts{rounded(f.Precision()), rounded(f.Recall()), rounded(f.F1()), f.Right, f.Found, f.Marked}
		}
		return all
	}
	core := e.Groups[score.Core]
	line := struct {
		Mentions      float64           `json:"mentions"`
		Overlap       float64           `json:"overlap"`
		Linking       float64           `json:"linking"`
		Cables        float64           `json:"cables"`
		Relations     float64           `json:"relations"`
		Header        float64           `json:"header"`
		Core          float64           `json:"core"`
		CorePrecision float64           `json:"core_precision"`
		Status        float64           `json:"status"`
		Evidence      float64           `json:"evidence"`
		Values        float64           `json:"values"`
		MentionTypes  map[string]counts `json:"mention_types"`
		RelationTypes map[string]counts `json:"relation_types"`
		Missing       []string          `json:"missing,omitempty"`
		Errors        []fault           `json:"errors,omitempty"`
	}{
		rounded(e.Mentions.F1()), rounded(e.Overlap.F1()), rounded(e.Linking.F1()), rounded(e.Cables.F1()),
		rounded(e.Relations.F1()), rounded(e.Groups[score.Header].F1()), rounded(core.F1()), rounded(core.Precision()),
		rounded(e.Status.Value()), rounded(e.Evidence.Value()), rounded(e.Values.Value()),
		perType(e.Kinds), perType(e.Types), e.Missing, nil,
	}
	for _, f := range e.Worst(worst, e.words) {
		line.Errors = append(line.Errors, fault{f.Sort, f.Count, f.Type, f.Text, faultPlace(f), f.As, f.MarkedText, f.Rule})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(line)
}

// rounded returns f with four digits behind the point.
func rounded(f float64) float64 {
	f, _ = strconv.ParseFloat(strconv.FormatFloat(f, 'f', 4, 64), 64) // what it has written it can read
	return f
}
