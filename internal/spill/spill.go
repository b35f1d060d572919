// Package spill keeps on disk what would fill memory: a list of byte records
// that is written once and then read in any order.
package spill

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
)

// A File is a list of byte records in a temporary file. While it is written it
// belongs to one goroutine; then several may read.
type File struct {
	file    *os.File
	buffer  *bufio.Writer
	starts  []int64 // of each record, and the end of the last
	removed bool
}

// New makes an empty list in a file in dir, which is removed at once where the system
// lets a removed file be used on, so that nothing stays behind whatever happens.
func New(dir string) (*File, error) {
	f, err := os.CreateTemp(dir, "spill-*")
	if err != nil {
		return nil, err
	}
	return &File{f, bufio.NewWriterSize(f, 1<<20), []int64{0}, os.Remove(f.Name()) == nil}, nil
}

// Len returns the number of records.
func (f *File) Len() int { return len(f.starts) - 1 }

// Append adds a record.
func (f *File) Append(record []byte) error {
	_, err := f.buffer.Write(record)
	f.starts = append(f.starts, f.starts[f.Len()]+int64(len(record)))
	return err
}

// Flush ends writing.
func (f *File) Flush() error { return f.buffer.Flush() }

// Record reads record i into buf, which it grows if need be.
func (f *File) Record(i int, buf []byte) ([]byte, error) {
	n := int(f.starts[i+1] - f.starts[i])
	if cap(buf) < n {
		buf = make([]byte, n+n/4)
	}
	buf = buf[:n]
	_, err := f.file.ReadAt(buf, f.starts[i])
	return buf, err
}

// Close removes the file.
func (f *File) Close() error {
	err := f.file.Close()
	if f.removed {
		return err
	}
	removed := os.Remove(f.file.Name())
	if errors.Is(removed, fs.ErrNotExist) {
		removed = nil
	}
	return errors.Join(err, removed)
}
