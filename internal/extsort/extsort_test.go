package extsort

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"cablegraph/internal/cputime"

	"pgregory.net/rapid"
)

type record struct{ key, value string }

func compare(a, b record) int {
	if c := bytes.Compare([]byte(a.key), []byte(b.key)); c != 0 {
		return c
	}
	return bytes.Compare([]byte(a.value), []byte(b.value))
}

func collect(t testing.TB, s *Sorter) (got []record) {
	t.Helper()
	for k, v := range s.Sorted(context.Background()) {
		got = append(got, record{string(k), string(v)})
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return got
}

func pairs(records []record) iter.Seq2[[]byte, []byte] {
	return func(yield func(k, v []byte) bool) {
		for _, r := range records {
			if !yield([]byte(r.key), []byte(r.value)) {
				return
			}
		}
	}
}

// empty fails unless the directory is.
func empty(t testing.TB, dir string) {
	t.Helper()
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left over: %v %v", left, err)
	}
}

func check(t testing.TB, got, want []record) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d records, want %d", len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("record %d is %.80q, want %.80q", i, got[i], want[i])
		}
	}
}

// TestSorted compares with sort.Slice: keys with long common prefixes, zero bytes at
// their ends, the same keys and records over and over, and records larger than
// a buffer.
func TestSorted(t *testing.T) {
	dir := t.TempDir()
	parts := rapid.SampledFrom([]string{
		"", "\x00", "\x00\x00", "a", "b", "\xff", "\xff\xff\xff\xff\xff\xff\xff", "seven b", "eight by", "nine byte",
		"a prefix that many keys begin with and that is longer than windows ", string(make([]byte, 5000)),
	})
	text := rapid.Custom(func(t *rapid.T) string {
		s := ""
		for _, p := range rapid.SliceOfN(parts, 0, 4).Draw(t, "parts") {
			s += p
		}
		return s
	})
	records := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) record {
		return record{text.Draw(t, "key"), text.Draw(t, "value")}
	}), 0, 300)
	rapid.Check(t, func(t *rapid.T) {
		all := records.Draw(t, "records")
		// Many copies make it large enough for radix sort and several passes.
		all = slices.Repeat(all, rapid.SampledFrom([]int{1, 1, 3, 20}).Draw(t, "copies"))
		s := New(Options{
			Memory:  rapid.SampledFrom([]int64{1, 64 << 10, 1 << 20, 64 << 20}).Draw(t, "memory"),
			Dir:     dir,
			Workers: rapid.IntRange(1, 3).Draw(t, "workers"),
			Keep:    rapid.SampledFrom([]Keep{All, Unique, First}).Draw(t, "keep"),
		})
		defer s.Close()
		runs := rapid.IntRange(0, len(all)).Draw(t, "in runs")
		for run := range slices.Chunk(all[:runs], 50) {
			if err := s.AddRun(pairs(slices.SortedFunc(slices.Values(run), compare))); err != nil {
				t.Fatal(err)
			}
		}
		for _, r := range all[runs:] {
			if err := s.Add([]byte(r.key), []byte(r.value)); err != nil {
				t.Fatal(err)
			}
		}
		if s.Len() != int64(len(all)) {
			t.Errorf("Len %d, want %d", s.Len(), len(all))
		}
		var got []record
		for k, v := range s.Sorted(context.Background()) {
			got = append(got, record{string(k), string(v)})
		}
		if err := s.Err(); err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(all, compare)
		switch s.keeps {
		case Unique:
			all = slices.Compact(all)
		case First:
			all = slices.CompactFunc(all, func(a, b record) bool { return a.key == b.key })
		}
		if len(got) != len(all) {
			t.Fatalf("%d records, want %d", len(got), len(all))
		}
		for i := range got {
			if got[i] != all[i] {
				t.Fatalf("record %d is %.80q, want %.80q", i, got[i], all[i])
			}
		}
	})
	empty(t, dir)
}

// shuffled returns n records of which each shares 8 to 30 bytes with others.
func shuffled(n int) []record {
	r := rand.New(rand.NewPCG(1, 2))
	records := make([]record, n)
	var key [40]byte
	for i := range records {
		fill(r, key[:])
		records[i] = record{string(key[:]), fmt.Sprint(i % 7)}
	}
	return records
}

// fill makes a key as the lines of quads begin: one of a few long prefixes, then
// a number.
func fill(r *rand.Rand, key []byte) {
	n := copy(key, prefixes[min(r.IntN(len(prefixes)), r.IntN(len(prefixes)))])
	for i := n; i < len(key); i += 8 {
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], r.Uint64())
		copy(key[i:], b[:])
	}
}

var prefixes = func() (p []string) {
	for _, kind := range []string{"<cable:", "<person:", "<organization:", "<event:"} {
		for i := range 16 {
			p = append(p, kind+fmt.Sprintf("%08x", i*i*i)[:1+i%8])
		}
	}
	return p
}()

func TestSpills(t *testing.T) {
	want := shuffled(60_000)
	slices.SortFunc(want, compare)
	for _, test := range []struct {
		name    string
		memory  int64
		spills  bool
		spilled int64 // at least
	}{
		{"all in memory", 64 << 20, false, 0},
		{"some runs", 1 << 20, true, 1 << 20},
		{"several passes", 48 << 10, true, 4 << 20},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			s := New(Options{Memory: test.memory, Dir: dir})
			defer s.Close()
			for _, i := range rand.New(rand.NewPCG(3, 4)).Perm(len(want)) {
				if err := s.Add([]byte(want[i].key), []byte(want[i].value)); err != nil {
					t.Fatal(err)
				}
			}
			check(t, collect(t, s), want)
			if n := s.Spilled(); n < test.spilled || n > 0 != test.spills {
				t.Errorf("%d bytes spilled, want at least %d", n, test.spilled)
			}
			empty(t, dir)
		})
	}
}

