package graphdata

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/internal/extsort"
	"cablegraph/internal/golden"
	"cablegraph/link"
	"cablegraph/vocab"
)

// harbour is an invented collection: two cables about a case in Callao, with
// every form of relation, facts that repeat and facts that contradict.
type harbour struct {
	t        *testing.T
	records  []*link.Record
	of       [][]string // entity ids by record and mention
	entities map[string]link.Entity
}

func newHarbour(t *testing.T) *harbour {
	h := &harbour{t: t, entities: map[string]link.Entity{}}
	for _, e := range []link.Entity{
		{ID: "person:ana-prado", Kind: vocab.Person, Class: "Person", Name: "Ana Prado"},
		{ID: "person:bruno-salas", Kind: vocab.Person, Class: "Person", Name: "Bruno Salas"},
		{ID: "person:carla-rios", Kind: vocab.Person, Class: "Person", Name: "Carla Rios"},
		{ID: "person:mendez", Kind: vocab.Person, Class: "Person", Name: "Mendez", Aliases: []string{"MENDEZ"}},
		{ID: "agency:nhi", Kind: vocab.Agency, Class: "Agency", Name: "National Harbour Institute", Aliases: []string{"NHI"}, Abbreviation: "NHI"},
		{ID: "agency:ministry-of-transport", Kind: vocab.Agency, Class: "Agency", Name: "Ministry of Transport"},
		{ID: "agency:congress", Kind: vocab.Agency, Class: "Agency", Name: "Congress"},
		{ID: "state:peru", Kind: vocab.State, Class: "Country", Name: "Peru"},
		{ID: "place:callao", Kind: vocab.Place, Class: "Place", Name: "Callao"},
		{ID: "law:harbour-law", Kind: vocab.Law, Class: "Law", Name: "Harbour Law"},
		{ID: "cable:06QUITO2101", Kind: vocab.Document, Class: "Cable", Name: "06 QUITO 2101"},
	} {
		h.entities[e.ID] = e
	}

	names := map[string]string{
		"Ana Prado": "person:ana-prado", "Ana\nPrado": "person:ana-prado", "Bruno Salas": "person:bruno-salas",
		"Bruno\nSalas": "person:bruno-salas", "Carla Rios": "person:carla-rios", "Carla\nRios": "person:carla-rios", "MENDEZ": "person:mendez",
		"National Harbour Institute": "agency:nhi", "NHI": "agency:nhi", "Ministry of Transport": "agency:ministry-of-transport",
		"Congress": "agency:congress", "Peru": "state:peru", "Callao": "place:callao", "Harbour Law": "law:harbour-law",
		"06 QUITO 2101": "cable:06QUITO2101",
	}
	first := h.cable("07LIMA412", names)
	h.says(first, "arrested", 1, vocab.Asserted, 0.9, "The National Harbour Institute (NHI) arrested\nAna Prado on February 26, 2007, in Callao, Peru.",
		"person=Ana Prado", "by=National Harbour Institute", "date:2007-02-26", "place=Callao")
	h.says(first, "acronymOf", 1, vocab.Asserted, 0.99, "National Harbour Institute (NHI)", "entity=National Harbour Institute", "name:NHI")
	h.says(first, "locatedIn", 1, vocab.Asserted, 0.8, "Callao, Peru", "place=Callao", "in=Peru")
	h.says(first, "partOf", 2, vocab.Asserted, 0.9, "The NHI, part of the Ministry of Transport,", "body=NHI", "of=Ministry of Transport")
	h.says(first, "arrested", 2, vocab.Asserted, 0.7, "arrested Ana\nPrado on suspicion of fraud", "person=Ana\nPrado", "by=NHI", "charge:fraud")
	h.says(first, "sentenced", 2, vocab.Asserted, 0.9, "A Lima court sentenced Bruno Salas to\nnine years for fraud on January 12, 2007.",
		"person=Bruno Salas", "court:a Lima court", "term:nine years", "charge:fraud", "date:2007-01-12")
	h.says(first, "arrested", 2, vocab.Negated, 0.8, "The police did not arrest\nCarla Rios.", "person=Carla Rios", "by:the police")
	h.says(first, "prescribes", 3, vocab.Asserted, 0.8, "The Harbour Law prescribes six to 12 years of imprisonment.", "law=Harbour Law", "penalty:six to 12 years of imprisonment")
	h.says(first, "appropriated", 3, vocab.Asserted, 0.8, "Congress appropriated 7 million dollars for shelters for victims in\n2007.",
		"by=Congress", "amount:7 million dollars", "purpose:shelters for victims", "date:2007")
	h.says(first, "trained", 3, vocab.Planned, 0.8, "The NHI will train 40 officers in May.", "trainer=NHI", "trainee:officers", "count:40", "date:2007-05")
	h.says(first, "operates", 3, vocab.Asserted, 0.8, "The NHI runs three shelters.", "body=NHI", "object:shelters", "count:3")
	h.says(first, "signedBy", -1, vocab.Asserted, 1, "MENDEZ", "document:cable:07LIMA412", "person=MENDEZ")
	h.says(first, "references", 0, vocab.Asserted, 1, "06 QUITO 2101", "document:cable:07LIMA412", "referenced=06 QUITO 2101")

	second := h.cable("07LIMA460", names)
	h.says(second, "arrested", 1, vocab.Asserted, 0.9, "The National Harbour Institute (NHI) arrested Ana Prado on\nFebruary 26, 2007, in Callao, Peru.",
		"person=Ana Prado", "by=National Harbour Institute", "date:2007-02-26", "place=Callao")
	h.says(second, "locatedIn", 1, vocab.Asserted, 0.9, "Callao, Peru", "place=Callao", "in=Peru")
	h.says(second, "sentenced", 1, vocab.Asserted, 0.9, "A Lima court sentenced Bruno\nSalas to eleven years for fraud on January 12, 2007.",
		"person=Bruno\nSalas", "court:a Lima court", "term:eleven years", "charge:fraud", "date:2007-01-12")
	h.says(second, "appropriated", 2, vocab.Asserted, 0.8, "Congress appropriated 9 million dollars for victims' shelters in\n2007.",
		"by=Congress", "amount:9 million dollars", "purpose:victims' shelters", "date:2007")
	h.says(second, "arrested", 2, vocab.Asserted, 0.8, "The NHI arrested three men last year.", "person:three men", "by=NHI", "date:last year")
	h.says(second, "arrested", 2, vocab.Asserted, 0.8, "The police arrested\nCarla Rios in January.", "person=Carla Rios", "by:the police", "date:2007-01")
	h.says(second, "signedBy", -1, vocab.Asserted, 1, "MENDEZ", "document:cable:07LIMA460", "person=MENDEZ")
	return h
}

