// Command graph turns diplomatic cables into a knowledge graph and answers
// questions about it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

// commands lists what graph can do, in the order in which help shows it.
func commands() []*cobra.Command {
	return []*cobra.Command{
		newServeCommand(),
		newBuildCommand(),
		newQueryCommand(),
		newCheckCommand(),
		newExtractCommand(),
		newEvalCommand(),
		newRulesCommand(),
		newExportCommand(),
		newLoadCommand(),
		newStatsCommand(),
		newVerifyCommand(),
		newGenerateCommand(),
		newVersionCommand(),
		newQueryWorkerCommand(),
	}
}

// The exit codes.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitSetAside    = 3 // done, but cables were set aside
	exitInterrupted = 130
)

// exitError is an error that chooses the exit code.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

// usageError is for arguments that cobra lets pass and the command does not.
func usageError(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

// setAsideError ends a command that did its work but had to leave n cables out.
func setAsideError(n int) error {
	return &exitError{exitSetAside, fmt.Errorf("%s set aside", plural(n, "cable"))}
}

// plural writes "1 cable", "2 cables".
func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C does not wait
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run executes one command line and returns its exit code. Results go to
// stdout; everything that is said about them goes to stderr.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRootCommand()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)

	// What cobra refuses before the command itself runs is wrong usage.
	started := false
	all := root.Commands()
	for i := 0; i < len(all); i++ {
		c := all[i]
		all = append(all, c.Commands()...)
		if runE := c.RunE; runE != nil {
			c.RunE = func(cmd *cobra.Command, args []string) error {
				started = true
				return runE(cmd, args)
			}
		}
	}
	var cmd *cobra.Command
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		cmd, err = root.ExecuteContextC(ctx)
	}()
	if !wait(ctx, done) {
		fmt.Fprintln(stderr, "graph: interrupted")
		return exitInterrupted
	}
	if err == nil {
		return exitDone
	}
	if ctx.Err() != nil {
		fmt.Fprintf(stderr, "%s: interrupted\n", cmd.CommandPath())
		return exitInterrupted
	}
	code := exitFailed
	var e *exitError
	switch {
	case errors.As(err, &e):
		code = e.code
	case !started:
		code = exitUsage
	}
	fmt.Fprintf(stderr, "%s: %v\n", cmd.CommandPath(), err)
	if code == exitUsage {
		fmt.Fprintf(stderr, "Run '%s --help' for usage.\n", cmd.CommandPath())
	}
	return code
}

// grace is how long an interrupted command may take to clean up. One that
// waits for input that does not come never ends; leaving it is safe, because
// being killed is.
const grace = 2 * time.Second

// wait reports whether done is closed before ctx and then the time of grace
// end.
func wait(ctx context.Context, done <-chan struct{}) bool {
	select {
	case <-done:
		return true
	case <-ctx.Done():
	}
	select {
	case <-done:
		return true
	case <-time.After(grace):
		return false
	}
}

func newRootCommand() *cobra.Command {
	cobra.EnableCommandSorting = false
	verbose := false
	root := &cobra.Command{
		Use:   "graph",
		Short: "Turn diplomatic cables into a knowledge graph and ask it questions",
		Long: `graph reads diplomatic cables, finds the people, bodies, places, laws and cases in
them and what is said of these, and keeps it all as a graph that answers Gizmo and
GraphQL queries. Every fact leads back to the paragraph that states it.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but cables were set aside,
130 interrupted.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRun: func(cmd *cobra.Command, args []string) {
			level := slog.LevelWarn
			if verbose {
				level = slog.LevelDebug
			}
			slog.SetDefault(slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: level})))
		},
	}
	root.PersistentFlags().BoolVarP(&verbose, "verbose", "v", false, "log what is being done")
	root.AddCommand(commands()...)
	return root
}
