package queries

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"

	"cablegraph/graphdata"
)

// workerEnv, where set, makes the test binary a query worker over the N-Quads
// file that it names.
const workerEnv = "CABLEGRAPH_TEST_WORKER"

func TestMain(m *testing.M) {
	if file := os.Getenv(workerEnv); file != "" {
		err := Serve(os.Stdin, os.Stdout, func() (graph.QuadStore, error) {
			h, err := graphdata.OpenStore(context.Background(), file)
			if err != nil {
				return nil, err
			}
			return h.QuadStore, nil
		})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// graphFile is a small graph of invented people.
const graphFile = "mem:testdata/graph.nq"

func command(file string) func() *exec.Cmd {
	return func() *exec.Cmd {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), workerEnv+"="+file)
		return cmd
	}
}

func newRunner(t testing.TB, n int) *Runner {
	t.Helper()
	r, err := New(t.Context(), n, command(graphFile))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

func rows(r Result) string {
	return string(bytes.Join(toBytes(r), []byte("\n")))
}

func toBytes(r Result) [][]byte {
	b := make([][]byte, len(r.Rows))
	for i, row := range r.Rows {
		b[i] = row
	}
	return b
}

// alive asks a question that any worker can answer.
func alive(t *testing.T, r *Runner) {
	t.Helper()
	got, err := r.Run(t.Context(), Query{Gizmo, `g.Emit("alive")`, false}, Limits{})
	if err != nil || rows(got) != `"alive"` {
		t.Fatalf("the next question: %q, %v", rows(got), err)
	}
}

func TestRun(t *testing.T) {
	r := newRunner(t, 1)
	for _, test := range []struct {
		query Query
		want  string
	}{
		{Query{Gizmo, `g.V("<person:rosa-lobo>").Out("<cg:name>").All()`, false}, `{"id":"Rosa Lobo"}`},
		{Query{Gizmo, `g.V("<person:nobody>").Out("<cg:name>").All()`, false}, ``},
		{Query{Gizmo, `g.Emit({a: [1, 2.5, null, "<&>"]}); 7`, false}, `{"a":[1,2.5,null,"<&>"]}`},
		{Query{Gizmo, `g.V("<person:rosa-lobo>").All()`, true}, `{"id":{"@id":"person:rosa-lobo"}}`},
		{Query{GraphQL, `{ nodes(id: <person:rosa-lobo>) { id, name: <cg:name> } }`, false}, `{"nodes":{"id":"person:rosa-lobo","name":"Rosa Lobo"}}`},
		{Query{GraphQL, `{ nodes(id: <person:nobody>) { id } }`, false}, `{"nodes":null}`},
	} {
		got, err := r.Run(t.Context(), test.query, Limits{})
		if err != nil || rows(got) != test.want || got.More {
			t.Errorf("%s\n got %s, %v, %v\nwant %s", test.query.Text, rows(got), got.More, err, test.want)
		}
	}
}

// A wrong question is told its place and does not cost a worker.
func TestInvalid(t *testing.T) {
	r := newRunner(t, 1)
	before := workerPID(t, r)
	for _, test := range []struct {
		lang Language
		text string
		want string
	}{
		{Gizmo, "g.V(", `line 1, column 5: SyntaxError: Unexpected end of input`},
		{Gizmo, "g.V()\nvar x = ;", `line 2, column 9: SyntaxError: Unexpected token ;`},
		{Gizmo, `g.V().Foo()`, `line 1, column 10: TypeError: Object has no member 'Foo'`},
		{Gizmo, "\n\n  nothing()", `line 3, column 10: ReferenceError: nothing is not defined`},
		{Gizmo, `g.V().Save(1, 2, 3).All()`, `unexpected arguments count: 3`},
		{Gizmo, "throw new Error('a\\nb')", `line 1, column 7: Error: a b`},
		{GraphQL, "{ x(id: ", `line 1, column 9: SyntaxError: Unexpected EOF`},
		{GraphQL, "{\n  x { *, id }\n}", `expand all cannot be used with other fields`},
		{GraphQL, ` `, `unsupported query type`},
		{"mql", `[{}]`, `no query language "mql": there are gizmo and graphql`},
	} {
		_, err := r.Run(t.Context(), Query{test.lang, test.text, false}, Limits{})
		if KindOf(err) != Invalid || err.Error() != test.want {
			t.Errorf("%s\n got %v\nwant %s", test.text, err, test.want)
		}
	}
	if after := workerPID(t, r); after != before {
		t.Errorf("the worker was replaced")
	}
}

func TestRowLimit(t *testing.T) {
	r := newRunner(t, 1)
	before := workerPID(t, r)
	for _, test := range []struct {
		text string
		n    int
		more bool
	}{
		{`g.V("<person:rosa-lobo>", "<person:ivo-prado>", "<agency:hcu>").All()`, 3, false},
		{`g.V("<person:rosa-lobo>", "<person:ivo-prado>", "<agency:hcu>", "<cg:names>").All()`, 3, true},
		{`for (var i = 0; i < 3; i++) g.Emit(i)`, 3, false},
		{`for (var i = 0; i < 1000; i++) g.Emit(i)`, 3, true},
		{`var i = 0; while (true) g.Emit(i++)`, 3, true},
		{`g.V().GetLimit(1000)`, 3, true},
	} {
		got, err := r.Run(t.Context(), Query{Gizmo, test.text, false}, Limits{Rows: 3})
		if err != nil || len(got.Rows) != test.n || got.More != test.more {
			t.Errorf("%s: %d rows, more %v, %v", test.text, len(got.Rows), got.More, err)
		}
	}
	if after := workerPID(t, r); after != before {
		t.Errorf("the worker was replaced")
	}
	// One that cannot be interrupted after its last row is left behind.
	got, err := r.Run(t.Context(), Query{Gizmo, `var a = new Array(1 << 28); a[0] = a[1] = a[2] = a[3] = 1; a.forEach(g.Emit)`, false}, Limits{Rows: 3})
	if err != nil || len(got.Rows) != 3 || !got.More {
		t.Errorf("%d rows, more %v, %v", len(got.Rows), got.More, err)
	}
	if after := workerPID(t, r); after == before {
		t.Errorf("the worker was not replaced")
	}
}

func TestSizeLimits(t *testing.T) {
	r := newRunner(t, 1)
	_, err := r.Run(t.Context(), Query{Gizmo, strings.Repeat(" ", 1001), false}, Limits{Text: 1000})
	if KindOf(err) != TooLong {
		t.Errorf("long question: %v", err)
	}
	_, err = r.Run(t.Context(), Query{Gizmo, `while (true) g.Emit("0123456789")`, false}, Limits{Output: 1000})
	if KindOf(err) != TooLarge {
		t.Errorf("long answer: %v", err)
	}
	alive(t, r)
}

// Questions that kill, hang or bloat the process that runs them.
func TestHostile(t *testing.T) {
	for _, test := range []struct {
		name string
		lang Language
		text string
		want []Kind // whichever limit is met first
	}{
		{"loop", Gizmo, `while (true) {}`, []Kind{TimeUp}},
		{"loop over the graph", Gizmo, `while (true) g.V().ToArray()`, []Kind{TimeUp}},
		{"growing string", Gizmo, `var s = "xxxxxxxx"; while (true) s += s`, []Kind{Memory}},
		{"growing array", Gizmo, `var a = []; while (true) a.push([1, 2, 3])`, []Kind{Memory}},
		{"native join", Gizmo, `new Array(1 << 28).join("xxxx")`, []Kind{Memory}},
		{"native repeat", Gizmo, `"x".repeat(1 << 30)`, []Kind{Memory}},
		{"native sort", Gizmo, `var a = []; for (var i = 0; i < 1e4; i++) a.push(i); a.sort(function() { while (true) {} })`, []Kind{TimeUp}},
		{"native recursion", Gizmo, `function f() { [1].forEach(f) } f()`, []Kind{Crashed, Memory}},
		{"recursion", Gizmo, `function f() { f() } f()`, []Kind{Memory, Crashed, TimeUp}},
		{"parentheses", Gizmo, strings.Repeat("(", 300_000) + strings.Repeat(")", 300_000), []Kind{Crashed, Memory}},
		{"brackets", Gizmo, strings.Repeat("[", 300_000), []Kind{Crashed, Memory}},
		{"iri of a number", Gizmo, `iri(1)`, []Kind{Crashed}},
		{"str of an object", Gizmo, `str({})`, []Kind{Crashed}},
		{"out of an object", Gizmo, `g.V().Out({}).All()`, []Kind{Crashed}},
		{"regular expression", Gizmo, `/^(?=a)(a+)+$/.test(new Array(40).join("a") + "b")`, []Kind{TimeUp}},
		{"nested fields", GraphQL, strings.Repeat("{a", 300_000), []Kind{Crashed, Memory}},
		{"nested lists", GraphQL, "{ a(id: " + strings.Repeat("[", 1_000_000), []Kind{Crashed, Memory, Invalid}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			// Those that meet another limit have all the time they need.
			limits := Limits{Time: time.Minute, Memory: 128 << 20, Text: 2 << 20}
			if slices.Contains(test.want, TimeUp) {
				limits.Time = time.Second
			}
			want := test.want
			if underRace && slices.Contains(want, Memory) {
				want = append(want, Crashed) // the race detector has its own last words
			}
			r := newRunner(t, 1)
			_, err := r.Run(t.Context(), Query{test.lang, test.text, false}, limits)
			if !slices.Contains(want, KindOf(err)) {
				t.Errorf("%q error %v, want one of %q", KindOf(err), err, want)
			}
			alive(t, r)
		})
	}
}

