package entity

import "cablegraph/vocab"

// elidedBodies finds the bodies of a list whose head noun is not said again: "the
// Ministries of Health, Labor and Trade" are three.
func (f *Finder) elidedBodies(name string) {
	for s := range f.prose {
		for i := s.First; i+3 < s.Last; i++ {
			if f.at(i, hEuropean) {
				f.elidedEuropean(i+2, s, name)
			}
			if !f.at(i+1, hOf) || !f.is(i, isCap) || f.is(i, inCaps) {
				continue
			}
			head, ok := ministryHeads[f.d.Tokens[i].Lower]
			if !ok || f.words[i].mention >= 0 {
				continue
			}
			items := f.items(i+2, s)
			if len(items) < 2 {
				continue
			}
			country := f.owner(i, i+1, s)
			for n, it := range items {
				first := it.first
				if n == 0 {
					first = i
				}
				f.mark(first, it.last, Mention{Kind: vocab.Agency, Subtype: "gov", Country: country, Norm: head + " of " + squeeze(f.d.Text(it.first, it.last)), Rule: name})
			}
		}
	}
}

// elidedEuropean marks the bodies that follow one of the European Union, which ends
// before token k: "the European Parliament, Council and Commission".
func (f *Finder) elidedEuropean(k int, s Sentence, name string) {
	if f.kindOf(k-1) != vocab.Agency {
		return
	}
	for k+1 < s.Last && (f.d.Tokens[k].Hash == hComma || f.at(k, hAnd)) {
		for k++; f.at(k, hAnd) || f.at(k, hThe); {
			k++
		}
		if k >= s.Last || !f.is(k, isCap) || !europeanBodies[f.d.Tokens[k].Lower] || k+1 < s.Last && (f.at(k+1, hOf) || f.is(k+1, isCap)) {
			return
		}
		f.mark(k, k+1, Mention{Kind: vocab.Agency, Subtype: "io", Norm: "European " + f.d.Word(k), Rule: name})
		k++
	}
}

var (
	europeanBodies = wordSet("commission\ncouncil\nparliament")
	hEuropean      = foldHash("european")
)

// ministryHeads are head nouns of several bodies, with the head noun of one.
var ministryHeads = map[uint64]string{
	foldHash("departments"):  "Department",
	foldHash("ministries"):   "Ministry",
	foldHash("secretariats"): "Secretariat",
}

// item is a member of a list, tokens [first, last).
type item struct{ first, last int }

// items returns the topics of ministries that a list from token k on has. An
// "and" divides them, but not behind ", and" or where the list goes on.
func (f *Finder) items(k int, s Sentence) []item {
	var items []item
	if f.at(k, hThe) {
		k++
	}
	for closed := false; ; {
		end := f.topicEnd(k, s)
		if end == k {
			return items
		}
		if n := f.topicEnd(end+1, s); f.at(end, hAnd) && n > end+1 && (closed || len(items) > 0 && n < s.Last && f.d.Tokens[n].Hash == hComma) {
			end = n // "Women, Trade, and Children and Youth"
		}
		items = append(items, item{k, end})
		if closed {
			return items
		}
		if end+2 < s.Last && f.d.Tokens[end].Hash == hOpen && f.d.Tokens[end+2].Hash == hClose {
			end += 3 // "(MFA)"
		}
		k = end
		comma := k < s.Last && f.d.Tokens[k].Hash == hComma
		if comma {
			k++
		}
		if f.at(k, hAnd) {
			k++
			closed = comma
		}
		if k == end {
			return items
		}
	}
}

// maxTopic is the number of tokens that a topic of a ministry may have.
const maxTopic = 8

var hCustoms = foldHash("customs")

// topicEnd returns the end of the words from token k on that may be what a
// ministry is for, or k.
func (f *Finder) topicEnd(k int, s Sentence) int {
	end := k
	for end < min(k+maxTopic, s.Last) && (f.nameWord(end, s) && f.d.Tokens[end].Shape == Capital || end > k && possessiveWords[f.d.Tokens[end].Lower] && possessors[f.d.Tokens[end-1].Lower]) {
		end++
	}
	if f.headInside(k, end) && !(end == k+1 && f.at(k, hCustoms)) || f.hasForename(k, end) || end > k && f.isPlace(k) && !f.is(k, isCommon) {
		return k
	}
	return end
}
