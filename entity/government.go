package entity

import (
	"strings"

	"cablegraph/vocab"
)

// governments finds the governments of countries and their acronyms: "GOM",
// "Government of Mexico", "the Mexican government", "Mexico's federal government".
func (f *Finder) governments(name string) {
	for s := range f.prose {
		for i := s.First; i < s.Last; i++ {
			if f.words[i].mention >= 0 {
				continue
			}
			if e, n := f.longestOf(i, func(e *entry) bool {
				return e.class == classGovernment && f.governs(e) && !(f.is(i, inCaps) && !strings.Contains(e.country, f.home))
			}); e != nil {
				iso := e.country
				if len(iso) != 2 {
					iso = f.home
				}
				f.markGovernment(i, i+n, countryKey(iso), iso, name)
				i += n - 1
				continue
			}
			if f.governmentAcronym(i) {
				f.markGovernment(i, i+1, countryKey(f.home), f.home, name)
				continue
			}
			if !governmentWords[f.d.Tokens[i].Lower] {
				continue
			}
			// "Government of (the Republic of) Mexico"
			if f.is(i, isCap) && i+2 < s.Last && f.at(i+1, hOf) {
				j := i + 2
				if f.at(j, hThe) {
					j++
				}
				if e, n := f.country(j); e != nil && j < s.Last {
					f.markGovernment(i, j+n, e.key, e.country, name)
					i = j + n - 1
					continue
				}
			}
			if f.at(i+1, hOf) {
				continue
			}
			// "the Mexican (federal) government", "Mexico's federal government", "the U.S. Government"
			j := i
			for j > s.First && governmentAdjectives[f.d.Tokens[j-1].Lower] {
				j--
			}
			if j > s.First && f.is(j-1, isDemonym) {
				if key, iso := f.demonym(j - 1); key != "" {
					f.markGovernment(f.demonymStart(j-1), i+1, key, iso, name)
				}
				continue
			}
			k := j
			if k > s.First && possessiveWords[f.d.Tokens[k-1].Lower] {
				k--
			}
			if e, from := f.countryBefore(k, s.First); e != nil && (k < j || e.country == "US" || e.country == "GB" || e.country == "AE") {
				f.markGovernment(from, i+1, e.key, e.country, name)
			} else if e, from := f.stateBefore(k, s.First); e != nil && k == i {
				f.mark(from, i+1, Mention{Kind: vocab.Agency, Subtype: "gov", Country: e.country, Norm: "Government of " + e.norm, Rule: name})
			}
		}
	}
}

// governmentAcronym reports whether token i is "Go" and the first letters of the
// post's country, as cables abbreviate its government: "GoNL", "GOTT".
func (f *Finder) governmentAcronym(i int) bool {
	w := f.d.Word(i)
	if f.home == "" || len(w) < 3 || len(w) > 5 || w[0] != 'G' || w[1] != 'o' && w[1] != 'O' || f.is(i, inCaps|isNoise) {
		return false
	}
	for k := 2; k < len(w); k++ {
		if byteClass[w[k]] != byteUpper {
			return false
		}
	}
	country := countryKey(f.home)
	return w[2:] == f.home || len(country) > 6 && len(w) == 3 && w[2] == country[6]-'a'+'A'
}

var (
	governmentWords      = wordSet("government\ngovernments\ngovt\ngovt.\nadministration")
	governmentAdjectives = wordSet("federal\ncentral\nnational\ntransitional\ninterim\nprovisional\nstate")
)

func (f *Finder) markGovernment(first, last int, key, iso, name string) {
	if f.d.Tokens[last-1].Lower == hGovernments {
		return
	}
	m := Mention{Kind: vocab.Agency, Subtype: "gov", Country: iso, Rule: name}
	if iso == "US" {
		m.Subtype = "us-gov"
	}
	m.Key = governmentKey(key)
	f.mark(first, last, m)
}

var hGovernments = foldHash("governments")

// governmentKey returns the identity of the government of the country with the given key.
func governmentKey(state string) string {
	if state == "state:united-states" {
		return "agency:usg"
	}
	if len(state) > len("state:") {
		return "agency:government-of-" + state[len("state:"):]
	}
	return ""
}

// governs reports whether a government's acronym that several countries share
// is that of this cable's post, or has one meaning only.
func (f *Finder) governs(e *entry) bool {
	return len(e.country) == 2 || f.home != "" && strings.Contains(e.country, f.home)
}
