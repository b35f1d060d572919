package main

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"cablegraph/graphdata/packed"
	"cablegraph/internal/storebench"
)

// markdown returns the tables of a run.
func (c comparison) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d quads, seed %d; %s.\n\n", c.Graph.Quads, c.Graph.Seed, c.Machine)
	b.WriteString("| store | load | quads/s | memory, loading | on disk | bytes a quad | open | memory, asking |\n|---|---|---|---|---|---|---|---|\n")
	for _, r := range c.Results {
		load, rate, peak, disk, each, open, asking := "–", "–", "–", "–", "–", "–", "–"
		if l := r.Loaded; l != nil {
			load, rate = seconds(l.Seconds), fmt.Sprintf("%.0f", float64(c.Graph.Quads)/l.Seconds)
			peak = megabytes(l.Peak)
			if r.ServerPeak[0] > 0 {
				peak += " + " + megabytes(r.ServerPeak[0])
			}
			disk, each = megabytes(r.Disk), fmt.Sprintf("%.0f", float64(r.Disk)/float64(c.Graph.Quads))
		}
		if a := r.Asked; a != nil {
			open = seconds(a.Seconds)
			asking = megabytes(a.Peak)
			if r.ServerPeak[1] > 0 {
				asking += " + " + megabytes(r.ServerPeak[1])
			} else if a.Private < a.Peak/2 {
				asking += " (" + megabytes(a.Private) + " private)"
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s |\n", r.Store, load, rate, peak, disk, each, open, asking)
	}

	fmt.Fprintf(&b, "\nMilliseconds, p50 / p99 of %d questions; ×n: of n only, as the time was up.\n\n| query |", c.Iterations)
	for _, r := range c.Results {
		fmt.Fprintf(&b, " %s |", r.Store)
	}
	b.WriteString(" rows |\n|---|" + strings.Repeat("---|", len(c.Results)+1) + "\n")
	for i, q := range storebench.Queries() {
		fmt.Fprintf(&b, "| %s |", strings.ReplaceAll(q.Name, "|", `\|`))
		rows := "–"
		for _, r := range c.Results {
			if r.Asked == nil {
				b.WriteString(" – |")
				continue
			}
			t := r.Asked.Queries[i]
			fmt.Fprintf(&b, " %s |", t.cell(c.Iterations))
			if rows == "–" {
				rows = t.meanRows()
			}
		}
		fmt.Fprintf(&b, " %s |\n", rows)
	}
	if len(c.Results) > 1 {
		b.WriteString("\n" + c.agreementText() + "\n")
		if slow := c.slow(); len(slow) > 0 {
			b.WriteString("\nSlower than 1.2 times the best other store, and than 0.3 ms (p50): " + strings.Join(slow, ", ") + ".\n")
		}
	}
	return b.String()
}

func (t timing) cell(wanted int) string {
	err, _, _ := strings.Cut(t.Err, ":") // "panic"
	if len(t.Millis) == 0 {
		return err
	}
	s := fmt.Sprintf("%s / %s", millis(percentile(t.Millis, 50)), millis(percentile(t.Millis, 99)))
	if len(t.Millis) < wanted {
		s += fmt.Sprintf(" ×%d", len(t.Millis))
	}
	if err != "" {
		s += ", " + err
	}
	return s
}

// agreement compares the answers to each query with those of the first store
// that is to be believed there. It returns how many of the whole answers of
// each store were compared, and what was answered otherwise.
func (c comparison) agreement() (compared []int, others []string) {
	compared = make([]int, len(c.Results))
	for i, q := range storebench.Queries() {
		var first *timing
		for j, r := range c.Results {
			if r.Asked == nil || q.NotInMemory && r.Store == memory {
				continue
			}
			t := &r.Asked.Queries[i]
			if first == nil {
				first = t
				continue
			}
			sums, rows := min(len(t.Sums), len(first.Sums)), min(len(t.Rows), len(first.Rows))
			compared[j] += sums
			if !slices.Equal(t.Sums[:sums], first.Sums[:sums]) || !slices.Equal(t.Rows[:rows], first.Rows[:rows]) {
				others = append(others, r.Store+": "+q.Name)
			}
		}
	}
	return compared, others
}

func (c comparison) agreementText() string {
	compared, others := c.agreement()
	s := "Whole answers held against the first store's:"
	for i, r := range c.Results[1:] {
		s += fmt.Sprintf(" %s %d;", r.Store, compared[i+1])
	}
	if len(others) > 0 {
		return s + " other answers: " + strings.Join(others, ", ") + "."
	}
	return s + " all the same."
}

// slow lists the queries that the packed store answers slower than it should.
func (c comparison) slow() []string {
	var list []string
	for i, q := range storebench.Queries() {
		own, best := 0.0, math.Inf(1)
		for _, r := range c.Results {
			switch {
			case r.Asked == nil || len(r.Asked.Queries[i].Millis) == 0:
			case r.Store == packed.Name:
				own = percentile(r.Asked.Queries[i].Millis, 50)
			case !q.NotInMemory || r.Store != memory:
				best = min(best, percentile(r.Asked.Queries[i].Millis, 50))
			}
		}
		if own > 0.3 && own > 1.2*best {
			list = append(list, fmt.Sprintf("%s (%s, %s)", q.Name, millis(own), millis(best)))
		}
	}
	return list
}

// fault is the error of a run in which a store failed or answers differ.
func (c comparison) fault() error {
	var errs []error
	for _, r := range c.Results {
		if r.Err != "" {
			errs = append(errs, errors.New(r.Store+": "+r.Err))
		}
	}
	_, others := c.agreement()
	for _, d := range others {
		errs = append(errs, errors.New("another answer: "+d))
	}
	return errors.Join(errs...)
}

// meanRows returns how many rows the questions have on average.
func (t timing) meanRows() string {
	if len(t.Rows) == 0 {
		return "–"
	}
	sum := 0
	for _, n := range t.Rows {
		sum += n
	}
	if mean := float64(sum) / float64(len(t.Rows)); mean < 100 {
		return fmt.Sprintf("%.3g", mean)
	}
	return strconv.Itoa(sum / len(t.Rows))
}

func megabytes(n int64) string { return fmt.Sprintf("%d MB", (n+1<<19)>>20) }

func seconds(s float64) string {
	if s < 1 {
		return millis(1000*s) + " ms"
	}
	return fmt.Sprintf("%.1f s", s)
}

func millis(ms float64) string {
	switch {
	case ms < 1:
		return fmt.Sprintf("%.2f", ms)
	case ms < 100:
		return fmt.Sprintf("%.1f", ms)
	}
	return fmt.Sprintf("%.0f", ms)
}
