package packed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
)

// Verify reads the whole file: that every block has its checksum, that the
// values ascend and are found again by their ids, that the quads ascend without
// repeats, and that each is in every order, at a place that fits. It tells
// progress now and then, from one goroutine at a time. Faults are *Errors.
func (s *Store) Verify(ctx context.Context, progress func(step string, done, of int64)) (err error) {
	defer s.recovered(&err)
	v := verifier{s, ctx, progress}
	for _, step := range []func() error{v.blocks, v.values, v.quads, v.orders, v.counts} {
		if err := step(); err != nil {
			var placed *Error
			if errors.As(err, &placed) || ctx.Err() != nil {
				return err
			}
			return &Error{s.m.path, err}
		}
	}
	return nil
}

type verifier struct {
	*Store
	ctx      context.Context
	progress func(step string, done, of int64)
}

// tick tells of progress now and then.
func (v *verifier) tick(step string, done, of uint64) error {
	if done%(1<<18) != 0 {
		return nil
	}
	if v.progress != nil {
		v.progress(step, int64(done), int64(of))
	}
	return v.ctx.Err()
}

func (v *verifier) blocks() error {
	n := uint64(len(v.m.good))
	for b := range n {
		if b<<blockBits < v.m.header.ChecksOffset && !v.m.blockIsGood(b) {
			return fmt.Errorf("block %d of %d %w", b, n, errDamaged)
		}
		if err := v.tick("blocks", b, n); err != nil {
			return err
		}
	}
	return nil
}

// values reads all keys in order and finds each again.
func (v *verifier) values() error {
	d := &v.dict
	var e entry
	var previous, key []byte
	for id := uint64(1); id <= d.n; id++ {
		if (id-1)%dictBlock == 0 {
			d.open((id-1)/dictBlock, &e)
		} else {
			e.step()
		}
		key = append(key[:0], d.whole(&e)...)
		if id > 1 && bytes.Compare(previous, key) >= 0 {
			return fmt.Errorf("value %d does not come after the one before", id)
		}
		value := valueOf(key)
		if value == nil {
			return fmt.Errorf("value %d has no meaning", id)
		}
		if again, err := appendKey(nil, value); err != nil || !bytes.Equal(again, key) {
			return fmt.Errorf("value %d, %v, has another key than it should", id, value)
		}
		if found, ok := d.find(key); !ok || found != id {
			return fmt.Errorf("value %d, %v, is found as %d", id, value, found)
		}
		if kind := v.kind(key[0]); id < kind.lo || id >= kind.hi {
			return fmt.Errorf("value %d is not among those of its kind", id)
		}
		previous = append(previous[:0], key...)
		if err := v.tick("values", id, d.n); err != nil {
			return err
		}
	}
	return nil
}

// quads compares each quad with the one before, and its ids with the values
// there are.
func (v *verifier) quads() error {
	x := &v.index
	if x.predicate.n != x.quads || x.object.n != x.quads || x.label.n != x.quads || x.ospl.n != x.quads ||
		x.posl.n != x.quads || x.lspo.n != x.quads || x.lpos.n != x.quads-x.labelled || x.losp.n != x.lpos.n {
		return errors.New("the orders have not as many quads as there are")
	}
	return v.side("quads", x.quads, func(lo, hi uint64, tick func(uint64) error) error {
		var previous pattern
		if lo > 0 {
			previous = x.pattern(lo - 1)
		}
		for rank := lo; rank < hi; rank++ {
			p := x.pattern(rank)
			if rank > 0 && !previous.less(p) {
				return fmt.Errorf("quad %d does not come after the one before", rank)
			}
			if p[subjectCol] == 0 || p[subjectCol] > v.dict.n || p[objectCol] == 0 || p[objectCol] > v.dict.n ||
				p[predicateCol] == 0 || p[predicateCol] > x.predicateIDs.n || p[labelCol] > x.labelIDs.n {
				return fmt.Errorf("quad %d has a value that there is not", rank)
			}
			previous = p
			if err := tick(rank - lo); err != nil {
				return err
			}
		}
		return nil
	})
}

