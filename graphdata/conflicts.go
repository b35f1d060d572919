package graphdata

import (
	"cmp"
	"context"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	"cablegraph/internal/wire"
	"cablegraph/vocab"
)

// minRepeated is the number of words from which on the same words are taken
// to be copied. Shorter passages ("Lima, Peru") are alike by chance.
const minRepeated = 8

// repeats states which claims of one fact repeat an earlier one nearly word for
// word, so that both count as one source: of all their shingles they have 80 of
// 100 in common. Two sets that do have one of their rarest in common, a fifth
// of each, so that only few need comparing (Chaudhuri et al., "A primitive
// operator for similarity joins in data cleaning", ICDE 2006).
func (b *builder) repeats(claims []claim) {
	if len(claims) < 2 {
		return
	}
	byTime := slices.Clone(claims)
	slices.SortFunc(byTime, func(a, b claim) int { return a.rank.earlier(b.rank) })

	sets := make([][]uint64, len(byTime))
	frequency := map[uint64]int{}
	for i, c := range byTime {
		sets[i] = shingles(c.quote)
		for _, s := range sets[i] {
			frequency[s]++
		}
	}
	originals := map[uint64][]int{} // by their rarest shingles
	for i, c := range byTime {
		rarest := slices.Clone(sets[i])
		slices.SortFunc(rarest, func(a, b uint64) int { return cmp.Or(cmp.Compare(frequency[a], frequency[b]), cmp.Compare(a, b)) })
		rarest = rarest[:min(len(rarest), len(rarest)/5+1)]
		earliest := i
		for _, s := range rarest {
			for _, o := range originals[s] {
				if o >= earliest {
					break
				}
				if nearlySame(sets[i], sets[o]) {
					earliest = o
				}
			}
		}
		if earliest < i {
			b.add(c.iri, vocab.Repeats, quad.IRI(byTime[earliest].iri), vocab.EvidenceLabel, c.rank)
			continue
		}
		for _, s := range rarest {
			originals[s] = append(originals[s], i)
		}
	}
}

// nearlySame reports whether the sets, both sorted, have 80 of 100 in common
// (Jaccard).
func nearlySame(a, b []uint64) bool {
	shared, all := 0, len(a)+len(b)
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			shared++
			a, b = a[1:], b[1:]
		}
	}
	return 100*shared >= 80*(all-shared)
}

// shingles returns the distinct runs of three words of a quote as sorted
// hashes, nothing where it is too short.
func shingles(quote string) []uint64 {
	w := slices.DeleteFunc(words(quote), isMark)
	if len(w) < minRepeated {
		return nil
	}
	runs := make([]uint64, 0, len(w))
	h := fnv.New64a()
	for i := range len(w) - 2 {
		h.Reset()
		for _, word := range w[i : i+3] {
			h.Write([]byte(word))
			h.Write([]byte{' '})
		}
		runs = append(runs, h.Sum64())
	}
	slices.Sort(runs)
	return slices.Compact(runs)
}

func isMark(w string) bool {
	return len(w) == 1 && (w[0] < '0' || w[0] > '9') && (w[0] < 'a' || w[0] > 'z')
}

// mayOppose keeps an event that others may contradict. Two events can only
// contradict each other where they name the same entity in the type's first
// key role, or as its subject.
func (b *builder) mayOppose(e *event) {
	if !holds(e.status) && e.status != vocab.Negated {
		return
	}
	roles := slices.Clone(e.relation.Subject)
	if len(e.relation.Key) > 0 {
		roles = append(roles, e.relation.Key[0])
	}
	b.value = b.value[:0]
	for _, f := range of(e.fillers, roles...) {
		if !f.isEntity() {
			continue
		}
		if len(b.value) == 0 {
			b.value = appendOpposable(b.value, e)
		}
		b.key = append(wire.AppendString(b.key[:0], e.relation.Type), quad.StringOf(f.value)...)
		b.note(b.opposable.Add(b.key, b.value))
	}
}

// appendOpposable appends what contradict and conflict ask of an event.
func appendOpposable(dst []byte, e *event) []byte {
	dst = appendFillers(wire.AppendString(wire.AppendInt(dst, e.status), e.iri), e.fillers)
	dst = wire.AppendList(dst, e.claims, func(dst []byte, c *claim) []byte { return appendTime(dst, c.rank.sent) })
	return appendClaim(dst, &claim{cable: e.claims[0].cable, para: e.claims[0].para, start: e.claims[0].start, rank: e.claims[0].rank})
}

func decodeOpposable(b []byte, kind *vocab.Relation) (*event, error) {
	r := wire.NewReader(b)
	e := &event{relation: kind, status: vocab.Status(r.Int()), iri: r.String(), fillers: readFillers(r)}
	e.claims = wire.List(r, func(c *claim) { c.rank.sent = readTime(r) })
	best := readClaim(r)
	if r.Err() != nil || len(e.claims) == 0 {
		return nil, errEncoding
	}
	e.claims[0] = best
	return e, nil
}

