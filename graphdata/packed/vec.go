package packed

import (
	"bufio"
	"encoding/binary"
	"errors"
	"math/bits"
	"sort"
)

// A vec is a sequence of numbers below 1<<maxBits, packed in blocks of 128:
// each keeps its least number and, in as few bits as the block needs, what the
// others have above it. Any number is found in constant time.
//
// On the disk: the packed numbers, then a head of 16 bytes for each block: the
// least number, and offset<<8 | bits of the packed ones.
type vec struct {
	n     uint64
	data  piece
	heads piece
}

const (
	vecBlock = 128
	vecHead  = 16
	maxBits  = 40
)

// at returns number i.
func (v *vec) at(i uint64) uint64 {
	head := v.heads.bytes(i/vecBlock*vecHead, vecHead)
	base, where := binary.LittleEndian.Uint64(head), binary.LittleEndian.Uint64(head[8:])
	width := where & 63
	if width == 0 {
		return base
	}
	bit := i % vecBlock * width
	word := binary.LittleEndian.Uint64(v.data.bytes(where>>8+bit>>3, 8))
	return base + word>>(bit&7)&(1<<width-1)
}

// search returns the first i in [lo, hi) whose number is at least x, or hi. The
// numbers there ascend.
func (v *vec) search(lo, hi, x uint64) uint64 {
	return lo + uint64(sort.Search(int(hi-lo), func(i int) bool { return v.at(lo+uint64(i)) >= x }))
}

// vecWriter writes a vec.
type vecWriter struct {
	w     *bufio.Writer
	block [vecBlock]uint64
	n     uint64
	bytes uint64 // written
	heads []byte
	buf   []byte
	err   error
}

func newVecWriter(w *bufio.Writer) *vecWriter { return &vecWriter{w: w} }

func (v *vecWriter) add(x uint64) {
	v.block[v.n%vecBlock] = x
	if v.n++; v.n%vecBlock == 0 {
		v.flush(vecBlock)
	}
}

// flush writes a block of n numbers.
func (v *vecWriter) flush(n int) {
	least, most := v.block[0], v.block[0]
	for _, x := range v.block[1:n] {
		least, most = min(least, x), max(most, x)
	}
	if most >= 1<<maxBits && v.err == nil {
		v.err = errors.New("too many quads for one store")
	}
	width := bits.Len64(most - least)
	v.heads = binary.LittleEndian.AppendUint64(v.heads, least)
	v.heads = binary.LittleEndian.AppendUint64(v.heads, v.bytes<<8|uint64(width))
	v.buf = v.buf[:0]
	var word uint64
	used := 0
	for _, x := range v.block[:n] {
		x -= least
		word |= x << used
		if used += width; used >= 64 {
			v.buf = binary.LittleEndian.AppendUint64(v.buf, word)
			used -= 64
			word = x >> (width - used)
		}
	}
	if used > 0 {
		v.buf = binary.LittleEndian.AppendUint64(v.buf, word)
	}
	v.bytes += uint64(len(v.buf))
	if _, err := v.w.Write(v.buf); err != nil && v.err == nil {
		v.err = err
	}
}

// close writes what is left.
func (v *vecWriter) close() error {
	if n := int(v.n % vecBlock); n > 0 {
		v.flush(n)
	}
	if v.err != nil {
		return v.err
	}
	_, err := v.w.Write(v.heads)
	return err
}

// openVec returns the vec of n numbers that a piece holds.
func openVec(p piece, n uint64) (vec, error) {
	heads := (n + vecBlock - 1) / vecBlock * vecHead
	if heads > p.size() {
		return vec{}, errors.New("a section is too short")
	}
	at := p.size() - heads
	return vec{n, p.slice(0, at+min(heads, 8)), p.slice(at, at+heads)}, nil
}
