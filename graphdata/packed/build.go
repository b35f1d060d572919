package packed

import (
	"bufio"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"
	"github.com/klauspost/compress/zstd"

	"cablegraph/internal/extsort"
	"cablegraph/internal/memory"
)

// Options say how to build a store. The zero value is good.
type Options struct {
	Memory   int64                             // bytes to work in, about; 0: a quarter of the machine's
	Dir      string                            // of temporary files; "": that of the store
	Workers  int                               // 0: one a core
	Progress func(step string, done, of int64) // told now and then, from one goroutine at a time; of is 0 where it is not known
}

// Summary says what was built.
type Summary struct {
	Quads, Terms int64 // distinct ones
	Bytes        int64 // of the file
}

// Build writes a store of quads, in any order and however often each comes, to
// the file at path. The same quads give the same bytes. An error of the
// sequence ends the build. A file that is there already is replaced when the
// new one is complete and on the disk, and stays if the build fails.
//
// A build works in the memory of the options and, beside it, in 2 bytes a quad,
// 4 bytes a distinct value, and 24 bytes a quad of the largest label; the sections
// that it has written it maps. It needs temporary files of about 100 bytes a quad.
func Build(ctx context.Context, path string, quads iter.Seq2[quad.Quad, error], o Options) (s Summary, err error) {
	b, err := newBuilder(ctx, path, o)
	if err != nil {
		return s, err
	}
	defer func() {
		if closeErr := b.close(); err == nil {
			err = closeErr
		}
		var d damage
		if r := recover(); r != nil {
			var ok bool
			if d, ok = r.(damage); !ok {
				panic(r)
			}
			err = d.err
		}
	}()
	for _, step := range []func() error{
		func() error { return b.read(quads) }, b.number, b.renumber, b.columns, b.byObject, b.byPredicate, b.byLabel,
		b.assemble,
	} {
		if err := cmp.Or(ctx.Err(), step()); err != nil {
			return s, fmt.Errorf("build %s: %w", path, err)
		}
		b.unmap()
	}
	return b.summary, nil
}

// builder is a build under way.
type builder struct {
	ctx     context.Context
	path    string
	opts    Options
	cancel  context.CancelFunc
	files   []*os.File // temporary
	fileMu  sync.Mutex
	out     [sections]*output
	header  header
	summary Summary

	terms  *extsort.Sorter // keys, each with the chunks that have it
	sorter *extsort.Sorter // quads
	chunks []*chunk

	isPredicate, isLabel bitmap
}

