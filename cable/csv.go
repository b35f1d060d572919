package cable

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// The columns of cables.csv, which has no header row: a serial number, the
// time, the id, the origin, the classification, the references ("|" between
// them), the header and the body.
const (
	columnSerial = iota
	columnCreated
	columnID
	columnOrigin
	columnClassification
	columnReferences
	columnHeader
	columnBody
	columns
)

var (
	errUnclosedQuote = errors.New("a quoted field is not closed")
	errNoText        = errors.New("no text of a cable")
)

// isCSV looks for a row in the first lines; a note may stand before it.
func isCSV(head []byte) bool {
	for range 3 {
		var line []byte
		line, head, _ = bytes.Cut(bytes.TrimLeft(head, " \t\r\n"), []byte("\n"))
		if rowStart(line) {
			return true
		}
	}
	return false
}

// rowStart reports whether line begins as a row of cables.csv does: a number, a
// date and the id, quoted or not.
func rowStart(line []byte) bool {
	if len(line) == 0 || line[0] != '"' && !isDigit(line[0]) {
		return false
	}
	var fields [3]string
	rest := string(line[:min(len(line), 120)])
	for i := range fields {
		f, after, ok := strings.Cut(rest, ",")
		if !ok {
			return false
		}
		if strings.HasPrefix(f, `"`) {
			if len(f) < 2 || !strings.HasSuffix(f, `"`) || strings.HasPrefix(f, `""`) {
				return false
			}
			f = f[1 : len(f)-1]
		}
		fields[i], rest = f, after
	}
	if i := strings.IndexByte(rest, '"'); i >= 0 && strings.HasPrefix(rest[i:], `""`) && (i > 0 && rest[i-1] != ',' || !strings.HasPrefix(rest[i:], `"",`)) {
		return false // doubled quotes: a row that stands inside a quoted field
	}
	return number(fields[0]) >= 0 && !parseTime(fields[1]).IsZero() && fields[2] != "" && digits(fields[2]) >= 2
}

// csvRow is a row being read.
type csvRow struct {
	fields [columns][]byte
	n      int   // index of the current field
	quoted bool  // inside quotes
	start  bool  // at the start of a field
	open   place // where the open quote stands
	col    int
	size   int
	begun  bool
	note   string // what is broken about it
	// doubled is set where a line end inside quotes has no backslash before it:
	// then inner quotes are doubled, and a backslash is a backslash.
	doubled bool
}

func (r *csvRow) reset() {
	for i := range r.fields {
		r.fields[i] = r.fields[i][:0]
	}
	r.n, r.quoted, r.start, r.size, r.begun, r.note, r.doubled = 0, false, true, 0, false, "", false
}

// readCSV reads the rows of cables.csv in both dialects of quoting: inner
// quotes doubled, or escaped by a backslash, which then also stands before line
// ends. A row that does not close its quotes ends where the next row begins.
func (s *stream) readCSV() {
	var (
		row  csvRow
		line []byte
		at   place // of the row
		lost bool  // looking for the next row after a fault
	)
	row.reset()
	for !s.done {
		here := s.here()
		var err error
		line, err = s.readLine(line[:0])
		if err == errTooLong {
			s.fault(here, "", err)
			row.reset()
			lost = true
			continue
		}
		if len(line) > 0 {
			starts := (lost || row.quoted || row.begun) && rowStart(line)
			switch {
			case lost && !starts:
				line = line[:0]
			case starts && row.begun && !lost:
				s.brokenRow(&row, at)
				row.reset()
			case starts:
				row.reset()
			}
			lost = lost && !starts
			if !row.begun && len(bytes.TrimSpace(line)) > 0 {
				at = here
			}
			if !lost && row.read(line, here) {
				s.row(&row, at)
				row.reset()
			}
			if row.size > maxCable {
				s.fault(at, columnNames[min(row.n, columns-1)], errTooLong)
				row.reset()
				lost = true
			}
		}
		if err != nil {
			if row.begun && !lost && !s.done {
				if row.n == columnBody && !row.quoted { // without a line end
					s.row(&row, at)
				} else if row.quoted || row.n > 0 {
					s.brokenRow(&row, at)
				}
			}
			if !s.done {
				s.end(err)
			}
			return
		}
	}
}

