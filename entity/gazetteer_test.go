package entity

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"cablegraph/internal/table"
	"cablegraph/vocab"
)

// find returns what the gazetteer finds in text from its first token on.
func find(t *testing.T, text string) ([]match, wordInfo) {
	t.Helper()
	return loadGazetteer().look(nil, tokenize(nil, text, 0, len(text)), 0)
}

func TestTables(t *testing.T) {
	if _, err := readGazetteer(); err != nil {
		t.Fatal(err)
	}
}

// Every name of every table is found by its own spelling, and in capitals.
func TestEveryRowIsFound(t *testing.T) {
	g := loadGazetteer()
	var tokens []Token
	var found []match
	for i := range g.entries {
		e := &g.entries[i]
		for _, text := range []string{e.name, strings.ToUpper(e.name)} {
			tokens = tokenize(tokens[:0], text, 0, len(text))
			found, _ = g.look(found[:0], tokens, 0)
			if !slices.ContainsFunc(found, func(m match) bool { return m.entry == e && int(m.last) == len(tokens) }) {
				t.Errorf("%s %q is not found in %q", e.key, e.name, text)
			}
		}
	}
}

// The examples of heads and titles contain the word that they stand for.
func TestExamples(t *testing.T) {
	for _, tab := range readers {
		if !strings.HasSuffix(tab.columns, " example") {
			continue
		}
		text, err := tables.ReadFile("data/" + tab.file)
		if err != nil {
			t.Fatal(err)
		}
		for row := range table.New(tab.file, string(text), strings.Fields(tab.columns)...).Rows() {
			example := row.Fields[len(row.Fields)-1]
			tokens := tokenize(nil, example, 0, len(example))
			ok := false
			for i := range tokens {
				found, _ := loadGazetteer().look(nil, tokens, i)
				ok = ok || slices.ContainsFunc(found, func(m match) bool { return m.name == row.Fields[0] })
			}
			if !ok {
				t.Errorf("%s:%d: %q is not found in its example %q", tab.file, row.Line, row.Fields[0], example)
			}
		}
	}
}

// A code of ISO 3166-2 is one subdivision, and every key of a named table has
// its chief name.
func TestIdentities(t *testing.T) {
	codes := map[string]string{}
	chief := map[string]bool{}
	g := loadGazetteer()
	for i := range g.entries {
		e := &g.entries[i]
		if e.code != "" {
			if k, ok := codes[e.code]; ok && k != e.key {
				t.Errorf("%s is both %s and %s", e.code, k, e.key)
			}
			codes[e.code] = e.key
		}
		if e.name == e.norm {
			chief[e.key] = true
		}
	}
	for i := range g.entries {
		if e := &g.entries[i]; e.key != "" && !chief[e.key] {
			t.Errorf("%s (%q) has no chief name", e.key, e.name)
			chief[e.key] = true
		}
	}
}

func TestLook(t *testing.T) {
	for _, c := range []struct {
		text, key string
		class     class
		length    int // tokens of the longest match that has key
	}{
		{"Mexico said", "state:mexico", className, 1},
		{"MEXICO SAID", "state:mexico", className, 1},
		{"State of Mexico legislators", "state:mexico-mx", className, 3},
		{"Port-au-Prince airport", "place:port-au-prince", className, 5},
		{"Port au Prince airport", "place:port-au-prince", className, 3},
		{"St. Petersburg", "place:saint-petersburg", className, 3},
		{"São Paulo", "place:sao-paulo", className, 2},
		{"Sao Paulo", "place:sao-paulo", className, 2},
		{"G/TIP officers", "agency:g-tip", className, 3},
		{"U.S. policy", "state:united-states", className, 1},
		{"SECSTATE WASHDC", "agency:state-department", className, 2},
		{"Department of Justice", "agency:justice-department", className, 3},
		{"GOM officials", "", classGovernment, 1},
		{"South African police", "", classDemonym, 2},
		{"prime minister Harwood", "", classTitle, 2},
		{"court ruled", "", classHead, 1},
	} {
		found, _ := find(t, c.text)
		ok := slices.ContainsFunc(found, func(m match) bool {
			return m.key == c.key && m.class == c.class && int(m.last-m.first) == c.length
		})
		if !ok {
			t.Errorf("%q: no %q of %d tokens in %v", c.text, c.key, c.length, describe(found))
		}
		if !slices.IsSortedFunc(found, func(a, b match) int { return int(b.last - a.last) }) {
			t.Errorf("%q: not longest first: %v", c.text, describe(found))
		}
	}
}

// Acronyms must stand in capitals and names must start with one.
func TestCase(t *testing.T) {
	for _, text := range []string{"us", "who", "un", "turkey", "chad", "Who", "Us", "mexican"} {
		found, _ := find(t, text)
		if slices.ContainsFunc(found, func(m match) bool { return m.class == className || m.class == classDemonym }) {
			t.Errorf("%q is taken for a name: %v", text, describe(found))
		}
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		word                      string
		common, forename, surname bool
	}{
		{"arrested", true, false, false},
		{"Guadalupe", false, true, true},
		{"Kowalski", false, false, true},
		{"Oyelaran", false, false, false},
	} {
		_, w := find(t, c.word)
		if (w.common > 0) != c.common || (w.forename > 0) != c.forename || (w.surname > 0) != c.surname {
			t.Errorf("%s: %+v", c.word, w)
		}
	}
}

func TestNeeds(t *testing.T) {
	for _, c := range []struct {
		text string
		key  string
		want needs
	}{
		{"Chad", "state:chad", needsForename},
		{"Turkey", "state:turkey", needsWord},
		{"TX", "state:texas", needsPost},
		{"Chihuahua", "state:chihuahua", needsCity},
		{"Chihuahua", "place:chihuahua", needsSubdivision},
	} {
		found, _ := find(t, c.text)
		k := slices.IndexFunc(found, func(m match) bool { return m.key == c.key })
		if k < 0 || found[k].needs&c.want == 0 {
			t.Errorf("%q: %v", c.text, describe(found))
		}
	}
}

func TestLookDoesNotAllocate(t *testing.T) {
	const text = "The Ministry of Foreign Affairs of the Democratic Republic of the Congo told Port-au-Prince on U.S. visas"
	tokens := tokenize(nil, text, 0, len(text))
	g := loadGazetteer()
	buf := make([]match, 0, 64)
	if n := testing.AllocsPerRun(100, func() {
		for i := range tokens {
			buf, _ = g.look(buf[:0], tokens, i)
		}
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestBadRows(t *testing.T) {
	b := &builder{gazetteer: &gazetteer{slots: make([]slot, 16), nodes: make([]node, 1)}, chief: map[string]string{}}
	tab := table.New("x.tsv", "name\tkey\ttype\tsubtype\tcountry\tcontext\nFoo\tagency:foo\tnick\t\tMEX\todd\n", strings.Fields(namedColumns)...)
	for r := range tab.Rows() {
		names(vocab.State)(b, r)
	}
	err := fmt.Sprint(tab.Err())
	for _, want := range []string{"x.tsv:2", "not of kind state", `type "nick"`, `"MEX" is no list`, `context "odd"`} {
		if !strings.Contains(err, want) {
			t.Errorf("no %s in %s", want, err)
		}
	}
}

func describe(found []match) (s []string) {
	for _, m := range found {
		s = append(s, fmt.Sprintf("%s[%d:%d] %s %s class %d needs %d", m.name, m.first, m.last, m.key, m.country, m.class, m.needs))
	}
	return s
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		g, err := readGazetteer()
		if err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(g)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB-live")
}
