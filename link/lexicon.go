package link

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"cablegraph/entity"
	"cablegraph/internal/hashmap"
	"cablegraph/internal/table"
	"cablegraph/vocab"
)

// class is a set of word classes, as rules/lexicon.txt lists them.
type class uint32

const (
	determiner class = 1 << iota
	numeral
	preposition
	conjunction
	adversative
	subordinator
	relative
	conditional
	adverb
	be
	have
	do
	modal
	planned
	hypothetical
	negative
	alleged
	pronoun
	male
	female
	plural
	official
	nationality
	adjective
	honorific
	people   // nouns for somebody whom proceedings are about
	premises // a word of names: of a building
	league   // of a union or party
	firm     // a word before a name: of a company or association
	trade    // an occupation, not an office
	lesser   // makes of an office one that is over, or under it
	demonym  // from demonyms.tsv
)

var classNames = map[string]class{
	"determiner": determiner, "numeral": numeral, "preposition": preposition, "conjunction": conjunction,
	"adversative": adversative, "subordinator": subordinator, "relative": relative, "conditional": conditional,
	"adverb": adverb, "be": be, "have": have, "do": do, "modal": modal, "planned": planned,
	"hypothetical": hypothetical, "negative": negative, "alleged": alleged, "pronoun": pronoun, "male": male,
	"female": female, "plural": plural, "official": official, "nationality": nationality, "adjective": adjective,
	"honorific": honorific, "people": people, "premises": premises, "league": league, "firm": firm, "trade": trade, "lesser": lesser, "demonym": demonym,
}

// form is a set of the forms that a verb can have in a word.
type form uint8

const (
	base       form = 1 << iota // "arrest", also the plural present
	third                       // "arrests"
	past                        // "took"
	participle                  // "taken"
	gerund                      // "arresting"
	nominal                     // may be a noun: "arrest", "arrests"
)

// lemma is a verb of rules/verbs.tsv.
type lemma struct {
	name string
	then vocab.Status // of the verb that follows in the infinitive
	cat  bool         // such a verb may follow

	intransitive bool // has no passive voice
}

// word is what is known of a word, whatever its case.
type word struct {
	class   class
	lemma   int32 // into lexicon.lemmas where form is not 0
	form    form
	number  int32    // of a numeral
	phrases []phrase // of lists, that start with the word
	tails   []phrase // that end with it
	anchors []anchor // of rules that may match here
	state   uint64   // hash of the country that a demonym belongs to
	month   uint8    // 1 to 12
	weekday uint8    // 1 Monday to 7 Sunday
	title   bool     // part of a phrase of lists/title.txt
	pair    bool     // the first word of a demonym of two: "Costa Rican"
	value   bool     // may start a date, a number or another value
}

// is reports whether the word, which may be nil, has one of the classes.
func (w *word) is(c class) bool { return w != nil && w.class&c != 0 }

// phrase is a phrase of a word list.
type phrase struct {
	list  int32
	words []uint64
}

// lexicon knows the words that rules and sentences are made of.
type lexicon struct {
	words      map[uint64]*word
	index      hashmap.Map[*word] // words, once all rules are read
	lemmas     []lemma
	lemmaOf    map[string]int32
	lists      map[string]int32
	officers   int32 // the list officer
	currencies map[uint64]string
	pairs      map[[2]uint64]*word // demonyms of two words
}

// wordHash returns the hash that a token of the word has in entity.Token.Lower:
// FNV-1a of the folded bytes.
func wordHash(s string) uint64 {
	s = entity.Fold(s)
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// word returns the entry of a word, which it makes where there is none.
func (x *lexicon) word(s string) *word {
	h := wordHash(s)
	w := x.words[h]
	if w == nil {
		w = &word{}
		x.words[h] = w
	}
	return w
}

// known returns the word with the hash, or nil. It is for reading sentences:
// words that are added later are not known.
func (x *lexicon) known(h uint64) *word { return x.index.Get(h) }

// newLexicon reads lexicon.txt, verbs.tsv, demonyms.tsv and lists/*.txt, and
// the verbs and lists that additions have.
// All faults are reported together, each with file and line.
func newLexicon(fsys fs.FS, more ...addition) (*lexicon, []error) {
	x := &lexicon{words: map[uint64]*word{}, lemmaOf: map[string]int32{}, lists: map[string]int32{}, currencies: map[uint64]string{}, pairs: map[[2]uint64]*word{}}
	var errs []error
	read := func(name string) string {
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			errs = append(errs, err)
		}
		return string(b)
	}
	errs = append(errs, x.readClasses("lexicon.txt", read("lexicon.txt"))...)
	if err := x.readVerbs("verbs.tsv", read("verbs.tsv")); err != nil {
		errs = append(errs, err)
	}
	if err := x.readDemonyms("demonyms.tsv", read("demonyms.tsv")); err != nil {
		errs = append(errs, err)
	}
	if err := x.readCurrencies("currencies.tsv", read("currencies.tsv")); err != nil {
		errs = append(errs, err)
	}
	errs = append(errs, x.readLists(addition{fsys: fsys})...)
	x.officers = x.lists["officer"]
	for _, a := range more {
		errs = append(errs, x.readLists(a)...)
		text, err := fs.ReadFile(a.fsys, "verbs.tsv")
		if err == nil {
			err = x.readVerbs(filepath.Join(a.dir, "verbs.tsv"), string(text))
		} else if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		if err != nil {
			errs = append(errs, err)
		}
	}
	for i, m := range monthNames {
		x.word(m).month = uint8(i + 1)
		x.word(m[:3]).month = uint8(i + 1)
	}
	x.word("sept").month = 9
	for i, d := range weekdayNames {
		x.word(d).weekday = uint8(i + 1)
	}
	for _, s := range strings.Fields("early late mid end beginning start middle summer fall autumn spring winter first second third fourth fiscal last previous this next coming yesterday tomorrow life a us u.s.") {
		x.word(s).value = true
	}
	for _, w := range x.words {
		w.value = w.value || w.number > 0 || w.month > 0 || w.weekday > 0
	}
	for h := range x.currencies {
		x.words[h].value = true
	}
	return x, errs
}

