package entity

import (
	"embed"
	"errors"
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"sync"

	"cablegraph/internal/table"
	"cablegraph/vocab"
)

// tables holds the gazetteers. Names are stored as they are written; matching
// ignores diacritics, hyphens and the full stops of abbreviations, and lets a
// letter that is small in the table be either in the text.
//
//go:embed data/*.tsv
var tables embed.FS

// gazetteer knows words and names. All names stand in one trie over the folded
// hashes of their tokens; the root's children carry what is known of single
// words, so that one look-up decides both.
type gazetteer struct {
	slots   []slot  // hash table of (parent, token) to node; its length is a power of two
	nodes   []node  // nodes[0] is the root
	entries []entry // grouped by node
}

// slot is a place in the hash table: the node behind a token under its parent.
type slot struct {
	key  uint64
	node uint32 // 0: free
}

// node is a prefix of a name.
type node struct {
	first, last uint32 // the entries that end here
	inner       bool   // names go on behind it
	word        wordInfo
}

// wordInfo says how a single word is used.
type wordInfo struct {
	common   uint8 // binary logarithm of its count in lower case plus one, or 0
	forename uint8 // weight among forenames, or 0
	surname  uint8 // weight among surnames, or 0
}

// class is the use of a name.
type class uint8

const (
	className       class = iota // names an entity
	classDemonym                 // adjective or noun to a country: "Mexican"
	classGovernment              // acronym of a government: "GOM" of several countries
	classHead                    // makes an entity of its neighbours: "Ministry"
	classTitle                   // precedes a person's name: "President"
)

// needs says what else a name is, so that it is no proof alone.
type needs uint8

const (
	needsWord        needs = 1 << iota // an everyday word: "Central"
	needsForename                      //
	needsSurname                       //
	needsCity                          // a subdivision that is also a city
	needsSubdivision                   // a city that is also a subdivision
	needsCountry                       // also a country
	needsPost                          // an abbreviation that needs a place before it: "TX"
)

var needsNames = map[string]needs{
	"word": needsWord, "forename": needsForename, "surname": needsSurname, "city": needsCity,
	"subdivision": needsSubdivision, "country": needsCountry, "post": needsPost,
}

// entry is one row of a table.
type entry struct {
	name    string // as written in the table
	norm    string // the chief name of the same key
	key     string // "state:mexico", or ""
	subtype string // of a mention; of a title its type
	country string // ISO 3166 alpha-2 codes, with commas between, or ""
	code    string // ISO 3166-2, or ""
	lang    string // of a head: ISO 639-1
	kind    vocab.Kind
	class   class
	side    side // of a head
	needs   needs
	size    uint8 // binary logarithm of a city's population plus one

	office     bool // of the Department
	tokens     uint8
	caps, full uint16 // tokens that must start with a capital, that must be all capitals
	node       uint32
}

// side says where the rest of the name stands from its head noun.
type side uint8

const (
	sideAfter  side = 1 << iota // "Ministry of Labor"
	sideBefore                  // "Labor Ministry"
)

// match is an entry found at tokens [first, last).
type match struct {
	first, last int32
	*entry
}

// loadGazetteer returns the gazetteer. It is read at the first call; it panics
// on a fault in the embedded tables, which the tests rule out.
var loadGazetteer = sync.OnceValue(func() *gazetteer {
	g, err := readGazetteer()
	if err != nil {
		panic(err)
	}
	return g
})

// look returns what is known of the word tokens[i], and appends to dst the
// names that start there, longest first. It looks no further than tokens goes.
func (g *gazetteer) look(dst []match, tokens []Token, i int) ([]match, wordInfo) {
	n := g.child(0, folded(tokens[i]))
	if n == 0 {
		return dst, wordInfo{}
	}
	word := g.nodes[n].word
	start := len(dst)
	var caps, full uint16
	for k, j := 0, i; ; k++ {
		if k < 16 {
			switch tokens[j].Shape {
			case Capital:
				caps |= 1 << k
			case Caps, Initial, Mixed, Number:
				caps |= 1 << k
				full |= 1 << k
			}
		}
		at := &g.nodes[n]
		for e := at.first; e < at.last; e++ {
			if en := &g.entries[e]; en.caps&^caps == 0 && en.full&^full == 0 {
				dst = append(dst, match{int32(i), int32(j + 1), en})
			}
		}
		if !at.inner {
			break
		}
		j++
		for j < len(tokens) && skipped(tokens, j) {
			j++
		}
		if j >= len(tokens) {
			break
		}
		if n = g.child(n, folded(tokens[j])); n == 0 {
			break
		}
	}
	// shorter names were found first; those of one length keep their order
	if len(dst) > start+1 {
		slices.SortStableFunc(dst[start:], func(a, b match) int { return int(b.last - a.last) })
	}
	return dst, word
}

