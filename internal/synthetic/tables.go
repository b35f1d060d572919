package synthetic

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"cablegraph/internal/table"
)

//go:embed data/countries.tsv
var countriesTSV string

//go:embed data/sentences.tsv
var sentencesTSV string

//go:embed data/words.tsv
var wordsTSV string

// tables are what cables are made of.
type tables struct {
	countries []country
	topics    []topic
	words     map[string][]string // by slot
}

// country is a row of countries.tsv.
type country struct {
	post, city, routing, name, tag, people string
	cities                                 []string
}

// sentence is a row of sentences.tsv: literal text and slots in turn.
type sentence struct {
	rate   float64
	pieces []piece
}

// piece is literal text, or a slot.
type piece struct {
	text string
	slot byte // 0 for literal text
}

// topic is what a cable is about: the sentences that it may have.
type topic struct {
	name      string
	share     float64  // of all cables
	tags      []string // besides the country's
	sentences []sentence
	total     float64 // of their rates
}

// topicShares are the topics that cables have, and how many have each.
func topicShares() []topic {
	return []topic{
		{name: "politics", share: 0.34, tags: []string{"PGOV", "PREL", "PHUM", "PINR", "KDEM"}},
		{name: "economy", share: 0.26, tags: []string{"ECON", "ETRD", "EFIN", "EINV", "ENRG", "EAGR"}},
		{name: "visit", share: 0.15, tags: []string{"OVIP", "OTRA", "AMGT", "OREP", "CASC"}},
		{name: "security", share: 0.09, tags: []string{"MARR", "MASS", "PTER", "KPKO", "ASEC"}},
		{name: "law", share: 0.08, tags: []string{"KJUS", "PGOV", "ELAB", "KIPR"}},
		{name: "crime", share: 0.05, tags: []string{"KCRM", "SNAR", "PTER", "KCOR"}},
		{name: "trafficking", share: 0.03, tags: []string{"KTIP", "SMIG", "KWMN", "KCRM", "PHUM", "ELAB"}},
	}
}

// anyTopic stands in sentences.tsv for all of them.
const anyTopic = "any"

// slots are the letters that sentences.tsv may have in braces.
const slots = "PAUOLSTDCNdynmtxjkvwFR"

var readTables = sync.OnceValues(func() (*tables, error) {
	t := &tables{words: map[string][]string{}}
	rows := table.New("countries.tsv", countriesTSV, "post", "city", "routing", "country", "tag", "people", "cities").Keyed(1)
	for row := range rows.Rows() {
		f := row.Fields
		t.countries = append(t.countries, country{f[0], f[1], f[2], f[3], f[4], f[5], append([]string{f[1]}, strings.Split(f[6], ", ")...)})
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	// the order says which countries send most: not the alphabet
	slices.SortFunc(t.countries, func(a, b country) int { return cmp.Compare(hashString(a.post), hashString(b.post)) })
	rows = table.New("words.tsv", wordsTSV, "slot", "words")
	for row := range rows.Rows() {
		for w := range strings.FieldsSeq(row.Fields[1]) {
			t.words[row.Fields[0]] = append(t.words[row.Fields[0]], strings.ReplaceAll(w, ",", " "))
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	t.topics = topicShares()
	rows = table.New("sentences.tsv", sentencesTSV, "topic", "rate", "text")
	for row := range rows.Rows() {
		rate, err := strconv.ParseFloat(row.Fields[1], 64)
		if err != nil || rate <= 0 {
			row.Errorf("rate %q is no positive number", row.Fields[1])
			continue
		}
		pieces, err := parsePieces(row.Fields[2])
		if err != nil {
			row.Errorf("%v", err)
			continue
		}
		known := row.Fields[0] == anyTopic
		for i := range t.topics {
			x := &t.topics[i]
			switch row.Fields[0] {
			case anyTopic:
				x.add(sentence{rate, pieces})
			case x.name:
				known = true
				x.add(sentence{rate / x.share, pieces})
			}
		}
		if !known {
			row.Errorf("no such topic: %q", row.Fields[0])
		}
	}
	return t, rows.Err()
})

func (t *topic) add(s sentence) {
	t.sentences = append(t.sentences, s)
	t.total += s.rate
}

// draw returns a sentence, each as often as its rate says.
func (t *topic) draw(u float64) *sentence {
	u *= t.total
	for i := range t.sentences {
		if u -= t.sentences[i].rate; u < 0 {
			return &t.sentences[i]
		}
	}
	return &t.sentences[0]
}

// parsePieces divides "The {A} of {S}" into text and slots.
func parsePieces(s string) ([]piece, error) {
	var out []piece
	for s != "" {
		text, rest, found := strings.Cut(s, "{")
		if text != "" {
			out = append(out, piece{text: text})
		}
		if !found {
			break
		}
		slot, after, found := strings.Cut(rest, "}")
		if !found || len(slot) != 1 || !strings.Contains(slots, slot) {
			return nil, fmt.Errorf("%q holds no slot", "{"+rest)
		}
		out = append(out, piece{slot: slot[0]})
		s = after
	}
	return out, nil
}

func hashString(s string) uint64 {
	h := uint64(0)
	for i := range len(s) {
		h = mix(h, uint64(s[i]))
	}
	return h
}
