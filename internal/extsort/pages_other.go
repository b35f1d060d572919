//go:build !unix

package extsort

func pages(n int) ([]byte, error) { return make([]byte, n), nil }

func freePages([]byte) {}
