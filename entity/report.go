package entity

import "cablegraph/vocab"

var (
	reportHeads = wordSet("report\nreports")
	caseHeads   = wordSet("case\ntrial\naffair\nscandal\ninvestigation")
	reportLead  = words("report-lead")
	// caseMatters say in small letters what a case is about.
	caseMatters = words("case-matters")
)

// reports finds named reports: "2009 TIP Report", "Trafficking in Persons
// (TIP) Report", "the June 2007 report", "Global Report on Forced Labor".
func (f *Finder) reports(name string) {
	for s := range f.prose {
		for i := s.First; i < s.Last; i++ {
			if f.words[i].mention >= 0 {
				continue
			}
			head := i
			switch {
			case reportHeads[f.d.Tokens[i].Lower]:
			case f.is(i, isReportHead) && f.is(i, isCap) && !f.is(i, inCaps):
			default:
				continue
			}
			first := f.reportStart(s, head)
			last := head + 1
			if first == head && !f.is(head, isCap) {
				continue
			}
			if f.is(head, isCap) && !f.is(head, inCaps) && last+1 < s.Last && f.d.Word(last) == "on" && f.nameWord(last+1, s) && !f.is(last+1, isMonth) {
				last = f.complementEnd(last+1, s)
			}
			if last == head+1 && !f.namesReport(first, head, s) {
				continue
			}
			f.mark(first, last, Mention{Kind: vocab.Document, Subtype: "report", Rule: name})
			i = last - 1
		}
	}
}

// reportStart returns the first token of the words that lead to the report at i:
// capitalised words, an acronym in parentheses, and a year or month with year.
func (f *Finder) reportStart(s Sentence, i int) int {
	j := i
	for j > s.First && j > i-maxName && f.words[j-1].mention < 0 {
		k := j - 1
		t := f.d.Tokens[k]
		switch {
		case t.Hash == hClose && k-2 >= s.First && f.d.Tokens[k-2].Hash == hOpen && f.d.Tokens[k-1].Shape == Caps:
			j = k - 2
			continue
		case f.yearAt(k):
			j = k
			if k > s.First && f.is(k-1, isMonth) && f.is(k-1, isCap) {
				j = k - 1
			}
			return j
		case f.is(k, inCaps) && f.is(k, isFunction) && !reportLead[t.Lower]:
			return j
		case f.is(k, inCaps) && t.Shape == Caps && !reportLead[t.Lower] && !f.is(k, isNoise) && !ordinals[t.Lower]:
			return j
		case f.is(k, isFirst) && f.is(k, isFunction):
			return j
		case t.Shape == Caps && !f.is(k, inCaps) && f.isBody(k):
			return j
		case t.Shape == Caps && f.is(k, isNoise) || f.nameWord(k, s) || f.is(k, inCaps) && t.Shape == Caps:
			if f.is(k, isDemonym) || f.is(k, isTitle) {
				return j
			}
			j = k
			continue
		case (f.at(k, hIn) || f.at(k, hAnd) || f.at(k, hOf)) && k > s.First && f.nameWord(k-1, s) && j < i && f.is(j, isCap):
			j = k - 1
			continue
		}
		break
	}
	return j
}

// isBody reports whether the gazetteer knows token k as an agency or organization.
func (f *Finder) isBody(k int) bool {
	e, _ := f.longestOf(k, func(e *entry) bool {
		return e.class == className && (e.kind == vocab.Agency || e.kind == vocab.Organization)
	})
	return e != nil
}

var ordinals = words("ordinals")

// namesReport reports whether the words before the head make it one known
// report, not any report: a year, an acronym, or two capitalised words.
func (f *Finder) namesReport(first, head int, s Sentence) bool {
	n := 0
	for k := first; k < head; k++ {
		if f.yearAt(k) {
			return f.is(head, isCap) || head-first >= 2
		}
		if f.d.Tokens[k].Shape == Caps && !f.is(k, inCaps) && reportHeads[f.d.Tokens[head].Lower] && (f.is(head, isCap) || f.is(k, isNoise)) && f.d.Word(head) != "reports" {
			return true
		}
		if f.is(k, isCap) {
			n++
		}
	}
	return n >= 2 && f.is(head, isCap)
}

var (
	hOperation     = foldHash("operation")
	hInvestigation = foldHash("investigation")
)

// operations finds "Operation Limpieza" and "Operation Enduring Freedom".
func (f *Finder) operations(name string) {
	for s := range f.prose {
		for i := s.First; i+1 < s.Last; i++ {
			if !f.at(i, hOperation) || !f.is(i, isCap) || f.is(i, inCaps) || !f.nameWord(i+1, s) && f.d.Tokens[i+1].Hash != hQuote {
				continue
			}
			j := i + 1
			quoted := f.d.Tokens[j].Hash == hQuote
			if quoted {
				j++
			}
			for j < s.Last && f.nameWord(j, s) && !f.is(j, isTitle) {
				j++
			}
			if quoted && j < s.Last && f.d.Tokens[j].Hash == hQuote {
				j++
			}
			f.mark(i, j, Mention{Kind: vocab.Case, Subtype: "operation", Rule: name})
		}
	}
}

// cases finds proceedings by name: "Cotton Field case", "the Radilla case".
func (f *Finder) cases(name string) {
	for s := range f.prose {
		for i := s.First + 1; i < s.Last; i++ {
			if !caseHeads[f.d.Tokens[i].Lower] || f.is(i, inCaps) || f.words[i].mention >= 0 {
				continue
			}
			j := i
			if f.d.Tokens[j-1].Hash == hQuote {
				j--
			}
			for j > s.First && f.d.Tokens[j-1].Shape == Lower && caseMatters[f.d.Tokens[j-1].Lower] {
				j-- // "Harwood abduction case"
			}
			end := j
			for j > s.First && (f.nameWord(j-1, s) && !f.is(j-1, isDemonym|isTitle|isStop) || f.d.Tokens[j-1].Hash == hDash && f.touches(j-1) && f.touches(j) && j-1 > s.First && f.is(j-2, isCap)) {
				j--
			}
			if end < i && f.d.Tokens[end].Hash == hQuote && j > s.First && f.d.Tokens[j-1].Hash == hQuote {
				j--
			}
			for j < end && f.is(j, isFirst) && (f.is(j, isFunction) || f.is(j, isCommon) && !f.is(j, isSurname)) {
				j++
			}
			if j >= end || !f.namesCase(j, end) {
				continue
			}
			m := Mention{Kind: vocab.Case, Subtype: "prosecution", Rule: name}
			if f.at(i, hInvestigation) {
				m.Subtype = "investigation"
			}
			f.mark(j, i+1, m)
		}
	}
}

// namesCase reports whether the words before "case" are a name of its own, not
// a place, an agency or a concept.
func (f *Finder) namesCase(first, last int) bool {
	for k := first; k < last; k++ {
		if t := f.d.Tokens[k]; t.Shape == Mixed || t.Shape == Number {
			return false
		}
	}
	if last-first == 1 && (f.is(first, isNoise) || lawModifiers[f.d.Tokens[first].Lower] || f.d.Tokens[first].Shape == Initial) {
		return false
	}
	if e, n := f.longestOf(first, func(e *entry) bool { return e.class == className && e.kind != vocab.Person }); e != nil && first+n == last {
		return false
	}
	for k := first; k < last; k++ {
		if f.is(k, isBodyHead) && k == last-1 {
			return false
		}
	}
	return true
}
