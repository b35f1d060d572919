package graphdata

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// The N-Quads of RDF 1.1 (https://www.w3.org/TR/n-quads/) in one canonical
// form: one blank between terms, no comments, datatypes by their full IRIs,
// only what must be escaped escaped. Cayley's own writer escapes neither IRIs
// nor control characters, and its reader passes over bad lines in silence.

const xsd = "http://www.w3.org/2001/XMLSchema#"

// AppendQuad appends the line of q, with its line end, to dst. Bytes of texts
// that are not UTF-8 become U+FFFD. A quad that N-Quads cannot express is an
// error, and dst comes back as it was.
func AppendQuad(dst []byte, q quad.Quad) ([]byte, error) {
	n := len(dst)
	dst, err := appendTriple(dst, q)
	if err != nil {
		return dst[:n], err
	}
	if q.Label != nil {
		dst = append(dst, ' ')
		if dst, err = appendResource(dst, q.Label, "label"); err != nil {
			return dst[:n], err
		}
	}
	return append(dst, " .\n"...), nil
}

// appendTriple appends subject, predicate and object. Lines sort as their
// triples do: what follows a triple, a blank, is less than anything that
// continues a term.
func appendTriple(dst []byte, q quad.Quad) ([]byte, error) {
	dst, err := appendResource(dst, q.Subject, "subject")
	if err != nil {
		return dst, err
	}
	predicate, ok := q.Predicate.(quad.IRI)
	if !ok {
		return dst, fmt.Errorf("predicate %v is no IRI", q.Predicate)
	}
	dst = append(dst, ' ')
	if dst, err = appendResource(dst, predicate, "predicate"); err != nil {
		return dst, err
	}
	return appendObject(append(dst, ' '), q.Object)
}

func appendResource(dst []byte, v quad.Value, what string) ([]byte, error) {
	switch v := v.(type) {
	case quad.IRI:
		if !isAbsolute(string(v)) {
			return dst, fmt.Errorf("%s %v is no absolute IRI", what, v)
		}
		return appendIRI(dst, string(v)), nil
	case quad.BNode:
		if n := blankNodeLen(string(v)); n == 0 || n != len(v) {
			return dst, fmt.Errorf("%s %v is no label of a blank node", what, v)
		}
		return append(append(dst, "_:"...), v...), nil
	}
	return dst, fmt.Errorf("%s %v is neither IRI nor blank node", what, v)
}

func appendObject(dst []byte, v quad.Value) ([]byte, error) {
	switch v := v.(type) {
	case quad.IRI, quad.BNode:
		return appendResource(dst, v, "object")
	case quad.String:
		return appendString(dst, string(v)), nil
	case quad.LangString:
		if n := languageLen(v.Lang); n == 0 || n != len(v.Lang) {
			return dst, fmt.Errorf("object %v has no valid language", v)
		}
		return append(append(appendString(dst, string(v.Value)), '@'), v.Lang...), nil
	case quad.TypedString:
		if !isAbsolute(string(v.Type)) {
			return dst, fmt.Errorf("object %v: the datatype is no absolute IRI", v)
		}
		return appendTyped(dst, string(v.Value), string(v.Type)), nil
	case nil:
		return dst, errors.New("the object is missing")
	}
	if text, datatype, ok := nativeText(v); ok {
		return appendTyped(dst, text, xsd+datatype), nil
	}
	return dst, fmt.Errorf("object %v: no N-Quads form for %T", v, v)
}

// nativeText returns the canonical lexical form of a value that Cayley keeps
// as a Go value.
func nativeText(v quad.Value) (text, datatype string, ok bool) {
	switch v := v.(type) {
	case quad.Int:
		return strconv.FormatInt(int64(v), 10), "integer", true
	case quad.Bool:
		return strconv.FormatBool(bool(v)), "boolean", true
	case quad.Float:
		switch f := float64(v); {
		case math.IsInf(f, 1):
			return "INF", "double", true
		case math.IsInf(f, -1):
			return "-INF", "double", true
		default: // NaN is written so in XML Schema too
			return strconv.FormatFloat(f, 'g', -1, 64), "double", true
		}
	case quad.Time:
		return time.Time(v).UTC().Format(time.RFC3339), "dateTime", true
	}
	return "", "", false
}

