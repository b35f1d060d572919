package entity

import (
	"cmp"
	_ "embed"
	"slices"
	"sync"

	"cablegraph/entity/model"
	"cablegraph/vocab"
)

// reading is what the classifier thinks of a spelling: the log odds that it
// names a person, a body (agency or organization), a place. All may be low.
type reading [model.Labels]float32

// The labels of the classifier.
const (
	readPerson = iota
	readBody
	readPlace
)

// runs.model holds the weights of the classifier; see package
// cablegraph/entity/train for how they are made.
//
//go:embed data/runs.model
var runModel []byte

var loadRunModel = loader(&runModel)

// loader returns a function that parses weights on its first call.
func loader(weights *[]byte) func() *model.Model {
	return sync.OnceValue(func() *model.Model {
		m, err := model.Parse(*weights)
		if err != nil {
			panic(err)
		}
		return m
	})
}

// classifier reads the runs of a cable: every spelling once, from what the
// name itself and all its occurrences say.
type classifier struct {
	*Finder
	runs     []run
	order    []int // of runs, by spelling
	features []model.Feature
	tails    map[uint64]uint8 // what longer runs say of a word that they end with
}

// manyRuns is how many occurrences of a spelling are looked at.
const manyRuns = 12

// read returns the reading of every run; runs of one spelling have the same.
func (f *Finder) read(runs []run) []reading {
	m := loadRunModel()
	readings := make([]reading, len(runs))
	c := classifier{Finder: f, runs: runs}
	c.eachSpelling(func(same []int, features []model.Feature) {
		var r reading
		m.Score(features, (*[model.Labels]float32)(&r))
		for _, k := range same {
			readings[k] = r
		}
	})
	return readings
}

// eachSpelling calls do with the runs of each spelling and with the features
// of the spelling, which are valid until do returns.
func (c *classifier) eachSpelling(do func(same []int, features []model.Feature)) {
	spellings := make([]uint64, len(c.runs))
	for k, r := range c.runs {
		spellings[k] = c.spelling(r.first, r.last)
		c.order = append(c.order, k)
	}
	slices.SortStableFunc(c.order, func(a, b int) int { return cmp.Compare(spellings[a], spellings[b]) })
	c.findTails()
	for from := 0; from < len(c.order); {
		to := from + 1
		for to < len(c.order) && spellings[c.order[to]] == spellings[c.order[from]] {
			to++
		}
		same := c.order[from:to]
		c.features = c.nameFeatures(c.features[:0], c.runs[same[0]], len(same))
		for _, k := range same[:min(len(same), manyRuns)] {
			c.features = c.contextFeatures(c.features, c.runs[k])
		}
		slices.Sort(c.features)
		c.features = slices.Compact(c.features)
		do(same, c.features)
		from = to
	}
}

// What longer runs say of the word that they end with.
const (
	tailOfName uint8 = 1 << iota // one that starts with a forename or initial
	tailOfRun                    // any
)

func (c *classifier) findTails() {
	c.tails = map[uint64]uint8{}
	for _, r := range c.runs {
		if r.last-r.first < 2 {
			continue
		}
		tail := tailOfRun
		if c.is(r.first, isForename) || c.d.Tokens[r.first].Shape == Initial {
			tail |= tailOfName
		}
		c.tails[c.d.Tokens[r.last-1].Lower] |= tail
	}
}

// The templates of features. The weights are bound to their order.
const (
	tBias uint64 = iota + 1
	tLength
	tKnown
	tFirst
	tLast
	tPrefix
	tSuffix
	tSuffix2
	tFirstSuffix
	tHeads
	tPlace
	tCommon
	tLower
	tCount
	tTail
	tShapes
	tLastWord
	tPrev
	tPrev2
	tPrevLength
	tNext
	tNext2
	tNextLength
	tAfterNext
	tPosition
	tAfterComma
)

// bucket maps a weight to 0 to 3.
func bucket(n uint8) uint64 {
	switch {
	case n == 0:
		return 0
	case n < 2:
		return 1
	case n < 5:
		return 2
	}
	return 3
}