// Memory is what a question adds, over and over.
func TestMemoryIsGivenBack(t *testing.T) {
	r := newRunner(t, 1)
	before := workerPID(t, r)
	for range 20 { // together more than the limit
		_, err := r.Run(t.Context(), Query{Gizmo, `g.Emit("x".repeat(1 << 22).length)`, false}, Limits{Memory: 48 << 20})
		if err != nil {
			t.Fatal(err)
		}
	}
	if after := workerPID(t, r); after != before {
		t.Errorf("the worker was replaced")
	}
}

func TestCancel(t *testing.T) {
	r := newRunner(t, 1)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := r.Run(ctx, Query{Gizmo, `while (true) {}`, false}, Limits{Time: time.Minute})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
	alive(t, r)
}

func TestBusy(t *testing.T) {
	r := newRunner(t, 1)
	var wg sync.WaitGroup
	started := make(chan bool)
	ctx, cancel := context.WithCancel(t.Context())
	wg.Go(func() {
		close(started)
		_, _ = r.Run(ctx, Query{Gizmo, `while (true) {}`, false}, Limits{Time: time.Minute})
	})
	<-started
	for { // until the other question has the worker
		_, err := r.Run(t.Context(), Query{Gizmo, `g.Emit(1)`, false}, Limits{Time: 100 * time.Millisecond})
		if KindOf(err) == Busy {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	cancel()
	wg.Wait()
	alive(t, r)
}

func TestManyAtOnce(t *testing.T) {
	r := newRunner(t, 2)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			if i%4 == 3 {
				if _, err := r.Run(t.Context(), Query{Gizmo, `iri(1)`, false}, Limits{}); KindOf(err) != Crashed {
					t.Errorf("crashing question: %v", err)
				}
				return
			}
			got, err := r.Run(t.Context(), Query{Gizmo, fmt.Sprintf(`g.Emit(%d)`, i), false}, Limits{})
			if err != nil || rows(got) != strconv.Itoa(i) {
				t.Errorf("question %d: %q, %v", i, rows(got), err)
			}
		})
	}
	wg.Wait()
}