var (
	hyphenHash      = hash("-")
	pointHash       = hash(".")
	possessiveHash  = hash("'s")
	possessiveForms = [...]uint64{hash("'S"), hash("’s"), hash("’S")}
)

// folded returns the hash under which a token stands in the trie: its folded
// form, which all spellings of the possessive share.
func folded(t Token) uint64 {
	if t.Shape == Punct {
		for _, p := range possessiveForms {
			if t.Lower == p {
				return possessiveHash
			}
		}
	}
	return t.Lower
}

// skipped reports whether tokens[j] is a hyphen, or the full stop of an
// abbreviation, which may be there or not.
func skipped(tokens []Token, j int) bool {
	switch tokens[j].Lower {
	case hyphenHash:
		return true
	case pointHash:
		p := tokens[j-1]
		return p.End == tokens[j].Start && p.End-p.Start <= 4
	}
	return false
}

// child returns the node of token under parent, or 0.
func (g *gazetteer) child(parent uint32, token uint64) uint32 {
	key := childKey(parent, token)
	mask := uint64(len(g.slots) - 1)
	for i := key >> 20 & mask; ; i = (i + 1) & mask {
		switch s := &g.slots[i]; {
		case s.node == 0:
			return 0
		case s.key == key:
			return s.node
		}
	}
}

// childKey mixes a parent into the hash of a token.
func childKey(parent uint32, token uint64) uint64 {
	h := token ^ uint64(parent)*0x9e3779b97f4a7c15
	h ^= h >> 32
	return h * 0xd6e8feb86659fd93
}

// builder makes a gazetteer.
type builder struct {
	*gazetteer
	used   int
	tokens []Token
	chief  map[string]string // by key
}

// grow returns the node of token under parent, made if need be.
func (b *builder) grow(parent uint32, token uint64) uint32 {
	if n := b.child(parent, token); n != 0 {
		return n
	}
	if b.used*2 >= len(b.slots) {
		old := b.slots
		b.slots = make([]slot, 2*len(old))
		for _, s := range old {
			if s.node != 0 {
				b.put(s)
			}
		}
	}
	n := uint32(len(b.nodes))
	b.nodes = append(b.nodes, node{})
	b.nodes[parent].inner = true
	b.put(slot{childKey(parent, token), n})
	b.used++
	return n
}

func (b *builder) put(s slot) {
	mask := uint64(len(b.slots) - 1)
	i := s.key >> 20 & mask
	for b.slots[i].node != 0 {
		i = (i + 1) & mask
	}
	b.slots[i] = s
}

// word returns the facts of a single word, to be filled in.
func (b *builder) word(w string) *wordInfo { return &b.nodes[b.grow(0, foldHash(w))].word }

// add adds an entry under its name.
func (b *builder) add(row table.Row, e entry) {
	b.tokens = tokenize(b.tokens[:0], e.name, 0, len(e.name))
	n := uint32(0)
	for j, t := range b.tokens {
		if j > 0 && skipped(b.tokens, j) {
			continue
		}
		if e.tokens >= 16 {
			row.Errorf("%q has more than 16 words", e.name)
			return
		}
		switch t.Shape {
		case Capital, Initial:
			e.caps |= 1 << e.tokens
		case Caps, Mixed:
			e.caps |= 1 << e.tokens
			e.full |= 1 << e.tokens
		}
		e.tokens++
		n = b.grow(n, folded(t))
	}
	if n == 0 {
		row.Errorf("empty name")
		return
	}
	e.node = n
	b.entries = append(b.entries, e)
}

