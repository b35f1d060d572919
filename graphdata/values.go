package graphdata

import (
	"strconv"
	"strings"
	"unicode"
)

// period is the time that an ISO date of any precision covers, as the first
// and last day in a form that compares as text: "2007-04-00", "2007-04-99".
type period struct{ first, last string }

// parsePeriod reads "2007", "2007-04", "2007-04-16" or a range of two of them
// with a slash.
func parsePeriod(s string) (period, bool) {
	from, to, isRange := strings.Cut(s, "/")
	if !isRange {
		to = from
	}
	if !isDate(from) || !isDate(to) {
		return period{}, false
	}
	return period{from + "-00-00"[:10-len(from)], to + "-99-99"[:10-len(to)]}, true
}

// isDate reports whether s is a year, a month or a day in ISO 8601.
func isDate(s string) bool {
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return false
	}
	for i, c := range s {
		if isMark := i == 4 || i == 7; isMark != (c == '-') || !isMark && (c < '0' || c > '9') {
			return false
		}
	}
	return (len(s) < 7 || s[5:7] >= "01" && s[5:7] <= "12") && (len(s) < 10 || s[8:10] >= "01" && s[8:10] <= "31")
}

func (p period) year() int {
	n, _ := strconv.Atoi(p.first[:4])
	return n
}

// overlaps reports whether both may be the same time, given differently.
func (p period) overlaps(o period) bool { return p.first <= o.last && o.first <= p.last }

// parseMonths reads how long a term or penalty is: "nine years", "25 years and
// six months", "six to 12 years", "up to 10 years", "at least 18 months". It
// returns the least and the most, in months, 0 where the text sets no such
// limit. Where the text gives several terms it returns 0 and 0: which one is
// meant it cannot tell. Days and weeks are not counted: they are as often
// units of a fine.
func parseMonths(text string) (least, most int) {
	w := words(text)
	terms := 0
	for i := 0; i < len(w); {
		low, n := number(w[i:])
		if n == 0 {
			i++
			continue
		}
		before := w[:i]
		i += n
		high := low
		if i < len(w) && (w[i] == "to" || w[i] == "-" || w[i] == "or" || w[i] == "and" && endsWith(before, "between")) {
			if m, n := number(w[i+1:]); n > 0 {
				high = m
				i += 1 + n
			}
		}
		if i < len(w) && w[i] == "-" { // "18-year"
			i++
		}
		unit := monthsOf(w, i)
		if unit == 0 {
			continue
		}
		i++
		low, high = low*unit, high*unit
		// "… years and six months", "… years 6 months"
		j := i
		if j < len(w) && (w[j] == "and" || w[j] == ",") {
			j++
		}
		if m, n := number(w[min(j, len(w)):]); unit == 12 && n > 0 && monthsOf(w, j+n) == 1 {
			low, high = low+m, high+m
			i = j + n + 1
		}
		if terms++; terms > 1 {
			return 0, 0
		}
		least, most = low, high
		switch {
		case endsWith(before, "up", "to"), endsWith(before, "maximum", "of"), endsWith(before, "at", "most"), endsWith(before, "not", "more", "than"):
			least = 0
		case endsWith(before, "at", "least"), endsWith(before, "minimum", "of"), endsWith(before, "more", "than"), endsWith(before, "over"):
			most = 0
		}
	}
	return least, most
}

func endsWith(w []string, last ...string) bool {
	if len(w) < len(last) {
		return false
	}
	for i, s := range last {
		if w[len(w)-len(last)+i] != s {
			return false
		}
	}
	return true
}

// monthsOf returns how many months the unit at w[i] has, 0 where it is none.
func monthsOf(w []string, i int) int {
	if i >= len(w) {
		return 0
	}
	switch strings.TrimSuffix(w[i], "s") {
	case "year":
		return 12
	case "month":
		return 1
	}
	return 0
}

var numberWords = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
	"seventy": 70, "eighty": 80, "ninety": 90,
}

// number reads the number that w begins with, in digits or in words below one
// hundred, and returns how many words it takes.
func number(w []string) (value, n int) {
	if len(w) == 0 {
		return 0, 0
	}
	if v, err := strconv.Atoi(strings.ReplaceAll(w[0], ",", "")); err == nil && v >= 0 && v < 1e6 {
		return v, 1
	}
	v := numberWords[w[0]]
	if v == 0 {
		return 0, 0
	}
	if v >= 20 && len(w) > 2 && w[1] == "-" && numberWords[w[2]] > 0 && numberWords[w[2]] < 10 {
		return v + numberWords[w[2]], 3
	}
	if v >= 20 && len(w) > 1 && numberWords[w[1]] > 0 && numberWords[w[1]] < 10 {
		return v + numberWords[w[1]], 2
	}
	return v, 1
}

// words splits text into lower-case words, numbers and single marks.
func words(text string) []string {
	var w []string
	text = strings.ToLower(text)
	for i := 0; i < len(text); {
		c := rune(text[i])
		switch {
		case unicode.IsSpace(c):
			i++
			continue
		case c >= '0' && c <= '9':
			j := i
			for j < len(text) && (text[j] >= '0' && text[j] <= '9' ||
				(text[j] == ',' || text[j] == '.') && j+1 < len(text) && text[j+1] >= '0' && text[j+1] <= '9') {
				j++
			}
			w = append(w, text[i:j])
			i = j
			continue
		}
		j := strings.IndexFunc(text[i:], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
		switch {
		case j < 0:
			j = len(text) - i
		case j == 0:
			j = len(string([]rune(text[i:])[:1]))
		}
		w = append(w, text[i:i+j])
		i += j
	}
	return w
}

// amount is a sum of money: what the digits say, times thousand, million or
// billion, and the words and signs around it that may be a currency.
type amount struct {
	value    float64
	currency string
}

// parseAmount reads "7 million USD", "US$7 million", "70 million pesos".
func parseAmount(text string) (amount, bool) {
	w := words(text)
	var a amount
	found := false
	for i := 0; i < len(w); i++ {
		v, n, err := 0.0, 1, error(nil)
		if c := w[i][0]; c >= '0' && c <= '9' {
			v, err = strconv.ParseFloat(strings.ReplaceAll(w[i], ",", ""), 64)
		} else {
			var whole int
			whole, n = number(w[i:])
			v = float64(whole)
		}
		switch {
		case err != nil || n > 0 && found:
			return amount{}, false // several figures: which one is meant cannot be told
		case n > 0:
			found = true
			i += n - 1
			if i+1 < len(w) {
				if scale, ok := scales[w[i+1]]; ok {
					v *= scale
					i++
				}
			}
			a.value = v
		case currencies[w[i]] != "":
			a.currency = currencies[w[i]]
		case a.currency == "" && found && strings.HasSuffix(w[i], "s"): // pesos, euros, kroner
			a.currency = w[i]
		}
	}
	return a, found
}

var scales = map[string]float64{"thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}

var currencies = map[string]string{"$": "usd", "usd": "usd", "dollars": "usd", "dollar": "usd", "eur": "euros", "€": "euros"}
