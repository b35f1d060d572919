package graphdata

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"iter"
	"log/slog"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"cablegraph/internal/wire"
	"cablegraph/link"
	"cablegraph/vocab"
)

// A filler is an argument of a relation as the graph has it.
type filler struct {
	role  string
	value quad.Value
	name  string // of the entity, or the value itself
}

func (f filler) isEntity() bool {
	_, ok := f.value.(quad.IRI)
	return ok
}

// claim is one passage that states an event or an edge.
type claim struct {
	iri        string
	cable      string
	para       int
	quote      string
	start, end int
	rule       string
	status     vocab.Status
	fillers    []filler // what it says; of an edge only the arguments that are not its ends
	rank       rank
}

func (c *claim) paragraph() string { return vocab.ParagraphIRI(c.cable, c.para) }

// event is a fact that has a node.
type event struct {
	iri      string
	relation *vocab.Relation
	status   vocab.Status
	fillers  []filler // sorted by role and value
	claims   []claim
}

// edge is a standing fact: a single quad with its claims.
type edge struct {
	subject, predicate string
	object             quad.Value
	claims             []claim
}

// relations takes in what a cable states.
func (b *builder) relations(i int, r *link.Record) {
	for n, rel := range r.Relations {
		kind, ok := vocab.RelationType(rel.Type)
		if !ok {
			slog.Warn("relation of unknown type left out", "type", rel.Type, "rule", rel.Rule)
			continue
		}
		fillers := b.fillers(i, r, kind, rel)
		switch kind.Form {
		case vocab.HeaderForm:
			b.headerEdges(r, kind, rel, fillers)
		case vocab.NameForm:
			b.nameEdges(kind, fillers)
		case vocab.EdgeForm:
			b.standing(r, n, kind, rel, fillers)
		case vocab.EventForm:
			b.event(r, n, kind, rel, fillers)
		}
	}
}

// fillers resolves the arguments of a relation, sorted by role and value, each
// once.
func (b *builder) fillers(i int, r *link.Record, kind *vocab.Relation, rel link.Relation) []filler {
	var fillers []filler
	for _, arg := range rel.Args {
		role, ok := kind.Role(arg.Role)
		if !ok {
			slog.Warn("argument of unknown role left out", "type", rel.Type, "role", arg.Role, "rule", rel.Rule)
			continue
		}
		f := filler{role: arg.Role}
		if arg.Mention >= 0 {
			if e := b.entity(i, arg.Mention); e != nil {
				f.value, f.name = quad.IRI(e.ID), e.Name
			} else if arg.Mention < len(r.Mentions) {
				f.name = fold(r.Mentions[arg.Mention].Text)
				f.value = quad.String(f.name)
			}
		} else if f.name = fold(arg.Value); f.name != "" {
			f.value = literal(role, f.name)
		}
		if f.value == nil {
			continue
		}
		if iri, ok := f.value.(quad.IRI); ok {
			b.nameCable(string(iri)) // a node even where no mention made it one
		}
		fillers = append(fillers, f)
	}
	slices.SortFunc(fillers, compareFillers)
	return slices.CompactFunc(fillers, func(a, b filler) bool { return compareFillers(a, b) == 0 })
}

func compareFillers(a, b filler) int {
	return cmp.Or(strings.Compare(a.role, b.role), strings.Compare(quad.StringOf(a.value), quad.StringOf(b.value)))
}

// literal returns the value of an argument that is no mention: a cable by its
// IRI, whole numbers as integers, the rest as text.
func literal(role vocab.Role, text string) quad.Value {
	if slices.Contains(role.Takes, "document") && strings.HasPrefix(text, vocab.CableIRI("")) {
		return quad.IRI(text)
	}
	if slices.Contains(role.Takes, "integer") {
		if n, err := strconv.Atoi(strings.ReplaceAll(text, ",", "")); err == nil {
			return quad.Int(n)
		}
	}
	return quad.String(text)
}

// of returns the fillers of the roles.
func of(fillers []filler, roles ...string) []filler {
	var found []filler
	for _, role := range roles {
		for _, f := range fillers {
			if f.role == role {
				found = append(found, f)
			}
		}
	}
	return found
}

func rankOf(r *link.Record, rel link.Relation) rank {
	return rank{rel.Score, r.Cable.Sent, r.Cable.ID, max(rel.Para, 0), rel.Evidence.Start}
}

