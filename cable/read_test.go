package cable

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// outcome reads data and says what came of it: an id for each cable, the error
// for each that was set aside, "end:" and the error that ended it all.
func outcome(seq func(func(*Cable, error) bool)) []string {
	var list []string
	for c, err := range seq {
		var aside *Error
		switch {
		case errors.As(err, &aside):
			list = append(list, err.Error())
		case err != nil:
			list = append(list, "end: "+err.Error())
		default:
			list = append(list, c.ID)
		}
	}
	return list
}

func TestBadInput(t *testing.T) {
	rows := asCSV()
	open := `152338,5/7/2008 15:40,08LOME13,"Embassy Lome",UNCLASSIFIED,,"R 071540Z MAY 08","UNCLAS LOME 000013` + "\nSUBJECT: X\n\n"
	for _, test := range []struct {
		name, data string
		want       []string
	}{
		{"empty", "", []string{"f: empty file"}},
		{"blank", " \n\t\n", []string{"f: empty file"}},
		{"binary", "MZ\x00\x01\x02\x03", []string{"f: not a text file"}},
		{"prose", "Dear reader,\n\nthis is a letter.\n", []string{"f:1:1: id: no cable here: nothing gives a post and number"}},
		{"truncated in the header", asText()[:120], []string{"f:1:1: id: no cable here: nothing gives a post and number"}},
		{"truncated in the body", asText()[:len(asText())-300], []string{inventedID}},
		{"JSON that is none", "{\"id\": \"x\"\n" + asJSONLine(), []string{"f:1:10: unexpected end of JSON input", inventedID}},
		{"JSON without a text", `{"id": "x"}` + "\n" + asJSONLine(), []string{"f:1:1: body: neither header nor body", inventedID}},
		{"JSON cut off", asJSONLine() + asJSONLine()[:90], []string{inventedID, "f:2:90: unexpected end of JSON input"}},
		{"a page without a text", "<html><body>" + pageTable + "</body></html>\n" + asPage(), []string{"f:1:1: body: no text of a cable", inventedID}},
		{"an open quote before a row", open + rows, []string{"08LOME13", inventedID}},
		{"an open quote at the end", rows + open, []string{inventedID, "08LOME13"}},
		{"a row cut off", rows + "12,5/7/2008 15:40,08LOME13,\"Em", []string{inventedID, "f:64:28: origin: a quoted field is not closed"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if d := cmp.Diff(test.want, outcome(Read(strings.NewReader(test.data), "f"))); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// A row that does not close its quotes keeps what text it has, and takes none
// from the next.
func TestOpenQuote(t *testing.T) {
	header, body := "R 071540Z MAY 08\nFM AMEMBASSY LOME\nTO SECSTATE WASHDC", "UNCLAS LOME 000013\n\nSUBJECT: X\n\n1. He said \"\"no.\"\"\n\n2. He left.\nHALE\n"
	start := `152338,5/7/2008 15:40,08LOME13,"Embassy Lome",UNCLASSIFIED,,`
	for _, test := range []struct{ row, note string }{
		{start + `"` + header + `","` + body, "line 3, column 21: body: a quoted field is not closed"},
		{start + `"` + header + `,"` + body + `"`, "line 1, column 1: header: a row with too few fields"},
		{start + `"` + header + "\n" + body + `"`, "line 1, column 1: header: a row with too few fields"},
	} {
		for _, data := range []string{test.row, test.row + "\n" + asCSV()} {
			n := 0
			for c, err := range Read(strings.NewReader(data), "f") {
				if err != nil {
					t.Fatal(err)
				}
				checkInvariants(t, c)
				if n++; n == 2 && c.ID == inventedID {
					continue
				}
				if d := cmp.Diff([]string{`He said "no."`, "He left."}, blocksOf(c, BlockText)); n > 1 || d != "" || c.ID != "08LOME13" || c.Signature.Name != "HALE" {
					t.Errorf("%d: %s, signed %q (-want +got):\n%s", n, c.ID, c.Signature.Name, d)
				}
				if got := c.Repairs[0]; got.Kind != "row" || got.Note != test.note {
					t.Errorf("repair %+v, want %q", got, test.note)
				}
			}
		}
	}
}

// What is too long for a cable is set aside with its place, and what follows is read.
func TestTooLong(t *testing.T) {
	line := strings.Repeat("x", maxCable+10)
	for _, test := range []struct {
		name, data string
		want       []string
	}{
		{"text", asText() + line + "\n" + asText(), []string{"f:64:1: longer than 16 MB", inventedID, inventedID}},
		{"jsonl", asJSONLine() + `{"id": "` + line + "\"}\n" + asJSONLine(), []string{inventedID, "f:2:1: longer than 16 MB", inventedID}},
		{"csv", asCSV() + `1,5/7/2008 15:40,08LOME13,a,b,,"` + line + "\"\n" + asCSV(), []string{inventedID, "f:64:1: longer than 16 MB", inventedID}},
		{"html", asPage() + "<html>" + line + "\n</html>\n" + asPage(), []string{inventedID, "f:22:1: longer than 16 MB", "f:23:1: body: no text of a cable", inventedID}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if d := cmp.Diff(test.want, outcome(Read(strings.NewReader(test.data), "f"))); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestDamagedArchive(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(asJSONLine()))
	w.Flush()
	w.Write([]byte(strings.Repeat(asJSONLine(), 50)))
	w.Close()
	got := outcome(Read(bytes.NewReader(b.Bytes()[:b.Len()-40]), "f.gz"))
	if len(got) < 2 || got[0] != inventedID || !strings.HasPrefix(got[len(got)-1], "f.gz: gzip: ") {
		t.Errorf("%q", got)
	}
}

func TestBomb(t *testing.T) {
	zeros := strings.NewReader(strings.Repeat("a", 100_000))
	b := &bombReader{r: zeros, packed: &countReader{n: 100}, largest: 10_000}
	n, err := io.Copy(io.Discard, b)
	if !errors.Is(err, errBomb) || n > 60_000 {
		t.Errorf("%d bytes, %v", n, err)
	}
	b = &bombReader{r: strings.NewReader(strings.Repeat("a", 100_000)), packed: &countReader{n: 5000}, largest: 10_000}
	if n, err := io.Copy(io.Discard, b); err != nil || n != 100_000 {
		t.Errorf("%d bytes, %v", n, err)
	}
}

func TestReadPaths(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) {
		t.Helper()
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	lome := func(n string) string { return "UNCLAS LOME " + n + "\n\nSUBJECT: X\n\n1. (U) Text.\n" }
	write("b/08LOME2.txt", lome("000002"))
	write("b/08LOME1.txt", lome("000001"))
	write("a/08LOME3.txt", lome("000003"))
	write(".git/08LOME4.txt", lome("000004"))
	write("empty.txt", "")
	write("graph/manifest.json", `{"format": "cablegraph", "version": 1}`+"\n")
	write("graph/quarantine.jsonl", `{"file": "x", "reason": "y"}`+"\n")
	if err := os.MkdirAll(filepath.Join(dir, "void"), 0o755); err != nil {
		t.Fatal(err)
	}
	short := func(list []string) []string {
		for i := range list {
			list[i] = strings.ReplaceAll(list[i], dir+string(filepath.Separator), "")
		}
		return list
	}
	for _, test := range []struct{ paths, want []string }{
		{[]string{""}, []string{"08LOME3", "08LOME1", "08LOME2", "empty.txt: empty file"}},
		{[]string{"b", "a"}, []string{"08LOME1", "08LOME2", "08LOME3"}},
		{[]string{"b/08LOME2.txt", "b"}, []string{"08LOME2", "08LOME1"}},
		{[]string{"a", "gone"}, []string{"end: gone: no such file or directory"}},
		{[]string{"a", "void"}, []string{"end: void: no files"}},
		{[]string{"a", "graph"}, []string{"end: graph: a graph, which holds no cables"}},
	} {
		paths := make([]string, len(test.paths))
		for i, p := range test.paths {
			paths[i] = filepath.Join(dir, p)
		}
		if d := cmp.Diff(test.want, short(outcome(ReadPaths(paths)))); d != "" {
			t.Errorf("%v (-want +got):\n%s", test.paths, d)
		}
	}
}

// Cables that stand one after another in a text are told apart.
func TestSplit(t *testing.T) {
	lome := func(n string) string { return "UNCLAS LOME " + n + "\n\nSUBJECT: X\n\n1. (U) Text.\nHALE\n" }
	header := "R 091200Z JAN 08\nFM AMEMBASSY LOME\nTO SECSTATE WASHDC\n\n"
	channel := "VZCZCXYZ0001\nRR RUEHWEB\n\nDE RUEHPC #0002 0091200\n"
	partial := "This record is a partial extract of the original cable. The full text of the original cable is not available.\n\n"
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"transmission lines", channel + header + lome("000001") + "\n" + channel + header + lome("000002"), []string{"08LOME1", "08LOME2"}},
		{"date-time groups", header + lome("000001") + header + lome("000002"), []string{"08LOME1", "08LOME2"}},
		{"classification lines", header + lome("000001") + "\nUNCLAS ACCRA 000002\n\nSUBJECT: Y\n\n1. (U) Text.\n", []string{"08LOME1", "f:12:1: id: no cable here: nothing gives a post and number"}},
		{"the end of a message", header + lome("000001") + "NNNN\n" + header + lome("000002") + "NNNN\n", []string{"08LOME1", "08LOME2"}},
		{"partial extracts", partial + header + lome("000001") + partial + header + lome("000002"), []string{"08LOME1", "08LOME2"}},
		{"sections of one cable", header + "UNCLAS SECTION 01 OF 02 LOME 000001\n\nSUBJECT: X\n\n1. (U) Text goes\n\nUNCLAS SECTION 02 OF 02 LOME 000001\n\nSIPDIS\n\nSUBJECT: X\n\non here.\n", []string{"08LOME1"}},
		{"a repeated header", channel + header + channel + header + lome("000001"), []string{"08LOME1"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if d := cmp.Diff(test.want, outcome(Read(strings.NewReader(test.text), "f"))); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// A consumer that stops is not called again.
func TestStop(t *testing.T) {
	for _, f := range inventedForms {
		n := 0
		for range Read(strings.NewReader(strings.Repeat(f.write(), 3)), "f") {
			n++
			break
		}
		if n != 1 {
			t.Errorf("%s: %d pairs", f.name, n)
		}
	}
}

func TestParseFields(t *testing.T) {
	f, err := ParseFields("body=text,id=mrn")
	if err != nil || f.Body != "text" || f.ID != "mrn" || f.Header != "header" {
		t.Errorf("%+v, %v", f, err)
	}
	for _, bad := range []string{"body", "subject=x"} {
		if _, err := ParseFields(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	line := `{"mrn":"08LOME14","text":"UNCLAS LOME 000014\n\nSUBJECT: X\n\n1. (U) Text."}`
	if d := cmp.Diff([]string{"08LOME14"}, outcome(Reader{Fields: f}.Read(strings.NewReader(line), "f"))); d != "" {
		t.Error(d)
	}
}

func TestEncodings(t *testing.T) {
	latin := "R 071547Z MAY 08\r\nFM AMEMBASSY LOME\r\nTO SECSTATE WASHDC\r\nUNCLAS LOME 000014\r\n\r\nSUBJECT: CAF\xc9\r\n\r\n\xb61. (U) It is caf\xe9 time.\r\n\r\n\xb62. (U) Two.\r\n"
	cs := readAll(t, latin, "x.txt")
	if c := cs[0]; c.Source.Encoding != "iso-8859-1" || c.Subject != "CAFÉ" || len(c.Paragraphs) != 2 || c.ID != "08LOME14" {
		t.Errorf("%+v", c)
	}
}

// When the context of a run ends, its error is the last pair, in both passes
// over the files.
func TestContext(t *testing.T) {
	paths := collection(t, lome("09", "000001", "1. One.\n"), lome("09", "000002", "1. Two.\n"))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var got []string
	for c, err := range (Reader{}).ReadPaths(ctx, paths) {
		if err != nil {
			got = append(got, err.Error())
			continue
		}
		got = append(got, c.ID)
		cancel()
	}
	if d := cmp.Diff([]string{"08LOME1", "context canceled"}, got); d != "" {
		t.Errorf("second pass (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"end: context canceled"}, outcome(Reader{}.ReadPaths(ctx, paths))); d != "" {
		t.Errorf("first pass (-want +got):\n%s", d)
	}
	for _, f := range inventedForms { // also amid a file
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		n := 0
		for _, err := range (Reader{}).ReadPaths(ctx, collection(t, f.write(), strings.ReplaceAll(f.write(), "412", "413"))) {
			n++
			if cancel(); n > 2 || n == 2 && !errors.Is(err, context.Canceled) {
				t.Errorf("%s: pair %d: %v", f.name, n, err)
			}
		}
		if n != 2 {
			t.Errorf("%s: %d pairs", f.name, n)
		}
	}
}
