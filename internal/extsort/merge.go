package extsort

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"math/bits"
)

// merger merges sources by a tree of losers (Knuth, The Art of Computer
// Programming 3, section 5.4.1) over offset-value codes: how much a key shares with
// the last winner's and the six bytes after that, as a number that sorts as the
// keys do. Two keys are read only where their codes agree (Do and Graefe,
// "Robust and efficient sorting with offset-value coding", TODS 2023).
type merger struct {
	heads  []head
	losers []int // losers[0] is the winner
	err    error
}

// head is a source's next record.
type head struct {
	source source
	code   uint64
	key    []byte
	value  []byte
}

const (
	maxShared = 0xFFFE         // longer common prefixes count as this
	exhausted = math.MaxUint64 // the code of a source without a record
)

// code returns the offset-value code of a key that shares bytes with another,
// which is not after it.
func code(shared int, key []byte) uint64 {
	shared = min(shared, maxShared)
	return uint64(maxShared-shared)<<48 | window(key[shared:])>>16
}

// sharedOf returns the number of shared bytes that a code tells.
func sharedOf(code uint64) int { return maxShared - int(code>>48) }

// newMerger takes sources, one at least, and closes them when they end.
func newMerger(sources []source) *merger {
	m := &merger{heads: make([]head, len(sources)), losers: make([]int, len(sources))}
	for i, s := range sources {
		m.heads[i].source = s
		m.advance(i)
	}
	m.losers[0] = m.play(1)
	return m
}

// play lets all below a node compete and returns the winner.
func (m *merger) play(node int) int {
	if node >= len(m.heads) {
		return node - len(m.heads)
	}
	a, b := m.play(2*node), m.play(2*node+1)
	if m.before(b, a) {
		a, b = b, a
	}
	m.losers[node] = b
	return a
}

// advance reads the next record of source i.
func (m *merger) advance(i int) {
	h := &m.heads[i]
	var shared int
	var err error
	if shared, h.key, h.value, err = h.source.next(); err == nil {
		h.code = code(shared, h.key)
		return
	}
	if !errors.Is(err, io.EOF) && m.err == nil {
		m.err = err
	}
	h.code = exhausted
	h.source.close()
}

// before tells whether the record of source a is not after that of b, and
// leaves the loser's code relative to the winner.
func (m *merger) before(a, b int) bool {
	x, y := &m.heads[a], &m.heads[b]
	if x.code>>48 != y.code>>48 {
		return x.code < y.code // the one that shares less differs from both at the same byte
	}
	diff := x.code ^ y.code
	if diff == 0 && x.code == exhausted {
		return true
	}
	// A key that ends early counts zeros in its code, and shares only what it has.
	shared := min(sharedOf(x.code)+(bits.LeadingZeros64(diff)-16)/8, len(x.key), len(y.key))
	if diff == 0 {
		shared += commonPrefix(x.key[shared:], y.key[shared:])
	}
	less := true
	switch {
	case diff != 0:
		less = x.code < y.code
	case shared < len(x.key) && shared < len(y.key):
		less = x.key[shared] < y.key[shared]
	case len(x.key) != len(y.key):
		less = len(x.key) < len(y.key)
	default:
		less = bytes.Compare(x.value, y.value) <= 0
	}
	if less {
		y.code = code(shared, y.key)
	} else {
		x.code = code(shared, x.key)
	}
	return less
}

// next returns the winner, or nil after the last record or an error. What it
// returns is valid until pop.
func (m *merger) next() *head {
	h := &m.heads[m.losers[0]]
	if h.code == exhausted || m.err != nil {
		return nil
	}
	return h
}

// pop replaces the winner by its source's next record.
func (m *merger) pop() {
	w := m.losers[0]
	m.advance(w)
	for node := (w + len(m.heads)) / 2; node > 0; node /= 2 {
		if l := m.losers[node]; m.before(l, w) {
			m.losers[node], w = w, l
		}
	}
	m.losers[0] = w
}

func (m *merger) close() {
	for i := range m.heads {
		m.heads[i].source.close()
	}
}

// each calls yield with every record that is kept, and how much its key shares
// with the one before, until ctx ends.
func (m *merger) each(ctx context.Context, keep Keep, yield func(shared int, key, value []byte) error) error {
	var lastKey, lastValue []byte
	for n := 0; ; n++ {
		h := m.next()
		if h == nil {
			return m.err
		}
		if n%1024 == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		shared := sharedOf(h.code)
		if keep != All {
			if n > 0 && shared >= min(len(h.key), maxShared) && bytes.Equal(h.key, lastKey) && (keep == First || bytes.Equal(h.value, lastValue)) {
				m.pop()
				continue
			}
			lastKey = append(lastKey[:shared], h.key[shared:]...)
			lastValue = append(lastValue[:0], h.value...)
		}
		if err := yield(shared, h.key, h.value); err != nil {
			return err
		}
		m.pop()
	}
}