// finish groups the entries by node, in the order in which they were added,
// and gives each key its chief name.
func (b *builder) finish() *gazetteer {
	for _, e := range b.entries {
		b.nodes[e.node].last++
	}
	at := uint32(0)
	for i := range b.nodes {
		n := &b.nodes[i]
		count := n.last
		n.first, n.last = at, at
		at += count
	}
	sorted := make([]entry, len(b.entries))
	for _, e := range b.entries {
		n := &b.nodes[e.node]
		if chief, ok := b.chief[e.key]; ok {
			e.norm = chief
		}
		sorted[n.last] = e
		n.last++
	}
	b.entries = sorted
	return b.gazetteer
}

// A tableReader reads one file into the builder.
type tableReader struct {
	file    string
	columns string // separated by blanks
	keyed   int    // columns that make a row unique
	read    func(b *builder, r table.Row)
}

// namedColumns are those of tables in which a key has several names. One of
// them has the type "name": the chief name.
const namedColumns = "name key type subtype country context"

// nameTypes are the values of the column type.
var nameTypes = []string{"name", "short", "acronym", "former", "variant", "telegraphic"}

// readers lists every table. On names of one spelling the earlier table comes first.
var readers = []tableReader{
	{"countries.tsv", namedColumns, 2, names(vocab.State)},
	{"regions.tsv", namedColumns, 2, names(vocab.State)},
	{"subdivisions.tsv", "name key code context", 2, readSubdivision},
	{"subdivisions-more.tsv", "name key code context", 2, readSubdivision},
	{"cities.tsv", "name key country population context", 2, readCity},
	{"cities-more.tsv", "name key country population context", 2, readCity},
	{"demonyms.tsv", "name country", 1, readDemonym},
	{"governments.tsv", "name country", 1, readGovernment},
	{"offices.tsv", namedColumns, 2, readOffice},
	{"agencies.tsv", namedColumns, 2, names(vocab.Agency)},
	{"organizations.tsv", namedColumns, 2, names(vocab.Organization)},
	{"laws.tsv", namedColumns, 2, names(vocab.Law)},
	{"features.tsv", namedColumns, 2, names(vocab.Place)},
	{"heads.tsv", "word kind subtype language side example", 4, readHead},
	{"titles.tsv", "title type example", 1, readTitle},
	{"common.tsv", "word count", 1, func(b *builder, r table.Row) { b.word(r.Fields[0]).common = logarithm(r, 1) }},
	{"forenames.tsv", "name weight", 1, func(b *builder, r table.Row) { b.word(r.Fields[0]).forename = weight(r, 1) }},
	{"surnames.tsv", "name weight", 1, func(b *builder, r table.Row) { b.word(r.Fields[0]).surname = weight(r, 1) }},
}

