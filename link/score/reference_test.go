package score

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestReference compares Compare with the scorer that defines the figures, on
// marks that are damaged at random in every way that is scored.
func TestReference(t *testing.T) {
	shared := filepath.Join("..", "..", "..", "shared")
	script := filepath.Join(shared, "eval", "score.py")
	if _, err := os.Stat(script); err != nil {
		t.Skip("the reference ../shared/eval/score.py is not here")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not here to run the reference")
	}
	for _, dir := range []string{filepath.Join("..", "..", "examples", "gold"), filepath.Join(shared, "gold", "seeds"), filepath.Join(shared, "gold", "dev")} {
		marked, err := ReadMarks(dir)
		if err != nil {
			t.Fatal(err)
		}
		for seed := range uint64(6) {
			t.Run(fmt.Sprint(filepath.Base(filepath.Dir(dir)), " ", filepath.Base(dir), " ", seed), func(t *testing.T) {
				found := damager{rand.New(rand.NewPCG(seed, 1))}.damage(marked)
				var out bytes.Buffer
				enc := json.NewEncoder(&out)
				for _, x := range found {
					if err := enc.Encode(x); err != nil {
						t.Fatal(err)
					}
				}
				file := filepath.Join(t.TempDir(), "found.jsonl")
				if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
				cmd := exec.Command(python, "-B", script, "--by-type", "--json", dir, file)
				cmd.Stderr = os.Stderr
				text, err := cmd.Output()
				if err != nil {
					t.Fatal(err)
				}
				// what is printed and read again must be what was compared
				f, err := os.Open(file)
				if err != nil {
					t.Fatal(err)
				}
				defer f.Close()
				read, err := ReadExtractions(f, file)
				if err != nil {
					t.Fatal(err)
				}
				checkFigures(t, Compare(marked, read), string(text))
			})
		}
	}
}

// checkFigures compares a report with what the reference prints.
func checkFigures(t *testing.T, r *Report, printed string) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(printed), "\n")
	var figures map[string]float64
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &figures); err != nil {
		t.Fatal(err)
	}
	core := r.Groups[Core]
	for name, got := range map[string]float64{
		"mentions": r.Mentions.F1(), "overlap": r.Overlap.F1(), "linking": r.Linking.F1(), "cables": r.Cables.F1(), "relations": r.Relations.F1(),
		"header": r.Groups[Header].F1(), "core": core.F1(), "core_precision": core.Precision(),
		"status": r.Status.Value(), "evidence": r.Evidence.Value(), "values": r.Values.Value(),
	} {
		want, ok := figures[name]
		if !ok || math.Abs(got-want) > 0.00005000001 { // it prints four digits
			t.Errorf("%s %.6f, the reference says %.4f", name, got, want)
		}
	}
	types := 0
	for _, line := range lines {
		fields := strings.Fields(strings.NewReplacer("(", "", ",", "").Replace(line))
		if !strings.HasPrefix(line, "  ") || len(fields) < 12 {
			continue
		}
		types++
		var want Figure // "  person  P 0.9 R 0.9 F1 0.9 (3 of 4 found, 5 marked)"
		if _, err := fmt.Sscan(strings.Join([]string{fields[7], fields[9], fields[11]}, " "), &want.Right, &want.Found, &want.Marked); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		got, ok := r.Kinds[fields[0]]
		if !ok {
			got, ok = r.Types[fields[0]]
		}
		if !ok || got != want {
			t.Errorf("%s %v, the reference says %v", fields[0], got, want)
		}
	}
	if types != len(r.Kinds)+len(r.Types) {
		t.Errorf("%d types, the reference has %d", len(r.Kinds)+len(r.Types), types)
	}
}

// damager makes findings of marks, right in most places.
type damager struct{ *rand.Rand }

// in reports true once in n times.
func (d damager) in(n int) bool { return d.IntN(n) == 0 }

