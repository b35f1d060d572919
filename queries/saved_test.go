package queries

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write the answers of the saved queries' examples to testdata/saved")

// Every saved query runs with its example on a small graph of invented people
// and gives the rows in testdata/saved.
func TestSavedExamples(t *testing.T) {
	r := newRunner(t, 1)
	for _, s := range SavedQueries() {
		t.Run(s.Name, func(t *testing.T) {
			q, err := s.Bind(s.args)
			if err != nil {
				t.Fatal(err)
			}
			result, err := r.Run(t.Context(), q, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if len(result.Rows) == 0 {
				t.Error("no rows")
			}
			var got bytes.Buffer
			for _, row := range result.Rows {
				if err := json.Indent(&got, row, "", "  "); err != nil {
					t.Fatal(err)
				}
				got.WriteByte('\n')
			}
			file := "testdata/saved/" + s.Name + ".json"
			if *update {
				if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want) {
				t.Errorf("got\n%s\nwant %s\n%s", got.Bytes(), file, want)
			}
		})
	}
}
