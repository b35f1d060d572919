package cable

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// collection writes files and returns their paths in order.
func collection(t *testing.T, texts ...string) []string {
	t.Helper()
	dir := t.TempDir()
	paths := make([]string, len(texts))
	for i, text := range texts {
		paths[i] = filepath.Join(dir, fmt.Sprintf("%c.txt", 'a'+i))
		if err := os.WriteFile(paths[i], []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return paths
}

// told says what reading paths yields: the id, the file, the files of further
// copies and the text of each cable, or the error.
func told(t *testing.T, paths []string) []string {
	t.Helper()
	var list []string
	for c, err := range ReadPaths(paths) {
		if err != nil {
			list = append(list, strings.ReplaceAll(err.Error(), filepath.Dir(paths[0])+string(filepath.Separator), ""))
			continue
		}
		checkInvariants(t, c)
		s := c.ID + " " + filepath.Base(c.Source.File)
		for _, also := range c.Also {
			s += " also " + filepath.Base(also.File)
		}
		list = append(list, s+": "+strings.Join(blocksOf(c, BlockText), " "))
	}
	return list
}

func lome(day, number, rest string) string {
	return "R " + day + "1200Z JAN 08\nFM AMEMBASSY LOME\nTO SECSTATE WASHDC\n\nUNCLAS LOME " + number + "\n\nSUBJECT: X\n\n" + rest
}

func TestCopies(t *testing.T) {
	partial := "This record is a partial extract of the original cable. The full text of the original cable is not available.\n\nUNCLAS LOME 000001\n\nSUBJECT: X\n\n"
	for _, test := range []struct {
		name  string
		texts []string
		want  []string
	}{
		{"the same twice", []string{lome("09", "000001", "1. One.\n"), lome("09", "000001", "1. One.\n")}, []string{"08LOME1 a.txt also b.txt: One."}},
		{"a longer one", []string{lome("09", "000001", "1. One.\n"), lome("09", "000001", "1. One and two.\n")}, []string{"08LOME1 b.txt also a.txt: One and two."}},
		{"a redacted one", []string{lome("09", "000001", "1. One XXXXXXXXXXXX and more words.\n"), lome("09", "000001", "1. One Hale.\n")}, []string{"08LOME1 b.txt also a.txt: One Hale."}},
		{"redacted in Cyrillic", []string{lome("09", "000001", "1. One ХХХХХХ and more words.\n"), lome("09", "000001", "1. One Hale.\n")}, []string{"08LOME1 b.txt also a.txt: One Hale."}},
		{"three", []string{lome("09", "000001", "1. One.\n"), lome("09", "000001", "1. One, two, three.\n"), lome("09", "000001", "1. One, two.\n")}, []string{"08LOME1 b.txt also a.txt also c.txt: One, two, three."}},
		{"others between", []string{lome("09", "000001", "1. One.\n"), lome("09", "000002", "1. Two.\n"), lome("09", "000001", "1. One.\n")}, []string{"08LOME1 a.txt also c.txt: One.", "08LOME2 b.txt: Two."}},
		{"sections that lie apart", []string{
			lome("09", "000002", "1. Two.\n"),
			strings.Replace(lome("09", "000001", "2. It went on. HALE\n"), "UNCLAS", "UNCLAS SECTION 02 OF 02", 1),
			strings.Replace(lome("09", "000001", "1. It began.\n"), "UNCLAS", "UNCLAS SECTION 01 OF 02", 1),
		}, []string{"08LOME2 a.txt: Two.", "08LOME1 c.txt: It began. It went on."}},
		{"one id, two cables", []string{lome("09", "000001", "1. One.\n"), lome("29", "000001", "1. Another matter.\n")}, []string{
			"a.txt:1:1: id: another cable bears the id 08LOME1: b.txt", "08LOME1 b.txt: Another matter.",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			paths := collection(t, test.texts...)
			if d := cmp.Diff(test.want, told(t, paths)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			// The order of the files decides nothing but the order of the cables.
			reversed := slices.Clone(paths)
			slices.Reverse(reversed)
			a, b := told(t, paths), told(t, reversed)
			for _, list := range [][]string{a, b} {
				for i, s := range list {
					if at := strings.Index(s, ".txt"); at > 0 && test.name == "the same twice" || at > 0 && test.name == "others between" {
						list[i] = s[:at-1] + s[strings.Index(s, ": "):]
					}
					list[i] = strings.ReplaceAll(list[i], "also a.txt also c.txt", "also c.txt also a.txt")
				}
				slices.Sort(list)
			}
			if d := cmp.Diff(a, b); d != "" {
				t.Errorf("in the other order (-forward +back):\n%s", d)
			}
		})
	}
	t.Run("an extract and the whole", func(t *testing.T) {
		paths := collection(t, partial+"1. A much longer text than the other one has, but only an extract.\n", lome("09", "000001", "1. One.\n"))
		// An extract has no date: its file's name gives it.
		named := filepath.Join(filepath.Dir(paths[0]), "08LOME1.txt")
		if err := os.Rename(paths[0], named); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff([]string{"08LOME1 b.txt also 08LOME1.txt: One."}, told(t, []string{named, paths[1]})); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	})
}

// What can be read only once is copied for the second pass.
func TestStandardInput(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stdin := os.Stdin
	os.Stdin = r
	t.Cleanup(func() { os.Stdin = stdin })
	go func() {
		fmt.Fprint(w, lome("09", "000001", "1. One.\n")+"NNNN\n"+lome("09", "000001", "1. One and many more.\n"))
		w.Close()
	}()
	var got []string
	for c, err := range ReadPaths([]string{"-"}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, c.ID+" "+c.Source.File+": "+strings.Join(blocksOf(c, BlockText), " "))
	}
	if d := cmp.Diff([]string{"08LOME1 standard input: One and many more."}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
