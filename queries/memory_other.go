//go:build !linux

package queries

import (
	"fmt"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"time"
)

// memoryLimiter bounds the memory of a worker by looking at it: where the
// kernel has no limit that fits a Go program, a goroutine compares what Go has
// mapped with what is allowed, a hundred times a second, and ends the process.
type memoryLimiter struct {
	base int64
	max  *atomic.Int64
}

func newMemoryLimiter() (memoryLimiter, error) {
	debug.FreeOSMemory()
	m := memoryLimiter{memoryInUse(), new(atomic.Int64)}
	go func() {
		for range time.Tick(10 * time.Millisecond) {
			if most := m.max.Load(); most > 0 && memoryInUse() > most {
				fmt.Fprintln(os.Stderr, "fatal error: out of memory")
				os.Exit(2)
			}
		}
	}()
	return m, nil
}

// allow lets the process grow by n bytes over the open graph.
func (m memoryLimiter) allow(n int64) error {
	debug.SetMemoryLimit(m.base + n - n/8)
	m.max.Store(m.base + n)
	return nil
}

// memoryInUse returns what Go has mapped and not given back.
func memoryInUse() int64 {
	s := []metrics.Sample{
		{Name: "/memory/classes/total:bytes"},
		{Name: "/memory/classes/heap/released:bytes"},
	}
	metrics.Read(s)
	return int64(s[0].Value.Uint64() - s[1].Value.Uint64())
}