// pattern returns all columns of a rank.
func (x *index) pattern(rank uint64) (p pattern) {
	for col := range p {
		p[col] = x.column(col, rank)
	}
	return p
}

func (p pattern) less(q pattern) bool {
	for col := range p {
		if p[col] != q[col] {
			return p[col] < q[col]
		}
	}
	return false
}

// orders goes through each order: its quads ascend strictly in its columns, so
// that none comes twice, and lie where the index of its first column says. With
// as many quads as there are, that is all of them.
func (v *verifier) orders() error {
	x := &v.index
	starts := [...]struct {
		name  string
		order order
		start *vec
		n     uint64
	}{
		{"OSPL", ospl, &x.objectStart, x.quads},
		{"POSL", posl, &x.predicateStart, x.quads},
		{"LSPO", lspo, &x.labelStart, x.quads},
		{"LPOS", lpos, &x.labelStart, x.lpos.n},
		{"LOSP", losp, &x.labelStart, x.losp.n},
	}
	for _, o := range starts {
		skip := x.quads - o.n
		err := v.side(o.name, o.n, func(lo, hi uint64, tick func(uint64) error) error {
			var previous pattern
			if lo > 0 {
				previous = x.inOrder(o.order, lo-1)
			}
			for place := lo; place < hi; place++ {
				if x.rankAt(o.order, place) >= x.quads {
					return fmt.Errorf("%s %d is no quad", o.name, place)
				}
				p := x.inOrder(o.order, place)
				if place > 0 && !previous.less(p) {
					return fmt.Errorf("%s %d does not come after the one before", o.name, place)
				}
				if place == 0 || p[0] != previous[0] {
					if o.start.at(p[0]) != place+skip || place > 0 && o.start.at(previous[0]+1) != place+skip {
						return fmt.Errorf("%s %d does not lie where its index says", o.name, place)
					}
				}
				previous = p
				if err := tick(place - lo); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// rankAt is rank, but does not follow a place that there is not.
func (x *index) rankAt(o order, place uint64) uint64 {
	switch o {
	case posl:
		if place = x.posl.at(place); place >= x.quads {
			return place
		}
		return x.ospl.at(place)
	case lpos, losp:
		v := &x.lpos
		if o == losp {
			v = &x.losp
		}
		if place = v.at(place); place >= x.quads {
			return place
		}
		return x.lspo.at(place)
	}
	return x.rank(o, place)
}

// inOrder returns the columns of a place in the order of the order.
func (x *index) inOrder(o order, place uint64) (p pattern) {
	q := x.pattern(x.rank(o, place))
	for i, col := range orderColumns[o] {
		p[i] = q[col]
	}
	return p
}

// counts compares the counts of distinct subjects and objects.
func (v *verifier) counts() error {
	x := &v.index
	for n := uint64(1); n <= x.predicateIDs.n; n++ {
		objects, previous := uint64(0), uint64(0)
		for s := x.predicateSpan(n); s.len() > 0; s.lo++ {
			if o := x.object.at(x.rank(posl, s.lo)); o != previous {
				previous = o
				objects++
			}
		}
		if objects != x.objects.at(n) {
			return fmt.Errorf("predicate %d has %d objects, and not %d", n, objects, x.objects.at(n))
		}
		if err := v.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// side does parts of [0, n) side by side; each tells of its progress.
func (v *verifier) side(step string, n uint64, do func(lo, hi uint64, tick func(done uint64) error) error) error {
	parts := uint64(runtime.GOMAXPROCS(0))
	errs := make([]error, parts)
	var wg sync.WaitGroup
	var mu sync.Mutex
	for i := range parts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer v.recovered(&errs[i])
			errs[i] = do(n*i/parts, n*(i+1)/parts, func(done uint64) error {
				mu.Lock()
				defer mu.Unlock()
				return v.tick(step, done*parts, n)
			})
		}()
	}
	wg.Wait()
	return errors.Join(errs...)
}
