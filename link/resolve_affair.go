package link

import (
	"cmp"
	"slices"

	"cablegraph/vocab"
)

// A cable that refers to another goes on with its story, and may call by half a
// name whom the other has introduced. So before names are joined over the whole
// collection, each cable's short names are read in the light of the cables that
// it refers to or that refer to it.

// circular is the number of cables that may refer to one for them still to be its
// own affair: one that more refer to is an instruction or a request to many.
const circular = 32

// sameAffair is what it adds to a score that two cables refer to each other.
const sameAffair = 0.25

// A rereading gives the mentions of a profile in one cable to another profile.
type rereading struct {
	record   int32
	from, to int32
}

// joinAffairs gives the people whom a cable names in part, and the acronyms that
// it does not explain, to the only ones of that name in the cables of the same
// affair. All is read as it stood before, so that no order of cables matters.
func (c *collection) joinAffairs() {
	neighbours := c.affairs()
	var changes []rereading
	met := make([]int32, len(c.profiles)) // by profile: the last record for which it was collected, and 1
	for r := range c.outlines {
		if len(neighbours[r]) == 0 {
			continue
		}
		own := c.profilesOf(nil, int32(r), met, int32(2*r+1))
		var others []int32
		for _, k := range neighbours[r] {
			others = c.profilesOf(others, k, met, int32(2*r+2))
		}
		byWord := c.byWord(others)
		for _, n := range own {
			switch x := &c.profiles[n]; {
			case x.key != "" || x.law >= 0:
			case x.kind == vocab.Person && !x.header:
				if to := c.introduced(n, own, byWord); to >= 0 {
					changes = append(changes, rereading{int32(r), n, to})
				}
			case x.kind == vocab.Agency || x.kind == vocab.Organization:
				if to := c.explained(n, byWord); to >= 0 {
					changes = append(changes, rereading{int32(r), n, to})
				}
			}
		}
	}
	for _, x := range changes {
		of := c.of[x.record]
		if !slices.Contains(of, x.to) {
			c.profiles[x.to].cables++
		}
		c.profiles[x.from].cables--
		for m := range of {
			if of[m] == x.from {
				of[m] = x.to
			}
		}
	}
}

// affairs returns, for each record, the others to which it refers or that
// refer to it.
func (c *collection) affairs() [][]int32 {
	byID := make(map[string]int32, len(c.outlines))
	for r := len(c.outlines) - 1; r >= 0; r-- {
		byID[c.outlines[r].id] = int32(r) // of several copies the first
	}
	out := make([][]int32, len(c.outlines))
	back := make([][]int32, len(c.outlines))
	for r := range c.outlines {
		for _, ref := range c.outlines[r].refs {
			if k, ok := byID[ref]; ok && k != int32(r) && !slices.Contains(out[r], k) {
				out[r] = append(out[r], k)
				back[k] = append(back[k], int32(r))
			}
		}
	}
	for r := range out {
		if len(back[r]) <= circular {
			out[r] = append(out[r], back[r]...)
		}
		slices.Sort(out[r])
		out[r] = slices.Compact(out[r])
	}
	return out
}

// profilesOf appends the profiles of record r to out, each once: stamp tells
// those that were met before.
func (c *collection) profilesOf(out []int32, r int32, met []int32, stamp int32) []int32 {
	for _, n := range c.of[r] {
		if met[n] != stamp {
			met[n] = stamp
			out = append(out, n)
		}
	}
	return out
}

// nameWord is a word by which names of a kind are found: a word of a personal
// name, or an acronym.
type nameWord struct {
	kind vocab.Kind
	word string
}

// byWord files people under the words of their names, and bodies of a known
// long name under their acronyms.
func (c *collection) byWord(profiles []int32) map[nameWord][]int32 {
	out := map[nameWord][]int32{}
	for _, n := range profiles {
		x := &c.profiles[n]
		if x.kind == vocab.Person {
			for _, w := range x.person.words {
				out[nameWord{x.kind, w}] = append(out[nameWord{x.kind, w}], n)
			}
			continue
		}
		if x.law >= 0 || !c.hasLong(n) {
			continue
		}
		for _, h := range x.handles {
			if h.acronym {
				out[nameWord{x.kind, h.canon}] = append(out[nameWord{x.kind, h.canon}], n)
			}
		}
	}
	return out
}

