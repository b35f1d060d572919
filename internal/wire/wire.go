// Package wire writes numbers and texts as bytes and reads them back.
//
// What is written does not say what it is: it is read in the order in which it
// was written, by the program that wrote it.
package wire

import (
	"encoding/binary"
	"errors"
	"math"
)

// AppendInt appends a whole number, small ones in few bytes.
func AppendInt[N ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16](b []byte, n N) []byte {
	return binary.AppendVarint(b, int64(n))
}

// AppendFloat appends a number.
func AppendFloat(b []byte, f float32) []byte {
	return binary.LittleEndian.AppendUint32(b, math.Float32bits(f))
}

// AppendBool appends a truth value.
func AppendBool(b []byte, v bool) []byte {
	if v {
		return append(b, 1)
	}
	return append(b, 0)
}

// AppendString appends a text with its length.
func AppendString(b []byte, s string) []byte {
	return append(AppendInt(b, len(s)), s...)
}

// AppendList appends the length of a list and its elements, each by add.
func AppendList[T any](b []byte, list []T, add func([]byte, *T) []byte) []byte {
	b = AppendInt(b, len(list))
	for i := range list {
		b = add(b, &list[i])
	}
	return b
}

// A Reader reads what was appended. After a fault it returns zero values only,
// and Err says so.
type Reader struct {
	rest string
	err  error
}

// NewReader returns a Reader of b. The texts that it returns share one copy of b.
func NewReader(b []byte) *Reader { return &Reader{rest: string(b)} }

var errDamaged = errors.New("damaged record")

// Err returns an error where the bytes were not what was appended, or not all of
// them were read.
func (r *Reader) Err() error {
	if r.err == nil && r.rest != "" {
		return errDamaged
	}
	return r.err
}

// take returns the next n bytes.
func (r *Reader) take(n int) string {
	if n < 0 || n > len(r.rest) {
		r.rest, r.err = "", errDamaged
		return ""
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

// Int reads a whole number.
func (r *Reader) Int() int {
	u, shift := uint64(0), 0
	for i := range len(r.rest) {
		c := r.rest[i]
		u |= uint64(c&0x7f) << shift
		if shift += 7; c < 0x80 {
			r.rest = r.rest[i+1:]
			return int(u>>1) ^ -int(u&1)
		}
		if shift > 63 {
			break
		}
	}
	r.rest, r.err = "", errDamaged
	return 0
}

// Float reads a number.
func (r *Reader) Float() float32 {
	s := r.take(4)
	if s == "" {
		return 0
	}
	return math.Float32frombits(binary.LittleEndian.Uint32([]byte(s)))
}

// Bool reads a truth value.
func (r *Reader) Bool() bool { return r.take(1) == "\x01" }

// String reads a text.
func (r *Reader) String() string { return r.take(r.Int()) }

// List reads a list, each element by read; nil where it is empty.
func List[T any](r *Reader, read func(*T)) []T {
	n := r.Int()
	if n == 0 || r.err != nil {
		return nil
	}
	if n < 0 || n > len(r.rest) { // an element takes a byte at least
		r.rest, r.err = "", errDamaged
		return nil
	}
	list := make([]T, n)
	for i := range list {
		read(&list[i])
	}
	return list
}
