package queries

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cablegraph/graphdata/packed"
	"cablegraph/internal/storebench"
)

// A file that is removed while it is served is served on; one that is cut short
// is an error, and so is every question after.
func TestFileChangesWhileServed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "quads")
	g := storebench.Graph{Quads: 100_000, Seed: 1}
	if _, err := packed.Build(t.Context(), file, g.WithErrors(), packed.Options{}); err != nil {
		t.Fatal(err)
	}
	r, err := New(t.Context(), 1, command("packed:"+file))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	ask := func() (Result, error) {
		limits := DefaultLimits
		limits.Rows = 100_000
		limits.Output = 1 << 30
		return r.Run(context.Background(), Query{Lang: Gizmo, Text: `g.V().Out("<cg:name>").All()`}, limits)
	}
	before, err := ask()
	if err != nil || len(before.Rows) == 0 {
		t.Fatalf("%d rows, %v", len(before.Rows), err)
	}
	kept := file + ".kept"
	if err := os.Link(file, kept); err != nil {
		t.Skip("the file system has no links:", err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if after, err := ask(); err != nil || len(after.Rows) != len(before.Rows) {
		t.Errorf("without its file: %d rows, want %d; %v", len(after.Rows), len(before.Rows), err)
	}
	if err := os.Truncate(kept, 20_000); err != nil {
		t.Fatal(err)
	}
	_, err = ask()
	if err == nil || !strings.Contains(err.Error(), "cut short") {
		t.Errorf("cut short: %v", err)
	}
	if err := os.Rename(kept, file); err != nil {
		t.Fatal(err)
	}
	var placed *packed.Error
	if _, err = ask(); err == nil || errors.As(err, &placed) || !strings.Contains(err.Error(), "is cut short") {
		t.Errorf("opened again: %v", err)
	}
}
