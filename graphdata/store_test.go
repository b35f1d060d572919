package graphdata

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query"
	_ "github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/quad"
)

// withErrors is what Load reads.
func withErrors(quads iter.Seq[quad.Quad]) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for q := range quads {
			if !yield(q, nil) {
				return
			}
		}
	}
}

// dump returns all quads of a store as sorted N-Quads lines.
func dump(t *testing.T, h *graph.Handle) []string {
	t.Helper()
	var all []string
	it := h.QuadsAllIterator()
	defer it.Close()
	for it.Next(context.Background()) {
		line, err := AppendQuad(nil, h.Quad(it.Result()))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(line))
	}
	if err := it.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// ask runs a Gizmo query and returns the rows' ids, sorted.
func ask(t *testing.T, h *graph.Handle, text string) []string {
	t.Helper()
	session := query.NewSession(h.QuadStore, "gizmo")
	if session == nil {
		t.Fatal("no Gizmo")
	}
	it, err := session.Execute(context.Background(), text, query.Options{Collation: query.JSON, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	defer it.Close()
	var rows []string
	for it.Next(context.Background()) {
		rows = append(rows, fmt.Sprint(it.Result().(map[string]interface{})["id"]))
	}
	if err := it.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(rows)
	return rows
}

// checkHarbour checks that a store holds the quads of the harbour, no more and
// no fewer, and answers.
func checkHarbour(t *testing.T, url string) {
	t.Helper()
	h, err := OpenStore(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	}()
	want := strings.SplitAfter(string(nquads(t, newHarbour(t).graph())), "\n")
	if got := dump(t, h); !slices.Equal(got, want[:len(want)-1]) {
		t.Errorf("%d quads, want %d", len(got), len(want)-1)
		for _, line := range got {
			if !slices.Contains(want, line) {
				t.Errorf("not of the harbour: %s", line)
				break
			}
		}
	}
	for text, want := range map[string][]string{
		`g.V("<person:ana-prado>").Out("<cg:arrestedBy>").All()`:                                       {"<agency:nhi>"},
		`g.V("<cg:Event>").In("<rdfs:subClassOf>").In("<rdf:type>").Out("<cg:person>").Unique().All()`: {"<person:ana-prado>", "<person:bruno-salas>", "<person:carla-rios>", "three men"},
		`g.V().Has("<cg:months>", gt(120)).Out("<cg:person>").All()`:                                   {"<person:bruno-salas>"},
		`g.V("<agency:nhi>").LabelContext("<cable:07LIMA412/3>").Out().Unique().All()`:                 {"<cable:07LIMA412/3>", "shelters"},
	} {
		if got := ask(t, h, text); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// checkLoading loads the harbour into a store, again, and in part before.
func checkLoading(t *testing.T, url string) {
	t.Helper()
	g := newHarbour(t).graph()
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	_, err := Load(ctx, url, func(yield func(quad.Quad, error) bool) {
		for q := range Quads(g) {
			if n++; n == 200 {
				cancel()
				return
			}
			if !yield(q, nil) {
				return
			}
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("an interrupted load: %v", err)
	}
	for range 2 {
		n, err := Load(context.Background(), url, withErrors(Quads(g)))
		if err != nil || n < 300 {
			t.Fatalf("loaded %d quads, %v", n, err)
		}
		checkHarbour(t, url)
	}
	broken := errors.New("broken")
	if _, err := Load(context.Background(), url, func(yield func(quad.Quad, error) bool) { yield(quad.Quad{}, broken) }); !errors.Is(err, broken) {
		t.Errorf("a broken source: %v", err)
	}
}

func TestOpenStoreOfADirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "g")
	build(t, dir, Quads(newHarbour(t).graph()))
	checkHarbour(t, dir)
}

func TestOpenStoreOfAFile(t *testing.T) {
	checkHarbour(t, "mem:testdata/harbour.nq")
}

func TestLevelDB(t *testing.T) {
	checkLoading(t, "leveldb:"+filepath.Join(t.TempDir(), "db"))
}

func TestPostgreSQL(t *testing.T) {
	url := startPostgres(t)
	checkLoading(t, url)
	if _, err := OpenStore(context.Background(), strings.NewReplacer("graph@", "graph:secret@", "/postgres?", "/absent?").Replace(url)); err == nil ||
		strings.Contains(err.Error(), "secret") || !strings.HasPrefix(err.Error(), "store postgres://graph:xxxxx@") {
		t.Errorf("a database that is not there: %v", err)
	}
}

func TestOpenStoreRefuses(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.nq")
	if err := os.WriteFile(bad, []byte("<a:s> <a:p> <a:o> .\n<a:s> <a:p> .\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for url, want := range map[string]string{
		"nowhere":                       "there is no graph nowhere",
		"mem:nowhere.nq":                "open nowhere.nq: no such file or directory",
		"mem:" + bad:                    bad + ":2:13: want object",
		"leveldb:" + t.TempDir() + "/x": "store leveldb:",
		"postgres://graph:secret@127.0.0.1:1/g?sslmode=disable": "store postgres://graph:xxxxx@127.0.0.1:1/g?sslmode=disable: ",
	} {
		if h, err := OpenStore(context.Background(), url); err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v %v, want %s", url, h, err, want)
		}
	}
	if _, err := Load(context.Background(), "sqlite:x", withErrors(numbered("x", 1))); err == nil {
		t.Error("loaded into an unknown store")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := loadMemory(ctx, withErrors(numbered("x", 20_000))); !errors.Is(err, context.Canceled) {
		t.Errorf("an interrupted load: %v", err)
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
