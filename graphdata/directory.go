package graphdata

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"cablegraph/cable"
	"cablegraph/graphdata/packed"
)

// The files of a graph directory. A directory that holds anything else is not
// overwritten.
const (
	manifestFile   = "manifest.json"
	quadsFile      = "graph.packed"     // the graph: a packed store
	quarantineFile = "quarantine.jsonl" // the cables that were set aside, one object a line
)

var graphFiles = []string{manifestFile, quadsFile, quarantineFile, "graph.nq"} // the last in format 1

// formatVersion is the version of this layout and of what the quads mean.
const formatVersion = 2

// Manifest says what is in a graph directory. It has no clock and no paths:
// the same cables give the same manifest.
type Manifest struct {
	Format   string `json:"format"` // "cablegraph"
	Version  int    `json:"version"`
	Cables   int    `json:"cables"`
	SetAside int    `json:"set_aside"` // lines of quarantine.jsonl
	Quads    int    `json:"quads"`
	SHA256   string `json:"sha256"` // of graph.packed
}

const formatName = "cablegraph"

// SetAside is a cable that could not be read, as quarantine.jsonl has it.
type SetAside struct {
	File   string `json:"file"` // as given on the command line
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Field  string `json:"field,omitempty"`
	Reason string `json:"reason"`
}

// Draft is a graph being built: beside its directory, into which Commit puts
// it in one step. Until then, and whenever the process is killed, an earlier
// graph stays as it is.
type Draft struct {
	dir  string // where the graph shall be
	work string // dir + ".building": the lock and the new graph
	lock *lock
}

// NewDraft begins a build into dir, which need not exist. It refuses a
// directory that holds something other than a graph, and a second build at a
// time. Close must be called.
func NewDraft(dir string) (*Draft, error) {
	target, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if resolved, err := filepath.EvalSymlinks(target); err == nil {
		target = resolved
	}
	d := &Draft{dir: target, work: workDir(target)}
	if err := d.checkTarget(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o777); err != nil {
		return nil, err
	}
	if d.lock, err = takeLock(d.work); err != nil {
		if errors.Is(err, errLocked) {
			return nil, fmt.Errorf("%s: another build into it is running", dir)
		}
		return nil, err
	}
	if err := restore(d.dir); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	// What a killed build left.
	if err := errors.Join(d.clear(), os.Mkdir(d.Dir(), 0o777)); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// workDir is where a build into dir keeps what it needs meanwhile.
func workDir(dir string) string { return dir + ".building" }

func (d *Draft) next() string { return filepath.Join(d.work, "next") }

// checkTarget refuses what a build must not replace; dir is what the user
// calls it.
func (d *Draft) checkTarget(dir string) error {
	entries, err := os.ReadDir(d.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		if info, err := os.Stat(d.dir); err == nil && !info.IsDir() {
			return fmt.Errorf("%s is a file: a graph is a directory", dir)
		}
		return err
	case len(entries) == 0:
		return nil
	}
	if _, err := readManifest(d.dir); err != nil && !isOtherVersion(err) {
		return fmt.Errorf("%s is a directory that is not a graph: choose another, or one that does not exist yet", dir)
	}
	for _, e := range entries {
		if !slices.Contains(graphFiles, e.Name()) {
			return fmt.Errorf("%s holds %s, which is no part of a graph and would be lost: move it away", dir, e.Name())
		}
	}
	return nil
}

// Dir returns the directory of the build, where temporary files may be kept.
func (d *Draft) Dir() string { return filepath.Join(d.work, "temporary") }

// clear removes what builds leave.
func (d *Draft) clear() error { return errors.Join(os.RemoveAll(d.next()), os.RemoveAll(d.Dir())) }

// Commit writes the graph, of quads in any order, and puts it in place of the
// earlier one. What was set aside is asked for after the last quad. The options
// say how the store is built; its temporary files lie beside it.
func (d *Draft) Commit(ctx context.Context, cables int, quads iter.Seq2[quad.Quad, error], setAside func() []*cable.Error, o packed.Options) (Manifest, error) {
	m := Manifest{Format: formatName, Version: formatVersion, Cables: cables}
	if err := os.Mkdir(d.next(), 0o777); err != nil {
		return m, err
	}
	file := filepath.Join(d.next(), quadsFile)
	o.Dir = d.Dir()
	built, err := packed.Build(ctx, file, quads, o)
	if err != nil {
		return m, cmp.Or(ctx.Err(), err)
	}
	if built.Quads == 0 {
		return m, errors.New("no quads: nothing to load")
	}
	m.Quads = int(built.Quads)
	aside := setAside()
	m.SetAside = len(aside)
	if m.SHA256, err = hashFile(file); err != nil {
		return m, err
	}
	if err := d.create(quarantineFile, func(w io.Writer) error { return writeQuarantine(w, aside) }); err != nil {
		return m, err
	}
	err = d.create(manifestFile, func(w io.Writer) error {
		text, err := json.MarshalIndent(m, "", "  ")
		if err != nil {
			return err
		}
		_, err = w.Write(append(text, '\n'))
		return err
	})
	if err != nil {
		return m, err
	}
	if err := syncDir(d.next()); err != nil {
		return m, err
	}
	if err := ctx.Err(); err != nil {
		return m, err
	}
	return m, replace(d.dir, d.next())
}

func hashFile(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// create writes a file of the new graph and waits until it is on the disk.
func (d *Draft) create(name string, write func(io.Writer) error) error {
	f, err := os.Create(filepath.Join(d.next(), name))
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(f, 1<<20)
	if err = write(b); err == nil {
		if err = b.Flush(); err == nil {
			err = f.Sync()
		}
	}
	return errors.Join(err, f.Close())
}

// Close removes what is not part of the graph and lets other builds begin.
func (d *Draft) Close() error {
	return errors.Join(d.clear(), d.lock.release())
}

// writeQuarantine writes what was set aside, in an order that does not depend
// on the order of reading.
func writeQuarantine(w io.Writer, setAside []*cable.Error) error {
	rows := make([]SetAside, 0, len(setAside))
	for _, e := range setAside {
		rows = append(rows, SetAside{e.Name, e.Line, e.Col, e.Field, e.Err.Error()})
	}
	slices.SortFunc(rows, func(a, b SetAside) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			strings.Compare(a.Field, b.Field), strings.Compare(a.Reason, b.Reason))
	})
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, row := range rows {
		if err := enc.Encode(row); err != nil {
			return err
		}
	}
	return nil
}

