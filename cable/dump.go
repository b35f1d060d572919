package cable

import (
	"bytes"
	"errors"
	"html"
	"strings"
)

// isTSV recognises the tab-separated dump by its first line.
func isTSV(head []byte) bool {
	line, _, _ := bytes.Cut(bytes.TrimLeft(head, " \r\n"), []byte("\n"))
	return tsvStart(line) >= 0
}

// tsvStart returns which column of a row of the tab-separated dump holds the
// id, or -1 where line begins no row. The time stands before it, and in some
// dumps a serial number before that.
func tsvStart(line []byte) int {
	fields := strings.SplitN(string(line[:min(len(line), 200)]), "\t", 5)
	for i := 1; i < len(fields) && i < 3; i++ {
		if parseTime(fields[i-1]).IsZero() {
			continue
		}
		if _, _, _, ok := SplitID(fields[i]); ok && len(fields) > i+2 {
			return i
		}
	}
	return -1
}

// readTSV reads the tab-separated dump of a data base: the time, the id, the
// origin, the classification, the references, the header and the body. A
// backslash stands before a line end, tab or backslash inside a field; a row
// ends where the next begins, so that a lost backslash does not end it.
func (s *stream) readTSV() {
	var row, line []byte
	at := s.here()
	flush := func() {
		row = bytes.TrimSuffix(bytes.TrimSuffix(row, []byte("\n")), []byte("\r"))
		if len(bytes.TrimSpace(row)) > 0 && !s.done {
			s.tsvRow(string(row), at)
		}
		row = row[:0]
	}
	for !s.done {
		here := s.here()
		var err error
		line, err = s.readLine(line[:0])
		switch {
		case err == errTooLong:
			s.fault(here, "", err)
			continue
		case len(row)+len(line) > maxCable:
			s.fault(at, "body", errTooLong)
			row, at = row[:0], here
		case tsvStart(line) >= 0:
			flush()
			at = here
		}
		row = append(row, line...)
		if err != nil {
			flush()
			if !s.done {
				s.end(err)
			}
			return
		}
	}
}

func (s *stream) tsvRow(row string, at place) {
	id := tsvStart([]byte(row[:min(len(row), 200)]))
	if id < 0 {
		s.fault(at, "id", errors.New("a row without time and id"))
		return
	}
	fields := splitUnescape(row)
	for len(fields) < id+6 {
		fields = append(fields, "")
	}
	s.columns(fields[id-1], fields[id], fields[id+1], fields[id+2], fields[id+3], fields[id+4], strings.Join(fields[id+5:], "\t"), "", at)
}

// splitUnescape splits a row at tabs and takes the backslashes of its fields away.
func splitUnescape(row string) []string {
	var fields []string
	b := make([]byte, 0, len(row))
	for i := 0; i < len(row); i++ {
		switch c := row[i]; {
		case c == '\t':
			fields = append(fields, string(b))
			b = b[:0]
		case c == '\\' && i+1 < len(row):
			i++
			switch row[i] {
			case 'n':
				b = append(b, '\n')
			case 't':
				b = append(b, '\t')
			case 'N':
				if len(b) > 0 {
					b = append(b, `\N`...)
				}
			case '\n', '\t', '\\', '"', '\'':
				b = append(b, row[i])
			case '\r':
			default:
				b = append(b, '\\', row[i])
			}
		default:
			b = append(b, c)
		}
	}
	return append(fields, string(b))
}

// dumpKeys are the keys of the key-value dump before the header.
var dumpKeys = []string{"id", "date", "refid", "origin", "classification", "destination", "header"}

// dumpKey splits "refid: 06BOGOTA2554"; key is "" where line has no such key.
func dumpKey(line string) (key, value string) {
	k, v, ok := strings.Cut(line, ":")
	if !ok {
		return "", ""
	}
	for _, key := range dumpKeys {
		if k == key {
			return key, strings.TrimSpace(v)
		}
	}
	return "", ""
}

func isKeyValue(head []byte) bool {
	seen := 0
	for line := range strings.Lines(string(head[:min(len(head), 1<<10)])) {
		if key, _ := dumpKey(strings.TrimSpace(line)); key != "" {
			seen++
		} else if strings.TrimSpace(line) != "" {
			break
		}
	}
	return seen >= 4
}

