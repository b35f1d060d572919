package entity

import "cablegraph/vocab"

var (
	// groupHeads are lower-case nouns that belong to the name of a criminal or
	// armed group, or a party: "Sinaloa cartel", "DIVAS trafficking organization", "Green party".
	groupHeads = wordSet("cartel\nparty\norganization\ngang\nsyndicate\nmafia\nring")
	// groupTrades may stand between the name and the noun.
	groupTrades = words("group-trades")
)

// groups finds criminal and armed groups and parties called by a name and a plain noun.
func (f *Finder) groups(name string) {
	for s := range f.prose {
		for i := s.First + 1; i < s.Last; i++ {
			if f.d.Tokens[i].Shape != Lower || !groupHeads[f.d.Tokens[i].Lower] {
				continue
			}
			k := i
			for k > s.First && f.d.Tokens[k-1].Shape == Lower && groupTrades[f.d.Tokens[k-1].Lower] {
				k--
			}
			party := f.at(i, hParty)
			if k == i && !f.at(i, hCartel) && !party {
				continue // "the Bonn organization" may be anything
			}
			j := k
			for j > s.First && f.nameWord(j-1, s) && !f.is(j-1, isDemonym|isTitle|isNoise) && !(f.is(j-1, isFirst) && f.is(j-1, isCommon)) {
				j--
			}
			m := Mention{Kind: vocab.Organization, Subtype: "criminal", Rule: name}
			if party {
				if f.indefinite(j, s) || f.isWholePlace(j, k) && !f.is(j, isCommon) || f.d.Tokens[k-1].Shape == Caps {
					continue // "an Islamist party"; "the PQR party" has its name
				}
				m.Subtype = "other"
			}
			last := i + 1
			if party && k-j > 1 {
				last = k // "New Left party", where the noun adds nothing
			}
			if j < k {
				f.mark(j, last, m)
			}
		}
	}
}

var (
	hCartel = foldHash("cartel")
	hParty  = foldHash("party")
)
