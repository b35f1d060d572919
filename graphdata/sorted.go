package graphdata

import (
	"context"
	"errors"
	"io"
	"iter"

	"github.com/cayleygraph/quad"

	"cablegraph/internal/extsort"
)

// WriteSorted writes quads in the order of their N-Quads lines, each once, and
// returns how many. It sorts them in the memory and the directory of the
// options. An error of the sequence ends it.
func WriteSorted(ctx context.Context, w io.Writer, quads iter.Seq2[quad.Quad, error], o extsort.Options) (n int, err error) {
	o.Keep = extsort.Unique
	lines := extsort.New(o)
	defer func() { err = errors.Join(err, lines.Close()) }()
	var line []byte
	for q, err := range quads {
		if err != nil {
			return 0, err
		}
		if line, err = AppendQuad(line[:0], q); err != nil {
			return 0, err
		}
		if err := lines.Add(line, nil); err != nil {
			return 0, err
		}
		if n++; n%(1<<16) == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
	}
	n = 0
	for line := range lines.Sorted(ctx) {
		if _, err := w.Write(line); err != nil {
			return n, err
		}
		n++
	}
	return n, lines.Err()
}
