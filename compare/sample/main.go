// Command sample draws mentions, facts or events of `graph extract` at random for a
// reader to judge, shows them in their sentences, and counts the judgements.
//
//	go run ./sample -draw mentions -graph GRAPH >sample/mentions.tsv
//	go run ./sample -show sample/mentions.tsv -graph GRAPH   # read, then fill in the verdicts
//	go run ./sample sample/mentions.tsv                      # the tables of docs/quality.md
//	go run ./sample -graph GRAPH sample/mentions.tsv         # the same of what a later GRAPH still finds
//
// The cables are those of ../../shared/cables/dev.jsonl.gz. A file of judgements
// holds no words of them: a row is the cable, the span in bytes of its text
// (header, blank line, body; the evidence of a fact), the type, for facts the
// status, the roles and a hash of the arguments, then the verdict and what is
// wrong.
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// verdicts lists what a reader may say of a mention or a fact, right first.
var verdicts = map[string][]string{
	"mentions": {"right", "boundary", "type", "no-name"},
	"facts":    {"right", "argument", "type", "status", "not-stated"},
	"events":   {"right", "argument", "type", "status", "not-stated"},
}

// drawn says how many of each are drawn.
var drawn = map[string]int{"mentions": 400, "facts": 300, "events": 100}

// A subject is a kind of cables that mentions are drawn from.
type subject struct {
	name string
	of   func(c checked) bool
}

// subjects stand with the rarest first; a cable belongs to the first that fits.
var subjects = []subject{
	{"military", func(c checked) bool { return c.tagged("MARR", "MASS", "MOPS", "MCAP", "PARM", "MNUC") }},
	{"elections", func(c checked) bool {
		s := strings.ToUpper(c.Subject)
		return strings.Contains(s, "ELECTION") || strings.Contains(s, "CANDIDATE") || strings.Contains(s, "VOTE")
	}},
	{"science", func(c checked) bool { return c.tagged("KSCA", "TBIO", "TSPL", "TRGY", "TNGD", "SENV", "KGHG") }},
	{"economics", func(c checked) bool { return c.tagged("ECON", "EFIN", "ETRD", "EINV", "ENRG", "EAGR", "EIND") }},
}

// What is left out: cables that are marked by hand or shown in the issues, and
// the subject that they share.
const (
	cablesPerSubject = 10
	cablesOfFacts    = 100
	sharedTag        = "KTIP"
)

// header lists the facts that the header states; they are not drawn. standing
// lists those that are no events: most facts are of these types.
var (
	header   = []string{"sentFrom", "sentTo", "infoTo", "references", "signedBy", "contactFor"}
	standing = []string{
		"holdsRole", "acronymOf", "heads", "leaderOf", "memberOf", "locatedIn", "partOf", "subunitOf",
		"hasProvision", "amends", "formerName", "alias", "participates", "operates", "prescribes",
	}
)

// A row is one judgement.
type row struct {
	cable      string
	start, end int
	typ        string
	fact       string // status, roles and hash of the arguments; "" for a mention
	verdict    string
	note       string

	subject string // of the cable, where the file has it
	args    string // of a fact, where it was just extracted
}

// key tells rows apart, whatever is said of them.
func (r row) key() string {
	r.verdict, r.note, r.args = "", "", ""
	return r.String()
}

func main() {
	var (
		draw   = flag.String("draw", "", "draw `mentions`, facts or events")
		show   = flag.Bool("show", false, "show the rows of a file in their sentences")
		graph  = flag.String("graph", "", "the graph program")
		seed   = flag.Uint64("seed", 20080311, "of -draw: another gives another sample")
		shared = flag.String("shared", "../../shared", "folder with cables/ and gold/")
	)
	flag.Parse()
	err := func() error {
		switch {
		case verdicts[*draw] != nil && flag.NArg() == 0 && *graph != "":
			return drawRows(os.Stdout, *draw, *seed, *graph, *shared)
		case *draw == "" && flag.NArg() == 1 && *show:
			return showRows(os.Stdout, flag.Arg(0), *graph, *shared)
		case *draw == "" && flag.NArg() == 1:
			return count(os.Stdout, flag.Arg(0), *graph, *shared)
		}
		flag.Usage()
		os.Exit(2)
		return nil
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, "sample:", err)
		os.Exit(1)
	}
}

