package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/entity/model"
	"cablegraph/vocab"
)

// writeTexts writes invented telegrams, in which every second name is marked,
// and an invented cable.
func writeTexts(t *testing.T, dir string) (telegrams, cables string) {
	t.Helper()
	type span struct {
		Start int    `json:"start"`
		End   int    `json:"end"`
		Type  string `json:"type"`
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	names := []string{"Quellbrand", "Vrbensky", "Ottosson", "Havelmark"}
	for i := range 40 {
		name := names[i%len(names)]
		text := fmt.Sprintf("Lisbon, May 3, noon.\nThe delegation said that %s told Embassy he would sign. From there the party went to Hallstedt. Great Plan was noted.", name)
		start := strings.Index(text, name)
		if err := json.NewEncoder(z).Encode(map[string]any{
			"volume": fmt.Sprintf("v%d", i%2), "id": fmt.Sprint(i), "text": text,
			"spans": []span{{start, start + len(name), "person"}},
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	telegrams = filepath.Join(dir, "telegrams.jsonl.gz")
	cables = filepath.Join(dir, "08LISBON1.txt")
	text := "R 010000Z JAN 08\nFM AMEMBASSY LISBON\nTO SECSTATE WASHDC\n\nUNCLAS LISBON 000001\n\nSUBJECT: FISH\n\n1. Ambassador Vrbensky met the Ministry of Fisheries in Lisbon.\n"
	for file, content := range map[string][]byte{telegrams: b.Bytes(), cables: []byte(text)} {
		if err := os.WriteFile(file, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return telegrams, cables
}

func TestTrain(t *testing.T) {
	dir := t.TempDir()
	telegrams, cables := writeTexts(t, dir)
	var weights [2][]byte
	for k := range weights {
		out := filepath.Join(dir, fmt.Sprint(k))
		if err := trainRuns(telegrams, cables, out, []string{"v9"}); err != nil {
			t.Fatal(err)
		}
		var err error
		if weights[k], err = os.ReadFile(out); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(weights[0], weights[1]) {
		t.Error("the same texts give different weights")
	}
	m, err := model.Parse(weights[0])
	if err != nil {
		t.Fatal(err)
	}
	// the model knows the names that it was taught from those that it was not
	marked, err := readTelegrams(telegrams, nil)
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, tel := range marked {
		for k, c := range tel.candidates {
			var score [model.Labels]float32
			m.Score(c.Features, &score)
			switch tel.words[k] {
			case "quellbrand", "vrbensky", "ottosson", "havelmark":
				checked++
				if score[0] <= 0 {
					t.Fatalf("%s scores %v", tel.words[k], score)
				}
			}
		}
	}
	if checked != 40 {
		t.Errorf("%d names checked, want 40", checked)
	}
}

func TestLeftOutVolumes(t *testing.T) {
	telegrams, _ := writeTexts(t, t.TempDir())
	all, err := readTelegrams(telegrams, nil)
	if err != nil {
		t.Fatal(err)
	}
	half, err := readTelegrams(telegrams, []string{"v1"})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 40 || len(half) != 20 {
		t.Errorf("%d and %d telegrams, want 40 and 20", len(all), len(half))
	}
}

// An unmarked name teaches nothing unless it is everyday or common and hardly
// ever marked.
func TestUnmarkedNames(t *testing.T) {
	name := entity.Candidate{Spans: []cable.Span{{Start: 1, End: 5}}}
	everyday := entity.Candidate{Spans: []cable.Span{{Start: 6, End: 9}}, Everyday: true}
	marked := entity.Candidate{Spans: []cable.Span{{Start: 10, End: 15}}}
	titled := entity.Candidate{Spans: []cable.Span{{Start: 16, End: 20}}, Kind: vocab.Person}
	one := telegram{
		candidates: []entity.Candidate{name, everyday, marked, titled},
		words:      []string{"vrbensky", "plan", "ottosson", "havelmark"},
		ends:       map[int]bool{15: true},
	}
	got := fromMarks([]telegram{one})
	want := []model.Answer{model.No, model.Yes} // of everyday and marked
	if len(got) != len(want) {
		t.Fatalf("%d examples, want %d", len(got), len(want))
	}
	for k := range want {
		if got[k].Answers[0] != want[k] {
			t.Errorf("example %d: %v", k, got[k].Answers)
		}
	}
	var many []telegram
	for range manyTelegrams {
		many = append(many, telegram{candidates: []entity.Candidate{name}, words: []string{"congo"}, ends: map[int]bool{99: true}})
	}
	if n := len(fromMarks(many)); n != manyTelegrams {
		t.Errorf("%d examples of a frequent unmarked name, want %d", n, manyTelegrams)
	}
}

func TestTrimName(t *testing.T) {
	for name, want := range map[string]string{"Vrbensky's": "Vrbensky", "Vrbensky’s": "Vrbensky", "Ottosson, ": "Ottosson", "D'Arco": "D'Arco", "'s": ""} {
		if got := trimName(name); got != want {
			t.Errorf("trimName(%q) = %q, want %q", name, got, want)
		}
	}
}
