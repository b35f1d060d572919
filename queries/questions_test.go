package queries

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/graphdata"
	"cablegraph/internal/extsort"
	"cablegraph/link"
	"cablegraph/vocab"
)

// markedCables are two real cables with marks by hand, beside the repository.
const markedCables = "../../shared/gold/seeds"

// The saved queries answer the questions that an analyst asks of two real
// cables, over the facts that a person has marked in them: what extraction may
// miss does not matter here, only whether vocabulary and queries fit.
func TestQuestions(t *testing.T) {
	if _, err := os.Stat(markedCables); err != nil {
		t.Skip("the marked cables are not beside the repository")
	}
	file := filepath.Join(t.TempDir(), "graph.nq")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	_, err = graphdata.WriteSorted(t.Context(), f, graphdata.Quads(t.Context(), markedGraph(t), extsort.Options{}), extsort.Options{})
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	r, err := New(t.Context(), 1, command("mem:"+file))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()

	for _, test := range []struct {
		question string
		saved    string
		args     map[string]string
		rows     int      // 0 where the number does not matter
		want     []string // each is key=value pairs of one row
	}{
		{"who was arrested", "arrests", nil, 0, []string{
			"person=<person:ignacio-antonio-santoyo-cervantes> date=2007-07-16 by=<agency:afi> paragraph=<cable:08MEXICO721/4>",
			"person=<person:walter-alonso-garza> date=2007-07-14 paragraph=<cable:08MEXICO721/15>",
			"person=<person:ismael-acevedo-muniz> date=2007-03-15 paragraph=<cable:08MEXICO721/22>",
		}},
		{"who was sentenced", "sentences", nil, 0, []string{
			"person=<person:james-c-shea> term=nine=years months=108 date=2008-01-30 court=<agency:chihuahua-tribunal> paragraph=<cable:08MEXICO721/22>",
			"person=<person:maria-guadalupe-gonzalez-hernandez> months=132 law=<law:chihuahua-trafficking-law-2007>",
			"person=<person:consuelo-carreto-valencia> months=306",
			"person=<person:john-d-armstrong> months=110 status=planned",
		}},
		{"extraditions", "extraditions", nil, 0, []string{
			"person=<person:consuelo-carreto-valencia> date=2007-01-19 from=<state:mexico> to=<state:united-states> paragraph=<cable:08MEXICO721/18>",
			"date=2006 from=<state:united-states> to=<state:mexico>",
		}},
		{"which states passed a law", "laws", nil, 0, []string{
			"state=<state:chihuahua> date=2007-01 paragraph=<cable:08MEXICO721/4>",
			"state=<state:guerrero> date=2007-04",
			"state=<state:zacatecas> date=2007-09",
			"state=<state:mexico-state> date=2007-12",
			"state=<state:sonora> date=2008-03",
		}},
		{"who sits on the committee", "participants", map[string]string{"committee": "agency:inter-agency-committee"}, 0, []string{
			"body=<agency:inm> paragraph=<cable:08MEXICO721/7>",
			"body=<agency:sep>",
		}},
		{"who heads FEVIMTRA", "head", map[string]string{"body": "agency:fevimtra"}, 3, []string{
			"fact=holds person=<person:maria-guadalupe-morfin-otero> paragraph=<cable:08MEXICO721/4>",
			"fact=appointed by=<person:eduardo-medina-mora> date=2008-02-01 paragraph=<cable:08MEXICO721/4>",
			"fact=formerName former=<agency:fevim> paragraph=<cable:08MEXICO721/4>",
		}},
		{"what did FEVIMTRA do later", "timeline", map[string]string{"entity": "agency:fevimtra", "since": "2008-03"}, 0, []string{
			"type=<cg:Prosecution> date=2008-10 paragraph=<cable:09STATE60627/8>",
		}},
		{"which memoranda", "agreements", map[string]string{"party": "state:mexico"}, 3, []string{
			"dates=2004-03-23 parties=<state:guatemala>",
			"dates=2005-05-17 parties=<state:el-salvador> paragraph=<cable:08MEXICO721/17>",
		}},
		{"who trained whom", "trainings", map[string]string{"trainer": "agency:ice"}, 0, []string{
			"trainee=<agency:cenapi> date=2007-07-30/2007-08-03 paragraph=<cable:08MEXICO721/16>",
		}},
		{"who may the two officials be", "candidates", map[string]string{"cable": "cable:09STATE60627"}, 0, []string{
			"candidate=<person:oscar-manuel-navarete-orozco> paragraph=<cable:09STATE60627/8>",
			"candidate=<person:maria-america-maldonado-alfaro>",
		}},
		{"shelter money", "money", map[string]string{"words": "shelter"}, 0, []string{
			"by=<agency:mexican-congress> paragraph=<cable:09STATE60627/8>",
			"by=<agency:mexican-congress> paragraph=<cable:08MEXICO721/3>",
		}},
		{"which US citizens are accused", "accused", map[string]string{"words": "u.s. citizen|american"}, 0, []string{
			"person=<person:ismael-acevedo-muniz>", "person=<person:james-c-shea>", "person=<person:john-d-armstrong>",
		}},
		{"penalties and amended laws", "penalties", nil, 0, []string{
			"fact=prescribes minimum=72 maximum=144",
			"fact=amends amended=<law:federal-law-against-organized-crime>",
		}},
		{"where victims come from", "victims", map[string]string{"state": "state:guatemala"}, 0, []string{
			"origin=<state:guatemala>",
		}},
		{"missing cables", "missing-cables", nil, 5, []string{
			"missing=<cable:06STATE202745> cable=<cable:08MEXICO721> paragraph=<cable:08MEXICO721/0>",
			"missing=<cable:07STATE150188>", "missing=<cable:08STATE2731>",
			"missing=<cable:09STATE59732> cable=<cable:09STATE60627>", "missing=<cable:09STATE5577>",
		}},
	} {
		t.Run(test.question, func(t *testing.T) {
			s, err := SavedQuery(test.saved)
			if err != nil {
				t.Fatal(err)
			}
			q, err := s.Bind(test.args)
			if err != nil {
				t.Fatal(err)
			}
			result, err := r.Run(t.Context(), q, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if test.rows > 0 && len(result.Rows) != test.rows {
				t.Errorf("%d rows, want %d", len(result.Rows), test.rows)
			}
			for _, want := range test.want {
				if !slices.ContainsFunc(result.Rows, func(row json.RawMessage) bool { return holds(t, row, want) }) {
					t.Errorf("no row with %s", want)
				}
			}
			if t.Failed() {
				t.Logf("%s", bytes.Join(toBytes(result), []byte("\n")))
			}
		})
	}
}

// holds tells whether a row has all the key=value pairs; a blank in a value is
// written as =, and a list holds each of its elements.
func holds(t *testing.T, row json.RawMessage, pairs string) bool {
	var object map[string]any
	if err := json.Unmarshal(row, &object); err != nil {
		t.Fatal(err)
	}
	for _, pair := range strings.Fields(pairs) {
		key, want, _ := strings.Cut(pair, "=")
		values, ok := object[key].([]any)
		if !ok {
			values = []any{object[key]}
		}
		if !slices.ContainsFunc(values, func(v any) bool { return strings.ReplaceAll(fmt.Sprint(v), " ", "=") == want }) {
			return false
		}
	}
	return true
}

// markedGraph makes a linked collection of the marks.
func markedGraph(t *testing.T) *link.Graph {
	t.Helper()
	texts, err := filepath.Glob(filepath.Join(markedCables, "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	g := &link.Graph{}
	var records link.InMemory
	index := map[string]int32{} // of entities, by the slug of the marks
	for c, err := range cable.ReadPaths(texts) {
		if err != nil {
			t.Fatal(err)
		}
		r := &link.Record{Cable: c}
		of := []int32{}
		mention := map[string]int{} // one of each entity
		base := filepath.Join(markedCables, c.ID)
		lines(t, base+".ann.jsonl", func(m struct {
			Start, End                  int
			Text, Type, Subtype, Entity string
		},
		) {
			e, ok := index[m.Entity]
			if !ok {
				e = int32(len(g.Entities))
				index[m.Entity] = e
				g.Entities = append(g.Entities, markedEntity(m.Entity, m.Subtype, m.Text))
			}
			mention[m.Entity] = len(r.Mentions)
			r.Mentions = append(r.Mentions, entity.Mention{
				Span: cable.Span{Start: m.Start, End: m.End}, Kind: vocab.ParseKind(m.Type), Subtype: m.Subtype, Text: m.Text, Norm: m.Text, Score: 1,
			})
			of = append(of, e)
		})
		lines(t, base+".relations.jsonl", func(m struct {
			Type, Status string
			Para         int
			Args         map[string]any
			Evidence     cable.Span
		},
		) {
			status, _ := vocab.ParseStatus(m.Status)
			relation := link.Relation{Type: m.Type, Status: status, Para: m.Para, Evidence: m.Evidence, Rule: "marked", Score: 1}
			kind, ok := vocab.RelationType(m.Type)
			if !ok {
				t.Fatalf("%s: no relation type %q", c.ID, m.Type)
			}
			for _, role := range kind.Roles {
				fillers, ok := m.Args[role.Name].([]any)
				if !ok && m.Args[role.Name] != nil {
					fillers = []any{m.Args[role.Name]}
				}
				for _, filler := range fillers {
					arg := link.Arg{Role: role.Name, Mention: -1}
					switch v := filler.(type) {
					case string:
						arg.Value = v
						if i, ok := mention[v]; ok {
							arg.Mention, arg.Value = i, ""
						}
					case float64:
						arg.Value = strconv.FormatFloat(v, 'f', -1, 64)
					}
					relation.Args = append(relation.Args, arg)
				}
			}
			r.Relations = append(r.Relations, relation)
		})
		records = append(records, r)
		g.Of = append(g.Of, of)
	}
	// Entities stand in order of their ids.
	order := make([]int32, len(g.Entities))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return strings.Compare(g.Entities[a].ID, g.Entities[b].ID) })
	place := make([]int32, len(order))
	entities := make([]link.Entity, len(order))
	for to, from := range order {
		place[from] = int32(to)
		entities[to] = g.Entities[from]
	}
	g.Records, g.Entities = records, entities
	for _, of := range g.Of {
		for i := range of {
			of[i] = place[of[i]]
		}
	}
	return g
}

// markedEntity makes an entity of the slug of a mark: "state/mexico".
func markedEntity(slug, subtype, name string) link.Entity {
	kind, local, _ := strings.Cut(slug, "/")
	e := link.Entity{ID: kind + ":" + local, Kind: vocab.ParseKind(kind), Name: name}
	switch {
	case subtype == "cable":
		e.ID, e.Class = "cable:"+local, "Cable"
	case subtype == "country":
		e.Class = "Country"
	case kind == "document":
		e.Class = "Report"
	default:
		e.Class = strings.ToUpper(kind[:1]) + kind[1:]
	}
	e.Key = e.ID
	return e
}

// lines reads a file of JSON objects, one a line.
func lines[T any](t *testing.T, file string, each func(T)) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var v T
		if err := json.Unmarshal(in.Bytes(), &v); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		each(v)
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
}
