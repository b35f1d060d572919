package link

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-unidecode"

	"cablegraph/entity"
	"cablegraph/vocab"
)

// Name is a name of an entity as one cable prints it, taken apart for
// comparison. Make it with NewName.
type Name struct {
	Kind    vocab.Kind
	Subtype string
	Text    string
	Country string // ISO 3166-1 alpha-2 of its surroundings, "" where it is unknown or means nothing
	Year    int    // that the name bears: 2005 of "TVPRA of 2005"; of a report without one the number of its edition; or 0

	words   []string // folded: a person's without particles, a body's as printed
	sounds  []string // skeletons of a person's words, "" where they would say too little
	glued   string   // a person's family names and particles in one: "debaca"
	suffix  string   // "jr"
	canon   string   // a body's, law's, case's or report's own words in a fixed language and order
	begin   string   // canon of the words before a preposition, by which alone it may be called
	letters string   // the initials of its words, "inm", or the acronym itself
	every   string   // the initials with those of the small words, "tip" of "Trafficking in Persons"
	acronym bool     // a single word of capitals: "INM"
	general bool     // describes without naming: "the new law"
}

// Feature is one reason for or against two names meaning the same entity.
type Feature struct {
	Name   string
	Weight float64
}

// Same is the score from which Compare takes two names for the same.
const Same = 0.8

// Compare returns how surely a and b name the same entity, from 0 to 1, and
// the features that the score adds up. It looks at the names alone: what a
// cable ties together, and who else bears such a name, is for Resolve.
func Compare(a, b Name) (score float64, why []Feature) { return compare(&a, &b, nil) }

// compare appends the features to why.
func compare(a, b *Name, why []Feature) (float64, []Feature) {
	first := len(why)
	switch {
	case a.Kind != b.Kind:
		why = append(why, Feature{"kinds differ", 0})
	case a.Kind == vocab.Person:
		why = comparePersons(a, b, why)
	default:
		why = compareBodies(a, b, why)
	}
	return total(why[first:]), why
}

// total returns the score that features add up to, from 0 to 1. Weights are
// hundredths, and so is their sum.
func total(why []Feature) float64 {
	score := 0.0
	for _, f := range why {
		score += f.Weight
	}
	return min(max(math.Round(100*score)/100, 0), 1)
}

// NewName takes a name apart. Country is that of its surroundings: of the word
// that it belongs to, or of the cable's post.
func NewName(kind vocab.Kind, subtype, text, country string) Name {
	n := Name{Kind: kind, Subtype: subtype, Text: text, Country: country}
	switch kind {
	case vocab.Person:
		n.readPerson()
	default:
		n.readBody()
	}
	return n
}

// fold returns s in lower-case ASCII: diacritics stripped, other scripts
// transliterated.
func fold(s string) string {
	s = entity.Fold(s)
	for i := range len(s) {
		if s[i] >= 0x80 {
			return strings.ToLower(unidecode.Unidecode(s))
		}
	}
	return s
}

// nameWords returns the folded words of a name. Apostrophes and lost letters
// inside a word are dropped with the possessive ("O???Reilly" is "oreilly",
// "Mexico's" "mexico"), the points of an abbreviation too ("U.S." is "us");
// hyphens and slashes divide.
func nameWords(text string) []string {
	s := fold(text)
	words := make([]string, 0, 6)
	word := make([]byte, 0, 16)
	letterAt := func(i int) bool {
		return i < len(s) && (s[i] >= 'a' && s[i] <= 'z' || s[i] >= '0' && s[i] <= '9')
	}
	flush := func() {
		if len(word) > 0 {
			words = append(words, string(word))
			word = word[:0]
		}
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case letterAt(i):
			word = append(word, c)
		case c == '\'' || c == '`':
			if len(word) > 0 && letterAt(i+1) && s[i+1] == 's' && !letterAt(i+2) {
				i++ // the possessive
			} else if !letterAt(i + 1) {
				flush()
			}
		case c == '?' && len(word) > 0:
			j := i
			for j < len(s) && s[j] == '?' {
				j++
			}
			if !letterAt(j) {
				flush()
			}
			i = j - 1
		case c == '.' && letterAt(i+1) && (len(word) == 1 || i >= 2 && s[i-2] == '.') && !letterAt(i+2):
			// "u.s": the abbreviation goes on
		case c == '&':
			flush()
			words = append(words, "and")
		default:
			flush()
		}
	}
	flush()
	return words
}

// isAcronym reports whether text is one word of capitals, such as "INM",
// "GoB" or "G/TIP".
func isAcronym(text string) bool {
	upper, lower := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		case unicode.IsSpace(r):
			return false
		}
	}
	return upper >= 2 && lower <= upper/2 && upper+lower <= 12
}

// firstYear is the first that is taken for a year in a name.
const firstYear = 1700

// year returns the year that word is, or 0.
func year(word string) int {
	if len(word) != 4 || word[0] != '1' && word[0] != '2' {
		return 0
	}
	y := 0
	for i := range len(word) {
		if word[i] < '0' || word[i] > '9' {
			return 0
		}
		y = 10*y + int(word[i]-'0')
	}
	if y < firstYear || y > 2100 {
		return 0
	}
	return y
}

// within1 reports whether one insertion, deletion, replacement or swap of
// neighbours makes a into b.
func within1(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) || a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// skeleton returns the consonants of a folded word and the number of its
// syllables such that the usual romanisations of an Arabic or Slavic name
// agree: "qadhafi", "kaddafi" and "gaddafi" are "kdf3".
func skeleton(word string) string {
	b := make([]byte, 0, len(word))
	syllables, vowel := 0, false
	for i := 0; i < len(word); i++ {
		c := word[i]
		switch c {
		case 'a', 'e', 'i', 'o', 'u', 'y':
			if !vowel {
				syllables++
			}
			vowel = true
			continue
		case 'h':
			continue
		case 'q', 'g', 'c', 'j':
			c = 'k'
		case 'z':
			c = 's'
		case 'w':
			c = 'v'
		}
		if vowel || len(b) == 0 || b[len(b)-1] != c {
			b = append(b, c)
		}
		vowel = false
	}
	if len(b) < 3 {
		return ""
	}
	return string(append(b, byte('0'+min(syllables, 9))))
}

// contains reports whether every word of short is one of long.
func contains(long, short []string) bool {
	for _, w := range short {
		if !slices.Contains(long, w) {
			return false
		}
	}
	return true
}
