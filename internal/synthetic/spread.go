package synthetic

import "math"

// The figures of this file were measured on the 1,476 unclassified cables of
// the evaluation data, and fitted where what is written differs from what is found again;
// docs/scaling.md has both.

// A quantile is a value below which a share of all values lies.
type quantile struct{ share, value float64 }

// A spread is the distribution of a figure, by ascending quantiles from 0 to 1.
type spread []quantile

// at returns the value of the share u, between the quantiles in proportion.
func (s spread) at(u float64) float64 {
	i := 1
	for i < len(s)-1 && s[i].share < u {
		i++
	}
	a, b := s[i-1], s[i]
	return a.value + (b.value-a.value)*(u-a.share)/(b.share-a.share)
}

var (
	// paragraphs of a cable
	paragraphs = spread{{0, 1}, {0.10, 1.4}, {0.25, 3.4}, {0.50, 6.4}, {0.75, 10.4}, {0.90, 14.4}, {0.99, 34}, {1, 90}}
	// bytes of a paragraph's text
	paragraphText = spread{{0, 60}, {0.10, 250}, {0.25, 440}, {0.50, 680}, {0.75, 960}, {0.90, 1280}, {0.99, 3600}, {1, 12000}}
	// items of the REF lines
	references = spread{{0, 0}, {0.45, 0}, {0.46, 1}, {0.65, 1.5}, {0.80, 2.4}, {0.92, 3.6}, {0.99, 6.5}, {1, 14}}
	// addressees of the TO line
	addressees = spread{{0, 1}, {0.70, 1.5}, {0.80, 3}, {0.93, 6}, {0.97, 30}, {1, 70}}
	// addressees for information
	informed = spread{{0, 0}, {0.12, 0}, {0.13, 1}, {0.50, 3}, {0.75, 6}, {0.90, 11}, {0.99, 24}, {1, 40}}
	// offices of the pass line
	offices = spread{{0, 0}, {0.20, 0}, {0.21, 1}, {0.50, 3}, {0.80, 5}, {1, 9}}
)

// A pool says how names of a kind recur.
type pool struct {
	growth float64 // exponent with which distinct names grow with all: Heaps' law, and the share of names that occur once
	head   float64 // how many names are about equally frequent
	fresh  float64 // how often a cable that names one names another than before
}

var (
	persons       = pool{0.74, 2, 0.40}
	families      = pool{0.65, 12, 0}
	bodies        = pool{0.66, 2, 0.32}
	organizations = pool{0.68, 1.5, 0.33}
	laws          = pool{0.74, 1, 0.30}
	towns         = pool{0.60, 2, 0.40}
)

// rank draws a rank: its probability falls with the power -1/growth.
func (p pool) rank(u float64) uint64 {
	r := p.head * (math.Pow(1-u, -p.growth/(1-p.growth)) - 1)
	return uint64(min(r, 1<<50))
}

// departmentShare of all cables is sent by the Department itself.
const departmentShare = 0.06

// country draws one of the countries: the first few have the most cables.
func (c *Collection) country(u float64) int {
	n := float64(len(c.countries))
	const head = 12
	return min(int(head*(math.Pow(1+n/head, u)-1)), len(c.countries)-1)
}

// mix hashes its arguments (the finaliser of SplitMix64).
func mix(values ...uint64) uint64 {
	h := uint64(0x9e3779b97f4a7c15)
	for _, v := range values {
		h ^= v + 0x9e3779b97f4a7c15
		h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
		h = (h ^ h>>27) * 0x94d049bb133111eb
		h ^= h >> 31
	}
	return h
}

// unit returns h as a number from 0 to 1, 1 excluded.
func unit(h uint64) float64 { return float64(h>>11) / (1 << 53) }
