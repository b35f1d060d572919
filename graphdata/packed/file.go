package packed

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// A store is one file. Its first block is the header; sections follow, and
// last a checksum (CRC-32C) of each block but the first. The header has the
// place of every section, and the checksums of the checksums and of itself.
const (
	magic     = "cg.packd"
	version   = 1
	blockBits = 14
	blockSize = 1 << blockBits
	align     = 16 // of sections
)

var crcTable = crc32.MakeTable(crc32.Castagnoli)

// The sections, in the order in which they lie in the file. Those named after
// an order of subject, predicate, object and label hold it; see doc.go.
const (
	secTerms          = iota // front-coded keys
	secTermStarts            // vec: where each block of them begins
	secLong                  // compressed blocks of long texts
	secLongStarts            // vec: where each begins
	secLongFirst             // vec: number of the first text of each
	secPredicates            // vec: id of each predicate
	secLabels                // vec: id of each label
	secSubjectStart          // vec: first rank of each id as a subject
	secSubjectAt             // vec: subject of every 256th rank
	secPredicate             // vec: predicate number of each rank
	secObject                // vec: object id of each rank
	secLabel                 // vec: label number of each rank, 0 for none
	secObjectStart           // vec: first place in OSPL of each id as an object
	secOSPL                  // vec: ranks
	secPredicateStart        // vec: first place in POSL of each predicate number
	secPOSL                  // vec: places in OSPL
	secLabelStart            // vec: first place in LSPO of each label number
	secLSPO                  // vec: ranks
	secLPOS                  // vec: places in LSPO; no quads without a label
	secLOSP                  // vec: places in LSPO; no quads without a label
	secSubjects              // vec: distinct subjects of each predicate number
	secObjects               // vec: distinct objects of each predicate number
	sections
)

var sectionNames = [sections]string{
	"terms", "term blocks", "long texts", "long text blocks", "long text numbers", "predicates", "labels",
	"subject index", "subject samples", "predicate column", "object column", "label column", "object index", "OSPL",
	"predicate index", "POSL", "label index", "LSPO", "LPOS", "LOSP", "subjects of predicates", "objects of predicates",
}

// header is the first block of a file, but for its magic and checksum.
type header struct {
	Version      uint32
	Checks       uint32 // checksum of the checksums
	Size         uint64 // of the file
	Quads        uint64
	Terms        uint64
	Predicates   uint64
	Labels       uint64
	KindStart    [kinds + 1]uint64 // first id of each kind
	Sections     [sections]extent
	ChecksOffset uint64
}

type extent struct{ Offset, Length, Count uint64 }

// encode returns the first block.
func (h *header) encode() ([]byte, error) {
	b := make([]byte, 0, blockSize)
	b, err := binary.Append(append(b, magic...), binary.LittleEndian, h)
	if err != nil {
		return nil, err
	}
	b = b[:blockSize]
	binary.LittleEndian.PutUint32(b[blockSize-4:], crc32.Checksum(b[:blockSize-4], crcTable))
	return b, nil
}

// An Error says what is wrong with a file.
type Error struct {
	Path string
	Err  error
}

func (e *Error) Error() string { return e.Path + ": " + e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }

var (
	errNotAStore = errors.New("is not a packed store")
	errDamaged   = errors.New("is damaged: build it again")
)

// mapping is a file in memory whose blocks are checked when they are first
// read.
type mapping struct {
	path   string
	data   []byte
	checks []byte
	good   []atomic.Uint32 // 1: the block has been checked
	header header
}

