package packed_test

import (
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
