package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/internal/parallel"
	"cablegraph/link"
)

// extractOptions say how cables become a graph.
type extractOptions struct {
	workers  int              // 0: one a core
	progress func(done int64) // called with the number of cables done so far; may be nil
}

// collection is what the cables of one run say.
type collection struct {
	records []*link.Record // in input order, one a cable
	aside   []*cable.Error // what could not be read, in input order, then duplicates by id
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
	c := &collection{}
	var failed error
	cables := func(yield func(*cable.Cable) bool) {
		for one, err := range cable.ReadPaths(paths) {
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
	err := parallel.Map(ctx, opts.workers, cables, entity.NewFinder, record, func(r *link.Record) {
		c.records = append(c.records, r)
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
	c.dropDuplicates()
	return c, nil
}

// record finds what one cable says.
func record(f *entity.Finder, c *cable.Cable) *link.Record {
	d := f.Find(c)
	return &link.Record{Cable: c, Relations: link.Relations(d), Mentions: d.Mentions, Acronyms: d.Acronyms}
}

// dropDuplicates keeps the fullest of several cables with one id and notes the
// others as set aside. The choice does not depend on the order of input.
func (c *collection) dropDuplicates() {
	byID := slices.Clone(c.records)
	slices.SortStableFunc(byID, func(a, b *link.Record) int {
		return cmp.Or(cmp.Compare(a.Cable.ID, b.Cable.ID), cmp.Compare(len(b.Cable.Raw), len(a.Cable.Raw)), cmp.Compare(a.Cable.Raw, b.Cable.Raw), cmp.Compare(a.Cable.Source.File, b.Cable.Source.File))
	})
	dropped := map[*link.Record]bool{}
	for i := 1; i < len(byID); i++ {
		if r := byID[i]; r.Cable.ID == byID[i-1].Cable.ID {
			dropped[r] = true
			c.aside = append(c.aside, &cable.Error{Name: r.Cable.Source.File, Err: fmt.Errorf("another text of cable %s, of which a fuller one was read", r.Cable.ID)})
		}
	}
	c.records = slices.DeleteFunc(c.records, func(r *link.Record) bool { return dropped[r] })
}
