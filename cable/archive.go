package cable

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	// deepest is how many archives and compressions may lie in one another.
	deepest = 4
	// A file that unpacks to more than largest bytes and to more than steepest
	// times its size is a bomb.
	largest  = 1 << 30
	steepest = 200
)

var (
	errTooDeep = fmt.Errorf("archives nested more than %d deep", deepest)
	errBomb    = fmt.Errorf("unpacks to more than %d times its size", steepest)
)

// readAny reads what r holds: a file of cables, or one or more of them
// compressed or in an archive. open is the file itself where it is one that
// can be read at any place.
func (s *stream) readAny(r io.Reader, depth int) {
	s.br = bufio.NewReaderSize(r, peek)
	head, _ := s.br.Peek(262)
	inner := ""
	var err error
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		inner, err = "gzip", s.readGzip(depth)
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		inner, err = "zstd", s.readZstd(depth)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		inner, err = "zip", s.readZip(r, depth)
	case len(head) == 262 && string(head[257:262]) == "ustar":
		inner, err = "tar", s.readTar(depth)
	default:
		s.offset, s.line = 0, 1
		s.readForm()
		return
	}
	if err != nil && !s.done {
		s.fault(place{}, "", fmt.Errorf("%s: %w", inner, err))
	}
}

// bombReader counts what is unpacked against what it was packed to.
type bombReader struct {
	r        io.Reader
	packed   *countReader
	unpacked int64
	largest  int64
}

func (b *bombReader) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.unpacked += int64(n)
	if b.unpacked > b.largest && b.unpacked/steepest > b.packed.n {
		return 0, errBomb
	}
	return n, err
}

type countReader struct {
	r io.Reader
	n int64
}

func (c *countReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func (s *stream) readGzip(depth int) error {
	packed := &countReader{r: s.br}
	z, err := gzip.NewReader(packed)
	if err != nil {
		return err
	}
	defer z.Close()
	return s.unpacked(&bombReader{r: z, packed: packed, largest: largest}, depth)
}

func (s *stream) readZstd(depth int) error {
	packed := &countReader{r: s.br}
	z, err := zstd.NewReader(packed, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20))
	if err != nil {
		return err
	}
	defer z.Close()
	return s.unpacked(&bombReader{r: z, packed: packed, largest: largest}, depth)
}

// unpacked reads what a compressed file holds. An error of the compression is
// returned; the cables before it have been yielded.
func (s *stream) unpacked(r io.Reader, depth int) error {
	if depth == deepest {
		return errTooDeep
	}
	inner := &stream{src: s.src, fields: s.fields, yield: s.yield, pass: s.pass}
	inner.failed = func(err error) { s.damage = err }
	inner.readAny(r, depth+1)
	s.done = inner.done
	return s.damage
}

// member reads one member of an archive.
func (s *stream) member(name string, r io.Reader, depth int) {
	inner := &stream{src: s.src, fields: s.fields, yield: s.yield, pass: s.pass}
	if inner.src.Member != "" {
		name = inner.src.Member + "/" + name
	}
	inner.src.Member = name
	inner.failed = func(err error) { inner.fault(place{}, "", err) }
	if depth == deepest {
		inner.fault(place{}, "", errTooDeep)
	} else {
		inner.readAny(r, depth+1)
	}
	s.done = inner.done
}

func (s *stream) readTar(depth int) error {
	t := tar.NewReader(s.br)
	for !s.done {
		h, err := t.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if h.Typeflag == tar.TypeReg && !hidden(h.Name) {
			s.member(h.Name, t, depth)
		}
	}
	return nil
}

// readZip reads the members of a zip archive, whose directory stands at its
// end: what is no file that can be read at any place is copied to one first.
func (s *stream) readZip(r io.Reader, depth int) error {
	file, ok := r.(*os.File)
	if ok {
		if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
			ok = false
		}
	}
	if !ok {
		tmp, err := os.CreateTemp("", "cables-*.zip")
		if err != nil {
			return err
		}
		defer os.Remove(tmp.Name())
		defer tmp.Close()
		if _, err := io.Copy(tmp, s.br); err != nil {
			return err
		}
		file = tmp
	}
	info, err := file.Stat()
	if err != nil {
		return err
	}
	z, err := zip.NewReader(file, info.Size())
	if err != nil {
		return err
	}
	for _, f := range z.File {
		if s.done {
			return nil
		}
		if f.FileInfo().IsDir() || hidden(f.Name) {
			continue
		}
		m, err := f.Open()
		if err != nil {
			s.memberFault(f.Name, err)
			continue
		}
		packed := &countReader{n: int64(f.CompressedSize64)}
		s.member(f.Name, &bombReader{r: m, packed: packed, largest: largest}, depth)
		m.Close()
	}
	return nil
}

func (s *stream) memberFault(name string, err error) {
	inner := &stream{src: s.src, yield: s.yield}
	inner.src.Member = name
	inner.fault(place{}, "", err)
	s.done = inner.done
}

// hidden reports whether a member's name, or that of a folder it lies in,
// begins with a point, or belongs to the shadow files of another system.
func hidden(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") && part != "." && part != ".." || part == "__MACOSX" {
			return true
		}
	}
	return false
}