func appendTyped(dst []byte, text, datatype string) []byte {
	return appendIRI(append(appendString(dst, text), "^^"...), datatype)
}

const hexDigits = "0123456789ABCDEF"

func appendIRI(dst []byte, iri string) []byte {
	dst = append(dst, '<')
	for _, r := range iri {
		if r < utf8.RuneSelf && !isIRIByte(byte(r)) {
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[r>>4], hexDigits[r&15])
			continue
		}
		dst = utf8.AppendRune(dst, r)
	}
	return append(dst, '>')
}

func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r == '\n':
			dst = append(dst, `\n`...)
		case r == '\r':
			dst = append(dst, `\r`...)
		case r == '\t':
			dst = append(dst, `\t`...)
		case r < ' ' || r == 0x7f:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[r>>4], hexDigits[r&15])
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return append(dst, '"')
}

// isIRIByte reports whether an ASCII byte stands for itself between < and >.
func isIRIByte(b byte) bool {
	switch b {
	case '<', '>', '"', '{', '}', '|', '^', '`', '\\', 0x7f:
		return false
	}
	return b > ' '
}

// isAbsolute reports whether an IRI begins with a scheme.
func isAbsolute(iri string) bool {
	for i := range len(iri) {
		switch c := iri[i]; {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		case i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'):
		case c == ':':
			return i > 0
		default:
			return false
		}
	}
	return false
}

// SyntaxError places a fault in a file of N-Quads.
type SyntaxError struct {
	Name      string // of the file
	Line, Col int    // 1-based; Col counts bytes, 0 where the whole line is at fault
	Err       error
}

func (e *SyntaxError) Error() string {
	if e.Col == 0 {
		return fmt.Sprintf("%s:%d: %v", e.Name, e.Line, e.Err)
	}
	return fmt.Sprintf("%s:%d:%d: %v", e.Name, e.Line, e.Col, e.Err)
}

func (e *SyntaxError) Unwrap() error { return e.Err }

// ReadNQuads yields the quads of r, which was opened by name. A line that is
// not N-Quads is yielded as an empty quad with a *SyntaxError and reading goes
// on; any other error is the last pair.
//
// Integers, doubles, booleans and times in canonical form become Cayley's
// native values; in any other form they stay typed strings.
func ReadNQuads(r io.Reader, name string) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for line := range lines(r, name) {
			if line.err != nil {
				yield(quad.Quad{}, line.err)
				return
			}
			q, ok, err := parseLine(line.text)
			if err != nil {
				err.Name, err.Line = name, line.number
				if !yield(quad.Quad{}, err) {
					return
				}
			} else if ok && !yield(q, nil) {
				return
			}
		}
	}
}

type numberedLine struct {
	text   string // without its end
	number int
	err    error
}

// lines yields the lines of r, of any length, and the error that ended them.
func lines(r io.Reader, name string) iter.Seq[numberedLine] {
	return func(yield func(numberedLine) bool) {
		b := bufio.NewReaderSize(r, 1<<16)
		for number := 1; ; number++ {
			text, err := b.ReadString('\n')
			if err != nil && err != io.EOF {
				yield(numberedLine{err: fmt.Errorf("%s:%d: %w", name, number, err)})
				return
			}
			if text != "" && !yield(numberedLine{text: strings.TrimRight(text, "\r\n"), number: number}) {
				return
			}
			if err == io.EOF {
				return
			}
		}
	}
}