// checked is what graph check says of a cable.
type checked struct {
	ID, Subject string
	Tags        []string
	Paragraphs  []span
}

type span struct{ Start, End int }

func (c checked) tagged(tags ...string) bool {
	return slices.ContainsFunc(c.Tags, func(t string) bool { return slices.Contains(tags, t) })
}

// extracted is what graph extract says of a cable.
type extracted struct {
	Cable    string
	Mentions []struct {
		span
		Type, Entity string
	}
	Relations []struct {
		Type, Status string
		Para         int
		Evidence     span
		Args         map[string]any
	}
}

// drawRows prints rows without a verdict.
func drawRows(w io.Writer, what string, seed uint64, graph, shared string) error {
	path := filepath.Join(shared, "cables", "dev.jsonl.gz")
	texts, err := readTexts(path)
	if err != nil {
		return err
	}
	marked, err := filepath.Glob(filepath.Join(shared, "gold", "*", "*.txt"))
	if err != nil {
		return err
	}
	cables := map[string]checked{}
	var ids []string
	err = eachLine(graph, []string{"check", "--json", path}, func(line []byte) error {
		var c checked
		if err := json.Unmarshal(line, &c); err != nil {
			return err
		}
		isMarked := slices.ContainsFunc(marked, func(m string) bool { return filepath.Base(m) == c.ID+".txt" })
		if texts[c.ID] != "" && !isMarked {
			cables[c.ID] = c
			ids = append(ids, c.ID)
		}
		return nil
	})
	if err != nil {
		return err
	}
	slices.Sort(ids)
	random := rand.New(rand.NewPCG(seed, 0))
	random.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	subjectOf := choose(what, ids, cables)

	var rows []row
	err = eachExtracted(graph, path, func(c extracted) {
		if _, chosen := subjectOf[c.Cable]; !chosen {
			return
		}
		if what == "mentions" {
			rows = append(rows, mentionsOf(c, cables[c.Cable].Paragraphs)...)
			return
		}
		for _, r := range factsOf(c) {
			if what == "facts" || !slices.Contains(standing, r.typ) {
				rows = append(rows, r)
			}
		}
	})
	if err != nil {
		return err
	}
	n := drawn[what]
	if len(rows) < n {
		return fmt.Errorf("%d %s only, want %d", len(rows), what, n)
	}
	slices.SortFunc(rows, compare)
	random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	rows = rows[:n]
	slices.SortFunc(rows, compare)

	chosen := slices.SortedFunc(maps.Keys(subjectOf), func(a, b string) int {
		return cmp.Or(cmp.Compare(subjectOf[a], subjectOf[b]), cmp.Compare(a, b))
	})
	for _, id := range chosen {
		if what == "events" { // of any cable
			break
		}
		fmt.Fprintf(w, "# %s\n", strings.TrimSpace(subjectOf[id]+" "+id))
	}
	for _, r := range rows {
		fmt.Fprintln(w, r)
	}
	return nil
}

// choose returns the cables to draw from, each with its subject.
func choose(what string, ids []string, cables map[string]checked) map[string]string {
	subjectOf := map[string]string{}
	if what != "mentions" {
		if what == "facts" {
			ids = ids[:min(len(ids), cablesOfFacts)]
		}
		for _, id := range ids {
			subjectOf[id] = ""
		}
		return subjectOf
	}
	n := map[string]int{}
	for _, id := range ids {
		c := cables[id]
		i := slices.IndexFunc(subjects, func(s subject) bool { return s.of(c) })
		if i < 0 || c.tagged(sharedTag) || n[subjects[i].name] == cablesPerSubject {
			continue
		}
		n[subjects[i].name]++
		subjectOf[id] = subjects[i].name
	}
	return subjectOf
}

// mentionsOf returns the mentions in the numbered paragraphs of a cable.
func mentionsOf(c extracted, paragraphs []span) []row {
	var rows []row
	for _, m := range c.Mentions {
		if slices.ContainsFunc(paragraphs, func(p span) bool { return p.Start <= m.Start && m.End <= p.End }) {
			rows = append(rows, row{cable: c.Cable, start: m.Start, end: m.End, typ: m.Type})
		}
	}
	return rows
}

