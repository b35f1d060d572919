package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"unicode"

	"cablegraph/cable"
)

// TEI XML as the Office of the Historian writes it, one file to a volume: a
// document is a div of type "document" with an xml:id; its head says what it
// is; people are persName elements.
var (
	// blocks begin and end a line.
	blocks = setOf("ab", "address", "addrLine", "attachment", "byline", "closer", "dateline", "div", "head", "item",
		"l", "label", "lg", "list", "opener", "p", "postscript", "quote", "row", "salute", "signed", "table", "trailer")
	// breaks only part words.
	breaks = setOf("lb", "cell")
	// omitted are no part of the telegram: the editors' notes and pictures.
	omitted = setOf("note", "figure")
)

func setOf(names ...string) map[string]bool {
	set := map[string]bool{}
	for _, n := range names {
		set[n] = true
	}
	return set
}

// teiTexts yields the telegrams of a volume. It holds one document at a time.
func teiTexts(r *os.File) iter.Seq2[markedText, error] {
	return func(yield func(markedText, error) bool) {
		d := xml.NewDecoder(r)
		// xml counts lines itself only in its syntax errors
		fail := func(err error) {
			line, _ := d.InputPos()
			var syntax *xml.SyntaxError
			if errors.As(err, &syntax) {
				line, err = syntax.Line, errors.New(syntax.Msg)
			}
			yield(markedText{}, fmt.Errorf("%s:%d: %w", r.Name(), line, err))
		}
		inTEI := false
		for {
			token, err := d.Token()
			switch {
			case err == io.EOF && inTEI:
				return
			case err == io.EOF:
				fail(errors.New("no TEI element"))
				return
			case err != nil:
				fail(err)
				return
			}
			e, ok := token.(xml.StartElement)
			switch {
			case !ok:
			case !inTEI && e.Name.Local != "TEI":
				fail(fmt.Errorf("the outermost element is %s, want TEI", e.Name.Local))
				return
			case !inTEI:
				inTEI = true
			case e.Name.Local == "div" && attribute(e, "type") == "document":
				t, isTelegram, err := readDocument(d)
				if err != nil {
					fail(err)
					return
				}
				t.Volume, t.ID = volumeName(r.Name()), attribute(e, "id")
				if isTelegram && !yield(t, nil) {
					return
				}
			}
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// readDocument reads the rest of a document, to its end, and reports whether
// it is a telegram.
func readDocument(d *xml.Decoder) (t markedText, telegram bool, err error) {
	var w lines
	for depth := 0; ; {
		token, err := d.Token()
		if err != nil {
			return t, false, err
		}
		switch e := token.(type) {
		case xml.CharData:
			w.write(string(e))
		case xml.StartElement:
			name := e.Name.Local
			if omitted[name] {
				if err := d.Skip(); err != nil {
					return t, false, err
				}
				w.omitted = true
				continue
			}
			depth++
			if blocks[name] {
				w.endLine()
			} else if breaks[name] {
				w.space = true
			}
			if name == "persName" {
				w.open = append(w.open, -1)
			}
		case xml.EndElement:
			name := e.Name.Local
			if depth == 0 {
				w.endLine()
				t.Text, t.Names = string(w.text), w.names
				return t, telegram, nil
			}
			depth--
			if name == "head" && depth == 0 && !telegram {
				if telegram = isTelegram(string(w.text)); !telegram {
					return t, false, d.Skip()
				}
			}
			switch {
			case name == "label":
				w.label, w.space = true, true
			case blocks[name]:
				w.endLine()
			case breaks[name]:
				w.space = true
			case name == "persName":
				w.closeName()
			}
		}
	}
}

// isTelegram reports whether a head ("8. Draft Telegram From the Embassy …")
// is a telegram's: the word stands before the sender and the addressee.
func isTelegram(head string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(head)) {
		switch strings.Trim(w, ".,:;[]()") {
		case "telegram":
			return true
		case "from", "to":
			return false
		}
	}
	return false
}

// lines is text with single blanks, in lines without blanks around them.
type lines struct {
	text  []byte
	space bool // a blank is due before the next character
	// a note's mark stood here, often without a blank ("Our 1391.² Embassy …"):
	// a blank is due before the next character if it begins a word
	omitted bool
	label   bool  // the line so far is an item's label: the item goes on with it
	open    []int // starts of the open names, innermost last; -1 before their first character
	names   []cable.Span
}

func (w *lines) write(s string) {
	for _, r := range s {
		if unicode.IsSpace(r) {
			w.space = true
			continue
		}
		if w.omitted && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			w.space = true
		}
		if w.space && len(w.text) > 0 && w.text[len(w.text)-1] != '\n' {
			w.text = append(w.text, ' ')
		}
		w.space, w.omitted, w.label = false, false, false
		for k := len(w.open) - 1; k >= 0 && w.open[k] < 0; k-- {
			w.open[k] = len(w.text)
		}
		w.text = append(w.text, string(r)...)
	}
}

func (w *lines) endLine() {
	if w.label {
		return
	}
	w.space, w.omitted = false, false
	if len(w.text) > 0 && w.text[len(w.text)-1] != '\n' {
		w.text = append(w.text, '\n')
	}
}

// closeName ends the innermost open name; one over several lines is no name.
func (w *lines) closeName() {
	start := w.open[len(w.open)-1]
	w.open = w.open[:len(w.open)-1]
	if start >= 0 && !strings.Contains(string(w.text[start:]), "\n") {
		w.names = append(w.names, cable.Span{Start: start, End: len(w.text)})
	}
}
