package queries

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"sync"
	"time"
)

// errClosed is the answer of a Runner that is closed.
var errClosed = errors.New("the query runner is closed")

// Runner answers questions in worker processes. It is safe for concurrent use.
type Runner struct {
	command func() *exec.Cmd
	leases  chan lease // unbuffered: a keeper offers its worker here

	ctx    context.Context // ends with Close
	cancel context.CancelFunc
	keep   sync.WaitGroup
}

// lease is a worker for one question, or the reason why it did not start.
type lease struct {
	worker *process
	err    error
	back   chan<- struct{} // closed when the question is over
}

// New starts n workers and returns when the first has the graph open, or with
// the reason why it has not. command makes the command of a worker: a process
// that calls [Serve] on its stdin and stdout.
func New(ctx context.Context, n int, command func() *exec.Cmd) (*Runner, error) {
	r := &Runner{command: command, leases: make(chan lease)}
	r.ctx, r.cancel = context.WithCancel(context.Background())
	for range n {
		r.keep.Go(r.keeper)
	}
	select {
	case l := <-r.leases:
		if l.err != nil {
			r.Close()
			return nil, l.err
		}
		close(l.back)
		return r, nil
	case <-ctx.Done():
		r.Close()
		return nil, ctx.Err()
	}
}

// Close ends all workers and returns when they are gone. Questions that are
// under way fail.
func (r *Runner) Close() {
	r.cancel()
	r.keep.Wait()
}

// Run answers a question. The error is an [*Error] where the question is at
// fault or oversteps its limits.
func (r *Runner) Run(ctx context.Context, q Query, limits Limits) (Result, error) {
	limits = limits.orDefault()
	if len(q.Text) > limits.Text {
		return Result{}, &Error{Kind: TooLong, Msg: fmt.Sprintf("the query has %d bytes, more than %d", len(q.Text), limits.Text)}
	}
	if _, err := ParseLanguage(string(q.Lang)); err != nil {
		return Result{}, err
	}

	l, err := r.lease(ctx, limits.Time)
	if err != nil {
		return Result{}, err
	}
	defer close(l.back)
	resp, err := l.worker.ask(ctx, request{
		Lang: q.Lang, Text: q.Text, JSONLD: q.JSONLD,
		Memory: limits.Memory, Rows: limits.Rows, Output: limits.Output,
	}, limits.Time)
	switch {
	case err != nil && r.ctx.Err() != nil:
		return Result{}, errClosed
	case err != nil:
		return Result{}, err
	case resp.Error != nil:
		return Result{}, resp.Error
	}
	return Result{Rows: resp.Rows, More: resp.More}, nil
}

// lease waits for a worker that is free, but not longer than patience.
func (r *Runner) lease(ctx context.Context, patience time.Duration) (lease, error) {
	wait := time.NewTimer(patience)
	defer wait.Stop()
	for {
		select {
		case l := <-r.leases:
			if l.err == nil && !l.worker.alive() { // it died, and its keeper has not seen it yet
				close(l.back)
				continue
			}
			return l, l.err
		case <-wait.C:
			return lease{}, &Error{Kind: Busy, Msg: fmt.Sprintf("all workers were busy for %v", patience)}
		case <-ctx.Done():
			return lease{}, ctx.Err()
		case <-r.ctx.Done():
			return lease{}, errClosed
		}
	}
}

// restartDelay keeps a worker that dies without a question from being
// restarted in a tight loop.
const restartDelay = time.Second

// keeper keeps one worker running and offers it to Run, until the Runner is
// closed.
func (r *Runner) keeper() {
	for r.ctx.Err() == nil {
		w, err := startProcess(r.ctx, r.command())
		if err != nil {
			// Whoever asks next hears of it, and then it is tried again.
			select {
			case r.leases <- lease{err: err}:
			case <-r.ctx.Done():
			}
			continue
		}
		asked := true
		for asked && w.alive() {
			back := make(chan struct{})
			select {
			case r.leases <- lease{worker: w, back: back}:
				<-back
			case <-w.dead: // also when the Runner is closed
				asked = false
			}
		}
		w.end()
		if !asked {
			select {
			case <-time.After(restartDelay):
			case <-r.ctx.Done():
			}
		}
	}
}