// readClasses reads the lines of lexicon.txt: a class and its words.
func (x *lexicon) readClasses(file, text string) (errs []error) {
	line := 0
	for l := range strings.Lines(text) {
		line++
		f := strings.Fields(l)
		if len(f) == 0 || f[0][0] == '#' {
			continue
		}
		c, ok := classNames[f[0]]
		if !ok {
			errs = append(errs, fmt.Errorf("%s:%d:1: no class of words is called %q", file, line, f[0]))
			continue
		}
		for _, s := range f[1:] {
			w := x.word(s)
			w.class |= c
			if c == numeral {
				w.number = numerals[s]
			}
		}
	}
	return errs
}

// readVerbs reads verbs.tsv and enters every form of every verb.
func (x *lexicon) readVerbs(file, text string) error {
	t := table.New(file, text, "lemma", "past", "participle", "noun", "then").Keyed(1)
	for row := range t.Rows() {
		l := lemma{name: row.Fields[0]}
		if s := row.Fields[4]; s != "" {
			l.cat = true
			var ok bool
			if l.then, ok = vocab.ParseStatus(s); !ok {
				row.Errorf("no status is called %q", s)
			}
		}
		noun := form(0)
		ing := form(0)
		switch row.Fields[3] {
		case "":
		case "n":
			noun = nominal
		case "g":
			ing = nominal
		case "ng":
			noun, ing = nominal, nominal
		case "i":
			l.intransitive = true
		default:
			row.Errorf("noun is %q, want n, g, ng, i or nothing", row.Fields[3])
		}
		if _, known := x.lemmaOf[l.name]; known {
			row.Errorf("the verb %q is known already", l.name)
			continue
		}
		id := int32(len(x.lemmas))
		x.lemmas = append(x.lemmas, l)
		x.lemmaOf[l.name] = id
		forms := inflect(l.name, row.Fields[1], row.Fields[2])
		for i, f := range []form{base | noun, third | noun, past, participle, gerund | ing} {
			w := x.word(forms[i])
			// the form of a verb of its own ("found") wins over the past of another ("find")
			if w.form != 0 && w.lemma != id {
				if i == 0 {
					w.form, w.lemma = f, id
				}
				continue
			}
			w.lemma = id
			w.form |= f
		}
	}
	return t.Err()
}

// inflect returns base, third person, past, participle and -ing form.
func inflect(lemma, past, participle string) [5]string {
	third, ing := lemma+"s", lemma+"ing"
	last := lemma[len(lemma)-1]
	vowel := len(lemma) > 1 && strings.IndexByte("aeiou", lemma[len(lemma)-2]) >= 0
	switch {
	case last == 'y' && !vowel:
		third = lemma[:len(lemma)-1] + "ies"
	case last == 's' || last == 'x' || last == 'z' || last == 'o' || strings.HasSuffix(lemma, "ch") || strings.HasSuffix(lemma, "sh"):
		third = lemma + "es"
	}
	switch {
	case strings.HasSuffix(lemma, "ie"):
		ing = lemma[:len(lemma)-2] + "ying"
	case last == 'e' && !strings.HasSuffix(lemma, "ee"):
		ing = lemma[:len(lemma)-1] + "ing"
	case strings.HasPrefix(past, lemma) && strings.HasSuffix(past, "ed"):
		ing = strings.TrimSuffix(past, "ed") + "ing"
	case doubles[lemma]:
		ing = lemma + lemma[len(lemma)-1:] + "ing"
	}
	if past == "" {
		switch {
		case last == 'e':
			past = lemma + "d"
		case last == 'y' && !vowel:
			past = lemma[:len(lemma)-1] + "ied"
		default:
			past = lemma + "ed"
		}
	}
	if participle == "" {
		participle = past
	}
	return [5]string{lemma, third, past, participle, ing}
}

