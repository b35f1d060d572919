package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"text/tabwriter"

	"cablegraph/cable"

	"github.com/spf13/cobra"
)

// newCheckCommand reads cables and says what it found, without building anything.
func newCheckCommand() *cobra.Command {
	asJSON, fields := false, ""
	cmd := &cobra.Command{
		Use:   "check PATH...",
		Short: "Read cables and report what was found, repaired and set aside",
		Long: `check reads cables and changes nothing. It prints how many there are by form,
year, post and classification, what was repaired, and what was set aside and
why. With --json it prints one object a cable instead, in input order. A cable
that is cut short is read as far as it goes, and said to be on standard error.

A PATH is a file, a directory, or - for standard input: plain text, web pages,
CSV and other dumps or JSON Lines, also compressed or in an archive. The form is
recognised by the content; docs/cable-formats.md describes all of them.`,
		Example: `  graph check examples/cables
  graph check --json examples/cables/08ABUJA731.txt
  graph check --fields id=mrn,body=text collection.jsonl.gz`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			names, err := cable.ParseFields(fields)
			if err != nil {
				return usageError("--fields: %w", err)
			}
			report := newCheckReport()
			out := bufio.NewWriter(cmd.OutOrStdout())
			defer out.Flush()
			enc := json.NewEncoder(out)
			enc.SetEscapeHTML(false)
			for c, err := range (cable.Reader{Fields: names}).ReadPaths(cmd.Context(), args) {
				var aside *cable.Error
				switch {
				case errors.As(err, &aside):
					report.setAside(aside)
					fmt.Fprintln(cmd.ErrOrStderr(), err)
				case err != nil:
					return err
				default:
					for _, note := range incomplete(c) {
						fmt.Fprintln(cmd.ErrOrStderr(), note)
					}
					if !asJSON {
						report.add(c)
					} else if err := enc.Encode(cable.NewRecord(c)); err != nil {
						return err
					}
				}
			}
			if !asJSON {
				if err := report.print(out); err != nil {
					return err
				}
			}
			if report.aside > 0 {
				return setAsideError(report.aside)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a cable")
	cmd.Flags().StringVar(&fields, "fields", "", "`names` of the parts of a cable in JSON Lines, as \"id=mrn,body=text\"")
	return cmd
}

// incomplete returns a line for each sign that a cable is not all that was
// sent: it stays in the collection, but the reader of the report should know.
func incomplete(c *cable.Cable) []string {
	var notes []string
	for _, r := range c.Repairs {
		if r.Kind == "truncated" || r.Kind == "row" {
			notes = append(notes, fmt.Sprintf("%s: cable %s: %s", c.Source, c.ID, r.Note))
		}
	}
	return notes
}

// checkReport counts cables.
type checkReport struct {
	cables, paragraphs, partial, copies, aside int
	forms, years, posts, classes, repairs, why map[string]int
}

func newCheckReport() *checkReport {
	return &checkReport{
		forms: map[string]int{}, years: map[string]int{}, posts: map[string]int{},
		classes: map[string]int{}, repairs: map[string]int{}, why: map[string]int{},
	}
}

func (r *checkReport) add(c *cable.Cable) {
	r.cables++
	r.paragraphs += len(c.Paragraphs)
	if c.Partial {
		r.partial++
	}
	r.copies += len(c.Also)
	r.forms[c.Form]++
	year, post, _, _ := cable.SplitID(c.ID)
	r.years[strconv.Itoa(year)]++
	r.posts[post]++
	class := c.Classification
	if class == "" {
		class = "(none)"
	}
	r.classes[class]++
	for _, repair := range c.Repairs {
		r.repairs[repair.Kind]++
	}
}

func (r *checkReport) setAside(e *cable.Error) {
	r.aside++
	r.why[e.Err.Error()]++
}

func (r *checkReport) print(w io.Writer) error {
	fmt.Fprintf(w, "%s, %s, %s, %s left out, %d set aside\n",
		plural(r.cables, "cable"), plural(r.paragraphs, "paragraph"), plural(r.partial, "partial extract"), plural(r.copies, "duplicate"), r.aside)
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, t := range []struct {
		title string
		count map[string]int
		byKey bool // else by count
	}{
		{"form", r.forms, false},
		{"year", r.years, true},
		{"post", r.posts, false},
		{"classification", r.classes, false},
		{"repair", r.repairs, false},
		{"set aside", r.why, false},
	} {
		if len(t.count) == 0 {
			continue
		}
		fmt.Fprintf(tw, "\n%s\tcount\n", t.title)
		keys := slices.Sorted(maps.Keys(t.count))
		if !t.byKey {
			slices.SortStableFunc(keys, func(a, b string) int { return t.count[b] - t.count[a] })
		}
		for _, k := range keys {
			fmt.Fprintf(tw, "%s\t%d\n", k, t.count[k])
		}
	}
	return tw.Flush()
}
