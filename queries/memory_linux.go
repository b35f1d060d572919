package queries

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"syscall"
)

// memoryLimiter bounds the memory of a worker by RLIMIT_DATA. The kernel
// refuses what goes beyond it, and Go's runtime then ends the process with
// "out of memory", whether or not it was in the middle of a native call. The
// limit counts private writable mappings, and so not the address space that Go
// merely reserves.
type memoryLimiter struct {
	base int64 // bytes of data when the graph was open
}

func newMemoryLimiter() memoryLimiter {
	debug.FreeOSMemory() // what loading left behind is not part of the graph
	return memoryLimiter{dataSize()}
}

// allow lets the process grow by n bytes over the open graph.
func (m memoryLimiter) allow(n int64) error {
	// Near the limit garbage must be collected rather than let grow.
	debug.SetMemoryLimit(m.base + n - n/8)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_DATA, &limit); err != nil {
		return fmt.Errorf("limit memory: %w", err)
	}
	limit.Cur = min(uint64(m.base+n), limit.Max)
	if err := syscall.Setrlimit(syscall.RLIMIT_DATA, &limit); err != nil {
		return fmt.Errorf("limit memory: %w", err)
	}
	return nil
}

// dataSize returns the size of what RLIMIT_DATA counts, VmData of proc(5).
func dataSize() int64 {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if kb, ok := bytes.CutPrefix(s.Bytes(), []byte("VmData:")); ok {
			n, _ := strconv.ParseInt(string(bytes.Fields(kb)[0]), 10, 64)
			return n << 10
		}
	}
	return 0
}
