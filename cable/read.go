package cable

import (
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
// ones left out; "-" is standard input. A path that does not exist is an error
// before anything is read; so is a directory without files when its turn comes.
func ReadPaths(paths []string) iter.Seq2[*Cable, error] {
	return Reader{}.ReadPaths(paths)
}

// Read is the function Read with the settings of rd.
func (rd Reader) Read(r io.Reader, name string) iter.Seq2[*Cable, error] {
	return func(yield func(*Cable, error) bool) {
		s := &stream{src: Source{File: name}, fields: rd.Fields, yield: yield}
		if s.fields == (Fields{}) {
			s.fields = DefaultFields
		}
		s.failed = func(err error) { s.done = !yield(nil, fmt.Errorf("%s: %w", name, err)) }
		s.readAny(r, 0)
	}
}

// fail ends the stream with an error of the reader below it.
func (s *stream) fail(err error) {
	if !s.done {
		s.failed(cause(err))
	}
}

// ReadPaths is the function ReadPaths with the settings of rd.
func (rd Reader) ReadPaths(paths []string) iter.Seq2[*Cable, error] {
	return func(yield func(*Cable, error) bool) {
		for _, p := range paths {
			if p == "-" {
				continue
			}
			if _, err := os.Stat(p); err != nil {
				yield(nil, fmt.Errorf("%s: %w", p, cause(err)))
				return
			}
		}
		for _, p := range paths {
			if !rd.readPath(p, yield) {
				return
			}
		}
	}
}

// readPath yields the cables of one path; it reports whether to go on.
func (rd Reader) readPath(p string, yield func(*Cable, error) bool) bool {
	if p == "-" {
		return forward(rd.Read(os.Stdin, "standard input"), yield)
	}
	files := 0
	goOn := true
	err := filepath.WalkDir(p, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			goOn = yield(nil, &Error{Name: name, Err: cause(err)})
		case name != p && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case !d.IsDir():
			files++
			goOn = rd.readFile(name, yield)
		}
		if !goOn {
			return fs.SkipAll
		}
		return nil
	})
	if err == nil && files == 0 && goOn {
		err = fmt.Errorf("%s: no files", p)
	}
	if err != nil && goOn {
		yield(nil, err)
		return false
	}
	return goOn
}

func (rd Reader) readFile(name string, yield func(*Cable, error) bool) bool {
	f, err := os.Open(name)
	if err != nil {
		return yield(nil, &Error{Name: name, Err: cause(err)})
	}
	defer f.Close()
	return forward(rd.Read(f, name), yield)
}

// forward yields the pairs of seq and reports whether to go on.
func forward(seq iter.Seq2[*Cable, error], yield func(*Cable, error) bool) bool {
	for c, err := range seq {
		if !yield(c, err) {
			return false
		}
		var e *Error
		if err != nil && !errors.As(err, &e) {
			return false
		}
	}
	return true
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
