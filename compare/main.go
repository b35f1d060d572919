// Command compare sets `graph extract` beside extractors of names that a Go or
// JavaScript programmer would pick, on the same cables in one run, one process
// each: how well they find people, places and bodies in hand-marked cables, and
// how fast they read. ./run.sh builds everything and runs it.
//
// An extractor other than graph is a program that reads texts, one JSON string
// a line, and writes a line for each: a JSON array of its mentions, objects
// with start and end (bytes of the text) and type: person, place (city, country,
// any) or body (public or not).
//
// It is scored leniently where that favours the others. Only the text of the
// numbered paragraphs counts, and they are given it without page breaks and
// line ends; graph gets whole cables. States and places are one type, and so
// are agencies and organizations. Figures forgive the boundary: a name
// that overlaps a marked one of its type is right. A place that lies in a longer
// marked name of another type ("Mexico" in "Embassy Mexico") is passed over.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// types lists what is compared.
var types = []string{"person", "place", "body"}

// typeOf maps the kinds of the marked cables and of graph to types; what is
// not here is not compared.
var typeOf = map[string]string{
	"person": "person", "state": "place", "place": "place", "agency": "body", "organization": "body",
}

type mention struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Type  string `json:"type"`
}

// tool is an extractor: its name and command.
type tool struct {
	name    string
	command []string
}

func main() {
	var (
		shared = flag.String("shared", "../../shared", "folder with gold/ and cables/")
		graph  = flag.String("graph", "", "the graph program")
		every  = flag.Int("every", 5, "measure speed on every so manieth cable of cables/dev.jsonl.gz")
		others []tool
	)
	flag.Func("other", "another extractor as NAME=COMMAND, may be repeated", func(s string) error {
		name, command, ok := strings.Cut(s, "=")
		if !ok || name == "" || len(strings.Fields(command)) == 0 {
			return errors.New("want NAME=COMMAND")
		}
		others = append(others, tool{name, strings.Fields(command)})
		return nil
	})
	flag.Parse()
	if *graph == "" || len(others) == 0 || *every < 1 || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(os.Stdout, *shared, *graph, others, *every); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, shared, graph string, others []tool, every int) error {
	if _, err := os.Stat(shared); err != nil {
		return fmt.Errorf("the marked cables are not here, they are kept beside the repository: %w", err)
	}
	head := []string{"cables", "type", "marked", "graph"}
	for _, t := range others {
		head = append(head, t.name)
	}
	fmt.Fprint(w, "Precision, recall: F1 (F1 where only exact boundaries count)\n\n")
	row(w, head)
	row(w, slices.Repeat([]string{"---"}, len(head)))
	for _, set := range []string{"seeds", "dev", "check"} {
		if err := quality(w, filepath.Join(shared, "gold", set), graph, others); err != nil {
			return fmt.Errorf("gold/%s: %w", set, err)
		}
	}
	fmt.Fprintln(w)
	return speed(w, filepath.Join(shared, "cables", "dev.jsonl.gz"), graph, others, every)
}

// A paragraph is a numbered paragraph of a marked cable.
type paragraph struct {
	cable      int
	start, end int
	text       string // as long as in the file, line ends and page breaks made blank
}

// quality prints how well each program does on the marked cables of dir.
func quality(w io.Writer, dir, graph string, others []tool) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no marked cables in %s (%v)", dir, err)
	}
	paragraphs, err := readParagraphs(graph, files)
	if err != nil {
		return err
	}
	marked := make([][]mention, len(paragraphs)) // all kinds, so that longer names are known
	found := map[string][][]mention{}
	for i, file := range files {
		all, err := readMarks(strings.TrimSuffix(file, ".txt") + ".ann.jsonl")
		if err != nil {
			return err
		}
		share(marked, paragraphs, i, all)
	}
	names := []string{"graph"}
	found["graph"], err = runGraph(graph, files, paragraphs)
	if err != nil {
		return err
	}
	for _, t := range others {
		if found[t.name], err = runOther(t, paragraphs); err != nil {
			return err
		}
		names = append(names, t.name)
	}
	for _, typ := range types {
		cells := []string{filepath.Base(dir), typ, ""}
		for _, name := range names {
			var lenient, exact score
			for i := range paragraphs {
				lenient.add(typ, found[name][i], marked[i], overlaps)
				exact.add(typ, found[name][i], marked[i], equals)
			}
			cells[2] = strconv.Itoa(lenient.marked)
			if lenient.found == 0 {
				cells = append(cells, "none found")
				continue
			}
			p, r, f := lenient.figures()
			_, _, strict := exact.figures()
			cells = append(cells, fmt.Sprintf("%.2f, %.2f: %.2f (%.2f)", p, r, f, strict))
		}
		row(w, cells)
	}
	return nil
}

