package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"cablegraph/internal/storebench"
)

// result is all that was measured of one store.
type result struct {
	Store  string
	Loaded *loaded `json:",omitempty"` // nil for a store that is filled when it is opened
	Disk   int64   // bytes
	Asked  *asked  `json:",omitempty"`
	// ServerPeak is the most bytes that the store's server took while loading, and in all.
	ServerPeak [2]int64
	Err        string `json:",omitempty"`
}

// comparison is one run.
type comparison struct {
	Graph      storebench.Graph
	Iterations int // questions of a query that were wanted
	Machine    string
	Results    []result
}

// compare measures the stores one after another; one that fails is reported
// and the others go on.
func compare(ctx context.Context, o options, flags []string, stdout io.Writer) error {
	var chosen []store
	for _, name := range strings.Split(o.stores, ",") {
		s, err := findStore(name)
		if err != nil {
			return err
		}
		chosen = append(chosen, s)
	}
	c := comparison{Graph: o.graph, Iterations: o.iterations, Machine: machine()}
	for _, s := range chosen {
		r := result{Store: s.name}
		if err := r.measure(ctx, s, o, flags); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			r.Err = err.Error()
			fmt.Fprintf(os.Stderr, "%s: %v\n", s.name, err)
		}
		c.Results = append(c.Results, r)
		if o.raw != "" { // after every store, as a run takes long
			data, err := json.Marshal(c)
			if err != nil {
				return err
			}
			if err := os.WriteFile(o.raw, append(data, '\n'), 0o666); err != nil {
				return err
			}
		}
	}
	if _, err := io.WriteString(stdout, c.markdown()); err != nil {
		return err
	}
	return c.fault()
}

// printRaw prints the tables of runs on the same graph as if they were one.
func printRaw(files []string, stdout io.Writer) error {
	var all comparison
	for i, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var c comparison
		if err := json.Unmarshal(data, &c); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if i == 0 {
			all = c
			continue
		}
		if c.Graph != all.Graph || c.Iterations != all.Iterations || c.Machine != all.Machine {
			return fmt.Errorf("%s: another graph, machine or number of questions than in %s", file, files[0])
		}
		all.Results = append(all.Results, c.Results...)
	}
	if len(all.Results) == 0 {
		return errors.New("want files with results")
	}
	_, err := io.WriteString(stdout, all.markdown())
	return err
}

func (r *result) measure(ctx context.Context, s store, o options, flags []string) (err error) {
	dir, err := os.MkdirTemp(o.dir, "store-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	at := filepath.Join(dir, "graph")
	files := at
	var server *server
	if s.serve != nil {
		if server, err = s.serve(ctx, dir); err != nil {
			return err
		}
		defer func() {
			server.stop()
			r.ServerPeak[1] = server.peak.Load()
			if err != nil {
				err = fmt.Errorf("%w\n%s", err, server.log)
			}
		}()
		at, files = server.url, server.files
	}
	if s.load != nil {
		fmt.Fprintf(os.Stderr, "%s: load\n", s.name)
		if err := child(ctx, &r.Loaded, "load", s.name, at, flags); err != nil {
			return err
		}
		if r.Disk, err = diskUse(files); err != nil {
			return err
		}
		if server != nil {
			r.ServerPeak[0] = server.peak.Load()
			r.Disk -= server.empty
		}
	}
	fmt.Fprintf(os.Stderr, "%s: ask\n", s.name)
	return child(ctx, &r.Asked, "ask", s.name, at, flags)
}

// child runs this program for one step of one store.
func child(ctx context.Context, result any, step, store, at string, flags []string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, self, append(append([]string{step}, flags...), "-store", store, "-at", at)...)
	cmd.Env = append(os.Environ(), childVariable+"=1")
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", step, err)
	}
	return json.Unmarshal(out.Bytes(), result)
}

// childVariable tells a test's program that it is run as a child.
const childVariable = "CABLEGRAPH_STORE_CHILD"

func machine() string {
	model := runtime.GOARCH
	if data, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if _, rest, ok := strings.Cut(string(data), "model name\t: "); ok {
			model, _, _ = strings.Cut(rest, "\n")
		}
	}
	return fmt.Sprintf("%d cores of %s, %s", runtime.NumCPU(), model, runtime.Version())
}
