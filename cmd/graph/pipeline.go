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
	workers  int              // 0: one a core
	memory   memory.Size      // for sorting the quads
	rules    []string         // files and directories of rules beside the program's own
	progress func(done int64) // called with the number of cables done so far; may be nil
	notes    *[]string        // gets a line for each cable that is cut short; may be nil
}

// collection is what the cables of one run say.
type collection struct {
	records []*link.Record // in input order, one a cable
	aside   []*cable.Error // what could not be read, in input order
}

// extract reads the cables of paths, finds what they say and links it. It also
// returns what could not be read.
func extract(ctx context.Context, paths []string, opts extractOptions) (*link.Graph, []*cable.Error, error) {
	c, err := collect(ctx, paths, opts)
	if err != nil {
		return nil, nil, err
	}
	return link.Resolve(c.records), c.aside, nil
}

// collect reads the cables of paths and finds their mentions and relations.
func collect(ctx context.Context, paths []string, opts extractOptions) (*collection, error) {
	if opts.workers == 0 {
		opts.workers = runtime.GOMAXPROCS(0)
	}
	rules, err := link.Extended(opts.rules)
	if err != nil {
		return nil, err
	}
	c := &collection{}
	var failed error
	cables := func(yield func(*cable.Cable) bool) {
		for one, err := range (cable.Reader{}).ReadPaths(ctx, paths) {
			var aside *cable.Error
			switch {
			case errors.As(err, &aside):
				c.aside = append(c.aside, aside)
			case err != nil:
				failed = err
				return
			case !yield(one):
				return
			}
		}
	}
	var done int64
	record := func(f *entity.Finder, c *cable.Cable) *link.Record {
		d := f.Find(c)
		return &link.Record{Cable: c, Relations: rules.Relations(d), Mentions: d.Mentions, Acronyms: d.Acronyms}
	}
	err = parallel.Map(ctx, opts.workers, cables, entity.NewFinder, record, func(r *link.Record) {
		c.records = append(c.records, r)
		if opts.notes != nil {
			*opts.notes = append(*opts.notes, incomplete(r.Cable)...)
		}
		if done++; opts.progress != nil {
			opts.progress(done)
		}
	})
	if err != nil {
		return nil, err
	}
	if failed != nil {
		return nil, failed
	}
	return c, nil
}
