package extsort

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"cablegraph/internal/memory"
)

// A run is a stretch of sorted records, encoded one after the other: how many
// bytes the key shares with the one before, how many follow, and the length of
// the value, as uvarints; then the rest of the key and the value.
type run struct {
	file  *os.File // nil for a run in memory
	named bool     // the file could not be removed while it is open
	data  []byte
	size  int64
}

func (r *run) close() {
	if r.file != nil {
		r.file.Close()
		if r.named {
			os.Remove(r.file.Name())
		}
		r.file = nil
	}
	r.data = nil
}

// runWriter encodes records. What does not fit its buffer goes to a temporary
// file, which is made then.
type runWriter struct {
	s   *Sorter
	run run
	buf []byte
}

func (s *Sorter) newRun() *runWriter {
	return &runWriter{s: s, buf: make([]byte, 0, s.ioSize)}
}

// add appends a record whose key shares its first bytes with the one before.
func (w *runWriter) add(shared int, key, value []byte) error {
	if len(w.buf)+len(key)-shared+len(value)+3*binary.MaxVarintLen32 > cap(w.buf) {
		if err := w.flush(); err != nil {
			return err
		}
	}
	w.buf = binary.AppendUvarint(w.buf, uint64(shared))
	w.buf = binary.AppendUvarint(w.buf, uint64(len(key)-shared))
	w.buf = binary.AppendUvarint(w.buf, uint64(len(value)))
	w.buf = append(w.buf, key[shared:]...)
	w.buf = append(w.buf, value...)
	return nil
}

func (w *runWriter) flush() (err error) {
	if len(w.buf) == 0 {
		return nil
	}
	if w.run.file == nil {
		if w.run.file, err = os.CreateTemp(w.s.dir, "extsort-*"); err != nil {
			return fmt.Errorf("sort: temporary file: %w", err)
		}
		w.run.named = os.Remove(w.run.file.Name()) != nil // a killed process then leaves nothing
	}
	n, err := w.run.file.Write(w.buf)
	w.run.size += int64(n)
	w.s.spilled.Add(int64(n))
	if err != nil {
		var at *fs.PathError
		if errors.As(err, &at) { // the file has no name any more
			err = at.Err
		}
		used := w.s.spilled.Load() - w.s.reclaimed.Load()
		return fmt.Errorf("sort: write temporary files in %s, where they take %s and need at least %s more: %w",
			w.s.dir, memory.Size(used), memory.Size(len(w.buf)-n), err)
	}
	w.buf = w.buf[:0]
	return nil
}

// finish returns the run, which lies in memory if it needed no file and may.
func (w *runWriter) finish(toFile bool) (*run, error) {
	if w.run.file == nil && !toFile {
		return &run{data: bytes.Clone(w.buf), size: int64(len(w.buf))}, nil
	}
	if err := w.flush(); err != nil {
		return nil, err
	}
	w.buf = nil
	return &w.run, nil
}

// source yields sorted records. The slices are valid until the next call.
type source interface {
	// next reads a record and returns how many bytes its key shares with the
	// one before. It returns io.EOF after the last.
	next() (shared int, key, value []byte, err error)
	// close frees what the source holds.
	close()
}

// runReader decodes a run.
type runReader struct {
	run  *run
	at   int64 // of the file, after buf
	buf  []byte
	rest []byte // of buf
	key  []byte
}

func newRunReader(r *run, ioSize int) *runReader {
	if r.file == nil {
		return &runReader{run: r, rest: r.data}
	}
	return &runReader{run: r, buf: make([]byte, ioSize)}
}

func (r *runReader) close() {
	r.run.close()
	r.buf, r.rest = nil, nil
}

// fill makes n bytes available, or as many as there are.
func (r *runReader) fill(n int) error {
	if len(r.rest) >= n || r.run.file == nil || r.at == r.run.size {
		return nil
	}
	if n > len(r.buf) {
		r.buf = append(make([]byte, 0, n), r.rest...)[:n]
	} else {
		copy(r.buf, r.rest)
	}
	have := len(r.rest)
	want := int(min(int64(len(r.buf)-have), r.run.size-r.at))
	got, err := r.run.file.ReadAt(r.buf[have:have+want], r.at)
	r.at += int64(got)
	r.rest = r.buf[:have+got]
	if got < want {
		return fmt.Errorf("sort: read a temporary file: %w", err)
	}
	return nil
}

func (r *runReader) next() (int, []byte, []byte, error) {
	const lengths = 3 * binary.MaxVarintLen64
	if len(r.rest) < lengths {
		if err := r.fill(lengths); err != nil {
			return 0, nil, nil, err
		}
		if len(r.rest) == 0 {
			return 0, nil, nil, io.EOF
		}
	}
	shared, a := binary.Uvarint(r.rest)
	suffix, b := binary.Uvarint(r.rest[a:])
	vlen, c := binary.Uvarint(r.rest[a+b:])
	r.rest = r.rest[a+b+c:]
	n := int(suffix + vlen)
	if len(r.rest) < n {
		if err := r.fill(n); err != nil {
			return 0, nil, nil, err
		}
	}
	r.key = append(r.key[:shared], r.rest[:suffix]...)
	value := r.rest[suffix:n:n]
	r.rest = r.rest[n:]
	return int(shared), r.key, value, nil
}

// bufferReader yields a sorted buffer's records.
type bufferReader struct {
	buf   *buffer
	refs  []ref
	keep  bool // the buffer is used again
	key   []byte
	ahead uint64
}

// ahead is how many records a bufferReader touches before they are needed, all
// at once: they lie anywhere in memory, and the processor waits for them
// together.
const ahead = 16

func (r *bufferReader) close() {
	if !r.keep {
		r.buf.free()
	}
}

func (r *bufferReader) next() (int, []byte, []byte, error) {
	if len(r.refs) == 0 {
		return 0, nil, nil, io.EOF
	}
	if len(r.refs)%ahead == 0 {
		for _, x := range r.refs[:ahead] {
			r.ahead += uint64(r.buf.mem[x.off])
		}
	}
	x := r.refs[0]
	r.refs = r.refs[1:]
	key := r.buf.key(x)
	shared := commonPrefix(r.key, key)
	r.key = key
	return shared, key, r.buf.value(x), nil
}
