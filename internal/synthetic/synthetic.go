// Package synthetic invents collections of cables of any size, to measure
// builds and queries at the size of real ones.
//
// The cables have the form of real ones: a header with routing lines, captions,
// TAGS, references to earlier cables of the same collection, numbered
// paragraphs with facts in them, a signature. How long they are, how often they
// name whom, and how many names occur only once follows figures that were taken
// from real cables; docs/scaling.md compares them. People, bodies, laws and
// towns are invented; countries, their embassies and American agencies are not.
//
// A name is a function of its rank in its country, and ranks are drawn from a
// power law without end. So nothing needs to be remembered between cables: each
// is a function of the seed, its own number and the size of the collection.
package synthetic

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"time"

	"cablegraph/internal/parallel"
)

// MaxCables is the most that a collection may have: the numbers of a year have
// six digits.
const MaxCables = 6_000_000

// The cables of a collection are sent evenly over this time.
var (
	firstSent = time.Date(2003, 1, 1, 0, 0, 0, 0, time.UTC)
	lastSent  = time.Date(2010, 3, 1, 0, 0, 0, 0, time.UTC)
)

// Collection is a collection of invented cables, numbered in the order in
// which they are sent. It may be used by several goroutines.
type Collection struct {
	seed   uint64
	cables int
	*tables
}

// New returns the collection of a seed and size.
func New(seed uint64, cables int) (*Collection, error) {
	if cables < 0 || cables > MaxCables {
		return nil, fmt.Errorf("%d cables: want up to %d", cables, MaxCables)
	}
	t, err := readTables()
	if err != nil {
		return nil, err
	}
	return &Collection{seed, cables, t}, nil
}

// sent returns when cable i is sent.
func (c *Collection) sent(i int) time.Time {
	span := lastSent.Sub(firstSent) / time.Second
	return firstSent.Add(time.Duration(float64(span)*float64(i)/float64(c.cables)) * time.Second)
}

// number returns the number that cable i bears in its year: cables of all posts
// are counted together, so that no two have one id.
func (c *Collection) number(i int) int {
	year := c.sent(i).Year()
	low, high := 0, i // the first of the year is among them
	for low < high {
		if mid := (low + high) / 2; c.sent(mid).Year() < year {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return 1 + i - low
}

// post returns the place in c.countries of the post that sends cable i, or -1
// for the Department.
func (c *Collection) post(i int) int {
	u := unit(mix(c.seed, 'p', uint64(i)))
	if u < departmentShare {
		return -1
	}
	return c.country((u - departmentShare) / (1 - departmentShare))
}

// random returns what decides about cable i.
func (c *Collection) random(i int) *rand.Rand { return rand.New(rand.NewPCG(c.seed, uint64(i))) }

// AppendJSON appends cable i as a line of JSON, in the form that the cable
// package reads.
func (c *Collection) AppendJSON(dst []byte, i int) []byte {
	w := newWriter(c, i)
	w.compose()
	post, origin := c.origin(w.post)
	dst = fmt.Appendf(dst, `{"id":%q,"created":%q,"classification":%q,"origin":%q,"header":"`,
		cableID(w.sent, post, w.number), w.sent.Format("2006-01-02 15:04"), w.class.name, origin)
	dst = appendEscaped(dst, w.header)
	dst = append(dst, `","body":"`...)
	dst = appendEscaped(dst, w.body)
	return append(dst, "\"}\n"...)
}

// appendEscaped appends text as it stands inside a string of JSON.
func appendEscaped(dst, text []byte) []byte {
	for {
		i := bytes.IndexAny(text, "\n\"")
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:i]...)
		if text[i] == '\n' {
			dst = append(dst, `\n`...)
		} else {
			dst = append(dst, `\"`...)
		}
		text = text[i+1:]
	}
}

// batch is how many cables are written, and compressed, at once.
const batch = 256

// Write writes all cables as JSON Lines, in order, made by the given number of
// goroutines. Compressed, each batch is a gzip member of its own. Progress, if not
// nil, is called with the number of cables done.
func (c *Collection) Write(ctx context.Context, w io.Writer, compressed bool, workers int, progress func(done int64)) error {
	type made struct {
		text []byte
		n    int
		err  error
	}
	type maker struct {
		text []byte
		zip  *gzip.Writer
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	starts := func(yield func(int) bool) {
		for i := 0; i < c.cables; i += batch {
			if !yield(i) {
				return
			}
		}
	}
	work := func(m *maker, first int) made {
		m.text = m.text[:0]
		last := min(first+batch, c.cables)
		for i := first; i < last; i++ {
			m.text = c.AppendJSON(m.text, i)
		}
		if !compressed {
			return made{bytes.Clone(m.text), last - first, nil}
		}
		var b bytes.Buffer
		m.zip.Reset(&b)
		_, err := m.zip.Write(m.text)
		if err == nil {
			err = m.zip.Close()
		}
		return made{b.Bytes(), last - first, err}
	}
	var failed error
	done := int64(0)
	err := parallel.Map(ctx, workers, starts, func() *maker {
		zip, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed) // the level exists
		return &maker{zip: zip}
	}, work, func(m made) {
		if failed != nil {
			return
		}
		if failed = m.err; failed == nil {
			_, failed = w.Write(m.text)
		}
		if failed != nil {
			stop()
			return
		}
		if done += int64(m.n); progress != nil {
			progress(done)
		}
	})
	if failed != nil {
		return failed
	}
	return err
}
