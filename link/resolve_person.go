package link

import (
	"cmp"
	"slices"

	"cablegraph/vocab"
)

// Weights of what a block of a family name adds to Compare.
const (
	onlyBearer   = 0.15 // of the family name in this country
	commonBearer = 0.1  // taken off where both given and family name are common
)

// common is the number of different given names with a family name, and of
// family names with a given name, from which two people of that name in
// different countries are not taken for one.
const common = 8

// personBlocks finds the people of a family name.
type personBlocks struct {
	full map[blockKey][]int32 // by family name and the first letter of the given name
	bare map[blockKey][]int32 // by family name and country
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
		pa, pb := &c.profiles[a].person, &c.profiles[b].person
		return cmp.Or(cmp.Compare(len(pb.words), len(pa.words)), cmp.Compare(lettersOf(pb), lettersOf(pa)))
	})
	givenOf, familyOf := c.spread(people)
	blocks := personBlocks{map[blockKey][]int32{}, map[blockKey][]int32{}}
	var why []Feature
	for _, n := range people {
		x := &c.profiles[n]
		p := &x.person
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
			score, why = compare(p, &y.person, why[:0])
			if x.country != y.country && givenOf[familyOfName(p)] >= common && familyOf[p.words[0]] >= common && len(p.words) < 4 {
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
		if best >= 0 && (exact || second == 0 || bestScore-second > 0.1) {
			c.join(best, n)
		}
		blocks.add(n, p, x.country)
	}
}

// lettersOf returns the number of letters in a name.
func lettersOf(p *Name) int {
	n := 0
	for _, w := range p.words {
		n += len(w)
	}
	return n
}

// familyOfName returns the word of a full name by which its bearer is called.
func familyOfName(p *Name) string {
	if p.familyFirst() {
		return p.words[0]
	}
	return p.words[len(p.words)-1]
}

// spread counts the given names of each family name, and the family names of
// each given name.
func (c *collection) spread(people []int32) (givenOf, familyOf map[string]int) {
	type pair struct{ given, family string }
	seen := map[pair]bool{}
	givenOf, familyOf = map[string]int{}, map[string]int{}
	for _, n := range people {
		p := &c.profiles[n].person
		if p.bare() {
			continue
		}
		x := pair{p.words[0], familyOfName(p)}
		if !seen[x] {
			seen[x] = true
			givenOf[x.family]++
			familyOf[x.given]++
		}
	}
	return givenOf, familyOf
}

// sound returns the block of a word: its skeleton, or the word itself where
// that would say too little.
func sound(word string) string {
	if s := skeleton(word); len(s) >= 3 {
		return s
	}
	return word
}

// familyWords returns the words of a full name that may be its family name.
func familyWords(p *Name) []string {
	n := len(p.words)
	switch {
	case p.familyFirst():
		return p.words[:1]
	case n == 2:
		return p.words[1:]
	}
	return p.words[n-2:]
}

func (b *personBlocks) add(n int32, p *Name, country string) {
	letter := givenLetter(p)
	for _, w := range familyWords(p) {
		k := blockKey{sound(w), letter}
		b.full[k] = append(b.full[k], n)
		k = blockKey{w, country}
		b.bare[k] = append(b.bare[k], n)
	}
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
	for _, w := range familyWords(p) {
		out = append(out, b.full[blockKey{sound(w), letter}]...)
	}
	return out
}

// joinBare joins a single name to the only bearer of that family name in its
// country, or to the one that nearly all cables mean. Where there are several
// it means somebody else in each cable.
func (c *collection) joinBare(n int32, blocks *personBlocks) {
	x := &c.profiles[n]
	var why []Feature
	best := int32(-1)
	var most, others int32
	counted := map[int32]bool{}
	for _, k := range blocks.bare[blockKey{x.person.words[0], x.country}] {
		root := c.find(k)
		if counted[root] {
			continue
		}
		var score float64
		score, why = compare(&x.person, &c.profiles[k].person, why[:0])
		if score+onlyBearer < Same {
			continue
		}
		counted[root] = true
		switch cables := c.profiles[root].cables; {
		case cables > most:
			best, most, others = k, cables, others+most
		default:
			others += cables
		}
	}
	switch {
	case best < 0:
	case others == 0 || most >= 3*others && most >= 3:
		c.join(best, n)
	default:
		x.apart = true
	}
}
