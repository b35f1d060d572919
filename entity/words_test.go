package entity

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Every list is used, has its own name, and its words are sorted and unique.
func TestWordLists(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(b)
	}
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^\[(.+)\]\n((?:[^\[#\n].*\n)*)`).FindAllStringSubmatch(wordLists, -1) {
		name, list := m[1], strings.Fields(m[2])
		if seen[name] {
			t.Errorf("two lists %q", name)
		}
		seen[name] = true
		if !strings.Contains(code.String(), `words("`+name+`")`) {
			t.Errorf("list %q is not used", name)
		}
		if len(list) == 0 || !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
			t.Errorf("list %q is empty, not sorted or repeats a word", name)
		}
	}
	if len(seen) < 40 {
		t.Errorf("only %d lists were found", len(seen))
	}
}