// openMapping maps a file and checks its header.
func openMapping(path string) (_ *mapping, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	fail := func(err error) (*mapping, error) { return nil, &Error{path, err} }
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return fail(errNotAStore)
	}
	first := make([]byte, blockSize)
	if n, err := io.ReadFull(f, first); err != nil {
		if n < len(magic) || string(first[:len(magic)]) != magic {
			return fail(errNotAStore)
		}
		return fail(errors.New("is cut short: build it again"))
	}
	if string(first[:len(magic)]) != magic {
		return fail(errNotAStore)
	}
	m := &mapping{path: path}
	if v := binary.LittleEndian.Uint32(first[len(magic):]); v != version {
		return fail(fmt.Errorf("has format %d and this program reads %d: build it again", v, version))
	}
	if crc32.Checksum(first[:blockSize-4], crcTable) != binary.LittleEndian.Uint32(first[blockSize-4:]) {
		return fail(errDamaged)
	}
	if _, err := binary.Decode(first[len(magic):], binary.LittleEndian, &m.header); err != nil {
		return fail(err)
	}
	switch size := uint64(info.Size()); {
	case size < m.header.Size:
		return fail(errors.New("is cut short: build it again"))
	case size > m.header.Size:
		return fail(errDamaged)
	}
	if m.data, err = unix.Mmap(int(f.Fd()), 0, int(m.header.Size), unix.PROT_READ, unix.MAP_SHARED); err != nil {
		return fail(fmt.Errorf("map: %w", err))
	}
	m.checks = m.data[m.header.ChecksOffset:]
	if crc32.Checksum(m.checks, crcTable) != m.header.Checks {
		_ = unix.Munmap(m.data)
		return fail(errDamaged)
	}
	// Access is all over the file: reading ahead would read what is not asked for.
	_ = unix.Madvise(m.data, unix.MADV_RANDOM)
	m.good = make([]atomic.Uint32, (len(m.data)+blockSize-1)/blockSize)
	return m, nil
}

func (m *mapping) close() error { return unix.Munmap(m.data) }

// damage is the panic by which a damaged block ends whatever reads it. The
// exported methods turn it into an error.
type damage struct{ err error }

// check checks the blocks of n bytes from off on, unless they have been.
func (m *mapping) check(off, n uint64) {
	first, last := off>>blockBits, (off+n-1)>>blockBits
	if m.good[first].Load()&m.good[last].Load() == 1 && last-first <= 1 {
		return
	}
	for b := first; b <= last; b++ {
		if m.good[b].Load() == 0 {
			if !m.blockIsGood(b) {
				panic(damage{&Error{m.path, fmt.Errorf("block %d of %d %w", b, len(m.good), errDamaged)}})
			}
			m.good[b].Store(1)
		}
	}
}

// blockIsGood compares a block with its checksum. What lies behind the
// sections, the checksums, was compared when the file was opened.
func (m *mapping) blockIsGood(b uint64) bool {
	if b == 0 {
		return true
	}
	end := min((b+1)<<blockBits, m.header.ChecksOffset)
	sum := crc32.Checksum(m.data[b<<blockBits:end], crcTable)
	return sum == binary.LittleEndian.Uint32(m.checks[(b-1)*4:])
}

// section returns a section of the file.
func (m *mapping) section(i int) (piece, error) {
	s := m.header.Sections[i]
	if s.Offset > m.header.ChecksOffset || s.Length > m.header.ChecksOffset-s.Offset {
		return piece{}, &Error{m.path, errDamaged}
	}
	return piece{m, s.Offset, m.data[s.Offset : s.Offset+s.Length]}, nil
}

// A piece is a part of a file.
type piece struct {
	m   *mapping // nil: nothing to check
	off uint64   // in the file
	b   []byte
}

func (p piece) size() uint64              { return uint64(len(p.b)) }
func (p piece) slice(lo, hi uint64) piece { return piece{p.m, p.off + lo, p.b[lo:hi:hi]} }
func (p piece) bytes(at, n uint64) []byte {
	if p.m != nil {
		p.m.check(p.off+at, n)
	}
	return p.b[at : at+n]
}

// mapFile maps a file of the builder for reading.
func mapFile(f *os.File, size int) ([]byte, error) {
	return unix.Mmap(int(f.Fd()), 0, size, unix.PROT_READ, unix.MAP_SHARED)
}

func (o *output) unmap() {
	if o.data != nil {
		_ = unix.Munmap(o.data)
		o.data = nil
	}
}
