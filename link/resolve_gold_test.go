package link

import (
	"bufio"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/vocab"
)

// For ../shared/eval/score.py:
//
//	go test ./link -run ResolveMarked -args -linked out.jsonl
var linkedFile = flag.String("linked", "", "write the linked marks of ../shared/gold as JSON Lines to this file")

// marked is a line of ../shared/gold/*/*.ann.jsonl.
type marked struct {
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Type    string `json:"type"`
	Subtype string `json:"subtype,omitempty"`
	Entity  string `json:"entity"`
}

// readMarked returns the hand-marked cables of a folder as records whose
// mentions carry kind, subtype and text only, and the marked entities.
func readMarked(t *testing.T, dir string) (records []*Record, gold [][]string) {
	t.Helper()
	paths, _ := filepath.Glob(filepath.Join(dir, "*.ann.jsonl"))
	if len(paths) == 0 {
		t.Skip("no marked cables in " + dir)
	}
	for _, path := range paths {
		for c, err := range cable.ReadPaths([]string{strings.TrimSuffix(path, ".ann.jsonl") + ".txt"}) {
			if err != nil {
				t.Fatal(err)
			}
			rec, entities := annotate(t, c, path)
			records = append(records, rec)
			gold = append(gold, entities)
		}
	}
	return records, gold
}

func annotate(t *testing.T, c *cable.Cable, path string) (*Record, []string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rec := &Record{Cable: c}
	var entities []string
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var m marked
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			t.Fatal(path, err)
		}
		rec.Mentions = append(rec.Mentions, entity.Mention{
			Span: cable.Span{Start: m.Start, End: m.End}, Kind: vocab.ParseKind(m.Type), Subtype: m.Subtype,
			Text: strings.Join(strings.Fields(c.Text.Slice(cable.Span{Start: m.Start, End: m.End})), " "),
		})
		entities = append(entities, m.Entity)
	}
	// "Long (SHORT)" and "SHORT (Long)", which package entity finds
	for i := 1; i < len(rec.Mentions); i++ {
		a, b := &rec.Mentions[i-1], &rec.Mentions[i]
		if a.Kind != b.Kind || a.Span.End > b.Span.Start || strings.Join(strings.Fields(c.Raw[a.Span.End:b.Span.Start]), "") != "(" || !strings.HasPrefix(c.Raw[b.Span.End:], ")") {
			continue
		}
		switch {
		case isAcronym(b.Text):
			rec.Acronyms = append(rec.Acronyms, entity.Acronym{Long: i - 1, Short: i})
		case isAcronym(a.Text):
			rec.Acronyms = append(rec.Acronyms, entity.Acronym{Long: i, Short: i - 1})
		}
	}
	return rec, entities
}

// bCubed returns the B-cubed precision and recall of predicted clusters.
func bCubed(predicted, gold []string) (p, r float64) {
	type pair struct{ p, g string }
	np, ng, both := map[string]float64{}, map[string]float64{}, map[pair]float64{}
	for i := range predicted {
		np[predicted[i]]++
		ng[gold[i]]++
		both[pair{predicted[i], gold[i]}]++
	}
	for i := range predicted {
		n := both[pair{predicted[i], gold[i]}]
		p += n / np[predicted[i]]
		r += n / ng[gold[i]]
	}
	n := float64(len(predicted))
	return p / n, r / n
}

func TestResolveMarked(t *testing.T) {
	root := filepath.Join("..", "..", "shared", "gold")
	if _, err := os.Stat(root); err != nil {
		t.Skip("the marked cables ../shared/gold are not here")
	}
	seeds, goldSeeds := readMarked(t, filepath.Join(root, "seeds"))
	dev, goldDev := readMarked(t, filepath.Join(root, "dev"))
	for _, test := range []struct {
		name    string
		records []*Record
		gold    [][]string
	}{
		{"seeds", seeds, goldSeeds},
		{"dev", dev, goldDev},
		{"both", append(append([]*Record(nil), seeds...), dev...), append(append([][]string(nil), goldSeeds...), goldDev...)},
	} {
		g := Resolve(test.records)
		place := map[*Record]int{}
		for i, r := range recordsOf(t, g) {
			place[r] = i
		}
		var predicted, gold []string
		for i, r := range test.records {
			for m := range r.Mentions {
				predicted = append(predicted, g.Entities[g.Of[place[r]][m]].ID)
				gold = append(gold, test.gold[i][m])
			}
		}
		p, r := bCubed(predicted, gold)
		f := 2 * p * r / (p + r)
		t.Logf("%s: linking P %.3f R %.3f F1 %.3f, %d mentions, %d entities, %d marked", test.name, p, r, f, len(gold), len(g.Entities), distinct(gold))
		if f < 0.93 {
			t.Errorf("%s: B-cubed F1 %.3f is below 0.93", test.name, f)
		}
		if test.name == "both" && *linkedFile != "" {
			writeLinked(t, g)
		}
	}
}

func distinct(s []string) int {
	set := map[string]bool{}
	for _, x := range s {
		set[x] = true
	}
	return len(set)
}

// writeLinked writes the format that ../shared/eval/score.py reads.
func writeLinked(t *testing.T, g *Graph) {
	f, err := os.Create(*linkedFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := json.NewEncoder(f)
	for i, r := range recordsOf(t, g) {
		line := struct {
			Cable    string   `json:"cable"`
			Mentions []marked `json:"mentions"`
		}{Cable: r.Cable.ID, Mentions: []marked{}}
		for m, x := range r.Mentions {
			line.Mentions = append(line.Mentions, marked{x.Span.Start, x.Span.End, x.Kind.String(), x.Subtype, g.Entities[g.Of[i][m]].ID})
		}
		if err := out.Encode(line); err != nil {
			t.Fatal(err)
		}
	}
}
