package cable

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// maxCable is the size of the largest cable in bytes, with its markup. What is
// longer is damaged or something else, and is set aside.
const maxCable = 16 << 20

var (
	errEmpty      = errors.New("empty file")
	errBinary     = errors.New("not a text file")
	errTooLong    = fmt.Errorf("longer than %d MB", maxCable>>20)
	errNoIdentity = errors.New("no cable here: nothing gives a post and number")
)

// stream reads a file, or a member of an archive, piece by piece.
type stream struct {
	br     *bufio.Reader
	src    Source
	form   string
	fields Fields
	offset int64 // of the next byte
	line   int   // of the next byte, from 1
	yield  func(*Cable, error) bool
	done   bool // the consumer wants no more
	failed func(error)
	damage error // of the compression around an inner stream
	pass   *pass
}

// pass is one run over a collection.
type pass struct {
	ctx    context.Context // of the run
	ended  bool            // ctx ended while something was being read
	first  bool            // only looks at heads, for the survey
	survey *survey         // of the first pass, nil where there was none
	met    int             // cables so far
}

// stopped reports whether the context of the run has ended, and notes it.
func (p *pass) stopped() bool {
	p.ended = p.ended || p.ctx.Err() != nil
	return p.ended
}

// place is a position in the stream.
type place struct {
	offset int64
	line   int
}

func (s *stream) here() place { return place{s.offset, s.line} }

// readLine appends the next line with its end to buf. At the end of the stream
// it returns io.EOF, with what stands after the last line end. Where buf would
// grow beyond maxCable it returns errTooLong, and the rest of the line is lost.
func (s *stream) readLine(buf []byte) ([]byte, error) {
	long := false
	for {
		if s.pass.stopped() {
			s.done = true
			return buf[:0], io.EOF
		}
		part, err := s.br.ReadSlice('\n')
		s.offset += int64(len(part))
		if len(buf)+len(part) > maxCable {
			long = true
		} else if !long {
			buf = append(buf, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == nil:
			s.line++
		}
		if long && (err == nil || err == io.EOF) {
			return buf, errTooLong
		}
		return buf, err
	}
}

// fault sets something aside: it yields an *Error and reports whether to go on.
func (s *stream) fault(at place, field string, err error) bool {
	if !s.done {
		s.done = !s.yield(nil, &Error{Name: s.src.String(), Line: at.line, Col: min(at.line, 1), Field: field, Err: err})
	}
	return !s.done
}

// cable reads the cable in text and yields it; it reports whether to go on.
func (s *stream) cable(text []byte, at place, h hints) bool {
	raw, encoding := decode(text)
	src := s.src
	src.Offset, src.Encoding = at.offset, encoding
	order := s.pass.met
	s.pass.met++
	if s.pass.first {
		seen := sight(raw, h)
		seen.order, seen.source = order, src
		s.pass.survey.see(seen)
		return true
	}
	todo, planned := plan{}, false
	if s.pass.survey != nil {
		todo, planned = s.pass.survey.plan[order]
	}
	if todo.drop {
		return true
	}
	sections := 1
	if todo.group != nil {
		src = todo.group.sections[0].source
		sections = len(todo.group.sections)
		var ok bool
		if raw, ok = todo.group.add(order, raw); !ok {
			return true
		}
	}
	c := parse(raw, h)
	switch {
	case planned && c.ID != todo.id:
		s.fail(errChanged)
		return false
	case c.ID == "":
		return s.fault(at, "id", errNoIdentity)
	case todo.conflict != nil:
		return s.fault(at, "id", fmt.Errorf("another cable bears the id %s: %s", c.ID, todo.conflict.source))
	}
	c.Source = src
	c.Also = todo.also
	c.Form = s.form
	if sections > 1 {
		c.Repairs = append([]Repair{{Kind: "sections-joined", Span: Span{0, len(raw)}, Note: fmt.Sprintf("%d sections that lay apart", sections)}}, c.Repairs...)
	}
	s.done = !s.yield(c, nil)
	return !s.done
}

// assemble joins a header and a body that a form keeps apart, with a blank
// line between them.
func assemble(header, body string) []byte {
	header = strings.Trim(header, "\r\n")
	body = strings.Trim(body, "\r\n")
	if header == "" || body == "" {
		return []byte(header + body)
	}
	b := make([]byte, 0, len(header)+2+len(body))
	b = append(b, header...)
	b = append(b, "\n\n"...)
	return append(b, body...)
}

// decode returns text in UTF-8 and the name of its encoding. What is not UTF-8
// is ISO-8859-1, or Windows-1252 where it has characters between 0x80 and 0x9F.
func decode(text []byte) (utf, encoding string) {
	if utf8.Valid(text) {
		return string(text), "utf-8"
	}
	cm, name := charmap.ISO8859_1, "iso-8859-1"
	if hasC1(text) {
		cm, name = charmap.Windows1252, "windows-1252"
	}
	var b strings.Builder
	b.Grow(len(text) + len(text)/16)
	for _, c := range text {
		b.WriteRune(cm.DecodeByte(c))
	}
	return b.String(), name
}

// hasC1 reports whether text has bytes between 0x80 and 0x9F.
func hasC1(text []byte) bool {
	for _, c := range text {
		if 0x80 <= c && c < 0xA0 {
			return true
		}
	}
	return false
}