// cable reads a cable of testdata and marks every occurrence of the names.
func (h *harbour) cable(id string, names map[string]string) *link.Record {
	h.t.Helper()
	file := filepath.Join("testdata", id+".txt")
	f, err := os.Open(file)
	if err != nil {
		h.t.Fatal(err)
	}
	defer f.Close()
	r := new(link.Record)
	for c, err := range cable.Read(f, file) {
		if err != nil {
			h.t.Fatal(err)
		}
		r.Cable = c
	}
	if r.Cable == nil || r.Cable.ID != id {
		h.t.Fatalf("%s: read %+v", file, r.Cable)
	}
	var of []string
	for name, entityID := range names {
		for at := 0; ; at += len(name) {
			i := strings.Index(r.Cable.Raw[at:], name)
			if i < 0 {
				break
			}
			at += i
			r.Mentions = append(r.Mentions, entity.Mention{Span: cable.Span{Start: at, End: at + len(name)}, Text: name, Key: entityID})
		}
	}
	slices.SortFunc(r.Mentions, func(a, b entity.Mention) int { return a.Span.Start - b.Span.Start })
	for _, m := range r.Mentions {
		of = append(of, m.Key)
	}
	h.records = append(h.records, r)
	h.of = append(h.of, of)
	return r
}

// says adds a relation; an argument is "role=the text of a mention" or
// "role:a value".
func (h *harbour) says(r *link.Record, kind string, para int, status vocab.Status, score float32, evidence string, args ...string) {
	h.t.Helper()
	at := strings.Index(r.Cable.Raw, evidence)
	if at < 0 {
		h.t.Fatalf("%s does not say %q", r.Cable.ID, evidence)
	}
	rel := link.Relation{
		Type: kind, Status: status, Para: para, Score: score, Rule: kind + ".test",
		Evidence: cable.Span{Start: at, End: at + len(evidence)},
	}
	for _, arg := range args {
		i := strings.IndexAny(arg, "=:")
		a := link.Arg{Role: arg[:i], Mention: -1, Value: arg[i+1:]}
		if arg[i] == '=' {
			a.Value = ""
			a.Mention = slices.IndexFunc(r.Mentions, func(m entity.Mention) bool { return m.Text == arg[i+1:] && m.Span.Start >= at })
			if a.Mention < 0 {
				h.t.Fatalf("%s does not name %q", r.Cable.ID, arg[i+1:])
			}
		}
		rel.Args = append(rel.Args, a)
	}
	r.Relations = append(r.Relations, rel)
}

