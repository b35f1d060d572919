// Command train makes the weights of the two classifiers of package entity,
// entity/data/runs.model and entity/data/left.model. The same texts give the
// same bytes.
//
// From the repository's root:
//
//	go run ./entity/train -telegrams ../shared/text/frus_telegrams.jsonl.gz -cables ../shared/cables/dev.jsonl.gz
//
// The classifier of leftovers learns from labels.tsv: names and other
// capitalised words of the cables that no rule had taken, or only a guess, and
// what each is in its sentence. They were read by a language model that saw no
// output of this program.
//
// The classifier of runs learns people from telegrams in which the editors of the Foreign Relations
// of the United States marked them (HistoryAtState/frus, public domain), and
// bodies and places, and people of later decades, from what the rules are sure
// of in these telegrams and in cables. The editors' marks are not complete: a
// name that they did not mark teaches that it is no person only where it is
// made of everyday words, or stands in many telegrams and is hardly ever marked.
//
// The telegrams come as JSON lines or from their public source, the volumes of
// https://github.com/HistoryAtState/frus in TEI XML. volumes.tsv names them with
// commits; this fetches them into DIR and trains on them:
//
//	git clone --filter=blob:none --no-checkout https://github.com/HistoryAtState/frus FRUS
//	mkdir DIR
//	grep -v '^#' entity/train/volumes.tsv | while read -r volume commit; do
//		git -C FRUS show "$commit:volumes/$volume.xml" >"DIR/$volume.xml"
//	done
//	go run ./entity/train -telegrams DIR -cables ../shared/cables/dev.jsonl.gz
//
// The JSON lines hold the same text, mostly with straight apostrophes, and a few documents
// that only mention a telegram: the volumes give other weights, the same each time.
package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/entity/model"
	"cablegraph/vocab"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("train: ")
	var (
		telegrams = flag.String("telegrams", "../shared/text/frus_telegrams.jsonl.gz", "marked telegrams: a directory of TEI volumes, a volume (.xml), or gzipped JSON lines")
		cables    = flag.String("cables", "../shared/cables/dev.jsonl.gz", "unmarked cables, in any form that cablegraph reads")
		labels    = flag.String("labels", "entity/train/labels.tsv", "what names of the cables were read as")
		out       = flag.String("out", "entity/data", "directory to write to")
		without   = flag.String("without", strings.Join(heldOut, ","), "volumes and cables to leave out, to measure with")
		folds     = flag.Int("folds", 0, "measure the classifier of leftovers on each of so many parts of the cables, trained on the others")
	)
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	held := strings.Split(*without, ",")
	if err := trainRuns(*telegrams, *cables, filepath.Join(*out, "runs.model"), held); err != nil {
		log.Fatal(err)
	}
	if err := trainLeftovers(*cables, *labels, filepath.Join(*out, "left.model"), held, *folds); err != nil {
		log.Fatal(err)
	}
}

// heldOut are the volumes that entity's TestPersonsInTelegrams measures with,
// and the marked cables that only score.
var heldOut = []string{
	"frus1961-63v04", "frus1964-68v16", "frus1964-68v20", "frus1964-68v26", "frus1969-76v12",
	"03THEHAGUE1453", "08MANAMA118", "09MEXICO661", "09YEREVAN494",
}

// trainRuns makes the classifier of capitalised runs.
func trainRuns(telegrams, cables, out string, without []string) error {
	marked, err := readTelegrams(telegrams, without)
	if err != nil {
		return err
	}
	examples := fromMarks(marked)
	log.Printf("%d spellings from telegrams", len(examples))
	n := len(examples)
	r, err := os.Open(cables)
	if err != nil {
		return err
	}
	defer r.Close()
	f := entity.NewFinder()
	for c, err := range cable.Read(r, cables) {
		if err != nil {
			continue // a cable that cannot be read teaches nothing
		}
		if slices.Contains(without, c.ID) {
			continue
		}
		for _, cand := range f.Candidates(c) {
			if e, ok := fromRules(cand); ok {
				examples = append(examples, e)
			}
		}
	}
	log.Printf("%d spellings from cables", len(examples)-n)
	return saveModel(out, model.Train(examples, 5))
}

