// Command generate re-tabulates public sources into the generated gazetteers
// of package entity: subdivisions.tsv, cities.tsv, forenames.tsv, surnames.tsv
// and common.tsv. The other tables beside them are kept by hand. The same
// sources give the same bytes.
//
// From the repository's root:
//
//	sh entity/data/generate/fetch.sh DIR
//	go run ./entity/data/generate -sources DIR -facts ../shared/facts -telegrams ../shared/text/frus_telegrams.jsonl.gz
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cablegraph/entity"
)

// A generator makes the tables of one kind from the sources.
type generator struct {
	sources   string // directory that fetch.sh filled
	facts     string // directory with forenames.tsv and surnames.tsv
	telegrams string // JSON lines with a "text" field, gzipped
	out       string // directory of the tables

	words     map[string]int  // common words with their counts
	foreign   map[string]bool // everyday words of other languages
	forenames map[string]int  // with their weights
	surnames  map[string]int
}

// steps in their order: names need words, places need both.
var steps = []func(*generator) error{
	(*generator).common,
	(*generator).names,
	(*generator).places,
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("generate: ")
	var g generator
	flag.StringVar(&g.sources, "sources", "", "directory filled by fetch.sh")
	flag.StringVar(&g.facts, "facts", "../shared/facts", "directory with forenames.tsv and surnames.tsv, counted from HistoryAtState/people and pocom")
	flag.StringVar(&g.telegrams, "telegrams", "../shared/text/frus_telegrams.jsonl.gz", "telegrams of HistoryAtState/frus, JSON lines, gzipped")
	flag.StringVar(&g.out, "out", "entity/data", "directory of the tables")
	flag.Parse()
	if g.sources == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	for _, step := range steps {
		if err := step(&g); err != nil {
			log.Fatal(err)
		}
	}
}

// write writes a table: the comment lines, the header row, and the rows in
// byte order of their fields, each once.
func (g *generator) write(file, comment string, columns []string, rows [][]string) error {
	slices.SortFunc(rows, slices.Compare)
	rows = slices.CompactFunc(rows, slices.Equal)
	f, err := os.Create(filepath.Join(g.out, file))
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	for line := range strings.Lines(comment) {
		fmt.Fprintf(w, "# %s\n", strings.TrimSpace(line))
	}
	fmt.Fprintln(w, strings.Join(columns, "\t"))
	for _, row := range rows {
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	log.Printf("%s: %d rows", file, len(rows))
	return f.Close()
}

// lines calls do with each line of a file.
func lines(file string, do func(line string)) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(text)) {
		do(strings.TrimRight(line, "\r\n"))
	}
	return nil
}

// slug returns the folded name with hyphens for everything but letters and digits.
func slug(name string) string {
	var b strings.Builder
	for _, r := range entity.Fold(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == '\'':
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}
