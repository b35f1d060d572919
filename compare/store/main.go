// Command store compares the stores that a graph can be asked in: the same
// synthetic quads and questions (internal/storebench), each store loaded and
// asked in processes of its own, one after another. ./run.sh runs it.
//
//	store compare   load and ask the stores, check that they answer alike, print tables
//	store print     print the tables of what compare kept with -raw, of several runs on one graph too
//	store virtuoso  load a Virtuoso, a store of RDF, and ask it what can be said in SPARQL too
//
// load and ask are the steps of compare that it runs as child processes.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"cablegraph/internal/storebench"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "store:", err)
		stop()
		os.Exit(1)
	}
}

// options are the flags. Children are given those of their parent.
type options struct {
	graph      storebench.Graph
	stores     string
	iterations int
	budget     time.Duration
	timeout    time.Duration
	checks     int
	memory     int64 // bytes
	dir        string
	raw        string
	store      string // of one step
	at         string // its path or URL
}

func run(ctx context.Context, args []string, stdout io.Writer) error {
	if len(args) == 0 {
		return errors.New("want compare, print or virtuoso")
	}
	var o options
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	flags.IntVar(&o.graph.Quads, "quads", 1_000_000, "size of the graph")
	flags.Uint64Var(&o.graph.Seed, "seed", 1, "seed of the graph")
	flags.StringVar(&o.stores, "stores", strings.Join(storeNames(), ","), "what to compare")
	flags.IntVar(&o.iterations, "iterations", 200, "questions of each query")
	flags.DurationVar(&o.budget, "budget", 10*time.Second, "time for the questions of one query, and for comparing its answers")
	flags.DurationVar(&o.timeout, "timeout", 30*time.Second, "time for one answer")
	flags.IntVar(&o.checks, "checks", 3, "questions of each query whose whole answers are compared")
	flags.Int64Var(&o.memory, "memory", 1<<30, "bytes that building a packed store may work in")
	flags.StringVar(&o.dir, "dir", os.TempDir(), "directory for the stores, which are removed")
	flags.StringVar(&o.raw, "raw", "", "file for all that was measured, as JSON")
	flags.StringVar(&o.store, "store", "", "store of this step")
	flags.StringVar(&o.at, "at", "", "path or URL of the store")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	if args[0] == "print" {
		return printRaw(flags.Args(), stdout)
	}
	if o.graph.Quads < storebench.PerCable || o.iterations < 1 || flags.NArg() > 0 {
		return fmt.Errorf("want at least %d quads, one iteration, and flags only", storebench.PerCable)
	}
	switch args[0] {
	case "compare":
		return compare(ctx, o, args[1:], stdout)
	case "load":
		return step(stdout, func() (any, error) { return load(ctx, o) })
	case "ask":
		return step(stdout, func() (any, error) { return ask(ctx, o) })
	case "virtuoso":
		return virtuoso(ctx, o, stdout)
	}
	return fmt.Errorf("no command %q", args[0])
}

// step prints what a step found as JSON.
func step(w io.Writer, do func() (any, error)) error {
	result, err := do()
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(result)
}
