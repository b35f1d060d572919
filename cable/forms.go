package cable

import (
	"bytes"
	"io"
)

// A form is a way in which cables are kept in files.
type form struct {
	name string
	is   func(head []byte) bool // head: up to the first 64 KB
	read func(*stream)
}

// forms lists the file forms in the order in which they are tried: the first
// that recognises the head of a file reads it.
var forms = []form{
	{"html", isHTML, (*stream).readHTML},
	{"jsonl", isJSONLines, (*stream).readJSONLines},
	{"csv", isCSV, (*stream).readCSV},
	{"tsv", isTSV, (*stream).readTSV},
	{"key-value", isKeyValue, (*stream).readKeyValue},
	{"five-line", isFiveLine, (*stream).readFiveLine},
	{"markdown", isMarkdown, (*stream).readText},
	{"text", func([]byte) bool { return true }, (*stream).readText},
}

// readForm recognises the form of the stream and reads it.
func (s *stream) readForm() {
	if bom, _ := s.br.Peek(3); bytes.Equal(bom, []byte("\xef\xbb\xbf")) {
		s.br.Discard(3)
		s.offset = 3
	}
	head, err := s.br.Peek(peek)
	if err != nil && err != io.EOF && len(head) == 0 {
		s.fail(err)
		return
	}
	switch {
	case len(bytes.TrimSpace(head)) == 0 && err == io.EOF:
		s.fault(place{}, "", errEmpty)
		return
	case binary(head):
		s.fault(place{}, "", errBinary)
		return
	}
	for _, f := range forms {
		if f.is(head) {
			s.form = f.name
			f.read(s)
			return
		}
	}
}

// peek is how much of a file is looked at to recognise its form.
const peek = 64 << 10

// binary reports whether head is no text: more than a fiftieth of it control
// characters, or a zero byte.
func binary(head []byte) bool {
	head = head[:min(len(head), 8<<10)]
	control := 0
	for _, c := range head {
		if c == 0 {
			return true
		}
		if c < ' ' && !isSpace(c) && c != 0x1B {
			control++
		}
	}
	return control*50 > len(head)
}

func isMarkdown(head []byte) bool { return bytes.Contains(head, []byte("](#)")) }
