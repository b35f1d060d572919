package cable

import (
	"bytes"
	"html"
	"strings"
)

// isHTML recognises web pages.
func isHTML(head []byte) bool {
	head = bytes.ToLower(bytes.TrimLeft(head[:min(len(head), 4<<10)], " \t\r\n"))
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html")) ||
		bytes.HasPrefix(head, []byte("<?xml")) && bytes.Contains(head, []byte("<html"))
}

// readHTML reads pages of WikiLeaks, one cable a page; several pages may
// stand one after another.
//
// A page of the first collection has a table of class "cable" with the id, the
// time, the classification and the origin, and the text in one <pre> or, later,
// the header and the body in two. A page of the Public Library of US Diplomacy
// has a table "synopsis" with pairs of s_key and s_val, and after it the text,
// in an element with the id "tagged-text".
func (s *stream) readHTML() {
	var buf []byte
	start := s.here()
	for !s.done {
		var err error
		buf, err = s.readLine(buf)
		if err == errTooLong {
			s.fault(start, "", err)
			buf, start = buf[:0], s.here()
			continue
		}
		if err != nil || endsPage(buf) {
			if len(bytes.TrimSpace(buf)) > 0 {
				s.page(buf, start)
			}
			buf, start = buf[:0], s.here()
		}
		if err != nil {
			s.end(err)
			return
		}
	}
}

// endsPage reports whether the last line of page closes it.
func endsPage(page []byte) bool {
	tail := page[max(0, len(page)-16):]
	i := bytes.LastIndex(tail, []byte("</"))
	return i >= 0 && bytes.HasPrefix(bytes.ToLower(tail[i:]), []byte("</html>"))
}

func (s *stream) page(page []byte, at place) {
	var h hints
	if _, table, ok := cutTag(page, "table", "class", "cable"); ok {
		table, _, _ = bytes.Cut(table, []byte("</table>"))
		var cells []string
		for {
			_, cell, ok := cutTag(table, "td", "", "")
			if !ok {
				break
			}
			cell, table, _ = bytes.Cut(cell, []byte("</td>"))
			cells = append(cells, strings.TrimSpace(textOfHTML(cell)))
		}
		if len(cells) >= 5 {
			h = hints{id: cells[0], created: parseTime(cells[1]), class: cells[3], origin: cells[4]}
		}
	}
	for rest := page; ; {
		_, key, ok := cutTag(rest, "div", "class", "s_key")
		if !ok {
			break
		}
		key, rest, _ = bytes.Cut(key, []byte("</div>"))
		_, val, ok := cutTag(rest, "div", "class", "s_val")
		if !ok {
			break
		}
		val, rest, _ = bytes.Cut(val, []byte("</div>"))
		v := strings.TrimSpace(textOfHTML(val))
		switch strings.TrimRight(strings.ToLower(strings.TrimSpace(textOfHTML(key))), ": ") {
		case "canonical id":
			h.id, _, _ = strings.Cut(v, "_")
		case "original classification":
			h.class = v
		case "from":
			h.origin = v
		}
	}
	var parts []string
	for rest := page; ; {
		_, pre, ok := cutTag(rest, "pre", "", "")
		if !ok {
			break
		}
		pre, rest, _ = bytes.Cut(pre, []byte("</pre>"))
		parts = append(parts, textOfHTML(pre))
	}
	if len(parts) == 0 {
		if _, text, ok := cutTag(page, "", "id", "tagged-text"); ok {
			text, _, _ = bytes.Cut(text, []byte("</div>"))
			parts = append(parts, textOfHTML(text))
		} else if _, text, ok := cutTag(page, "table", "id", "synopsis"); ok { // all that follows the table
			_, text, _ = bytes.Cut(text, []byte("</table>"))
			parts = append(parts, textOfHTML(text))
		}
	}
	switch len(parts) {
	case 0:
		s.fault(at, "body", errNoText)
	case 1:
		s.cable(assemble("", parts[0]), at, h)
	default:
		s.cable(assemble(parts[0], parts[1]), at, h)
	}
}

// cutTag finds the first tag in page with the name and, where one is given, the
// attribute of the value, and returns what stands before it and after it. An
// empty name means any.
func cutTag(page []byte, name, attribute, value string) (before, after []byte, ok bool) {
	for i := 0; ; {
		k := bytes.IndexByte(page[i:], '<')
		if k < 0 {
			return page, nil, false
		}
		i += k
		end := bytes.IndexByte(page[i:], '>')
		if end < 0 {
			return page, nil, false
		}
		tag := page[i+1 : i+end]
		n := 0
		for n < len(tag) && (isAlpha(tag[n]) || isDigit(tag[n])) {
			n++
		}
		if n < len(tag) && !isSpace(tag[n]) && tag[n] != '/' {
			n = 0 // another element
		}
		if n > 0 && (name == "" || strings.EqualFold(string(tag[:n]), name)) && (attribute == "" || hasAttribute(string(tag[n:]), attribute, value)) {
			return page[:i], page[i+end+1:], true
		}
		i += end + 1
	}
}

// hasAttribute reports whether the rest of a tag has the attribute, and value
// among the words of its value.
func hasAttribute(tag, attribute, value string) bool {
	for {
		i := strings.Index(tag, attribute)
		if i < 0 {
			return false
		}
		bare := i == 0 || isSpace(tag[i-1])
		tag = tag[i+len(attribute):]
		rest, ok := strings.CutPrefix(strings.TrimLeft(tag, " "), "=")
		if !ok || !bare {
			continue
		}
		rest = strings.TrimLeft(rest, " ")
		if rest == "" {
			return false
		}
		v := rest
		if q := rest[0]; q == '\'' || q == '"' {
			v, _, _ = strings.Cut(rest[1:], string(q))
		}
		for _, w := range strings.Fields(v) {
			if w == value {
				return true
			}
		}
	}
}

// textOfHTML returns the text of a piece of a page: without tags, with its
// entities as characters.
func textOfHTML(piece []byte) string {
	var b strings.Builder
	b.Grow(len(piece))
	text := string(piece)
	for text != "" {
		i := strings.IndexAny(text, "<&")
		if i < 0 {
			b.WriteString(text)
			break
		}
		b.WriteString(text[:i])
		text = text[i:]
		if text[0] == '<' {
			end := strings.IndexByte(text, '>')
			if end < 0 || end > 400 || len(text) > 1 && !isAlpha(text[1]) && text[1] != '/' && text[1] != '!' {
				b.WriteByte('<')
				text = text[1:]
				continue
			}
			if tag := strings.ToLower(text[1:min(end, 4)]); tag == "br" || strings.HasPrefix(tag, "br ") || strings.HasPrefix(tag, "br/") || strings.HasPrefix(tag, "/p") && len(tag) == 2 {
				b.WriteByte('\n')
			}
			text = text[end+1:]
			continue
		}
		if strings.HasPrefix(text, "&#x000A;") { // the line end of these pages
			b.WriteByte('\n')
			text = text[len("&#x000A;"):]
			continue
		}
		end := strings.IndexByte(text[:min(len(text), 12)], ';')
		if end < 0 {
			b.WriteByte('&')
			text = text[1:]
			continue
		}
		b.WriteString(html.UnescapeString(text[:end+1]))
		text = text[end+1:]
	}
	return b.String()
}
