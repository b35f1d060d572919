package main

import (
	"context"
	"errors"
	"runtime"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/internal/memory"
	"cablegraph/internal/parallel"
	"cablegraph/link"
)

// extractOptions say how cables become a graph.
type extractOptions struct {
	workers  int                               // 0: one a core
	memory   memory.Size                       // for sorting the quads
	rules    []string                          // files and directories of rules beside the program's own
	progress func(done int64)                  // called with the number of cables done so far; may be nil
	step     func(step string, done, of int64) // called with how far the steps after that have come; may be nil
	notes    *[]string                         // gets a line for each cable that is cut short; may be nil
}

// collection is what the cables of one run say.
type collection struct {
	*link.Graph
	aside []*cable.Error // what could not be read, in input order
	spool *link.Spool    // the records in input order
}

// Close removes the temporary file with the cables.
func (c *collection) Close() error {
	if c.spool == nil {
		return nil
	}
	return c.spool.Close()
}

// extract reads the cables of paths, finds what they say and links it. What a
// cable says waits in a temporary file in dir, or the system's directory for such
// where dir is ""; only what linking needs is held in memory. The collection, which
// must be closed, has what could not be read even where extract fails.
func extract(ctx context.Context, paths []string, dir string, opts extractOptions) (c *collection, err error) {
	if opts.workers == 0 {
		opts.workers = runtime.GOMAXPROCS(0)
	}
	c = &collection{}
	rules, err := link.Extended(opts.rules)
	if err != nil {
		return c, err
	}
	if c.spool, err = link.NewSpool(dir); err != nil {
		return c, err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	cables := func(yield func(*cable.Cable) bool) {
		for one, err := range (cable.Reader{}).ReadPaths(ctx, paths) {
			var aside *cable.Error
			switch {
			case errors.As(err, &aside):
				c.aside = append(c.aside, aside)
			case err != nil:
				stop(err)
				return
			case !yield(one):
				return
			}
		}
	}
	type worker struct {
		finder   *entity.Finder
		sketcher *link.Sketcher
	}
	type found struct {
		sketch *link.Sketch
		record []byte
		notes  []string
	}
	newWorker := func() worker { return worker{entity.NewFinder(), link.NewSketcher()} }
	find := func(w worker, c *cable.Cable) found {
		d := w.finder.Find(c)
		r := &link.Record{Cable: c, Relations: rules.Relations(d), Mentions: d.Mentions, Acronyms: d.Acronyms}
		return found{w.sketcher.Sketch(r), r.AppendBinary(nil), incomplete(c)}
	}
	linker := link.NewLinker()
	done := int64(0)
	err = parallel.Map(ctx, opts.workers, cables, newWorker, find, func(x found) {
		linker.Add(x.sketch)
		if err := c.spool.Append(x.record); err != nil {
			stop(err)
		}
		if opts.notes != nil {
			*opts.notes = append(*opts.notes, x.notes...)
		}
		if done++; opts.progress != nil {
			opts.progress(done)
		}
	})
	if err != nil {
		return c, context.Cause(ctx)
	}
	c.Graph = linker.Resolve(c.spool)
	return c, nil
}
