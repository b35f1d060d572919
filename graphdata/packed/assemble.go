package packed

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
)

// output is a section being written, in a file of its own.
type output struct {
	f    *os.File
	w    *bufio.Writer
	vec  *vecWriter // or nil
	data []byte     // once it is written
}

func (b *builder) section(sec int) (*bufio.Writer, error) {
	f, err := b.temp()
	if err != nil {
		return nil, err
	}
	b.out[sec] = &output{f: f, w: bufio.NewWriterSize(f, 1<<18)}
	return b.out[sec].w, nil
}

func (b *builder) vec(sec int) (*vecWriter, error) {
	w, err := b.section(sec)
	if err != nil {
		return nil, err
	}
	b.out[sec].vec = newVecWriter(w)
	return b.out[sec].vec, nil
}

// vecs begins vecs as vec does.
func (b *builder) vecs(into map[int]**vecWriter) (err error) {
	for sec, v := range into {
		if *v, err = b.vec(sec); err != nil {
			return err
		}
	}
	return nil
}

// finish completes sections.
func (b *builder) finish(secs ...int) error {
	for _, sec := range secs {
		o := b.out[sec]
		if o.vec != nil {
			b.header.Sections[sec].Count = o.vec.n
			if err := o.vec.close(); err != nil {
				return err
			}
			o.vec = nil
		}
		if err := o.w.Flush(); err != nil {
			return err
		}
		o.w = nil
		size, err := o.f.Seek(0, io.SeekCurrent)
		if err != nil {
			return err
		}
		b.header.Sections[sec].Length = uint64(size)
	}
	return nil
}

// open returns a vec that is written.
func (b *builder) open(sec int) (*vec, error) {
	o, s := b.out[sec], b.header.Sections[sec]
	if o.data == nil && s.Length > 0 {
		var err error
		if o.data, err = mapFile(o.f, int(s.Length)); err != nil {
			return nil, err
		}
	}
	v, err := openVec(piece{b: o.data}, s.Count)
	return &v, err
}

// openAll opens vecs as open does.
func (b *builder) openAll(into map[int]**vec) (err error) {
	for sec, v := range into {
		if *v, err = b.open(sec); err != nil {
			return err
		}
	}
	return nil
}

// assemble puts the sections into one file, and that in its place.
func (b *builder) assemble() (err error) {
	out, err := os.CreateTemp(filepath.Dir(b.path), filepath.Base(b.path)+".*.tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, out.Close(), os.Remove(out.Name()))
		}
	}()
	w := &blockWriter{w: bufio.NewWriterSize(out, 1<<20)}
	if _, err := w.Write(make([]byte, blockSize)); err != nil {
		return err
	}
	for sec := range b.out {
		if err := w.pad(align); err != nil {
			return err
		}
		b.header.Sections[sec].Offset = w.n
		r, err := fromStart(b.out[sec].f)
		if err != nil {
			return err
		}
		if _, err := io.Copy(w, r); err != nil {
			return err
		}
		b.opts.Progress("writing", int64(w.n), 0)
		if err := b.ctx.Err(); err != nil {
			return err
		}
	}
	if err := w.pad(align); err != nil {
		return err
	}
	checks := w.checks()
	h := &b.header
	h.Version, h.ChecksOffset = version, w.n
	h.Size = w.n + uint64(len(checks))
	h.Checks = crc32.Checksum(checks, crcTable)
	first, err := h.encode()
	if err != nil {
		return err
	}
	if _, err = w.w.Write(checks); err == nil {
		err = w.w.Flush()
	}
	if err == nil {
		_, err = out.WriteAt(first, 0)
	}
	if err == nil {
		err = out.Chmod(0o644)
	}
	if err == nil {
		err = out.Sync()
	}
	if err != nil {
		return err
	}
	if err := out.Close(); err != nil {
		return err
	}
	if err := os.Rename(out.Name(), b.path); err != nil {
		return err
	}
	b.summary.Bytes = int64(h.Size)
	return syncDir(filepath.Dir(b.path))
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// blockWriter sums up each block that goes through it.
type blockWriter struct {
	w    *bufio.Writer
	n    uint64
	sum  uint32
	sums []byte // of the blocks before
}

func (b *blockWriter) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		part := rest[:min(uint64(len(rest)), blockSize-b.n%blockSize)]
		rest = rest[len(part):]
		b.sum = crc32.Update(b.sum, crcTable, part)
		if b.n += uint64(len(part)); b.n%blockSize == 0 {
			b.sums = binary.LittleEndian.AppendUint32(b.sums, b.sum)
			b.sum = 0
		}
	}
	return b.w.Write(p)
}

func (b *blockWriter) pad(to uint64) error {
	_, err := b.Write(make([]byte, (to-b.n%to)%to))
	return err
}

// checks returns the sums of all blocks but the first.
func (b *blockWriter) checks() []byte {
	sums := b.sums
	if b.n%blockSize != 0 {
		sums = binary.LittleEndian.AppendUint32(sums, b.sum)
	}
	return sums[4:]
}
