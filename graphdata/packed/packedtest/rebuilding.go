// Package packedtest has a packed store that can be written to, at the price of
// building it anew for every write: Cayley's conformance tests write.
package packedtest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"cablegraph/graphdata/packed"
)

// Store is a packed store that is built anew for every write.
type Store struct {
	*packed.Store
	dir   string
	old   []*packed.Store // references into them may still be in use
	quads map[quad.Quad]bool
}

// New returns an empty store in a temporary directory of its own.
func New() (*Store, error) {
	dir, err := os.MkdirTemp("", "packedtest")
	if err != nil {
		return nil, err
	}
	s := &Store{dir: dir, quads: map[quad.Quad]bool{}}
	return s, s.rebuild()
}

func (s *Store) rebuild() error {
	path := filepath.Join(s.dir, "quads")
	each := func(yield func(quad.Quad, error) bool) {
		for q := range s.quads {
			if !yield(q, nil) {
				return
			}
		}
	}
	if _, err := packed.Build(context.Background(), path, iter.Seq2[quad.Quad, error](each), packed.Options{Memory: 1 << 20}); err != nil {
		return err
	}
	if s.Store != nil {
		s.old = append(s.old, s.Store)
	}
	var err error
	s.Store, err = packed.Open(path)
	return err
}

// Close removes the store.
func (s *Store) Close() error {
	errs := []error{s.Store.Close(), os.RemoveAll(s.dir)}
	for _, old := range s.old {
		errs = append(errs, old.Close())
	}
	return errors.Join(errs...)
}

// ApplyDeltas applies all deltas or, at the first that may not be, none.
func (s *Store) ApplyDeltas(deltas []graph.Delta, o graph.IgnoreOpts) error {
	before := maps.Clone(s.quads)
	for _, d := range deltas {
		var err error
		switch has := s.quads[d.Quad]; {
		case d.Action == graph.Add && !has:
			s.quads[d.Quad] = true
		case d.Action == graph.Add && !o.IgnoreDup:
			err = graph.ErrQuadExists
		case d.Action == graph.Add:
		case d.Action == graph.Delete && has:
			delete(s.quads, d.Quad)
		case d.Action == graph.Delete && !o.IgnoreMissing:
			err = graph.ErrQuadNotExist
		case d.Action == graph.Delete:
		default:
			err = graph.ErrInvalidAction
		}
		if err != nil {
			s.quads = before
			return &graph.DeltaError{Delta: d, Err: err}
		}
	}
	return s.rebuild()
}

// NewQuadWriter returns a writer whose quads are in the store when it is closed.
func (s *Store) NewQuadWriter() (quad.WriteCloser, error) { return &writer{s}, nil }

type writer struct{ s *Store }

func (w *writer) WriteQuad(q quad.Quad) error {
	w.s.quads[q] = true
	return nil
}

func (w *writer) WriteQuads(quads []quad.Quad) (int, error) {
	for _, q := range quads {
		if err := w.WriteQuad(q); err != nil {
			return 0, err
		}
	}
	return len(quads), nil
}

func (w *writer) Close() error { return w.s.rebuild() }

// Sorted returns a result as JSON with the elements of its lists sorted: stores
// may answer in any order.
func Sorted(result any) (string, error) {
	b, err := json.Marshal(result)
	if err != nil {
		return "", err
	}
	var plain any
	if err := json.Unmarshal(b, &plain); err != nil {
		return "", err
	}
	if err := sortLists(plain); err != nil {
		return "", err
	}
	b, err = json.Marshal(plain)
	return string(b), err
}

func sortLists(v any) error {
	switch v := v.(type) {
	case map[string]any:
		for _, x := range v {
			if err := sortLists(x); err != nil {
				return err
			}
		}
	case []any:
		texts := map[int]string{}
		order := make([]int, len(v))
		for i, x := range v {
			if err := sortLists(x); err != nil {
				return err
			}
			b, err := json.Marshal(x)
			if err != nil {
				return err
			}
			texts[i], order[i] = string(b), i
		}
		slices.SortFunc(order, func(a, b int) int { return cmp.Compare(texts[a], texts[b]) })
		old := slices.Clone(v)
		for i, from := range order {
			v[i] = old[from]
		}
	}
	return nil
}