func (d damager) damage(marked []Extraction) []Extraction {
	var entities []string
	for _, x := range marked {
		for _, m := range x.Mentions {
			if !slices.Contains(entities, m.Entity) {
				entities = append(entities, m.Entity)
			}
		}
	}
	rename := map[string]string{}
	for _, e := range entities {
		switch {
		case d.in(8):
			rename[e] = entities[d.IntN(len(entities))] // joined with another
		case d.in(4):
			rename[e] = e
		default:
			rename[e] = strings.Replace(e, "/", ":", 1) + "-2"
			if _, ok := cableOf(e); ok {
				rename[e] = strings.Replace(e, "/", ":", 1)
			}
		}
	}
	named := func(e string) string {
		if d.in(20) {
			return "person:" + fmt.Sprint(d.IntN(5)) // split
		}
		if to, ok := rename[e]; ok {
			return to
		}
		return e
	}
	var all []Extraction
	for _, x := range marked {
		if len(marked) > 2 && d.in(8) {
			continue
		}
		y := Extraction{Cable: x.Cable}
		for _, m := range x.Mentions {
			m.Text = ""
			switch {
			case d.in(10):
				continue
			case d.in(10):
				m.Start -= d.IntN(5)
				m.End += d.IntN(5)
			case d.in(12):
				m.Type = []string{"person", "agency", "vessel"}[d.IntN(3)]
			}
			m.Entity = named(m.Entity)
			y.Mentions = append(y.Mentions, m)
			if d.in(15) {
				y.Mentions = append(y.Mentions, Mention{Start: m.End + 1, End: m.End + 4, Type: m.Type, Entity: m.Entity})
			}
		}
		for _, r := range x.Relations {
			if d.in(8) {
				continue
			}
			y.Relations = append(y.Relations, d.relation(r, named))
			if d.in(6) {
				y.Relations = append(y.Relations, d.relation(r, named))
			}
		}
		d.Shuffle(len(y.Relations), func(i, j int) { y.Relations[i], y.Relations[j] = y.Relations[j], y.Relations[i] })
		all = append(all, y)
	}
	all = append(all, Extraction{Cable: "61NOWHERE1", Mentions: []Mention{{Start: 1, End: 2, Type: "person", Entity: "person:0"}}})
	if d.in(3) {
		all = append(all, all[0]) // twice
	}
	return all
}

// Types that follow from another, or that are hardly told apart.
var near = map[string]string{"sentenced": "convicted", "indicted": "charged", "passed": "enacted", "enacted": "passed", "leaderOf": "memberOf", "subunitOf": "partOf", "published": "sailed"}

func (d damager) relation(r Relation, named func(string) string) Relation {
	if to, ok := near[r.Type]; ok && d.in(3) {
		r.Type = to
	}
	if d.in(10) {
		r.Status = []string{"negated", "planned", ""}[d.IntN(3)]
	}
	if d.in(6) {
		r.Evidence.Start += d.IntN(300) - 150
		r.Evidence.End = r.Evidence.Start + d.IntN(100)
	}
	args := map[string]Values{}
	for _, role := range slices.Sorted(maps.Keys(r.Args)) {
		if d.in(12) {
			continue
		}
		for _, v := range r.Args[role] {
			if isEntity(v) {
				v = named(v)
			}
			if date, ok := parseDate(v); ok {
				switch {
				case d.in(4) && len(date) < len("2007-01-01"):
					v = date + "-02"
				case d.in(4) && len(date) > len("2007"):
					v = date[:len("2007")]
				case d.in(5):
					v = date + "/2011-05"
				}
			}
			if d.in(10) && slices.Contains(numberRoles[:], role) {
				v = []string{"four", "1,200 and more", "2.5 million", "no", "7 hundred"}[d.IntN(5)]
			}
			args[role] = append(args[role], v)
			if d.in(15) {
				args[role] = append(args[role], named(v))
			}
		}
	}
	r.Args = args
	return r
}
