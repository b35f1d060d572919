package packed_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"cablegraph/graphdata/packed"
)

func TestVerify(t *testing.T) {
	for _, n := range []int{0, 1, 20_000} {
		if err := build(t, sample(n, 6), packed.Options{}).Verify(context.Background(), nil); err != nil {
			t.Errorf("%d quads: %v", n, err)
		}
	}
}

const block = 1 << 14

// stored returns the bytes of a store of some blocks.
func stored(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "quads")
	if _, err := packed.Build(context.Background(), path, each(sample(20_000, 7)), packed.Options{}); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A flipped bit in any block is met by an error of whatever reads the block, and
// never by another answer.
func TestEveryBlockFlipped(t *testing.T) {
	whole := stored(t)
	path := filepath.Join(t.TempDir(), "quads")
	answer := func(b []byte) (quads []quad.Quad, err error) {
		if err := os.WriteFile(path, b, 0o666); err != nil {
			t.Fatal(err)
		}
		s, err := packed.Open(path)
		if err != nil {
			return nil, err
		}
		defer s.Close()
		quads = walk(s)
		return quads, s.Err()
	}
	want, err := answer(whole)
	if err != nil {
		t.Fatal(err)
	}
	blocks := (len(whole) + block - 1) / block
	if blocks < 10 {
		t.Fatalf("only %d blocks", blocks)
	}
	met := 0
	for i := range blocks {
		at := min(i*block+i*997%block, len(whole)-1)
		damaged := bytes.Clone(whole)
		damaged[at] ^= 1 << (i % 8)
		got, err := answer(damaged)
		switch {
		case err != nil:
			met++
			var placed *packed.Error
			if !errors.As(err, &placed) || placed.Path != path {
				t.Errorf("block %d: the error does not name the file: %v", i, err)
			}
		case !slices.Equal(got, want):
			t.Errorf("block %d: another answer and no error", i)
		}
		if s, err := packed.Open(path); err == nil {
			if s.Verify(context.Background(), nil) == nil {
				t.Errorf("block %d: passes the verification", i)
			}
			s.Close()
		}
	}
	if met < blocks/2 {
		t.Errorf("of %d damaged blocks only %d were met", blocks, met)
	}
}

// walk reads the store in every order and returns what it says, as far as it
// does.
func walk(s *packed.Store) (quads []quad.Quad) {
	ctx := context.Background()
	for it := s.QuadsAllIterator(); it.Next(ctx); {
		quads = append(quads, s.Quad(it.Result()))
	}
	if s.Err() != nil {
		return quads
	}
	for _, q := range quads[:min(len(quads), 300)] {
		for _, d := range quad.Directions {
			if v := q.Get(d); v != nil {
				it := s.QuadIterator(d, s.ValueOf(v))
				for range 50 {
					if !it.Next(ctx) {
						break
					}
					quads = append(quads, s.Quad(it.Result()))
				}
			}
		}
		quads = append(quads, s.Match(quad.Quad{Predicate: q.Predicate, Label: q.Label})...)
		quads = append(quads, s.Match(quad.Quad{Object: q.Object, Label: q.Label})...)
	}
	return quads
}

// A file whose checksums are right and whose contents are not may answer
// nonsense, but does not crash or hang.
func FuzzOpen(f *testing.F) {
	path := filepath.Join(f.TempDir(), "quads")
	if _, err := packed.Build(context.Background(), path, each(sample(60, 10)), packed.Options{}); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(block+5), []byte{1, 2, 3})
	f.Add(uint32(100), []byte{0xff, 0xff})
	f.Fuzz(func(t *testing.T, at uint32, with []byte) {
		b := bytes.Clone(whole)
		copy(b[int(at)%len(b):], with)
		if err := os.WriteFile(path, packed.Reseal(b), 0o666); err != nil {
			t.Fatal(err)
		}
		s, err := packed.Open(path)
		if err != nil {
			return
		}
		defer s.Close()
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		for it, n := s.QuadsAllIterator(), 0; n < 1000 && it.Next(ctx); n++ {
			s.Quad(it.Result())
		}
		for it, n := s.NodesAllIterator(), 0; n < 1000 && it.Next(ctx); n++ {
			v := s.NameOf(it.Result())
			s.ValueOf(v)
			for _, d := range quad.Directions {
				for it, n := s.QuadIterator(d, it.Result()), 0; n < 10 && it.Next(ctx); n++ {
					s.QuadDirection(it.Result(), d)
				}
			}
		}
	})
}

