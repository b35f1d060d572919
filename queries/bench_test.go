package queries

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"cablegraph/graphdata"
	"cablegraph/graphdata/packed"
)

// syntheticGraph builds a graph of about n quads in the shape of a real one
// and returns its URL: cables of ten paragraphs that mention people and
// agencies, and an arrest with its claim in every second paragraph.
func syntheticGraph(b *testing.B, n int) string {
	b.Helper()
	file := filepath.Join(b.TempDir(), "graph.nq")
	f, err := os.Create(file)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	written := 0
	quad := func(s, p, o, label string) {
		if !strings.HasPrefix(o, "<") && !strings.HasPrefix(o, `"`) {
			o = strconv.Quote(o)
		}
		fmt.Fprintf(w, "<%s> <%s> %s <%s> .\n", s, p, o, label)
		written++
	}
	node := func(iri, class, name string) {
		quad(iri, "rdf:type", "<cg:"+class+">", "cg:names")
		quad(iri, "cg:name", name, "cg:names")
	}
	for _, class := range []string{"Person", "Agency", "Cable"} {
		quad("cg:"+class, "rdfs:subClassOf", "<cg:Entity>", "cg:names")
	}
	quad("cg:Arrest", "rdfs:subClassOf", "<cg:Event>", "cg:names")
	const agencies = 500
	for i := range agencies {
		node(fmt.Sprintf("agency:a%d", i), "Agency", fmt.Sprintf("Agency %d", i))
	}
	people := n / 40
	for i := range people {
		node(fmt.Sprintf("person:p%d", i), "Person", fmt.Sprintf("Person %d", i))
	}
	for c := 0; written < n; c++ {
		cable := fmt.Sprintf("cable:08LIMA%d", c)
		node(cable, "Cable", fmt.Sprintf("08LIMA%d", c))
		quad(cable, "cg:sent", fmt.Sprintf("2008-%02d-%02dT12:00:00Z", c%12+1, c%28+1), cable+"/0")
		if c > 0 {
			quad(cable, "cg:references", fmt.Sprintf("<cable:08LIMA%d>", c*7%c), cable+"/0")
		}
		for p := range 10 {
			para := fmt.Sprintf("%s/%d", cable, p)
			node(para, "Paragraph", fmt.Sprintf("08LIMA%d paragraph %d", c, p))
			quad(cable, "cg:hasParagraph", "<"+para+">", cable+"/0")
			quad(para, "cg:inCable", "<"+cable+">", para)
			quad(para, "cg:text", fmt.Sprintf("Text of paragraph %d of cable %d. %s", p, c, strings.Repeat("More of it follows. ", 20)), para)
			person := fmt.Sprintf("person:p%d", (c*31+p*17)%people)
			agency := fmt.Sprintf("agency:a%d", (c*13+p*5)%agencies)
			quad(person, "cg:mentionedIn", "<"+para+">", para)
			quad(agency, "cg:mentionedIn", "<"+para+">", para)
			if p%2 == 1 {
				continue
			}
			event := fmt.Sprintf("event:%d-%d", c, p)
			node(event, "Arrest", fmt.Sprintf("Arrest %d-%d", c, p))
			quad(event, "cg:person", "<"+person+">", para)
			quad(event, "cg:by", "<"+agency+">", para)
			quad(event, "cg:status", "asserted", para)
			quad(event, "cg:date", fmt.Sprintf("2007-%02d-%02d", c%12+1, p+1), para)
			quad(event, "cg:year", `"2007"^^<http://www.w3.org/2001/XMLSchema#integer>`, para)
			quad(person, "cg:arrestedBy", "<"+agency+">", para)
			claim := fmt.Sprintf("claim:%d-%d", c, p)
			node(claim, "Claim", "arrest")
			quad(claim, "cg:supports", "<"+event+">", "cg:evidence")
			quad(claim, "cg:paragraph", "<"+para+">", "cg:evidence")
			quad(claim, "cg:quote", fmt.Sprintf("agency %d arrested person %d", c, p), "cg:evidence")
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		b.Fatal(err)
	}
	packedFile := filepath.Join(b.TempDir(), "quads")
	if _, err := packed.Build(b.Context(), packedFile, graphdata.ReadNQuads(f, file), packed.Options{}); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return "packed:" + packedFile
}

// How long a worker takes to open a graph, and what it holds then.
func BenchmarkWorkerStart(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			url := syntheticGraph(b, n)
			for b.Loop() {
				r, err := New(b.Context(), 1, command(url))
				if err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				l := <-r.leases
				b.ReportMetric(float64(residentBytes(b, l.worker.cmd.Process.Pid))/(1<<20), "MB")
				close(l.back)
				r.Close()
				b.StartTimer()
			}
		})
	}
}

// residentBytes returns the memory that a process has in use.
func residentBytes(b *testing.B, pid int) int {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	pages, err := strconv.Atoi(strings.Fields(string(text))[1])
	if err != nil {
		b.Fatal(err)
	}
	return pages * os.Getpagesize()
}

// What a question costs on its way to a worker and back, and what saved
// queries cost on a graph of 100,000 quads.
func BenchmarkRun(b *testing.B) {
	r, err := New(b.Context(), 1, command(syntheticGraph(b, 100_000)))
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	run := func(name string, q Query) {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				result, err := r.Run(b.Context(), q, Limits{Rows: 100})
				if err != nil {
					b.Fatal(err)
				}
				n = len(result.Rows)
			}
			b.ReportMetric(float64(n), "rows")
		})
	}
	run("nothing", Query{Gizmo, `g.Emit(1)`, false})
	run("point", Query{Gizmo, `g.V("<person:p7>").Out("<cg:name>").All()`, false})
	run("point-graphql", Query{GraphQL, `{ nodes(id: <person:p7>) { id, name: <cg:name> } }`, false})
	for _, saved := range []struct {
		name string
		args map[string]string
	}{
		{"about", map[string]string{"entity": "person:p7"}},
		{"accused", map[string]string{"words": "person 7"}},
		{"arrests", nil},
		{"arrests", map[string]string{"person": "person:p7"}},
		{"cable", map[string]string{"cable": "cable:08LIMA77"}},
		{"candidates", nil},
		{"conflicts", nil},
		{"evidence", map[string]string{"event": "event:77-2"}},
		{"find", map[string]string{"words": "agency 77"}},
		{"mentions", map[string]string{"entity": "person:p7"}},
		{"missing-cables", nil},
		{"neighbours", map[string]string{"entity": "agency:a7"}},
		{"network", map[string]string{"entity": "agency:a7"}},
		{"network", nil},
		{"path", map[string]string{"from": "person:p7", "to": "person:p8"}},
		{"replies", map[string]string{"cable": "cable:08LIMA7"}},
		{"timeline", map[string]string{"entity": "agency:a7"}},
		{"together", map[string]string{"entity": "agency:a7"}},
		{"types", nil},
	} {
		s, err := SavedQuery(saved.name)
		if err != nil {
			b.Fatal(err)
		}
		q, err := s.Bind(saved.args)
		if err != nil {
			b.Fatal(err)
		}
		name := "saved-" + saved.name
		if saved.args == nil && len(s.Params) > 0 {
			name += "-all"
		}
		run(name, q)
	}
}