// readKeyValue reads the dump that gives each cable as lines of keys and
// values, the header up to a line "header ends", and the body up to a line
// "CABLE ENDS".
func (s *stream) readKeyValue() {
	const (
		keys = iota
		header
		body
	)
	var (
		line, text []byte
		values     map[string]string
		head       string
		state      = keys
		at         = s.here()
		lost       bool
	)
	flush := func() {
		if values != nil && !lost {
			if state != body {
				head, text = "", text[:len(text):len(text)]
			}
			s.columns(values["date"], values["refid"], values["origin"], values["classification"], values["destination"], head, string(text), "", at)
		}
		values, head, text, state, lost = nil, "", text[:0], keys, false
	}
	for !s.done {
		here := s.here()
		var err error
		line, err = s.readLine(line[:0])
		if err == errTooLong || len(text)+len(line) > maxCable {
			s.fault(at, "body", errTooLong)
			text, lost = text[:0], true
		}
		trimmed := string(bytes.TrimSpace(line))
		key, value := "", ""
		if len(trimmed) < 200 {
			key, value = dumpKey(trimmed)
		}
		switch {
		case strings.HasPrefix(trimmed, "====") && strings.Contains(trimmed, "CABLE ENDS"):
			flush()
		case state == header && strings.HasPrefix(trimmed, "----") && strings.Contains(trimmed, "header ends"):
			head, text, state = string(text), text[:0], body
		case key == "id" && state != keys && number(value) >= 0: // the end was lost
			flush()
			values, at = map[string]string{key: value}, here
		case state == keys && key == "header":
			if values == nil {
				values, at = map[string]string{}, here
			}
			state = header
		case state == keys && key != "":
			if values == nil {
				values, at = map[string]string{}, here
			}
			values[key] = value
		case state == keys && trimmed == "":
		case state == keys && values == nil:
			at = here
			values = map[string]string{}
			fallthrough
		default:
			text = append(text, line...)
		}
		if err != nil && err != errTooLong {
			flush()
			if !s.done {
				s.end(err)
			}
			return
		}
	}
}

// fiveLines reads the lines that open a cable in files of five lines and a text:
// the id, the title, the time, the classification and the origin.
func fiveLines(text []byte) (h hints, ok bool) {
	var lines [5]string
	for i := range lines {
		var line []byte
		line, text, _ = bytes.Cut(text, []byte("\n"))
		if len(line) > 400 {
			return h, false
		}
		lines[i] = string(bytes.TrimSpace(line))
		if _, _, _, known := SplitID(lines[0]); !known {
			return h, false
		}
	}
	h = hints{id: lines[0], created: parseTime(lines[2]), class: lines[3], origin: lines[4]}
	class, _ := classification(h.class)
	return h, class != "" && !h.created.IsZero() && h.origin != ""
}

func isFiveLine(head []byte) bool {
	_, ok := fiveLines(bytes.TrimLeft(head, " \r\n"))
	return ok
}

// readFiveLine reads texts made of the first web pages, one cable a file or
// several one after another: five lines about the cable, then header and body
// run together, with the entities of the page.
func (s *stream) readFiveLine() {
	var (
		buf, line []byte
		start     = s.here()
		ends      []int // of the last lines of buf, at most five
	)
	flush := func(end int) {
		if h, ok := fiveLines(buf[:end]); ok && !s.done {
			_, text, _ := cutLines(buf[:end], 5)
			header, body := splitRunTogether(html.UnescapeString(string(text)))
			s.cable(assemble(header, body), start, h)
		} else if len(bytes.TrimSpace(buf[:end])) > 0 && !s.done {
			s.fault(start, "id", errNoIdentity)
		}
	}
	for !s.done {
		at := s.here()
		var err error
		line, err = s.readLine(line[:0])
		if err == errTooLong {
			s.fault(at, "", err)
			continue
		}
		if len(buf)+len(line) > maxCable {
			s.fault(start, "body", errTooLong)
			buf, start, ends = buf[:0], at, ends[:0]
		}
		buf = append(buf, line...)
		if ends = append(ends, len(buf)); len(ends) > 6 {
			ends = ends[1:]
		}
		if len(ends) == 6 { // five lines, and what stands before them
			cut := ends[0]
			if _, ok := fiveLines(buf[cut:]); ok {
				flush(cut)
				start = place{at.offset - int64(len(buf)-len(line)-cut), at.line - 4}
				buf = buf[:copy(buf, buf[cut:])]
				for i := range ends {
					ends[i] -= cut
				}
			}
		}
		if err != nil {
			flush(len(buf))
			if !s.done {
				s.end(err)
			}
			return
		}
	}
}

// cutLines parts text after n lines.
func cutLines(text []byte, n int) (before, after []byte, ok bool) {
	at := 0
	for range n {
		k := bytes.IndexByte(text[at:], '\n')
		if k < 0 {
			return text, nil, false
		}
		at += k + 1
	}
	return text[:at], text[at:], true
}

// splitRunTogether parts the header of a cable from its body, which begins with
// the classification line, in the middle of a line or not: "TO SECSTATE
// WASHDCUNCLAS LOME 000014".
func splitRunTogether(text string) (header, body string) {
	const reach = 400 // lines
	n := 0
	for at := 0; at < len(text) && n < reach; n++ {
		end := len(text)
		if k := strings.IndexByte(text[at:], '\n'); k >= 0 {
			end = at + k
		}
		for _, word := range classificationStarts {
			k := strings.Index(text[at:end], word)
			if k < 0 {
				continue
			}
			if o, ok := classificationLine(text, at+k, end); ok && o.number > 0 {
				if _, known := FindPost(o.post); known {
					return text[:at+k], text[at+k:]
				}
			}
		}
		at = end + 1
	}
	return "", text
}
