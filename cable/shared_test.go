package cable

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// shared returns the path of test material that does not lie in the repository,
// and skips the test where it is absent.
func shared(t testing.TB, path string) string {
	p := filepath.Join("..", "..", "shared", filepath.FromSlash(path))
	if _, err := os.Stat(p); err != nil {
		t.Skipf("%s is not here: real cables are kept beside the repository, not in it", p)
	}
	return p
}

// realJSONLines returns the real cables as they are kept.
func realJSONLines(t testing.TB) []byte {
	f, err := os.Open(shared(t, "cables/dev.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Every real cable is read, and keeps the promises of its types.
func TestRealCables(t *testing.T) {
	for _, test := range []struct {
		path   string
		cables int
	}{
		{"seeds", 2},
		{"cables/seedform", 88},
		{"cables/html", 8},
		{"cables/dev.jsonl.gz", 1476},
	} {
		t.Run(test.path, func(t *testing.T) {
			n := 0
			for c, err := range ReadPaths([]string{shared(t, test.path)}) {
				if err != nil {
					t.Error(err)
					continue
				}
				n++
				t.Run(c.ID, func(t *testing.T) { checkInvariants(t, c) })
			}
			if n != test.cables {
				t.Errorf("%d cables, want %d", n, test.cables)
			}
		})
	}
}

// The name of a file in the samples' form is the cable's id; the header must
// come to the same.
func TestRealIDs(t *testing.T) {
	for c, err := range ReadPaths([]string{shared(t, "cables/seedform"), shared(t, "seeds")}) {
		if err != nil {
			t.Error(err)
			continue
		}
		if want := strings.TrimSuffix(filepath.Base(c.Source.File), ".txt"); c.ID != want {
			t.Errorf("%s: id %s", c.Source.File, c.ID)
		}
	}
}

// marked is a header as it was marked by hand.
type marked struct {
	ID, Sent, Precedence, From, Classification, Subject, Signature string
	To, Info, Captions, Tags, References                           []string
	Paragraphs                                                     []struct {
		Number  int
		Marking string
	}
}

func TestMarkedCables(t *testing.T) {
	for _, dir := range []string{"gold/seeds", "gold/dev"} {
		dir := shared(t, dir)
		files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no cables, %v", dir, err)
		}
		for c, err := range ReadPaths(files) {
			if err != nil {
				t.Error(err)
				continue
			}
			data, err := os.ReadFile(strings.TrimSuffix(c.Source.File, ".txt") + ".cable.json")
			if err != nil {
				t.Fatal(err)
			}
			var want marked
			if err := json.Unmarshal(data, &want); err != nil {
				t.Fatal(err)
			}
			data, err = json.Marshal(NewRecord(c))
			if err != nil {
				t.Fatal(err)
			}
			var got marked
			if err := json.Unmarshal(data, &got); err != nil {
				t.Fatal(err)
			}
			for _, m := range []*marked{&want, &got} {
				m.From, m.Subject = strings.ToUpper(fold(m.From)), strings.ToUpper(fold(m.Subject))
				for _, set := range []*[]string{&m.To, &m.Info, &m.Captions, &m.Tags} {
					slices.Sort(*set)
					*set = append([]string{}, *set...)
				}
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%s (-marked +got):\n%s", c.ID, d)
			}
		}
	}
}

// What the pages say of their cables agrees with what the cables say, or -v
// lists where it does not.
func TestRealAgreement(t *testing.T) {
	type page struct{ ID, Created, Classification, Origin string }
	var pages []page
	lines := bytes.Lines(realJSONLines(t))
	for line := range lines {
		var p page
		if err := json.Unmarshal(line, &p); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, p)
	}
	var cables []*Cable
	for c, err := range Read(bytes.NewReader(realJSONLines(t)), "x") {
		if err != nil {
			t.Fatal(err)
		}
		cables = append(cables, c)
	}
	if len(cables) != len(pages) {
		t.Fatalf("%d cables of %d pages", len(cables), len(pages))
	}
	repaired := func(c *Cable, kinds ...string) bool {
		return slices.ContainsFunc(c.Repairs, func(r Repair) bool { return slices.Contains(kinds, r.Kind) })
	}
	for _, check := range []struct {
		what  string
		floor float64 // of those that can be compared
		agree func(p page, c *Cable) (known, ok bool, got string)
	}{
		{"id, or repaired", 0.998, func(p page, c *Cable) (bool, bool, string) {
			return true, p.ID == c.ID || repaired(c, "id"), p.ID + " is " + c.ID
		}},
		{"id as the page has it", 0.99, func(p page, c *Cable) (bool, bool, string) {
			return true, p.ID == c.ID, p.ID + " is " + c.ID
		}},
		{"origin", 0.995, func(p page, c *Cable) (bool, bool, string) {
			a, knownA := FindPost(p.Origin)
			b, knownB := FindPost(c.From.Name)
			return knownA && knownB, a.Name == b.Name, p.Origin + " is " + c.From.Name
		}},
		{"classification", 0.99, func(p page, c *Cable) (bool, bool, string) {
			class, _ := classification(p.Classification)
			return true, class == c.Classification, p.Classification + " is " + c.Classification
		}},
		{"day and hour of the date-time group", 0.99, func(p page, c *Cable) (bool, bool, string) {
			at := parseTime(p.Created)
			return !c.Sent.IsZero() && !repaired(c, "date") && c.Sent.Format("1504") != "0000", c.Sent.Truncate(time.Hour).Equal(at.Truncate(time.Hour)), p.Created + " is " + c.Sent.Format("2006-01-02 15:04")
		}},
		{"paragraphs 1 to n", 0.9, func(p page, c *Cable) (bool, bool, string) {
			n := len(c.Paragraphs)
			return n > 0, n > 0 && c.Paragraphs[0].Number == 1 && c.Paragraphs[n-1].Number == n, fmt.Sprint(numbers(c))
		}},
	} {
		known, agree := 0, 0
		for i, c := range cables {
			can, ok, got := check.agree(pages[i], c)
			if !can {
				continue
			}
			known++
			if ok {
				agree++
			} else {
				t.Logf("%s: %s: %s", check.what, pages[i].ID, got)
			}
		}
		t.Logf("%s: %d of %d, %.2f %%", check.what, agree, known, 100*float64(agree)/float64(known))
		if float64(agree) < check.floor*float64(known) {
			t.Errorf("%s: fewer than %.1f %%", check.what, 100*check.floor)
		}
	}
}

// A cable that is kept both as a page and in JSON Lines is the same cable.
func TestRealForms(t *testing.T) {
	pages := map[string]*Cable{}
	for c, err := range ReadPaths([]string{shared(t, "cables/html")}) {
		if err != nil {
			t.Fatal(err)
		}
		pages[c.ID] = c
	}
	for c, err := range ReadPaths([]string{shared(t, "cables/dev.jsonl.gz")}) {
		if err != nil {
			t.Fatal(err)
		}
		page := pages[c.ID]
		if page == nil {
			continue
		}
		delete(pages, c.ID)
		a, b := NewRecord(page), NewRecord(c)
		a.Source, a.Form = b.Source, b.Form
		if d := cmp.Diff(a, b); d != "" {
			t.Errorf("%s (-page +jsonl):\n%s", c.ID, d)
		}
		if d := cmp.Diff(page.Text.String(), c.Text.String()); d != "" {
			t.Errorf("%s: text (-page +jsonl):\n%s", c.ID, d)
		}
	}
	t.Logf("%d pages stand in JSON Lines too", 8-len(pages))
}
