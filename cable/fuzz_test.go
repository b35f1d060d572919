package cable

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzParse reads any text as a cable: what the types promise must hold.
func FuzzParse(f *testing.F) {
	f.Add(asText())
	f.Add("UNCLAS ACCRA 000118\n\nTAGS: [PHUM](#)\nSUBJECT: X\n\n[1](#)1. A \\$7.\n\n12. B, which\n\nACCRA 00000118 002 OF 003\n\nended October\n\n117. C. HALE")
	f.Add("PAGE 01 LOME 00014 170001Z\nACTION AF-06\nINFO OCT-01 /047 W\n------ 010534\nR 162333Z JAN 76\nFM AMEMBASSY LOME\nTO SECSTATE WASHDC 2440\nC O N F I D E N T I A L LOME 0014\nTAGS: PFOR, TO\nREF: (A) STATE 9921, (B) ACCRA 3\n1. C - ENTIRE TEXT.\n2.WE MET.\nCONFIDENTIAL\nPAGE 02\nLOME 00014 01 OF 05 170001Z")
	for _, path := range examples(f) {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		raw, _ := decode([]byte(text))
		checkInvariants(t, parse(raw, hints{id: "08LOME14", references: []string{"07LOME1"}}))
	})
}

// examples are the cables that are written for the repository.
func examples(f *testing.F) []string {
	paths, err := filepath.Glob("../examples/cables/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	return paths
}

// fuzzForm reads any file that begins as one of a form: nothing may panic or
// hang, every cable must keep its promises, and every error must have a place.
func fuzzForm(f *testing.F, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
		f.Add([]byte(s + s))
		f.Add([]byte(s[:len(s)*2/3]))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for c, err := range Read(bytes.NewReader(data), "f") {
			switch {
			case err != nil && !strings.HasPrefix(err.Error(), "f"):
				t.Fatalf("an error without a place: %v", err)
			case err == nil:
				checkInvariants(t, c)
				if c.ID == "" || c.Source.Offset < 0 || c.Source.Offset > int64(len(data)) {
					t.Fatalf("id %q, offset %d of %d", c.ID, c.Source.Offset, len(data))
				}
			}
		}
	})
}

func FuzzText(f *testing.F)      { fuzzForm(f, asText()+"NNNN\n") }
func FuzzJSONLines(f *testing.F) { fuzzForm(f, asJSONLine()) }
func FuzzHTML(f *testing.F)      { fuzzForm(f, asPage(), asOldPage(), asPlusDPage()) }
func FuzzCSV(f *testing.F)       { fuzzForm(f, asCSV(), asBackslashCSV()) }
func FuzzTSV(f *testing.F)       { fuzzForm(f, asTSV()) }
func FuzzKeyValue(f *testing.F)  { fuzzForm(f, asKeyValue()) }
func FuzzFiveLine(f *testing.F)  { fuzzForm(f, asFiveLine()) }

func FuzzArchive(f *testing.F) {
	fuzzForm(f, packGzip(asText()), packZstd(asText()), packZip(asText()), packTar(asText()), packGzip(packTar(asPage())))
}