// readGazetteer reads all tables; the error lists every bad row.
func readGazetteer() (*gazetteer, error) {
	b := &builder{gazetteer: &gazetteer{
		slots:   make([]slot, 1<<18),
		nodes:   make([]node, 1, 1<<17),
		entries: make([]entry, 0, 1<<16),
	}, chief: map[string]string{}}
	var errs []error
	for _, t := range readers {
		text, err := tables.ReadFile("data/" + t.file)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		rows := table.New(t.file, string(text), strings.Fields(t.columns)...).Keyed(t.keyed)
		for r := range rows.Rows() {
			t.read(b, r)
		}
		errs = append(errs, rows.Err())
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	return b.finish(), nil
}

// names reads a table of namedColumns into entries of a kind.
func names(kind vocab.Kind) func(*builder, table.Row) {
	return func(b *builder, r table.Row) {
		name, key, typ, subtype, country := r.Fields[0], r.Fields[1], r.Fields[2], r.Fields[3], r.Fields[4]
		if !strings.HasPrefix(key, kind.String()+":") {
			r.Errorf("key %q is not of kind %s", key, kind)
		}
		if !slices.Contains(nameTypes, typ) {
			r.Errorf("type %q is none of %q", typ, nameTypes)
		}
		if typ == "name" {
			if other, ok := b.chief[key]; ok {
				r.Errorf("%s has two chief names: %q and %q", key, other, name)
			}
			b.chief[key] = name
		}
		checkCountries(r, country)
		b.add(r, entry{name: name, norm: name, key: key, subtype: subtype, country: country, kind: kind, needs: parseNeeds(r, r.Fields[5])})
	}
}

// readOffice reads an office of the Department.
func readOffice(b *builder, r table.Row) {
	names(vocab.Agency)(b, r)
	b.entries[len(b.entries)-1].office = true
}

func readSubdivision(b *builder, r table.Row) {
	name, key, code := r.Fields[0], r.Fields[1], r.Fields[2]
	country, _, divided := strings.Cut(code, "-")
	checkCountries(r, country)
	if !strings.HasPrefix(key, "state:") {
		r.Errorf("key %q does not start with state:", key)
	}
	if !divided {
		code = ""
	}
	b.add(r, entry{
		name: name, norm: name, key: key, subtype: "state", country: country, code: code,
		kind: vocab.State, needs: parseNeeds(r, r.Fields[3]),
	})
}

func readCity(b *builder, r table.Row) {
	name, key, country := r.Fields[0], r.Fields[1], r.Fields[2]
	checkCountries(r, country)
	if !strings.HasPrefix(key, "place:") {
		r.Errorf("key %q does not start with place:", key)
	}
	b.add(r, entry{
		name: name, norm: name, key: key, subtype: "city", country: country,
		kind: vocab.Place, size: logarithm(r, 3), needs: parseNeeds(r, r.Fields[4]),
	})
}

func readDemonym(b *builder, r table.Row) {
	checkCountries(r, r.Fields[1])
	b.add(r, entry{name: r.Fields[0], norm: r.Fields[0], country: r.Fields[1], class: classDemonym})
}

func readGovernment(b *builder, r table.Row) {
	checkCountries(r, r.Fields[1])
	b.add(r, entry{
		name: r.Fields[0], norm: r.Fields[0], country: r.Fields[1],
		kind: vocab.Agency, subtype: "gov", class: classGovernment,
	})
}

var sides = map[string]side{"after": sideAfter, "before": sideBefore, "both": sideAfter | sideBefore}

func readHead(b *builder, r table.Row) {
	kind, at := vocab.ParseKind(r.Fields[1]), sides[r.Fields[4]]
	if kind == vocab.NoKind {
		r.Errorf("%q is no kind", r.Fields[1])
	}
	if at == 0 {
		r.Errorf("side %q is none of %q", r.Fields[4], slices.Sorted(maps.Keys(sides)))
	}
	b.add(r, entry{
		name: r.Fields[0], norm: r.Fields[0], kind: kind, subtype: r.Fields[2],
		lang: r.Fields[3], side: at, class: classHead,
	})
}

func readTitle(b *builder, r table.Row) {
	b.add(r, entry{name: r.Fields[0], norm: r.Fields[0], subtype: r.Fields[1], class: classTitle})
}

// parseNeeds reads a list like "word,surname".
func parseNeeds(r table.Row, list string) (n needs) {
	for name := range strings.SplitSeq(list, ",") {
		if list == "" {
			break
		}
		if needsNames[name] == 0 {
			r.Errorf("context %q is none of %q", name, slices.Sorted(maps.Keys(needsNames)))
		}
		n |= needsNames[name]
	}
	return n
}

// checkCountries reports codes that are not two capitals with commas between.
func checkCountries(r table.Row, list string) {
	for i := range len(list) {
		if i%3 == 2 && list[i] != ',' || i%3 != 2 && (list[i] < 'A' || list[i] > 'Z') || i == len(list)-1 && i%3 != 1 {
			r.Errorf("%q is no list of country codes", list)
			return
		}
	}
}

// logarithm returns the number of binary digits of a positive count.
func logarithm(r table.Row, field int) uint8 {
	n, err := strconv.ParseUint(r.Fields[field], 10, 32)
	if err != nil {
		r.Errorf("count %q: %w", r.Fields[field], err)
	}
	return uint8(bits.Len64(n))
}

// weight returns a weight, at most 255.
func weight(r table.Row, field int) uint8 {
	n, err := strconv.ParseUint(r.Fields[field], 10, 8)
	if err != nil || n == 0 {
		r.Errorf("weight %q is not between 1 and 255", r.Fields[field])
	}
	return uint8(n)
}
