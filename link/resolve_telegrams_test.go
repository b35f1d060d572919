package link

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/vocab"
)

// marksTitles are what the marks of ../shared/text put before a name and a
// Finder leaves out.
var marksTitles = strings.Fields(`President General Secretary Ambassador Mr Mrs Dr Prime Minister Foreign Under Assistant Deputy Vice
	Admiral Colonel Gen Col Senator Governor Sec Amb Chancellor King Marshal Premier Chairman Sir Lord Acting FonMin Prince Queen Consul
	Attorney Congressman Judge Major Lt Captain Chief Director Father Archbishop Professor Emperor Crown Messrs Shah Mme Madame`)

// People are linked over each volume of the historical telegrams in
// ../shared/text, whose editors marked who is meant, better than by taking the
// same text for the same person.
func TestResolveTelegrams(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "..", "shared", "text", "frus_telegrams.jsonl.gz"))
	if err != nil {
		t.Skip("the marked telegrams ../shared/text are not here")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	volumes := map[string][]*Record{}
	people := map[*Record][]string{}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var d struct {
			Volume, ID, Text string
			Spans            []struct {
				Start, End int // in code points
				Type       string
				Ref        string
			}
		}
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		var bytes []int // of each code point
		for i := range d.Text {
			bytes = append(bytes, i)
		}
		bytes = append(bytes, len(d.Text))
		rec := &Record{Cable: &cable.Cable{ID: d.Volume + d.ID, Raw: d.Text, Text: cable.NewText(d.Text)}}
		// the second line is "Saigon, January 31, 1961, 7 p.m."
		_, second, _ := strings.Cut(d.Text, "\n")
		city, _, _ := strings.Cut(second, ",")
		if rec.Cable.From.Name = strings.ToUpper(city); city == "Washington" {
			rec.Cable.From.Name = "SECSTATE WASHDC"
		}
		slices.SortFunc(d.Spans, func(a, b struct {
			Start, End int
			Type       string
			Ref        string
		},
		) int {
			return a.Start - b.Start
		})
		for _, s := range d.Spans {
			start, end := bytes[s.Start], bytes[s.End]
			if n := len(rec.Mentions); s.Type != "person" || s.Ref == "" || n > 0 && rec.Mentions[n-1].Span.End > start {
				continue
			}
			words := strings.Fields(d.Text[start:end])
			for len(words) > 1 && slices.Contains(marksTitles, strings.Trim(words[0], ".")) {
				start += strings.Index(d.Text[start:], words[1])
				words = words[1:]
			}
			name := strings.TrimSuffix(strings.TrimSuffix(strings.Join(words, " "), "'s"), "’s")
			rec.Mentions = append(rec.Mentions, entity.Mention{Kind: vocab.Person, Text: name, Span: cable.Span{Start: start, End: end}})
			people[rec] = append(people[rec], s.Ref)
		}
		volumes[d.Volume] = append(volumes[d.Volume], rec)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	// means over all names; clusters do not cross volumes
	var n, p, r, baseP, baseR float64
	for _, records := range volumes {
		var linked, gold, texts []string
		g := Resolve(records)
		for i, rec := range recordsOf(t, g) {
			for m := range rec.Mentions {
				linked = append(linked, g.Entities[g.Of[i][m]].ID)
				texts = append(texts, strings.ToLower(rec.Mentions[m].Text))
				gold = append(gold, people[rec][m])
			}
		}
		if len(gold) == 0 {
			continue
		}
		weight := float64(len(gold))
		vp, vr := bCubed(linked, gold)
		bp, br := bCubed(texts, gold)
		n += weight
		p, r = p+weight*vp, r+weight*vr
		baseP, baseR = baseP+weight*bp, baseR+weight*br
	}
	f1 := func(p, r float64) float64 { return 2 * p * r / (p + r) }
	t.Logf("%.0f names: P %.3f R %.3f F1 %.3f; same text, same person: F1 %.3f", n, p/n, r/n, f1(p/n, r/n), f1(baseP/n, baseR/n))
	if f1(p/n, r/n) < max(0.975, f1(baseP/n, baseR/n)) {
		t.Error("people are linked worse than by their text, or below 0.975")
	}
}
