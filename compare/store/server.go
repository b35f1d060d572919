package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// server is a database server that runs for one comparison.
type server struct {
	url   string
	files string // where the data lies
	empty int64  // bytes there before anything was loaded

	cmd   *exec.Cmd
	log   *bytes.Buffer // to be read when the server has stopped
	peak  atomic.Int64  // bytes
	ended chan struct{}
}

// newServer starts a server that keeps its data below dir.
func newServer(dir string, attr *syscall.SysProcAttr, program string, args ...string) (*server, error) {
	s := &server{cmd: exec.Command(program, args...), log: new(bytes.Buffer), ended: make(chan struct{})}
	s.cmd.Dir, s.cmd.SysProcAttr, s.cmd.Stdout, s.cmd.Stderr = dir, attr, s.log, s.log
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = s.cmd.Wait() // it is killed, if it does not fail before: see the log
		close(s.ended)
	}()
	go s.watch()
	return s, nil
}

// await tries every tenth of a second whether the server answers.
func (s *server) await(ctx context.Context, try func() error) error {
	var err error
	for range 600 {
		if err = try(); err == nil {
			return nil
		}
		select {
		case <-s.ended:
			return fmt.Errorf("%s ended: %w", s.cmd.Path, err)
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return fmt.Errorf("%s does not answer: %w", s.cmd.Path, err)
}

// watch keeps the largest sum of what the server's processes take, with shared
// memory counted once (Pss).
func (s *server) watch() {
	for {
		select {
		case <-s.ended:
			return
		case <-time.After(200 * time.Millisecond):
		}
		pids := []string{strconv.Itoa(s.cmd.Process.Pid)}
		if children, err := os.ReadFile(fmt.Sprintf("/proc/%s/task/%[1]s/children", pids[0])); err == nil {
			pids = append(pids, strings.Fields(string(children))...)
		}
		var sum int64
		for _, pid := range pids {
			pss, _ := procField("/proc/"+pid+"/smaps_rollup", "Pss") // a process may be gone by now
			sum += pss
		}
		s.peak.Store(max(s.peak.Load(), sum))
	}
}

// stop ends the server and its children at once. PostgreSQL takes SIGQUIT so.
func (s *server) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGQUIT) // it may have ended
	select {
	case <-s.ended:
	case <-time.After(5 * time.Second):
		_ = s.cmd.Process.Kill()
		<-s.ended
	}
}

// unprivileged returns the attributes of a process that is not run as root but
// as the named user, to whom dir is given, and that ends when this one does.
func unprivileged(dir, name string) (*syscall.SysProcAttr, error) {
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Geteuid() != 0 {
		return attr, nil
	}
	u, err := user.Lookup(name)
	if err != nil {
		return nil, err
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attr, os.Chown(dir, uid, gid)
}

// freePort returns a port of the loopback that nothing listens on.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}