// nameFeatures appends the features of the name itself, which stands count
// times in the cable.
func (c *classifier) nameFeatures(dst []model.Feature, r run, count int) []model.Feature {
	add := func(template, value uint64) { dst = append(dst, model.Hash(template, value)) }
	tokens := c.d.Tokens
	words, initials, particles, caps, common, lower, unknown := uint64(0), 0, 0, 0, 0, 0, 0
	first, last := -1, r.last-1
	for k := r.first; k < r.last; k++ {
		t := tokens[k]
		switch {
		case t.Shape == Punct:
			continue
		case t.Shape == Initial:
			initials++
			continue
		case t.Shape == Lower:
			particles++
			continue
		case t.Shape == Caps:
			caps++
		}
		words++
		if first < 0 {
			first = k
		}
		last = k
		if c.is(k, isCommon) {
			common++
		} else if !c.is(k, isForename|isSurname) {
			unknown++
		}
		if c.lower.of(t.Lower) > 0 {
			lower++
		}
	}
	if first < 0 {
		first = r.first
	}
	words = min(words, 5)
	fw, lw := c.info(first), c.info(last)
	shape := uint64(min(initials, 2)) | uint64(min(particles, 2))<<2 | uint64(min(caps, 2))<<4
	add(tBias, 0)
	add(tLength, words)
	add(tShapes, shape<<3|words)
	names := bucket(fw.forename)<<6 | bucket(lw.surname)<<4 | words
	add(tKnown, names<<3|uint64(min(common, 3))<<1|uint64(min(initials, 1)))
	add(tKnown, 1<<32|names)
	add(tFirst, bucket(fw.forename)<<8|bucket(fw.surname)<<6|uint64(min(fw.common, 15))<<2|min(words, 2))
	add(tLast, bucket(lw.forename)<<8|bucket(lw.surname)<<6|uint64(min(lw.common, 15))<<2|min(words, 2))
	add(tCommon, uint64(min(common, 3))<<8|uint64(min(unknown, 3))<<4|words)
	add(tLower, uint64(min(lower, 2))<<4|words)
	dst = append(dst, c.headFeature(r))
	add(tCount, uint64(min(count, 4))<<3|min(words, 2))
	if words == 1 {
		add(tTail, uint64(c.tails[tokens[last].Lower]))
	}
	add(tPlace, c.placeFeature(r)<<2|min(words, 2))
	a, b := tokens[first], tokens[last]
	text := c.d.Cable.Text.String()
	lastWord := text[b.Start:b.End]
	firstWord := text[a.Start:a.End]
	add(tSuffix, foldHash(lastWord[max(0, len(lastWord)-3):]))
	add(tSuffix2, foldHash(lastWord[max(0, len(lastWord)-2):])<<2|min(words, 2))
	add(tPrefix, foldHash(firstWord[:min(3, len(firstWord))]))
	if words > 1 {
		add(tFirstSuffix, foldHash(firstWord[max(0, len(firstWord)-2):]))
	}
	add(tLastWord, b.Lower<<2|min(words, 2))
	return dst
}

// headFeature says which kinds of head nouns the run has.
func (c *classifier) headFeature(r run) model.Feature {
	heads := uint64(0)
	for k := r.first; k < r.last; k++ {
		for bit, fl := range [...]flags{isBodyHead, isOrgHead, isPlaceHead, isLawHead, isReportHead, isDemonym} {
			if c.is(k, fl) {
				heads |= 1 << bit
			}
		}
	}
	return model.Hash(tHeads, heads<<3|uint64(min(c.length(r), 5)))
}

// info returns what the gazetteer knows of the word at token k.
func (c *classifier) info(k int) wordInfo {
	n := c.gaz.child(0, folded(c.d.Tokens[k]))
	return c.gaz.nodes[n].word
}

// placeFeature says what place of the gazetteer the run is: 0 none, else by
// kind, by what else the name is, and by size.
func (c *classifier) placeFeature(r run) uint64 {
	for _, h := range c.knows(r.first) {
		if int(h.last) == r.last && h.class == className && (h.kind == vocab.State || h.kind == vocab.Place) {
			v := uint64(1)
			if h.needs != 0 {
				v = 2
			}
			if h.kind == vocab.Place {
				v |= 4
				if h.size > 18 {
					v |= 8
				}
			}
			return v
		}
	}
	return 0
}

// contextFeatures appends the features of the words around an occurrence.
func (c *classifier) contextFeatures(dst []model.Feature, r run) []model.Feature {
	add := func(template, value uint64) { dst = append(dst, model.Hash(template, value)) }
	s, tokens := r.sentence, c.d.Tokens
	words := uint64(min(c.length(r), 2))
	word := func(k int) uint64 {
		if k < s.First || k >= s.Last {
			return 0
		}
		t := tokens[k]
		w := c.words[k]
		switch {
		case w.mention >= 0:
			return 1<<8 | uint64(c.d.Mentions[w.mention].Kind)
		case t.Shape == Number:
			return 2
		case t.Shape == Punct || w.flags&isCommon != 0:
			return folded(t)
		case w.flags&isTitle != 0:
			return 3
		case w.flags&isDemonym != 0:
			return 4
		case w.flags&(isForename|isSurname) != 0 && w.flags&isCap != 0:
			return 5
		}
		return 8 | uint64(t.Shape)
	}
	prev, next := word(r.first-1), word(r.last)
	if !c.afterTitle(r) { // rules decide behind a title: what it says is not to be learned
		add(tPrev, prev)
		add(tPrevLength, prev<<2|words)
		add(tPrev2, prev^word(r.first-2)*fnvPrime)
	}
	add(tNext, next)
	add(tNextLength, next<<2|words)
	add(tNext2, next^word(r.last+1)*fnvPrime)
	add(tAfterNext, word(r.last+1))
	if r.last < s.Last && tokens[r.last].Hash == hComma {
		add(tAfterComma, word(r.last+1)^word(r.last+2)*fnvPrime)
	}
	var p uint64
	if r.first == s.First || c.is(r.first, isFirst) {
		p |= 1
	}
	if r.last >= s.Last-1 {
		p |= 2
	}
	p |= uint64(c.d.Cable.Blocks[s.Block].Kind) << 2
	add(tPosition, p<<2|words)
	return dst
}

// afterTitle reports whether a title stands before the run, with or without
// its full stop.
func (c *classifier) afterTitle(r run) bool {
	k := r.first - 1
	if k > r.sentence.First && c.d.Tokens[k].Hash == hPoint && c.touches(k) {
		k--
	}
	return k >= r.sentence.First && c.is(k, isTitle)
}
