package graphdata

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cayleygraph/cayley/clog"
	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/kv/leveldb"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/writer"
	"github.com/cayleygraph/quad"

	"cablegraph/graphdata/packed"
)

// A backend is a store of Cayley's that keeps what is loaded into it.
type backend struct {
	prefix string // of its URLs
	create func(address string) error
	open   func(address string) (graph.QuadStore, error)
	load   func(ctx context.Context, address string) (loader, error)
	batch  int // quads a transaction
}

// loader adds quads to a store.
type loader interface {
	// add stores a batch in one transaction; what is there already it leaves.
	add(ctx context.Context, batch []quad.Quad) error
	close() error
}

// backends lists the stores that quads can be loaded into.
func backends() []backend {
	return []backend{
		{"leveldb:", createLevelDB, openLevelDB, loadLevelDB, 20_000},
		{"postgres://", createPostgres, openPostgres, loadPostgres, 200_000},
		{"postgresql://", createPostgres, openPostgres, loadPostgres, 200_000},
	}
}

// Without no_bloom an empty store allocates filters for 100 million quads.
var levelDBOptions = graph.Options{"no_bloom": true}

// createLevelDB makes a store in dir, or completes one whose making was
// interrupted. It does not put its files among those of others.
func createLevelDB(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	isLevelDB := slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == "CURRENT" })
	if len(entries) > 0 && !isLevelDB {
		return errors.New("the directory holds something that is not LevelDB: choose another")
	}
	open := leveldb.Create
	if isLevelDB {
		open = leveldb.Open
	}
	db, err := open(dir, levelDBOptions)
	if err != nil {
		return err
	}
	if err = kv.Init(db, levelDBOptions); errors.Is(err, graph.ErrDatabaseExists) {
		err = nil
	}
	return errors.Join(err, db.Close())
}

func openLevelDB(dir string) (graph.QuadStore, error) {
	if _, err := os.Stat(filepath.Join(dir, "CURRENT")); err != nil {
		return nil, fmt.Errorf("no LevelDB there: %w", err) // opening would make an empty one
	}
	db, err := leveldb.Open(dir, levelDBOptions)
	if err != nil {
		return nil, err
	}
	qs, err := kv.New(db, levelDBOptions)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return qs, nil
}

func loadLevelDB(_ context.Context, dir string) (loader, error) {
	qs, err := openLevelDB(dir)
	if err != nil {
		return nil, err
	}
	h, err := handle(qs)
	return levelDBLoader{h}, err
}

type levelDBLoader struct{ h *graph.Handle }

func (l levelDBLoader) add(_ context.Context, batch []quad.Quad) error { return l.h.AddQuadSet(batch) }
func (l levelDBLoader) close() error                                   { return l.h.Close() }

// backendOf returns the backend of a URL and the address that Cayley opens.
func backendOf(rawURL string) (b backend, address string, ok bool) {
	for _, b := range backends() {
		if rest, ok := strings.CutPrefix(rawURL, b.prefix); ok {
			if strings.HasSuffix(b.prefix, "//") {
				return b, rawURL, true
			}
			return b, rest, true
		}
	}
	return backend{}, "", false
}

// OpenStore opens a store by its URL:
//
//	DIR              a graph directory
//	packed:FILE      a packed store
//	mem:FILE.nq      a file of N-Quads, loaded into memory
//	leveldb:DIR      Cayley's LevelDB store
//	postgres://…     Cayley's PostgreSQL store; options as libpq has them ("?sslmode=disable")
//
// The handle is Cayley's own (graph.Handle, which lets the store's optimiser be
// found). Close it after use. A store in memory must not be written to while
// it is read.
func OpenStore(ctx context.Context, rawURL string) (*graph.Handle, error) {
	if b, address, ok := backendOf(rawURL); ok {
		quietCayley()
		qs, err := b.open(address)
		if err != nil {
			return nil, storeError(rawURL, err)
		}
		return handle(qs)
	}
	if file, ok := strings.CutPrefix(rawURL, "mem:"); ok {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return loadMemory(ctx, ReadNQuads(f, file))
	}
	if file, ok := strings.CutPrefix(rawURL, "packed:"); ok {
		s, err := packed.Open(file)
		if err != nil {
			return nil, err
		}
		return handle(s)
	}
	g, err := OpenGraph(rawURL)
	if err != nil {
		return nil, err
	}
	return handle(g.Store)
}

// IsStoreURL reports whether s is a URL that Load takes, and not a path.
func IsStoreURL(s string) bool {
	_, _, ok := backendOf(s)
	return ok
}

func handle(qs graph.QuadStore) (*graph.Handle, error) {
	w, err := writer.NewSingle(qs, graph.IgnoreOpts{IgnoreDup: true})
	if err != nil {
		return nil, errors.Join(err, qs.Close())
	}
	return &graph.Handle{QuadStore: qs, QuadWriter: w}, nil
}

// loadMemory loads quads into a new store in memory.
func loadMemory(ctx context.Context, quads iter.Seq2[quad.Quad, error]) (*graph.Handle, error) {
	qs := memstore.New()
	n := 0
	for q, err := range quads {
		if err != nil {
			return nil, err
		}
		if n++; n%10_000 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		qs.AddQuad(q)
	}
	return handle(qs)
}

// Load adds quads to the store at a URL, which is made where it does not
// exist, and returns how many it read. A quad that the store has already is
// not stored twice. After an error, or a kill, some of the quads are there;
// loading again completes them.
func Load(ctx context.Context, rawURL string, quads iter.Seq2[quad.Quad, error]) (n int, err error) {
	b, address, ok := backendOf(rawURL)
	if !ok {
		return 0, fmt.Errorf("%s is no store that can be loaded: want leveldb:DIR or postgres://…", rawURL)
	}
	quietCayley()
	if err := b.create(address); err != nil {
		return 0, storeError(rawURL, err)
	}
	l, err := b.load(ctx, address)
	if err != nil {
		return 0, storeError(rawURL, err)
	}
	defer func() {
		if closeErr := l.close(); closeErr != nil {
			err = errors.Join(err, storeError(rawURL, closeErr))
		}
	}()
	batch := make([]quad.Quad, 0, b.batch)
	flush := func() error {
		if ctx.Err() != nil || len(batch) == 0 {
			return ctx.Err()
		}
		if err := l.add(ctx, batch); err != nil {
			return cmp.Or(ctx.Err(), storeError(rawURL, err))
		}
		n += len(batch)
		batch = batch[:0]
		return nil
	}
	for q, err := range quads {
		if err != nil {
			return n, err
		}
		if batch = append(batch, q); len(batch) == cap(batch) {
			if err := flush(); err != nil {
				return n, err
			}
		}
	}
	return n, flush()
}

// storeError names the store without its password.
func storeError(rawURL string, err error) error {
	if u, parseErr := url.Parse(rawURL); parseErr == nil && u.User != nil {
		rawURL = u.Redacted()
	}
	return fmt.Errorf("store %s: %w", rawURL, err)
}

// quietCayley keeps Cayley from logging what it returns as errors anyway, with
// the address and so the password of the database.
func quietCayley() { clog.SetLogger(nil) }
