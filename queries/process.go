package queries

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// process is a worker as its runner sees it.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	pipe   io.Closer // of out
	stderr lastWords
	dead   chan struct{} // closed when the process has ended
}

// startProcess starts a worker and waits until it has the graph open. The end
// of ctx kills it.
func startProcess(ctx context.Context, cmd *exec.Cmd) (*process, error) {
	w := &process{cmd: cmd, dead: make(chan struct{})}
	cmd.Stderr = &w.stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start query worker: %w", err)
	}
	w.in = in
	// Not StdoutPipe: Wait would close it while an answer is being read.
	out, childOut, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("start query worker: %w", err)
	}
	w.out, w.pipe = bufio.NewReader(out), out
	cmd.Stdout = childOut
	err = cmd.Start()
	childOut.Close()
	if err != nil {
		out.Close()
		return nil, fmt.Errorf("start query worker: %w", err)
	}
	stop := context.AfterFunc(ctx, w.kill)
	go func() {
		_ = cmd.Wait() // how it ended is in cmd.ProcessState
		stop()
		close(w.dead)
	}()

	var opened response
	err = readFrame(w.out, &opened)
	switch {
	case err == nil && opened.Fatal == "":
		return w, nil
	case err == nil:
		err = errors.New(opened.Fatal)
	default:
		err = fmt.Errorf("open the graph: %v", w.crash()) // no question's fault, and so not wrapped
	}
	w.end()
	if ctx.Err() != nil {
		return nil, errClosed
	}
	return nil, err
}

// kill tells the process to end now; dead says when it has.
func (w *process) kill() { _ = w.cmd.Process.Kill() }

// end kills the process and gives back what it held. No one may be asking it.
func (w *process) end() {
	w.kill()
	<-w.dead
	w.pipe.Close()
}

func (w *process) alive() bool {
	select {
	case <-w.dead:
		return false
	default:
		return true
	}
}

// patience is how long a question may go on that nobody waits for any more:
// most end by themselves in that time, and the worker stays.
const patience = 250 * time.Millisecond

// ask has the worker answer a request within limit. If it does not, or ctx
// ends, the worker is killed.
func (w *process) ask(ctx context.Context, req request, limit time.Duration) (response, error) {
	// Either the answer comes first or the kill, and the loser does nothing:
	// a late kill must not meet the next question.
	var over, late atomic.Bool
	kill := func() {
		if over.CompareAndSwap(false, true) {
			w.kill()
		}
	}
	timer := time.AfterFunc(limit, func() { late.Store(true); kill() })
	defer timer.Stop()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(patience, kill) })
	defer stop()

	var resp response
	w.stderr.Reset()
	err := writeFrame(w.in, req)
	if err == nil {
		err = readFrame(w.out, &resp)
	}
	over.Store(true)
	if err != nil || resp.Retire || resp.Fatal != "" {
		w.kill()
		<-w.dead
	}
	switch {
	case err == nil && resp.Fatal != "":
		return response{}, errors.New(resp.Fatal)
	case err == nil:
		return resp, nil
	case ctx.Err() != nil:
		return response{}, ctx.Err()
	case late.Load():
		return response{}, &Error{Kind: TimeUp, Msg: fmt.Sprintf("stopped after %v", limit)}
	}
	return response{}, w.crash()
}

// crash says why the worker ended by itself, from its last words.
func (w *process) crash() error {
	w.kill()
	<-w.dead
	words := w.stderr.String()
	for line := range strings.Lines(words) {
		if what, ok := strings.CutPrefix(line, "panic: "); ok {
			what, _, _ = strings.Cut(what, " [recovered")
			return &Error{Kind: Crashed, Msg: "Cayley cannot run it: " + strings.TrimSpace(what)}
		}
	}
	if strings.Contains(words, "stack overflow") {
		return &Error{Kind: Crashed, Msg: "stopped: it nests or recurses too deep"}
	}
	if strings.Contains(words, "SIGBUS") {
		return errors.New("the graph's file was cut short while it was read: open another")
	}
	for _, sign := range noMemory {
		if strings.Contains(words, sign) {
			return &Error{Kind: Memory, Msg: "stopped: it takes more memory than it may"}
		}
	}
	first, _, _ := strings.Cut(words, "\n")
	return &Error{Kind: Crashed, Msg: strings.TrimSuffix(fmt.Sprintf("its worker ended: %v: %s", w.cmd.ProcessState, first), ": ")}
}

// noMemory are the last words of a Go program that gets no more memory. Most of
// its runtime says so; the rest does not look, and is met by a fault.
var noMemory = []string{
	"out of memory",
	"cannot allocate memory",
	"failed to create new OS thread",
	"pthread_create failed",
	"SIGSEGV: segmentation violation",
}

// lastWords keeps the beginning of what a worker says on stderr during a
// question: the message of a crash, not its long stacks.
type lastWords struct {
	mu   sync.Mutex
	text []byte
}

const maxWords = 8 << 10

func (l *lastWords) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, p[:min(len(p), maxWords-len(l.text))]...)
	return len(p), nil
}

func (l *lastWords) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = l.text[:0]
}

func (l *lastWords) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text)
}
