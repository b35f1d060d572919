// Package table reads the program's data files: tables of tab-separated
// values with a header row.
//
// A table is UTF-8 text. Lines that start with '#' and blank lines are
// comments. The first other line names the columns. Every later line has as
// many fields as there are columns; a field is trimmed of blanks and may be
// empty. There is no quoting: a tab or line end cannot stand in a field.
//
//	t := table.New("posts.tsv", text, "name", "country").Keyed(1)
//	for row := range t.Rows() {
//		if len(row.Fields[1]) != 2 {
//			row.Errorf("country %q is no ISO code", row.Fields[1])
//			continue
//		}
//		…
//	}
//	return t.Err() // every bad row, with file and line
package table

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// Table is a table being read. It collects what is wrong with its rows.
type Table struct {
	file, text string
	columns    []string
	key        int
	errs       []error
}

// New returns the table in text, which was read from file and must have
// exactly these columns in this order.
func New(file, text string, columns ...string) *Table {
	return &Table{file: file, text: text, columns: columns}
}

// Keyed demands that the rows ascend strictly, in byte order, by their first n
// columns: sorted and unique. It returns t.
func (t *Table) Keyed(n int) *Table {
	t.key = n
	return t
}

// Row is one row. Fields is valid until the next row is read; the strings in
// it are parts of the table's text and stay.
type Row struct {
	Line   int // 1-based
	Fields []string
	table  *Table
}

// Errorf notes a fault of the row. Reading goes on.
func (r Row) Errorf(format string, args ...any) {
	r.table.errorf(r.Line, format, args...)
}

// Err returns all faults found so far, joined, each as "file:line: cause".
func (t *Table) Err() error { return errors.Join(t.errs...) }

func (t *Table) errorf(line int, format string, args ...any) {
	t.errs = append(t.errs, fmt.Errorf("%s:%d: %w", t.file, line, fmt.Errorf(format, args...)))
}

// Rows yields the well-formed rows in order. A row with the wrong number of
// fields, or out of order in a keyed table, is left out and noted for Err; a
// wrong header ends the table.
func (t *Table) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		fields := make([]string, 0, len(t.columns)+1)
		previous := make([]string, t.key)
		header, keyed, line := false, false, 0
		for text := range strings.Lines(t.text) {
			line++
			text = strings.TrimRight(text, "\r\n")
			if text == "" || text[0] == '#' {
				continue
			}
			if !utf8.ValidString(text) {
				t.errorf(line, "not UTF-8")
				continue
			}
			fields = split(fields[:0], text)
			if !header {
				if !slices.Equal(fields, t.columns) {
					t.errorf(line, "columns are %q, want %q", fields, t.columns)
					return
				}
				header = true
				continue
			}
			if len(fields) != len(t.columns) {
				t.errorf(line, "%d fields, want %d (%s)", len(fields), len(t.columns), strings.Join(t.columns, ", "))
				continue
			}
			if t.key > 0 {
				key := fields[:t.key]
				if c := slices.Compare(previous, key); keyed && c >= 0 {
					what := "is out of order after"
					if c == 0 {
						what = "repeats"
					}
					t.errorf(line, "%q %s %q", strings.Join(key, " "), what, strings.Join(previous, " "))
					continue
				}
				copy(previous, key)
				keyed = true
			}
			if !yield(Row{line, fields, t}) {
				return
			}
		}
		if !header {
			t.errorf(max(line, 1), "no header row, want %q", t.columns)
		}
	}
}

// split appends the trimmed fields of line to dst.
func split(dst []string, line string) []string {
	for {
		i := strings.IndexByte(line, '\t')
		if i < 0 {
			return append(dst, strings.TrimSpace(line))
		}
		dst = append(dst, strings.TrimSpace(line[:i]))
		line = line[i+1:]
	}
}
