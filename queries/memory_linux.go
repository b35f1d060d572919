package queries

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"syscall"
)

// memoryLimiter bounds the memory of a worker by two limits of the kernel, which
// hold whether or not the worker is in the middle of a native call. Where one is
// met Go's runtime gets no memory and ends the process.
//
// RLIMIT_DATA counts what Go has mapped for use. But the kernel does not count
// as growth what Go maps for use in place of its own reservation, so that one
// allocation of any size may jump over the limit. RLIMIT_AS counts
// reservations, which are coarse, and stops that one.
type memoryLimiter struct {
	data, space int64 // bytes, when the graph was open
}

// reserve is how much more than the limit Go may reserve: it reserves 64 MB at
// a time, and a few new threads need stacks.
const reserve = 128 << 20

func newMemoryLimiter() (memoryLimiter, error) {
	debug.FreeOSMemory() // what loading left behind is not part of the graph
	data, space, err := memorySize()
	return memoryLimiter{data, space}, err
}

// allow lets the process grow by n bytes over the open graph.
func (m memoryLimiter) allow(n int64) error {
	// Near the limit garbage must be collected rather than let grow.
	debug.SetMemoryLimit(m.data + n - n/8)
	if err := setLimit(syscall.RLIMIT_DATA, m.data+n); err != nil {
		return err
	}
	return setLimit(syscall.RLIMIT_AS, m.space+n+reserve)
}

func setLimit(resource int, n int64) error {
	var limit syscall.Rlimit
	err := syscall.Getrlimit(resource, &limit)
	if err == nil {
		limit.Cur = min(uint64(n), limit.Max)
		err = syscall.Setrlimit(resource, &limit)
	}
	if err != nil {
		return fmt.Errorf("limit memory: %w", err)
	}
	return nil
}

// memorySize returns what RLIMIT_DATA and RLIMIT_AS count: VmData and VmSize
// of proc(5).
func memorySize() (data, space int64, err error) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, 0, fmt.Errorf("limit memory: %w", err)
	}
	for line := range strings.Lines(string(text)) {
		// "VmData:	   20812 kB"
		switch name, value, _ := strings.Cut(line, ":"); name {
		case "VmData":
			_, err = fmt.Sscan(value, &data)
		case "VmSize":
			_, err = fmt.Sscan(value, &space)
		}
		if err != nil {
			return 0, 0, fmt.Errorf("limit memory: /proc/self/status: %w", err)
		}
	}
	return data << 10, space << 10, nil
}
