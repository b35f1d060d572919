package entity

import (
	"compress/gzip"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"cablegraph/cable"
	"cablegraph/vocab"
)

var (
	telegramErrors = flag.Int("telegram-errors", 0, "how many wrong and missed names TestPersonsInTelegrams prints")
	telegramVolume = flag.String("telegram-volume", "", "read this volume of the telegrams instead of those held out from training")
)

// A telegram of HistoryAtState/frus with the spans that its editors marked,
// which are not all names that it has.
type telegram struct {
	Volume, ID, Text string
	Spans            []struct {
		Start, End int // characters
		Type       string
	}
}

// heldOut are the volumes that the classifier does not see in training:
// Vietnam 1962-63, Cyprus and Greece, the Arab-Israeli dispute 1967-68,
// Indonesia, and the Soviet Union 1969-70.
var heldOut = []string{"frus1961-63v04", "frus1964-68v16", "frus1964-68v20", "frus1964-68v26", "frus1969-76v12"}

const telegramFront = "R 010000Z JAN 70\nFM SECSTATE WASHDC\nTO AMEMBASSY LONDON\n\nUNCLAS STATE 000001\n\nSUBJECT: TELEGRAM\n\n"

// readTelegrams yields the telegrams as cables.
func readTelegrams(t *testing.T, yield func(telegram, *cable.Cable)) {
	const file = "../../shared/text/frus_telegrams.jsonl.gz"
	r, err := os.Open(file)
	if err != nil {
		t.Skip("needs the telegrams of ../shared/text: ", err)
	}
	defer r.Close()
	z, err := gzip.NewReader(r)
	if err != nil {
		t.Fatal(err)
	}
	for d := json.NewDecoder(z); d.More(); {
		var tel telegram
		if err := d.Decode(&tel); err != nil {
			t.Fatal(err)
		}
		if *telegramVolume == "" && !slices.Contains(heldOut, tel.Volume) || *telegramVolume != "" && tel.Volume != *telegramVolume {
			continue
		}
		for c, err := range cable.Read(strings.NewReader(telegramFront+tel.Text), "70STATE1.txt") {
			if err != nil {
				t.Fatalf("%s %s: %v", tel.Volume, tel.ID, err)
			}
			yield(tel, c)
		}
	}
}

// TestPersonsInTelegrams measures how well people are found where the editors
// of telegrams marked them. A name is right if it ends where a marked one ends:
// they often mark the surname alone. A name that they mark elsewhere in the
// volume, but not here, counts for nothing.
func TestPersonsInTelegrams(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	type doc struct {
		tel   telegram
		c     *cable.Cable
		gold  map[int]string // end in Raw to the last word
		found map[int]string
	}
	var docs []doc
	marked := map[[2]string]int{} // (volume, last word)
	f := NewFinder()
	readTelegrams(t, func(tel telegram, c *cable.Cable) {
		d := doc{tel, c, map[int]string{}, map[int]string{}}
		offsets := make([]int, 0, len(tel.Text))
		for i := range tel.Text {
			offsets = append(offsets, i)
		}
		offsets = append(offsets, len(tel.Text))
		for _, s := range tel.Spans {
			if s.Type == "person" && s.End < len(offsets) {
				name := strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(tel.Text[offsets[s.Start]:offsets[s.End]]), "'s"), "’s"), ".,'’ ")
				end := offsets[s.Start] + strings.Index(tel.Text[offsets[s.Start]:], name) + len(name)
				last := name[strings.LastIndexAny(name, " \n")+1:]
				if last != "" {
					d.gold[end+len(telegramFront)] = last
					marked[[2]string{tel.Volume, last}]++
				}
			}
		}
		for _, m := range f.Find(c).Mentions {
			if m.Kind == vocab.Person {
				last := strings.TrimSuffix(m.Text, ".")
				d.found[m.Span.End-(len(m.Text)-len(last))] = last[strings.LastIndexAny(last, " \n")+1:] + "|" + m.Text + "|" + m.Rule
			}
		}
		docs = append(docs, d)
	})
	var right, wrong, neutral, missed int
	errs := 0
	for _, d := range docs {
		for end, name := range d.found {
			last, _, _ := strings.Cut(name, "|")
			switch {
			case d.gold[end] != "":
				right++
			case marked[[2]string{d.tel.Volume, last}] > 0:
				neutral++
			default:
				wrong++
				if errs < *telegramErrors {
					errs++
					t.Logf("wrong %s %s: %s", d.tel.Volume, d.tel.ID, name)
				}
			}
		}
		for end, name := range d.gold {
			if _, ok := d.found[end]; !ok {
				missed++
				if errs < *telegramErrors {
					errs++
					a, b := max(0, end-60), min(len(d.c.Raw), end+40)
					t.Logf("missed %s %s: %s in %q", d.tel.Volume, d.tel.ID, name, d.c.Raw[a:b])
				}
			}
		}
	}
	p, r := float64(right)/float64(right+wrong), float64(right)/float64(right+missed)
	strict := float64(right) / float64(right+wrong+neutral)
	t.Logf("%d telegrams, %d marked: P %.3f R %.3f F1 %.3f (P %.3f F1 %.3f if %d unmarked namings of marked people are wrong)",
		len(docs), right+missed, p, r, 2*p*r/(p+r), strict, 2*strict*r/(strict+r), neutral)
}
