// Package score measures what the program finds in cables against what a
// reader has marked there.
//
// An [Extraction] is what one cable says: its mentions and its facts. What the
// program prints ("graph extract") and what a reader marks (a directory with
// ID.ann.jsonl and ID.relations.jsonl for each cable) have the same form.
// Names of entities tell them apart and no more: [Compare] first finds out
// which found entity stands for which marked one.
package score

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Extraction is what one cable says, one line of what graph extract prints.
type Extraction struct {
	Cable     string     `json:"cable"`            // id: "08MEXICO721"
	Source    string     `json:"source,omitempty"` // the file that it was read from
	Mentions  []Mention  `json:"mentions"`
	Relations []Relation `json:"relations"`
}

// Mention is one naming of an entity.
type Mention struct {
	Start  int     `json:"start"` // bytes of the cable's text
	End    int     `json:"end"`
	Text   string  `json:"text,omitempty"` // in marks
	Type   string  `json:"type"`           // "person"
	Entity string  `json:"entity"`         // "person:ana-prado", in marks "person/ana-prado"
	Rule   string  `json:"rule,omitempty"`
	Score  float32 `json:"score,omitempty"`
}

// Relation is one fact.
type Relation struct {
	Type     string            `json:"type"`             // "arrested"
	Args     map[string]Values `json:"args"`             // by role
	Status   string            `json:"status,omitempty"` // "asserted", which it also is where none is given
	Para     int               `json:"para"`             // 0 the header, -1 the signature
	Evidence Span              `json:"evidence"`
	Text     string            `json:"text,omitempty"` // of the evidence, in marks
	Rule     string            `json:"rule,omitempty"`
	Score    float32           `json:"score,omitempty"`
}

// Span is a range of bytes of the cable's text, End exclusive.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

func (s Span) overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Values are what fills a role: entities, dates, texts. In JSON a single value
// stands alone, several are a list; numbers count as their text.
type Values []string

// MarshalJSON writes a single value alone and several as a list.
func (v Values) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	var err error
	if len(v) == 1 {
		err = enc.Encode(v[0])
	} else {
		err = enc.Encode([]string(v))
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// UnmarshalJSON reads a value or a list of values.
func (v *Values) UnmarshalJSON(data []byte) error {
	var list []json.RawMessage
	if json.Unmarshal(data, &list) != nil || list == nil {
		list = []json.RawMessage{data}
	}
	*v = nil
	for _, item := range list {
		text := string(item)
		if item[0] == '"' {
			if err := json.Unmarshal(item, &text); err != nil {
				return err
			}
		}
		*v = append(*v, text)
	}
	return nil
}

// ReadMarks returns the marks in a directory, in order of the cables' ids:
// ID.ann.jsonl has the mentions of a cable, ID.relations.jsonl, which may be
// missing, its facts.
func ReadMarks(dir string) ([]Extraction, error) {
	const suffix = ".ann.jsonl"
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, cause(dir, err)
	}
	var all []Extraction
	for _, e := range entries {
		id, ok := strings.CutSuffix(e.Name(), suffix)
		if !ok || id == "" {
			continue
		}
		x := Extraction{Cable: id}
		if x.Mentions, err = readFile[Mention](filepath.Join(dir, e.Name())); err != nil {
			return nil, err
		}
		x.Relations, err = readFile[Relation](filepath.Join(dir, id+".relations.jsonl"))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		all = append(all, x)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s: no marked cables: no file ends in %s", dir, suffix)
	}
	slices.SortFunc(all, func(a, b Extraction) int { return strings.Compare(a.Cable, b.Cable) })
	return all, nil
}

// ReadExtractions reads what graph extract printed. name is the file's, for
// errors.
func ReadExtractions(r io.Reader, name string) ([]Extraction, error) {
	return readLines[Extraction](r, name)
}

// IsExtraction reports whether a text begins as what graph extract prints:
// with an object that has mentions.
func IsExtraction(r io.Reader) bool {
	dec := json.NewDecoder(r)
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return false
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return false
		}
		if key == "mentions" {
			t, err := dec.Token()
			return err == nil && t == json.Delim('[')
		}
		var skip json.RawMessage
		if dec.Decode(&skip) != nil {
			return false
		}
	}
	return false
}

func readFile[T any](path string) ([]T, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, cause(path, err)
	}
	defer f.Close()
	return readLines[T](f, path)
}

// readLines reads one JSON value a line; blank lines are left out.
func readLines[T any](r io.Reader, name string) ([]T, error) {
	var all []T
	in := bufio.NewReader(r)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return nil, cause(name, err)
		}
		if len(bytes.TrimSpace(line)) > 0 {
			var v T
			if err := json.Unmarshal(line, &v); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, n, err)
			}
			all = append(all, v)
		}
		if err == io.EOF {
			return all, nil
		}
	}
}

// cause puts the name of a file before what is wrong with it, once.
func cause(name string, err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return fmt.Errorf("%s: %w", name, err)
}
