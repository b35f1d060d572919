package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// server is a database server that runs for one comparison.
type server struct {
	url   string
	files string // where the data lies
	empty int64  // bytes there before anything was loaded
	cmd   *exec.Cmd
	log   *bytes.Buffer
	peak  atomic.Int64
	done  chan struct{}
}

// startPostgres starts a PostgreSQL of its own with an empty database, in dir
// and on a free port of the loopback. It refuses to run as root and is then
// run as Debian's user postgres.
func startPostgres(ctx context.Context, dir string) (s *server, err error) {
	initdb, program := findPostgres("initdb"), findPostgres("postgres")
	if initdb == "" || program == "" {
		return nil, errors.New("PostgreSQL is not installed (Debian package postgresql)")
	}
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Geteuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			return nil, fmt.Errorf("a user to run PostgreSQL as: %w", err)
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(dir, uid, gid); err != nil {
			return nil, err
		}
	}
	data := filepath.Join(dir, "data")
	init := exec.CommandContext(ctx, initdb, "-D", data, "-U", "graph", "-A", "trust", "-E", "UTF8", "--locale=C")
	init.SysProcAttr, init.Dir = attr, dir
	if out, err := init.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		return nil, err
	}
	s = &server{
		url:   fmt.Sprintf("postgres://graph@127.0.0.1:%d/postgres?sslmode=disable", port),
		files: filepath.Join(data, "base"), // without the log of transactions
		log:   new(bytes.Buffer),
		done:  make(chan struct{}),
	}
	if s.empty, err = diskUse(s.files); err != nil {
		return nil, err
	}
	s.cmd = exec.Command(program, "-D", data, "-p", strconv.Itoa(port), "-h", "127.0.0.1", "-k", "",
		"-c", "shared_buffers=512MB", "-c", "max_wal_size=4GB")
	s.cmd.SysProcAttr, s.cmd.Dir, s.cmd.Stdout, s.cmd.Stderr = attr, dir, s.log, s.log
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	go s.watch()
	for range 600 {
		conn, err := pgx.Connect(ctx, s.url)
		if err == nil {
			return s, conn.Close(ctx)
		}
		time.Sleep(100 * time.Millisecond)
	}
	return nil, errors.Join(errors.New("PostgreSQL does not answer"), s.stop())
}

// findPostgres looks in PATH and where Debian keeps the server's programs.
func findPostgres(program string) string {
	if path, err := exec.LookPath(program); err == nil {
		return path
	}
	if found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + program); len(found) > 0 {
		return found[len(found)-1]
	}
	return ""
}

// watch keeps the largest sum of what the server's processes take, with shared
// memory counted once (Pss).
func (s *server) watch() {
	for {
		select {
		case <-s.done:
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

// stop ends the server and its children at once.
func (s *server) stop() error {
	close(s.done)
	if err := s.cmd.Process.Signal(syscall.SIGQUIT); err != nil {
		return err
	}
	_ = s.cmd.Wait() // the signal is no clean end
	return nil
}