func newBuilder(ctx context.Context, path string, o Options) (*builder, error) {
	if o.Memory <= 0 {
		o.Memory = memory.Share()
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Dir == "" {
		o.Dir = filepath.Dir(path)
	}
	if o.Progress == nil {
		o.Progress = func(string, int64, int64) {}
	}
	b := &builder{path: path, opts: o}
	b.ctx, b.cancel = context.WithCancel(ctx)
	return b, nil
}

// close removes what is temporary.
func (b *builder) close() error {
	b.cancel()
	var errs []error
	for _, s := range []*extsort.Sorter{b.terms, b.sorter} {
		if s != nil {
			errs = append(errs, s.Close())
		}
	}
	b.unmap()
	for _, f := range b.files {
		if err := f.Close(); !errors.Is(err, os.ErrClosed) { // those of a chunk are, early
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// unmap takes the sections out of memory that a step had opened.
func (b *builder) unmap() {
	for _, o := range b.out {
		if o != nil {
			o.unmap()
		}
	}
}

// temp makes a temporary file without a name, which goes when the process does.
func (b *builder) temp() (*os.File, error) {
	f, err := os.CreateTemp(b.opts.Dir, ".packed-*")
	if err != nil {
		return nil, err
	}
	b.fileMu.Lock()
	b.files = append(b.files, f)
	b.fileMu.Unlock()
	return f, os.Remove(f.Name())
}

// step returns a counter that tells of progress now and then.
func (b *builder) step(name string, of uint64) func(done uint64) error {
	return func(done uint64) error {
		if done%(1<<16) != 0 {
			return nil
		}
		b.opts.Progress(name, int64(done), int64(of))
		return b.ctx.Err()
	}
}

// read takes in the quads in chunks, by several workers.
func (b *builder) read(quads iter.Seq2[quad.Quad, error]) error {
	b.terms = extsort.New(extsort.Options{Memory: b.opts.Memory / sortedShare, Dir: b.opts.Dir, Workers: b.opts.Workers})
	limit := min(maxChunk, b.opts.Memory*(sortedShare-1)/sortedShare/int64(b.opts.Workers+1))
	ctx, cancel := context.WithCancelCause(b.ctx)
	defer cancel(nil)
	batches := make(chan []quad.Quad, b.opts.Workers)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range b.opts.Workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r := newReading()
			flush := func() error {
				if len(r.quads) == 0 {
					return nil
				}
				mu.Lock()
				n := len(b.chunks)
				c := &chunk{}
				b.chunks = append(b.chunks, c)
				mu.Unlock()
				return b.writeChunk(r, c, n)
			}
			for batch := range batches {
				if ctx.Err() != nil {
					continue // let the reader see it
				}
				err := r.add(batch)
				if err == nil && r.size() >= limit {
					err = flush()
				}
				if err != nil {
					cancel(err)
				}
			}
			if ctx.Err() == nil {
				if err := flush(); err != nil {
					cancel(err)
				}
			}
		}()
	}
	progress := b.step("reading", 0)
	n := uint64(0)
	var failed error
	batch := make([]quad.Quad, 0, batchSize)
	for q, err := range quads {
		if err != nil {
			failed = err
			break
		}
		if batch = append(batch, q); len(batch) == batchSize {
			batches <- batch
			batch = make([]quad.Quad, 0, batchSize)
		}
		if n++; n%(1<<16) == 0 {
			if failed = cmp.Or(context.Cause(ctx), progress(n)); failed != nil {
				break
			}
		}
	}
	if failed == nil {
		batches <- batch
	} else {
		cancel(failed)
	}
	close(batches)
	wg.Wait()
	return cmp.Or(failed, context.Cause(ctx))
}

// writeChunk hands the chunk's keys to the sorter of terms, and writes its
// quads with numbers in the order of keys.
func (b *builder) writeChunk(r *reading, c *chunk, number int) error {
	sorter := extsort.New(extsort.Options{
		Memory: 2*int64(len(r.keys)) + int64(len(r.terms))*(sortMemory+8) + 1<<20, Dir: b.opts.Dir, Workers: 1,
	})
	defer sorter.Close()
	var local [4]byte
	for i := range r.terms {
		binary.LittleEndian.PutUint32(local[:], uint32(i))
		if err := sorter.Add(r.keyOf(&r.terms[i]), local[:]); err != nil {
			return err
		}
	}
	place := make([]uint32, len(r.terms)+1) // of each number; 0 stays 0
	chunkID := binary.BigEndian.AppendUint32(nil, uint32(number))
	err := b.terms.AddRun(func(yield func([]byte, []byte) bool) {
		n := uint32(0)
		for key, local := range sorter.Sorted(b.ctx) {
			n++
			place[binary.LittleEndian.Uint32(local)+1] = n
			if !yield(key, chunkID) {
				return
			}
		}
	})
	if err = errors.Join(err, sorter.Err()); err != nil {
		return err
	}
	if c.quads, err = b.temp(); err != nil {
		return err
	}
	c.n, c.terms = len(r.quads), len(r.terms)
	w := bufio.NewWriterSize(c.quads, 1<<18)
	var line [16]byte
	for _, q := range r.quads {
		for i, n := range q {
			binary.LittleEndian.PutUint32(line[4*i:], place[n])
		}
		if _, err := w.Write(line[:]); err != nil {
			return err
		}
	}
	r.reset()
	return w.Flush()
}

// number merges the chunks' keys into the dictionary and writes for each chunk
// the ids of its numbers.
func (b *builder) number() error {
	for _, c := range b.chunks {
		var err error
		if c.ids, err = b.temp(); err != nil {
			return err
		}
		c.w = bufio.NewWriterSize(c.ids, 1<<15)
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return err
	}
	d := &dictWriter{encoder: encoder}
	if d.terms, err = b.section(secTerms); err != nil {
		return err
	}
	if d.long, err = b.section(secLong); err != nil {
		return err
	}
	err = b.vecs(map[int]**vecWriter{secTermStarts: &d.starts, secLongStarts: &d.longStarts, secLongFirst: &d.longFirst})
	if err != nil {
		return err
	}
	progress := b.step("values", uint64(b.terms.Len()))
	var previous []byte
	var id, n uint64
	var line [4]byte
	for key, chunkID := range b.terms.Sorted(b.ctx) {
		if id == 0 || string(key) != string(previous) {
			if id, err = d.add(key); err != nil {
				return err
			}
			if id > 1<<32-2 {
				return errors.New("more distinct values than a store can hold")
			}
			previous = append(previous[:0], key...)
		}
		binary.LittleEndian.PutUint32(line[:], uint32(id))
		if _, err := b.chunks[binary.BigEndian.Uint32(chunkID)].w.Write(line[:]); err != nil {
			return err
		}
		if n++; n%(1<<16) == 0 {
			if err := progress(n); err != nil {
				return err
			}
		}
	}
	if err := errors.Join(b.terms.Err(), b.terms.Close()); err != nil {
		return err
	}
	b.terms = nil
	if err := d.close(); err != nil {
		return err
	}
	b.header.Terms, b.header.KindStart = d.n, d.kindStart
	for _, c := range b.chunks {
		if err := c.w.Flush(); err != nil {
			return err
		}
	}
	return b.finish(secTerms, secTermStarts, secLong, secLongStarts, secLongFirst)
}

// renumber puts ids for the chunks' numbers and sorts the quads by subject,
// predicate, object and label.
func (b *builder) renumber() error {
	b.isPredicate, b.isLabel = newBitmap(b.header.Terms+1), newBitmap(b.header.Terms+1)
	b.sorter = extsort.New(extsort.Options{Memory: b.opts.Memory / sortedShare, Dir: b.opts.Dir, Workers: b.opts.Workers})
	var mu sync.Mutex // guards the bitmaps
	done := int64(0)
	return b.parallel(len(b.chunks), func(i int) error {
		c := b.chunks[i]
		quads, predicates, labels, err := c.load()
		if err != nil {
			return err
		}
		slices.SortFunc(quads, func(x, y pair) int {
			if x.sp != y.sp {
				return cmp.Compare(x.sp, y.sp)
			}
			return cmp.Compare(x.ol, y.ol)
		})
		mu.Lock()
		b.isPredicate.setAll(predicates)
		b.isLabel.setAll(labels)
		done += int64(c.n)
		b.opts.Progress("sorting", done, 0)
		mu.Unlock()
		var key [16]byte
		return b.sorter.AddRun(func(yield func([]byte, []byte) bool) {
			for j, q := range quads {
				if j > 0 && q == quads[j-1] {
					continue
				}
				binary.BigEndian.PutUint64(key[:], q.sp)
				binary.BigEndian.PutUint64(key[8:], q.ol)
				if !yield(key[:], nil) {
					return
				}
			}
		})
	})
}

// columns writes the quads, sorted by subject, predicate, object and label: the
// place of a quad in this order is its rank.
func (b *builder) columns() error {
	predicates, labels := newRanking(b.isPredicate), newRanking(b.isLabel)
	b.header.Predicates, b.header.Labels = predicates.n, labels.n
	if err := errors.Join(b.listIDs(secPredicates, b.isPredicate), b.listIDs(secLabels, b.isLabel)); err != nil {
		return err
	}
	var subjectStart, subjectAt, p, o, l, subjects *vecWriter
	err := b.vecs(map[int]**vecWriter{
		secSubjectStart: &subjectStart, secSubjectAt: &subjectAt, secPredicate: &p, secObject: &o, secLabel: &l, secSubjects: &subjects,
	})
	if err != nil {
		return err
	}
	perPredicate := make([]uint64, predicates.n+1) // distinct subjects
	progress := b.step("quads", uint64(b.sorter.Len()))
	var rank, s, old uint64
	var previous [16]byte
	for key := range b.sorter.Sorted(b.ctx) {
		if rank > 0 && string(key) == string(previous[:]) {
			continue
		}
		same := rank > 0 && string(key[:8]) == string(previous[:8]) // subject and predicate
		copy(previous[:], key)
		for s = uint64(binary.BigEndian.Uint32(key)); old <= s; old++ {
			subjectStart.add(rank)
		}
		if rank%sampleEvery == 0 {
			subjectAt.add(s)
		}
		number := predicates.rank(binary.BigEndian.Uint32(key[4:]))
		if !same {
			perPredicate[number]++
		}
		p.add(number)
		o.add(uint64(binary.BigEndian.Uint32(key[8:])))
		label := uint64(0)
		if id := binary.BigEndian.Uint32(key[12:]); id != 0 {
			label = labels.rank(id)
		}
		l.add(label)
		if rank++; rank%(1<<16) == 0 {
			if err := progress(rank); err != nil {
				return err
			}
		}
	}
	if err := errors.Join(b.sorter.Err(), b.sorter.Close()); err != nil {
		return err
	}
	b.sorter = nil
	for ; old <= b.header.Terms+1; old++ {
		subjectStart.add(rank)
	}
	for _, n := range perPredicate {
		subjects.add(n)
	}
	b.header.Quads = rank
	b.summary.Quads, b.summary.Terms = int64(rank), int64(b.header.Terms)
	return b.finish(secSubjectStart, secSubjectAt, secPredicate, secObject, secLabel, secSubjects)
}

// listIDs writes the ids in a bitmap.
func (b *builder) listIDs(sec int, ids bitmap) error {
	v, err := b.vec(sec)
	if err != nil {
		return err
	}
	for id := range ids.all() {
		v.add(uint64(id))
	}
	return b.finish(sec)
}

// byObject writes the ranks in the order of object, then rank.
func (b *builder) byObject() error {
	object, err := b.open(secObject)
	if err != nil {
		return err
	}
	return b.distribute("objects", secObjectStart, secOSPL, b.header.Terms+1, object.n, object.at)
}

// byPredicate writes the places in OSPL in the order of predicate, then place.
func (b *builder) byPredicate() error {
	var ospl, predicate *vec
	if err := b.openAll(map[int]**vec{secOSPL: &ospl, secPredicate: &predicate}); err != nil {
		return err
	}
	// The predicates in the order of OSPL, since they are looked up all over.
	numbers := make([]uint16, ospl.n)
	wide := b.header.Predicates >= 1<<16
	if !wide {
		err := b.split(ospl.n, func(lo, hi uint64) error {
			for i := lo; i < hi; i++ {
				numbers[i] = uint16(predicate.at(ospl.at(i)))
			}
			return b.ctx.Err()
		})
		if err != nil {
			return err
		}
	}
	err := b.distribute("predicates", secPredicateStart, secPOSL, b.header.Predicates+1, ospl.n, func(i uint64) uint64 {
		if wide {
			return predicate.at(ospl.at(i))
		}
		return uint64(numbers[i])
	})
	if err != nil {
		return err
	}
	return b.countObjects()
}

// countObjects counts the distinct objects of each predicate.
func (b *builder) countObjects() error {
	var object, ospl, posl, starts *vec
	err := b.openAll(map[int]**vec{secObject: &object, secOSPL: &ospl, secPOSL: &posl, secPredicateStart: &starts})
	if err != nil {
		return err
	}
	counts := make([]uint64, b.header.Predicates+1)
	err = b.parallel(len(counts)-1, func(i int) error {
		previous := uint64(0)
		for j := starts.at(uint64(i + 1)); j < starts.at(uint64(i+2)); j++ {
			if o := object.at(ospl.at(posl.at(j))); o != previous {
				previous = o
				counts[i+1]++
			}
		}
		return b.ctx.Err()
	})
	if err != nil {
		return err
	}
	v, err := b.vec(secObjects)
	if err != nil {
		return err
	}
	for _, n := range counts {
		v.add(n)
	}
	return b.finish(secObjects)
}

// byLabel writes the ranks in the order of label, then rank; and for each label
// that order's places by predicate and object, and by object.
func (b *builder) byLabel() error {
	label, err := b.open(secLabel)
	if err != nil {
		return err
	}
	if err := b.distribute("labels", secLabelStart, secLSPO, b.header.Labels+1, label.n, label.at); err != nil {
		return err
	}
	var starts, lspo, predicate, object *vec
	err = b.openAll(map[int]**vec{secLabelStart: &starts, secLSPO: &lspo, secPredicate: &predicate, secObject: &object})
	if err != nil {
		return err
	}
	progress := b.step("label orders", b.header.Labels)
	orders := [2]int{secLPOS, secLOSP}
	for i, sec := range orders {
		v, err := b.vec(sec)
		if err != nil {
			return err
		}
		// labels in parts of equal weight, done side by side, written in order
		type part struct {
			first, last uint64 // labels
			places      []uint64
		}
		var parts []part
		for l := uint64(1); l <= b.header.Labels; {
			p := part{first: l}
			for n := uint64(0); l <= b.header.Labels && n < 1<<16; l++ {
				n += starts.at(l+1) - starts.at(l)
			}
			p.last = l - 1
			parts = append(parts, p)
		}
		do := func(p *part) error {
			var keys []placed
			for l := p.first; l <= p.last; l++ {
				keys = keys[:0]
				for at := starts.at(l); at < starts.at(l+1); at++ {
					rank := lspo.at(at)
					key := object.at(rank)
					if i == 0 {
						key |= predicate.at(rank) << 32
					}
					keys = append(keys, placed{key, at})
				}
				slices.SortFunc(keys, func(x, y placed) int { return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.place, y.place)) })
				for _, k := range keys {
					p.places = append(p.places, k.place)
				}
			}
			return b.ctx.Err()
		}
		for len(parts) > 0 {
			some := parts[:min(len(parts), 4*b.opts.Workers)]
			parts = parts[len(some):]
			if err := b.parallel(len(some), func(j int) error { return do(&some[j]) }); err != nil {
				return err
			}
			for j := range some {
				for _, place := range some[j].places {
					v.add(place)
				}
				some[j].places = nil
			}
			if err := progress(some[len(some)-1].last &^ (1<<16 - 1)); err != nil {
				return err
			}
		}
		if err := b.finish(sec); err != nil {
			return err
		}
	}
	return nil
}

