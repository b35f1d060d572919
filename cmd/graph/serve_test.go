package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// server is a running graph serve.
type server struct {
	url    string
	cmd    *exec.Cmd
	stdout *bufio.Reader
	stderr bytes.Buffer
}

// serve starts graph serve on a free port and waits until it answers.
func serve(t *testing.T, args ...string) *server {
	t.Helper()
	s := &server{cmd: exec.Command("graph", append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)}
	s.cmd.Stderr = &s.stderr
	s.cmd.Env = append(os.Environ(), "TMPDIR="+t.TempDir())
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.cmd.Process.Kill(); _ = s.cmd.Wait() })
	s.stdout = bufio.NewReader(out)
	line, err := s.stdout.ReadString('\n')
	_, rest, ok := strings.Cut(line, " at ")
	if err != nil || !ok {
		_ = s.cmd.Wait()
		t.Fatalf("graph serve said %q, %v\n%s", line, err, s.stderr.String())
	}
	s.url, _, _ = strings.Cut(rest, "/ ")
	return s
}

// ask posts a question and returns the rows.
func (s *server) ask(t *testing.T, path, question string) []map[string]any {
	t.Helper()
	status, body := s.post(t, path, question)
	var answer struct{ Result []map[string]any }
	if err := json.Unmarshal(body, &answer); err != nil || status != http.StatusOK {
		t.Fatalf("%s: %d, %v\n%s", path, status, err, body)
	}
	return answer.Result
}

func (s *server) post(t *testing.T, path, question string) (int, []byte) {
	t.Helper()
	resp, err := http.Post(s.url+path, "text/plain", strings.NewReader(question))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, body
}

// saved runs a saved query and returns its rows.
func (s *server) saved(t *testing.T, name string, params ...string) []map[string]any {
	t.Helper()
	values := url.Values{"limit": {"-1"}}
	for i := 0; i < len(params); i += 2 {
		values.Set(params[i], params[i+1])
	}
	return s.ask(t, "/api/v1/queries/"+name+"?"+values.Encode(), "")
}

// Cables in, answers out, and nothing is left behind at the end.
func TestServeCables(t *testing.T) {
	s := serve(t, "../../examples/cables")
	if rows := s.saved(t, "types"); len(rows) == 0 {
		t.Error("the graph is empty")
	}
	missing := s.saved(t, "missing-cables")
	for _, row := range missing {
		if row["paragraph"] != strings.TrimSuffix(fmt.Sprint(row["cable"]), ">")+"/0>" {
			t.Errorf("the row %v does not carry the header's paragraph", row)
		}
	}
	if len(missing) == 0 {
		t.Error("no referenced cable is missing")
	}

	// The lines that serve prints work as they are.
	said := ""
	for range 2 {
		line, err := s.stdout.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		said += line
	}
	if n := strings.Count(said, "  curl '"+s.url); n != 2 {
		t.Errorf("serve printed %d lines of curl:\n%s", n, said)
	}
	if _, err := exec.LookPath("curl"); err == nil {
		for line := range strings.Lines(said) {
			out, err := exec.Command("sh", "-c", strings.Replace(line, "curl", "curl -sf", 1)).Output()
			if err != nil || !json.Valid(out) || bytes.Contains(out, []byte("null")) {
				t.Errorf("%s: %v\n%s", line, err, out)
			}
		}
	}

	// A hostile question costs its asker an error.
	if status, body := s.post(t, "/api/v1/query/gizmo", `iri(1)`); status != http.StatusUnprocessableEntity {
		t.Errorf("crashing question: %d %s", status, body)
	}
	if rows := s.ask(t, "/api/v1/query/gizmo", `g.Emit({alive: true})`); len(rows) != 1 {
		t.Errorf("the next question: %v", rows)
	}

	workers := children(t, s.cmd.Process.Pid)
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("graph serve ended with %v\n%s", err, s.stderr.String())
	}
	for _, pid := range workers {
		if running(pid) {
			t.Errorf("worker %d is still running", pid)
		}
	}
	for _, env := range s.cmd.Env {
		if dir, ok := strings.CutPrefix(env, "TMPDIR="); ok && dir != os.Getenv("TMPDIR") {
			left, err := os.ReadDir(dir)
			if err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		}
	}
}

// A server that is killed takes its workers with it, the busy ones too.
func TestServeKilled(t *testing.T) {
	s := serve(t, "mem:../../queries/testdata/graph.nq", "--timeout", "1m")
	busy := make(chan error, 1)
	go func() {
		resp, err := http.Post(s.url+"/api/v1/query/gizmo", "text/plain", strings.NewReader(`while (true) {}`))
		if err == nil {
			resp.Body.Close()
		}
		busy <- err
	}()
	workers := children(t, s.cmd.Process.Pid)
	time.Sleep(100 * time.Millisecond) // so that the question has begun, most likely
	if err := s.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-busy
	for _, pid := range workers {
		for range 500 {
			if !running(pid) {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		if running(pid) {
			t.Errorf("worker %d outlives its server", pid)
		}
	}
}

// children returns the processes that pid has started.
func children(t *testing.T, pid int) []int {
	t.Helper()
	threads, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
	if err != nil {
		t.Skipf("cannot list processes: %v", err)
	}
	var text []byte
	for _, thread := range threads {
		part, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/children", pid, thread.Name()))
		if err != nil {
			continue // the thread has ended meanwhile
		}
		text = append(text, part...)
	}
	var pids []int
	for _, field := range strings.Fields(string(text)) {
		child := 0
		if _, err := fmt.Sscan(field, &child); err != nil {
			t.Fatal(err)
		}
		pids = append(pids, child)
	}
	if len(pids) == 0 {
		t.Error("there are no workers")
	}
	return pids
}

// running tells whether pid is a process, and not one that has ended and was
// not waited for.
func running(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, state, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(state, "Z")
}