func saveModel(out string, m *model.Model) error {
	b := m.Bytes()
	log.Printf("%s: %d bytes, sha256 %x", out, len(b), sha256.Sum256(b))
	return os.WriteFile(out, b, 0o644)
}

// A telegram is a text with its candidates and the ends of its marked names.
type telegram struct {
	candidates []entity.Candidate
	words      []string     // of the candidates: their last words
	ends       map[int]bool // in bytes of Raw
}

// front makes a cable of a text.
const front = "R 010000Z JAN 70\nFM SECSTATE WASHDC\nTO AMEMBASSY LONDON\n\nUNCLAS STATE 000001\n\nSUBJECT: TELEGRAM\n\n"

func readTelegrams(path string, without []string) ([]telegram, error) {
	var all []telegram
	f := entity.NewFinder()
	for t, err := range markedTexts(path) {
		if err != nil {
			return nil, err
		}
		if slices.Contains(without, t.Volume) {
			continue
		}
		tel := telegram{ends: map[int]bool{}}
		for _, s := range t.Names {
			name := trimName(t.Text[s.Start:s.End])
			tel.ends[len(front)+s.Start+len(name)] = name != ""
		}
		if len(tel.ends) == 0 {
			continue // nobody marked anything here
		}
		for c, err := range cable.Read(strings.NewReader(front+t.Text), "70STATE1.txt") {
			if err != nil {
				continue // lines inside that look like a header
			}
			tel.candidates = append(tel.candidates, f.Candidates(c)...)
			for _, cand := range tel.candidates[len(tel.words):] {
				name := c.Raw[cand.Spans[0].Start:cand.Spans[0].End]
				tel.words = append(tel.words, entity.Fold(name[strings.LastIndexAny(name, " \n-")+1:]))
			}
		}
		all = append(all, tel)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s: no telegram with a marked person", path)
	}
	return all, nil
}

// trimName cuts the possessive and punctuation behind a marked name.
func trimName(name string) string {
	name = strings.TrimRight(name, ".,'’ \n")
	return strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s"), ".,'’ \n")
}

// A word is hardly ever a person's if it stands in many telegrams, and few
// that have it mark it.
const (
	manyTelegrams = 12
	fewMarked     = 10 // one in so many
)

// fromMarks makes examples of the candidates of telegrams.
func fromMarks(telegrams []telegram) []model.Example {
	marked, all := map[string]int{}, map[string]int{}
	isMarked := func(t telegram, c entity.Candidate) bool {
		return slices.ContainsFunc(c.Spans, func(s cable.Span) bool { return t.ends[s.End] })
	}
	for _, t := range telegrams {
		for k, c := range t.candidates {
			all[t.words[k]]++
			if isMarked(t, c) {
				marked[t.words[k]]++
			}
		}
	}
	var examples []model.Example
	for _, t := range telegrams {
		for k, c := range t.candidates {
			w := t.words[k]
			switch {
			case isMarked(t, c):
				c.Kind = vocab.Person
			case c.Kind == vocab.Person:
				c.Kind = vocab.NoKind // behind a title, yet not marked: may be either
			case c.Kind == vocab.NoKind && (c.Everyday || all[w] >= manyTelegrams && marked[w]*fewMarked < all[w]):
				c.Everyday = true
			default:
				c.Everyday = false
			}
			if e, ok := fromRules(c); ok {
				examples = append(examples, e)
			}
		}
	}
	return examples
}

// fromRules makes an example of a candidate whose kind is sure, or that is
// sure to be no person.
func fromRules(c entity.Candidate) (model.Example, bool) {
	e := model.Example{Features: c.Features}
	answer := func(person, body, place model.Answer) { e.Answers = [model.Labels]model.Answer{person, body, place} }
	switch {
	case c.Kind == vocab.Person:
		answer(model.Yes, model.No, model.No)
	case c.Kind == vocab.Agency:
		answer(model.No, model.Yes, model.No)
	case c.Kind == vocab.Place:
		answer(model.No, model.No, model.Yes)
	case c.Everyday:
		answer(model.No, model.Unknown, model.No)
	default:
		return e, false
	}
	return e, true
}
