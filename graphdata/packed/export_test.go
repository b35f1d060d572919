package packed

import (
	"encoding/binary"
	"hash/crc32"

	"github.com/cayleygraph/quad"
)

// Reseal makes all checksums of a file right, as far as it is one.
func Reseal(b []byte) []byte {
	var h header
	if len(b) < blockSize {
		return b
	}
	if _, err := binary.Decode(b[len(magic):], binary.LittleEndian, &h); err != nil {
		return b
	}
	h.Size = uint64(len(b))
	if h.ChecksOffset < blockSize || h.ChecksOffset > h.Size || (h.ChecksOffset-1)/blockSize*4 != h.Size-h.ChecksOffset {
		return b
	}
	checks := b[h.ChecksOffset:]
	for i := uint64(1); i*blockSize < h.ChecksOffset; i++ {
		sum := crc32.Checksum(b[i*blockSize:min((i+1)*blockSize, h.ChecksOffset)], crcTable)
		binary.LittleEndian.PutUint32(checks[(i-1)*4:], sum)
	}
	h.Checks = crc32.Checksum(checks, crcTable)
	h.Version = version
	first, err := h.encode()
	if err != nil {
		return b
	}
	copy(b, first)
	return b
}

// Match returns the quads that have the values of bound where it has any, by
// the span of its pattern.
func (s *Store) Match(bound quad.Quad) (quads []quad.Quad) {
	defer s.recovered(nil)
	var p pattern
	for col, d := range directions {
		if v := bound.Get(d); v != nil {
			p[col] = s.numberOf(col, s.ValueOf(v))
		}
	}
	sp := s.index.span(p)
	for i := range sp.len() {
		quads = append(quads, s.quad(s.index.rank(sp.order, sp.lo+i)))
	}
	return quads
}