// factsOf returns the facts of the text of a cable.
func factsOf(c extracted) []row {
	var rows []row
	for _, r := range c.Relations {
		if slices.Contains(header, r.Type) || r.Para < 1 {
			continue
		}
		roles := slices.Sorted(maps.Keys(r.Args))
		var args []string
		for _, role := range roles {
			values, ok := r.Args[role].([]any)
			if !ok {
				values = []any{r.Args[role]}
			}
			for _, v := range values {
				args = append(args, role+"="+strings.Join(strings.Fields(fmt.Sprint(v)), " "))
			}
		}
		all := strings.Join(args, "; ")
		fact := fmt.Sprintf("%s %s %.4x", r.Status, strings.Join(roles, ","), sha256.Sum256([]byte(all)))
		rows = append(rows, row{cable: c.Cable, start: r.Evidence.Start, end: r.Evidence.End, typ: r.Type, fact: fact, args: all})
	}
	return rows
}

// current returns what graph now finds in the cables of path, by key.
func current(graph, path string) (map[string]row, error) {
	found := map[string]row{}
	err := eachExtracted(graph, path, func(c extracted) {
		everywhere := []span{{0, math.MaxInt}}
		for _, r := range append(mentionsOf(c, everywhere), factsOf(c)...) {
			found[r.key()] = r
		}
	})
	return found, err
}

func compare(a, b row) int {
	return cmp.Or(cmp.Compare(a.cable, b.cable), cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end),
		cmp.Compare(a.typ, b.typ), cmp.Compare(a.fact, b.fact))
}

func (r row) String() string {
	return strings.Join([]string{r.cable, strconv.Itoa(r.start), strconv.Itoa(r.end), r.typ, r.fact, r.verdict, r.note}, "\t")
}

// readRows reads a file of judgements. Each row gets the subject that a comment
// "# subject cable" gives to its cable.
func readRows(path string) ([]row, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var rows []row
	subjectOf := map[string]string{}
	for i, line := range strings.Split(string(b), "\n") {
		if comment, ok := strings.CutPrefix(line, "# "); ok {
			if f := strings.Fields(comment); len(f) == 2 {
				subjectOf[f[1]] = f[0]
			}
			continue
		}
		if line == "" {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 7 {
			return nil, fmt.Errorf("%s:%d: %d columns, want 7", path, i+1, len(f))
		}
		start, err := strconv.Atoi(f[1])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: start: %w", path, i+1, err)
		}
		end, err := strconv.Atoi(f[2])
		if err != nil || end <= start {
			return nil, fmt.Errorf("%s:%d: no end after the start: %q", path, i+1, f[2])
		}
		rows = append(rows, row{cable: f[0], start: start, end: end, typ: f[3], fact: f[4], verdict: f[5], note: f[6], subject: subjectOf[f[0]]})
	}
	return rows, nil
}

