package graphdata

import (
	"encoding/binary"
	"errors"
	"math"
	"time"

	"github.com/cayleygraph/quad"

	"cablegraph/internal/wire"
	"cablegraph/vocab"
)

// What the builder sorts on disk is encoded as in this file.

// errEncoding says that a sorted record is not what was written; a disk fails.
var errEncoding = errors.New("a temporary file was changed while the graph was built")

func appendTime(dst []byte, t time.Time) []byte {
	return wire.AppendInt(wire.AppendInt(dst, t.Unix()), t.Nanosecond())
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
	return wire.AppendList(dst, fillers, func(dst []byte, f *filler) []byte {
		dst = wire.AppendString(wire.AppendString(dst, f.role), f.name)
		switch v := f.value.(type) {
		case quad.IRI:
			dst = wire.AppendString(wire.AppendInt(dst, iriFiller), string(v))
		case quad.Int:
			dst = wire.AppendInt(wire.AppendInt(dst, intFiller), int64(v))
		case quad.String:
			dst = wire.AppendString(wire.AppendInt(dst, stringFiller), string(v))
		}
		return dst
	})
}

// What a filler's value is.
const (
	iriFiller = iota
	intFiller
	stringFiller
)

func appendClaim(dst []byte, c *claim) []byte {
	for _, text := range []string{c.iri, c.cable, c.quote, c.rule} {
		dst = wire.AppendString(dst, text)
	}
	for _, n := range []int{c.para, c.start, c.end, int(c.status)} {
		dst = wire.AppendInt(dst, n)
	}
	return appendFillers(appendTime(wire.AppendFloat(dst, c.rank.score), c.rank.sent), c.fillers)
}

func readTime(r *wire.Reader) time.Time {
	seconds := r.Int()
	return time.Unix(int64(seconds), int64(r.Int())).UTC()
}

func readFillers(r *wire.Reader) []filler {
	return wire.List(r, func(f *filler) {
		f.role, f.name = r.String(), r.String()
		switch r.Int() {
		case iriFiller:
			f.value = quad.IRI(r.String())
		case intFiller:
			f.value = quad.Int(r.Int())
		default:
			f.value = quad.String(r.String())
		}
	})
}

func readClaim(r *wire.Reader) claim {
	c := claim{iri: r.String(), cable: r.String(), quote: r.String(), rule: r.String()}
	c.para, c.start, c.end = r.Int(), r.Int(), r.Int()
	c.status = vocab.Status(r.Int())
	score := r.Float()
	c.rank = rank{score, readTime(r), c.cable, c.para, c.start}
	c.fillers = readFillers(r)
	return c
}
