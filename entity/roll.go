package entity

import "cablegraph/vocab"

// minRoll is how many people in a row make a roll of people.
const minRoll = 3

// rolls finds rolls of people, whose surnames stand first, in capitals, and
// before a comma: "PRADO, Ana Lucia  DE LEON, Jose QUIROGA, Rosa". Each name is
// one mention.
func (f *Finder) rolls(name string) {
	type item struct{ first, last int }
	var roll []item
	end := func() {
		if len(roll) >= minRoll {
			for _, x := range roll {
				if f.mark(x.first, x.last, Mention{Kind: vocab.Person, Rule: name}) {
					f.remember(x.first, x.last)
				}
			}
		}
		roll = roll[:0]
	}
	for s := range f.prose {
		for i := s.First; i < s.Last; {
			t := &f.d.Tokens[i]
			if t.Shape != Caps {
				if len(roll) > 0 && t.Shape >= Lower { // a word between; numbers and marks are not
					end()
				}
				i++
				continue
			}
			comma := f.rollSurname(i, s)
			if comma < 0 {
				end()
				i++
				continue
			}
			last := f.rollGiven(comma+1, s)
			if last < 0 {
				end()
				i = comma + 1
				continue
			}
			roll = append(roll, item{i, last})
			i = last
		}
		end()
	}
}

// rollSurname returns the comma behind the surname in capitals that starts at
// token i, or -1.
func (f *Finder) rollSurname(i int, s Sentence) int {
	const most = 8 // tokens: "BIN TARIK LOBO", "PRADO-AL-NUR"
	k, size := i, 0
	for ; k < s.Last && k < i+most; k++ {
		switch t := f.d.Tokens[k]; {
		case f.words[k].mention >= 0:
			return -1
		case t.Shape == Caps && (k == i || !f.gap(k)):
			size = max(size, f.size(k))
		case t.Hash == hDash && k > i && f.touches(k):
		case t.Hash == hComma && k > i && size > 2 && !f.officeSymbol(k-1):
			return k
		default:
			return -1
		}
	}
	return -1
}

// rollGiven returns the end of the given names that start at token i, or -1.
func (f *Finder) rollGiven(i int, s Sentence) int {
	const most = 16
	k := i
	for ; k < s.Last && k < i+most; k++ {
		t := f.d.Tokens[k]
		switch {
		case f.words[k].mention >= 0 || k > i && f.gap(k):
			return f.rollEnd(i, k)
		case t.Hash == hDash && k > i && f.touches(k) || t.Shape == Lower && f.d.Tokens[k-1].Hash == hDash && f.touches(k):
		case t.Shape == Caps && f.rollStarts(k, s):
			return f.rollEnd(i, k)
		case t.Shape == Caps || t.Shape == Capital || t.Shape == Initial || t.Shape == Mixed || t.Shape == Lower && f.is(k, isParticle):
		case (f.d.Word(k) == "'" || f.d.Word(k) == "’") && f.touches(k):
		default:
			return f.rollEnd(i, k)
		}
	}
	return f.rollEnd(i, k)
}

// rollStarts reports whether a given name, and no number or mark, stands behind
// the surname at token i and its comma.
func (f *Finder) rollStarts(i int, s Sentence) bool {
	k := f.rollSurname(i, s) + 1
	return k > 0 && k < s.Last && (f.d.Tokens[k].Shape == Capital || f.d.Tokens[k].Shape == Caps && k+1 < s.Last && f.d.Tokens[k+1].Hash == hDash)
}

// rollEnd returns k if tokens [i, k) hold given names, not all in capitals or
// everyday words, or -1.
func (f *Finder) rollEnd(i, k int) int {
	for k > i && f.d.Tokens[k-1].Shape == Punct {
		k--
	}
	for n := i; n < k; n++ {
		if f.d.Tokens[n].Shape == Capital && !(f.is(n, isCommon|isFunction|isBodyHead|isOrgHead|isDemonym) && !f.is(n, isForename|isSurname)) && !f.isPlace(n) {
			return k
		}
	}
	return -1
}

// gap reports whether more than one blank, or a line end, stands before token i.
func (f *Finder) gap(i int) bool {
	return f.d.Tokens[i].Start-f.d.Tokens[i-1].End > 1 || f.d.newLine(i)
}
