package link

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"cablegraph/vocab"
)

// readBody takes the name of anything but a person apart. Its canonical form is
// the set of its own words: without articles and prepositions, in English where
// data/body_words.tsv knows the word, in the singular, in alphabetical order,
// without the country that it belongs to.
func (n *Name) readBody() {
	t := names()
	n.acronym = isAcronym(n.Text)
	n.words = nameWords(withoutElisions(withoutParentheses(n.Text)))
	words := n.words
	described := t.described[n.Kind]
	switch n.Kind {
	case vocab.Law, vocab.Document:
		kept := make([]string, 0, len(words))
		if n.Kind == vocab.Document {
			n.Year = edition(words)
		}
		for _, w := range words {
			switch y := year(w); {
			case y > 0 && n.Subtype != "provision":
				n.Year = y
			case n.Kind == vocab.Document && (t.role[w] == roleMonth || ordinal(w) > 0):
			default:
				kept = append(kept, w)
			}
		}
		words = kept
	case vocab.State:
		if k := len(words) - 1; k > 0 && t.role[words[k]] == roleRegion {
			words = words[:k] // "Sonora State"
		}
	}
	if n.Kind == vocab.Place || n.Kind == vocab.State {
		n.canon = strings.Join(words, " ")
		return
	}
	if n.Kind == vocab.Agency || n.Kind == vocab.Law {
		words = stripCountry(words, n.Country)
	}
	if n.acronym {
		n.letters = strings.Join(words, "")
		n.every = n.letters
	} else {
		n.letters, n.every = initials(words)
	}
	own := bodyWords(words)
	switch {
	case n.Kind == vocab.Agency:
		own = governmentWords(own)
		if i := slices.Index(own, "affair"); i >= 0 && len(own) > 2 {
			own = slices.Delete(own, i, i+1) // the "Ministry of Foreign Affairs" is the Foreign Ministry
		}
		if i := slices.Index(own, "commission"); i >= 0 && n.Subtype == "committee" {
			own[i] = "committee" // the text calls it now one, now the other
		}
	case n.Kind == vocab.Law:
		for i, w := range own {
			if rest, ok := strings.CutPrefix(w, "anti"); ok && len(rest) > 4 {
				own[i] = rest // a law against trafficking is one on trafficking
			}
		}
	}
	n.begin = beginning(words)
	if described != nil {
		named := own[:0:0]
		n.general = true
		for _, w := range own {
			switch described[w] {
			case namingWord:
				n.general = false
				named = append(named, w)
			case describedHead:
				if n.Kind == vocab.Law {
					named = append(named, lawHead(w))
				}
			}
		}
		own = named
	}
	slices.Sort(own)
	n.canon = strings.Join(slices.Compact(own), " ")
}

// ordinal returns the number of the edition that w counts, "21st" or "eighth", or 0.
func ordinal(w string) int {
	if n := len(w) - 2; n > 0 {
		switch w[n:] {
		case "st", "nd", "rd", "th":
			if k, err := strconv.Atoi(w[:n]); err == nil && k > 0 {
				return k
			}
		}
	}
	return names().ordinal[w]
}

// edition returns the year of a report that the words of its name bear, else the
// number of its edition, else 0.
func edition(words []string) int {
	number := 0
	for _, w := range words {
		if y := year(w); y > 0 {
			return y
		}
		if number == 0 {
			number = ordinal(w)
		}
	}
	return number
}

// isYear tells the year of an edition from its number.
func isYear(edition int) bool { return edition >= firstYear }

// withoutElisions cuts the elided articles and prepositions off the words of a
// name: "Ministère de l'Intérieur".
func withoutElisions(text string) string {
	if !strings.ContainsAny(text, "'’") {
		return text
	}
	fields := strings.Fields(text)
	for i, f := range fields {
		before, after, ok := strings.Cut(strings.ReplaceAll(f, "’", "'"), "'")
		if ok && len(after) > 1 && names().role[fold(before)] == roleElision {
			fields[i] = after
		}
	}
	return strings.Join(fields, " ")
}

