package link

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/internal/cputime"
)

// benchText is full of facts.
var benchText = strings.Repeat("On May 3, 2006, [agency Harbour Police] agents arrested [person Ana Prado] and [person Luis Gil] in [place Callao] for fraud. The weather stayed dry and nobody in the market said anything about the price of fish, which had gone up again. President [person Juan Rojas] signed the [law Harbour Law] on June 1. ", 200)

func BenchmarkRelations(b *testing.B) {
	d, err := exampleDocument(benchText)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(d.Cable.Raw)))
	b.ReportAllocs()
	for b.Loop() {
		Relations(d)
	}
}

// BenchmarkExtract reads real cables as graph extract does but for joining
// entities: names, facts, both, and both with 500 more rules. MB/s are those of
// a second of processor time.
func BenchmarkExtract(b *testing.B) {
	const path = "../../shared/cables/dev.jsonl.gz"
	if _, err := os.Stat(path); err != nil {
		b.Skipf("the real cables are not beside the repository: %v", err)
	}
	var cables []*cable.Cable
	size := 0
	for c, err := range cable.ReadPaths([]string{path}) {
		if err == nil {
			cables = append(cables, c)
			size += len(c.Raw)
		}
	}
	more := manyRules(b)
	f := entity.NewFinder()
	var docs []*entity.Document
	for _, c := range cables {
		docs = append(docs, f.Find(c))
	}
	for _, bench := range []struct {
		name string
		read func(i int)
	}{
		{"names", func(i int) { f.Find(cables[i]) }},
		{"facts", func(i int) { Relations(docs[i]) }},
		{"both", func(i int) { Relations(f.Find(cables[i])) }},
		{"both+500rules", func(i int) { more.Relations(f.Find(cables[i])) }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			before := cputime.Used(b)
			for b.Loop() {
				for i := range cables {
					bench.read(i)
				}
			}
			cputime.Report(b, size, before)
		})
	}
}

// manyRules are the program's own rules and 500 more of the kinds that analysts
// write, each for another verb: a frame with arguments to find, or a pattern.
func manyRules(b *testing.B) *Rules {
	b.Helper()
	verbs := Default().lex.lemmas
	var text strings.Builder
	for i := range 500 {
		fmt.Fprintf(&text, "rule many.%d\nabout A rule among many.\n", i)
		verb := verbs[i*len(verbs)/500].name
		if i%2 == 0 {
			fmt.Fprintf(&text, "type assisted\nverb %s\nobject object:person/organization\nsubject body:body\nfind date\nfind count\nfind in|at place:location\nneed body object\n", verb)
		} else {
			fmt.Fprintf(&text, "type memberOf\nmatch person:person ( , .. , )? ^<%s> ..3 ( with | for )? %%determiner? organization:body\n", verb)
		}
		text.WriteString("yes x\n= x\nno x\n")
	}
	dir, err := fs.Sub(ruleFiles, "rules")
	if err != nil {
		b.Fatal(err)
	}
	rules, errs := load(dir, addition{fsys: fstest.MapFS{"many.rules": {Data: []byte(text.String())}}})
	if len(errs) > 0 {
		b.Fatal(errs)
	}
	return rules
}

// BenchmarkManyRules reads a text dense with facts with and without 500 more rules.
func BenchmarkManyRules(b *testing.B) {
	d, err := exampleDocument(benchText)
	if err != nil {
		b.Fatal(err)
	}
	for name, rules := range map[string]*Rules{"own": Default(), "own+500": manyRules(b)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(d.Cable.Raw)))
			for b.Loop() {
				rules.Relations(d)
			}
		})
	}
}
