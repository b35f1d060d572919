package graphdata

import (
	"context"
	"iter"

	"github.com/cayleygraph/quad"

	"cablegraph/internal/extsort"
)

// Sorter puts quads from elsewhere into the order in which Draft.Commit wants
// them: that of their N-Quads lines, each once. Close it.
type Sorter struct {
	lines *extsort.Sorter
	line  []byte
}

// NewSorter returns a sorter that works in the memory and the directory of the
// options.
func NewSorter(o extsort.Options) *Sorter {
	o.Keep = extsort.Unique
	return &Sorter{lines: extsort.New(o)}
}

// Add takes a quad. It refuses one that N-Quads cannot express.
func (s *Sorter) Add(q quad.Quad) (err error) {
	if s.line, err = AppendQuad(s.line[:0], q); err != nil {
		return err
	}
	return s.lines.Add(s.line, nil)
}

// Quads yields the quads, once. An error is the last pair.
func (s *Sorter) Quads(ctx context.Context) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for line := range s.lines.Sorted(ctx) {
			q, ok, fault := parseLine(string(line[:len(line)-1]))
			if fault != nil || !ok {
				yield(quad.Quad{}, errEncoding)
				return
			}
			if !yield(q, nil) {
				return
			}
		}
		if err := s.lines.Err(); err != nil {
			yield(quad.Quad{}, err)
		}
	}
}

// Close frees what the sorter holds.
func (s *Sorter) Close() error { return s.lines.Close() }
