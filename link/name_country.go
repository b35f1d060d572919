package link

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// countryWords returns the folded words of the country's English name.
var countryWords = func() func(country string) []string {
	var known sync.Map // country → []string
	namer := display.English.Regions()
	return func(country string) []string {
		if words, ok := known.Load(country); ok {
			return words.([]string)
		}
		var words []string
		if r, err := language.ParseRegion(country); err == nil {
			words = nameWords(namer.Name(r))
		}
		known.Store(country, words)
		return words
	}
}()

// ofCountry reports whether a folded word is the country's name or an
// adjective made of it: "mexico" and "mexican" of MX. An adjective that does not
// look like the name is known by its ending ("dutch", "polish"): the first word
// of a public body's name that ends so is one.
func ofCountry(word, country string) bool {
	if country == "US" && (word == "us" || word == "usa" || word == "american") {
		return true
	}
	if country == "GB" && (word == "uk" || word == "british") {
		return true
	}
	for _, name := range countryWords(country) {
		if word == name && len(word) > 3 {
			return true
		}
		k := 0
		for k < len(word) && k < len(name) && word[k] == name[k] {
			k++
		}
		if k >= 4 && k >= len(name)-3 && len(word)-k <= 4 || k == 3 && len(name) <= 5 && len(word)-k <= 4 && len(word) > 4 {
			for _, end := range adjectiveEnds {
				if strings.HasSuffix(word, end) {
					return true
				}
			}
		}
	}
	for _, end := range irregularEnds {
		if strings.HasSuffix(word, end) {
			return true
		}
	}
	return false
}

var (
	adjectiveEnds = []string{"an", "ian", "ean", "ese", "i", "ish", "ine", "ic", "ese", "e", "ek", "o", "ois", "s", "h", "t"}
	irregularEnds = []string{"utch", "ench", "ish", "swiss", "nese", "mese"}
)

// stripCountry returns the words of a body's or law's name without its
// country: "Mexican Congress", "Government of Mexico", "Mexico's constitution".
func stripCountry(words []string, country string) []string {
	if country == "" || len(words) < 2 {
		return words
	}
	t := names()
	i := 0
	for i < len(words)-1 && t.role[words[i]] == roleStop {
		i++
	}
	start := i
	for i < len(words)-1 && ofCountry(words[i], country) {
		i++
	}
	// "United States", "Cote d'Ivoire": all words of the name
	if full := countryWords(country); i == start && len(full) > 1 && len(words)-i > len(full) && contains(full, words[i:i+len(full)]) {
		i += len(full)
	}
	words = words[i:]
	for j := len(words) - 2; j >= 1 && j >= len(words)-5; j-- {
		if t.role[words[j]] != rolePreposition && t.role[words[j]] != roleParticle {
			continue
		}
		if t.role[words[j-1]] == rolePreposition || t.role[words[j-1]] == roleParticle {
			continue
		}
		rest := words[j+1:]
		for len(rest) > 1 && (t.role[rest[0]] == roleStop || t.role[rest[0]] == roleParticle) {
			rest = rest[1:]
		}
		if contains(countryWords(country), rest) || len(rest) == 1 && ofCountry(rest[0], country) {
			return words[:j]
		}
	}
	return words
}
