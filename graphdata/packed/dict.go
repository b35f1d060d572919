package packed

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"sort"
	"sync"

	"github.com/cayleygraph/quad"
	"github.com/klauspost/compress/zstd"
)

// The dictionary gives each value an id, from 1 on, in the order of keys. Keys
// lie in blocks of 16, each but the first without the bytes that it shares
// with the one before (front coding). Of a long text only the beginning lies
// there; the whole is in a compressed block of long texts.
//
// An entry: shared bytes (not in the first of a block), further bytes<<1 |
// long, the further bytes, and of a long one its number; numbers as varints.
const (
	dictBlock  = 16
	longLen    = 160 // keys longer than this are long
	longPrefix = 48  // what is kept of them
	longBlock  = 32 << 10
)

// dictWriter writes the sections of a dictionary.
type dictWriter struct {
	terms     *bufio.Writer
	starts    *vecWriter
	n         uint64
	bytes     uint64
	previous  []byte // as kept
	buf       []byte
	kindStart [kinds + 1]uint64
	kind      int

	long       *bufio.Writer
	longStarts *vecWriter
	longFirst  *vecWriter
	longN      uint64
	longBytes  uint64
	block      []byte
	encoder    *zstd.Encoder
	packed     []byte
}

// add gives the next id to a key, which comes after all before.
func (d *dictWriter) add(key []byte) (id uint64, err error) {
	for d.kind < int(key[0]) {
		d.kind++
		d.kindStart[d.kind] = d.n + 1
	}
	kept, long := key, uint64(0)
	if len(key) > longLen {
		kept, long = key[:longPrefix], 1
	}
	d.buf = d.buf[:0]
	shared := 0
	if d.n%dictBlock == 0 {
		d.starts.add(d.bytes)
	} else {
		for shared < len(kept) && shared < len(d.previous) && kept[shared] == d.previous[shared] {
			shared++
		}
		d.buf = binary.AppendUvarint(d.buf, uint64(shared))
	}
	d.buf = binary.AppendUvarint(d.buf, uint64(len(kept)-shared)<<1|long)
	d.buf = append(d.buf, kept[shared:]...)
	if long == 1 {
		d.buf = binary.AppendUvarint(d.buf, d.longN)
		if err := d.addLong(key); err != nil {
			return 0, err
		}
	}
	d.previous = append(d.previous[:0], kept...)
	d.bytes += uint64(len(d.buf))
	d.n++
	_, err = d.terms.Write(d.buf)
	return d.n, err
}

func (d *dictWriter) addLong(key []byte) error {
	if len(d.block) == 0 {
		d.longFirst.add(d.longN)
	}
	d.block = binary.AppendUvarint(d.block, uint64(len(key)))
	d.block = append(d.block, key...)
	d.longN++
	if len(d.block) >= longBlock {
		return d.flushLong()
	}
	return nil
}

func (d *dictWriter) flushLong() error {
	d.packed = d.encoder.EncodeAll(d.block, d.packed[:0])
	d.block = d.block[:0]
	d.longStarts.add(d.longBytes)
	d.longBytes += uint64(len(d.packed))
	_, err := d.long.Write(d.packed)
	return err
}

// close writes what is left, but does not close the vecs.
func (d *dictWriter) close() error {
	for d.kind < kinds {
		d.kind++
		d.kindStart[d.kind] = d.n + 1
	}
	if len(d.block) > 0 {
		if err := d.flushLong(); err != nil {
			return err
		}
	}
	d.starts.add(d.bytes)
	d.longStarts.add(d.longBytes)
	return d.encoder.Close()
}

// dict reads a dictionary.
type dict struct {
	n          uint64
	terms      piece
	starts     vec // and where the last block ends
	long       piece
	longStarts vec // and where the last block ends
	longFirst  vec
	decoder    *zstd.Decoder

	mu     sync.Mutex // guards what follows
	recent [8]longTexts
	next   int
}

// longTexts is a block of long texts, opened.
type longTexts struct {
	block uint64
	text  []byte
}

// entry is where a reader of a block of terms stands.
type entry struct {
	rest []byte // of the block
	key  []byte // what is kept of the key
	long bool
	num  uint64 // of the long text
}

var errBadTerms = errors.New("the dictionary does not fit together: build it again")

// open returns the first entry of a block.
func (d *dict) open(block uint64, e *entry) {
	from, to := d.starts.at(block), d.starts.at(block+1)
	if from >= to || to > d.terms.size() {
		panic(damage{errBadTerms})
	}
	e.rest = d.terms.bytes(from, to-from)
	e.key = e.key[:0]
	e.read(0)
}

// step goes to the next entry of the block.
func (e *entry) step() { e.read(e.uvarint()) }

