package cable

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
)

// Reader reads cables from files in any of the Forms, compressed or in
// archives. The zero Reader reads JSON Lines with the default names.
type Reader struct {
	Fields Fields // of JSON Lines; DefaultFields where it is zero
}

// Read yields the cables of r in order. name is the name of the file: it places
// errors, and supplies the year of a text that does not give its own. A cable
// that cannot be read is yielded as nil with an *[Error], and reading goes on;
// any other error is the last pair.
func Read(r io.Reader, name string) iter.Seq2[*Cable, error] {
	return Reader{}.Read(r, name)
}

// ReadPaths yields the cables of the files at paths, in the order of paths. A
// directory stands for the files below it, in the order of their names, hidden
// ones and graphs left out; "-" is standard input. A path that does not exist is an error
// before anything is read; so is a directory without files.
//
// A first, quick pass finds cables that the files hold more than once. Of
// copies and revisions the fullest is yielded, and says where the others lie;
// sections that lie apart are yielded as one cable, in the place of the last.
func ReadPaths(paths []string) iter.Seq2[*Cable, error] {
	return Reader{}.ReadPaths(context.Background(), paths)
}

// Read is the function Read with the settings of rd.
func (rd Reader) Read(r io.Reader, name string) iter.Seq2[*Cable, error] {
	return func(yield func(*Cable, error) bool) {
		rd.read(r, name, &pass{ctx: context.Background()}, yield)
	}
}

// read yields the cables of r as one part of a pass; it reports whether to go on.
func (rd Reader) read(r io.Reader, name string, p *pass, yield func(*Cable, error) bool) bool {
	s := &stream{src: Source{File: name}, fields: rd.Fields, pass: p}
	s.yield = func(c *Cable, err error) bool { return !p.stopped() && yield(c, err) }
	if s.fields == (Fields{}) {
		s.fields = DefaultFields
	}
	s.failed = func(err error) {
		s.yield(nil, fmt.Errorf("%s: %w", name, err))
		s.done = true
	}
	s.readAny(r, 0)
	if p.ended {
		yield(nil, p.ctx.Err())
		return false
	}
	return !s.done
}

// fail ends the stream with an error of the reader below it.
func (s *stream) fail(err error) {
	if !s.done {
		s.failed(cause(err))
	}
}

// ReadPaths is the function ReadPaths with the settings of rd. When ctx ends,
// its error is the last pair.
func (rd Reader) ReadPaths(ctx context.Context, paths []string) iter.Seq2[*Cable, error] {
	return func(yield func(*Cable, error) bool) {
		f := files{}
		defer f.close()
		if err := f.find(paths); err != nil {
			yield(nil, err)
			return
		}
		first := &pass{ctx: ctx, first: true, survey: newSurvey()}
		if !rd.readFiles(f, first, func(_ *Cable, err error) bool {
			var aside *Error
			if err == nil || errors.As(err, &aside) {
				return true // said by the second pass
			}
			yield(nil, err)
			return false
		}) {
			return
		}
		first.survey.settle()
		rd.readFiles(f, &pass{ctx: ctx, survey: first.survey}, yield)
	}
}

// readFiles yields the cables of all files as one pass; it reports whether to
// go on.
func (rd Reader) readFiles(f files, p *pass, yield func(*Cable, error) bool) bool {
	for i := range f.list {
		file, err := f.open(i)
		if err != nil {
			if !yield(nil, &Error{Name: f.list[i].name, Err: cause(err)}) {
				return false
			}
			continue
		}
		goOn := rd.read(file, f.list[i].name, p, yield)
		if file != f.list[i].copied {
			file.Close()
		}
		if !goOn {
			return false
		}
	}
	return true
}

var errGraph = errors.New("a graph, which holds no cables")

// files are the files of a collection, which are read twice.
type files struct{ list []collectionFile }

type collectionFile struct {
	name   string   // as errors and sources have it
	copied *os.File // a copy of what can be read only once: standard input, a pipe
	err    error    // of the directory above it
}

// find lists the files at paths.
func (f *files) find(paths []string) error {
	for _, p := range paths {
		if p == "-" {
			if err := f.copy(os.Stdin, "standard input"); err != nil {
				return err
			}
			continue
		}
		info, err := os.Stat(p)
		if err != nil {
			return fmt.Errorf("%s: %w", p, cause(err))
		}
		if !info.IsDir() && !info.Mode().IsRegular() {
			pipe, err := os.Open(p)
			if err != nil {
				return fmt.Errorf("%s: %w", p, cause(err))
			}
			err = f.copy(pipe, p)
			pipe.Close()
			if err != nil {
				return err
			}
			continue
		}
		before := len(f.list)
		err = filepath.WalkDir(p, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				f.list = append(f.list, collectionFile{name: name, err: err})
			case name != p && strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return fs.SkipDir
				}
			case d.IsDir() && isGraph(name):
				if name == p {
					return errGraph
				}
				return fs.SkipDir
			case d.Type().IsRegular() || name == p && !d.IsDir() || d.Type()&fs.ModeSymlink != 0:
				f.list = append(f.list, collectionFile{name: name})
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("%s: %w", p, cause(err))
		}
		if len(f.list) == before {
			return fmt.Errorf("%s: no files", p)
		}
	}
	return nil
}

// isGraph reports whether dir holds a graph that was built: its files are JSON
// and text, but no cables.
func isGraph(dir string) bool {
	manifest, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		return false
	}
	var m struct {
		Format string `json:"format"`
	}
	return json.Unmarshal(manifest, &m) == nil && m.Format == "cablegraph"
}

// copy keeps what r holds in a file of its own.
func (f *files) copy(r io.Reader, name string) error {
	tmp, err := os.CreateTemp("", "cables-*")
	if err != nil {
		return err
	}
	f.list = append(f.list, collectionFile{name: name, copied: tmp})
	if _, err := io.Copy(tmp, r); err != nil {
		return fmt.Errorf("%s: %w", name, cause(err))
	}
	return nil
}

func (f *files) open(i int) (*os.File, error) {
	switch c := f.list[i]; {
	case c.err != nil:
		return nil, c.err
	case c.copied != nil:
		_, err := c.copied.Seek(0, io.SeekStart)
		return c.copied, err
	default:
		return os.Open(c.name)
	}
}

// close removes the copies.
func (f *files) close() {
	for _, c := range f.list {
		if c.copied != nil {
			c.copied.Close()
			os.Remove(c.copied.Name())
		}
	}
}

// cause drops the operation and path from an error of the file system: the
// place is said beside it.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
