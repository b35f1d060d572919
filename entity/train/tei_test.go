package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// volume wraps invented documents.
func volume(documents string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="frus.rng"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0" xml:id="invented">
<teiHeader><editor><persName>Edda Ottosson</persName></editor></teiHeader>
<text><body><div type="chapter"><head>Telegram From the North</head>
` + documents + `
</div></body></text></TEI>
`
}

const harbour = `<div type="document" xml:id="d7" n="7" frus:doc-dateTime-min="1970-05-03T12:00:00Z">
	<head>7. Draft Telegram From the <gloss type="from">Embassy in Portugal</gloss> to the
		Department (<persName corresp="#p_OE1">Ottosson</persName>)<note n="1">Source: a note that names <persName>Havelmark</persName>.</note></head>
	<dateline><hi rend="italic"><placeName>Lisbon</placeName>, <date>May 3, noon</date></hi>.</dateline>
	<p>12. Our 11.<note n="2">Not printed.</note><gloss>GOP</gloss> said (in
		private<note n="3">So too <persName>Havelmark</persName>.</note>) that <persName>Édouard
			<hi>Quellbrand</hi></persName>’s men &amp; ships <pb n="8"/>leave: <list>
			<label>1.</label>
			<item>From <persName> Vrbensky </persName>too.</item>
			<label>2.</label>
			<item><p>Nobody<lb/>else.</p></item>
		</list> End.<figure><head>Map of <persName>Havelmark</persName></head></figure></p>
	<frus:attachment><head>Attachment</head><table><row><cell>Fish</cell><cell>12</cell></row></table></frus:attachment>
	<p/>
	<closer><signed><persName><hi rend="strong">Vrbensky</hi></persName></signed></closer>
</div>`

const memorandum = `<div type="document" xml:id="d8"><head>8. Memorandum From the Staff: Telegram to Lisbon</head>
	<p><persName>Havelmark</persName> agreed.</p></div>`

const circular = `<div type="document" xml:id="d9"><head>9. Circular telegram 12</head><p>For <persName>Havelmark</persName>.</p></div>`

// harbourText and harbourNames are what harbour holds.
const harbourText = `7. Draft Telegram From the Embassy in Portugal to the Department (Ottosson)
Lisbon, May 3, noon.
12. Our 11. GOP said (in private) that Édouard Quellbrand’s men & ships leave:
1. From Vrbensky too.
2. Nobody else.
End.
Attachment
Fish 12
Vrbensky
`

var harbourNames = []string{"Ottosson", "Édouard Quellbrand", "Vrbensky", "Vrbensky"}

func write(t *testing.T, file, content string) string {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func readAll(t *testing.T, path string) []markedText {
	t.Helper()
	var all []markedText
	for m, err := range markedTexts(path) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	return all
}

func TestVolume(t *testing.T) {
	file := write(t, filepath.Join(t.TempDir(), "frus1970v99.xml"), volume(harbour+memorandum+circular))
	got := readAll(t, file)
	if len(got) != 2 {
		t.Fatalf("%d telegrams, want d7 and d9: %v", len(got), got)
	}
	if got[0].Volume != "frus1970v99" || got[0].ID != "d7" || got[1].ID != "d9" {
		t.Errorf("telegrams %s %s and %s", got[0].Volume, got[0].ID, got[1].ID)
	}
	if d := cmp.Diff(harbourText, got[0].Text); d != "" {
		t.Error(d)
	}
	var names []string
	for _, s := range got[0].Names {
		names = append(names, got[0].Text[s.Start:s.End])
	}
	if !slices.Equal(names, harbourNames) {
		t.Errorf("names %q, want %q", names, harbourNames)
	}
}

// The same telegram teaches the same from both forms.
func TestVolumeLikeJSON(t *testing.T) {
	dir := t.TempDir()
	fromXML := readAll(t, write(t, filepath.Join(dir, "v.xml"), volume(harbour)))[0]
	type span struct {
		Start, End int
		Type       string
	}
	spans := []span{{0, 2, "gloss"}}
	for _, s := range fromXML.Names {
		count := func(to int) int { return len([]rune(fromXML.Text[:to])) }
		spans = append(spans, span{count(s.Start), count(s.End), "person"})
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if err := json.NewEncoder(z).Encode(map[string]any{"volume": "v", "id": "d7", "text": harbourText, "spans": spans}); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	fromJSON := readAll(t, write(t, filepath.Join(dir, "v.jsonl.gz"), b.String()))
	if d := cmp.Diff([]markedText{fromXML}, fromJSON); d != "" {
		t.Error(d)
	}
}

func TestTrainOnVolumes(t *testing.T) {
	dir := t.TempDir()
	_, cables := writeTexts(t, dir)
	volumes := filepath.Join(dir, "volumes")
	if err := os.Mkdir(volumes, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(volumes, "README.md"), "no volume")
	write(t, filepath.Join(volumes, "v1.xml"), volume(harbour+memorandum))
	write(t, filepath.Join(volumes, "v2.xml"), volume(circular))
	for without, want := range map[string]int{"": 2, "v1": 1} {
		got, err := readTelegrams(volumes, []string{without})
		if err != nil || len(got) != want {
			t.Errorf("without %q: %d telegrams and %v, want %d", without, len(got), err, want)
		}
	}
	if _, err := readTelegrams(volumes, []string{"v1", "v2"}); err == nil {
		t.Error("no error where nothing is left")
	}
	var weights [2][]byte
	for k := range weights {
		out := filepath.Join(dir, fmt.Sprint(k))
		if err := trainRuns(volumes, cables, out, nil); err != nil {
			t.Fatal(err)
		}
		var err error
		if weights[k], err = os.ReadFile(out); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(weights[0], weights[1]) {
		t.Error("the same volumes give different weights")
	}
}

func TestUnreadableTexts(t *testing.T) {
	dir := t.TempDir()
	good := volume(harbour)
	for name, test := range map[string]struct{ content, want string }{
		"cut.xml":     {good[:strings.Index(good, "Nobody")], "cut.xml:16: unexpected EOF"},
		"crossed.xml": {strings.Replace(good, "</dateline>", "</p>", 1), "crossed.xml:9: element <dateline> closed by </p>"},
		"note.xml":    {strings.Replace(good, "</note><gloss>", "</p><gloss>", 1), "note.xml:10: element <note> closed by </p>"},
		"page.xml":    {"<html>\n<p/></html>", "page.xml:1: the outermost element is html, want TEI"},
		"empty.xml":   {"\n", "empty.xml:2: no TEI element"},
		"plain.gz":    {"{}", "plain.gz: "},
	} {
		file := write(t, filepath.Join(dir, name), test.content)
		last := error(nil)
		for _, err := range markedTexts(file) {
			last = err
		}
		if last == nil || !strings.Contains(last.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", name, last, test.want)
		}
		if err := trainRuns(file, file, filepath.Join(dir, "out"), nil); err == nil {
			t.Errorf("%s: trained", name)
		}
	}
	for _, path := range []string{t.TempDir(), filepath.Join(dir, "missing.xml")} {
		last := error(nil)
		for _, err := range markedTexts(path) {
			last = err
		}
		if last == nil || !strings.Contains(last.Error(), path) {
			t.Errorf("%s: error %v", path, last)
		}
	}
}

// volumes.tsv lists the volumes of the JSON lines, each with a commit.
func TestVolumeList(t *testing.T) {
	data, err := os.ReadFile("volumes.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		name, commit, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !strings.HasPrefix(name, "frus") || len(commit) != 40 || strings.Trim(commit, "0123456789abcdef") != "" {
			t.Errorf("malformed: %q", line)
		}
		listed = append(listed, name)
	}
	if !slices.IsSorted(listed) || len(slices.Compact(slices.Clone(listed))) != len(listed) {
		t.Error("not sorted, or a volume twice")
	}
	for _, v := range heldOut {
		if strings.HasPrefix(v, "frus") && !slices.Contains(listed, v) {
			t.Errorf("%s is held out and not listed", v)
		}
	}
	const lines = "../../../shared/text/frus_telegrams.jsonl.gz"
	if _, err := os.Stat(lines); err != nil {
		t.Skip("needs the telegrams of ../shared/text: ", err)
	}
	var used []string
	for _, m := range readAll(t, lines) {
		used = append(used, m.Volume)
	}
	slices.Sort(used)
	if d := cmp.Diff(slices.Compact(used), listed); d != "" {
		t.Error(d)
	}
}
