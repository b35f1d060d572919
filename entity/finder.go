package entity

import (
	"slices"
	"strings"

	"cablegraph/cable"
	"cablegraph/vocab"
)

// Finder finds the mentions of cables, one cable at a time. It is not safe for
// concurrent use: make one a worker. The Documents it returns are their own
// and do not share memory with it.
type Finder struct {
	gaz *gazetteer

	// of the cable at hand
	d        *Document
	words    []word          // beside d.Tokens
	hits     []match         // what the gazetteer knows, longest first at each token
	lower    wordCounts      // how often each word stands in lower case
	capital  wordCounts      // how often capitalised inside a sentence
	things   wordCounts      // how often between "the" and a noun: "the Megahub program"
	names    nameTable       // names found so far, to be found again
	people   personTable     // parts of the names of people found so far
	home     string          // country of the post, ISO alpha-2
	laws     int             // law mentions so far, for "the law"
	concepts map[uint64]bool // acronyms that the cable defines as no name
	found    []Mention       // memory for d.Mentions

	trace *trace // of Explain; else nil
}

// word is what the finder knows of a token.
type word struct {
	flags      flags
	hits, nhit int32 // of Finder.hits, those that start here
	sentence   int32
	mention    int32 // index into d.Mentions while they are found, or -1
}

// flags of a word.
type flags uint32

const (
	isCap        flags = 1 << iota // starts with a capital letter
	isForename                     //
	isSurname                      //
	isCommon                       // an everyday English word
	isTitle                        // may precede a personal name
	isDemonym                      // "Mexican"
	isMonth                        // a month or day of the week
	isNoise                        // capitals that name nothing
	isParticle                     // "de", "bin"
	isSaying                       // "said", "told"
	inCaps                         // in a sentence of capitals
	isFirst                        // first word of its sentence
	isFunction                     // article, pronoun, conjunction, preposition
	isStop                         // capitalised, but never part of a name: "Summary"
	isBodyHead                     // head noun of a public body
	isOrgHead                      // head noun of another organization
	isLawHead                      //
	isPlaceHead                    //
	isReportHead                   //
	isBound                        // inside a demonym of several words
)

// rule is one way to find mentions.
type rule struct {
	name  string
	apply func(f *Finder, name string)
}

// rules returns every rule, strongest first: a token belongs to the mention of
// the first rule that takes it.
func rules() []rule {
	return []rule{
		{"header.party", (*Finder).parties},
		{"header.number", (*Finder).ownNumber},
		{"header.reference", (*Finder).referenceLines},
		{"header.signature", (*Finder).signature},
		{"header.pass", (*Finder).passLines},
		{"form", (*Finder).forms},
		{"person.roll", (*Finder).rolls},
		{"document.cable", (*Finder).cablesInText},
		{"document.reftel", (*Finder).reftels},
		{"law.citation", (*Finder).citations},
		{"law.provision", (*Finder).provisions},
		{"law.named", (*Finder).namedLaws},
		{"document.report", (*Finder).reports},
		{"case.operation", (*Finder).operations},
		{"agency.website", (*Finder).websites},
		{"agency.titled", (*Finder).governments},
		{"agency.gazetteer", (*Finder).gazetteerBodies},
		{"agency.elided", (*Finder).elidedBodies},
		{"agency.head", (*Finder).bodies},
		{"place.head", (*Finder).placeHeads},
		{"organization.head", (*Finder).organizations},
		{"organization.group", (*Finder).groups},
		{"acronym.defined", (*Finder).definitions},
		{"case.named", (*Finder).cases},
		{"name.again", (*Finder).again},
		{"agency.listed", (*Finder).listedOffices},
		{"person.titled", (*Finder).titledPersons},
		{"person.run", (*Finder).fullNames},
		{"place.gazetteer", (*Finder).places},
		{"run", (*Finder).runs},
		{"name.again", (*Finder).again},
		{"person.again", (*Finder).surnames},
		{"acronym.party", (*Finder).partySeats},
		{"name.again", (*Finder).again},
		{"name.short", (*Finder).shortNames},
		{leftRule, (*Finder).leftNames},
		{"acronym.defined", (*Finder).lateDefinitions},
		{"name.again", (*Finder).again},
		{"law.described", (*Finder).describedLaws},
	}
}