func (h *harbour) graph() *link.Graph {
	g := &link.Graph{Records: link.InMemory(h.records)}
	index := map[string]int32{}
	for id := range h.entities {
		g.Entities = append(g.Entities, h.entities[id])
	}
	slices.SortFunc(g.Entities, func(a, b link.Entity) int { return strings.Compare(a.ID, b.ID) })
	for i, e := range g.Entities {
		index[e.ID] = int32(i)
	}
	for _, of := range h.of {
		var row []int32
		for _, id := range of {
			row = append(row, index[id])
		}
		g.Of = append(g.Of, row)
	}
	return g
}

// quadsOf is Quads where nothing can fail.
func quadsOf(g *link.Graph) iter.Seq[quad.Quad] {
	return func(yield func(quad.Quad) bool) {
		for q, err := range Quads(context.Background(), g, extsort.Options{}) {
			if err != nil {
				panic(err)
			}
			if !yield(q) {
				return
			}
		}
	}
}

func nquads(t *testing.T, g *link.Graph) []byte {
	t.Helper()
	var b bytes.Buffer
	var line []byte
	for q := range quadsOf(g) {
		var err error
		if line, err = AppendQuad(line[:0], q); err != nil {
			t.Fatal(err)
		}
		b.Write(line)
	}
	return b.Bytes()
}

func TestQuadsOfTheHarbour(t *testing.T) {
	golden.Check(t, "testdata/harbour.nq", nquads(t, newHarbour(t).graph()))
}

func TestEveryTripleOnceAndSorted(t *testing.T) {
	n, previous := 0, ""
	for q := range quadsOf(newHarbour(t).graph()) {
		line, err := appendTriple(nil, q)
		if err != nil {
			t.Fatal(err)
		}
		if string(line) <= previous {
			t.Errorf("twice or out of order: %s", line)
		}
		previous = string(line)
		n++
	}
	if n < 300 {
		t.Errorf("only %d quads", n)
	}
}

// The order in which relations, mentions and entities come must not show.
func TestQuadsDoNotDependOnOrder(t *testing.T) {
	want := nquads(t, newHarbour(t).graph())
	for seed := range int64(20) {
		h := newHarbour(t)
		r := rand.New(rand.NewSource(seed))
		for i, rec := range h.records {
			r.Shuffle(len(rec.Relations), func(i, j int) { rec.Relations[i], rec.Relations[j] = rec.Relations[j], rec.Relations[i] })
			for _, rel := range rec.Relations {
				r.Shuffle(len(rel.Args), func(i, j int) { rel.Args[i], rel.Args[j] = rel.Args[j], rel.Args[i] })
			}
			// A mention more at the end of the list changes no index.
			rec.Mentions = append(rec.Mentions, rec.Mentions[0])
			h.of[i] = append(h.of[i], h.of[i][0])
		}
		g := h.graph()
		records := g.Records.(link.InMemory)
		r.Shuffle(len(records), func(i, j int) {
			records[i], records[j] = records[j], records[i]
			g.Of[i], g.Of[j] = g.Of[j], g.Of[i]
		})
		if got := nquads(t, g); !bytes.Equal(want, got) {
			t.Fatalf("seed %d gives other quads", seed)
		}
	}
}

