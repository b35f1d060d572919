package cable

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Read yields the cables of r in order. name is the name of the file: it places
// errors, and supplies the year of a cable that does not give its own. A
// cable that cannot be read is yielded as nil with an *[Error], and reading
// goes on; any other error is the last pair.
func Read(r io.Reader, name string) iter.Seq2[*Cable, error] {
	return func(yield func(*Cable, error) bool) {
		data, err := io.ReadAll(io.LimitReader(r, maxText+1))
		if err != nil {
			yield(nil, fmt.Errorf("%s: %w", name, err))
			return
		}
		readText(data, Source{File: name}, yield)
	}
}

// maxText is the size of the largest text file that is read as one cable.
const maxText = 64 << 20

// readText yields the cable of a text file.
func readText(data []byte, src Source, yield func(*Cable, error) bool) bool {
	raw, encoding, err := decode(data)
	if err != nil {
		return yield(nil, &Error{Name: src.File, Err: err})
	}
	base := path.Base(filepath.ToSlash(src.File))
	c := parse(raw, hints{id: strings.ToUpper(strings.TrimSuffix(base, path.Ext(base)))})
	src.Encoding = encoding
	c.Source = src
	c.Form = "text"
	if strings.Contains(raw, "](#)") {
		c.Form = "markdown"
	}
	if c.ID == "" {
		return yield(nil, &Error{Name: src.File, Line: 1, Col: 1, Field: "id", Err: errNoIdentity})
	}
	return yield(c, nil)
}

var (
	errEmpty      = errors.New("empty file")
	errBinary     = errors.New("not a text file")
	errNoIdentity = errors.New("no cable: neither a classification line with post and number nor a header gives an id")
)

// decode returns data as UTF-8 text and the name of its encoding: what is not
// UTF-8 is ISO-8859-1.
func decode(data []byte) (text, encoding string, err error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if len(bytes.TrimSpace(data)) == 0 {
		return "", "", errEmpty
	}
	if len(data) > maxText {
		return "", "", fmt.Errorf("larger than %d MB", maxText>>20)
	}
	control := 0
	for _, c := range data[:min(len(data), 8<<10)] {
		if c < ' ' && !isSpace(c) {
			control++
		}
	}
	if control*50 > min(len(data), 8<<10) || bytes.IndexByte(data[:min(len(data), 8<<10)], 0) >= 0 {
		return "", "", errBinary
	}
	if utf8.Valid(data) {
		return string(data), "utf-8", nil
	}
	latin, err := charmap.ISO8859_1.NewDecoder().Bytes(data)
	if err != nil {
		return "", "", err
	}
	return string(latin), "iso-8859-1", nil
}

// ReadPaths yields the cables of the files at paths, in the order of paths. A
// directory stands for the files below it, in the order of their names, hidden
// ones left out; "-" is standard input. A path that does not exist, or a
// directory without files, is an error before anything is read.
func ReadPaths(paths []string) iter.Seq2[*Cable, error] {
	return func(yield func(*Cable, error) bool) {
		for _, p := range paths {
			if p == "-" {
				continue
			}
			if _, err := os.Stat(p); err != nil {
				yield(nil, err)
				return
			}
		}
		for _, p := range paths {
			if !readPath(p, yield) {
				return
			}
		}
	}
}

// readPath yields the cables of one path; it reports whether to go on.
func readPath(p string, yield func(*Cable, error) bool) bool {
	if p == "-" {
		return forward(Read(os.Stdin, "standard input"), yield)
	}
	files := 0
	goOn := true
	err := filepath.WalkDir(p, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			if !yield(nil, &Error{Name: name, Err: cause(err)}) {
				goOn = false
				return fs.SkipAll
			}
			return nil
		}
		if name != p && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		files++
		if goOn = readFile(name, yield); !goOn {
			return fs.SkipAll
		}
		return nil
	})
	if err == nil && files == 0 {
		err = fmt.Errorf("%s: no files", p)
	}
	if err != nil && goOn {
		yield(nil, err)
		return false
	}
	return goOn
}

func readFile(name string, yield func(*Cable, error) bool) bool {
	f, err := os.Open(name)
	if err != nil {
		return yield(nil, &Error{Name: name, Err: cause(err)})
	}
	defer f.Close()
	return forward(Read(f, name), yield)
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
