package queries

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"

	"github.com/cayleygraph/cayley/graph"
)

// maxStack bounds the stack of a question: parsers and native callbacks
// recurse as deep as the question nests. Go's own bound is 1 GB.
const maxStack = 64 << 20

// Serve is the life of a worker process: it opens the graph and answers the
// requests that it reads from in, one at a time, until in ends. It does not
// return before that, whatever a question does: when the runner goes away, or
// a question has to be left behind, the process exits.
func Serve(in io.Reader, out io.Writer, open func() (graph.QuadStore, error)) error {
	// Ctrl-C on a terminal reaches the whole process group. The runner decides
	// what becomes of its workers.
	signal.Ignore(os.Interrupt)
	debug.SetMaxStack(maxStack)

	// Requests are read on the side, so that the end of the runner ends a
	// worker that is busy.
	requests := make(chan request)
	go func() {
		for {
			var req request
			err := readFrame(in, &req)
			switch {
			case errors.Is(err, io.EOF):
				os.Exit(0)
			case err != nil:
				fmt.Fprintln(os.Stderr, "query worker:", err)
				os.Exit(1)
			}
			requests <- req
		}
	}()

	qs, err := open()
	if err != nil {
		return writeFrame(out, response{Fatal: err.Error()})
	}
	limiter, err := newMemoryLimiter()
	if err != nil {
		return writeFrame(out, response{Fatal: err.Error()})
	}
	if err := writeFrame(out, response{}); err != nil {
		return err
	}
	for req := range requests {
		if err := limiter.allow(req.Memory); err != nil {
			return writeFrame(out, response{Fatal: err.Error()})
		}
		resp := execute(qs, req)
		if err := damage(qs); err != nil {
			resp = response{Fatal: err.Error()} // whatever the answer says
		}
		if err := writeFrame(out, resp); err != nil {
			return err
		}
		if resp.Retire {
			return nil
		}
	}
	return nil
}

// damage returns what a store met that is wrong with its file.
func damage(qs graph.QuadStore) error {
	if s, ok := graph.Unwrap(qs).(interface{ Err() error }); ok {
		return s.Err()
	}
	return nil
}
