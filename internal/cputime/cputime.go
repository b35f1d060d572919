// Package cputime tells how much processor time the program has used, which
// says more of its speed than the clock where a machine has other work too.
package cputime

import (
	"syscall"
	"testing"
	"time"
)

// Used returns the processor time of the process so far, its own and the
// kernel's for it.
func Used(tb testing.TB) time.Duration {
	tb.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Report adds the megabytes that a benchmark, started at before, worked
// through in a second of processor time; size is in bytes a round.
func Report(b *testing.B, size int, before time.Duration) {
	b.ReportMetric(float64(size)*float64(b.N)/1e6/(Used(b)-before).Seconds(), "MB/cpu-s")
}
