// Package extsort sorts more records than memory holds.
//
// Records fill a buffer; a full one is sorted on a worker's goroutine while the
// next fills. While all fits into memory nothing else happens. After that,
// sorted buffers are written to temporary files as runs, in which a key is
// stored without what it shares with the one before, and at the end all runs
// are merged, in several passes if they are many (Knuth, The Art of Computer
// Programming 3, section 5.4).
package extsort

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"cablegraph/internal/memory"
)

// Options say what a Sorter may use.
type Options struct {
	Memory  int64  // bytes of all buffers together; 0 is [memory.Share]
	Dir     string // for temporary files; "" is [os.TempDir]
	Workers int    // goroutines that sort; 0 is GOMAXPROCS
	Keep    Keep   // which of several records that have the same key
}

// Keep says which records with the same key are kept.
type Keep int

const (
	All    Keep = iota
	Unique      // one of those with the same value
	First       // the one with the least value
)

const (
	maxFanIn  = 256     // runs that are merged at once
	maxRuns   = 512     // more open files than this are merged before the end
	batchSize = 1 << 18 // bytes that go from the merge to the reader at once
	maxIO     = 1 << 20 // bytes read or written at once
	minIO     = 4 << 10
)

// Sorter sorts records by key, then value, both in the order of bytes.Compare.
type Sorter struct {
	dir        string
	keeps      Keep
	bufferSize int
	maxBuffers int
	ioSize     int   // bytes of a run's buffer
	fanIn      int   // runs that are merged at once
	smallSize  int64 // bytes that runs in memory may take

	current *buffer       // fills; only Add has it
	slots   chan struct{} // one a worker at work
	work    sync.WaitGroup

	mu        sync.Mutex
	free      []*buffer
	freed     *sync.Cond // a buffer is free, or err is set
	buffers   int        // all that there are
	sorted    []*buffer
	spilling  bool // not all fits into memory
	runs      []*run
	small     []*run // in memory
	smallUsed int64
	err       error

	n         atomic.Int64
	spilled   atomic.Int64
	reclaimed atomic.Int64
	done      bool
}

// New returns an empty sorter. Close it.
func New(o Options) *Sorter {
	if o.Memory <= 0 {
		o.Memory = memory.Share()
	}
	if o.Dir == "" {
		o.Dir = os.TempDir()
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	s := &Sorter{dir: o.Dir, keeps: o.Keep, slots: make(chan struct{}, o.Workers)}
	// Three quarters hold records. An eighth buffers what is read and written,
	// an eighth holds small runs.
	s.bufferSize = int(min(max(o.Memory*3/4/int64(o.Workers+2), minBuffer), maxBuffer))
	s.maxBuffers = max(int(o.Memory*3/4/int64(s.bufferSize)), 2)
	s.ioSize = int(min(max(o.Memory/8/32, minIO), maxIO))
	s.fanIn = int(min(max(o.Memory/8/minIO/4, 4), maxFanIn))
	s.smallSize = o.Memory / 8
	s.freed = sync.NewCond(&s.mu)
	return s
}

// Len returns how many records were taken.
func (s *Sorter) Len() int64 { return s.n.Load() }

// Spilled returns how many bytes were written to temporary files, those of all
// passes together.
func (s *Sorter) Spilled() int64 { return s.spilled.Load() }

// Err returns the first error, if there was one.
func (s *Sorter) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// fail keeps the first error and returns it.
func (s *Sorter) fail(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = err
	}
	s.freed.Broadcast()
	return s.err
}

// Add takes a record and copies its bytes. It may be called from one goroutine
// at a time.
func (s *Sorter) Add(key, value []byte) error {
	if s.current != nil && s.current.add(key, value) {
		s.n.Add(1)
		return nil
	}
	return s.addToNext(key, value)
}

// addToNext takes a record that the current buffer has no place for.
func (s *Sorter) addToNext(key, value []byte) error {
	if err := s.Err(); err != nil {
		return err
	}
	if s.current == nil || s.current.fits(key, value) {
		if s.current != nil {
			s.hand(s.current, (*buffer).sort)
			s.current = nil
		}
		var err error
		if s.current, err = s.take(); err != nil {
			return s.fail(err)
		}
		if s.current.add(key, value) {
			s.n.Add(1)
			return nil
		}
	}
	return s.AddRun(func(yield func(key, value []byte) bool) { yield(key, value) })
}

