package cable

import (
	"bytes"
	"path"
	"path/filepath"
	"strings"
)

// readText reads plain text: one cable, or several one after another. A new
// cable begins where a transmission line or a date-time group and FM line, or
// a classification line with another number, follows the classification line
// of the cable before.
func (s *stream) readText() {
	base := path.Base(filepath.ToSlash(s.src.File))
	if s.src.Member != "" {
		base = path.Base(s.src.Member)
	}
	h := hints{id: strings.ToUpper(strings.TrimSuffix(base, path.Ext(base)))}
	var (
		buf, line []byte
		start     = s.here()
		split     splitter
	)
	split.reset()
	flush := func(end int) {
		if len(bytes.TrimSpace(buf[:end])) > 0 && !s.done {
			s.cable(buf[:end], start, h)
		}
	}
	for !s.done {
		at := s.here()
		var err error
		line, err = s.readLine(line[:0])
		switch {
		case err == errTooLong:
			s.fault(at, "", err)
			continue
		case len(buf)+len(line) > maxCable:
			s.fault(start, "body", errTooLong)
			buf, start = buf[:0], at
			split.reset()
		}
		if cut := split.line(line, len(buf)); cut >= 0 {
			flush(cut)
			start = place{at.offset - int64(len(buf)-cut), at.line - bytes.Count(buf[cut:], []byte("\n"))}
			buf = buf[:copy(buf, buf[cut:])]
			split.reset()
			split.line(line, len(buf))
		}
		buf = append(buf, line...)
		if err != nil {
			flush(len(buf))
			if !s.done {
				s.end(err)
			}
			return
		}
	}
}

// splitter finds where one cable ends and the next begins.
type splitter struct {
	number   string // post and number of the classification line, "" before it
	ended    bool   // "NNNN" or a line that closes a dump's cable was read
	from     int    // where the header lines begin that stand at the end, -1 none
	dateTime bool   // the last line was a date-time group
}

func (p *splitter) reset() { *p = splitter{from: -1} }

// line takes the next line, which begins at offset at, and returns where a new
// cable begins, or -1.
func (p *splitter) line(line []byte, at int) int {
	text := bytes.TrimSpace(line)
	if len(text) == 0 {
		return -1
	}
	if p.number == "" && !p.ended {
		p.from = -1
		p.number = numberOf(text)
		return -1
	}
	if p.ended {
		p.ended = false
		return at
	}
	dateTime := p.dateTime
	p.dateTime = false
	switch text[0] {
	case 'V', 'Z':
		if bytes.HasPrefix(text, []byte("VZCZC")) || bytes.HasPrefix(text, []byte("ZCZC")) {
			return at
		}
	case 'T':
		if bytes.HasPrefix(text, []byte("This record is a partial extract of the original cable")) {
			return at
		}
	case 'N':
		if string(text) == "NNNN" {
			p.ended = true
			return -1
		}
	case '=':
		if bytes.Contains(text, []byte("==CABLE ENDS==")) {
			p.ended = true
			return -1
		}
	case 'F':
		if dateTime && bytes.HasPrefix(text, []byte("FM ")) && p.from >= 0 {
			return p.from
		}
	case 'R', 'P', 'O':
		if len(text) > 40 {
			break
		}
		if _, precedence, ok := dateTimeGroup(string(text)); ok && precedence != "" {
			p.dateTime, p.from = true, at
			return -1
		}
	}
	if n := numberOf(text); n != "" && n != p.number {
		return at
	}
	return -1
}

// numberOf returns post and number of a classification line, or "".
func numberOf(text []byte) string {
	switch text[0] {
	case 'U', 'C', 'S', 'L', 'T':
	default:
		return ""
	}
	if len(text) > 160 {
		return ""
	}
	if _, n := classification(string(text[:min(len(text), 40)])); n == 0 {
		return ""
	}
	o, ok := classificationLine(string(text), 0, len(text))
	if !ok || o.number == 0 {
		return ""
	}
	post, known := FindPost(o.post)
	if !known {
		return ""
	}
	return ID(2000, post.Token(), o.number)
}
