package cable

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"html"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/klauspost/compress/zstd"
)

// The invented cable in each of the forms, as collections print them.

const inventedID = "08TEGUCIGALPA412"

func asText() string { return inventedHeader + "\n\n" + inventedBody + "\n" }

func asJSONLine() string {
	b, _ := json.Marshal(map[string]any{
		"id": inventedID, "created": "2008-05-07 15:03", "classification": "UNCLASSIFIED", "origin": "Embassy Tegucigalpa",
		"header": inventedHeader, "body": inventedBody, "src": map[string]string{"path": "x"},
	})
	return string(b) + "\n"
}

// pageText writes text as the pages have it, with links on tags and marks.
func pageText(text string) string {
	s := html.EscapeString(text)
	s = strings.ReplaceAll(s, "KCRM", "<a href='/tag/KCRM_0.html'>KCRM</a>")
	s = strings.ReplaceAll(s, "¶1.", "<a id='par1' href='#par1'>¶</a>1.")
	s = strings.ReplaceAll(s, "¶B.", "<a id='parB' href='#parB'>¶</a>B.")
	return strings.ReplaceAll(s, "\n", "&#x000A;")
}

const pageTable = `<table class='cable'>
<tr><th>Reference ID</th><th>Created</th></tr>
<tr>
<td>
<a href='/cable/2008/05/x.html'>` + inventedID + `</a>
</td>
<td><a href='/date/2008-05_0.html'>2008-05-07 15:03</a></td>
<td><a href='/reldate/2011_0.html'>2011-08-30 01:44</a></td>
<td><a href='/classification/1_0.html'>UNCLASSIFIED</a></td>
<td><a href='/origin/1_0.html'>Embassy Tegucigalpa</a></td>
</tr>
</table>
`

func asPage() string {
	return "<?xml version='1.0' encoding='utf-8' ?>\n<!DOCTYPE html PUBLIC \"x\">\n<html lang='en'>\n<body>\n<pre-note>&amp;</pre-note>\n" + pageTable +
		"<code><pre>" + pageText(inventedHeader) + "</pre></code>\n<code><pre>" + pageText(inventedBody) + "</pre></code>\n</body>\n</html>\n"
}

func asOldPage() string {
	return "<html>\n<body>\n" + pageTable + "<code><pre>" + pageText(inventedHeader+"\n\n"+inventedBody) + "</pre></code>\n</body></html>\n"
}

func asPlusDPage() string {
	return `<!DOCTYPE html><html><body><table><tr><td><div class="s_key">Canonical ID:</div><div class="s_val">` + inventedID + `_a</div></td>
<td><div class="s_key">Original Classification:</div><div class="s_val">UNCLASSIFIED</div></td></tr></table>
<div class="text-content" id="tagged-text">` + strings.ReplaceAll(html.EscapeString(inventedHeader+"\n\n"+inventedBody), "\n", "<br/>") + "</div></body></html>\n"
}

func asSynopsisPage() string {
	return `<!DOCTYPE html><html><body><table id="synopsis"><tr><td><div class="s_key">Canonical ID:</div><div class="s_val">` + inventedID + "_a</div></td></tr></table>\n" +
		`<div class="text">` + html.EscapeString(inventedHeader+"\n\n"+inventedBody) + "</div></body></html>\n"
}

func row() []string {
	return []string{"152339", "5/7/2008 15:47", inventedID, "Embassy Tegucigalpa", "UNCLASSIFIED", "08STATE4410|07GUATEMALA2210", inventedHeader + "\n", inventedBody + "\n"}
}

func asCSV() string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write(row())
	w.Flush()
	return b.String()
}

