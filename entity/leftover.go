package entity

import (
	_ "embed"
	"slices"

	"cablegraph/cable"
	"cablegraph/entity/model"
	"cablegraph/vocab"
)

// leftRuns returns the capitalised words of running text that no rule has
// taken, acronyms and complements ("Guardia Urbana de Chorrillos") included.
func (f *Finder) leftRuns() (runs []run) {
	for s := range f.prose {
		for i := s.First; i < s.Last; {
			if !f.leftWord(i, s) {
				i++
				continue
			}
			end := i + 1
			for end < s.Last {
				t := f.d.Tokens[end]
				switch {
				case f.is(end, isTitle) && !f.is(end, isForename|isSurname) && end > i: // "PQR President"
				case f.leftWord(end, s), t.Shape == Initial && f.words[end].mention < 0 && t.End-t.Start <= 2:
					end++
					continue
				case (t.Hash == hDash || t.Hash == hSlash) && f.leftWord(end+1, s) && f.touches(end) && f.touches(end+1):
					end += 2
					continue
				case t.Shape == Lower && (leftBinders[t.Lower] || f.is(end, isParticle)) && f.leftWord(end+1, s):
					end += 2
					continue
				}
				break
			}
			if f.telling(i, end) {
				runs = append(runs, run{i, end, s})
			}
			i = end
		}
	}
	return runs
}

var leftBinders = wordSet("of\nfor\nde\ndel\nla\nlas\nlos\ndo\nda\ndos\ndas\ndu\ndes\nder")

// leftWord reports whether token k is a capitalised word that no rule has taken.
func (f *Finder) leftWord(k int, s Sentence) bool {
	if k >= s.Last || f.words[k].mention >= 0 || !f.is(k, isCap) || f.is(k, inCaps|isFunction|isMonth) {
		return false
	}
	t := f.d.Tokens[k]
	return t.Shape != Initial && t.End-t.Start > 1 && !f.countryShort(k)
}

// countryShort reports whether token k is the abbreviation of a country, which
// other rules left where it is an adjective: "U.S. citizens".
func (f *Finder) countryShort(k int) bool {
	e, n := f.longestOf(k, func(e *entry) bool { return e.class == className && e.isCountry() })
	return e != nil && n == 1 && f.d.Tokens[k].Shape == Caps
}

// telling reports whether a word of [first, last) may say more than a title, a
// heading or the start of a sentence.
func (f *Finder) telling(first, last int) bool {
	for k := first; k < last; k++ {
		t := f.d.Tokens[k]
		if t.Shape < Capital && t.Shape != Caps || f.is(k, isStop|isTitle|isNoise|isDemonym) {
			continue
		}
		if last-first > 1 || !f.is(k, isCommon|isFirst) {
			return true
		}
	}
	return false
}

// leftRule is the name of the rule that decides what the others leave.
const leftRule = "name.left"

// The templates of features that only leftovers have.
const (
	tAcronym uint64 = iota + 40
	tAcronymUse
	tAcronymOrg
	tAcronymForm
)

// leftFeatures appends how an acronym is used and what speaks against a name;
// runs are those of one spelling.
func (f *Finder) leftFeatures(dst []model.Feature, runs []run) []model.Feature {
	r := runs[0]
	if !f.acronym(r) {
		return append(dst, model.Hash(tAcronym, 0))
	}
	t := f.d.Tokens[r.first]
	uses, org := f.acronymUse(runs)
	form := uint64(0)
	for bit, is := range [...]bool{f.concepts[t.Hash], f.is(r.first, isNoise), f.is(r.first, isCommon), f.is(r.first, isSurname|isForename), numbered(f.d.Word(r.first)), redacted(f.d.Word(r.first)), f.isTag(r.first)} {
		if is {
			form |= 1 << bit
			dst = append(dst, model.Hash(tAcronymForm, 1<<16|uint64(bit)))
		}
	}
	sign := uint64(1)
	if org != 0 {
		sign = uint64(1 + org/max(org, -org))
	}
	many := uint64(max(-2, min(uses, 3)) + 2)
	return append(dst,
		model.Hash(tAcronym, uint64(min(t.End-t.Start, 8))),
		model.Hash(tAcronymUse, many),
		model.Hash(tAcronymUse, 1<<8|many<<4|uint64(min(len(runs), 3))),
		model.Hash(tAcronymOrg, sign),
		model.Hash(tAcronymForm, form))
}

// acronym reports whether a run is one acronym.
func (f *Finder) acronym(r run) bool { return r.last == r.first+1 && f.acronymShape(r.first) }