// headerEdges states edges of the cable itself, whichever way the relation
// names it.
func (b *builder) headerEdges(r *link.Record, kind *vocab.Relation, rel link.Relation, fillers []filler) {
	subject := vocab.CableIRI(r.Cable.ID)
	for _, o := range of(fillers, kind.Object...) {
		if o.value == quad.IRI(subject) {
			continue
		}
		b.add(subject, kind.Predicate, o.value, vocab.ParagraphIRI(r.Cable.ID, rel.Para), rankOf(r, rel))
	}
}

// nameEdges states other names of an entity.
func (b *builder) nameEdges(kind *vocab.Relation, fillers []filler) {
	for _, s := range of(fillers, kind.Subject...) {
		for _, o := range of(fillers, kind.Object...) {
			if s.isEntity() {
				b.alias(string(s.value.(quad.IRI)), kind.Predicate, o.name, s.name)
			}
		}
	}
}

// standing takes in a fact, the n-th of its cable, that is an edge between two nodes.
func (b *builder) standing(r *link.Record, n int, kind *vocab.Relation, rel link.Relation, fillers []filler) {
	var qualifiers []filler
	for _, f := range fillers {
		if !slices.Contains(kind.Subject, f.role) && !slices.Contains(kind.Object, f.role) {
			qualifiers = append(qualifiers, f)
		}
	}
	for _, s := range of(fillers, kind.Subject...) {
		for _, o := range of(fillers, kind.Object...) {
			if !s.isEntity() || s.value == o.value {
				continue
			}
			key := strings.Join([]string{string(s.value.(quad.IRI)), kind.Predicate, quad.StringOf(o.value)}, "\x00")
			c := newClaim(r, rel, key+"\x00"+rel.Status.String())
			c.fillers = qualifiers
			b.passage(edgePassage, key, n, appendFillers(nil, []filler{s, {role: kind.Predicate, value: o.value}}), &c)
		}
	}
}

// event takes in a fact, the n-th of its cable, that is a node. Two passages that give the same
// arguments state the same event, unless they are too vague to say so: "three
// men were arrested last year" is another event in every cable.
func (b *builder) event(r *link.Record, n int, kind *vocab.Relation, rel link.Relation, fillers []filler) {
	if len(fillers) == 0 {
		return
	}
	key := kind.Type + "\x00" + rel.Status.String()
	if isVague(kind, fillers) {
		key += "\x00" + r.Cable.ID
	}
	for _, f := range fillers {
		key += "\x00" + f.role + "\x00" + quad.StringOf(f.value)
	}
	e := &event{iri: "event:" + contentHash(key), relation: kind, status: rel.Status, fillers: fillers}
	c := newClaim(r, rel, e.iri)
	c.fillers = fillers
	about := wire.AppendString(wire.AppendString(nil, kind.Type), e.iri)
	if key, ok := e.groupKey(); ok {
		b.passage(mergedPassage, key, n, about, &c)
	} else {
		b.passage(eventPassage, e.iri, n, about, &c)
	}
}

// isVague reports whether the same arguments in another cable may well mean
// another event: the date is in words that count from the cable's own, or
// neither a named entity that it happened to nor an entity and a date are given.
func isVague(kind *vocab.Relation, fillers []filler) bool {
	dated := false
	for _, f := range of(fillers, "date") {
		if _, ok := parsePeriod(f.name); !ok {
			return true
		}
		dated = true
	}
	if slices.ContainsFunc(of(fillers, kind.Subject...), filler.isEntity) {
		return false
	}
	return !dated || !slices.ContainsFunc(fillers, filler.isEntity)
}

// newClaim makes the claim of a relation on the event or edge with this key.
func newClaim(r *link.Record, rel link.Relation, key string) claim {
	c := claim{
		cable: r.Cable.ID,
		para:  max(rel.Para, 0),
		quote: fold(r.Cable.Text.Slice(rel.Evidence)),
		start: rel.Evidence.Start, end: rel.Evidence.End,
		rule:   rel.Rule,
		status: rel.Status,
		rank:   rankOf(r, rel),
	}
	c.iri = "claim:" + contentHash(strings.Join([]string{key, c.cable, strconv.Itoa(c.start), strconv.Itoa(c.end)}, "\x00"))
	return c
}

// contentHash returns the local name of a node that its content identifies.
func contentHash(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:8])
}

// The kinds of groups that passages are sorted into.
const (
	edgePassage   = 'd' // those of one edge
	eventPassage  = 'e' // those of one event
	mergedPassage = 'm' // those of all events that may be the same
)

// placeLen is what the place of a passage in its cable takes before the passage.
const placeLen = 4

