package link

import (
	"cmp"
	"slices"

	"cablegraph/vocab"
)

// Weights of what a block of a family name adds to Compare.
const (
	onlyBearer   = 0.15 // of the family name among those it could mean
	otherCountry = 0.15 // what a country of its own costs a well-known name
	commonBearer = 0.1  // taken off where both given and family name are common
)

// farMore is how many times as many cables must name one bearer of a family name
// as all others, for the name alone to mean that one.
const farMore = 3

// anywhere stands for all countries.
const anywhere = "*"

// common is the number of different given names with a family name, and of
// family names with a given name, from which two people of that name in
// different countries are not taken for one.
const common = 8

// givenElsewhere is the number of family names with which a word stands as the
// given name, from which it is no family name where it stands first.
const givenElsewhere = 3

// personBlocks finds the people of a family name.
type personBlocks struct {
	full map[blockKey][]int32 // by family name and the first letter of the given name
	bare map[blockKey][]int32 // by family name and country, and anywhere
	both map[blockKey][]int32 // of two family names, by both
}

type blockKey struct{ family, rest string }

// joinPersons joins people across cables: in blocks of a family name, the
// fullest names first, so that a short name meets all it could mean.
func (c *collection) joinPersons() {
	var people []int32
	for _, n := range c.sorted() {
		if x := &c.profiles[n]; x.kind == vocab.Person && len(x.person.words) > 0 {
			people = append(people, n)
		}
	}
	slices.SortStableFunc(people, func(a, b int32) int {
		pa, pb := c.profiles[a].person, c.profiles[b].person
		return cmp.Or(cmp.Compare(len(pb.words), len(pa.words)), cmp.Compare(lettersOf(pb), lettersOf(pa)))
	})
	givenOf, familyOf := c.spread(people)
	blocks := personBlocks{map[blockKey][]int32{}, map[blockKey][]int32{}, map[blockKey][]int32{}}
	var why []Feature
	for _, n := range people {
		x := &c.profiles[n]
		p := x.person
		if p.bare() {
			c.joinBare(n, &blocks)
			continue
		}
		best, second := int32(-1), 0.0
		bestScore := 0.0
		exact := false
		for _, k := range blocks.candidates(p) {
			root := c.find(k)
			if root == c.find(n) || best >= 0 && c.find(best) == root && exact {
				continue
			}
			y := &c.profiles[k]
			var score float64
			score, why = compare(p, y.person, why[:0])
			if x.country != y.country && givenOf[family(p)] >= common && familyOf[p.words[0]] >= common && len(p.words) < 4 {
				score -= commonBearer
			}
			if score < Same {
				continue
			}
			same := why[0].Name == "same full name"
			switch {
			case best >= 0 && c.find(best) == root:
				bestScore = max(bestScore, score)
				exact = exact || same
			case score > bestScore:
				best, second, bestScore, exact = k, bestScore, score, same
			default:
				second = max(second, score)
			}
		}
		switch {
		case best >= 0 && (exact || second == 0 || bestScore-second > 0.1):
			_, why = compare(p, c.profiles[best].person, why[:0])
			c.join(best, n, why...)
		case best < 0 && (len(p.words) > 2 || familyOf[p.words[0]] < givenElsewhere):
			k := c.only(blocks.both[bothFamilies(p)])
			if k < 0 {
				break
			}
			if score, why := compare(p, c.profiles[k].person, why[:0]); score >= Same-otherCountry && why[0].Name == bothFamilyNames {
				c.join(k, n, append(why, Feature{"only bearer of both", onlyBearer})...)
			}
		}
		blocks.add(n, p, x.country)
	}
}

// only returns one of the candidates where they are all one entity, or -1.
func (c *collection) only(candidates []int32) int32 {
	for _, k := range candidates {
		if c.find(k) != c.find(candidates[0]) {
			return -1
		}
	}
	if len(candidates) == 0 {
		return -1
	}
	return candidates[0]
}

// lettersOf returns the number of letters in a name.
func lettersOf(p *Name) int {
	n := 0
	for _, w := range p.words {
		n += len(w)
	}
	return n
}

// family returns the word by which the bearer of a full name is most often called.
func family(p *Name) string {
	_, last := p.callNames()
	return p.words[last-1]
}