// placed is a place with what it is sorted by.
type placed struct{ key, place uint64 }

// distribute writes the numbers 0 … n-1 in the order of their keys, which are
// below keys, then of themselves; and where each key's begin. It goes through
// them as often as memory is short, a part of the keys at a time.
func (b *builder) distribute(name string, secStart, sec int, keys, n uint64, key func(i uint64) uint64) error {
	// next[k+1] counts the numbers of key k; then it is where the next goes.
	next := make([]uint32, keys+1)
	if n > 1<<32-1 {
		return errors.New("more quads than a store can hold")
	}
	for i := range n {
		next[key(i)+1]++
	}
	start, err := b.vec(secStart)
	if err != nil {
		return err
	}
	for k := range keys {
		next[k+1] += next[k]
		start.add(uint64(next[k]))
	}
	start.add(n)
	if err := b.finish(secStart); err != nil {
		return err
	}
	out, err := b.vec(sec)
	if err != nil {
		return err
	}
	// parts of consecutive keys, one a worker at a time
	room := max(uint64(b.opts.Memory/2/int64(b.opts.Workers))/4, 1<<16)
	if share := (n + uint64(b.opts.Workers) - 1) / uint64(b.opts.Workers); share > 0 {
		room = min(room, share)
	}
	type part struct {
		first, last uint64 // keys
		lo, hi      uint64 // places
		numbers     []uint32
	}
	var parts []part
	for k := uint64(0); k < keys; {
		p := part{first: k, lo: uint64(next[k])}
		for k++; k < keys && uint64(next[k+1])-p.lo <= room; k++ {
		}
		p.last, p.hi = k-1, uint64(next[k])
		parts = append(parts, p)
	}
	done := uint64(0)
	for len(parts) > 0 {
		some := parts[:min(len(parts), b.opts.Workers)]
		parts = parts[len(some):]
		err := b.parallel(len(some), func(j int) error {
			p := &some[j]
			p.numbers = make([]uint32, p.hi-p.lo)
			for i := range n {
				if k := key(i); k >= p.first && k <= p.last {
					p.numbers[uint64(next[k])-p.lo] = uint32(i)
					next[k]++
				}
			}
			return b.ctx.Err()
		})
		if err != nil {
			return err
		}
		for j := range some {
			for _, x := range some[j].numbers {
				out.add(uint64(x))
			}
			done += uint64(len(some[j].numbers))
			some[j].numbers = nil
		}
		b.opts.Progress(name, int64(done), int64(n))
	}
	return b.finish(sec)
}

// parallel calls do(0) … do(n-1), as many at a time as there are workers.
func (b *builder) parallel(n int, do func(i int) error) error {
	var wg sync.WaitGroup
	errs := make([]error, b.opts.Workers)
	var mu sync.Mutex
	next := 0
	for w := range b.opts.Workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() {
				if r := recover(); r != nil {
					d, ok := r.(damage)
					if !ok {
						panic(r)
					}
					errs[w] = d.err
				}
			}()
			for errs[w] == nil {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= n {
					return
				}
				errs[w] = do(i)
			}
		}()
	}
	wg.Wait()
	return errors.Join(errs...)
}

// split calls do with parts of [0, n) side by side.
func (b *builder) split(n uint64, do func(lo, hi uint64) error) error {
	parts := uint64(b.opts.Workers)
	return b.parallel(int(parts), func(i int) error { return do(n*uint64(i)/parts, n*uint64(i+1)/parts) })
}
