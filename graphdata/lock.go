package graphdata

import (
	"errors"
	"os"
	"path/filepath"
)

// errLocked says that another process holds the lock.
var errLocked = errors.New("locked by another process")

// lock is held by one process at a time and ends with the process, however
// that ends. Its file lies in a directory of its own, and both are removed on
// release.
type lock struct {
	dir string
	f   *os.File
}

// takeLock makes dir where it is absent and locks it, or returns errLocked.
func takeLock(dir string) (*lock, error) {
	for {
		if err := os.Mkdir(dir, 0o777); err != nil && !errors.Is(err, os.ErrExist) {
			return nil, err
		}
		path := filepath.Join(dir, "lock")
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
		if errors.Is(err, os.ErrNotExist) {
			continue // released and removed since Mkdir
		}
		if err != nil {
			return nil, err
		}
		if err := lockFile(f); err != nil {
			return nil, errors.Join(err, f.Close())
		}
		// The holder before us may have removed the file that we opened.
		ours, err := f.Stat()
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		if now, err := os.Stat(path); err == nil && os.SameFile(ours, now) {
			return &lock{dir, f}, nil
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
}

// release removes the lock's file and directory, then lets go. The directory
// stays where something else lies in it.
func (l *lock) release() error {
	err := os.Remove(l.f.Name())
	_ = os.Remove(l.dir)
	return errors.Join(err, l.f.Close())
}