// spread counts the given names of each family name, and the family names of
// each given name.
func (c *collection) spread(people []int32) (givenOf, familyOf map[string]int) {
	type pair struct{ given, family string }
	seen := map[pair]bool{}
	givenOf, familyOf = map[string]int{}, map[string]int{}
	for _, n := range people {
		p := c.profiles[n].person
		if p.bare() {
			continue
		}
		x := pair{p.words[0], family(p)}
		if !seen[x] {
			seen[x] = true
			givenOf[x.family]++
			familyOf[x.given]++
		}
	}
	return givenOf, familyOf
}

// sound returns the block of word i of a name.
func (n *Name) sound(i int) string {
	if n.sounds[i] != "" {
		return n.sounds[i]
	}
	return n.words[i]
}

func (b *personBlocks) add(n int32, p *Name, country string) {
	if p.bare() {
		k := blockKey{p.words[0], country}
		b.bare[k] = append(b.bare[k], n)
		return
	}
	letter := givenLetter(p)
	first, last := p.callNames()
	if last-first == 2 {
		k := bothFamilies(p)
		b.both[k] = append(b.both[k], n)
	}
	for i := first; i < last; i++ {
		k := blockKey{p.sound(i), letter}
		b.full[k] = append(b.full[k], n)
		w := p.words[i]
		for _, k := range []blockKey{{w, country}, {w, anywhere}} {
			b.bare[k] = append(b.bare[k], n)
		}
	}
}

// bothFamilies returns the block of the last two words of a full name.
func bothFamilies(p *Name) blockKey {
	n := len(p.words)
	return blockKey{p.words[n-2], p.words[n-1]}
}

// givenLetter returns the first letter of the given name, of its full form.
func givenLetter(p *Name) string {
	w := p.words[0]
	if full, ok := names().given[w]; ok {
		w = full
	}
	return w[:1]
}

// candidates returns the people met before who may bear the full name p.
func (b *personBlocks) candidates(p *Name) []int32 {
	var out []int32
	letter := givenLetter(p)
	first, last := p.callNames()
	for i := first; i < last; i++ {
		out = append(out, b.full[blockKey{p.sound(i), letter}]...)
	}
	return out
}

// joinBare joins a single name to the bearer of that family name in its country
// whom cables mean by it. Where its country has none, a name that the text
// itself gives, and no signature, means the one known everywhere: whoever is
// named without being introduced is well known.
func (c *collection) joinBare(n int32, blocks *personBlocks) {
	x := &c.profiles[n]
	word := x.person.words[0]
	switch best, ambiguous := c.bearer(n, blocks.bare[blockKey{word, x.country}]); {
	case best >= 0:
		c.join(best, n, Feature{"single name", 0.7}, Feature{"its chief bearer in the country", onlyBearer})
	case ambiguous:
		// who signs at the posts of a country under one name is one person, but
		// several in Washington may share the name of a pass line
		x.apart = !x.header || x.country == "US"
	case !x.header:
		if best, ambiguous = c.bearer(n, blocks.bare[blockKey{word, anywhere}]); best >= 0 {
			c.join(best, n, Feature{"single name", 0.65}, Feature{"its chief bearer anywhere", onlyBearer})
		} else if !ambiguous {
			blocks.add(n, x.person, anywhere)
		}
		blocks.add(n, x.person, x.country) // for those who sign there
	}
}

// bearer returns the one of the candidates that the single name of n means:
// the only one, or the one whom far more cables name than all others.
func (c *collection) bearer(n int32, candidates []int32) (best int32, ambiguous bool) {
	best = -1
	var why []Feature
	var most, others int32
	counted := map[int32]bool{}
	for _, k := range candidates {
		root := c.find(k)
		if counted[root] {
			continue
		}
		var score float64
		score, why = compare(c.profiles[n].person, c.profiles[k].person, why[:0])
		if score+onlyBearer < Same-otherCountry {
			continue
		}
		counted[root] = true
		if cables := c.profiles[root].cables; cables > most {
			best, most, others = k, cables, others+most
		} else {
			others += cables
		}
	}
	if best >= 0 && others > 0 && most < farMore*others {
		return -1, true
	}
	return best, false
}