// NewFinder returns a Finder. The gazetteers are loaded at the first call.
func NewFinder() *Finder { return &Finder{gaz: loadGazetteer(), concepts: map[uint64]bool{}} }

// Find returns c with its tokens, sentences and mentions.
func (f *Finder) Find(c *cable.Cable) *Document {
	f.open(c)
	for _, r := range rules() {
		r.apply(f, r.name)
	}
	return f.finish()
}

// open makes f ready for the rules on c.
func (f *Finder) open(c *cable.Cable) {
	f.d = newDocument(c)
	f.d.Mentions = f.found[:0]
	f.home = cable.PostCountry(postOf(c))
	f.laws = 0
	clear(f.concepts)
	f.people.reset()
	f.look()
}

// postOf returns the name of the post that sent c.
func postOf(c *cable.Cable) string {
	if c.From.Name != "" {
		return c.From.Name
	}
	return strings.TrimFunc(c.ID, func(r rune) bool { return r >= '0' && r <= '9' })
}

// mark makes tokens [first, last) a mention unless one of them is taken.
func (f *Finder) mark(first, last int, m Mention) bool {
	if last <= first {
		return false
	}
	free := f.free(first, last)
	m.Score = ruleScores()[m.Rule]
	f.trace.marks(f, first, last, &m, free)
	if !free {
		return false
	}
	m.First, m.Last = first, last
	m.Text = squeeze(f.d.Text(first, last))
	if m.Norm == "" {
		m.Norm = m.Text
	}
	for k := first; k < last; k++ {
		f.words[k].mention = int32(len(f.d.Mentions))
	}
	f.d.Mentions = append(f.d.Mentions, m)
	return true
}

// free reports whether no mention has taken tokens [first, last).
func (f *Finder) free(first, last int) bool {
	for k := first; k < last; k++ {
		if f.words[k].mention >= 0 {
			return false
		}
	}
	return true
}

// finish puts the mentions in order of their place and lets tokens and
// acronyms point at them.
func (f *Finder) finish() *Document {
	d := f.d
	order := make([]int, len(d.Mentions))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return d.Mentions[a].First - d.Mentions[b].First })
	sorted := make([]Mention, len(order))
	place := make([]int, len(order))
	for to, from := range order {
		m := d.Mentions[from]
		m.Span = d.Span(m.First, m.Last)
		sorted[to], place[from] = m, to
		for k := m.First; k < m.Last; k++ {
			d.Tokens[k].Mention = int32(to)
		}
	}
	f.found = d.Mentions // their memory serves the next cable
	d.Mentions = sorted
	for i, a := range d.Acronyms {
		d.Acronyms[i] = Acronym{place[a.Long], place[a.Short]}
	}
	f.d = nil
	return d
}

// sentenceOf returns the sentence that token i stands in.
func (f *Finder) sentenceOf(i int) Sentence { return f.d.Sentences[f.words[i].sentence] }

// is reports whether token i has one of the flags.
func (f *Finder) is(i int, fl flags) bool { return f.words[i].flags&fl != 0 }

// text reports whether token i is the given word, in lower case without diacritics.
func (f *Finder) at(i int, w uint64) bool {
	return i >= 0 && i < len(f.d.Tokens) && f.d.Tokens[i].Lower == w
}

// touches reports whether nothing stands between tokens i-1 and i.
func (f *Finder) touches(i int) bool { return i > 0 && f.d.Tokens[i-1].End == f.d.Tokens[i].Start }

// running reports whether block kind k is text in sentences.
func running(k cable.BlockKind) bool {
	return k == cable.BlockText || k == cable.BlockSubject || k == cable.BlockHeading || k == cable.BlockTrailer || k == cable.BlockClassifiedBy
}

// prose yields the sentences of running text.
func (f *Finder) prose(yield func(Sentence) bool) {
	for _, s := range f.d.Sentences {
		if running(f.d.Cable.Blocks[s.Block].Kind) && !yield(s) {
			return
		}
	}
}

// kindOf returns the kind of the mention at token i, or NoKind.
func (f *Finder) kindOf(i int) vocab.Kind {
	if i < 0 || i >= len(f.words) || f.words[i].mention < 0 {
		return vocab.NoKind
	}
	return f.d.Mentions[f.words[i].mention].Kind
}