// passage keeps what a passage, the n-th fact of its cable, says of an edge or
// event. Those of one group come out together, those of one cable in their
// order.
func (b *builder) passage(kind byte, group string, n int, about []byte, c *claim) {
	b.key = append(append(b.key[:0], kind), group...)
	b.value = append(binary.BigEndian.AppendUint32(b.value[:0], uint32(n)), about...)
	b.value = appendClaim(b.value, c)
	b.note(b.passages.Add(b.key, b.value))
}

// facts states the events and edges with their claims, a group at a time.
func (b *builder) facts(ctx context.Context) {
	for group, passages := range groups(b.passages.Sorted(ctx)) {
		if b.err != nil {
			return
		}
		if group[0] == edgePassage {
			e, err := decodeEdge(passages)
			if err != nil {
				b.note(err)
				return
			}
			b.stateEdge(e)
			continue
		}
		events, err := decodeEvents(passages)
		if err != nil {
			b.note(err)
			return
		}
		if group[0] == mergedPassage {
			events = mergeGroup(events)
		}
		for _, e := range events {
			b.stateEvent(e)
			b.mayOppose(e)
		}
	}
	b.note(b.passages.Err())
}

// groups yields the values of each key together. Both are valid until the
// next.
func groups(sorted iter.Seq2[[]byte, []byte]) iter.Seq2[string, [][]byte] {
	return func(yield func(string, [][]byte) bool) {
		group := ""
		var values [][]byte
		for key, value := range sorted {
			if len(values) > 0 && string(key) != group {
				if !yield(group, values) {
					return
				}
				values = values[:0]
			}
			if len(values) == 0 {
				group = string(key)
			}
			values = append(values, bytes.Clone(value))
		}
		if len(values) > 0 {
			yield(group, values)
		}
	}
}

// decodeEdge returns the edge that all the passages state.
func decodeEdge(passages [][]byte) (*edge, error) {
	e := &edge{}
	for _, p := range passages {
		r := wire.NewReader(p[placeLen:])
		ends := readFillers(r)
		e.claims = append(e.claims, readClaim(r))
		if r.Err() != nil || len(ends) != 2 {
			return nil, errEncoding
		}
		e.subject, e.predicate, e.object = string(ends[0].value.(quad.IRI)), ends[1].role, ends[1].value
	}
	return e, nil
}

// decodeEvents returns the events that the passages state.
func decodeEvents(passages [][]byte) ([]*event, error) {
	var events []*event
	known := map[string]*event{}
	for _, p := range passages {
		r := wire.NewReader(p[placeLen:])
		kind, ok := vocab.RelationType(r.String())
		iri := r.String()
		c := readClaim(r)
		if r.Err() != nil || !ok {
			return nil, errEncoding
		}
		e := known[iri]
		if e == nil {
			e = &event{iri: iri, relation: kind, status: c.status, fillers: c.fillers}
			known[iri] = e
			events = append(events, e)
		}
		e.claims = append(e.claims, c)
	}
	return events, nil
}

func (b *builder) stateEvent(e *event) {
	e.claims = distinct(e.claims)
	// Each quad has the label of the best claim that says it.
	state := func(subject, predicate string, v quad.Value, about ...filler) {
		c := e.bestClaim(about...)
		b.add(subject, predicate, v, c.paragraph(), c.rank)
	}

	b.name(e.iri, e.relation.Class, e.name(), vocab.NamesLabel)
	state(e.iri, vocab.HasStatus, quad.String(e.status.String()))
	stated := map[string]bool{}
	number := func(predicate string, n int, f filler) {
		if n > 0 && !stated[predicate] {
			stated[predicate] = true
			state(e.iri, predicate, quad.Int(n), f)
		}
	}
	for _, f := range e.fillers {
		role, _ := e.relation.Role(f.role)
		state(e.iri, role.Predicate(), f.value, f)
		switch f.role {
		case "date":
			if p, ok := parsePeriod(f.name); ok {
				number(vocab.Year, p.year(), f)
			}
		case "term":
			if least, most := parseMonths(f.name); least == most {
				number(vocab.Months, least, f)
			}
		case "penalty":
			least, most := parseMonths(f.name)
			number(vocab.Minimum, least, f)
			number(vocab.Maximum, most, f)
		}
	}
	if holds(e.status) {
		for _, s := range of(e.fillers, e.relation.Subject...) {
			if !s.isEntity() {
				continue
			}
			subject := string(s.value.(quad.IRI))
			if slices.Contains(e.relation.Object, vocab.Self) {
				state(subject, e.relation.Predicate, quad.IRI(e.iri), s)
			}
			for _, o := range of(e.fillers, e.relation.Object...) {
				if o.value != s.value {
					state(subject, e.relation.Predicate, o.value, o, s)
				}
			}
		}
	}
	for _, c := range e.claims {
		b.claim(c)
		b.add(c.iri, vocab.Supports, quad.IRI(e.iri), vocab.EvidenceLabel, c.rank)
	}
	b.repeats(e.claims)
}

