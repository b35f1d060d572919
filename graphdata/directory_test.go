package graphdata

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"cablegraph/cable"
	"cablegraph/graphdata/packed"
)

// numbered is a graph of n quads that differ by tag.
func numbered(tag string, n int) iter.Seq[quad.Quad] {
	return func(yield func(quad.Quad) bool) {
		for i := range n {
			if !yield(quad.Make(quad.IRI(fmt.Sprintf("person:%s-%08d", tag, i)), quad.IRI("cg:name"), tag, quad.IRI("cg:names"))) {
				return
			}
		}
	}
}

func build(t *testing.T, dir string, quads iter.Seq[quad.Quad], setAside ...*cable.Error) Manifest {
	t.Helper()
	d, err := NewDraft(dir)
	if err != nil {
		t.Fatal(err)
	}
	m, err := d.Commit(context.Background(), 1, withErrors(quads), func() []*cable.Error { return setAside }, packed.Options{})
	if err := errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
	return m
}

// content reads a whole graph and returns the name of its first quad.
func content(dir string) (string, error) {
	g, err := OpenGraph(dir)
	if err != nil {
		return "", err
	}
	defer g.Close()
	tag := ""
	for q, err := range g.Store.All() {
		if err != nil {
			return "", err
		}
		if tag == "" {
			tag = string(q.Object.(quad.String))
		}
	}
	return tag, nil
}

func mustHold(t *testing.T, dir, want string) {
	t.Helper()
	if got, err := content(dir); got != want || err != nil {
		t.Errorf("the graph holds %q, %v; want %q", got, err, want)
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestBuildAndBuildAgain(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "new", "g")
	m := build(t, dir, numbered("first", 1000))
	mustHold(t, dir, "first")
	if m.Quads != 1000 || m.Version != formatVersion || len(m.SHA256) != 64 {
		t.Errorf("%+v", m)
	}
	if again := build(t, dir, numbered("first", 1000)); again != m {
		t.Errorf("the same quads: %+v, then %+v", m, again)
	}
	build(t, dir, numbered("second", 10))
	mustHold(t, dir, "second")
	if got := names(t, dir); !slices.Equal(got, []string{"graph.packed", "manifest.json", "quarantine.jsonl"}) {
		t.Errorf("the graph has the files %q", got)
	}
	if got := names(t, filepath.Dir(dir)); !slices.Equal(got, []string{"g"}) {
		t.Errorf("the build left %q", got)
	}
}

func TestBuildIntoAnEmptyDirectoryAndThroughALink(t *testing.T) {
	parent := t.TempDir()
	dir, link := filepath.Join(parent, "g"), filepath.Join(parent, "link")
	if err := errors.Join(os.Mkdir(dir, 0o777), os.Symlink(dir, link)); err != nil {
		t.Fatal(err)
	}
	build(t, dir, numbered("first", 10))
	build(t, link, numbered("second", 10))
	mustHold(t, dir, "second")
	if got := names(t, parent); !slices.Equal(got, []string{"g", "link"}) {
		t.Errorf("the build left %q", got)
	}
}

func TestQuarantine(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "g")
	m := build(t, dir, numbered("first", 1),
		&cable.Error{Name: "b.txt", Err: errors.New("no <id>")},
		&cable.Error{Name: "a.txt", Line: 3, Col: 7, Field: "REF", Err: errors.New("cut off")})
	got, err := os.ReadFile(filepath.Join(dir, "quarantine.jsonl"))
	want := `{"file":"a.txt","line":3,"column":7,"field":"REF","reason":"cut off"}` + "\n" + `{"file":"b.txt","reason":"no <id>"}` + "\n"
	if err != nil || string(got) != want || m.SetAside != 2 {
		t.Errorf("%s %v, want %s", got, err, want)
	}
}

