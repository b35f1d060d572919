package packed

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/cayleygraph/quad"
)

// A key is a value as bytes that sort as the values of one kind compare: the
// kind, then the text, or the number in big endian with its sign turned. So
// ids in the order of keys make every comparison and every prefix a range.
const (
	kindBNode  = 1 + iota
	kindIRI    //
	kindString // text
	kindLang   // text, 0, language
	kindTyped  // text, 0, datatype
	kindInt    // 8 bytes
	kindFloat  // 8 bytes
	kindBool   // 1 byte
	kindTime   // 8 bytes of seconds, 4 of nanoseconds
	kinds      // how many, and the end of the last
)

// appendKey appends the key of v. Values of unknown types have none.
func appendKey(dst []byte, v quad.Value) ([]byte, error) {
	switch v := v.(type) {
	case quad.IRI:
		return append(append(dst, kindIRI), v...), nil
	case quad.BNode:
		return append(append(dst, kindBNode), v...), nil
	case quad.String:
		return append(append(dst, kindString), v...), nil
	case quad.LangString:
		return appendPair(dst, kindLang, string(v.Value), v.Lang)
	case quad.TypedString:
		return appendPair(dst, kindTyped, string(v.Value), string(v.Type))
	case quad.Int:
		return binary.BigEndian.AppendUint64(append(dst, kindInt), uint64(v)^1<<63), nil
	case quad.Float:
		return binary.BigEndian.AppendUint64(append(dst, kindFloat), orderedFloat(float64(v))), nil
	case quad.Bool:
		if v {
			return append(dst, kindBool, 1), nil
		}
		return append(dst, kindBool, 0), nil
	case quad.Time:
		t := time.Time(v)
		dst = binary.BigEndian.AppendUint64(append(dst, kindTime), uint64(t.Unix())^1<<63)
		return binary.BigEndian.AppendUint32(dst, uint32(t.Nanosecond())), nil
	case nil:
		return dst, errors.New("no value")
	}
	return dst, fmt.Errorf("value %v: %T cannot be stored", v, v)
}

// appendPair appends a text and what qualifies it. The last zero byte parts
// them.
func appendPair(dst []byte, kind byte, text, qualifier string) ([]byte, error) {
	if strings.IndexByte(qualifier, 0) >= 0 {
		return dst, fmt.Errorf("language or datatype %q has a zero byte", qualifier)
	}
	return append(append(append(append(dst, kind), text...), 0), qualifier...), nil
}

// orderedFloat returns bits that sort as floats compare; the NaNs come first
// and last.
func orderedFloat(f float64) uint64 {
	bits := math.Float64bits(f)
	if bits>>63 == 1 {
		return ^bits
	}
	return bits | 1<<63
}

// valueOf returns the value that a key stands for, or nil where it is no key.
func valueOf(key []byte) quad.Value {
	if len(key) == 0 {
		return nil
	}
	rest := key[1:]
	switch key[0] {
	case kindIRI:
		return quad.IRI(rest)
	case kindBNode:
		return quad.BNode(rest)
	case kindString:
		return quad.String(rest)
	case kindLang, kindTyped:
		text, qualifier, ok := cutLast(string(rest))
		switch {
		case !ok:
			return nil
		case key[0] == kindLang:
			return quad.LangString{Value: quad.String(text), Lang: qualifier}
		}
		return quad.TypedString{Value: quad.String(text), Type: quad.IRI(qualifier)}
	case kindInt:
		if len(rest) == 8 {
			return quad.Int(binary.BigEndian.Uint64(rest) ^ 1<<63)
		}
	case kindFloat:
		if len(rest) == 8 {
			bits := binary.BigEndian.Uint64(rest)
			if bits>>63 == 1 {
				bits &^= 1 << 63
			} else {
				bits = ^bits
			}
			return quad.Float(math.Float64frombits(bits))
		}
	case kindBool:
		if len(rest) == 1 {
			return quad.Bool(rest[0] == 1)
		}
	case kindTime:
		if len(rest) == 12 {
			sec := int64(binary.BigEndian.Uint64(rest) ^ 1<<63)
			return quad.Time(time.Unix(sec, int64(binary.BigEndian.Uint32(rest[8:]))).UTC())
		}
	}
	return nil
}

func cutLast(s string) (text, qualifier string, ok bool) {
	i := strings.LastIndexByte(s, 0)
	if i < 0 {
		return "", "", false
	}
	return s[:i], s[i+1:], true
}