// introduced returns the person of a fuller name among those of the same affair
// whom the person n of a cable can only be, or -1. A given name alone means
// somebody whose family name the cable bears too: "Grosu's wife Tatiana". A name
// that far more cables use alone is that of somebody well known.
func (c *collection) introduced(n int32, own []int32, byWord map[nameWord][]int32) int32 {
	x := &c.profiles[n]
	var fuller []int32
	reasons := map[int32][]Feature{}
	for _, w := range x.person.words {
		for _, k := range byWord[nameWord{vocab.Person, w}] {
			y := &c.profiles[k]
			if len(y.person.words) <= len(x.person.words) || reasons[k] != nil || x.cables > farMore*y.cables {
				continue
			}
			_, why := compare(x.person, y.person, nil)
			switch why[0].Name {
			case "part of the name", "middle name only":
				continue
			case "given name only":
				if !c.bears(own, n, family(y.person)) {
					continue
				}
				why = append(why, Feature{"family named in the cable", 0.2})
			}
			why = append(why, Feature{"one cable refers to the other", sameAffair})
			if total(why) >= Same {
				reasons[k] = why
				fuller = append(fuller, k)
			}
		}
	}
	if len(fuller) == 0 {
		return -1
	}
	slices.SortFunc(fuller, func(a, b int32) int {
		x, y := &c.profiles[a], &c.profiles[b]
		return cmp.Or(cmp.Compare(len(y.person.words), len(x.person.words)), cmp.Compare(y.cables, x.cables), cmp.Compare(x.description, y.description))
	})
	best := fuller[0]
	for _, k := range fuller[1:] {
		if score, _ := compare(c.profiles[best].person, c.profiles[k].person, nil); score < Same-otherCountry {
			return -1
		}
	}
	c.reread(n, best, reasons[best])
	return best
}

// bears reports whether another of the people than n has the word in his name.
func (c *collection) bears(people []int32, n int32, word string) bool {
	return slices.ContainsFunc(people, func(k int32) bool {
		return k != n && c.profiles[k].kind == vocab.Person && slices.Contains(c.profiles[k].person.words, word)
	})
}

// explained returns the body of the same affair that explains the acronym by
// which alone a cable knows the body n, or -1 where there is none or several,
// or where the cables of its own country explain it.
func (c *collection) explained(n int32, byWord map[nameWord][]int32) int32 {
	x := &c.profiles[n]
	if len(x.handles) != 1 || !x.handles[0].acronym || len(x.handles[0].canon) < 3 {
		return -1
	}
	acronym := x.handles[0].canon
	best := int32(-1)
	for _, k := range byWord[nameWord{x.kind, acronym}] {
		y := &c.profiles[k]
		switch {
		case best < 0:
			best = k
		case y.country != c.profiles[best].country || y.key != c.profiles[best].key:
			return -1
		case y.cables > c.profiles[best].cables || y.cables == c.profiles[best].cables && y.description < c.profiles[best].description:
			best = k
		}
	}
	if best < 0 || c.profiles[best].country != x.country && c.explainedIn(x.kind, x.country, acronym) {
		return -1
	}
	c.reread(n, best, []Feature{{"same acronym", 0.7}, {"one cable refers to the other", sameAffair}})
	return best
}

// explainedIn reports whether a cable gives an acronym a long name in a country.
func (c *collection) explainedIn(kind vocab.Kind, country, acronym string) bool {
	if c.meanings == nil {
		c.meanings = map[nameBlock]bool{}
		for n := range c.profiles {
			x := &c.profiles[n]
			if x.law >= 0 || x.kind == vocab.Person || !c.hasLong(int32(n)) {
				continue
			}
			for _, h := range x.handles {
				if h.acronym {
					c.meanings[nameBlock{x.kind, x.country, h.canon}] = true
				}
			}
		}
	}
	return c.meanings[nameBlock{kind, country, acronym}]
}

// reread reports the decision that profile n is profile to in one cable.
func (c *collection) reread(n, to int32, why []Feature) {
	if c.decided != nil {
		c.decided(newDecision("", c.profiles[n].name(), c.profiles[to].name(), why))
	}
}