// conflicts joins what contradicts each other: events that agree in the key
// roles of their type and differ in a single one, and what is asserted in one
// passage and negated in another.
func (b *builder) conflicts(ctx context.Context) {
	for key, values := range groups(b.opposable.Sorted(ctx)) {
		if b.err != nil || ctx.Err() != nil {
			break
		}
		kind, ok := vocab.RelationType(wire.NewReader([]byte(key)).String())
		if !ok {
			b.note(errEncoding)
			return
		}
		var held, negated []*event
		for _, v := range values {
			e, err := decodeOpposable(v, kind)
			switch {
			case err != nil:
				b.note(err)
				return
			case e.status == vocab.Negated:
				negated = append(negated, e)
			default:
				held = append(held, e)
			}
		}
		b.contradictions(negated, held)
		if len(kind.Single) > 0 {
			for i := range held {
				b.contradictions(held[i:i+1], held[:i])
			}
		}
	}
	b.note(b.opposable.Err())
	b.note(ctx.Err())
}

// contradictions joins the events of one list that contradict one of another.
func (b *builder) contradictions(events, others []*event) {
	for _, e := range events {
		for _, o := range others {
			if contradict(e, o) {
				b.conflict(e.iri, e.claims[0].rank, o.iri, o.claims[0].rank)
			}
		}
	}
}

func (b *builder) conflict(x string, rx rank, y string, ry rank) {
	b.add(x, vocab.ConflictsWith, quad.IRI(y), vocab.EvidenceLabel, rx)
	b.add(y, vocab.ConflictsWith, quad.IRI(x), vocab.EvidenceLabel, ry)
}

// deniedAfter reports whether what one cable says holds and another, sent no
// earlier, says does not. What is said not to be may come to be later.
func deniedAfter(status, denial vocab.Status, sent, deniedAt time.Time) bool {
	return holds(status) && denial == vocab.Negated && !deniedAt.Before(sent)
}

// denies reports whether n, which is negated, denies e: e is all that n says
// has not happened, and had happened when n was written.
func denies(n, e *event) bool {
	if n.status != vocab.Negated || !holds(e.status) {
		return false
	}
	for _, f := range n.fillers {
		if !slices.ContainsFunc(of(e.fillers, f.role), func(g filler) bool { return compareValues(f.role, f, g) == same }) {
			return false
		}
	}
	period, dated := parsePeriod(e.date())
	return slices.ContainsFunc(n.claims, func(c claim) bool {
		if dated {
			return period.first <= c.rank.sent.Format(time.DateOnly)
		}
		return slices.ContainsFunc(e.claims, func(o claim) bool {
			return deniedAfter(e.status, n.status, o.rank.sent, c.rank.sent)
		})
	})
}

// contradict reports whether two events of one type cannot both be true.
func contradict(a, b *event) bool {
	if denies(a, b) || denies(b, a) {
		return true
	}
	if !holds(a.status) || !holds(b.status) || len(a.relation.Single) == 0 {
		return false
	}
	for _, role := range a.relation.Key {
		if relate(a, b, role) != same {
			return false
		}
	}
	// What is given for another time is another fact.
	if !slices.Contains(a.relation.Single, "date") && relate(a, b, "date") == different {
		return false
	}
	return slices.ContainsFunc(a.relation.Single, func(role string) bool { return relate(a, b, role) == different })
}

type relationship int

const (
	unknown relationship = iota // one does not say, or they cannot be compared
	same
	different
)

// relate compares what two events say in a role.
func relate(a, b *event, role string) relationship {
	x, y := of(a.fillers, role), of(b.fillers, role)
	result := unknown
	for _, f := range x {
		for _, g := range y {
			switch compareValues(role, f, g) {
			case same:
				return same
			case different:
				result = different
			}
		}
	}
	return result
}

func compareValues(role string, f, g filler) relationship {
	decide := func(equal, comparable bool) relationship {
		switch {
		case !comparable:
			return unknown
		case equal:
			return same
		}
		return different
	}
	if f.value == g.value {
		return same
	}
	if f.isEntity() != g.isEntity() {
		return unknown
	}
	if f.isEntity() {
		return different
	}
	switch role {
	case "date":
		p, ok := parsePeriod(f.name)
		q, ok2 := parsePeriod(g.name)
		return decide(p.overlaps(q), ok && ok2)
	case "term":
		p, p2 := parseMonths(f.name)
		q, q2 := parseMonths(g.name)
		return decide(p == q && p2 == q2, p+p2 > 0 && q+q2 > 0)
	case "amount":
		p, ok := parseAmount(f.name)
		q, ok2 := parseAmount(g.name)
		return decide(p == q, ok && ok2 && p.currency == q.currency)
	case "year", "tier":
		return decide(strings.EqualFold(f.name, g.name), true)
	}
	return decide(true, alike(f.name, g.name))
}

// alike reports whether two descriptions share most of their words.
func alike(a, b string) bool {
	x, y := longWords(a), longWords(b)
	shared := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			shared++
		}
	}
	return shared > 0 && 2*shared >= len(x)+len(y)-shared
}

func longWords(s string) []string {
	w := slices.DeleteFunc(words(s), func(w string) bool { return len(w) < 4 })
	slices.Sort(w)
	return slices.Compact(w)
}