func TestAddRunConcurrent(t *testing.T) {
	want := shuffled(40_000)
	s := New(Options{Memory: 256 << 10, Dir: t.TempDir()})
	defer s.Close()
	var wg sync.WaitGroup
	for part := range slices.Chunk(want, 1000) {
		part = slices.SortedFunc(slices.Values(part), compare)
		wg.Go(func() {
			if err := s.AddRun(pairs(part)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	slices.SortFunc(want, compare)
	check(t, collect(t, s), want)
}

func TestAddRunOutOfOrder(t *testing.T) {
	for _, run := range [][]record{{{"b", ""}, {"a", ""}}, {{"ab", ""}, {"a", ""}}, {{"a", "2"}, {"a", "1"}}} {
		s := New(Options{Memory: 1 << 20})
		if err := s.AddRun(pairs(run)); err == nil || s.Err() == nil {
			t.Errorf("%v: no error", run)
		}
		s.Close()
	}
}

func TestCancelled(t *testing.T) {
	for _, spilling := range []bool{false, true} {
		dir := t.TempDir()
		memory := int64(64 << 20)
		if spilling {
			memory = 64 << 10
		}
		s := New(Options{Memory: memory, Dir: dir})
		for _, r := range shuffled(50_000) {
			if err := s.Add([]byte(r.key), []byte(r.value)); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		n := 0
		for range s.Sorted(ctx) {
			if n++; n == 10 {
				cancel()
			}
		}
		if !errors.Is(s.Err(), context.Canceled) || n == 50_000 {
			t.Errorf("%d records, error %v", n, s.Err())
		}
		s.Close()
		empty(t, dir)
	}
}

func TestReaderStops(t *testing.T) {
	dir := t.TempDir()
	s := New(Options{Memory: 64 << 10, Dir: dir})
	for _, r := range shuffled(50_000) {
		if err := s.Add([]byte(r.key), []byte(r.value)); err != nil {
			t.Fatal(err)
		}
	}
	for range s.Sorted(context.Background()) {
		break
	}
	if err := s.Err(); err != nil {
		t.Error(err)
	}
	s.Close()
	empty(t, dir)
}

func TestCloseUnread(t *testing.T) {
	dir := t.TempDir()
	s := New(Options{Memory: 64 << 10, Dir: dir})
	for _, r := range shuffled(20_000) {
		if err := s.Add([]byte(r.key), nil); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	s.Close()
	empty(t, dir)
}

func TestNoDirectory(t *testing.T) {
	s := New(Options{Memory: 64 << 10, Dir: t.TempDir() + "/missing"})
	defer s.Close()
	var err error
	for _, r := range shuffled(50_000) {
		if err = s.Add([]byte(r.key), nil); err != nil {
			break
		}
	}
	for range s.Sorted(context.Background()) {
		t.Fatal("a record after an error")
	}
	if !errors.Is(s.Err(), os.ErrNotExist) {
		t.Errorf("error %v", s.Err())
	}
}

// BenchmarkSort sorts ten million keys of 40 bytes: -bench Sort -benchtime 1x.
func BenchmarkSort(b *testing.B) {
	for _, memory := range []int64{2 << 30, 256 << 20, 64 << 20} {
		b.Run(fmt.Sprintf("memory=%dMB", memory>>20), func(b *testing.B) {
			const n = 10_000_000
			before := cputime.Used(b)
			for b.Loop() {
				s := New(Options{Memory: memory, Dir: b.TempDir()})
				r := rand.New(rand.NewPCG(1, 2))
				var key [40]byte
				for range n {
					fill(r, key[:])
					if err := s.Add(key[:], nil); err != nil {
						b.Fatal(err)
					}
				}
				got := 0
				for range s.Sorted(context.Background()) {
					got++
				}
				if got != n || s.Err() != nil {
					b.Fatal(got, s.Err())
				}
				b.ReportMetric(float64(s.Spilled())/n, "spilled-B/rec")
				s.Close()
			}
			b.ReportMetric(float64((cputime.Used(b)-before).Nanoseconds())/float64(n*b.N), "cpu-ns/rec")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n*b.N), "ns/rec")
		})
	}
}

// BenchmarkBuffer sorts a million keys in memory, as the package does and as
// slices.SortFunc would.
func BenchmarkBuffer(b *testing.B) {
	const n = 1_000_000
	full := func(b *testing.B) *buffer {
		buf, err := newBuffer(n * (40 + 8 + refSize))
		if err != nil {
			b.Fatal(err)
		}
		r := rand.New(rand.NewPCG(1, 2))
		var key [40]byte
		for range n {
			fill(r, key[:])
			if !buf.add(key[:], nil) {
				b.Fatal("full")
			}
		}
		return buf
	}
	for name, sort := range map[string]func(*buffer){
		"radix": (*buffer).sort,
		"pdq": func(buf *buffer) {
			slices.SortFunc(buf.refs(), func(x, y ref) int { return bytes.Compare(buf.key(x), buf.key(y)) })
		},
	} {
		b.Run(name, func(b *testing.B) {
			var used time.Duration
			for b.Loop() {
				buf := full(b)
				before := cputime.Used(b)
				sort(buf)
				used += cputime.Used(b) - before
				buf.free()
			}
			b.ReportMetric(float64(used.Nanoseconds())/float64(n*b.N), "cpu-ns/rec")
		})
	}
}
