//go:build unix

package extsort

import "golang.org/x/sys/unix"

// pages returns n zeroed bytes outside of Go's heap, so that gigabytes of
// records neither double with the collector's headroom nor stay when freed.
// They take memory as they are touched.
func pages(n int) ([]byte, error) {
	return unix.Mmap(-1, 0, n, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
}

func freePages(b []byte) { _ = unix.Munmap(b) }
