package link

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/vocab"
)

var goldOut = flag.String("gold-out", "", "directory for the output of TestGoldRelations")

// shared is the folder of test material beside the repository, seen from this package.
const shared = "../../shared"

// goldMention is a line of an .ann.jsonl file.
type goldMention struct {
	Start, End   int
	Type         string
	Subtype      string
	Text, Entity string
}

// goldDocument reads a marked cable with its marks as mentions.
func goldDocument(t *testing.T, path string) (*entity.Document, map[cable.Span]string) {
	t.Helper()
	f, err := os.Open(path + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var c *cable.Cable
	for x, err := range cable.Read(f, filepath.Base(path)+".txt") {
		if err != nil {
			t.Fatal(err)
		}
		c = x
	}
	data, err := os.ReadFile(path + ".ann.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var ms []entity.Mention
	slugs := map[cable.Span]string{}
	for line := range bytes.Lines(data) {
		var g goldMention
		if err := json.Unmarshal(line, &g); err != nil {
			t.Fatal(err)
		}
		m := entity.Mention{Span: cable.Span{Start: g.Start, End: g.End}, Kind: vocab.ParseKind(g.Type), Subtype: g.Subtype}
		kind, name, _ := strings.Cut(g.Entity, "/")
		switch {
		case g.Subtype == "cable":
			m.Key = "cable:" + name
		case kind == "state" || kind == "agency":
			m.Key = kind + ":" + name
		}
		ms = append(ms, m)
		slugs[m.Span] = g.Entity
	}
	d := entity.Annotate(c, ms)
	for i := 0; i+1 < len(d.Mentions); i++ {
		a, b := &d.Mentions[i], &d.Mentions[i+1]
		if b.First == a.Last+1 && d.Word(a.Last) == "(" && slugs[a.Span] == slugs[b.Span] {
			d.Acronyms = append(d.Acronyms, entity.Acronym{Long: i, Short: i + 1})
		}
	}
	return d, slugs
}

// TestGoldRelations scores the relations on the marked cables, with the marks
// as mentions, so that only the rules are measured.
func TestGoldRelations(t *testing.T) {
	floors := map[string]float64{"seeds": 0.79, "dev": 0.66}
	for _, set := range []string{"seeds", "dev"} {
		t.Run(set, func(t *testing.T) {
			dir := filepath.Join(shared, "gold", set)
			paths, _ := filepath.Glob(filepath.Join(dir, "*.ann.jsonl"))
			if len(paths) == 0 {
				t.Skipf("no marked cables in %s", dir)
			}
			out := filepath.Join(t.TempDir(), set+".jsonl")
			if *goldOut != "" {
				out = filepath.Join(*goldOut, set+".jsonl")
			}
			var b bytes.Buffer
			enc := json.NewEncoder(&b)
			enc.SetEscapeHTML(false)
			for _, p := range paths {
				d, slugs := goldDocument(t, strings.TrimSuffix(p, ".ann.jsonl"))
				if err := enc.Encode(goldOutput(d, slugs)); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.WriteFile(out, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			python, err := exec.LookPath("python3")
			if err != nil {
				t.Skip("python3 is not here to score with")
			}
			score := exec.Command(python, "-B", filepath.Join(shared, "eval", "score.py"), "--by-type", "--json", dir, out)
			text, err := score.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			t.Logf("%s", text)
			lines := strings.Split(strings.TrimSpace(string(text)), "\n")
			var figures map[string]float64
			if err := json.Unmarshal([]byte(lines[len(lines)-1]), &figures); err != nil {
				t.Fatal(err)
			}
			if figures["core"] < floors[set] || figures["core_precision"] < 0.75 {
				t.Errorf("core relations F1 %.3f, precision %.3f; want at least %.2f and 0.75", figures["core"], figures["core_precision"], floors[set])
			}
			if figures["header"] < 0.97 {
				t.Errorf("header relations F1 %.3f, want at least 0.97", figures["header"])
			}
		})
	}
}

// goldOutput is the line that "graph extract" would print, with the marks' own entities.
func goldOutput(d *entity.Document, slugs map[cable.Span]string) any {
	type span struct {
		Start int `json:"start"`
		End   int `json:"end"`
	}
	type mention struct {
		span
		Type   string `json:"type"`
		Entity string `json:"entity"`
	}
	type relation struct {
		Type     string              `json:"type"`
		Args     map[string][]string `json:"args"`
		Status   string              `json:"status"`
		Para     int                 `json:"para"`
		Evidence span                `json:"evidence"`
		Rule     string              `json:"rule"`
		Text     string              `json:"text"`
	}
	var out struct {
		Cable     string     `json:"cable"`
		Mentions  []mention  `json:"mentions"`
		Relations []relation `json:"relations"`
	}
	out.Cable = d.Cable.ID
	for _, m := range d.Mentions {
		out.Mentions = append(out.Mentions, mention{span{m.Span.Start, m.Span.End}, m.Kind.String(), slugs[m.Span]})
	}
	for _, x := range Relations(d) {
		r := relation{Type: x.Type, Args: map[string][]string{}, Status: x.Status.String(), Para: x.Para, Evidence: span(x.Evidence), Rule: x.Rule, Text: d.Cable.Text.Slice(x.Evidence)}
		for _, a := range x.Args {
			v := a.Value
			if a.Mention >= 0 {
				v = slugs[d.Mentions[a.Mention].Span]
			}
			r.Args[a.Role] = append(r.Args[a.Role], v)
		}
		out.Relations = append(out.Relations, r)
	}
	return out
}
