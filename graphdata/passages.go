package graphdata

import (
	"encoding/binary"
	"errors"
	"math"
	"time"

	"github.com/cayleygraph/quad"

	"cablegraph/vocab"
)

// What the builder sorts on disk is encoded as in this file: texts with their
// length before them, numbers as varints.

// errEncoding says that a sorted record is not what was written; a disk fails.
var errEncoding = errors.New("a temporary file was changed while the graph was built")

func appendText(dst []byte, s string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(s))), s...)
}

func appendTime(dst []byte, t time.Time) []byte {
	return binary.AppendUvarint(binary.AppendVarint(dst, t.Unix()), uint64(t.Nanosecond()))
}

// appendRank appends a rank so that better ones are less.
func appendRank(dst []byte, r rank) []byte {
	score := math.Float32bits(r.score)
	if score>>31 == 0 {
		score = ^(score | 1<<31)
	}
	dst = binary.BigEndian.AppendUint32(dst, score)
	dst = binary.BigEndian.AppendUint64(dst, uint64(r.sent.Unix())^1<<63)
	dst = binary.BigEndian.AppendUint32(dst, uint32(r.sent.Nanosecond()))
	dst = append(append(dst, r.cable...), 0)
	dst = binary.BigEndian.AppendUint32(dst, uint32(r.para))
	return binary.BigEndian.AppendUint32(dst, uint32(r.start))
}

// rankLen returns the length of the rank that b begins with.
func rankLen(b []byte) int {
	n := 16
	for n < len(b) && b[n] != 0 {
		n++
	}
	return n + 9
}

func appendFillers(dst []byte, fillers []filler) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(fillers)))
	for _, f := range fillers {
		dst = appendText(appendText(dst, f.role), f.name)
		switch v := f.value.(type) {
		case quad.IRI:
			dst = appendText(append(dst, 'i'), string(v))
		case quad.Int:
			dst = binary.AppendVarint(append(dst, 'n'), int64(v))
		case quad.String:
			dst = appendText(append(dst, 's'), string(v))
		}
	}
	return dst
}

func appendClaim(dst []byte, c *claim) []byte {
	dst = appendText(appendText(appendText(appendText(dst, c.iri), c.cable), c.quote), c.rule)
	for _, n := range []int{c.para, c.start, c.end, int(c.status)} {
		dst = binary.AppendVarint(dst, int64(n))
	}
	dst = binary.BigEndian.AppendUint32(dst, math.Float32bits(c.rank.score))
	return appendFillers(appendTime(dst, c.rank.sent), c.fillers)
}

// decoder reads what the functions above wrote. After a fault its methods
// return zeros.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) take(n int) []byte {
	if n < 0 || n > len(d.b) {
		d.b, d.err = nil, errEncoding
		return make([]byte, 8)
	}
	b := d.b[:n]
	d.b = d.b[n:]
	return b
}

func (d *decoder) uvarint() uint64 {
	v, n := binary.Uvarint(d.b)
	if n <= 0 {
		n = len(d.b) + 1
	}
	d.take(n)
	return v
}

func (d *decoder) varint() int64 {
	v, n := binary.Varint(d.b)
	if n <= 0 {
		n = len(d.b) + 1
	}
	d.take(n)
	return v
}

func (d *decoder) text() string { return string(d.take(int(d.uvarint()))) }

func (d *decoder) time() time.Time {
	seconds := d.varint()
	return time.Unix(seconds, int64(d.uvarint())).UTC()
}

func (d *decoder) fillers() []filler {
	n := d.uvarint()
	if n > uint64(len(d.b)) {
		d.take(-1)
	}
	fillers := make([]filler, 0, n)
	for range n {
		if d.err != nil {
			return nil
		}
		f := filler{role: d.text(), name: d.text()}
		switch d.take(1)[0] {
		case 'i':
			f.value = quad.IRI(d.text())
		case 'n':
			f.value = quad.Int(d.varint())
		default:
			f.value = quad.String(d.text())
		}
		fillers = append(fillers, f)
	}
	return fillers
}

func (d *decoder) claim() claim {
	c := claim{iri: d.text(), cable: d.text(), quote: d.text(), rule: d.text()}
	c.para, c.start, c.end = int(d.varint()), int(d.varint()), int(d.varint())
	c.status = vocab.Status(d.varint())
	score := math.Float32frombits(binary.BigEndian.Uint32(d.take(4)))
	c.rank = rank{score, d.time(), c.cable, c.para, c.start}
	c.fillers = d.fillers()
	return c
}
