// Package internal_test keeps the packages in order.
package internal_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers lists the packages of the program from the leaf up. A package and all
// below its directory import only from its own layer and the earlier ones.
// The longest entry that leads to a package is its layer.
var layers = []string{
	"internal",
	"vocab",
	"cable",
	"entity",
	"link",
	"graphdata/packed",
	"graphdata",
	"queries",
	"web",
	"cmd",
	"examples",
	"compare",
}

const module = "cablegraph"

// layer returns the place of a package, given by its path below the module, in
// layers, or -1.
func layer(pkg string) int {
	best := -1
	for i, l := range layers {
		if (pkg == l || strings.HasPrefix(pkg, l+"/")) && (best < 0 || len(l) > len(layers[best])) {
			best = i
		}
	}
	return best
}

// upward returns what is wrong with an import of one package by another, or "".
func upward(from, to string) string {
	f, t := layer(from), layer(to)
	switch {
	case f < 0:
		return from + " stands in no layer of internal/imports_test.go"
	case t < 0:
		return to + " stands in no layer of internal/imports_test.go"
	case t > f:
		return from + " imports " + to + ", which is above it"
	}
	return ""
}

func TestUpward(t *testing.T) {
	for _, test := range []struct {
		from, to string
		bad      bool
	}{
		{"cable", "vocab", false},
		{"vocab", "cable", true},
		{"internal/table", "vocab", true},
		{"graphdata", "graphdata/packed", false},
		{"graphdata/packed", "graphdata", true},
		{"graphdata/packed/index", "graphdata", true},
		{"web", "queries", false},
		{"queries", "cmd/graph", true},
		{"stray", "vocab", true},
		{"cables", "vocab", true},
	} {
		if got := upward(test.from, test.to); (got != "") != test.bad {
			t.Errorf("upward(%q, %q) = %q, want an error: %t", test.from, test.to, got, test.bad)
		}
	}
}

// TestImports reads the imports of every Go file, tests included.
func TestImports(t *testing.T) {
	root := os.DirFS("..")
	files := 0
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if base := d.Name(); name != "." && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		files++
		source, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.FromSlash(name), source, parser.ImportsOnly)
		if err != nil {
			return err
		}
		var told []string
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			to, ours := strings.CutPrefix(imported, module+"/")
			if !ours {
				continue
			}
			if fault := upward(path.Dir(name), to); fault != "" && !slices.Contains(told, fault) {
				told = append(told, fault)
				t.Errorf("%s: %s", name, fault)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < len(layers) {
		t.Errorf("read %d Go files only: is the root right?", files)
	}
}
