package graphdata

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

func TestPostgreSQL(t *testing.T) {
	url := startPostgres(t)
	checkLoading(t, url)

	// Cayley deletes a node when no quad refers to it any more: the count must be right.
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var quads, refs int
	if err := conn.QueryRow(context.Background(), "SELECT (SELECT count(*) FROM quads), (SELECT sum(refs) FROM nodes)").Scan(&quads, &refs); err != nil || refs != 4*quads {
		t.Errorf("%d quads refer to nodes %d times, %v", quads, refs, err)
	}
	if _, err := OpenStore(context.Background(), strings.NewReplacer("graph@", "graph:secret@", "/postgres?", "/absent?").Replace(url)); err == nil ||
		strings.Contains(err.Error(), "secret") || !strings.HasPrefix(err.Error(), "store postgres://graph:xxxxx@") {
		t.Errorf("a database that is not there: %v", err)
	}
}

// startPostgres starts a PostgreSQL server of its own on a free port, with an
// empty database, and returns the URL. It skips the test where the programs of
// Debian's package postgresql are not installed.
func startPostgres(t *testing.T) string {
	t.Helper()
	initdb, server := findPostgres("initdb"), findPostgres("postgres")
	if initdb == "" || server == "" {
		t.Skip("PostgreSQL is not installed (Debian package postgresql)")
	}
	dir, err := os.MkdirTemp("", "pg") // short: the path of the server's socket must be
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })

	// PostgreSQL refuses to run as root.
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if os.Geteuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Skip("running as root, and there is no user postgres to start the server as")
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	data := filepath.Join(dir, "data")
	init := exec.Command(initdb, "-D", data, "-U", "graph", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	init.SysProcAttr = attr
	init.Dir = dir
	if out, err := init.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd := exec.Command(server, "-D", data, "-p", strconv.Itoa(port), "-h", "127.0.0.1", "-k", dir, "-c", "fsync=off")
	cmd.SysProcAttr, cmd.Dir, cmd.Stdout, cmd.Stderr = attr, dir, log, log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGQUIT) // at once, and with its children
		_ = cmd.Wait()
	})
	url := fmt.Sprintf("postgres://graph@127.0.0.1:%d/postgres?sslmode=disable", port)
	for range 600 {
		h, err := OpenStore(context.Background(), url)
		if err == nil {
			if err := h.Close(); err != nil {
				t.Fatal(err)
			}
			return url
		}
		time.Sleep(100 * time.Millisecond)
	}
	text, _ := os.ReadFile(log.Name())
	t.Fatalf("the server does not answer:\n%s", text)
	return ""
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