func TestQuadsKeepTheVocabulary(t *testing.T) {
	keepsVocabulary(t, newHarbour(t).graph())
}

// The whole way from text to quads, over the bundled cables.
func TestExamplesKeepTheVocabulary(t *testing.T) {
	var records []*link.Record
	finder := entity.NewFinder()
	for c, err := range cable.ReadPaths([]string{"../examples/cables"}) {
		if err != nil {
			t.Fatal(err)
		}
		d := finder.Find(c)
		records = append(records, &link.Record{Cable: c, Relations: link.Relations(d), Mentions: d.Mentions, Acronyms: d.Acronyms})
	}
	if len(records) < 15 {
		t.Fatalf("only %d cables", len(records))
	}
	keepsVocabulary(t, link.Resolve(records))
}

// keepsVocabulary checks what docs/vocabulary.md promises of every node and
// predicate.
func keepsVocabulary(t *testing.T, g *link.Graph) {
	t.Helper()
	known := map[string]bool{}
	single := map[string]bool{}
	for _, p := range vocab.Predicates() {
		known[p.Name] = true
		single[p.Name] = p.Single
	}
	for _, r := range vocab.Roles() {
		known[r.Predicate()] = true
	}
	for _, r := range vocab.Relations() {
		known[r.Predicate] = true
	}
	values := map[string]map[string]int{} // by subject and predicate
	labels := map[string]bool{}
	paragraphs := map[string]bool{}
	for q := range quadsOf(g) {
		s, p := string(q.Subject.(quad.IRI)), string(q.Predicate.(quad.IRI))
		if !known[p] {
			t.Errorf("%s is not in the vocabulary", p)
		}
		if values[s] == nil {
			values[s] = map[string]int{}
		}
		values[s][p]++
		labels[string(q.Label.(quad.IRI))] = true
		if q.Object == quad.IRI(vocab.ClassParagraph) && p == vocab.Type {
			paragraphs[s] = true
		}
		if iri, ok := q.Object.(quad.IRI); ok && p == vocab.Type {
			if _, ok := vocab.ClassNamed(string(iri)); !ok {
				t.Errorf("%s is no class", iri)
			}
		}
	}
	for s, predicates := range values {
		if _, isClass := vocab.ClassNamed(s); !isClass && (predicates[vocab.Type] != 1 || predicates[vocab.Name] != 1) {
			t.Errorf("%s has %d types and %d names", s, predicates[vocab.Type], predicates[vocab.Name])
		}
		for p, n := range predicates {
			if single[p] && n > 1 {
				t.Errorf("%s has %d %s", s, n, p)
			}
		}
	}
	for label := range labels {
		if label != vocab.NamesLabel && label != vocab.EvidenceLabel && !paragraphs[label] {
			t.Errorf("the label %s is no paragraph", label)
		}
	}
	for q := range quadsOf(g) {
		if iri, ok := q.Object.(quad.IRI); ok && values[string(iri)] == nil && !strings.HasPrefix(string(iri), "cg:") {
			t.Errorf("%s is no node", iri)
		}
	}
}

// find returns the objects of (subject, predicate) with their labels.
func find(g *link.Graph, subject, predicate string) []string {
	var found []string
	for q := range quadsOf(g) {
		if q.Subject == quad.IRI(subject) && q.Predicate == quad.IRI(predicate) {
			found = append(found, fmt.Sprintf("%v %v", q.Object, q.Label))
		}
	}
	return found
}

