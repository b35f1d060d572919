package extsort

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
	"unsafe"
)

// buffer holds records in one stretch of memory: their bytes from its start,
// as key, length of the value (uvarint), value; a ref each from its end, the
// last record first.
type buffer struct {
	mem  []byte
	used int // bytes of records
	n    int // records
}

// ref finds a record. The window holds the eight bytes of its key that are
// compared next, so that most comparisons do not touch the record.
type ref struct {
	window uint64
	off    uint32
	klen   uint32
}

const (
	refSize   = int(unsafe.Sizeof(ref{}))
	minBuffer = 4 << 10
	maxBuffer = 256 << 20 // offsets have 32 bits; more buffers sort side by side
)

func newBuffer(size int) (*buffer, error) {
	size = min(max(size, minBuffer), maxBuffer) &^ (refSize - 1)
	mem, err := pages(size)
	return &buffer{mem: mem}, err
}

func (b *buffer) free() {
	if b.mem != nil {
		freePages(b.mem)
		b.mem = nil
	}
}

// fits tells whether a record of this size would fit an empty buffer.
func (b *buffer) fits(key, value []byte) bool {
	return len(key)+len(value)+binary.MaxVarintLen32+refSize <= len(b.mem)
}

// add takes a record, unless the buffer is full.
func (b *buffer) add(key, value []byte) bool {
	end := len(b.mem) - (b.n+1)*refSize
	if b.used+len(key)+len(value)+binary.MaxVarintLen32 > end {
		return false
	}
	r := (*ref)(unsafe.Pointer(&b.mem[end]))
	*r = ref{window(key), uint32(b.used), uint32(len(key))}
	b.n++
	b.used += copy(b.mem[b.used:], key)
	b.used += binary.PutUvarint(b.mem[b.used:], uint64(len(value)))
	b.used += copy(b.mem[b.used:], value)
	return true
}

func (b *buffer) reset() { b.used, b.n = 0, 0 }

func (b *buffer) refs() []ref {
	if b.n == 0 {
		return nil
	}
	return unsafe.Slice((*ref)(unsafe.Pointer(&b.mem[len(b.mem)-b.n*refSize])), b.n)
}

func (b *buffer) key(r ref) []byte { return b.mem[r.off:][:r.klen:r.klen] }

func (b *buffer) value(r ref) []byte {
	at := int(r.off) + int(r.klen)
	n, w := binary.Uvarint(b.mem[at:])
	return b.mem[at+w:][:n:n]
}

// sort orders the refs by key, then value.
func (b *buffer) sort() {
	refs := b.refs()
	byKey := order{buf: b}
	skip := byKey.common(refs, 0)
	byKey.load(refs, skip)
	byKey.radix(refs, skip, 56)
}

// window returns the first eight bytes of b as a number that sorts as they do;
// zeros stand for bytes that are not there.
func window(b []byte) uint64 {
	if len(b) >= 8 {
		return binary.BigEndian.Uint64(b)
	}
	var w uint64
	for i, c := range b {
		w |= uint64(c) << (56 - 8*i)
	}
	return w
}

// order sorts refs by their keys, or, for refs of one key, by their values.
//
// It is a radix sort from the most significant byte down while there are many
// refs and a multikey quicksort when there are fewer, both over cached
// windows (Kärkkäinen and Rantala, "Engineering radix sort for strings", SPIRE
// 2008). Refs at depth d agree in their first d bytes, and their windows hold
// the eight bytes that follow.
type order struct {
	buf    *buffer
	values bool
}

const (
	radixFrom     = 2048 // fewer refs than this are sorted faster by quicksort
	quickFrom     = 24   // fewer than this by insertion
	ended         = 9    // clamps the bytes left of a key; more than eight are all the same
	windowOfBytes = 8
)

func (o order) content(r ref) []byte {
	if o.values {
		return o.buf.value(r)
	}
	return o.buf.key(r)
}

// left counts the bytes of r from the depth on, up to ended.
func (o order) left(r ref, depth int) int {
	n := int(r.klen)
	if o.values {
		n = len(o.buf.value(r))
	}
	return min(n-depth, ended)
}

// common counts the leading bytes that all refs share, given that they share
// the first depth.
func (o order) common(refs []ref, depth int) int {
	if len(refs) == 0 {
		return depth
	}
	first := o.content(refs[0])[depth:]
	for _, r := range refs[1:] {
		if len(first) == 0 {
			break
		}
		first = first[:commonPrefix(first, o.content(r)[depth:])]
	}
	return depth + len(first)
}

// load fills the windows at a depth.
func (o order) load(refs []ref, depth int) {
	for i := range refs {
		refs[i].window = window(o.content(refs[i])[depth:])
	}
}

