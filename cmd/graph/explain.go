package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/link"
	"cablegraph/vocab"
)

// explainAll is the target of --explain without a value.
const explainAll = "every sentence"

// explain writes how the finder and the relation rules came to what they say of a
// target: bytes of a cable ("08LIMA12:140-152"), a text wherever it stands, or
// every sentence. It returns the number of cables that could not be read.
func explain(ctx context.Context, w, words io.Writer, paths []string, rules *link.Rules, target string) (aside int, err error) {
	out := bufio.NewWriter(w)
	id, span, isPlace := parsePlace(target)
	f := entity.NewFinder()
	n := 0
	for c, err := range (cable.Reader{}).ReadPaths(ctx, paths) {
		var bad *cable.Error
		switch {
		case errors.As(err, &bad):
			aside++
			fmt.Fprintln(words, bad)
			continue
		case err != nil:
			return aside, err
		}
		spans := []cable.Span{{Start: 0, End: len(c.Raw)}}
		switch {
		case isPlace && c.ID != id:
			continue
		case isPlace:
			spans[0] = span
		case target != explainAll:
			spans = occurrences(c.Text, target)
		}
		if len(spans) == 0 {
			continue
		}
		d, e := f.Explain(c)
		for _, s := range spans {
			first, last := d.Within(s)
			for i, at := range d.Sentences {
				if from, to := max(first, at.First), min(last, at.Last); from < to {
					explainSentence(out, rules, d, e.In(from, to), i, from, to)
					n++
				}
			}
		}
	}
	if n == 0 {
		return aside, fmt.Errorf("--explain: nothing is read at %s in %s", target, strings.Join(paths, " "))
	}
	return aside, out.Flush()
}

// parsePlace takes "08LIMA12:140-152" apart.
func parsePlace(s string) (id string, span cable.Span, ok bool) {
	id, at, _ := strings.Cut(s, ":")
	start, end, _ := strings.Cut(at, "-")
	var errs [2]error
	span.Start, errs[0] = strconv.Atoi(start)
	span.End, errs[1] = strconv.Atoi(end)
	_, _, _, isCable := cable.SplitID(id)
	return id, span, isCable && errors.Join(errs[:]...) == nil
}

// occurrences returns where a text stands; white space matches any other.
func occurrences(t cable.Text, text string) []cable.Span {
	clean, words := t.String(), strings.Fields(text)
	if len(words) == 0 {
		return nil
	}
	var all []cable.Span
	for from := 0; ; {
		i := strings.Index(clean[from:], words[0])
		if i < 0 {
			return all
		}
		start := from + i
		end := start + len(words[0])
		found := true
		for _, word := range words[1:] {
			rest := strings.TrimLeft(clean[end:], " \t\r\n")
			if found = len(rest) < len(clean)-end && strings.HasPrefix(rest, word); !found {
				break
			}
			end = len(clean) - len(rest) + len(word)
		}
		from = start + 1
		if found {
			all = append(all, t.RawSpan(start, end))
			from = end
		}
	}
}

// explainSentence writes how tokens [first, last) of a sentence were read, and
// how the rules for facts fared in the whole of it.
func explainSentence(w io.Writer, rules *link.Rules, d *entity.Document, e *entity.Explanation, sentence, first, last int) {
	quote := func(first, last int) string {
		return strconv.Quote(strings.Join(strings.Fields(d.Text(first, last)), " "))
	}
	at, span := d.Sentences[sentence], d.Span(first, last)
	fmt.Fprintf(w, "%s:%d-%d %s\n", d.Cable.ID, span.Start, span.End, quote(first, last))
	if first > at.First || last < at.Last {
		fmt.Fprintf(w, "in %s\n", quote(at.First, at.Last))
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	section := func(title string, n int, row func(i int) string) {
		last := ""
		for i := range n {
			if s := row(i); s != last { // a rule may try several patterns at one word
				fmt.Fprintf(tw, "%s\t%s\n", title, s)
				title, last = "", s
			}
		}
	}
	var mentions []entity.Mention
	for _, m := range d.Mentions {
		if m.First < last && first < m.Last {
			mentions = append(mentions, m)
		}
	}
	section("mentions", len(mentions), func(i int) string {
		m := mentions[i]
		s := fmt.Sprintf("%s\t%s, %s %.2f", quote(m.First, m.Last), strings.TrimSpace(m.Kind.String()+" "+m.Subtype), m.Rule, m.Score)
		if m.Norm != m.Text {
			s += ", stands for " + strconv.Quote(m.Norm)
		}
		if m.Key != "" {
			s += ", is " + m.Key
		}
		return s
	})
	section("words", len(e.Words), func(i int) string {
		x := e.Words[i]
		return quote(x.First, x.Last) + "\t" + x.Says
	})
	section("tables", len(e.Names), func(i int) string {
		x := e.Names[i]
		return quote(x.First, x.Last) + "\t" + x.Says
	})
	section("rules", len(e.Steps), func(i int) string {
		x := e.Steps[i]
		what := ""
		switch {
		case x.Took:
			what = fmt.Sprintf("takes it as %s, %.2f", x.Kind, x.Score)
		case x.Kind != vocab.NoKind:
			what = fmt.Sprintf("would take it as %s: ", x.Kind)
		}
		return fmt.Sprintf("%s\t%s: %s%s", quote(x.First, x.Last), x.Rule, what, x.Why)
	})
	trials := rules.Explain(d, sentence)
	section("facts", len(trials), func(i int) string {
		x := trials[i]
		s := fmt.Sprintf("%q\t%s: ", x.Word, x.Rule)
		if len(x.Facts) == 0 {
			return s + x.Failed
		}
		for k, fact := range x.Facts {
			if k > 0 {
				s += "; "
			}
			s += describeFact(d, fact)
		}
		return s
	})
	tw.Flush()
	fmt.Fprintln(w)
}

// describeFact writes a fact on one line.
func describeFact(d *entity.Document, r link.Relation) string {
	s := r.Type
	for _, a := range r.Args {
		v := a.Value
		if a.Mention >= 0 {
			v = d.Mentions[a.Mention].Text
		}
		s += fmt.Sprintf(" %s=%q", a.Role, v)
	}
	return fmt.Sprintf("%s (%s, %.2f)", s, r.Status, r.Score)
}