// replace puts the directory next in the place of dir. Where the file system
// can exchange two names there is no moment without a graph; elsewhere restore
// mends what a kill between two renames leaves. The earlier graph, if any, is
// removed.
func replace(dir, next string) error {
	parent := filepath.Dir(dir)
	err := os.Rename(next, dir) // succeeds where dir is absent
	if err == nil {
		return syncDir(parent)
	}
	if !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := exchange(dir, next); err != nil {
		return replaceByTwoRenames(dir, next)
	}
	if err := syncDir(parent); err != nil {
		return err
	}
	return os.RemoveAll(next)
}

// previous is where replaceByTwoRenames keeps the earlier graph for a moment.
func previous(dir string) string { return filepath.Join(workDir(dir), "previous") }

func replaceByTwoRenames(dir, next string) error {
	if err := os.Rename(dir, previous(dir)); err != nil {
		return err
	}
	if err := os.Rename(next, dir); err != nil {
		return errors.Join(err, os.Rename(previous(dir), dir))
	}
	if err := syncDir(filepath.Dir(dir)); err != nil {
		return err
	}
	return os.RemoveAll(previous(dir))
}

// restore mends what a kill inside replaceByTwoRenames left: without a graph
// the previous one comes back, with one the previous is removed.
func restore(dir string) error {
	if _, err := os.Lstat(previous(dir)); err != nil {
		return nil
	}
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(previous(dir), dir)
	}
	return os.RemoveAll(previous(dir))
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// otherVersionError says that a graph has another format than this program
// reads, and what to do.
type otherVersionError struct {
	dir     string
	version int
}

func (e *otherVersionError) Error() string {
	if e.version > formatVersion {
		return fmt.Sprintf("%s has format %d and this program reads %d: use a newer program", e.dir, e.version, formatVersion)
	}
	return fmt.Sprintf("%s has format %d and this program reads %d: build it again from its cables", e.dir, e.version, formatVersion)
}

func isOtherVersion(err error) bool {
	var other *otherVersionError
	return errors.As(err, &other)
}

// readManifest reads the manifest of the graph in dir. The error says in one
// line why there is no graph that can be read.
func readManifest(dir string) (Manifest, error) {
	var m Manifest
	text, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if err != nil {
		info, statErr := os.Stat(dir)
		switch {
		case errors.Is(statErr, fs.ErrNotExist):
			return m, fmt.Errorf("there is no graph %s", dir)
		case statErr == nil && !info.IsDir():
			return m, fmt.Errorf("%s is a file: a graph is a directory", dir)
		case errors.Is(err, fs.ErrNotExist):
			return m, fmt.Errorf("%s is not a graph: it has no %s", dir, manifestFile)
		}
		return m, err
	}
	if err := json.Unmarshal(text, &m); err != nil || m.Format != formatName {
		return m, fmt.Errorf("%s is not a graph: %s is of something else", dir, manifestFile)
	}
	if m.Version != formatVersion {
		return m, &otherVersionError{dir, m.Version}
	}
	return m, nil
}

// Graph is a graph directory opened for reading. A build that replaces the
// graph meanwhile does not disturb it.
type Graph struct {
	Manifest Manifest
	Store    *packed.Store
	file     string // of the store
}

// OpenGraph opens the graph in dir. Close must be called.
func OpenGraph(dir string) (*Graph, error) {
	target, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := restore(target); err != nil {
		return nil, err
	}
	for {
		m, err := readManifest(dir)
		if err != nil {
			return nil, err
		}
		file := filepath.Join(dir, quadsFile)
		s, err := packed.Open(file)
		if err != nil {
			return nil, fmt.Errorf("the graph cannot be read: %w", err)
		}
		// A build may have put another graph there between the two.
		if again, err := readManifest(dir); err == nil && again == m {
			return &Graph{m, s, file}, nil
		}
		if err := s.Close(); err != nil {
			return nil, err
		}
	}
}

// Close closes the graph's store.
func (g *Graph) Close() error { return g.Store.Close() }

// Verify reads the whole graph and finds whatever is damaged in it. It tells
// progress as packed.Store.Verify does.
func (g *Graph) Verify(ctx context.Context, progress func(step string, done, of int64)) error {
	if err := g.Store.Verify(ctx, progress); err != nil {
		return err
	}
	sum, err := hashFile(g.file)
	if err != nil {
		return err
	}
	if again, err := readManifest(filepath.Dir(g.file)); err != nil || again != g.Manifest {
		return errors.New("another graph was put in its place meanwhile: verify that")
	}
	if st, err := g.Store.Stats(ctx, true); err != nil || sum != g.Manifest.SHA256 || st.Quads.Size != int64(g.Manifest.Quads) {
		return fmt.Errorf("the graph is damaged, build it again: %s is not what %s says", g.file, manifestFile)
	}
	return nil
}
