package link

import (
	"strings"
	"testing"

	"cablegraph/cable"
	"cablegraph/entity"
)

// Units of the pass lines, written "unit < whole".
func TestPassLineUnits(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"TREASURY FOR IA", "IA < TREASURY"},
		{"DOJ FOR OIA, CRM/OIA", "OIA < DOJ; CRM/OIA < DOJ"},
		{"USDOC ALSO FOR 4320/ITA/MAC", "ITA/MAC < USDOC"},
		{"DEPT FOR WHA/MEX", ""},
		{"USTR FOR MWINTER/LPRADO", ""},
	} {
		text := "UNCLAS LIMA 000012\n\n" + tt.line + "\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: LAMPS\n\n1. (U) Nothing.\n"
		var got []string
		for c, err := range cable.Read(strings.NewReader(text), "07LIMA12.txt") {
			if err != nil {
				t.Fatal(err)
			}
			d := entity.NewFinder().Find(c)
			for _, r := range Relations(d) {
				if r.Type == "subunitOf" {
					got = append(got, d.Mentions[r.Args[0].Mention].Text+" < "+d.Mentions[r.Args[1].Mention].Text)
				}
			}
		}
		if s := strings.Join(got, "; "); s != tt.want {
			t.Errorf("%s: %q, want %q", tt.line, s, tt.want)
		}
	}
}