func TestFactsOfTheHarbour(t *testing.T) {
	g := newHarbour(t).graph()
	for _, test := range []struct {
		subject, predicate string
		want               []string
	}{
		// Two cables say it equally well: the earlier one is the label.
		{"person:ana-prado", "cg:arrestedBy", []string{"<agency:nhi> <cable:07LIMA412/1>"}},
		// The later cable says it better.
		{"place:callao", "cg:locatedIn", []string{"<state:peru> <cable:07LIMA460/1>"}},
		// Negated in one cable, asserted in the other.
		{"person:carla-rios", "cg:arrestedBy", []string{`"the police" <cable:07LIMA460/2>`}},
		// Planned: no direct edge.
		{"agency:nhi", "cg:trained", nil},
		{"agency:nhi", "cg:operates", []string{`"shelters" <cable:07LIMA412/3>`}},
		{"agency:nhi", "cg:abbreviation", []string{`"NHI" <cg:names>`}},
		{"agency:nhi", "cg:alias", nil},
		{"agency:nhi", "cg:partOf", []string{"<agency:ministry-of-transport> <cable:07LIMA412/2>"}},
		{"cable:07LIMA412", "cg:signedBy", []string{"<person:mendez> <cable:07LIMA412/0>"}},
		{"cable:07LIMA412", "cg:references", []string{"<cable:06QUITO2101> <cable:07LIMA412/0>", "<cable:07LIMA377> <cable:07LIMA412/0>"}},
		{"cable:06QUITO2101", "cg:absent", []string{`"True"^^<xsd:boolean> <cg:names>`}},
		{"cable:07LIMA412", "cg:absent", nil},
		{"cable:07LIMA412", "cg:year", []string{`"2007"^^<xsd:integer> <cable:07LIMA412/0>`}},
		{"cable:07LIMA412/2", "cg:marking", []string{`"SBU" <cable:07LIMA412/2>`}},
		{"cg:Arrest", "rdfs:subClassOf", []string{"<cg:Event> <cg:names>"}},
	} {
		if got := find(g, test.subject, test.predicate); !slices.Equal(got, test.want) {
			t.Errorf("%s %s: %q, want %q", test.subject, test.predicate, got, test.want)
		}
	}
}

// subjects returns the nodes that have all of the given predicates and values.
func subjects(g *link.Graph, where map[string]quad.Value) []string {
	matched := map[string]int{}
	for q := range quadsOf(g) {
		if v, ok := where[string(q.Predicate.(quad.IRI))]; ok && q.Object == v {
			matched[string(q.Subject.(quad.IRI))]++
		}
	}
	var found []string
	for s, n := range matched {
		if n == len(where) {
			found = append(found, s)
		}
	}
	slices.Sort(found)
	return found
}

func TestEventsAndClaims(t *testing.T) {
	g := newHarbour(t).graph()
	arrests := subjects(g, map[string]quad.Value{"cg:person": quad.IRI("person:ana-prado"), "cg:date": quad.String("2007-02-26")})
	if len(arrests) != 1 {
		t.Fatalf("the arrest that three passages report is %q", arrests)
	}
	claims := subjects(g, map[string]quad.Value{"cg:supports": quad.IRI(arrests[0])})
	var repeats []string
	for _, c := range claims {
		repeats = append(repeats, find(g, c, "cg:repeats")...)
	}
	if len(claims) != 3 || len(repeats) != 1 {
		t.Errorf("its claims are %q, of which %d repeat another; want three, and the copied sentence", claims, len(repeats))
	}
	// What only the second paragraph says has that label.
	if got := find(g, arrests[0], "cg:charge"); !slices.Equal(got, []string{`"fraud" <cable:07LIMA412/2>`}) {
		t.Errorf("the charge is %q", got)
	}

	terms := map[int]int{}
	for _, s := range subjects(g, map[string]quad.Value{"rdf:type": quad.IRI("cg:Sentence")}) {
		for q := range quadsOf(g) {
			if q.Subject == quad.IRI(s) && q.Predicate == quad.IRI("cg:months") {
				terms[int(q.Object.(quad.Int))]++
			}
		}
		if other := find(g, s, "cg:conflictsWith"); len(other) != 1 {
			t.Errorf("%s contradicts %q", s, other)
		}
	}
	if terms[108] != 1 || terms[132] != 1 {
		t.Errorf("terms in months: %v", terms)
	}

	for class, want := range map[string]int{"cg:Appropriation": 1, "cg:Penalty": 0, "cg:Training": 0} {
		for _, s := range subjects(g, map[string]quad.Value{"rdf:type": quad.IRI(class)}) {
			if got := find(g, s, "cg:conflictsWith"); len(got) != want {
				t.Errorf("%s %s contradicts %q", class, s, got)
			}
		}
	}
	rios := subjects(g, map[string]quad.Value{"rdf:type": quad.IRI("cg:Arrest"), "cg:person": quad.IRI("person:carla-rios")})
	if len(rios) != 2 || len(find(g, rios[0], "cg:conflictsWith")) != 1 {
		t.Errorf("arrested and not arrested: %q", rios)
	}
	if p := subjects(g, map[string]quad.Value{"cg:minimum": quad.Int(72), "cg:maximum": quad.Int(144)}); len(p) != 1 {
		t.Errorf("penalties of six to 12 years: %q", p)
	}
	// What else an edge's passage says stands on its claim.
	if c := subjects(g, map[string]quad.Value{"cg:onPredicate": quad.IRI("cg:operates"), "cg:count": quad.Int(3)}); len(c) != 1 {
		t.Errorf("claims of three shelters: %q", c)
	}
}

