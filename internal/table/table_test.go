package table

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func rows(t *Table) (got [][]string) {
	for row := range t.Rows() {
		got = append(got, append([]string(nil), row.Fields...))
	}
	return got
}

func TestRows(t *testing.T) {
	tab := New("x.tsv", "# posts\r\nname\tcountry\n\nLIMA\t PE \nOSLO\t\n# end\n", "name", "country").Keyed(1)
	want := [][]string{{"LIMA", "PE"}, {"OSLO", ""}}
	if diff := cmp.Diff(want, rows(tab)); diff != "" {
		t.Error(diff)
	}
	if err := tab.Err(); err != nil {
		t.Error(err)
	}
}

func TestErrorsAreAllReportedWithTheirPlace(t *testing.T) {
	tab := New("x.tsv", strings.Join([]string{
		"name\tcountry",
		"B\t1",
		"A\t2",    // out of order
		"B\t3",    // repeats
		"C",       // too short
		"D\t\xff", // not UTF-8
		"E\t5\t6", // too long
		"F\t7",    // what the caller does not like
		"G\t8",
	}, "\n"), "name", "country").Keyed(1)
	var kept []string
	for row := range tab.Rows() {
		if row.Fields[0] == "F" {
			row.Errorf("country %q is no ISO code", row.Fields[1])
			continue
		}
		kept = append(kept, row.Fields[0])
	}
	if diff := cmp.Diff([]string{"B", "G"}, kept); diff != "" {
		t.Error(diff)
	}
	want := `x.tsv:3: "A" is out of order after "B"
x.tsv:4: "B" repeats "B"
x.tsv:5: 1 fields, want 2 (name, country)
x.tsv:6: not UTF-8
x.tsv:7: 3 fields, want 2 (name, country)
x.tsv:8: country "7" is no ISO code`
	if diff := cmp.Diff(want, tab.Err().Error()); diff != "" {
		t.Error(diff)
	}
}

func TestHeader(t *testing.T) {
	for text, want := range map[string]string{
		"nom\tpays\nA\tB\n": `x.tsv:1: columns are ["nom" "pays"], want ["name" "country"]`,
		"":                  `x.tsv:1: no header row, want ["name" "country"]`,
	} {
		tab := New("x.tsv", text, "name", "country")
		if got := rows(tab); got != nil {
			t.Errorf("%q: rows %q", text, got)
		}
		if err := tab.Err(); err == nil || err.Error() != want {
			t.Errorf("%q: error %v, want %s", text, err, want)
		}
	}
}

func TestReadingStopsWhereTheCallerStops(t *testing.T) {
	tab := New("x.tsv", "a\n1\n2\n3\n", "a")
	n := 0
	for range tab.Rows() {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 || tab.Err() != nil {
		t.Errorf("%d rows, %v", n, tab.Err())
	}
}
