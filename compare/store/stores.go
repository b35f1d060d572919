package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/writer"
	"github.com/cayleygraph/quad"
	bolt "github.com/coreos/bbolt"
	"github.com/hidal-go/hidalgo/kv/bbolt"

	"cablegraph/graphdata"
	"cablegraph/graphdata/packed"
)

// A store is one of those compared. What it loads and opens lies at options.at.
type store struct {
	name string
	// load fills the store and leaves it closed. A store without load is filled
	// whenever it is opened.
	load func(context.Context, options) error
	open func(context.Context, options) (graph.QuadStore, error)
	// serve starts the server that the store needs, if it does.
	serve func(ctx context.Context, dir string) (*server, error)
}

const memory = "memstore"

// stores lists what is compared. The answers of the first are what those of
// the others are held against.
func stores() []store {
	return []store{
		{name: memory, open: openMemory},
		{name: packed.Name, load: loadPacked, open: openPacked},
		{name: "leveldb", load: loadURL("leveldb:"), open: openURL("leveldb:")},
		{name: "bolt", load: loadBolt, open: openBolt},
		{name: "postgresql", load: loadURL(""), open: openURL(""), serve: startPostgres},
	}
}

func storeNames() []string {
	var names []string
	for _, s := range stores() {
		names = append(names, s.name)
	}
	return names
}

func findStore(name string) (store, error) {
	for _, s := range stores() {
		if s.name == name {
			return s, nil
		}
	}
	return store{}, fmt.Errorf("no store %q: want some of %q", name, storeNames())
}

func openMemory(_ context.Context, o options) (graph.QuadStore, error) {
	qs := memstore.New()
	for q := range o.graph.All() {
		qs.AddQuad(q)
	}
	return qs, nil
}

func loadPacked(ctx context.Context, o options) error {
	_, err := packed.Build(ctx, o.at, o.graph.WithErrors(), packed.Options{Memory: o.memory})
	return err
}

func openPacked(_ context.Context, o options) (graph.QuadStore, error) { return packed.Open(o.at) }

func loadURL(prefix string) func(context.Context, options) error {
	return func(ctx context.Context, o options) error {
		_, err := graphdata.Load(ctx, prefix+o.at, o.graph.WithErrors())
		return err
	}
}

func openURL(prefix string) func(context.Context, options) (graph.QuadStore, error) {
	return func(ctx context.Context, o options) (graph.QuadStore, error) {
		h, err := graphdata.OpenStore(ctx, prefix+o.at)
		if err != nil {
			return nil, err
		}
		return h.QuadStore, nil
	}
}

// Bolt is Cayley's key-value store over bbolt: boltdb v1.3.1, which Cayley
// imports, is archived, and the race detector stops it for its pointers.

var (
	boltFile    = bolt.Options{Timeout: time.Second, FreelistType: bolt.FreelistMapType, NoFreelistSync: true}
	boltOptions = graph.Options{"no_bloom": true} // as for LevelDB
)

const boltBatch = 20_000 // quads a transaction, as for LevelDB

func openBolt(_ context.Context, o options) (graph.QuadStore, error) {
	db, err := bbolt.Open(filepath.Join(o.at, "graph.bolt"), &boltFile)
	if err != nil {
		return nil, err
	}
	qs, err := kv.New(db, boltOptions)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return qs, nil
}

func loadBolt(ctx context.Context, o options) (err error) {
	if err := os.Mkdir(o.at, 0o700); err != nil {
		return err
	}
	db, err := bbolt.Open(filepath.Join(o.at, "graph.bolt"), &boltFile)
	if err != nil {
		return err
	}
	if err := errors.Join(kv.Init(db, boltOptions), db.Close()); err != nil {
		return err
	}
	qs, err := openBolt(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, qs.Close()) }()
	w, err := writer.NewSingle(qs, graph.IgnoreOpts{IgnoreDup: true})
	if err != nil {
		return err
	}
	batch := make([]quad.Quad, 0, boltBatch)
	for q := range o.graph.All() {
		if batch = append(batch, q); len(batch) == boltBatch {
			if err := cmp.Or(ctx.Err(), w.AddQuadSet(batch)); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	return cmp.Or(ctx.Err(), w.AddQuadSet(batch))
}