// acronymUse counts the occurrences in which an acronym is used as the name of
// a body, less those that show a unit or a term; org is as in orgUse.
func (f *Finder) acronymUse(runs []run) (uses, org int) {
	for _, r := range runs {
		s, i := r.sentence, r.first
		if f.nameUse(i, s) {
			uses++
		}
		if i+1 < s.Last && f.d.Tokens[i+1].Shape == Number || i > s.First && f.d.Tokens[i-1].Shape == Number {
			uses -= 9 // a currency or unit
		}
		if i > s.First+1 && i+1 < s.Last && f.d.Tokens[i-1].Hash == hOpen && f.d.Tokens[i+1].Hash == hClose &&
			f.d.Tokens[i-2].Shape == Lower && !bodyCues[f.d.Tokens[i-2].Lower] && !orgCues[f.d.Tokens[i-2].Lower] {
			uses -= 2 // "health, safety and environment (HSE)"
		}
		org += f.orgUse(i, s)
	}
	return uses, org
}

// How much the classifier must say for a leftover to be a name, in log odds.
// The row name.left of entity/data/scores.tsv has how much of what they find is right.
const (
	NeedLeftBody    = 0.0  // a body
	needLeftAcronym = -0.9 // an acronym that is used as the name of one
	needLeftAlias   = -4.0 // one that is another name of a body: "formerly known as PQR"
	NeedLeftPlace   = -0.3
	needLeftWords   = 2.0 // more for everyday words: "Civil Society"
)

// leftNames marks the leftovers that the classifier takes for bodies or places.
func (f *Finder) leftNames(name string) {
	m := loadLeftModel()
	f.eachLeftover(func(runs []run, features []model.Feature) {
		var score [model.Labels]float32
		m.Score(features, &score)
		f.trace.reads(name, runs[0], score)
		best := 0
		for l, s := range score {
			if s > score[best] {
				best = l
			}
		}
		kind := [model.Labels]Mention{
			leftAgency:       {Kind: vocab.Agency, Subtype: "gov", Rule: name},
			leftOrganization: {Kind: vocab.Organization, Subtype: "other", Rule: name},
			leftPlace:        {Kind: vocab.Place, Subtype: "city", Rule: name},
		}[best]
		need := float32(NeedLeftBody)
		if best == leftPlace {
			need = NeedLeftPlace
		} else if f.acronym(runs[0]) {
			if uses, _ := f.acronymUse(runs); uses > 0 {
				need = needLeftAcronym
			}
			if f.renames(runs[0]) {
				need = needLeftAlias
			}
		}
		if f.everyday(runs[0].first, runs[0].last) {
			need += needLeftWords
		}
		if f.acronym(runs[0]) && ministries[f.d.Tokens[runs[0].first].Lower] { // "MFA Deputy Director", wherever it stands
			kind = Mention{Kind: vocab.Agency, Subtype: "gov", Rule: name}
		} else if score[best] < need {
			return
		}
		for _, r := range runs {
			f.mark(r.first, r.last, kind)
		}
	})
}

// renames reports whether a run is the other name of a body that is named before it.
func (f *Finder) renames(r run) bool {
	k, s := r.first-1, r.sentence
	if k-1 <= s.First || !f.at(k, hAs) || !knownWords[f.d.Tokens[k-1].Lower] {
		return false
	}
	for k -= 2; k > s.First && k > r.first-8; k-- {
		if kind := f.kindOf(k); kind != vocab.NoKind {
			return isBody(kind)
		}
	}
	return false
}

// The labels of the classifier of leftovers.
const (
	leftAgency = iota
	leftOrganization
	leftPlace
)

// left.model holds its weights; package cablegraph/entity/train makes them.
//
//go:embed data/left.model
var leftModel []byte

var loadLeftModel = loader(&leftModel)

// eachLeftover calls do with the leftover runs of each spelling and what is
// known of the spelling; both are valid until do returns.
func (f *Finder) eachLeftover(do func(runs []run, features []model.Feature)) {
	cl := classifier{Finder: f, runs: f.leftRuns()}
	var same []run
	cl.eachSpelling(func(indexes []int, features []model.Feature) {
		same = same[:0]
		for _, k := range indexes {
			same = append(same, cl.runs[k])
		}
		do(same, f.leftFeatures(features, same))
	})
}

// Leftovers returns what the rules leave open in c, to train the classifier
// of leftovers. Only spans and features of the candidates are set.
func (f *Finder) Leftovers(c *cable.Cable) []Candidate {
	f.open(c)
	for _, r := range rules() {
		if r.name == leftRule {
			break
		}
		r.apply(f, r.name)
	}
	var all []Candidate
	f.eachLeftover(func(runs []run, features []model.Feature) {
		cand := Candidate{Features: slices.Clone(features)}
		for _, r := range runs {
			cand.Spans = append(cand.Spans, f.d.Span(r.first, r.last))
		}
		all = append(all, cand)
	})
	f.d = nil
	return all
}