// What several passages say of one event is put together where it can only be
// one.
func TestEventsAreMerged(t *testing.T) {
	type passage struct {
		status vocab.Status
		args   []string
	}
	said := func(args ...string) passage { return passage{vocab.Asserted, append(args, "person=Carla Rios")} }
	for name, test := range map[string]struct {
		passages []passage
		want     []string // the dates of the events, "-" for none
	}{
		"the same date": {
			[]passage{said("date:2007-01-03", "charge:theft"), said("date:2007-01-03", "place=Callao"), said("date:2007-01-03", "place=Peru")},
			[]string{"2007-01-03"},
		},
		"no date":                    {[]passage{said("date:2007-01-03"), said("charge:theft")}, []string{"2007-01-03"}},
		"a less precise date":        {[]passage{said("date:2007-01-03"), said("date:2007-01"), said("date:2007")}, []string{"2007-01-03"}},
		"another date":               {[]passage{said("date:2007-01-03"), said("date:2007-01-04")}, []string{"2007-01-03", "2007-01-04"}},
		"no date, and it may be two": {[]passage{said("date:2007-01-03"), said("date:2007-01-04"), said("charge:theft")}, []string{"-", "2007-01-03", "2007-01-04"}},
		"no date, and another place": {[]passage{said("date:2007-01-03", "place=Callao"), said("place=Peru")}, []string{"-", "2007-01-03"}},
		"nobody has a date":          {[]passage{said("charge:theft"), said("place=Callao")}, []string{"-", "-"}},
		"a date in words":            {[]passage{said("date:2007-01-03"), said("date:last year")}, []string{"2007-01-03", "last year"}},
		"another status": {
			[]passage{said("date:2007-01-03"), {vocab.Planned, []string{"date:2007-01-03", "person=Carla Rios"}}},
			[]string{"2007-01-03", "2007-01-03"},
		},
	} {
		h := newHarbour(t)
		for _, r := range h.records {
			r.Relations = nil
		}
		for i, p := range test.passages {
			h.says(h.records[i%2], "arrested", 1, p.status, 0.5, "UNCLAS LIMA", p.args...) // from where on all names follow
		}
		g := h.graph()
		var dates []string
		for _, e := range subjects(g, map[string]quad.Value{"rdf:type": quad.IRI("cg:Arrest")}) {
			date := "-"
			for q := range quadsOf(g) {
				if q.Subject == quad.IRI(e) && q.Predicate == quad.IRI("cg:date") {
					date = quad.ToString(q.Object)
				}
			}
			dates = append(dates, date)
		}
		slices.Sort(dates)
		if !slices.Equal(dates, test.want) {
			t.Errorf("%s: events of %q, want %q", name, dates, test.want)
		}
	}
}

