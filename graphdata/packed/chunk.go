package packed

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"

	"github.com/cayleygraph/quad"
)

// A chunk is a part of the quads with a dictionary of its own. Its quads lie in
// a file, four numbers of 32 bits each, from 1 on in the order of the keys and
// 0 for no label; and so does, later, the id of each number.
type chunk struct {
	quads *os.File
	n     int // quads
	ids   *os.File
	w     *bufio.Writer // of ids
	terms int
}

// reading is a chunk while its quads come in.
type reading struct {
	seed  maphash.Seed
	table []uint32 // open addressing, by hash: a term's number, from 1
	terms []term
	keys  []byte
	quads [][4]uint32
	last  quad.Quad // to spare lookups of what repeats
	key   []byte
}

type term struct {
	hash uint32
	at   uint32 // in keys
	size uint32
}

const (
	batchSize   = 4096     // quads that go to a worker at a time
	maxChunk    = 1 << 30  // bytes; offsets have 32 bits
	termMemory  = 12 + 2*4 // of a term, and its part of the table
	sortMemory  = 24       // of a term while it is sorted
	quadMemory  = 16
	sortedShare = 4 // a share of memory goes to the sorter of terms
)

// size is the memory that the chunk takes until it is written.
func (r *reading) size() int64 {
	return int64(len(r.keys))*2 + int64(len(r.terms))*(termMemory+sortMemory) + int64(len(r.quads))*quadMemory
}

func newReading() *reading {
	return &reading{seed: maphash.MakeSeed(), table: make([]uint32, 1<<16)}
}

// add takes in quads.
func (r *reading) add(quads []quad.Quad) error {
	for _, q := range quads {
		var n [4]uint32
		var err error
		old := [4]uint32{}
		if len(r.quads) > 0 {
			old = r.quads[len(r.quads)-1]
		}
		for i, v := range [4]quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
			switch {
			case v == nil && i < 3:
				return fmt.Errorf("quad %v is not complete", q)
			case v == nil:
			case old[i] != 0 && v == r.last.Get(directions[i]):
				n[i] = old[i]
			default:
				if n[i], err = r.intern(v); err != nil {
					return fmt.Errorf("quad %v: %w", q, err)
				}
			}
		}
		r.quads = append(r.quads, n)
		r.last = q
	}
	return nil
}

// intern returns the number of a value.
func (r *reading) intern(v quad.Value) (uint32, error) {
	key, err := appendKey(r.key[:0], v)
	if err != nil {
		return 0, err
	}
	r.key = key
	hash := uint32(maphash.Bytes(r.seed, key))
	mask := uint32(len(r.table) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		n := r.table[i]
		if n == 0 {
			if uint64(len(r.keys))+uint64(len(key)) > 1<<32-1 {
				return 0, errors.New("a value is too long")
			}
			r.terms = append(r.terms, term{hash, uint32(len(r.keys)), uint32(len(key))})
			r.keys = append(r.keys, key...)
			r.table[i] = uint32(len(r.terms))
			if len(r.terms) > len(r.table)/2 {
				r.grow()
			}
			return uint32(len(r.terms)), nil
		}
		if t := &r.terms[n-1]; t.hash == hash && string(r.keyOf(t)) == string(key) {
			return n, nil
		}
	}
}

func (r *reading) keyOf(t *term) []byte { return r.keys[t.at:][:t.size] }

// grow doubles the table.
func (r *reading) grow() {
	r.table = make([]uint32, 2*len(r.table))
	mask := uint32(len(r.table) - 1)
	for n := range r.terms {
		i := r.terms[n].hash & mask
		for r.table[i] != 0 {
			i = (i + 1) & mask
		}
		r.table[i] = uint32(n + 1)
	}
}

// reset empties r and keeps its memory.
func (r *reading) reset() {
	clear(r.table)
	r.terms, r.keys, r.quads, r.last = r.terms[:0], r.keys[:0], r.quads[:0], quad.Quad{}
}

// pair is a quad by its ids: subject and predicate, object and label.
type pair struct{ sp, ol uint64 }

// load reads a chunk's quads with ids, and the ids that are predicates and
// labels.
func (c *chunk) load() (quads []pair, predicates, labels []uint32, err error) {
	ids := make([]uint32, c.terms+1)
	if err := readNumbers(c.ids, ids[1:]); err != nil {
		return nil, nil, nil, err
	}
	quads = make([]pair, c.n)
	used := make([]uint8, c.terms+1)
	r, err := fromStart(c.quads)
	if err != nil {
		return nil, nil, nil, err
	}
	var line [16]byte
	for j := range quads {
		if _, err := io.ReadFull(r, line[:]); err != nil {
			return nil, nil, nil, err
		}
		var q [4]uint64
		for i := range q {
			n := binary.LittleEndian.Uint32(line[4*i:])
			q[i] = uint64(ids[n])
			used[n] |= 1 << i
		}
		quads[j] = pair{q[0]<<32 | q[1], q[2]<<32 | q[3]}
	}
	for n, how := range used[1:] {
		if how&(1<<predicateCol) != 0 {
			predicates = append(predicates, ids[n+1])
		}
		if how&(1<<labelCol) != 0 {
			labels = append(labels, ids[n+1])
		}
	}
	return quads, predicates, labels, errors.Join(c.ids.Close(), c.quads.Close())
}

func fromStart(f *os.File) (*bufio.Reader, error) {
	_, err := f.Seek(0, io.SeekStart)
	return bufio.NewReaderSize(f, 1<<18), err
}

func readNumbers(f *os.File, into []uint32) error {
	r, err := fromStart(f)
	if err != nil {
		return err
	}
	return binary.Read(r, binary.LittleEndian, into)
}
