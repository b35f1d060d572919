package entity

import "cablegraph/vocab"

// listedOffices finds ministries that a list of bodies calls by their heads, as
// cables from Spanish-speaking posts do: "the Public Ministry (MP), the
// Secretary of Labor (STSS) and the Foreign Ministry".
func (f *Finder) listedOffices(name string) {
	for s := range f.prose {
		for i := s.First; i+2 < s.Last; i++ {
			if !f.at(i, hSecretary) || !f.is(i, isCap) || f.words[i].mention >= 0 || !f.at(i+1, hOf) && !f.at(i+1, hFor) {
				continue
			}
			end := i + 2
			switch {
			case f.nameWord(end, s):
				end = f.complementEnd(end, s)
				if end < s.Last && f.d.Tokens[end].Hash == hClose && f.acronymShape(end-1) { // "Secretary of Labor STPS)"
					end--
				}
			case f.d.Tokens[end].Shape == Lower && end+1 < s.Last && f.d.Tokens[end+1].Hash == hOpen: // "Secretary of government (SEGOB)"
				end++
			default:
				continue
			}
			// the acronym, whose parenthesis cables lose now and then
			short := end
			if short < s.Last && f.d.Tokens[short].Hash == hOpen {
				short++
			}
			behind := end
			defines := short+1 < s.Last && f.acronymShape(short) && f.d.Tokens[short+1].Hash == hClose
			if defines {
				behind = short + 2
			}
			if f.hasForename(i+2, end) || !f.bodyBefore(i, s) || !f.listEnds(behind, s) {
				continue
			}
			if f.mark(i, end, Mention{Kind: vocab.Agency, Subtype: "gov", Country: f.owner(i, end, s), Rule: name}) && defines {
				f.defined(len(f.d.Mentions)-1, short, short+1, name)
			}
		}
	}
}

// hasForename reports whether a forename that is no everyday word stands among
// tokens [first, last).
func (f *Finder) hasForename(first, last int) bool {
	for k := first; k < last; k++ {
		if f.is(k, isForename) && !f.is(k, isCommon) {
			return true
		}
	}
	return false
}

// bodyBefore reports whether the item of a list before the one at token i is a
// public body, by itself or with its acronym in parentheses.
func (f *Finder) bodyBefore(i int, s Sentence) bool {
	k, listed := i-1, false
	for ; k > s.First; k-- {
		t := f.d.Tokens[k]
		if !articles[t.Lower] && t.Lower != hAnd && t.Shape != Punct {
			break
		}
		listed = listed || t.Lower == hAnd || t.Hash == hComma
	}
	return listed && f.kindOf(k) == vocab.Agency
}

// listEnds reports whether the item of a list that ends before token i is
// followed by another, or by the end of the sentence: not by a name that it is
// the title of.
func (f *Finder) listEnds(i int, s Sentence) bool {
	switch {
	case i >= s.Last, f.at(i, hAnd):
		return true
	case f.d.Tokens[i].Hash == hComma:
		return i+1 < s.Last && !f.is(i+1, isForename)
	}
	return f.d.Tokens[i].Hash == hPoint || f.d.Word(i) == ";"
}