// bestClaim returns the best claim that says all of this, or else the first
// of it. The claims are sorted, the best first.
func (e *event) bestClaim(about ...filler) *claim {
	for n := len(about); n > 0; n-- {
		for i := range e.claims {
			says := func(f filler) bool { return slices.Contains(e.claims[i].fillers, f) }
			if !slices.ContainsFunc(about[:n], func(f filler) bool { return !says(f) }) {
				return &e.claims[i]
			}
		}
	}
	return &e.claims[0]
}

func (b *builder) stateEdge(e *edge) {
	e.claims = distinct(e.claims)
	for _, c := range e.claims {
		if holds(c.status) {
			b.add(e.subject, e.predicate, e.object, c.paragraph(), c.rank)
		}
		b.claim(c)
		b.add(c.iri, vocab.OnSubject, quad.IRI(e.subject), vocab.EvidenceLabel, c.rank)
		b.add(c.iri, vocab.OnPredicate, quad.IRI(e.predicate), vocab.EvidenceLabel, c.rank)
		b.add(c.iri, vocab.OnObject, e.object, vocab.EvidenceLabel, c.rank)
		b.add(c.iri, vocab.HasStatus, quad.String(c.status.String()), vocab.EvidenceLabel, c.rank)
		for _, f := range c.fillers {
			b.add(c.iri, "cg:"+f.role, f.value, vocab.EvidenceLabel, c.rank)
		}
	}
	b.repeats(e.claims)
	var held, negated []claim
	for _, c := range e.claims {
		switch {
		case holds(c.status):
			held = append(held, c)
		case c.status == vocab.Negated:
			negated = append(negated, c)
		}
	}
	for _, n := range negated {
		for _, c := range held {
			if deniedAfter(c.status, n.status, c.rank.sent, n.rank.sent) {
				b.conflict(c.iri, c.rank, n.iri, n.rank)
			}
		}
	}
}

// holds reports whether a fact of this status is drawn as a direct edge.
func holds(s vocab.Status) bool { return s == vocab.Asserted || s == vocab.Alleged }

// claim states where a claim stands and what it says.
func (b *builder) claim(c claim) {
	state := func(predicate string, v quad.Value) { b.add(c.iri, predicate, v, vocab.EvidenceLabel, c.rank) }
	b.name(c.iri, vocab.ClassClaim, "Claim in "+paragraphName(c.cable, c.para), vocab.EvidenceLabel)
	state(vocab.InParagraph, quad.IRI(c.paragraph()))
	state(vocab.Quote, quad.String(c.quote))
	state(vocab.Start, quad.Int(c.start))
	state(vocab.End, quad.Int(c.end))
	state(vocab.ByRule, quad.String(c.rule))
	state(vocab.Confidence, quad.Float(math.Round(float64(c.rank.score)*1000)/1000))
}

// distinct sorts claims, the best first, and keeps one of those that read the
// same passage by several rules.
func distinct(claims []claim) []claim {
	slices.SortStableFunc(claims, func(a, b claim) int {
		return cmp.Or(a.rank.compare(b.rank), cmp.Compare(a.end, b.end), strings.Compare(a.rule, b.rule))
	})
	seen := map[string]bool{}
	return slices.DeleteFunc(claims, func(c claim) bool {
		known := seen[c.iri]
		seen[c.iri] = true
		return known
	})
}

// name describes an event in a line: "Arrest: Ana Prado, 2007-05-03".
func (e *event) name() string {
	var b strings.Builder
	for i, r := range strings.TrimPrefix(e.relation.Class, "cg:") {
		if i > 0 && r >= 'A' && r <= 'Z' {
			b.WriteByte(' ')
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	about := of(e.fillers, e.relation.Subject...)
	if len(about) == 0 {
		about = e.fillers
	}
	if len(about) > 0 {
		b.WriteString(": " + about[0].name)
	}
	if dates := of(e.fillers, "date"); len(dates) > 0 && dates[0] != about[0] {
		b.WriteString(", " + dates[0].name)
	}
	if e.status != vocab.Asserted {
		b.WriteString(" (" + e.status.String() + ")")
	}
	return b.String()
}