// brokenRow reads the cable of a row that does not close its quotes, or that
// has too few fields, where the text in it gives one; else it sets the row
// aside.
func (s *stream) brokenRow(r *csvRow, at place) {
	where, col, cause := at, 1, errors.New("a row with too few fields")
	if r.quoted {
		where, col, cause = r.open, max(r.col, 1), errUnclosedQuote
	}
	if r.n >= columnHeader {
		r.note = fmt.Sprintf("line %d, column %d: %s: %s", where.line, col, columnNames[min(r.n, columns-1)], cause)
		s.row(r, at)
		return
	}
	if !s.done {
		s.done = !s.yield(nil, &Error{Name: s.src.String(), Line: where.line, Col: col, Field: columnNames[r.n], Err: cause})
	}
}

var columnNames = [columns]string{"serial", "created", "id", "origin", "classification", "references", "header", "body"}

// read takes a line of the row and reports whether the row is complete.
func (r *csvRow) read(line []byte, at place) bool {
	r.size += len(line)
	for i := 0; i < len(line); {
		f := min(r.n, columns-1)
		if r.start {
			r.start = false
			if line[i] == '"' {
				r.quoted, r.open, r.col, r.begun = true, at, i+1, true
				i++
				continue
			}
		}
		if r.quoted {
			k := bytes.IndexByte(line[i:], '"')
			if b := bytes.IndexByte(line[i:], '\\'); !r.doubled && b >= 0 && (k < 0 || b < k) {
				k = b
			}
			if k < 0 {
				r.fields[f] = append(r.fields[f], line[i:]...)
				r.doubled = true
				return false
			}
			r.fields[f] = append(r.fields[f], line[i:i+k]...)
			i += k
			if line[i] == '\\' {
				rest := bytes.TrimLeft(line[i+1:], " \r")
				switch {
				case i+1 < len(line) && (line[i+1] == '"' || line[i+1] == '\\'):
					r.fields[f] = append(r.fields[f], line[i+1])
					i += 2
				case len(rest) > 0 && rest[0] == '\n':
					r.fields[f] = append(r.fields[f], '\n')
					i = len(line)
				default:
					r.fields[f] = append(r.fields[f], '\\')
					i++
				}
				continue
			}
			i++
			switch {
			case i < len(line) && line[i] == '"':
				r.fields[f] = append(r.fields[f], '"')
				i++
			case i == len(line), line[i] == ',', len(bytes.TrimSpace(line[i:])) == 0:
				r.quoted = false
			default: // a quote that nobody escaped
				r.fields[f] = append(r.fields[f], '"')
			}
			continue
		}
		k := bytes.IndexAny(line[i:], ",\n")
		if k < 0 {
			k = len(line) - i
		}
		piece := bytes.TrimRight(line[i:i+k], "\r")
		if r.n < columns {
			r.fields[f] = append(r.fields[f], piece...)
		}
		if len(piece) > 0 {
			r.begun = true
		}
		i += k
		if i == len(line) {
			break
		}
		i++
		if line[i-1] == ',' {
			r.begun = true
			r.n++
			r.start = true
			continue
		}
		// A line end outside quotes ends the row, but for an unquoted field that
		// wraps.
		if r.n >= columnBody {
			return true
		}
		if r.begun && len(r.fields[f]) > 0 {
			r.fields[f] = append(r.fields[f], ' ')
		}
	}
	return false
}

// row reads the cable of a complete row.
func (s *stream) row(r *csvRow, at place) {
	text := func(i int) string { return string(bytes.TrimSpace(r.fields[i])) }
	s.columns(text(columnCreated), text(columnID), text(columnOrigin), text(columnClassification), text(columnReferences),
		string(r.fields[columnHeader]), string(r.fields[columnBody]), r.note, at)
}

// columns reads the cable whose parts a dump keeps in columns. note says what is
// broken about the row.
func (s *stream) columns(created, id, origin, class, references, header, body, note string, at place) {
	if strings.TrimSpace(header) == "" && strings.TrimSpace(body) == "" {
		s.fault(at, "body", errNoText)
		return
	}
	h := hints{id: id, created: parseTime(created), class: fold(class), origin: origin, note: note}
	for ref := range strings.SplitSeq(references, "|") {
		if ref = strings.TrimSpace(ref); ref != "" {
			h.references = append(h.references, ref)
		}
	}
	s.cable(assemble(header, body), at, h)
}
