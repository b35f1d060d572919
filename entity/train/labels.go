package main

import (
	"fmt"
	"log"
	"os"
	"slices"
	"strconv"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/entity/model"
	"cablegraph/internal/table"
)

// labels are the kinds of the labelled spans of each cable, by its id: those
// of vocab, "none" for no name, and "part" for more or less than a name.
type labels map[string]spans

type spans map[cable.Span]string

// of returns the kind of a span, or "" where none is known. What stands within
// words that are no name is none either.
func (s spans) of(span cable.Span) string {
	if kind, ok := s[span]; ok {
		return kind
	}
	for around, kind := range s {
		if kind == "none" && around.Start <= span.Start && span.End <= around.End {
			return kind
		}
	}
	return ""
}

func readLabels(path string) (labels, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	all := labels{}
	t := table.New(path, string(b), "cable", "start", "end", "kind")
	for r := range t.Rows() {
		start, err1 := strconv.Atoi(r.Fields[1])
		end, err2 := strconv.Atoi(r.Fields[2])
		if err1 != nil || err2 != nil || start < 0 || start >= end {
			r.Errorf("%q to %q is no span", r.Fields[1], r.Fields[2])
			continue
		}
		if all[r.Fields[0]] == nil {
			all[r.Fields[0]] = spans{}
		}
		all[r.Fields[0]][cable.Span{Start: start, End: end}] = r.Fields[3]
	}
	return all, t.Err()
}

// leftovers returns an example of every labelled leftover of the cables at path.
func leftovers(path string, all labels, without []string) ([]model.Example, error) {
	r, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	f := entity.NewFinder()
	var examples []model.Example
	for c, err := range cable.Read(r, path) {
		if err != nil || all[c.ID] == nil || slices.Contains(without, c.ID) {
			continue
		}
		for _, cand := range f.Leftovers(c) {
			for _, span := range cand.Spans {
				if kind := all[c.ID].of(span); kind != "" {
					examples = append(examples, model.Example{Features: cand.Features, Answers: answers(kind)})
					break
				}
			}
		}
	}
	return examples, nil
}

// answers returns what the classifier of leftovers should say of a kind.
func answers(kind string) [model.Labels]model.Answer {
	is := func(yes bool) model.Answer {
		if yes {
			return model.Yes
		}
		return model.No
	}
	return [model.Labels]model.Answer{is(kind == "agency"), is(kind == "organization"), is(kind == "place" || kind == "state")}
}

// trainLeftovers makes the classifier of leftovers.
func trainLeftovers(cables, path, out string, without []string) error {
	all, err := readLabels(path)
	if err != nil {
		return err
	}
	examples, err := leftovers(cables, all, without)
	if err != nil {
		return err
	}
	if len(examples) == 0 {
		return fmt.Errorf("%s: no cable of %s", cables, path)
	}
	log.Printf("%d leftovers", len(examples))
	return saveModel(out, model.Train(examples, 20))
}
