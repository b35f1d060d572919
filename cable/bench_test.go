//go:build unix

package cable

import (
	"bytes"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"

	"cablegraph/internal/cputime"
)

// repeated is a stream of n bytes that repeats data.
type repeated struct {
	data string
	at   int
	n    int64
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.n <= 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(int64(len(p)), r.n)], r.data[r.at:])
	r.at = (r.at + n) % len(r.data)
	r.n -= int64(n)
	return n, nil
}

// benchmarkRead reads data in b.N passes. Beside the usual figures, which count
// the time on the clock, it reports megabytes of the file a second of processor
// time, which other work on the machine does not spoil.
func benchmarkRead(b *testing.B, data []byte) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	before := cputime.Used(b)
	for b.Loop() {
		n := 0
		for c, err := range Read(bytes.NewReader(data), "x") {
			if err == nil {
				n += len(c.Raw)
			}
		}
		if n == 0 {
			b.Fatal("no cables")
		}
	}
	cputime.Report(b, len(data), before)
}

func BenchmarkInventedText(b *testing.B)      { benchmarkInvented(b, asText()) }
func BenchmarkInventedJSONLines(b *testing.B) { benchmarkInvented(b, asJSONLine()) }
func BenchmarkInventedPages(b *testing.B)     { benchmarkInvented(b, asPage()) }
func BenchmarkInventedCSV(b *testing.B)       { benchmarkInvented(b, asCSV()) }

func benchmarkInvented(b *testing.B, one string) {
	benchmarkRead(b, []byte(strings.Repeat(one, 1000)))
}

func BenchmarkRealJSONLines(b *testing.B) { benchmarkRead(b, realJSONLines(b)) }

// BenchmarkRealText reads the texts of the real cables one after another.
func BenchmarkRealText(b *testing.B) {
	var text bytes.Buffer
	for c, err := range Read(bytes.NewReader(realJSONLines(b)), "x") {
		if err != nil {
			b.Fatal(err)
		}
		text.WriteString(c.Raw)
		text.WriteString("\nNNNN\n")
	}
	benchmarkRead(b, text.Bytes())
}

// BenchmarkRealCSV reads the real cables as rows of cables.csv.
func BenchmarkRealCSV(b *testing.B) {
	var rows bytes.Buffer
	for c, err := range Read(bytes.NewReader(realJSONLines(b)), "x") {
		if err != nil {
			b.Fatal(err)
		}
		header, body, ok := strings.Cut(c.Raw, "\n\n")
		if !ok {
			continue
		}
		for i, f := range []string{"1", "5/7/2008 15:47", c.ID, "x", c.Classification, "", header, body} {
			if i > 0 {
				rows.WriteByte(',')
			}
			rows.WriteString(`"` + strings.ReplaceAll(f, `"`, `""`) + `"`)
		}
		rows.WriteByte('\n')
	}
	benchmarkRead(b, rows.Bytes())
}

// BenchmarkRealPages reads the real pages.
func BenchmarkRealPages(b *testing.B) {
	var pages bytes.Buffer
	dir := shared(b, "cables/html")
	entries, err := os.ReadDir(dir)
	if err != nil {
		b.Fatal(err)
	}
	for _, e := range entries {
		page, err := os.ReadFile(dir + "/" + e.Name())
		if err != nil {
			b.Fatal(err)
		}
		pages.Write(page)
		pages.WriteByte('\n')
	}
	benchmarkRead(b, pages.Bytes())
}

// Memory does not grow with the stream.
//
//	CABLE_STREAM=2048 go test -run FlatMemory/csv ./cable    # megabytes
func TestFlatMemory(t *testing.T) {
	size := int64(16 << 20)
	if mb := number(os.Getenv("CABLE_STREAM")); mb > 0 {
		size = int64(mb) << 20
	}
	for _, f := range inventedForms {
		t.Run(f.name, func(t *testing.T) {
			var m runtime.MemStats
			most, n := uint64(0), 0
			for _, err := range Read(&repeated{data: f.write(), n: size}, "x") {
				if err != nil && n == 0 {
					t.Fatal(err)
				}
				if n++; n%4096 == 0 {
					runtime.GC()
					runtime.ReadMemStats(&m)
					most = max(most, m.HeapAlloc)
				}
			}
			t.Logf("at most %.1f MB in use on a stream of %d MB", float64(most)/1e6, size>>20)
			if most > 12<<20 {
				t.Errorf("%d MB in use on a stream of %d MB", most>>20, size>>20)
			}
		})
	}
}