func asBackslashCSV() string {
	fields := row()
	for i, f := range fields {
		f = strings.ReplaceAll(f, `\`, `\\`)
		f = strings.ReplaceAll(f, `"`, `\"`)
		fields[i] = `"` + strings.ReplaceAll(f, "\n", "\\\n") + `"`
	}
	return strings.Join(fields, ",") + "\n"
}

func asTSV() string {
	fields := append([]string{"2008-05-07 15:47:00"}, row()[2:]...)
	for i, f := range fields {
		f = strings.ReplaceAll(f, `\`, `\\`)
		f = strings.ReplaceAll(f, "\t", "\\\t")
		fields[i] = strings.ReplaceAll(f, "\n", "\\\n")
	}
	return strings.Join(fields, "\t") + "\n"
}

func asKeyValue() string {
	return "id: 152339\ndate: 5/7/2008 15:47\nrefid: " + inventedID + "\norigin: Embassy Tegucigalpa\nclassification: UNCLASSIFIED\n" +
		"destination: 08STATE4410|07GUATEMALA2210\nheader:\n" + inventedHeader + "\n\n----------------- header ends ----------------\n\n" +
		inventedBody + "\n\n=======================CABLE ENDS============================\n\n\n"
}

func asFiveLine() string {
	return inventedID + "\nTWO RECRUITERS ARRESTED\nWed May 07 15:03:00 +0000 2008\nUNCLASSIFIED\nEmbassy Tegucigalpa\n" +
		html.EscapeString(inventedHeader+inventedBody) + "\n"
}

// inventedForms are the writers of all forms.
var inventedForms = []struct {
	name, form string
	write      func() string
}{
	{"text", "text", asText},
	{"jsonl", "jsonl", asJSONLine},
	{"page", "html", asPage},
	{"old page", "html", asOldPage},
	{"PlusD page", "html", asPlusDPage},
	{"PlusD page without the id", "html", asSynopsisPage},
	{"csv", "csv", asCSV},
	{"csv with backslashes", "csv", asBackslashCSV},
	{"tsv", "tsv", asTSV},
	{"key-value", "key-value", asKeyValue},
	{"five lines and a text", "five-line", asFiveLine},
}

// readAll reads text and fails the test on an error.
func readAll(t *testing.T, text, name string) []*Cable {
	t.Helper()
	var cs []*Cable
	for c, err := range Read(strings.NewReader(text), name) {
		if err != nil {
			t.Fatal(err)
		}
		checkInvariants(t, c)
		cs = append(cs, c)
	}
	return cs
}

// The same cable in every form is the same Cable, but for its source.
func TestForms(t *testing.T) {
	want := readAll(t, asText(), "x.txt")[0]
	want.Raw = strings.TrimRight(want.Raw, "\n")
	ignore := cmp.Options{
		cmpopts.IgnoreFields(Cable{}, "Source", "Form", "Text"),
	}
	for _, f := range inventedForms {
		for n := 1; n <= 2; n++ { // alone, and two in a file
			cs := readAll(t, strings.Repeat(f.write(), n), "x")
			if len(cs) != n {
				t.Errorf("%s: %d cables in a file of %d", f.name, len(cs), n)
				continue
			}
			got := cs[n-1]
			if got.Form != f.form {
				t.Errorf("%s is read as %s", f.name, got.Form)
			}
			got.Raw = strings.TrimRight(got.Raw, "\n")
			if d := cmp.Diff(want, got, ignore); d != "" {
				t.Errorf("%s, %d of %d (-want +got):\n%s", f.name, n, n, d)
			}
			if want, got := strings.TrimRight(want.Text.String(), "\n"), strings.TrimRight(got.Text.String(), "\n"); want != got {
				t.Errorf("%s: text\n%s", f.name, cmp.Diff(want, got))
			}
		}
	}
}

func TestSourceOffset(t *testing.T) {
	for _, f := range inventedForms {
		one := f.write()
		cs := readAll(t, strings.Repeat(one, 2), "x")
		if got := cs[1].Source; got.Offset != int64(len(one)) || got.File != "x" || got.Encoding != "utf-8" {
			t.Errorf("%s: source %+v, want offset %d", f.name, got, len(one))
		}
	}
}

func packGzip(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func packZstd(s string) string {
	w, _ := zstd.NewWriter(nil)
	return string(w.EncodeAll([]byte(s), nil))
}

func packZip(s string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"a/x.html", "a/.hidden", "a/y.txt"} {
		f, _ := w.Create(name)
		f.Write([]byte(s))
	}
	w.Close()
	return b.String()
}

func packTar(s string) string {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, name := range []string{"a/x.html", "a/.hidden", "a/y.txt"} {
		w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(s)), Typeflag: tar.TypeReg})
		w.Write([]byte(s))
	}
	w.Close()
	return b.String()
}

func TestArchives(t *testing.T) {
	for _, test := range []struct {
		name, data string
		members    []string
	}{
		{"gzip", packGzip(asJSONLine()), []string{""}},
		{"zstd", packZstd(asJSONLine()), []string{""}},
		{"gzip of zstd", packGzip(packZstd(asCSV())), []string{""}},
		{"zip", packZip(asPage()), []string{"a/x.html", "a/y.txt"}},
		{"tar", packTar(asPage()), []string{"a/x.html", "a/y.txt"}},
		{"tar.gz", packGzip(packTar(asText())), []string{"a/x.html", "a/y.txt"}},
		{"zip of gzip", packZip(packGzip(asText())), []string{"a/x.html", "a/y.txt"}},
	} {
		var members []string
		for _, c := range readAll(t, test.data, "x") {
			if c.ID != inventedID {
				t.Errorf("%s: id %s", test.name, c.ID)
			}
			members = append(members, c.Source.Member)
		}
		if d := cmp.Diff(test.members, members); d != "" {
			t.Errorf("%s: members (-want +got):\n%s", test.name, d)
		}
	}
}
