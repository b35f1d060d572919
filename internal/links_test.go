package internal_test

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
)

// TestLinks checks that the links of the Markdown pages to files of the
// repository lead somewhere.
func TestLinks(t *testing.T) {
	root := os.DirFS("..")
	pages := 0
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if path.Ext(name) != ".md" {
			return nil
		}
		pages++
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		for _, target := range links(string(text)) {
			if _, err := fs.Stat(root, path.Join(path.Dir(name), target)); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", name, target)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if pages == 0 {
		t.Error("no Markdown pages: is the root right?")
	}
}

// links returns the targets of the inline links in a page that are files:
// no web addresses, no places in the page itself, nothing in code.
func links(page string) []string {
	var targets []string
	code := false
	for line := range strings.Lines(page) {
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			code = !code
		}
		if code || strings.HasPrefix(line, "    ") {
			continue
		}
		// Odd pieces stand between backquotes.
		for i, piece := range strings.Split(line, "`") {
			for i%2 == 0 {
				_, rest, ok := strings.Cut(piece, "](")
				if !ok {
					break
				}
				target, after, ok := strings.Cut(rest, ")")
				if !ok {
					break
				}
				piece = after
				target, _, _ = strings.Cut(target, "#")
				if target != "" && !strings.Contains(target, ":") {
					targets = append(targets, target)
				}
			}
		}
	}
	return targets
}

func TestLinksOfAPage(t *testing.T) {
	page := "See [a](a.md), [b](../b.md#part) and `[c](c.md)`.\n" +
		"![d](img/d.svg) [`e`](e.md) [f](https://example.org) [g](#part)\n" +
		"    [h](h.md)\n```\n[i](i.md)\n```\n[j](j.md)\n"
	got := strings.Join(links(page), " ")
	if want := "a.md ../b.md img/d.svg e.md j.md"; got != want {
		t.Errorf("links %q, want %q", got, want)
	}
}
