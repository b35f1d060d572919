package link

import "strings"

// readPerson takes a personal name apart.
func (n *Name) readPerson() {
	t := names()
	text := n.Text
	if family, given, ok := strings.Cut(text, ","); ok && strings.TrimSpace(given) != "" && t.role[strings.Trim(fold(given), " .")] != roleGeneration {
		text = given + " " + family // "MORALES, Ana"
	}
	all := nameWords(text)
	for i, w := range all {
		switch t.role[w] {
		case roleGeneration:
			if i > 0 {
				n.suffix = w
				continue
			}
		case roleParticle:
			if len(all) > 1 && i < len(all)-1 {
				continue
			}
		}
		if as, ok := t.romanised[w]; ok {
			w = as
		}
		n.words = append(n.words, w)
		sound := ""
		if len(w) >= 4 {
			sound = skeleton(w)
		}
		n.sounds = append(n.sounds, sound)
	}
	// the last word with the particles before it, as "CdeBaca" has them
	if k := len(all) - 1; k >= 0 {
		if n.suffix == all[k] && k > 0 {
			k--
		}
		j := k
		for j > 0 && t.role[all[j-1]] == roleParticle {
			j--
		}
		n.glued = strings.Join(all[j:k+1], "")
	}
}

// familyFirst reports whether the family name stands first, as in "Hu Jintao",
// and the language in which it does.
func (n *Name) familyFirst() (language string, ok bool) {
	if len(n.words) < 2 || len(n.words) > 4 {
		return "", false
	}
	language, ok = names().familyFirst[n.words[0]]
	if _, also := names().familyFirst[n.words[len(n.words)-1]]; also && len(n.words) == 2 {
		ok = false // "Kim Park": no telling
	}
	return language, ok
}

// callNames returns the range of the words of a full name by any of which alone its bearer
// may be called: the last, and of three and more the last but one ("Ana Morales
// Ruiz" is "Morales"); the first of a Chinese or Korean name, the last of a
// Vietnamese one.
func (n *Name) callNames() (first, last int) {
	k := len(n.words)
	switch language, ok := n.familyFirst(); {
	case ok && language == "vi" || k == 2 && !ok:
		return k - 1, k
	case ok:
		return 0, 1
	}
	return k - 2, k
}

// bare reports whether n is a single word: a surname, a nickname.
func (n *Name) bare() bool { return len(n.words) < 2 }

// calledBy reports whether word i is one of the callNames.
func (n *Name) calledBy(i int) bool {
	first, last := n.callNames()
	return i >= first && i < last
}

// wordMatch says how two words of personal names agree.
type wordMatch uint8

const (
	noMatch wordMatch = iota
	initialMatch
	soundMatch // the same name romanised otherwise
	typoMatch
	nickMatch
	equalMatch
)

// matchWords compares word i of a with word j of b.
func matchWords(x *Name, i int, y *Name, j int) wordMatch {
	switch a, b := x.words[i], y.words[j]; {
	case a == b:
		return equalMatch
	case len(a) == 1 || len(b) == 1:
		if a[0] == b[0] {
			return initialMatch
		}
		return noMatch
	case j == 0 && (names().given[a] == b || names().given[b] == a):
		return nickMatch
	case len(a) >= 5 && len(b) >= 5 && a[0] == b[0] && within1(a, b):
		if j > 0 || len(a) >= 6 && len(b) >= 6 && a[len(a)-1] == b[len(b)-1] {
			return typoMatch // but "Mario" and "Maria" are two
		}
	case x.sounds[i] != "" && x.sounds[i] == y.sounds[j]:
		return soundMatch
	}
	return noMatch
}

// bothFamilyNames is the feature of a name that lacks the given name of another.
const bothFamilyNames = "both family names"

// comparePersons appends the features of two personal names. The name of fewer
// words must be the other with words left out or made initials.
func comparePersons(a, b *Name, why []Feature) []Feature {
	if len(a.words) > len(b.words) {
		a, b = b, a
	}
	if len(a.words) == 0 {
		return append(why, Feature{"no words", 0})
	}
	if a.suffix != "" && b.suffix != "" && (a.suffix == "jr" || a.suffix == "junior") != (b.suffix == "jr" || b.suffix == "junior") {
		return append(why, Feature{"father and son", 0})
	}
	// each word of a to the next word of b that it matches
	worst := equalMatch
	full, firstAt, lastAt, at := 0, -1, -1, 0
	for i, w := range a.words {
		m := noMatch
		for ; at < len(b.words) && m == noMatch; at++ {
			m = matchWords(a, i, b, at)
		}
		if m == noMatch {
			if i == len(a.words)-1 && min(len(a.glued), len(b.glued)) >= 5 && within1(a.glued, b.glued) && (i == 0 || firstAt == 0) {
				m, at = typoMatch, len(b.words) // "de Vargas" and "DeVargas"
			} else {
				return append(why, Feature{"another name: " + w, 0})
			}
		}
		if i == 0 {
			firstAt = at - 1
		}
		lastAt = at - 1
		if m == initialMatch && (len(w) > 1 || len(b.words[at-1]) > 1) {
			worst = min(worst, m)
			continue
		}
		full++
		worst = min(worst, m)
	}
	n := len(b.words)
	switch {
	case len(a.words) == n && worst == equalMatch && n >= 2:
		why = append(why, Feature{"same full name", 0.9})
		if n >= 3 {
			why = append(why, Feature{"three words and more", 0.05})
		}
	case len(a.words) == n && n == 1:
		why = append(why, Feature{"same single name", 0.6})
	case full == 0:
		return append(why, Feature{"initials only", 0})
	case len(a.words) == 1 && b.calledBy(lastAt):
		why = append(why, Feature{"family name only", 0.6})
	case len(a.words) == 1 && lastAt == 0:
		why = append(why, Feature{"given name only", 0.4})
	case len(a.words) == 1:
		why = append(why, Feature{"middle name only", 0.45})
	case firstAt == 0 && lastAt == 0:
		return append(why, Feature{"given name only", 0.4})
	case firstAt == 0:
		why = append(why, Feature{"given and family name", 0.85})
	case lastAt-firstAt == len(a.words)-1 && lastAt == n-1:
		why = append(why, Feature{bothFamilyNames, 0.8})
	default:
		why = append(why, Feature{"part of the name", 0.5})
	}
	switch worst {
	case initialMatch:
		why = append(why, Feature{"initial for a name", -0.05})
	case nickMatch:
		why = append(why, Feature{"short form of a given name", -0.02})
	case typoMatch:
		why = append(why, Feature{"spelled otherwise", -0.1})
	case soundMatch:
		why = append(why, Feature{"romanised otherwise", -0.16})
	}
	if (worst == typoMatch || worst == soundMatch) && len(a.words) > 1 && len(a.words) != n {
		why = append(why, Feature{"shortened, too", -0.15})
	}
	switch {
	case a.Country == "" || b.Country == "":
	case a.Country == b.Country:
		why = append(why, Feature{"same country", 0.1})
	default:
		why = append(why, Feature{"other country", -0.05})
	}
	return why
}