func TestOpenRefuses(t *testing.T) {
	whole := stored(t)
	version := bytes.Clone(whole)
	binary.LittleEndian.PutUint32(version[8:], 99)
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "is not a packed store"},
		{"text", []byte("<a:b> <c:d> <e:f> .\n"), "is not a packed store"},
		{"large text", bytes.Repeat([]byte("<a:b> <c:d> <e:f> .\n"), 5000), "is not a packed store"},
		{"version", version, "has format 99 and this program reads 1"},
		{"header only", whole[:block], "is cut short"},
		{"half of a header", whole[:block/2], "is cut short"},
		{"half", whole[:len(whole)/2], "is cut short"},
		{"last byte missing", whole[:len(whole)-1], "is cut short"},
		{"a byte more", append(bytes.Clone(whole), 0), "is damaged"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "quads")
			if err := os.WriteFile(path, test.data, 0o666); err != nil {
				t.Fatal(err)
			}
			_, err := packed.Open(path)
			var placed *packed.Error
			if !errors.As(err, &placed) || placed.Path != path || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
	if _, err := packed.Open(t.TempDir()); err == nil || !strings.Contains(err.Error(), "is not a packed store") {
		t.Errorf("a directory: %v", err)
	}
	if _, err := packed.Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// A file that goes while it is read is read on: a mapped file stays until it is
// closed.
func TestFileVanishes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quads")
	if err := os.WriteFile(path, stored(t), 0o666); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := s.Verify(context.Background(), nil); err != nil {
		t.Error(err)
	}
}

func TestWritesAreRefused(t *testing.T) {
	quads := sample(10, 8)
	s := build(t, quads, packed.Options{})
	if err := s.ApplyDeltas([]graph.Delta{{Quad: quads[0], Action: graph.Delete}}, graph.IgnoreOpts{}); !errors.Is(err, packed.ErrReadOnly) {
		t.Errorf("deltas: %v", err)
	}
	if _, err := s.NewQuadWriter(); !errors.Is(err, packed.ErrReadOnly) {
		t.Errorf("writer: %v", err)
	}
	packed.Register()
	if err := graph.InitQuadStore(packed.Name, "x", nil); !errors.Is(err, packed.ErrReadOnly) {
		t.Errorf("init: %v", err)
	}
}

// A build that fails leaves the file that was there, and nothing else.
func TestBuildFails(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "quads")
	if err := os.WriteFile(path, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	check := func(name string, err error, want string) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
		if b, err := os.ReadFile(path); err != nil || string(b) != "old" {
			t.Errorf("%s: the old file is %q, %v", name, b, err)
		}
		if entries, _ := os.ReadDir(dir); len(entries) != 1 {
			t.Errorf("%s: left %v", name, entries)
		}
	}
	broken := errors.New("broken line")
	_, err := packed.Build(context.Background(), path, func(yield func(quad.Quad, error) bool) {
		for _, q := range sample(10_000, 9) {
			if !yield(q, nil) {
				return
			}
		}
		yield(quad.Quad{}, broken)
	}, packed.Options{Memory: 1 << 20})
	if !errors.Is(err, broken) {
		t.Errorf("%v is not the sequence's error", err)
	}
	check("error", err, "broken line")
	_, err = packed.Build(context.Background(), path, each([]quad.Quad{{Subject: quad.IRI("a:b"), Object: quad.IRI("a:b")}}), packed.Options{})
	check("no predicate", err, "is not complete")
	ctx, cancel := context.WithCancel(context.Background())
	_, err = packed.Build(ctx, path, func(yield func(quad.Quad, error) bool) {
		for i := 0; ; i++ {
			if i == 200_000 {
				cancel()
			}
			if !yield(quad.Quad{Subject: quad.Int(i), Predicate: quad.IRI("a:p"), Object: quad.Int(i)}, nil) {
				return
			}
		}
	}, packed.Options{Memory: 1 << 20})
	check("cancelled", err, "context canceled")
	_, err = packed.Build(context.Background(), path, each(sample(10, 1)), packed.Options{Dir: filepath.Join(dir, "none")})
	check("no directory", err, "none")
}