// "Three men were arrested last year" is another event in every cable.
// A passage that leaves out where somebody was extradited to means the only
// extradition that it can be.
func TestBareEventsAreMerged(t *testing.T) {
	type args = []string
	for name, test := range map[string]struct {
		passages []args
		want     int
	}{
		"the only one":                {[]args{{"person=Carla Rios", "to=Peru", "date:2007-01-03"}, {"person=Carla Rios"}}, 1},
		"with a date":                 {[]args{{"person=Carla Rios", "to=Peru", "date:2007-01-03"}, {"person=Carla Rios", "date:2007-01-03"}}, 1},
		"another date":                {[]args{{"person=Carla Rios", "to=Peru", "date:2007-01-03"}, {"person=Carla Rios", "date:2008"}}, 2},
		"more than the other":         {[]args{{"person=Carla Rios", "to=Peru"}, {"person=Carla Rios", "charge:theft"}}, 2},
		"one of two":                  {[]args{{"person=Carla Rios", "to=Peru"}, {"person=Carla Rios", "to=Callao"}, {"person=Carla Rios"}}, 3},
		"another person":              {[]args{{"person=Carla Rios", "to=Peru"}, {"person=Ana Prado"}}, 2},
		"a person who is not named":   {[]args{{"person:a thief", "to=Peru"}, {"person:a thief"}}, 2},
		"neither says where somebody": {[]args{{"person=Carla Rios"}, {"person=Carla Rios", "charge:theft"}}, 2},
	} {
		h := newHarbour(t)
		for _, r := range h.records {
			r.Relations = nil
		}
		for i, p := range test.passages {
			h.says(h.records[i%2], "extradited", 1, vocab.Asserted, 0.5, "UNCLAS LIMA", p...)
		}
		if events := subjects(h.graph(), map[string]quad.Value{"rdf:type": quad.IRI("cg:Extradition")}); len(events) != test.want {
			t.Errorf("%s: %d events, want %d", name, len(events), test.want)
		}
	}
}

func TestVagueEventsAreNotJoined(t *testing.T) {
	count := func(args ...string) int {
		h := newHarbour(t)
		for _, r := range h.records {
			h.says(r, "arrested", 1, vocab.Asserted, 0.5, "UNCLAS LIMA", args...) // from where on all names follow
		}
		return len(subjects(h.graph(), map[string]quad.Value{"rdf:type": quad.IRI("cg:Arrest"), "cg:charge": quad.String("smuggling")}))
	}
	for want, variants := range map[int][][]string{
		1: {{"person=Carla Rios", "charge:smuggling"}, {"person:three men", "place=Callao", "date:2006-04", "charge:smuggling"}},
		2: {{"person:three men", "charge:smuggling"}, {"person=Carla Rios", "date:last year", "charge:smuggling"}, {"place=Callao", "charge:smuggling"}},
	} {
		for _, args := range variants {
			if got := count(args...); got != want {
				t.Errorf("%q in two cables: %d events, want %d", args, got, want)
			}
		}
	}
}

func TestDenials(t *testing.T) {
	const event, place = "person=Carla Rios", "place=Callao"
	for name, test := range map[string]struct {
		asserted, denied []string
		deniedIn         int // record: the second cable is the later one
		want             int
	}{
		"denied later":                       {[]string{event}, []string{event}, 1, 1},
		"not yet":                            {[]string{event}, []string{event}, 0, 0},
		"denied when it had happened":        {[]string{event, "date:2007-02"}, []string{event}, 0, 1},
		"denied before it happened":          {[]string{event, "date:2007-05"}, []string{event}, 1, 0},
		"only that place is denied":          {[]string{event}, []string{event, place}, 1, 0},
		"all that is denied was said before": {[]string{event, place, "charge:theft"}, []string{event, place}, 1, 1},
		"another person":                     {[]string{event}, []string{"person=MENDEZ"}, 1, 0},
	} {
		h := newHarbour(t)
		for _, r := range h.records {
			r.Relations = nil
		}
		h.says(h.records[1-test.deniedIn], "arrested", 1, vocab.Asserted, 0.5, "UNCLAS LIMA", test.asserted...)
		h.says(h.records[test.deniedIn], "arrested", 1, vocab.Negated, 0.5, "UNCLAS LIMA", test.denied...)
		g := h.graph()
		for _, e := range subjects(g, map[string]quad.Value{"rdf:type": quad.IRI("cg:Arrest")}) {
			if got := find(g, e, "cg:conflictsWith"); len(got) != test.want {
				t.Errorf("%s: %s contradicts %q", name, e, got)
			}
		}
	}
}