func (e *entry) read(shared uint64) {
	n := e.uvarint()
	e.long = n&1 == 1
	n >>= 1
	if shared > uint64(len(e.key)) || n > uint64(len(e.rest)) {
		panic(damage{errBadTerms})
	}
	e.key = append(e.key[:shared], e.rest[:n]...)
	e.rest = e.rest[n:]
	if e.long {
		e.num = e.uvarint()
	}
}

func (e *entry) uvarint() uint64 {
	if len(e.rest) > 0 && e.rest[0] < 0x80 {
		x := e.rest[0]
		e.rest = e.rest[1:]
		return uint64(x)
	}
	x, n := binary.Uvarint(e.rest)
	if n <= 0 {
		panic(damage{errBadTerms})
	}
	e.rest = e.rest[n:]
	return x
}

// whole returns the entry's key.
func (d *dict) whole(e *entry) []byte {
	if !e.long {
		return e.key
	}
	return d.longText(e.num)
}

// value returns the value of an id between 1 and d.n.
func (d *dict) value(id uint64) quad.Value {
	var e entry
	var space [longLen]byte
	e.key = space[:0]
	d.seek(id, &e)
	v := valueOf(d.whole(&e))
	if v == nil {
		panic(damage{errBadTerms})
	}
	return v
}

// seek goes to the entry of an id.
func (d *dict) seek(id uint64, e *entry) {
	d.open((id-1)/dictBlock, e)
	for range (id - 1) % dictBlock {
		e.step()
	}
}

// cursor reads values whose ids mostly ascend.
type cursor struct {
	e  entry
	id uint64 // where e stands; 0: nowhere
}

// value returns the value of an id between 1 and d.n.
func (c *cursor) value(d *dict, id uint64) quad.Value {
	if c.id == 0 || id < c.id || (id-1)/dictBlock != (c.id-1)/dictBlock {
		c.id = 0 // should what follows panic
		d.open((id-1)/dictBlock, &c.e)
		c.id = (id-1)/dictBlock*dictBlock + 1
	}
	for ; c.id < id; c.id++ {
		c.e.step()
	}
	return valueOf(d.whole(&c.e))
}

// find returns the id of the first key that is not less than key, which may be
// d.n+1, and whether it is key.
func (d *dict) find(key []byte) (id uint64, found bool) {
	var e entry
	var space [longLen]byte
	e.key = space[:0]
	blocks := (d.n + dictBlock - 1) / dictBlock
	// the last block that begins with no greater key
	block := sort.Search(int(blocks), func(b int) bool {
		d.open(uint64(b), &e)
		return d.compare(&e, key) > 0
	})
	if block == 0 {
		return 1, false
	}
	d.open(uint64(block-1), &e)
	first := uint64(block-1)*dictBlock + 1
	end := min(first+dictBlock, d.n+1)
	for id := first; ; {
		if c := d.compare(&e, key); c >= 0 {
			return id, c == 0
		}
		if id++; id == end {
			return id, false
		}
		e.step()
	}
}

// compare compares the entry's key with another. The whole of a long text is
// read only where its beginning does not tell.
func (d *dict) compare(e *entry, key []byte) int {
	if e.long && len(key) > len(e.key) && bytes.HasPrefix(key, e.key) {
		return bytes.Compare(d.whole(e), key)
	}
	if c := bytes.Compare(e.key, key); c != 0 || !e.long {
		return c
	}
	return 1 // the entry goes on
}

// longText returns the key of a long text by its number.
func (d *dict) longText(num uint64) []byte {
	block := d.longFirst.search(0, d.longFirst.n, num+1)
	if block == 0 {
		panic(damage{errBadTerms})
	}
	block--
	e := entry{rest: d.longBlock(block)}
	for range num - d.longFirst.at(block) {
		n := e.uvarint()
		if n > uint64(len(e.rest)) {
			panic(damage{errBadTerms})
		}
		e.rest = e.rest[n:]
	}
	n := e.uvarint()
	if n > uint64(len(e.rest)) {
		panic(damage{errBadTerms})
	}
	return e.rest[:n:n]
}

// longBlock returns a block of long texts.
func (d *dict) longBlock(block uint64) []byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := range d.recent {
		if r := &d.recent[i]; r.text != nil && r.block == block {
			return r.text
		}
	}
	from, to := d.longStarts.at(block), d.longStarts.at(block+1)
	if from > to || to > d.long.size() {
		panic(damage{errBadTerms})
	}
	text, err := d.decoder.DecodeAll(d.long.bytes(from, to-from), nil)
	if err != nil {
		panic(damage{err})
	}
	d.recent[d.next] = longTexts{block, text}
	d.next = (d.next + 1) % len(d.recent)
	return text
}
