package score

import (
	"strconv"
	"strings"
	"unicode"
)

// numberRoles hold numbers, in words or figures.
var numberRoles = [...]string{"count", "amount", "term", "share", "tier"}

var numberWords = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
}

var scaleWords = map[string]float64{"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9}

// parseNumber returns the first number of a text, one in figures before one in
// words: "nine years" is 9, "$7 million" 7e6, "1,500" 1500.
func parseNumber(text string) (n float64, ok bool) {
	text = strings.ToLower(text)
	digit := func(i int) bool { return i < len(text) && text[i] >= '0' && text[i] <= '9' }
	rest := ""
	if start := strings.IndexAny(text, "0123456789"); start >= 0 {
		end := start
		for digit(end) || end < len(text) && text[end] == ',' {
			end++
		}
		if end < len(text) && text[end] == '.' && digit(end+1) {
			for end++; digit(end); {
				end++
			}
		}
		var err error
		if n, err = strconv.ParseFloat(strings.ReplaceAll(text[start:end], ",", ""), 64); err != nil {
			return 0, false
		}
		rest = text[end:]
	} else {
		for rest = text; !ok; {
			var word string
			if word, rest = nextWord(rest); word == "" {
				return 0, false
			}
			n, ok = numberWords[word]
		}
	}
	if word, _ := nextWord(rest); scaleWords[word] > 0 {
		n *= scaleWords[word]
	}
	return n, true
}

// nextWord returns the first word of text, and what follows it.
func nextWord(text string) (word, rest string) {
	inWord := func(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }
	text = strings.TrimLeftFunc(text, func(r rune) bool { return !inWord(r) })
	rest = strings.TrimLeftFunc(text, inWord)
	return text[:len(text)-len(rest)], rest
}
