package link

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"cablegraph/cable"
	"cablegraph/entity"
)

// readExamples returns the records of the repository's cables.
func readExamples(t *testing.T) []*Record {
	t.Helper()
	paths, err := filepath.Glob("../examples/cables/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatal("no cables", err)
	}
	finder, rules := entity.NewFinder(), Default()
	var records []*Record
	for c, err := range cable.ReadPaths(paths) {
		if err != nil {
			t.Fatal(err)
		}
		d := finder.Find(c)
		records = append(records, &Record{Cable: c, Mentions: d.Mentions, Acronyms: d.Acronyms, Relations: rules.Relations(d)})
	}
	return records
}

// A spool gives back what was put into it, and a linker with it makes the graph
// that Resolve makes of the same records, whatever the order.
func TestSpool(t *testing.T) {
	dir := t.TempDir()
	spool, err := NewSpool(dir)
	if err != nil {
		t.Fatal(err)
	}
	records := readExamples(t)
	want := Resolve(records)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
	linker, sketcher := NewLinker(), NewSketcher()
	for _, r := range records {
		linker.Add(sketcher.Sketch(r))
		if err := spool.Append(r.AppendBinary(nil)); err != nil {
			t.Fatal(err)
		}
	}
	everything := cmp.Exporter(func(reflect.Type) bool { return true })
	for i, r := range records {
		got, err := spool.Record(i)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, got, everything, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s: %s", r.Cable.ID, diff)
		}
	}
	g := linker.Resolve(spool)
	if diff := cmp.Diff(want.Entities, g.Entities); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want.Of, g.Of); diff != "" {
		t.Error(diff)
	}
	for i, r := range recordsOf(t, g) {
		if id := records[g.Order[i]].Cable.ID; r.Cable.ID != id || i > 0 && id < recordsOf(t, g)[i-1].Cable.ID {
			t.Errorf("record %d is %s, which was added as %s", i, r.Cable.ID, id)
		}
	}
	if err := spool.Close(); err != nil {
		t.Error(err)
	}
	if _, err := spool.Record(0); err == nil {
		t.Error("a closed spool is read")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// A damaged record is an error or another record, never a crash.
func TestDamagedRecord(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, r := range readExamples(t)[:4] {
		whole := r.AppendBinary(nil)
		for range 500 {
			b := slices.Clone(whole)
			b[rng.IntN(len(b))] ^= byte(1 + rng.IntN(255))
			_, _ = readRecord(b)
			if _, err := readRecord(whole[:rng.IntN(len(whole))]); err == nil {
				t.Fatal("a part of a record is read")
			}
		}
	}
}
