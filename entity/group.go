package entity

import "cablegraph/vocab"

var (
	// groupHeads are lower-case nouns that belong to the name of a criminal or
	// armed group: "Sinaloa cartel", "DIVAS trafficking organization".
	groupHeads = wordSet("cartel\norganization\ngang\nsyndicate\nmafia\nring")
	// groupTrades may stand between the name and the noun.
	groupTrades = words("group-trades")
)

// groups finds criminal and armed groups called by a name and a plain noun.
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
			if k == i && !f.at(i, hCartel) {
				continue // "the Bonn organization" may be anything
			}
			j := k
			for j > s.First && f.nameWord(j-1, s) && !f.is(j-1, isDemonym|isTitle|isNoise) && !(f.is(j-1, isFirst) && f.is(j-1, isCommon)) {
				j--
			}
			if j < k {
				f.mark(j, i+1, Mention{Kind: vocab.Organization, Subtype: "criminal", Rule: name})
			}
		}
	}
}

var hCartel = foldHash("cartel")
