package packed

import (
	"iter"
	"math/bits"
)

// bitmap is a set of ids.
type bitmap []uint64

func newBitmap(n uint64) bitmap { return make(bitmap, (n+63)/64) }

func (b bitmap) setAll(ids []uint32) {
	for _, id := range ids {
		b[id/64] |= 1 << (id % 64)
	}
}

// all yields the ids in order.
func (b bitmap) all() iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for i, word := range b {
			for ; word != 0; word &= word - 1 {
				if !yield(uint32(i*64 + bits.TrailingZeros64(word))) {
					return
				}
			}
		}
	}
}

// ranking numbers the ids of a bitmap in their order, from 1 on.
type ranking struct {
	ids    bitmap
	before []uint32 // ids in the words before
	n      uint64
}

func newRanking(ids bitmap) *ranking {
	r := &ranking{ids: ids, before: make([]uint32, len(ids))}
	for i, word := range ids {
		r.before[i] = uint32(r.n)
		r.n += uint64(bits.OnesCount64(word))
	}
	return r
}

// rank returns the number of an id that is in the bitmap.
func (r *ranking) rank(id uint32) uint64 {
	i := id / 64
	return uint64(r.before[i]) + uint64(bits.OnesCount64(r.ids[i]<<(63-id%64)))
}