func TestNoGraph(t *testing.T) {
	_, err := New(t.Context(), 2, command("mem:testdata/absent.nq"))
	if err == nil || !strings.Contains(err.Error(), "absent.nq") {
		t.Errorf("error %v", err)
	}
	_, err = New(t.Context(), 1, func() *exec.Cmd { return exec.Command("testdata/absent") })
	if err == nil || !strings.Contains(err.Error(), "start query worker") {
		t.Errorf("error %v", err)
	}
}

// A worker that dies between questions is replaced.
func TestKilledWhileIdle(t *testing.T) {
	r := newRunner(t, 1)
	p, err := os.FindProcess(workerPID(t, r))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Kill(); err != nil {
		t.Fatal(err)
	}
	// The runner may hand out the dead worker once, before it hears of the end.
	_, err = r.Run(t.Context(), Query{Gizmo, `g.Emit(1)`, false}, Limits{})
	if err != nil && KindOf(err) != Crashed {
		t.Errorf("error %v", err)
	}
	alive(t, r)
}

func TestClose(t *testing.T) {
	r, err := New(t.Context(), 2, command(graphFile))
	if err != nil {
		t.Fatal(err)
	}
	pid := workerPID(t, r)
	answered := make(chan error, 1)
	go func() {
		_, err := r.Run(context.Background(), Query{Gizmo, `while (true) {}`, false}, Limits{Time: time.Minute})
		answered <- err
	}()
	r.Close()
	if err := <-answered; !errors.Is(err, errClosed) {
		t.Errorf("question under way: %v", err)
	}
	if running(pid) {
		t.Errorf("worker %d is still running", pid)
	}
	if _, err := r.Run(t.Context(), Query{Gizmo, `g.Emit(1)`, false}, Limits{}); !errors.Is(err, errClosed) {
		t.Errorf("question after Close: %v", err)
	}
}

// A busy worker ends when its runner is killed.
func TestOrphan(t *testing.T) {
	cmd := command(graphFile)()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var opened response
	if err := readFrame(out, &opened); err != nil {
		t.Fatal(err)
	}
	if err := writeFrame(in, request{Lang: Gizmo, Text: `while (true) {}`, Memory: 64 << 20, Rows: 1, Output: 100}); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond)
	in.Close() // as the kernel does for a process that dies
	if err := cmd.Wait(); err != nil {
		t.Errorf("worker: %v", err)
	}
}

// workerPID returns the process id of a worker of r that is free.
func workerPID(t *testing.T, r *Runner) int {
	t.Helper()
	l := <-r.leases
	if l.err != nil {
		t.Fatal(l.err)
	}
	defer close(l.back)
	return l.worker.cmd.Process.Pid
}

// running tells whether there is a process pid, by the signal that is none.
func running(pid int) bool {
	return exec.Command("kill", "-0", strconv.Itoa(pid)).Run() == nil
}
