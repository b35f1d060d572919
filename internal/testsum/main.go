// Command testsum reads the output of go test -json, prints what a reader
// wants of it, and ends with one line that counts the tests:
//
//	412 passed, 0 failed, 3 skipped
//
// Of packages it prints the result, of failed tests the output, of skipped
// tests the reason. A subtest counts as a test. It exits with 1 if anything
// failed, a build or a package without a failing test included.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
)

// event is one line of go test -json: the fields of cmd/test2json that are
// read here.
type event struct {
	Action  string
	Package string
	Test    string // "" for the package as a whole
	Output  string
}

func main() {
	failed, err := summarize(os.Stdin, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "testsum:", err)
		os.Exit(1)
	}
	if failed > 0 {
		os.Exit(1)
	}
}

// summarize writes the report of the events in r and returns how many tests
// and packages failed.
func summarize(r io.Reader, w io.Writer) (failed int, err error) {
	var passed, skipped int
	output := map[[2]string][]string{} // of tests that are running, by package and test
	explained := map[string]bool{}     // packages with a test that failed
	in := bufio.NewScanner(r)
	in.Buffer(nil, 64<<20)
	for in.Scan() {
		var e event
		if json.Unmarshal(in.Bytes(), &e) != nil {
			fmt.Fprintln(w, in.Text()) // go itself speaks plainly when it cannot start
			failed++
			continue
		}
		at := [2]string{e.Package, e.Test}
		switch e.Action {
		case "output":
			if !strings.HasPrefix(e.Output, "=== ") { // RUN, PAUSE, CONT, NAME
				output[at] = append(output[at], e.Output)
			}
			continue
		case "build-output":
			fmt.Fprint(w, e.Output)
			continue
		case "pass", "fail", "skip":
		default:
			continue
		}
		lines := output[at]
		delete(output, at)
		if e.Test == "" {
			if e.Action == "fail" && !explained[e.Package] {
				failed++
				fmt.Fprint(w, strings.Join(lines, ""))
			} else if n := len(lines); n > 0 {
				fmt.Fprint(w, lines[n-1])
			}
			continue
		}
		switch e.Action {
		case "pass":
			passed++
		case "skip":
			skipped++
			fmt.Fprint(w, strings.Join(lines, ""))
		case "fail":
			failed++
			explained[e.Package] = true
			fmt.Fprintf(w, "%s\n%s", e.Package, strings.Join(lines, ""))
		}
	}
	if err := in.Err(); err != nil {
		return failed, err
	}
	if passed+failed+skipped == 0 {
		failed++
		fmt.Fprintln(w, "no tests ran")
	}
	fmt.Fprintf(w, "%d passed, %d failed, %d skipped\n", passed, failed, skipped)
	return failed, nil
}
