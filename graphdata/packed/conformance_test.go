package packed_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/graphtest"

	"cablegraph/graphdata/packed/packedtest"
)

// TestConformance is Cayley's own suite for backends, on a store that is built
// anew for every write. What it cannot ask of a store that does not change: that
// an iterator notices the removal of a quad at which it stands.
func TestConformance(t *testing.T) {
	t.Setenv("TMPDIR", fastDir(t))
	t.Chdir(filepath.Join(cayleyDir(t), "graph", "memstore")) // whose parents have the suite's data
	graphtest.TestAll(t, func(t testing.TB) (graph.QuadStore, graph.Options, func()) {
		s, err := packedtest.New()
		if err != nil {
			t.Fatal(err)
		}
		return s, nil, func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}, &graphtest.Config{OptimizesComparison: true, AlwaysRunIntegration: true, SkipDeletedFromIterator: true})
}

// cayleyDir returns where the module of Cayley lies.
func cayleyDir(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// anyFew are tests of Gizmo that ask for any few of several rows, and want those
// that were written first.
const anyFew = "TestGizmo/(use_.getLimit|show_ToArray_with_limit|show_ForEach_with_limit)$"

// TestCayleyQueryTests runs Cayley's own tests of Gizmo and GraphQL, on packed
// stores in the place of stores in memory.
func TestCayleyQueryTests(t *testing.T) {
	// a copy of the module, with the tests changed, in its place
	dir := t.TempDir()
	module := filepath.Join(dir, "cayley")
	if err := os.CopyFS(module, os.DirFS(cayleyDir(t))); err != nil {
		t.Fatal(err)
	}
	packages := []string{}
	const store, helper = `"github.com/cayleygraph/cayley/graph/memstore"`, `"cablegraph/graphdata/packed/packedtest"`
	for _, test := range []struct {
		name    string
		changes map[string]string
	}{
		{"gizmo", map[string]string{
			"_ " + store: helper,
			`qs, _ := graph.NewQuadStore("memstore", "", nil)`: `qs, _ := packedtest.New()`,
		}},
		{"graphql", map[string]string{
			store:                  helper,
			`qs := memstore.New()`: `qs, _ := packedtest.New()`,
			`require.Equal(t, c.result, out, "results:`: `want, _ := packedtest.Sorted(c.result)
			got, _ := packedtest.Sorted(out)
			require.Equal(t, want, got, "results:`,
		}},
	} {
		packages = append(packages, "github.com/cayleygraph/cayley/query/"+test.name)
		file := filepath.Join(module, "query", test.name, test.name+"_test.go")
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(b)
		for from, to := range test.changes {
			if strings.Count(text, from) != 1 {
				t.Fatalf("%s has not one %s", file, from)
			}
			text = strings.Replace(text, from, to, 1)
		}
		if err := errors.Join(os.Remove(file), os.WriteFile(file, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	root, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		b, err := os.ReadFile(filepath.Join(filepath.Dir(string(root)), name))
		if err != nil {
			t.Fatal(err)
		}
		if name == "go.mod" {
			b = fmt.Appendf(b, "\nreplace github.com/cayleygraph/cayley => %s\n", module)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", append([]string{"test", "-v", "-skip", anyFew, "-modfile", filepath.Join(dir, "go.mod")}, packages...)...)
	cmd.Env = append(os.Environ(), "TMPDIR="+fastDir(t)) // whose stores go with it
	out, err := cmd.CombinedOutput()
	passed := strings.Count(string(out), "--- PASS")
	if err != nil || passed < 80 {
		t.Fatalf("%d tests pass; %v\n%s", passed, err, out)
	}
	t.Logf("%d tests pass", passed)
}

// fastDir returns a temporary directory in memory, where the system has one:
// hundreds of stores are built, and each waits for its disk.
func fastDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "packed")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}