// parseLine reads one line; ok is false where it holds blanks or a comment
// only. The error has no name or line yet.
func parseLine(text string) (q quad.Quad, ok bool, fault *SyntaxError) {
	if !utf8.ValidString(text) {
		i := strings.IndexFunc(text, func(r rune) bool { return r == utf8.RuneError })
		return q, false, &SyntaxError{Col: i + 1, Err: errors.New("not UTF-8")}
	}
	p := parser{text: text}
	p.blanks()
	if p.done() {
		return q, false, nil
	}
	q.Subject = p.resource("subject")
	p.blanks()
	if q.Predicate = p.resource("predicate"); p.err == nil {
		if _, isIRI := q.Predicate.(quad.IRI); !isIRI {
			p.fail("the predicate is a blank node")
		}
	}
	p.blanks()
	q.Object = p.object()
	p.blanks()
	if p.err == nil && p.peek() != '.' {
		q.Label = p.resource("label or full stop")
		p.blanks()
	}
	p.expect('.', "full stop")
	p.blanks()
	if p.err == nil && !p.done() {
		p.fail("something follows the full stop")
	}
	if p.err != nil {
		return quad.Quad{}, false, &SyntaxError{Col: p.pos + 1, Err: p.err}
	}
	return q, true, nil
}

// parser reads the terms of a line. After a failure its methods do nothing,
// and pos stays where the fault is.
type parser struct {
	text string
	pos  int
	err  error
}

func (p *parser) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf(format, args...)
	}
}

// peek returns the next byte, 0 at the end.
func (p *parser) peek() byte {
	if p.pos < len(p.text) {
		return p.text[p.pos]
	}
	return 0
}

// done reports whether nothing but a comment is left.
func (p *parser) done() bool { return p.pos == len(p.text) || p.peek() == '#' }

func (p *parser) blanks() {
	for p.err == nil && (p.peek() == ' ' || p.peek() == '\t') {
		p.pos++
	}
}

func (p *parser) expect(c byte, what string) {
	switch {
	case p.err != nil:
	case p.peek() != c || p.pos == len(p.text):
		p.fail("want %s", what)
	default:
		p.pos++
	}
}

func (p *parser) resource(what string) quad.Value {
	switch {
	case p.err != nil:
	case p.peek() == '<':
		return quad.IRI(p.iri())
	case strings.HasPrefix(p.text[p.pos:], "_:"):
		n := blankNodeLen(p.text[p.pos+2:])
		if n == 0 {
			p.fail("a blank node without a label")
			return nil
		}
		label := p.text[p.pos+2 : p.pos+2+n]
		p.pos += 2 + n
		return quad.BNode(strings.Clone(label))
	default:
		p.fail("want %s", what)
	}
	return nil
}

func (p *parser) object() quad.Value {
	if p.err != nil || p.peek() != '"' {
		return p.resource("object")
	}
	text := p.quoted()
	switch rest := p.text[p.pos:]; {
	case p.err != nil:
	case strings.HasPrefix(rest, "^^<"):
		p.pos += 2
		return typed(text, p.iri())
	case strings.HasPrefix(rest, "^^"):
		p.pos += 2
		p.fail("want datatype")
	case strings.HasPrefix(rest, "@"):
		p.pos++
		n := languageLen(rest[1:])
		if n == 0 {
			p.fail("want language")
			return nil
		}
		p.pos += n
		return quad.LangString{Value: quad.String(text), Lang: strings.Clone(rest[1 : 1+n])}
	}
	return quad.String(text)
}

// typed returns the native value where the text is its canonical form, so that
// writing it gives the same text again.
func typed(text, datatype string) quad.Value {
	if name, ok := strings.CutPrefix(datatype, "xsd:"); ok { // as Cayley's dumps have it
		datatype = xsd + name
	}
	if name, ok := strings.CutPrefix(datatype, xsd); ok {
		if name == "string" {
			return quad.String(text)
		}
		// ParseFloat, which is behind it, takes INF and NaN as XML Schema spells them.
		v, err := quad.TypedString{Value: quad.String(text), Type: quad.IRI(datatype)}.ParseValue()
		if err == nil {
			if canonical, its, ok := nativeText(v); ok && canonical == text && its == name {
				return v
			}
		}
	}
	return quad.TypedString{Value: quad.String(text), Type: quad.IRI(datatype)}
}