// withoutParentheses cuts an acronym in parentheses out of a name:
// "Fisheries Protection (FP) Report".
func withoutParentheses(text string) string {
	i := strings.IndexByte(text, '(')
	j := strings.IndexByte(text, ')')
	if i <= 0 || j < i || !isAcronym(strings.TrimSpace(text[i+1:j])) {
		return text
	}
	return text[:i] + text[j+1:]
}

// inParentheses returns the short form of a name that holds an acronym in
// parentheses: "FP Report" of "Fisheries Protection (FP) Report", or "".
func inParentheses(text string) string {
	i := strings.IndexByte(text, '(')
	j := strings.IndexByte(text, ')')
	if i <= 0 || j < i || j == len(text)-1 {
		return ""
	}
	short := strings.TrimSpace(text[i+1 : j])
	if !isAcronym(short) {
		return ""
	}
	// the words that the acronym stands for
	words := strings.Fields(text[:i])
	for k := len(words) - 1; k >= 0; k-- {
		if own, every := initials(nameWords(strings.Join(words[k:], " "))); strings.EqualFold(own, short) || strings.EqualFold(every, short) {
			return strings.Join(append(append(words[:k:k], short), strings.Fields(text[j+1:])...), " ")
		}
	}
	return ""
}

// initials returns the first letters of words without the small ones, and of
// every word.
func initials(words []string) (own, every string) {
	t := names()
	a, b := make([]byte, 0, 8), make([]byte, 0, 8)
	for _, w := range words {
		b = append(b, w[0])
		switch t.role[w] {
		case roleStop, rolePreposition, roleParticle:
		default:
			a = append(a, w[0])
		}
	}
	return string(a), string(b)
}

// bodyWords returns the words that count, each in its canonical form.
func bodyWords(words []string) []string {
	t := names()
	own := make([]string, 0, len(words))
	for i := 0; i < len(words); {
		if n := t.bodyPhrase[singular(words[i])]; n > 0 {
			if as, k := phraseAt(words[i:], n); k > 0 {
				own = append(own, strings.Fields(as)...)
				i += k
				continue
			}
		}
		w := words[i]
		i++
		switch t.role[w] {
		case roleStop, rolePreposition, roleParticle:
			continue
		case rolePrefix:
			if i < len(words) { // "inter-agency" is "interagency"
				w += words[i]
				i++
			}
		}
		w = singular(w)
		if as, ok := t.body[w]; ok {
			own = append(own, strings.Fields(as)...)
			continue
		}
		own = append(own, w)
	}
	if i := slices.Index(own, "office"); i >= 0 && slices.ContainsFunc(own, func(w string) bool { return t.role[w] == roleOfficer }) {
		own = slices.Delete(own, i, i+1)
	}
	return own
}

// phraseAt returns what the longest phrase of at most n words at the start of
// words stands for, and its length.
func phraseAt(words []string, n int) (string, int) {
	t := names()
	for k := min(n, len(words)); k > 1; k-- {
		parts := make([]string, k)
		for j, w := range words[:k] {
			parts[j] = singular(w)
		}
		if as, ok := t.body[strings.Join(parts, " ")]; ok {
			return as, k
		}
	}
	return "", 0
}

// singular strips the plural of an English, Spanish, Portuguese or French word
// in the simplest way; the tables hold words so stripped.
func singular(w string) string {
	n := len(w)
	switch {
	case n < 4 || w[n-1] != 's' || w[n-2] == 's' || w[n-2] == 'u' || strings.HasSuffix(w, "is"):
		return w
	case strings.HasSuffix(w, "ies") && n > 4:
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "ciones"):
		return w[:n-2]
	}
	return w[:n-1]
}

// beginning returns the canonical form of what stands before the first
// preposition behind two words and more: "Arctic Court" of "Arctic Court of
// Fisheries". It is "" where that would say too little.
func beginning(words []string) string {
	t := names()
	for i, w := range words {
		if r := t.role[w]; i < 2 || r != rolePreposition && r != roleParticle {
			continue
		}
		own := bodyWords(words[:i])
		if !slices.ContainsFunc(own, t.topical) {
			return ""
		}
		slices.Sort(own)
		return strings.Join(slices.Compact(own), " ")
	}
	return ""
}

