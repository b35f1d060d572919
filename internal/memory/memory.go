// Package memory reads and writes amounts of memory, and says how much there is.
package memory

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

// units are the powers of 1024, as memory is counted.
var units = []string{"B", "KB", "MB", "GB", "TB"}

// Size is a number of bytes that is read and shown as "2GB". It is a flag's
// value (pflag.Value).
type Size int64

// Parse reads a size: a number, whole or decimal, and a unit (B, KB, MB, GB or
// TB, powers of 1024; also K, M, G, T and KiB …), in either case, with or without a space
// between them. A number alone counts bytes.
func Parse(s string) (Size, error) {
	text := strings.ToUpper(strings.TrimSpace(s))
	digits := strings.TrimRight(text, "BIKMGT ")
	unit := strings.TrimSpace(text[len(digits):])
	n, err := strconv.ParseFloat(digits, 64)
	power := 0
	if unit != "" {
		power = strings.IndexByte("BKMGT", unit[0])
	}
	switch {
	case err != nil, strings.Trim(digits, "0123456789.") != "",
		power < 0, unit != "" && unit != units[power] && unit != units[power][:1] && unit != units[power][:1]+"IB":
		return 0, fmt.Errorf("%q is not a size such as 512MB or 2GB", s)
	}
	n = math.Round(math.Ldexp(n, 10*power))
	if n >= math.MaxInt64 {
		return 0, fmt.Errorf("the size %q is too large", s)
	}
	return Size(n), nil
}

// String writes the size in the largest unit in which it is at least 1, with
// one decimal if it is not whole.
func (s Size) String() string {
	n, u := float64(s), 0
	for n >= 1024 && u < len(units)-1 {
		n /= 1024
		u++
	}
	return strings.TrimSuffix(strconv.FormatFloat(n, 'f', 1, 64), ".0") + units[u]
}

// Set implements pflag.Value.
func (s *Size) Set(text string) (err error) {
	*s, err = Parse(text)
	return err
}

// Type implements pflag.Value.
func (s *Size) Type() string { return "size" }

// Total returns the bytes of memory that this process may use: the machine's,
// or its control group's where that is less. Where the system does not tell
// (only Linux does, in proc(5) and the kernel's cgroup-v2), it is 2 GB.
func Total() int64 {
	total := int64(2 << 30)
	if b, err := os.ReadFile("/proc/meminfo"); err == nil {
		if fields := bytes.Fields(b); len(fields) > 1 && string(fields[0]) == "MemTotal:" {
			if kb, err := strconv.ParseInt(string(fields[1]), 10, 64); err == nil {
				total = kb << 10
			}
		}
	}
	for _, file := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		if b, err := os.ReadFile(file); err == nil {
			if n, err := strconv.ParseInt(string(bytes.TrimSpace(b)), 10, 64); err == nil && n > 0 {
				total = min(total, n)
			}
		}
	}
	return total
}

// Share returns what a sort or a build may use if nobody says otherwise: a
// quarter of [Total], at least 64 MB.
func Share() int64 { return max(Total()/4, 64<<20) }
