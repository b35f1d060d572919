// Package hashmap is a map from hashes of words, built once and then only read.
// It is what every token of every cable is looked up in: keys are hashes
// already, so that one multiplication and mostly one probe find a value.
package hashmap

import "math/bits"

// Map maps hashes to values. The zero Map is empty.
type Map[V any] struct {
	slots []slot[V]
	shift uint8
}

type slot[V any] struct {
	key   uint64
	used  bool
	value V
}

// New returns a Map of what m holds, in tables at most half full.
func New[V any](m map[uint64]V) Map[V] {
	size := max(bits.Len(uint(2*len(m))), 1)
	t := Map[V]{make([]slot[V], 1<<size), uint8(64 - size)}
	for key, value := range m {
		i := t.start(key)
		for t.slots[i].used {
			i = (i + 1) & (len(t.slots) - 1)
		}
		t.slots[i] = slot[V]{key, true, value}
	}
	return t
}

func (t *Map[V]) start(key uint64) int { return int(key * 0x9e3779b97f4a7c15 >> t.shift) }

// Get returns the value of key, or the zero value.
func (t *Map[V]) Get(key uint64) (value V) {
	if len(t.slots) == 0 {
		return value
	}
	for i := t.start(key); t.slots[i].used; i = (i + 1) & (len(t.slots) - 1) {
		if t.slots[i].key == key {
			return t.slots[i].value
		}
	}
	return value
}