// doubles lists the irregular verbs that double their last letter before -ing.
var doubles = map[string]bool{
	"begin": true, "cut": true, "forbid": true, "get": true, "hit": true, "let": true, "put": true, "run": true,
	"set": true, "shut": true, "sit": true, "win": true,
}

// readDemonyms reads the adjectives of countries.
func (x *lexicon) readDemonyms(file, text string) error {
	t := table.New(file, text, "demonym", "state").Keyed(1)
	for row := range t.Rows() {
		var w *word
		if first, second, two := strings.Cut(row.Fields[0], " "); two {
			x.word(first).pair = true
			w = &word{}
			x.pairs[[2]uint64{wordHash(first), wordHash(second)}] = w
		} else {
			w = x.word(first)
		}
		w.class |= demonym
		w.state = wordHash(row.Fields[1])
	}
	return t.Err()
}

// readCurrencies reads the words of money.
func (x *lexicon) readCurrencies(file, text string) error {
	t := table.New(file, text, "word", "currency").Keyed(1)
	for row := range t.Rows() {
		x.word(row.Fields[0])
		x.currencies[wordHash(row.Fields[0])] = row.Fields[1]
	}
	return t.Err()
}

// readLists reads the lists of a directory.
func (x *lexicon) readLists(a addition) (errs []error) {
	files, err := fs.Glob(a.fsys, "lists/*.txt")
	if err != nil {
		errs = append(errs, err)
	}
	for _, f := range files {
		text, err := fs.ReadFile(a.fsys, f)
		name := strings.TrimSuffix(strings.TrimPrefix(f, "lists/"), ".txt")
		if _, known := x.lists[name]; err == nil && known {
			err = fmt.Errorf("%s: there is a list %q already", filepath.Join(a.dir, f), name)
		}
		if err != nil {
			errs = append(errs, err)
			continue
		}
		x.readList(name, string(text))
		if name == "title" {
			x.readList("titles", plurals(string(text)))
		}
	}
	return errs
}

// plurals returns the plurals of a list of phrases, of those that end in their
// noun: the list "titles" is that of "title".
func plurals(text string) string {
	var b strings.Builder
	for l := range strings.Lines(text) {
		l = strings.TrimSpace(l)
		switch {
		case l == "", l[0] == '#', strings.Contains(l, " of "), strings.Contains(l, " at "), strings.HasSuffix(l, "s"), strings.HasSuffix(l, "."), l == "chair", l == "charge", l == "head", l == "lead":
		case strings.HasSuffix(l, "man"):
			b.WriteString(l[:len(l)-2] + "en\n")
		default:
			b.WriteString(l + "s\n")
		}
	}
	return b.String()
}

// oneOf undoes what plurals does.
func oneOf(s string) string {
	if strings.HasSuffix(s, "men") {
		return s[:len(s)-2] + "an"
	}
	return strings.TrimSuffix(s, "s")
}

// readList reads a list of phrases, one a line.
func (x *lexicon) readList(name, text string) {
	id := int32(len(x.lists))
	x.lists[name] = id
	for l := range strings.Lines(text) {
		l = strings.TrimSpace(l)
		if l == "" || l[0] == '#' {
			continue
		}
		var words []uint64
		for _, s := range splitWords(l) {
			words = append(words, wordHash(s))
			w := x.word(s)
			if one := x.words[wordHash(oneOf(s))]; name == "titles" && one.is(trade) {
				w.class |= trade
			}
			if strings.HasPrefix(name, "title") && w.class&^(trade|firm|premises|league) == 0 {
				w.title = true
			}
		}
		p := phrase{id, words}
		first, last := x.words[words[0]], x.words[words[len(words)-1]]
		first.phrases = insertPhrase(first.phrases, p)
		last.tails = insertPhrase(last.tails, p)
	}
}

// insertPhrase keeps the longest phrases first.
func insertPhrase(list []phrase, p phrase) []phrase {
	i := 0
	for i < len(list) && len(list[i].words) >= len(p.words) {
		i++
	}
	list = append(list, phrase{})
	copy(list[i+1:], list[i:])
	list[i] = p
	return list
}

// splitWords divides a phrase as the tokeniser would: at blanks, and around hyphens and slashes.
func splitWords(s string) []string {
	var out []string
	for _, f := range strings.Fields(s) {
		for {
			i := strings.IndexAny(f, "-/,&")
			if i < 0 || strings.Trim(f, "-/,&") == "" {
				break
			}
			if i > 0 {
				out = append(out, f[:i])
			}
			out = append(out, f[i:i+1])
			f = f[i+1:]
		}
		if f != "" {
			out = append(out, f)
		}
	}
	return out
}
