package cable

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Fields are the names under which JSON Lines keep the parts of a cable. A part
// without a name, or that an object does not have, is empty.
type Fields struct {
	ID, Created, Classification, Origin, Header, Body string
}

// DefaultFields are the names that are read where no others are given.
var DefaultFields = Fields{
	ID: "id", Created: "created", Classification: "classification", Origin: "origin", Header: "header", Body: "body",
}

// ParseFields reads names given as "body=text,header=head"; parts that are not
// named keep their default.
func ParseFields(s string) (Fields, error) {
	f := DefaultFields
	for pair := range strings.SplitSeq(s, ",") {
		if pair == "" {
			continue
		}
		part, name, ok := strings.Cut(pair, "=")
		if !ok {
			return f, fmt.Errorf("%q: want PART=NAME", pair)
		}
		switch part {
		case "id":
			f.ID = name
		case "created":
			f.Created = name
		case "classification":
			f.Classification = name
		case "origin":
			f.Origin = name
		case "header":
			f.Header = name
		case "body":
			f.Body = name
		default:
			return f, fmt.Errorf("%q: no such part; there are id, created, classification, origin, header and body", part)
		}
	}
	return f, nil
}

func isJSONLines(head []byte) bool {
	head = bytes.TrimLeft(head, " \t\r\n")
	return len(head) > 1 && head[0] == '{' && bytes.IndexByte(head[:min(len(head), 64)], '"') > 0
}

// readJSONLines reads one object a line.
func (s *stream) readJSONLines() {
	var buf []byte
	for !s.done {
		at := s.here()
		var err error
		buf, err = s.readLine(buf[:0])
		if err == errTooLong {
			s.fault(at, "", err)
			continue
		}
		if line := bytes.TrimSpace(buf); len(line) > 0 {
			s.jsonLine(line, at)
		}
		if err != nil {
			s.end(err)
			return
		}
	}
}

func (s *stream) jsonLine(line []byte, at place) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(line, &object); err != nil {
		var syntax *json.SyntaxError
		e := &Error{Name: s.src.String(), Line: at.line, Col: 1, Err: err}
		if errors.As(err, &syntax) {
			e.Col = int(syntax.Offset)
		}
		s.done = !s.yield(nil, e)
		return
	}
	part := func(name string) string {
		var v string
		if raw, ok := object[name]; ok && len(raw) > 0 && raw[0] == '"' {
			if json.Unmarshal(raw, &v) != nil {
				return ""
			}
		}
		return v
	}
	header, body := part(s.fields.Header), part(s.fields.Body)
	h := hints{id: part(s.fields.ID), class: part(s.fields.Classification), origin: part(s.fields.Origin), created: parseTime(part(s.fields.Created))}
	if header == "" && body == "" {
		s.fault(at, s.fields.Body, errors.New("neither header nor body"))
		return
	}
	s.cable(assemble(header, body), at, h)
}

// timeLayouts are the spellings of times in collections.
var timeLayouts = [...]string{
	"2006-01-02 15:04:05", "2006-01-02 15:04", "1/2/2006 15:04", time.RFC3339, "2006-01-02", "1/2/2006",
	"2006-01-02 15:04:05 -0700", "Mon Jan 02 15:04:05 -0700 2006", // as Ruby prints them
}

// parseTime reads the time at which a collection says a cable was made, or
// returns zero.
func parseTime(s string) time.Time {
	s = strings.TrimSpace(s)
	if len(s) < 8 || len(s) > 32 {
		return time.Time{}
	}
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// end ends the stream with err, which may be io.EOF.
func (s *stream) end(err error) {
	if err != io.EOF {
		s.fail(err)
	}
}
