package packed_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"cablegraph/graphdata/packed"
	"cablegraph/internal/storebench"
)

// A build on a full disk says so, leaves nothing, and the earlier store as it was.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=8m"); err != nil {
		t.Skip("a small file system cannot be mounted: ", err)
	}
	defer func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	}()
	path := filepath.Join(dir, "quads")
	small := storebench.Graph{Quads: 1000, Seed: 1}
	if _, err := packed.Build(context.Background(), path, small.WithErrors(), packed.Options{}); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name  string
		quads int
		o     packed.Options
	}{
		{"chunks", 500_000, packed.Options{Memory: 8 << 20}},
		{"sections", 400_000, packed.Options{Memory: 256 << 20}},
		{"the file", 140_000, packed.Options{Memory: 256 << 20, Dir: t.TempDir()}},
	} {
		g := storebench.Graph{Quads: test.quads, Seed: 1}
		if test.name == "the file" {
			fill := filepath.Join(dir, "filler")
			if err := os.WriteFile(fill, make([]byte, 7<<20), 0o666); err != nil {
				t.Fatal(err)
			}
			defer os.Remove(fill)
		}
		_, err := packed.Build(context.Background(), path, g.WithErrors(), test.o)
		if err == nil || !strings.Contains(err.Error(), "no space left on device") || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", test.name, err)
		}
		after, err := os.ReadFile(path)
		if err != nil || string(after) != string(before) {
			t.Errorf("%s: the earlier store is not as it was: %v", test.name, err)
		}
		want := 1
		if test.name == "the file" {
			want = 2
		}
		if entries, _ := os.ReadDir(dir); len(entries) != want {
			t.Errorf("%s: left %v", test.name, entries)
		}
	}
}