func TestNewDraftRefuses(t *testing.T) {
	parent := t.TempDir()
	path := func(name string) string { return filepath.Join(parent, name) }
	write := func(name, text string) {
		t.Helper()
		if err := errors.Join(os.MkdirAll(filepath.Dir(path(name)), 0o777), os.WriteFile(path(name), []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	write("file", "x")
	write("letters/mother.txt", "x")
	write("other/manifest.json", `{"format": "something"}`)
	build(t, path("mine"), numbered("first", 1))
	write("mine/notes.txt", "x")
	for name, want := range map[string]string{
		"file":    "is a file: a graph is a directory",
		"letters": "is a directory that is not a graph: choose another, or one that does not exist yet",
		"other":   "is a directory that is not a graph: choose another, or one that does not exist yet",
		"mine":    "holds notes.txt, which is no part of a graph and would be lost: move it away",
	} {
		d, err := NewDraft(path(name))
		if err == nil || err.Error() != path(name)+" "+want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
		if d != nil {
			t.Error(d.Close())
		}
	}
	if got := names(t, parent); !slices.Equal(got, []string{"file", "letters", "mine", "other"}) {
		t.Errorf("left %q", got)
	}
}

func TestOpenGraphRefuses(t *testing.T) {
	parent := t.TempDir()
	path := func(name string) string { return filepath.Join(parent, name) }
	for _, name := range []string{"older", "newer", "torn", "cut", "edited"} {
		build(t, path(name), numbered(name, 100))
	}
	change := func(name string, f func(string) string) {
		t.Helper()
		text, err := os.ReadFile(path(name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path(name), []byte(f(string(text))), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	version := func(v string) func(string) string {
		return func(s string) string { return strings.Replace(s, `"version": 2`, `"version": `+v, 1) }
	}
	change("older/manifest.json", version("1"))
	change("newer/manifest.json", version("3"))
	change("torn/manifest.json", func(s string) string { return s[:len(s)/2] })
	change("cut/graph.packed", func(s string) string { return s[:len(s)-200] })
	change("edited/graph.packed", func(s string) string { return strings.Replace(s, "edited", "forged", 1) })
	if err := errors.Join(os.WriteFile(path("file"), nil, 0o666), os.Mkdir(path("empty"), 0o777)); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"older":   path("older") + " has format 1 and this program reads 2: build it again from its cables",
		"newer":   path("newer") + " has format 3 and this program reads 2: use a newer program",
		"torn":    path("torn") + " is not a graph: manifest.json is of something else",
		"cut":     "the graph cannot be read: " + path("cut") + "/graph.packed: is cut short: build it again",
		"edited":  "the graph cannot be read: " + path("edited") + "/graph.packed: block 1 of 2 is damaged: build it again",
		"file":    path("file") + " is a file: a graph is a directory",
		"empty":   path("empty") + " is not a graph: it has no manifest.json",
		"nowhere": "there is no graph " + path("nowhere"),
	} {
		if _, err := content(path(name)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
	// An older graph is replaced by a build.
	build(t, path("older"), numbered("now", 1))
	mustHold(t, path("older"), "now")
}

func TestOneBuildAtATime(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "g")
	first, err := NewDraft(dir)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := NewDraft(dir); err == nil || err.Error() != dir+": another build into it is running" {
		t.Fatalf("a second build: %v, %v", second, err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	build(t, dir, numbered("third", 1))
	mustHold(t, dir, "third")
}

func TestAFailedOrInterruptedBuildLeavesTheEarlierGraph(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "g")
	build(t, dir, numbered("first", 10))

	ctx, cancel := context.WithCancel(context.Background())
	interrupted := func(yield func(quad.Quad) bool) {
		for q := range numbered("second", 1000) {
			if q.Subject == quad.IRI("person:second-00000500") {
				cancel()
			}
			if !yield(q) {
				return
			}
		}
	}
	bad := func(yield func(quad.Quad) bool) { yield(quad.Quad{Subject: quad.IRI("a:s"), Object: quad.IRI("a:o")}) }
	for _, quads := range []iter.Seq[quad.Quad]{interrupted, bad} {
		d, err := NewDraft(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Commit(ctx, 1, withErrors(quads), func() []*cable.Error { return nil }, packed.Options{}); err == nil {
			t.Error("the build went through")
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
		mustHold(t, dir, "first")
		ctx = context.Background()
	}
	if got := names(t, parent); !slices.Equal(got, []string{"g"}) {
		t.Errorf("left %q", got)
	}
}

// Where names cannot be exchanged, a kill between the two renames leaves no
// graph under its name; opening it or building again brings it back.
func TestReplaceByTwoRenames(t *testing.T) {
	parent := t.TempDir()
	dir, next := filepath.Join(parent, "g"), filepath.Join(parent, "next")
	for _, open := range []func(){
		func() { mustHold(t, dir, "first") },
		func() {
			d, err := NewDraft(dir)
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
			mustHold(t, dir, "first")
		},
	} {
		build(t, dir, numbered("first", 10))
		if err := os.MkdirAll(workDir(dir), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(dir, previous(dir)); err != nil { // and killed
			t.Fatal(err)
		}
		open()
	}

	build(t, next, numbered("second", 10))
	if err := os.MkdirAll(workDir(dir), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := replaceByTwoRenames(dir, next); err != nil {
		t.Fatal(err)
	}
	mustHold(t, dir, "second")
	if got := names(t, workDir(dir)); len(got) != 0 {
		t.Errorf("left %q", got)
	}
}

// TestKill kills a real process at many points of its builds. Whatever is left
// is a whole graph, and the next build is not in its way.
func TestKill(t *testing.T) {
	dir := os.Getenv("GRAPHDATA_TEST_KILL")
	if dir != "" {
		buildForEver(t, dir)
	}
	dir = filepath.Join(t.TempDir(), "g")
	build(t, dir, numbered("first", 10))
	seen := map[string]int{}
	r := rand.New(rand.NewSource(1))
	const rounds = 25
	for i := range rounds {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKill$")
		cmd.Env = append(os.Environ(), "GRAPHDATA_TEST_KILL="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// The child says at which quad of its build it is. It is killed there, or a
		// while later, wherever it is then: writing, syncing, renaming or removing.
		lines := bufio.NewScanner(out)
		for range 1 + r.Intn(12) {
			if !lines.Scan() {
				t.Fatalf("round %d: the child ended: %v", i, lines.Err())
			}
		}
		go func() { _, _ = io.Copy(io.Discard, out) }()
		if i%2 == 0 {
			time.Sleep(time.Duration(r.Intn(4000)) * time.Microsecond)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		tag, err := content(dir)
		if err != nil {
			t.Fatalf("round %d: %v", i, err)
		}
		seen[tag]++
	}
	if len(seen) < 2 {
		t.Errorf("in %d rounds only these graphs were left: %v", rounds, seen)
	}
	build(t, dir, numbered("last", 10))
	mustHold(t, dir, "last")
	if got := names(t, filepath.Dir(dir)); !slices.Equal(got, []string{"g"}) {
		t.Errorf("left %q", got)
	}
}

// buildForEver builds one graph after the other and says how far it is.
func buildForEver(t *testing.T, dir string) {
	for i := 0; ; i++ {
		tag := "child-" + strconv.Itoa(i)
		build(t, dir, func(yield func(quad.Quad) bool) {
			n := 0
			for q := range numbered(tag, 300) {
				if n++; n%100 == 0 {
					fmt.Println(tag, n)
				}
				if !yield(q) {
					return
				}
			}
		})
	}
}

func TestReadersSeeOneGraphWhileItIsReplaced(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "g")
	build(t, dir, numbered("first", 2000))
	g, err := OpenGraph(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	build(t, dir, numbered("second", 10))
	var b bytes.Buffer
	n := 0
	for q, err := range g.Store.All() {
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			b.WriteString(quad.ToString(q.Object))
		}
		n++
	}
	if n != 2000 || b.String() != "first" {
		t.Errorf("read %d quads of %q", n, b.String())
	}
	mustHold(t, dir, "second")
}