// take returns an empty buffer and waits for one if it must.
func (s *Sorter) take() (*buffer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		if s.err != nil {
			return nil, s.err
		}
		if n := len(s.free); n > 0 {
			b := s.free[n-1]
			s.free = s.free[:n-1]
			return b, nil
		}
		if s.buffers < s.maxBuffers {
			s.buffers++
			return newBuffer(s.bufferSize)
		}
		s.spilling = true
		for _, b := range s.sorted {
			s.hand(b, func(*buffer) {})
		}
		s.sorted = nil
		s.freed.Wait()
	}
}

// hand gives a buffer to a worker, who sorts it and then keeps it, or spills
// it if not all fits into memory.
func (s *Sorter) hand(b *buffer, sort func(*buffer)) {
	s.work.Go(func() {
		s.slots <- struct{}{}
		defer func() { <-s.slots }()
		sort(b)
		s.mu.Lock()
		if !s.spilling {
			s.sorted = append(s.sorted, b)
			s.mu.Unlock()
			return
		}
		s.mu.Unlock()
		r, err := s.merge(context.Background(), []source{&bufferReader{buf: b, refs: b.refs(), keep: true}}, false)
		if err != nil {
			_ = s.fail(err)
		}
		b.reset()
		s.mu.Lock()
		s.free = append(s.free, b)
		s.freed.Signal()
		s.mu.Unlock()
		s.keep(r)
	})
}

// merge writes sources to a run and closes them. On an error the run is nil.
func (s *Sorter) merge(ctx context.Context, sources []source, toFile bool) (*run, error) {
	m := newMerger(sources)
	defer m.close()
	w := s.newRun()
	err := m.each(ctx, s.keeps, w.add)
	if err == nil {
		var r *run
		if r, err = w.finish(toFile); err == nil {
			return r, nil
		}
	}
	w.run.close()
	return nil, err
}

// keep adds a run to those that are merged in the end. When those in memory are
// too many it merges them, and when the files are too many, the smaller ones
// of them.
func (s *Sorter) keep(r *run) {
	for r != nil {
		var group []*run
		toFile := true
		s.mu.Lock()
		if r.file == nil {
			s.small = append(s.small, r)
			s.smallUsed += r.size
			if s.smallUsed > s.smallSize || len(s.small) == maxFanIn {
				toFile = s.smallUsed > s.smallSize
				group, s.small, s.smallUsed = s.small, nil, 0
			}
		} else {
			s.runs = append(s.runs, r)
			if len(s.runs) > maxRuns {
				group = s.smallest(s.fanIn)
			}
		}
		s.mu.Unlock()
		if group == nil {
			return
		}
		var err error
		if r, err = s.mergeRuns(context.Background(), group, toFile); err != nil {
			_ = s.fail(err)
		}
	}
}

// smallest takes the n smallest runs. The caller holds the lock.
func (s *Sorter) smallest(n int) []*run {
	slices.SortFunc(s.runs, func(a, b *run) int { return int(min(max(a.size-b.size, -1), 1)) })
	group := slices.Clone(s.runs[:n])
	s.runs = slices.Delete(s.runs, 0, n)
	return group
}

// mergeRuns merges runs to one.
func (s *Sorter) mergeRuns(ctx context.Context, group []*run, toFile bool) (*run, error) {
	sources := make([]source, len(group))
	var size int64
	for i, r := range group {
		sources[i] = newRunReader(r, s.readSize(len(group)))
		if r.file != nil {
			size += r.size
		}
	}
	r, err := s.merge(ctx, sources, toFile)
	s.reclaimed.Add(size)
	return r, err
}

// readSize returns the bytes that each of n runs reads at once.
func (s *Sorter) readSize(n int) int {
	return min(max(s.ioSize*32/n, minIO), maxIO)
}

// AddRun takes records that are sorted by key, then value; out of order is an
// error, and then none of them counts. It may be called from many goroutines
// at once.
func (s *Sorter) AddRun(run iter.Seq2[[]byte, []byte]) error {
	w := s.newRun()
	var lastKey, lastValue []byte
	var n int64
	var err error
	for key, value := range run {
		shared := commonPrefix(lastKey, key)
		c := bytes.Compare(lastKey[shared:], key[shared:])
		if c == 0 {
			c = bytes.Compare(lastValue, value)
		}
		if c > 0 {
			err = fmt.Errorf("sort: record %d of a sorted run, %.64q, comes after %.64q", n, key, lastKey)
			break
		}
		if err = w.add(shared, key, value); err != nil {
			break
		}
		lastKey = append(lastKey[:shared], key[shared:]...)
		lastValue = append(lastValue[:0], value...)
		n++
	}
	if err == nil && n == 0 {
		return s.Err()
	}
	if err == nil {
		r, ferr := w.finish(false)
		if err = ferr; err == nil {
			s.n.Add(n)
			s.keep(r)
			return s.Err()
		}
	}
	w.run.close()
	return s.fail(err)
}