// iri reads <…> and returns what stands between.
func (p *parser) iri() string {
	start := p.pos
	iri := p.enclosed('>', "the IRI", p.numericEscape, func(c byte) string {
		if c < utf8.RuneSelf && !isIRIByte(c) {
			return fmt.Sprintf("%q in an IRI", c)
		}
		return ""
	})
	if p.err == nil && !isAbsolute(iri) {
		p.pos = start
		p.fail("the IRI <%s> is not absolute", iri)
		return ""
	}
	return iri
}

// quoted reads "…" and returns what stands between.
func (p *parser) quoted() string {
	return p.enclosed('"', "the text", p.escape, func(c byte) string {
		if c == '\r' {
			return "a line end in a text"
		}
		return ""
	})
}

// enclosed reads what stands between the byte here and the byte end; fault says
// what is wrong with a byte of it, if anything is.
func (p *parser) enclosed(end byte, what string, escape func() rune, fault func(byte) string) string {
	start := p.pos
	p.pos++
	first, escaped := p.pos, []byte(nil)
	for p.err == nil {
		switch c := p.peek(); {
		case p.pos == len(p.text):
			p.pos = start
			p.fail("%s does not end", what)
		case c == end:
			text := strings.Clone(p.text[first:p.pos])
			if escaped != nil {
				text = string(append(escaped, p.text[first:p.pos]...))
			}
			p.pos++
			return text
		case c == '\\':
			escaped = append(escaped, p.text[first:p.pos]...)
			escaped = utf8.AppendRune(escaped, escape())
			first = p.pos
		default:
			if f := fault(c); f != "" {
				p.fail("%s", f)
				break
			}
			p.pos++
		}
	}
	return ""
}

func (p *parser) escape() rune {
	if p.pos+1 < len(p.text) {
		if i := strings.IndexByte(`tbnrf"'\`, p.text[p.pos+1]); i >= 0 {
			p.pos += 2
			return rune("\t\b\n\r\f\"'\\"[i])
		}
	}
	return p.numericEscape()
}

// numericEscape reads \u and four or \U and eight hexadecimal digits.
func (p *parser) numericEscape() rune {
	rest, digits := p.text[p.pos:], 0
	switch {
	case strings.HasPrefix(rest, `\u`):
		digits = 4
	case strings.HasPrefix(rest, `\U`):
		digits = 8
	}
	if digits == 0 || len(rest) < 2+digits {
		p.fail("an unknown escape")
		return 0
	}
	n, err := strconv.ParseUint(rest[2:2+digits], 16, 32)
	if err != nil || !utf8.ValidRune(rune(n)) || n > utf8.MaxRune {
		p.fail("%s is no character", rest[:2+digits])
		return 0
	}
	p.pos += 2 + digits
	return rune(n)
}

// blankNodeLen returns the length of the blank node's label that s begins
// with: letters, digits, '_' and ':', then also '-', '.' and '·', not ending
// in a full stop. Of letters beyond ASCII any is taken.
func blankNodeLen(s string) int {
	end := 0
	for i, r := range s {
		switch {
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r == '_', r == ':', r > 0xbf:
			end = i + utf8.RuneLen(r)
		case i > 0 && (r == '-' || r == 0xb7):
			end = i + utf8.RuneLen(r)
		case i > 0 && r == '.':
		default:
			return end
		}
	}
	return end
}

// languageLen returns the length of the language tag that s begins with:
// letters, then groups of letters and digits after hyphens.
func languageLen(s string) int {
	end, group := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9' && group > 0:
			end = i + 1
		case c == '-' && end == i && i > 0:
			group++
		default:
			return end
		}
	}
	return end
}