// radix sorts refs whose windows agree above the byte at shift.
func (o order) radix(refs []ref, depth, shift int) {
	if len(refs) < radixFrom {
		o.quick(refs, depth)
		return
	}
	var ends [256]int
	for i := range refs {
		ends[byte(refs[i].window>>shift)]++
	}
	var starts, next [256]int
	at := 0
	for c, n := range ends {
		starts[c], next[c] = at, at
		at += n
		ends[c] = at
	}
	// American flag sort: each ref goes to the next free place of its byte.
	for c := range 256 {
		if ends[c]-starts[c] == len(refs) {
			break
		}
		for next[c] < ends[c] {
			r := refs[next[c]]
			for {
				to := byte(r.window >> shift)
				if int(to) == c {
					break
				}
				r, refs[next[to]] = refs[next[to]], r
				next[to]++
			}
			refs[next[c]] = r
			next[c]++
		}
	}
	for c := range 256 {
		part := refs[starts[c]:ends[c]]
		switch {
		case len(part) < 2:
		case shift > 0:
			o.radix(part, depth, shift-8)
		default:
			o.deeper(part, depth)
		}
	}
}

// quick sorts refs by their windows, three ways around a middle one.
func (o order) quick(refs []ref, depth int) {
	for len(refs) >= quickFrom {
		pivot := middle(refs)
		lt, i, gt := 0, 0, len(refs)
		for i < gt {
			switch w := refs[i].window; {
			case w < pivot:
				refs[lt], refs[i] = refs[i], refs[lt]
				lt++
				i++
			case w > pivot:
				gt--
				refs[gt], refs[i] = refs[i], refs[gt]
			default:
				i++
			}
		}
		o.quick(refs[:lt], depth)
		o.deeper(refs[lt:gt], depth)
		refs = refs[gt:]
	}
	o.insert(refs, depth)
}

// middle returns the median window of three or nine refs.
func middle(refs []ref) uint64 {
	n := len(refs)
	m := n / 2
	if n < 256 {
		return median(refs[0].window, refs[m].window, refs[n-1].window)
	}
	e := n / 8
	return median(
		median(refs[0].window, refs[e].window, refs[2*e].window),
		median(refs[m-e].window, refs[m].window, refs[m+e].window),
		median(refs[n-1-2*e].window, refs[n-1-e].window, refs[n-1].window),
	)
}

func median(a, b, c uint64) uint64 {
	return max(min(a, b), min(max(a, b), c))
}

// deeper sorts refs whose windows agree: those that end within them come first,
// the shorter before the longer, and the others are sorted by what follows.
func (o order) deeper(refs []ref, depth int) {
	if len(refs) < 2 {
		return
	}
	first, same := o.left(refs[0], depth), true
	for _, r := range refs[1:] {
		if o.left(r, depth) != first {
			same = false
			break
		}
	}
	if !same {
		slices.SortFunc(refs, func(a, b ref) int { return cmp.Compare(o.left(a, depth), o.left(b, depth)) })
	}
	for len(refs) > 0 {
		left := o.left(refs[0], depth)
		n := len(refs)
		if !same {
			n = 1
			for n < len(refs) && o.left(refs[n], depth) == left {
				n++
			}
		}
		part := refs[:n]
		refs = refs[n:]
		switch {
		case n < 2:
		case left == ended:
			skip := depth + windowOfBytes
			if n >= quickFrom {
				skip = o.common(part, skip)
			}
			o.load(part, skip)
			o.radix(part, skip, 56)
		case !o.values:
			byValue := order{o.buf, true}
			byValue.load(part, 0)
			byValue.radix(part, 0, 56)
		}
	}
}

// insert sorts a few refs.
func (o order) insert(refs []ref, depth int) {
	for i := 1; i < len(refs); i++ {
		r := refs[i]
		j := i
		for j > 0 && o.less(r, refs[j-1], depth) {
			refs[j] = refs[j-1]
			j--
		}
		refs[j] = r
	}
}

func (o order) less(a, b ref, depth int) bool {
	if a.window != b.window {
		return a.window < b.window
	}
	c := bytes.Compare(o.content(a)[depth:], o.content(b)[depth:])
	if c == 0 && !o.values {
		c = bytes.Compare(o.buf.value(a), o.buf.value(b))
	}
	return c < 0
}

// commonPrefix counts the leading bytes that a and b share.
func commonPrefix(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for ; i+8 <= n; i += 8 {
		if x := binary.LittleEndian.Uint64(a[i:]) ^ binary.LittleEndian.Uint64(b[i:]); x != 0 {
			return i + bits.TrailingZeros64(x)/8
		}
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}