// row prints a row of a table.
func row(w io.Writer, cells []string) {
	fmt.Fprintf(w, "| %s |\n", strings.Join(cells, " | "))
}

// readParagraphs reads the numbered paragraphs of the files as graph check
// tells them apart, in order.
func readParagraphs(graph string, files []string) ([]paragraph, error) {
	out, _, err := call(append([]string{graph, "check", "--json"}, files...), nil)
	if err != nil {
		return nil, err
	}
	type span struct {
		Start, End int
		Kind       string // of a repair
	}
	var all []paragraph
	for _, line := range lines(out) {
		var c struct {
			Source              string
			Paragraphs, Repairs []span
		}
		if err := json.Unmarshal(line, &c); err != nil {
			return nil, err
		}
		text, err := os.ReadFile(c.Source)
		if err != nil {
			return nil, err
		}
		blank := func(s span) {
			copy(text[s.Start:s.End], bytes.Repeat([]byte{' '}, s.End-s.Start))
		}
		for _, r := range c.Repairs {
			if r.Kind == "page-break" || r.Kind == "stray-sipdis" || r.Kind == "paragraph-mark" {
				blank(r)
			}
		}
		for i, b := range text {
			if b == '\n' || b == '\r' {
				text[i] = ' '
			}
		}
		for _, p := range c.Paragraphs {
			all = append(all, paragraph{slices.Index(files, c.Source), p.Start, p.End, string(text[p.Start:p.End])})
		}
	}
	return all, nil
}

// readMarks reads the marked mentions of a cable.
func readMarks(path string) ([]mention, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var all []mention
	for _, line := range lines(b) {
		var m mention
		if err := json.Unmarshal(line, &m); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, m)
	}
	return all, nil
}

// share gives the mentions of a cable to its paragraphs; those outside of
// paragraphs are left out. Spans then count from the paragraph's start.
func share(to [][]mention, paragraphs []paragraph, cable int, all []mention) {
	for i, p := range paragraphs {
		for _, m := range all {
			if p.cable == cable && p.start <= m.Start && m.End <= p.end {
				if t := typeOf[m.Type]; t != "" {
					m.Type = t
				}
				to[i] = append(to[i], mention{m.Start - p.start, m.End - p.start, m.Type})
			}
		}
	}
}

// runGraph returns the mentions of graph extract, a slice for each paragraph.
func runGraph(graph string, files []string, paragraphs []paragraph) ([][]mention, error) {
	out, _, err := call(append([]string{graph, "extract"}, files...), nil)
	if err != nil {
		return nil, err
	}
	found := make([][]mention, len(paragraphs))
	for _, line := range lines(out) {
		var c struct {
			Source   string
			Mentions []mention
		}
		if err := json.Unmarshal(line, &c); err != nil {
			return nil, err
		}
		share(found, paragraphs, slices.Index(files, c.Source), c.Mentions)
	}
	return found, nil
}

// runOther returns the mentions of another extractor, a slice for each
// paragraph.
func runOther(t tool, paragraphs []paragraph) ([][]mention, error) {
	var texts []string
	for _, p := range paragraphs {
		texts = append(texts, p.text)
	}
	out, _, err := call(t.command, encode(texts))
	if err != nil {
		return nil, err
	}
	var found [][]mention
	for _, line := range lines(out) {
		var all []mention
		if err := json.Unmarshal(line, &all); err != nil {
			return nil, fmt.Errorf("%s: %w", t.name, err)
		}
		found = append(found, all)
	}
	if len(found) != len(texts) {
		return nil, fmt.Errorf("%s answered %d of %d texts", t.name, len(found), len(texts))
	}
	return found, nil
}

// score counts the mentions of a type.
type score struct{ found, right, marked, met int }

// add counts the found mentions that agree with a marked one, and the marked
// ones that agree with a found one.
func (s *score) add(typ string, found, marked []mention, agree func(a, b mention) bool) {
	any := func(of []mention, with mention) bool {
		return slices.ContainsFunc(of, func(m mention) bool { return m.Type == typ && agree(m, with) })
	}
	for _, m := range found {
		right := any(marked, m)
		nested := typ == "place" && slices.ContainsFunc(marked, func(g mention) bool {
			return g.Type != typ && g.Start <= m.Start && m.End <= g.End
		})
		if m.Type != typ || !right && nested {
			continue
		}
		s.found++
		if right {
			s.right++
		}
	}
	for _, g := range marked {
		if g.Type == typ {
			s.marked++
			if any(found, g) {
				s.met++
			}
		}
	}
}

