package spill

import (
	"bytes"
	"fmt"
	"os"
	"testing"
)

func TestFile(t *testing.T) {
	dir := t.TempDir()
	f, err := New(dir)
	if err != nil {
		t.Fatal(err)
	}
	const n = 1000
	record := func(i int) []byte { return bytes.Repeat([]byte(fmt.Sprint(i)), i%300) }
	for i := range n {
		if err := f.Append(record(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Flush(); err != nil {
		t.Fatal(err)
	}
	var buf []byte
	for i := range n {
		k := (i*617 + 5) % n // in no order
		if buf, err = f.Record(k, buf); err != nil || !bytes.Equal(buf, record(k)) {
			t.Fatalf("record %d: %v, %q", k, err, buf)
		}
	}
	if f.Len() != n {
		t.Errorf("%d records, want %d", f.Len(), n)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if _, err := f.Record(1, nil); err == nil {
		t.Error("a closed file is read")
	}
}

func TestNewInNoDirectory(t *testing.T) {
	if _, err := New(t.TempDir() + "/none"); err == nil {
		t.Error("a file is made in no directory")
	}
}
