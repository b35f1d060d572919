package link

import (
	"strconv"
	"strings"

	"cablegraph/entity"
)

// numerals are the number words; "twenty-five" is two of them.
var numerals = map[string]int32{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
	"seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000, "million": 1000000, "dozen": 12,
}

var scales = map[uint64]float64{
	wordHash("hundred"): 100, wordHash("thousand"): 1e3, wordHash("million"): 1e6, wordHash("billion"): 1e9,
	wordHash("trillion"): 1e12, wordHash("dozen"): 12,
}

var (
	hDollar, hUS, hUSDot         = wordHash("$"), wordHash("us"), wordHash("u.s.")
	hPercentSign, hPercent, hPer = wordHash("%"), wordHash("percent"), wordHash("per")
	hCent, hApostrophe           = wordHash("cent"), wordHash("'")
	hOld, hAge, hLife, hOr       = wordHash("old"), wordHash("age"), wordHash("life"), wordHash("or")
	hImprisonment, hSentence     = wordHash("imprisonment"), wordHash("sentence")
	hPrison, hSentences          = wordHash("prison"), wordHash("sentences")
	hSentenced, hPoint           = wordHash("sentenced"), wordHash(".")
)

var termUnits = map[uint64]string{
	hYear: "year", hYears: "year", hMonth: "month", hMonths: "month",
	wordHash("week"): "week", wordHash("weeks"): "week", wordHash("day"): "day", wordHash("days"): "day",
}

// amount reads the number that starts at token i: digits with commas, number
// words, a scale behind them. It returns the token behind it, or i.
func (t *dater) amount(i int) (int, float64) {
	if i >= t.end {
		return i, 0
	}
	n, j := 0.0, i
	if t.doc.Tokens[i].Shape == entity.Number {
		f, err := strconv.ParseFloat(strings.ReplaceAll(t.doc.Word(i), ",", ""), 64)
		if err != nil {
			return i, 0
		}
		n, j = f, i+1
	} else if w := t.word(i); w != nil && w.number > 0 && w.number < 100 && scales[t.doc.Tokens[i].Lower] == 0 {
		n, j = float64(w.number), i+1
		if w.number >= 20 {
			k := j
			if t.is(k, hHyphen) {
				k++
			}
			if u := t.word(k); u != nil && u.number > 0 && u.number < 10 {
				n, j = n+float64(u.number), k+1
			}
		}
	} else if t.is(i, hA) && i+1 < t.end && scales[t.doc.Tokens[i+1].Lower] > 0 {
		return i + 2, scales[t.doc.Tokens[i+1].Lower]
	} else {
		return i, 0
	}
	for j < t.end {
		k := j
		if t.is(k, hHyphen) && k+1 < t.end && scales[t.doc.Tokens[k+1].Lower] > 0 {
			k++
		}
		s := scales[t.doc.Tokens[k].Lower]
		if s == 0 {
			break
		}
		n, j = n*s, k+1
	}
	return j, n
}

// money reads an amount with its currency: "$7 million USD", "70 million
// pesos", "EUR 300,000". Its text is the number in full and the currency: "7000000 USD".
func (t *dater) money(i int) (int, string) {
	j, currency := i, ""
	for j < t.end && j < i+3 {
		if c := t.lex.currencies[t.doc.Tokens[j].Lower]; c != "" {
			currency = c
			j++
			continue
		}
		if t.is(j, hUS, hUSDot) && j+1 < t.end && t.is(j+1, hDollar) {
			j++
			continue
		}
		break
	}
	if j > i && currency == "" {
		return i, ""
	}
	if j > i && t.doc.Tokens[i].Shape == entity.Lower {
		return i, "" // "pesos 5"
	}
	k, n := t.amount(j)
	if k == j {
		return i, ""
	}
	for k < t.end && k < j+6 {
		c := t.lex.currencies[t.doc.Tokens[k].Lower]
		if c == "" && t.is(k, hUS, hUSDot) && k+1 < t.end && t.lex.currencies[t.doc.Tokens[k+1].Lower] != "" {
			k++
			continue
		}
		if c == "" || currency != "" && c != currency {
			break
		}
		currency = c
		k++
	}
	if currency == "" {
		return i, ""
	}
	return k, formatNumber(n) + " " + currency
}

func formatNumber(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// percent reads "44%", "44 percent", "80 per cent".
func (t *dater) percent(i int) (int, string) {
	j, n := t.amount(i)
	if j == i {
		return i, ""
	}
	switch {
	case t.is(j, hPercentSign, hPercent):
		return j + 1, formatNumber(n) + "%"
	case t.is(j, hPer) && t.is(j+1, hCent):
		return j + 2, formatNumber(n) + "%"
	}
	return i, ""
}

// term reads a length of time: "25 years and six months", "six to 12 years",
// "two-year", "life imprisonment". Its text is figures and units: "25 years 6
// months", "6-12 years", "life". Ages ("a 16-year old", "under 18 years of
// age") and times past ("two years ago") are none.
func (t *dater) term(i int) (int, string) {
	if t.is(i, hLife) {
		if t.is(i+1, hImprisonment, hSentence, hSentences) || t.is(i+1, hIn) && t.is(i+2, hPrison) || t.is(i-1, hTo) && t.is(i-2, hSentenced) {
			return i + 1, "life"
		}
		return i, ""
	}
	j, n := t.amount(i)
	if j == i {
		return i, ""
	}
	unit, k := t.unit(j)
	s := formatNumber(n)
	if t.is(j, hTo, hHyphen, hDash, hAnd, hOr) && (unit == "") || unit != "" && t.is(k, hTo, hAnd) {
		at := j
		if unit != "" {
			at = k
		}
		if m, n2 := t.amount(at + 1); m > at+1 {
			if u2, e := t.unit(m); u2 != "" {
				switch {
				case t.is(at, hAnd) && unit != "": // "25 years and six months"
					return t.termEnd(i, e, quantity(n, unit)+" "+quantity(n2, u2))
				case unit == "" && n2 > n: // "six to 12 years"
					return t.termEnd(i, e, s+"-"+quantity(n2, u2))
				case unit != "" && !t.is(at, hAnd): // "six months to five years"
					return t.termEnd(i, e, quantity(n, unit)+" to "+quantity(n2, u2))
				}
			}
		}
	}
	if unit == "" {
		return i, ""
	}
	if t.is(k, hComma) || t.is(k, hAnd) {
		k2 := k + 1
		if t.is(k2, hAnd) {
			k2++
		}
		if m, n2 := t.amount(k2); m > k2 {
			if u2, e := t.unit(m); u2 != "" && u2 != unit {
				return t.termEnd(i, e, quantity(n, unit)+" "+quantity(n2, u2))
			}
		}
	}
	return t.termEnd(i, k, quantity(n, unit))
}

// unit reads a unit of time at token j, a hyphen before it allowed.
func (t *dater) unit(j int) (string, int) {
	if t.is(j, hHyphen) {
		j++
	}
	if j >= t.end {
		return "", j
	}
	return termUnits[t.doc.Tokens[j].Lower], j + 1
}

// termEnd refuses ages and times past.
func (t *dater) termEnd(i, k int, s string) (int, string) {
	if t.is(k, hAgo, hOld) || t.is(k, hHyphen) && t.is(k+1, hOld) || t.is(k, hOf) && t.is(k+1, hAge) {
		return i, ""
	}
	return k, s
}

// quantity returns "1 year", "9 years".
func quantity(n float64, unit string) string {
	if n != 1 {
		unit += "s"
	}
	return formatNumber(n) + " " + unit
}
