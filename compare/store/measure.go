package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/cayleygraph/cayley/graph"

	"cablegraph/internal/storebench"
)

// loaded is what loading took.
type loaded struct {
	Seconds float64
	Peak    int64 // bytes: VmHWM of the process
}

// asked is what opening and asking took.
type asked struct {
	Seconds float64 // to open
	Peak    int64   // bytes: VmHWM of the process after all questions, before answers are compared
	Private int64   // bytes: RssAnon then, without the pages of mapped files
	Queries []timing
}

// timing is what the questions of one query took.
type timing struct {
	Query  string
	Millis []float64 // in the order of the questions
	Rows   []int
	Sums   []string // hashes of whole answers, of the first questions
	Err    string   `json:",omitempty"` // what ended the query early
}

func load(ctx context.Context, o options) (*loaded, error) {
	s, err := findStore(o.store)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	if err := s.load(ctx, o); err != nil {
		return nil, err
	}
	seconds := time.Since(start).Seconds()
	peak, err := status("VmHWM")
	return &loaded{seconds, peak}, err
}

func ask(ctx context.Context, o options) (*asked, error) {
	s, err := findStore(o.store)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	qs, err := s.open(ctx, o)
	if err != nil {
		return nil, err
	}
	result := &asked{Seconds: time.Since(start).Seconds()}
	answer := func(ctx context.Context, question storebench.Question) (int, error) {
		rows, err := question.Answer(ctx, qs)
		return len(rows), err
	}
	for _, q := range storebench.Queries() {
		result.Queries = append(result.Queries, measure(ctx, o, q, answer))
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	if result.Peak, err = status("VmHWM"); err != nil {
		return nil, err
	}
	if result.Private, err = status("RssAnon"); err != nil {
		return nil, err
	}
	for i, q := range storebench.Queries() {
		check(ctx, o, q, qs, &result.Queries[i])
	}
	return result, qs.Close()
}

// check adds the hashes of whole answers, as many as the budget allows.
func check(ctx context.Context, o options, q storebench.Query, qs graph.QuadStore, t *timing) {
	for k, start := 0, time.Now(); k < o.checks && t.Err == "" && time.Since(start) < o.budget; k++ {
		ctx, cancel := context.WithTimeout(ctx, o.timeout)
		rows, err := q.Ask(o.graph, k).Check(ctx, qs)
		cancel()
		if errors.Is(err, context.DeadlineExceeded) {
			settle(2 * o.timeout)
			return // the whole answer takes too long, though the limited one does not
		}
		if err != nil {
			t.Err = err.Error()
			return
		}
		sum := sha256.Sum256([]byte(strings.Join(rows, "\n")))
		t.Sums = append(t.Sums, hex.EncodeToString(sum[:8]))
	}
}

// measure asks the questions of a query until they or the budget are used up,
// or one fails.
func measure(ctx context.Context, o options, q storebench.Query, answer func(context.Context, storebench.Question) (rows int, err error)) timing {
	t := timing{Query: q.Name}
	for k, begin := 0, time.Now(); k < o.iterations && time.Since(begin) < o.budget; k++ {
		question := q.Ask(o.graph, k)
		ctx, cancel := context.WithTimeout(ctx, o.timeout)
		start := time.Now()
		rows, err := answer(ctx, question)
		took := time.Since(start)
		cancel()
		if err != nil {
			t.Err = err.Error()
			if errors.Is(err, context.DeadlineExceeded) {
				t.Err = "> " + o.timeout.String()
				settle(2 * o.timeout)
			}
			break
		}
		t.Millis = append(t.Millis, float64(took)/float64(time.Millisecond))
		t.Rows = append(t.Rows, rows)
	}
	return t
}

// settle waits until Cayley has left a question that it was told to leave: it
// looks whether to go on only between rows, and would take time from the next.
func settle(most time.Duration) {
	stacks := make([]byte, 1<<20)
	for start := time.Now(); time.Since(start) < most; time.Sleep(100 * time.Millisecond) {
		if n := runtime.Stack(stacks, true); !bytes.Contains(stacks[:n], []byte("query/gizmo.(*results).Next.func")) {
			return
		}
	}
}

// percentile returns the nearest-rank percentile p of the values.
func percentile(values []float64, p int) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(len(sorted)*p+99)/100-1]
}

// status returns a figure of this process in bytes.
func status(field string) (int64, error) { return procField("/proc/self/status", field) }

// procField reads "Field:  123 kB".
func procField(path, field string) (int64, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		if words := strings.Fields(lines.Text()); len(words) > 1 && words[0] == field+":" {
			kB, err := strconv.ParseInt(words[1], 10, 64)
			return kB << 10, err
		}
	}
	return 0, fmt.Errorf("%s: no %s", path, field)
}

// diskUse returns the bytes of the blocks that the files below a path take.
func diskUse(path string) (n int64, err error) {
	err = filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a server removes files while we look
		}
		if err != nil {
			return err
		}
		n += info.Sys().(*syscall.Stat_t).Blocks * 512
		return nil
	})
	return n, err
}
