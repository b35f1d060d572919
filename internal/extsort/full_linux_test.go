package extsort

import (
	"context"
	"errors"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skip("a small disk cannot be mounted: ", err)
	}
	defer func() {
		if err := unix.Unmount(dir, 0); err != nil { // busy if a file is still open
			t.Error(err)
		}
	}()
	s := New(Options{Memory: 256 << 10, Dir: dir})
	defer s.Close()
	records := shuffled(100_000)
	var err error
	for _, r := range records {
		if err = s.Add([]byte(r.key), []byte(r.value)); err != nil {
			break
		}
	}
	for range s.Sorted(context.Background()) {
		t.Fatal("a record after an error")
	}
	if !errors.Is(s.Err(), unix.ENOSPC) || !strings.Contains(s.Err().Error(), dir) || err == nil {
		t.Errorf("Add: %v\nErr: %v", err, s.Err())
	}
	empty(t, dir)
	t.Log(s.Err())
}