// errStopped ends a merge whose reader has stopped.
var errStopped = errors.New("stopped")

// batch is a stretch of sorted records on their way to the reader.
type batch struct {
	data []byte
	ends []int // of each record's key and value
}

// Sorted yields all records in order; the slices are valid until the next. It
// is called once, after the last Add. When it ends early Err tells why. What the
// sorter held is free when it ends.
func (s *Sorter) Sorted(ctx context.Context) iter.Seq2[[]byte, []byte] {
	return func(yield func(key, value []byte) bool) {
		if s.done {
			_ = s.fail(errors.New("sort: read a second time"))
			return
		}
		s.done = true
		defer s.release()
		stop := make(chan struct{})
		full, empty := make(chan *batch), make(chan *batch, 3)
		for range cap(empty) {
			empty <- &batch{}
		}
		finished := make(chan struct{})
		go func() {
			defer close(finished)
			defer close(full)
			if err := s.deliver(ctx, stop, full, empty); err != nil && !errors.Is(err, errStopped) {
				_ = s.fail(err)
			}
		}()
		defer func() {
			close(stop)
			<-finished
		}()
		for b := range full {
			at := 0
			for i := 0; i < len(b.ends); i += 2 {
				k, v := b.ends[i], b.ends[i+1]
				if !yield(b.data[at:k:k], b.data[k:v:v]) {
					return
				}
				at = v
			}
			empty <- b
		}
	}
}

// deliver merges everything and sends it in batches.
func (s *Sorter) deliver(ctx context.Context, stop <-chan struct{}, full chan<- *batch, empty <-chan *batch) error {
	sources, err := s.sources(ctx)
	if err != nil || len(sources) == 0 {
		return err
	}
	m := newMerger(sources)
	defer m.close()
	b := <-empty
	send := func() error {
		select {
		case full <- b:
		case <-stop:
			return errStopped
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		select {
		case b = <-empty:
		case <-stop:
			return errStopped
		}
		b.data, b.ends = b.data[:0], b.ends[:0]
		return nil
	}
	err = m.each(ctx, s.keeps, func(_ int, key, value []byte) error {
		if n := len(b.data); n > 0 && n+len(key)+len(value) > batchSize {
			if err := send(); err != nil {
				return err
			}
		}
		b.data = append(b.data, key...)
		k := len(b.data)
		b.data = append(b.data, value...)
		b.ends = append(b.ends, k, len(b.data))
		return nil
	})
	if err != nil || len(b.ends) == 0 {
		return err
	}
	return send()
}

// sources ends the sorting, merges runs until few enough are left, and returns
// what is to be merged last.
func (s *Sorter) sources(ctx context.Context) ([]source, error) {
	if s.current != nil {
		s.hand(s.current, (*buffer).sort)
		s.current = nil
	}
	s.work.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return nil, s.err
	}
	for _, b := range s.free {
		b.free()
	}
	s.free = nil
	for len(s.runs) > s.fanIn {
		r, err := s.mergeRuns(ctx, s.smallest(min(s.fanIn, len(s.runs)-s.fanIn+1)), true)
		if err != nil {
			return nil, err
		}
		s.runs = append(s.runs, r)
	}
	var sources []source
	for _, b := range s.sorted {
		sources = append(sources, &bufferReader{buf: b, refs: b.refs()})
	}
	for _, r := range slices.Concat(s.small, s.runs) {
		sources = append(sources, newRunReader(r, s.readSize(len(s.runs)+1)))
	}
	s.sorted, s.small, s.runs = nil, nil, nil
	return sources, nil
}

// release frees the memory and the files.
func (s *Sorter) release() {
	s.work.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range slices.Concat(s.free, s.sorted) {
		b.free()
	}
	if s.current != nil {
		s.current.free()
	}
	for _, r := range slices.Concat(s.runs, s.small) {
		r.close()
	}
	s.free, s.sorted, s.current, s.runs, s.small = nil, nil, nil, nil, nil
}

// Close frees the memory and removes the temporary files, whatever happened.
func (s *Sorter) Close() error {
	s.done = true
	s.release()
	return nil
}