// showRows prints each row with the text around its span, and a fact with its
// arguments where graph still finds it.
func showRows(w io.Writer, path, graph, shared string) error {
	rows, err := readRows(path)
	if err != nil {
		return err
	}
	cables := filepath.Join(shared, "cables", "dev.jsonl.gz")
	texts, err := readTexts(cables)
	if err != nil {
		return err
	}
	var now map[string]row
	if graph != "" {
		if now, err = current(graph, cables); err != nil {
			return err
		}
	}
	out := bufio.NewWriter(w)
	fold := func(s string) string { return strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ") }
	const around = 150
	for i, r := range rows {
		text := texts[r.cable]
		if r.end > len(text) {
			return fmt.Errorf("%s: no cable %s of %d bytes", path, r.cable, r.end)
		}
		status, _, _ := strings.Cut(r.fact, " ")
		fmt.Fprintf(out, "%d %s %s %s [%s %s] %s\n    %s [[%s]] %s\n", i+1, r.cable, r.typ, status, r.verdict, r.note,
			cmp.Or(now[r.key()].args, r.fact), fold(text[max(0, r.start-around):r.start]), fold(text[r.start:r.end]), fold(text[r.end:min(len(text), r.end+around)]))
	}
	return out.Flush()
}

// count prints how many rows of each type and subject have each verdict, and what is said
// of those that are not right. With graph, rows that it no longer finds are
// left out; what it finds anew is not judged.
func count(w io.Writer, path, graph, shared string) error {
	rows, err := readRows(path)
	if err != nil {
		return err
	}
	if graph != "" {
		now, err := current(graph, filepath.Join(shared, "cables", "dev.jsonl.gz"))
		if err != nil {
			return err
		}
		rows = slices.DeleteFunc(rows, func(r row) bool { return now[r.key()].cable == "" })
	}
	what, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(path), ".tsv"), "-")
	allowed := verdicts[what]
	if allowed == nil {
		return fmt.Errorf("%s: the name must begin with mentions, facts or events", path)
	}
	verdictOf := map[string]map[string]int{}
	notes := map[string]int{}
	for _, r := range rows {
		if !slices.Contains(allowed, r.verdict) {
			return fmt.Errorf("%s: %s %d: verdict %q, want one of %q", path, r.cable, r.start, r.verdict, allowed)
		}
		for _, group := range []string{r.typ, r.subject, "all"} {
			if group == "" {
				continue
			}
			if verdictOf[group] == nil {
				verdictOf[group] = map[string]int{}
			}
			verdictOf[group][r.verdict]++
			verdictOf[group]["judged"]++
		}
		if r.verdict != allowed[0] {
			notes[r.verdict+": "+r.note]++
		}
	}
	fmt.Fprintf(w, "| type or subject | judged | %s | right, %% |\n|%s\n", strings.Join(allowed, " | "), strings.Repeat("---|", len(allowed)+3))
	byCount := func(n func(string) int) func(a, b string) int {
		return func(a, b string) int { return cmp.Or(cmp.Compare(n(b), n(a)), cmp.Compare(a, b)) }
	}
	judged := func(group string) int { return verdictOf[group]["judged"] }
	for _, group := range slices.SortedFunc(maps.Keys(verdictOf), byCount(judged)) {
		n := verdictOf[group]
		fmt.Fprintf(w, "| %s | %d |", group, n["judged"])
		for _, v := range allowed {
			fmt.Fprintf(w, " %d |", n[v])
		}
		fmt.Fprintf(w, " %.0f |\n", 100*float64(n[allowed[0]])/float64(n["judged"]))
	}
	fmt.Fprintln(w, "\n| what is wrong | times |\n|---|---|")
	for _, note := range slices.SortedFunc(maps.Keys(notes), byCount(func(s string) int { return notes[s] })) {
		fmt.Fprintf(w, "| %s | %d |\n", note, notes[note])
	}
	return nil
}

// readTexts returns the cables of a file of JSON Lines by their ids.
func readTexts(path string) (map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the cables are kept beside the repository: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	texts := map[string]string{}
	in := json.NewDecoder(bufio.NewReader(z))
	for {
		var c struct{ ID, Header, Body string }
		if err := in.Decode(&c); err == io.EOF {
			return texts, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		texts[c.ID] = c.Header + "\n\n" + c.Body
	}
}

// eachExtracted gives what graph extract says of each cable of path to do.
func eachExtracted(graph, path string, do func(extracted)) error {
	return eachLine(graph, []string{"extract", path}, func(line []byte) error {
		var c extracted
		if err := json.Unmarshal(line, &c); err != nil {
			return err
		}
		do(c)
		return nil
	})
}

// eachLine runs a command and gives each line that it prints to do.
func eachLine(command string, args []string, do func(line []byte) error) error {
	c := exec.Command(command, args...)
	var words bytes.Buffer
	c.Stderr = &words
	out, err := c.Output()
	if err != nil && c.ProcessState.ExitCode() != 3 { // 3: some cables were set aside
		return fmt.Errorf("%s: %w\n%s", command, err, words.Bytes())
	}
	for line := range bytes.Lines(out) {
		if err := do(line); err != nil {
			return err
		}
	}
	return nil
}
