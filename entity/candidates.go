package entity

import (
	"cablegraph/cable"
	"cablegraph/entity/model"
	"cablegraph/vocab"
)

// A Candidate is a spelling that the classifier may have to read in a cable,
// with what it goes by, and with what the rules think where they are sure.
type Candidate struct {
	Spans    []cable.Span // its occurrences
	Features []model.Feature
	Kind     vocab.Kind // Person, Agency (or Organization), Place (or State), or NoKind
	Everyday bool       // only everyday words
}

// Candidates returns the candidates of c, to train the classifier. Of the
// evidence by which rules decide - titles, head nouns, gazetteers - the
// features of what they decide have nothing, or have it only every second
// time: the classifier is asked where it is missing.
func (f *Finder) Candidates(c *cable.Cable) []Candidate {
	f.open(c)
	for _, r := range rules() {
		if r.name == "person.titled" {
			break
		}
		r.apply(f, r.name)
	}
	runs := f.openRuns()
	open := len(runs)
	for _, m := range f.d.Mentions {
		if (m.Kind == vocab.Agency || m.Kind == vocab.Organization) && m.Last-m.First <= 6 && f.capitalised(m.First, m.Last) {
			runs = append(runs, run{m.First, m.Last, f.sentenceOf(m.First)})
		}
	}
	var all []Candidate
	cl := classifier{Finder: f, runs: runs}
	cl.eachSpelling(func(same []int, features []model.Feature) {
		first := runs[same[0]]
		cand := Candidate{Features: append([]model.Feature(nil), features...), Everyday: true}
		for k := first.first; k < first.last; k++ {
			cand.Everyday = cand.Everyday && f.is(k, isCommon|isFunction|isDemonym|isMonth)
		}
		titled := 0
		for _, k := range same {
			cand.Spans = append(cand.Spans, f.d.Span(runs[k].first, runs[k].last))
			if cl.afterTitle(runs[k]) {
				titled++
			}
		}
		hidden := f.spelling(first.first, first.last)&1 == 0
		switch {
		case same[0] >= open:
			cand.Kind = vocab.Agency
			if hidden {
				cand.hide(cl.headFeature(first))
			}
		case titled > 0:
			cand.Kind = vocab.Person
		default:
			if e, n := f.placeAt(first.first, first.sentence); e != nil && first.first+n == first.last && e.needs&(needsWord|needsForename|needsSurname) == 0 {
				cand.Kind = vocab.Place
				if hidden {
					cand.hide(model.Hash(tPlace, cl.placeFeature(first)<<2|uint64(min(f.length(first), 2))))
				}
			}
		}
		all = append(all, cand)
	})
	f.d = nil
	return all
}

// hide takes a feature out.
func (c *Candidate) hide(feature model.Feature) {
	kept := c.Features[:0]
	for _, x := range c.Features {
		if x != feature {
			kept = append(kept, x)
		}
	}
	c.Features = kept
}

// capitalised reports whether a name of tokens [first, last) is neither in a
// sentence of capitals nor an acronym.
func (f *Finder) capitalised(first, last int) bool {
	for k := first; k < last; k++ {
		if f.is(k, inCaps) {
			return false
		}
	}
	return f.d.Tokens[first].Shape == Capital && f.d.Tokens[last-1].Shape == Capital
}

// openRuns returns the capitalised runs that no rule has taken.
func (f *Finder) openRuns() (runs []run) {
	for s := range f.prose {
		for i := s.First; i < s.Last; {
			if n := f.longDemonym(i); n > 0 {
				i += n
				continue
			}
			if !f.startsRun(i, s) {
				i++
				continue
			}
			end := f.cutName(i, f.nameRun(i, s))
			for end-i > 2 && f.is(i, isCommon) && !f.is(i, isForename|isSurname) && f.d.Tokens[i+1].Shape >= Initial {
				i++ // "Agriculture Steingrimur Sigfusson"
			}
			if end <= i {
				i++
				continue
			}
			runs = append(runs, run{i, end, s})
			i = end
		}
	}
	return runs
}

// longDemonym returns the length of the demonym of several words that starts
// at token i: "Costa Rican" is no run, though "Costa" is a surname.
func (f *Finder) longDemonym(i int) int {
	_, n := f.longestOf(i, func(e *entry) bool { return e.class == classDemonym && e.tokens > 1 })
	return n
}