// governmentWords makes the names of a country's government one: "federal
// government", "central government".
func governmentWords(own []string) []string {
	t := names()
	if !slices.Contains(own, "government") {
		return own
	}
	for _, w := range own {
		if w != "government" && t.role[w] != roleWhole {
			return own
		}
	}
	return []string{"government"}
}

// lawHead makes one of the words for a law: a bill is the law that it becomes.
func lawHead(w string) string {
	switch w {
	case "act", "bill", "legislation", "statute":
		return "law"
	}
	return w
}

// describes reports whether a law is described rather than named: its head noun
// is in lower case ("the new fisheries law").
func (n *Name) describes() bool {
	if n.acronym {
		return false
	}
	heads := names().described[n.Kind]
	described := false
	for _, f := range strings.Fields(n.Text) {
		if heads[singular(strings.Trim(fold(f), " .,;:'\""))] != describedHead {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(f); unicode.IsUpper(r) {
			return false
		}
		described = true
	}
	return described
}

// beginningOfName is the feature of a name that another goes on from.
const beginningOfName = "beginning of the name"

// compareBodies appends the features of two names of bodies, places, laws,
// cases or documents.
func compareBodies(a, b *Name, why []Feature) []Feature {
	if a.Country != "" && b.Country != "" && a.Country != b.Country {
		return append(why, Feature{"other country", 0})
	}
	if a.Year != 0 && b.Year != 0 && a.Year != b.Year {
		return append(why, Feature{"other year", 0})
	}
	if len(a.words) > len(b.words) {
		a, b = b, a
	}
	switch {
	case a.canon == "" || b.canon == "":
		return append(why, Feature{"describes", 0})
	case a.canon == b.canon:
		why = append(why, Feature{"same words", 0.9})
	case a.acronym != b.acronym && len(a.letters) >= 3 && (a.letters == b.letters || a.every == b.every):
		why = append(why, Feature{"initials", 0.7})
	case a.acronym && b.acronym && len(a.canon) >= 3 && len(a.words) == 1 && len(b.words) > 1 && endsWith(a, b):
		why = append(why, Feature{"acronym without that of its parent", 0.65}) // "ABC/DEF" and "DEF"
	case a.acronym || b.acronym:
		return append(why, Feature{"another acronym", 0})
	case shortens(a, b):
		why = append(why, Feature{beginningOfName, 0.65})
	case len(a.canon) >= 12 && within1(a.canon, b.canon) && !hasDigit(a.canon) && !hasDigit(b.canon):
		why = append(why, Feature{"spelled otherwise", 0.75})
	case endsWith(a, b):
		why = append(why, Feature{"end of the name", 0.5})
	default:
		return append(why, Feature{"other words", 0})
	}
	if a.Country == b.Country && a.Country != "" {
		why = append(why, Feature{"same country", 0.1})
	}
	if a.Year != 0 && a.Year == b.Year {
		why = append(why, Feature{"same year", 0.05})
	}
	return why
}

// shortens reports whether a is the beginning of b up to a preposition: "Arctic
// Court" of "Arctic Court of Fisheries". A single word is no such beginning.
func shortens(a, b *Name) bool {
	t := names()
	wa, wb := a.words, b.words
	if len(wa) < 2 || len(wa) >= len(wb) || !slices.Equal(wa, wb[:len(wa)]) {
		return false
	}
	r := t.role[wb[len(wa)]]
	return r == rolePreposition || r == roleParticle || r == roleStop
}

// endsWith reports whether the words of a end those of b, as "Juarez" ends
// "Ciudad Juarez".
func endsWith(a, b *Name) bool {
	wa, wb := a.words, b.words
	return len(wa) > 0 && len(wa) < len(wb) && slices.Equal(wa, wb[len(wb)-len(wa):])
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }
