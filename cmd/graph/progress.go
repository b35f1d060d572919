package main

import (
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows on a terminal how far long work has come; elsewhere nothing.
type progress struct{ bar *progressbar.ProgressBar }

// newProgress starts to count things of the given name on w.
func newProgress(w io.Writer, what string) progress {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return progress{}
	}
	return progress{progressbar.NewOptions64(-1,
		progressbar.OptionSetWriter(w),
		progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionThrottle(100e6),
	)}
}

// set shows that n things are done.
func (p progress) set(n int64) {
	if p.bar != nil {
		_ = p.bar.Set64(n)
	}
}

// finish takes the display away.
func (p progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}

// step shows that of a step done things of all are done.
func (p progress) step(name string, done, of int64) {
	if p.bar != nil {
		p.bar.Describe(name)
		if of > 0 {
			p.bar.ChangeMax64(of)
		}
		_ = p.bar.Set64(done)
	}
}