// figures returns precision, recall and their harmonic mean.
func (s score) figures() (p, r, f float64) {
	p = float64(s.right) / float64(max(s.found, 1))
	r = float64(s.met) / float64(max(s.marked, 1))
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return p, r, f
}

func overlaps(a, b mention) bool { return a.Start < b.End && b.Start < a.End }
func equals(a, b mention) bool   { return a.Start == b.Start && a.End == b.End }

// speed prints how fast each program reads whole cables. What it takes for the
// first one counts as its start, and the speed is that of the others.
func speed(w io.Writer, path, graph string, others []tool, every int) error {
	dir, err := os.MkdirTemp("", "compare")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	texts, size, err := readTexts(path, every)
	if err != nil {
		return err
	}
	for i, text := range texts {
		if err := os.WriteFile(filepath.Join(dir, fileName(i)), []byte(text), 0o600); err != nil {
			return err
		}
	}
	mb, first := float64(size)/1e6, float64(len(texts[0]))/1e6
	fmt.Fprintf(w, "%d cables, %.1f MB:\n\n", len(texts), mb)
	fmt.Fprintln(w, "| program | start | all | MB a second | memory |")
	fmt.Fprintln(w, "|---|---|---|---|---|")
	// Processor time, which other work on the machine does not change much.
	line := func(name string, start, all usage) {
		rate := "too little text"
		if all.cpu > start.cpu {
			rate = fmt.Sprintf("%.2g", (mb-first)/(all.cpu-start.cpu).Seconds())
		}
		fmt.Fprintf(w, "| %s | %.2f s | %.2f s | %s | %d MB |\n", name, start.cpu.Seconds(), all.cpu.Seconds(), rate, all.memory>>20)
	}
	extract := []string{graph, "extract", "--workers", "1"}
	_, start, err := call(append(extract, filepath.Join(dir, fileName(0))), nil)
	if err != nil {
		return err
	}
	_, all, err := call(append(extract, dir), nil)
	if err != nil {
		return err
	}
	line("graph", start, all)
	for _, t := range others {
		_, start, err := call(t.command, encode(texts[:1]))
		if err != nil {
			return err
		}
		_, all, err := call(t.command, encode(texts))
		if err != nil {
			return err
		}
		line(t.name, start, all)
	}
	return nil
}

// fileName returns the name of the file that graph reads the cable from.
func fileName(cable int) string { return fmt.Sprintf("%05d.txt", cable) }

// readTexts returns every so manieth cable of a file of JSON Lines as text,
// and how many bytes they are.
func readTexts(path string, every int) (texts []string, size int, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", path, err)
	}
	in := json.NewDecoder(bufio.NewReader(z))
	for i := 0; ; i++ {
		var c struct{ Header, Body string }
		if err := in.Decode(&c); err == io.EOF {
			return texts, size, nil
		} else if err != nil {
			return nil, 0, fmt.Errorf("%s: cable %d: %w", path, i+1, err)
		}
		if i%every == 0 {
			texts = append(texts, c.Header+"\n\n"+c.Body)
			size += len(texts[len(texts)-1])
		}
	}
}

// usage is what a process took.
type usage struct {
	cpu    time.Duration
	memory int64 // the most at once, in bytes
}

// call runs a command on one core and returns what it prints.
func call(command []string, in []byte) ([]byte, usage, error) {
	c := exec.Command(command[0], command[1:]...)
	c.Env = append(os.Environ(), "GOMAXPROCS=1")
	c.Stdin = bytes.NewReader(in)
	var out, words bytes.Buffer
	c.Stdout, c.Stderr = &out, &words
	var u usage
	err := c.Run()
	// 3: some cables were set aside, the rest is done.
	if err != nil && c.ProcessState.ExitCode() != 3 {
		return nil, u, fmt.Errorf("%s: %w\n%s", command[0], err, words.Bytes())
	}
	u.cpu = c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	if r, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.memory = r.Maxrss << 10
	}
	return out.Bytes(), u, nil
}

// encode writes texts as JSON strings, one a line.
func encode(texts []string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for _, t := range texts {
		if err := enc.Encode(t); err != nil {
			panic(err) // a string always encodes, and a buffer always takes it
		}
	}
	return b.Bytes()
}

// lines returns the lines of b that are not empty.
func lines(b []byte) [][]byte {
	return slices.DeleteFunc(bytes.Split(b, []byte("\n")), func(l []byte) bool { return len(bytes.TrimSpace(l)) == 0 })
}
