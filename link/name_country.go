package link

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// countryName is the English name of a country for comparison.
type countryName struct {
	words  []string // folded
	hashes []uint64 // of its short forms, as rules/demonyms.tsv spells them
}

// nameOfCountry returns the name of the country with an ISO 3166-1 code.
var nameOfCountry = func() func(country string) *countryName {
	var known sync.Map // country → *countryName
	namer := display.English.Regions()
	return func(country string) *countryName {
		if n, ok := known.Load(country); ok {
			return n.(*countryName)
		}
		n := &countryName{}
		if r, err := language.ParseRegion(country); err == nil {
			full := namer.Name(r) // "Myanmar (Burma)"
			n.words = nameWords(full)
			for part := range strings.SplitSeq(strings.ReplaceAll(full, ")", ""), "(") {
				n.hashes = append(n.hashes, wordHash(strings.TrimSpace(part)))
			}
		}
		known.Store(country, n)
		return n
	}
}()

// ofCountry reports whether a folded word is the country's name or an adjective
// made of it: "mexico" and "mexican" of MX, "dutch" of NL.
func ofCountry(word, country string) bool {
	n := nameOfCountry(country)
	if w := Default().lex.known(wordHash(word)); w != nil && w.class&demonym != 0 && slices.Contains(n.hashes, w.state) {
		return true
	}
	switch country {
	case "US":
		return word == "us" || word == "usa"
	case "GB":
		return word == "uk"
	}
	for _, name := range n.words {
		if word == name && len(word) > 3 {
			return true
		}
		// an adjective that the table does not have
		k := 0
		for k < len(word) && k < len(name) && word[k] == name[k] {
			k++
		}
		if k >= 4 && k >= len(name)-2 && len(word)-k <= 4 && strings.HasSuffix(word, "n") {
			return true
		}
	}
	return false
}

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
	if full := nameOfCountry(country).words; i == start && len(full) > 1 && len(words)-i > len(full) && contains(full, words[i:i+len(full)]) {
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
		if contains(nameOfCountry(country).words, rest) || len(rest) == 1 && ofCountry(rest[0], country) {
			return words[:j]
		}
	}
	return words
}
