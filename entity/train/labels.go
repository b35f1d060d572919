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

// leftovers returns the examples of the labelled leftovers of each cable at path.
func leftovers(path string, all labels, without []string) ([][]model.Example, error) {
	r, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	f := entity.NewFinder()
	var each [][]model.Example
	for c, err := range cable.Read(r, path) {
		if err != nil || all[c.ID] == nil || slices.Contains(without, c.ID) {
			continue
		}
		var examples []model.Example
		for _, cand := range f.Leftovers(c) {
			for _, span := range cand.Spans {
				if kind := all[c.ID].of(span); kind != "" {
					examples = append(examples, model.Example{Features: cand.Features, Answers: answers(kind)})
					break
				}
			}
		}
		each = append(each, examples)
	}
	return each, nil
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

// leftEpochs is how often the classifier of leftovers goes through its examples.
const leftEpochs = 20

// trainLeftovers makes the classifier of leftovers, and with folds above 1
// prints what it finds in each part of the cables when it learned from the others.
func trainLeftovers(cables, path, out string, without []string, folds int) error {
	all, err := readLabels(path)
	if err != nil {
		return err
	}
	each, err := leftovers(cables, all, without)
	if err != nil {
		return err
	}
	if len(each) == 0 {
		return fmt.Errorf("%s: no cable of %s", cables, path)
	}
	if folds > 1 {
		crossValidate(each, folds)
	}
	examples := slices.Concat(each...)
	log.Printf("%d leftovers", len(examples))
	return saveModel(out, model.Train(examples, leftEpochs))
}

// crossValidate prints how many leftovers of each label are found and right, at
// the thresholds that package entity asks of words that are no acronyms.
func crossValidate(each [][]model.Example, folds int) {
	var right, found, marked [model.Labels]int
	for fold := range folds {
		var learn, asked []model.Example
		for k, examples := range each {
			if k%folds == fold {
				asked = append(asked, examples...)
			} else {
				learn = append(learn, examples...)
			}
		}
		m := model.Train(learn, leftEpochs)
		for _, e := range asked {
			var score [model.Labels]float32
			m.Score(e.Features, &score)
			best := 0
			for l, answer := range e.Answers {
				if answer == model.Yes {
					marked[l]++
				}
				if score[l] > score[best] {
					best = l
				}
			}
			need := float32(entity.NeedLeftBody)
			if best == 2 {
				need = entity.NeedLeftPlace
			}
			if score[best] >= need {
				found[best]++
				if e.Answers[best] == model.Yes {
					right[best]++
				}
			}
		}
	}
	for l, name := range []string{"agency", "organization", "place"} {
		log.Printf("%-12s %3d right of %3d found, %3d marked", name, right[l], found[l], marked[l])
	}
}
