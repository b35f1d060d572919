package cable

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func names(ps []Party) []string {
	var list []string
	for _, p := range ps {
		list = append(list, p.Name)
	}
	return list
}

func blocksOf(c *Cable, kinds ...BlockKind) []string {
	var list []string
	for _, b := range c.Blocks {
		for _, k := range kinds {
			if b.Kind == k {
				list = append(list, fold(c.Text.Slice(b.Span)))
			}
		}
	}
	return list
}

func numbers(c *Cable) []int {
	var list []int
	for _, p := range c.Paragraphs {
		list = append(list, p.Number)
	}
	return list
}

func TestHeader(t *testing.T) {
	c := parse(inventedHeader+"\n\n"+inventedBody, hints{})
	checkInvariants(t, c)
	equal := func(what string, got, want any) {
		t.Helper()
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", what, d)
		}
	}
	equal("id", c.ID, "08TEGUCIGALPA412")
	equal("sent", c.Sent, time.Date(2008, 5, 7, 15, 47, 0, 0, time.UTC))
	equal("precedence", c.Precedence, "PRIORITY")
	equal("from", c.From.Name, "AMEMBASSY TEGUCIGALPA")
	equal("to", names(c.To), []string{"SECSTATE WASHDC", "AMEMBASSY GUATEMALA"})
	equal("info", names(c.Info), []string{"WHA CENTRAL AMERICAN COLLECTIVE", "CIA WASHDC"})
	equal("addressee", c.To[1], Party{Name: "AMEMBASSY GUATEMALA", Span: c.To[1].Span, Routing: "RUEHGT", Precedence: "IMMEDIATE", Serial: "0040"})
	equal("number", c.Raw[c.Number.Start:c.Number.End], "TEGUCIGALPA 000412")
	equal("classification", c.Classification, "UNCLASSIFIED")
	equal("captions", c.Captions, []string{"SIPDIS", "SENSITIVE"})
	equal("tags", c.Tags, []string{"KCRM", "PHUM", "SMIG", "HO", "GT"})
	equal("subject", c.Subject, "HONDURAS: TWO RECRUITERS ARRESTED AT THE BORDER")
	equal("signature", c.Signature.Name, "PELLERIN")
	equal("pass lines", blocksOf(c, BlockPass), []string{"STATE FOR WHA/CEN, G/TIP", "GUATEMALA FOR A. WINDROW"})
	var refs [][3]string
	for _, r := range c.References {
		refs = append(refs, [3]string{r.Letter, r.ID, r.Text})
	}
	equal("references", refs, [][3]string{
		{"A", "08STATE4410", "STATE 4410"},
		{"B", "07GUATEMALA2210", "07 GUATEMALA 2210"},
		{"C", "08TEGUCIGALPA398", "TEGUCIGALPA 398"},
		{"C", "", "PREVIOUS"},
	})
}

func TestBody(t *testing.T) {
	c := parse(inventedHeader+"\n\n"+inventedBody, hints{})
	type block struct {
		Para   int
		Kind   BlockKind
		Bullet bool
		Text   string
	}
	var got []block
	for _, b := range c.Blocks {
		switch b.Kind {
		case BlockText, BlockHeading, BlockSignature, BlockTrailer:
			got = append(got, block{b.Para, b.Kind, b.Bullet, fold(c.Text.Slice(b.Span))})
		}
	}
	want := []block{
		{0, BlockHeading, false, "Summary"},
		{1, BlockText, false, `Summary: On May 2 the Border Police arrested Rutilio Cazanave and Ines "La Tia" Ordonell at Agua Caliente. Both had been wanted since October 2007. End summary.`},
		{1, BlockHeading, false, "The Arrest"},
		{2, BlockText, false, "Inspector Abelina Quintrell told Poloff that the two:"},
		{2, BlockText, true, "had recruited forty women in Choluteca;"},
		{2, BlockText, true, "paid drivers $50 a head, and"},
		{2, BlockText, true, "kept their papers in a house in San Marcos."},
		{3, BlockText, false, `Quintrell praised the "help of Guatemala's police" in the case.`},
		{4, BlockText, false, "Comment: The case is the first of its kind. End comment."},
		{-1, BlockSignature, false, "PELLERIN"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("blocks (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]int{1, 2, 3, 4}, numbers(c)); d != "" {
		t.Error(d)
	}
	if strings.Contains(c.Text.String(), "OF 002") || strings.Contains(c.Text.String(), "¶") {
		t.Errorf("artefacts are left in:\n%s", c.Text)
	}
	marks := map[string]int{}
	for _, r := range c.Repairs {
		marks[r.Kind]++
	}
	if d := cmp.Diff(map[string]int{"page-break": 2, "paragraph-mark": 1}, marks); d != "" {
		t.Errorf("repairs (-want +got):\n%s", d)
	}
}

// A page turned into Markdown spells the paragraph mark in three ways, and
// breaks paragraphs at every page.
func TestMarkdown(t *testing.T) {
	head := "UNCLAS ACCRA 000118\n\nSIPDIS\n\nTAGS: [PHUM](#) [GH](#)\nSUBJECT: GHANA: PORT GUARDS TRAINED\n\nREF: A. 07 ACCRA 2200\n[1](#)B. (B) 2006 LOME 14\n\n"
	body := "[1](#)1. (U) The course cost \\$7 million on <http://example.org/a>.\n\n" +
		"12. (U) Guards came from Tema, which\n\nACCRA 00000118 002 OF 003\n\nhas two docks. It ended on November 27, 12007.\n\n" +
		"-- Captain Kwabena Adzrah led it, with his wife and the\n\nSIPDIS\n\nmayor's son.\n\n" +
		"13. (U) QUESTION A: Who pays? Who else?\n\nPlease explain.\n\nPOST RESPONSE: The Ports Authority.\n\n" +
		"¶4. (U) QUESTION B: Why?\n\nPOST RESPONSE: It must.\n\n" +
		"15. (U) It was to go on from October\n\n117. The guards had gone by then. TETTEH\n"
	c := parse(head+body, hints{id: "08ACCRA118"})
	checkInvariants(t, c)
	if c.ID != "08ACCRA118" {
		t.Errorf("id %q", c.ID)
	}
	if d := cmp.Diff([]int{1, 2, 3, 4, 5}, numbers(c)); d != "" {
		t.Errorf("paragraphs: %s", d)
	}
	want := []string{
		"The course cost $7 million on http://example.org/a.",
		"Guards came from Tema, which has two docks. It ended on November 27, 2007.",
		"Captain Kwabena Adzrah led it, with his wife and the mayor's son.",
		"QUESTION A: Who pays? Who else?", "Please explain.", "POST RESPONSE: The Ports Authority.",
		"QUESTION B: Why?", "POST RESPONSE: It must.",
		"It was to go on from October 17. The guards had gone by then.",
	}
	if d := cmp.Diff(want, blocksOf(c, BlockText)); d != "" {
		t.Errorf("blocks (-want +got):\n%s", d)
	}
	var asked []string
	for _, b := range c.Blocks {
		if b.Question {
			asked = append(asked, fold(c.Text.Slice(b.Span)))
		}
	}
	if d := cmp.Diff([]string{"QUESTION A: Who pays? Who else?", "Please explain.", "QUESTION B: Why?"}, asked); d != "" {
		t.Errorf("questions (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"PHUM", "GH"}, c.Tags); d != "" {
		t.Error(d)
	}
	if len(c.References) != 2 || c.References[1].ID != "06LOME14" {
		t.Errorf("references %+v", c.References)
	}
	if c.Signature.Name != "TETTEH" {
		t.Errorf("signature %q", c.Signature.Name)
	}
}

func TestNumbering(t *testing.T) {
	for _, test := range []struct {
		name, body string
		want       []int
	}{
		{"plain", "1. One.\n\n2. Two.\n\n3. Three.\n", []int{1, 2, 3}},
		{"brackets", "1) One.\n\n2) (U) Two.\n", []int{1, 2}},
		{"a year on a wrapped line", "¶1. It began in the month of\n¶2003. It went on.\n\n¶2. Two.\n", []int{1, 2}},
		{"a day on a wrapped line", "¶1. It began on March\n¶2. It went on.\n\n¶2. Two.\n\n¶3. Three.\n", []int{1, 2, 3}},
		{"a list inside a paragraph", "¶1. (U) One:\n\n1. first thing\n\n2. second thing\n\n¶2. (U) Two.\n\n¶3. (U) Three.\n", []int{1, 2, 3}},
		{"numbers that go on from another part", "¶14. (U) Fourteen.\n\n¶15. (U) Fifteen.\n\n¶16. (U) Sixteen.\n", []int{14, 15, 16}},
		{"a number left out", "¶1. One.\n\n¶2. Two.\n\n¶4. Four.\n\n¶5. Five.\n", []int{1, 2, 4, 5}},
		{"a mark without its number", "¶1. (U) One.\n\n(SBU) Two lost it.\n\n¶3. (U) Three.\n", []int{1, 2, 3}},
		{"the first without its number", "(SBU) One lost it.\n\n¶2. (U) Two.\n\n¶3. (U) Three.\n", []int{1, 2, 3}},
		{"a wrong number", "¶1. One.\n\n¶1. Two.\n\n¶3. Three.\n", []int{1, 2, 3}},
		{"the last with a wrong number", "¶1. (U) One.\n\n¶2. (U) Two.\n\n¶2. (U) Three.\n", []int{1, 2, 3}},
		{"run on", "1.(U) One ends. 2.(U) Two ends. ¶3. Three.\n", []int{1, 2, 3}},
		{"doubled", "¶1. 1. One.\n\n¶2. 2. Two.\n", []int{1, 2}},
		{"no blank after it", "1.THE MINISTER CAME.\n\n2.HE LEFT.\n", []int{1, 2}},
		{"prose with figures", "Growth was 3.5 percent. It was 4. The rest is silence.\n", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := parse("UNCLAS LOME 000014\n\nSUBJECT: COUNTING\n\n"+test.body, hints{id: "08LOME14"})
			checkInvariants(t, c)
			if d := cmp.Diff(test.want, numbers(c)); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestReferences(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"REF: STATE 4410", "08STATE4410"},
		{"REFTEL: 07 State 4410 (NOTAL)", "07STATE4410"},
		{"REF: (A) 2006 BUENOS AIRES 2210; (B) BUENOS AIRES 9", "A:06BUENOSAIRES2210 B:08BUENOSAIRES9"},
		{"REFS: A) 08LAGOS118, B) LAGOS 119 AND LAGOS 120", "A:08LAGOS118 B:08LAGOS119 B:08LAGOS120"},
		{"REF: SECSTATE 12 AND USUN NEW YORK 00044", "08STATE12 08USUNNEWYORK44"},
		{"REF: A. HALE/OYELARAN E-MAIL B. ACCRA 12", "A: B:08ACCRA12"},
		{"REF: ACCRA 1: LOME 9: (07) LAGOS 3", "08ACCRA1 08LOME9 07LAGOS3"},
		{"REF: LOME 4015", "07LOME4015"}, // more than a post sends by January 9
		{"REF: LOME 15", "07LOME15"},     // later than this cable of the same post
		{"Ref(s): A) THE HAGUE 3", "A:08THEHAGUE3"},
		{"REF: N/A", ""},
		{"REF: A. 07 LAGOS 3; B. 07 \n\nBUENOS AIRES 590 \n\nSENSITIVE BUT UNCLASSIFIED", "A:07LAGOS3 B:07BUENOSAIRES590"},
		{"REF: SECSTATE 06 163201", "06STATE163201"},
		{"REF: ACCRA 19, 21, 26 AND 31", "08ACCRA19 08ACCRA21 08ACCRA26 08ACCRA31"},
		{"REF: ACCRA 19 OF JAN 3, 2008", "08ACCRA19"},
		{"REF: A. LAGOS 3 (07) B. LAGOS 4 (2006) (NOTAL)", "A:07LAGOS3 B:06LAGOS4"},
		{"REF: ACCRA 1: LAGOS 5 (07) LAGOS 3", "08ACCRA1 08LAGOS5"},
		{"REF: A) LAGOS 3, B) BUENOS AIRES\n\n23 SENSITIVE BUT UNCLASSIFIED; PLEASE PROTECT.", "A:08LAGOS3 B:08BUENOSAIRES23"},
		{"REF: REF (A) LAGOS 3 (B) SECSTATE\n\n36633", "A:08LAGOS3 B:07STATE36633"},
		{"REF: 24105", "07STATE24105"},
		{"REF: SECTATE 143", "08STATE143"},
		{"REF: A. LONDON 2   B. LONDON 3   C. SECSTATE 4  1. (SBU) The first of the paragraphs stands on the same line as they do", "A:08LONDON2 B:08LONDON3 C:08STATE4"},
	} {
		c := parse("R 091200Z JAN 08\nFM AMEMBASSY LOME\nTO SECSTATE WASHDC\n\nUNCLAS LOME 000014\n\nSUBJECT: X\n"+test.line+"\n\n1. (U) Text.\n", hints{})
		checkInvariants(t, c)
		var got []string
		for _, r := range c.References {
			s := r.ID
			if r.Letter != "" {
				s = r.Letter + ":" + s
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%s: %s, want %s", test.line, s, test.want)
		}
	}
}

func TestSignature(t *testing.T) {
	for body, want := range map[string]string{
		"1. The end.\nPELLERIN\n":                                               "PELLERIN",
		"1. The end. Pellerin\n":                                                "Pellerin",
		"1. The end.\n\nVAN HORNE\n":                                            "VAN HORNE",
		"1. The end.\n\nvan Horne\n":                                            "van Horne",
		"1. The end. HALE HALE\n":                                               "HALE",
		"1. The end. HALE Hale\n":                                               "HALE",
		"1. The end.\nMINIMIZE CONSIDERED HALE\n":                               "HALE",
		"1. The end.\n\nHALE\n\nMARK SULLIV...\n":                               "HALE",
		"1. The end.\n\nBLAKE JOHNSON\n":                                        "BLAKE JOHNSON", // one signer or two: as printed
		"1. End comment. HALE 0 11/30/2007\n":                                   "HALE",
		"1. The end.\nHALE\n/\n/\nNNNN\n":                                       "HALE",
		"1. The end.\n\nVisit our Classified Web Site at http://x.gov / HALE\n": "HALE",
		"1. The end. END COMMENT.\n":                                            "",
		"1. They went to see the\n":                                             "",
		"1. The Ministry of Labor\n":                                            "",
	} {
		c := parse("UNCLAS LOME 000014\n\nSUBJECT: X\n\n"+body, hints{id: "08LOME14"})
		checkInvariants(t, c)
		if c.Signature.Name != want {
			t.Errorf("%q: signature %q, want %q", body, c.Signature.Name, want)
		}
	}
}

// The items of a questionnaire ask, what stands between them answers.
func TestQuestionnaire(t *testing.T) {
	c := parse("UNCLAS LOME 000014\n\nSUBJECT: X\n\n1. (U) Keyed to reftel:\n\n"+
		"-- A. Is it so? How often? Please explain.\n\nIt is so. It was so before.\n\n"+
		"-- B. Are there others? (e.g., in towns.) If so, name them.\n\nThere are none.\n\n"+
		"-- C. Who pays for it?\n\nThe Ministry pays.\n\n"+
		"-- D. The Ministry has two offices. Will it open more? It has not said. It will in time.\n", hints{id: "08LOME14"})
	checkInvariants(t, c)
	var asked []string
	for _, b := range c.Blocks {
		if b.Question {
			asked = append(asked, c.Text.Slice(b.Span)[:2])
		}
	}
	if d := cmp.Diff([]string{"A.", "B.", "C."}, asked); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestCaptionsInALine(t *testing.T) {
	c := parse("UNCLAS LOME 000014\n\nSENSITIVE SIPDIS DEPT FOR AF/W\nACCRA FOR POL NOFORN\n\nSUBJECT: X\n\n1. Text.\n", hints{id: "08LOME14"})
	checkInvariants(t, c)
	if d := cmp.Diff([]string{"SENSITIVE", "SIPDIS", "NOFORN"}, c.Captions); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"DEPT FOR AF/W", "ACCRA FOR POL"}, blocksOf(c, BlockPass)); d != "" {
		t.Error(d)
	}
}

func TestSections(t *testing.T) {
	c := parse("UNCLAS LOME 000014\n\nSUBJECT: X\n\n-------\nSUMMARY\n-------\n\n1. (U) Short.\n\nLonger.\n\n2. (U) More. END SUMMARY.\n\nThe Facts\n---------\n\n3. (U) A fact.\n\n4. (U) COMMENT. We doubt it.\n\nStill.\n\n5. (U) Other. END COMMENT.\n\nHALE\n", hints{id: "08LOME14"})
	checkInvariants(t, c)
	want := map[string]Section{"SUMMARY": Summary, "Short.": Summary, "Longer.": Summary, "More. END SUMMARY.": Summary, "COMMENT. We doubt it.": Comment, "Still.": Comment}
	for _, b := range c.Blocks {
		if text := fold(c.Text.Slice(b.Span)); b.Section != want[text] {
			t.Errorf("%q is of section %d, want %d", text, b.Section, want[text])
		}
	}
}

func TestDateAgainstDayOfYear(t *testing.T) {
	for day, want := range map[string]int{"009": 0, "008": 0, "010": 0, "300": 1} {
		c := parse("DE RUEHPC #0014 "+day+"1200\nR 091200Z JAN 08\nFM AMEMBASSY LOME\n\nUNCLAS LOME 000014\n\nSUBJECT: X\n\n1. Text.\n", hints{})
		n := 0
		for _, r := range c.Repairs {
			if r.Kind == "date" {
				n++
			}
		}
		if n != want || c.Sent.YearDay() != 9 {
			t.Errorf("day %s: %d notes, sent %v", day, n, c.Sent)
		}
	}
}

func TestOwnNumber(t *testing.T) {
	for line, want := range map[string]string{
		"UNCLAS BUENOS AIRES 000452":                                   "08BUENOSAIRES452",
		"UNCLAS SECTION 01 OF 04 E F T O LONDON 002468":                "08LONDON2468",
		"UNCLAS E F T O LONDON 002468 SIPDIS":                          "08LONDON2468",
		"UNCLAS SECTION01 OF 03 SAN JOSE 000525":                       "08SANJOSE525",
		"UNCLAS SECTION 01 OF 04HARARE 000754":                         "08HARARE754",
		"UUNCLAS MANAGUA 001002":                                       "08MANAGUA1002",
		"C O N F I D E N T I A L SECTION 01 OF 05 MEXICO 17030":        "08MEXICO17030",
		"UNCLASSIFIED//FOR OFFICIAL USE ONLY STATE 043817":             "08STATE43817",
		`RUEABND/DEA HQS WASHINGTON DC","UNCLAS MEXICO 000023`:         "08MEXICO23",
		"Cable dated:2009-11-23T14:44:00UNCLAS RIYADH 001557SENSITIVE": "08RIYADH1557",
	} {
		c := parse("R 091200Z JAN 08\nTO SECSTATE WASHDC\n\n"+line+"\n\nSUBJECT: X\n\n1. (U) Text.\n", hints{})
		checkInvariants(t, c)
		if c.ID != want {
			t.Errorf("%s: id %q, want %q", line, c.ID, want)
		}
	}
}

// A collection's malformed id gives way to that of the cable itself.
func TestMalformedID(t *testing.T) {
	c := parse("R 091200Z JAN 08\nFM AMEMBASSY LONDON\n\nUNCLAS E F T O LONDON 002468\n\nSUBJECT: X\n\n1. Text.\n", hints{id: "08EFTOLONDON2468"})
	checkInvariants(t, c)
	if c.ID != "08LONDON2468" || len(c.Repairs) != 1 || c.Repairs[0].Kind != "id" {
		t.Errorf("id %s, repairs %+v", c.ID, c.Repairs)
	}
}

func TestTagLine(t *testing.T) {
	for line, want := range map[string]string{
		"PHUM KCRM MX":                  "PHUM KCRM MX",
		"PFOR, MX, SNAR, CASC":          "PFOR MX SNAR CASC",
		"[KTIP](#) [ELAB](#)":           "KTIP ELAB",
		"OVIP (KISSINGER, HENRY A.) US": "OVIP US",
		"ETRDEINVECINPGOVCS":            "ETRD EINV ECIN PGOV CS",
		"PHUM PHUM":                     "PHUM",
		"TIP":                           "TIP",
	} {
		if got := strings.Join(tagLine(line), " "); got != want {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
	}
}

// The head of a further section names what the first one names; between
// paragraphs it is read, inside a sentence it is cut out.
func TestRepeatedHead(t *testing.T) {
	head := func(section string) string {
		return "UNCLAS SECTION 0" + section + " OF 02 LOME 000014\n\nSIPDIS\n\nSTATE FOR AF/W WINDROW\n\nE.O. 12958: N/A\nTAGS: PHUM TO\nSUBJECT: TOGO: CAZANAVE\nSPEAKS\n\nREF: ACCRA 3\n\n"
	}
	for _, test := range []struct {
		name, body string
		text       []string
		read       bool
	}{
		{"between paragraphs", "1. (U) One ends.\n\n" + head("2") + "2. (U) Two.\n", []string{"One ends.", "Two."}, true},
		{"inside a sentence", "1. (U) One goes on\n\n" + head("2") + "and ends.\n\n2. (U) Two.\n", []string{"One goes on and ends.", "Two."}, false},
	} {
		c := parse(head("1")+test.body, hints{id: "08LOME14"})
		checkInvariants(t, c)
		if d := cmp.Diff(test.text, blocksOf(c, BlockText)); d != "" {
			t.Errorf("%s: text (-want +got):\n%s", test.name, d)
		}
		want := []string{"LOME 000014", "STATE FOR AF/W WINDROW", "TOGO: CAZANAVE SPEAKS", "ACCRA 3"}
		if test.read {
			want = append(want, want...)
		}
		if d := cmp.Diff(want, blocksOf(c, BlockNumber, BlockPass, BlockSubject, BlockReference)); d != "" {
			t.Errorf("%s: head (-want +got):\n%s", test.name, d)
		}
		if rec := NewRecord(c); len(rec.References) != 1 || rec.Subject != "TOGO: CAZANAVE SPEAKS" || len(rec.Captions) != 1 {
			t.Errorf("%s: %+v", test.name, rec)
		}
	}
}

// A preview of the cable stands before the whole, with a dump's row between
// them or not. What it names is named there too.
func TestPreview(t *testing.T) {
	head := "UNCLAS LOME 000014\n\nSIPDIS\n\nSTATE FOR AF/W WINDROW\n\nTAGS: PHUM TO\nSUBJECT: TOGO: CAZANAVE SPEAKS\n\nREF: ACCRA 3\n\n"
	row := "id: 4711\ndate: 1/9/2008 12:00\nrefid: 08LOME14\norigin: Embassy Lome\nclassification: UNCLASSIFIED\ndestination: 07ACCRA3\nheader:\n" +
		"VZCZCXYZ0001\nRR RUEHWEB\n\nDE RUEHPC #0014 0091200\nR 091200Z JAN 08\nFM AMEMBASSY LOME\nTO SECSTATE WASHDC\n\n----------------- header ends ----------------\n\n"
	for _, between := range []string{"", row} {
		c := parse("R 091200Z JAN 08\nFM AMEMBASSY LOME\n\n"+head+"1. (U) Minister Cazanave met Ines Ord...\n\n"+between+head+"1. (U) Minister Cazanave spoke.\n\n2. (U) He left.\nHALE\n", hints{})
		checkInvariants(t, c)
		if d := cmp.Diff([]string{"Minister Cazanave met", "Minister Cazanave spoke.", "He left."}, blocksOf(c, BlockText)); d != "" {
			t.Errorf("text (-want +got):\n%s", d)
		}
		want := []string{"LOME 000014", "STATE FOR AF/W WINDROW", "TOGO: CAZANAVE SPEAKS", "ACCRA 3"}
		if d := cmp.Diff(append(want, want...), blocksOf(c, BlockNumber, BlockPass, BlockSubject, BlockReference)); d != "" {
			t.Errorf("head (-want +got):\n%s", d)
		}
		if d := cmp.Diff([]int{1, 2}, numbers(c)); d != "" || c.Signature.Name != "HALE" {
			t.Errorf("paragraphs %v, signature %q", numbers(c), c.Signature.Name)
		}
		id := "08ACCRA3"
		if between != "" { // the row says which year
			id = "07ACCRA3"
		}
		if c.References[0].ID != id {
			t.Errorf("reference %s, want %s", c.References[0].ID, id)
		}
	}
}

func TestHyphens(t *testing.T) {
	for _, test := range []struct{ body, want string }{
		{"1. THE COURT HAS NO JURIS-\nDICTION IN LOME.", "THE COURT HAS NO JURISDICTION IN LOME."},
		{"1. THE COURT HAS NO JURIS-\n\nPAGE 02 LOME 00014 091200Z\n\nDICTION IN LOME.", "THE COURT HAS NO JURISDICTION IN LOME."},
		{"1. THE LAW IS A DRAFT. A DRAFT-\nLAW IS NO LAW.", "THE LAW IS A DRAFT. A DRAFT-LAW IS NO LAW."},
		{"1. IN 1975-\n76 IT CAME.", "IN 1975- 76 IT CAME."},
		{"1. The out-\npatient clinic saw one outpatient.", "The outpatient clinic saw one outpatient."},
		{"1. The short-\nand the long-\nterm.", "The short- and the long-term."},
		{"1. The CAFTA-\nDR text is long-\nwinded.", "The CAFTA-DR text is long-winded."},
	} {
		c := parse("UNCLAS LOME 000014\n\nSUBJECT: X\n\n"+test.body+"\nHALE\n", hints{id: "08LOME14"})
		checkInvariants(t, c)
		if got := strings.Join(blocksOf(c, BlockText), "|"); got != test.want {
			t.Errorf("%q: %q, want %q", test.body, got, test.want)
		}
	}
	c := parse("UNCLAS LOME 000014\n\nSUBJECT: THE COURT AND ITS JURIS-\nDICTION\n\n1. TEXT.\n", hints{id: "08LOME14"})
	checkInvariants(t, c)
	if want := "THE COURT AND ITS JURISDICTION"; c.Subject != want {
		t.Errorf("subject %q, want %q", c.Subject, want)
	}
}

func TestTruncated(t *testing.T) {
	long := strings.Repeat("The Minister spoke of the harvest and of the rains in the north. ", 50)
	for _, test := range []struct{ line, body, want string }{
		{"UNCLAS LOME 000014", "1. He spoke.", ""},
		{"UNCLAS LOME 000014", "1. He spoke of the rains in the north and of the h", "the text ends in mid-sentence"},
		{"UNCLAS LOME 000014", "1. He spoke of the rains in the no...", "the text breaks off with points"},
		{"UNCLAS LOME 000014", "1. He spoke of the rains in the north and of the harvest\nHALE", ""},
		{"UNCLAS LOME 000014", "1. He named:\n\n-- the towns of the south\n\n-- the towns of the north", ""},
		{"UNCLAS LOME 000014", "1. He spoke. End summary", ""},
		{"UNCLAS SECTION 01 OF 02 LOME 000014", "1. He spoke.", "the text ends in section 1 of 2"},
		{"UNCLAS SECTION 01 OF 02 LOME 000014", "1. He spoke.\nHALE", ""},
		{"UNCLAS SECTION 01 OF 02 LOME 000014", "1. " + long, ""},
		{"UNCLAS SECTION 01 OF 02 LOME 000014", "1. He spoke.\n\nUNCLAS SECTION 02 OF 02 LOME 000014\n\n2. He left.", ""},
		{"UNCLAS SECTION 02 OF 03 LOME 000014", "4. He spoke.", "the text begins with section 2 of 3"},
		{"UNCLAS SECTION 01 OF 02 LOME 000014", "1. He spoke.\n\nLOME 00000014  002 OF 003\n\n2. He left.", "the text ends on page 2 of 3"},
		{"UNCLAS SECTION 01 OF 02 LOME 000014", "1. He spoke.\n\nLOME 00000014  003 OF 003\n\n2. He left.", ""},
	} {
		c := parse(test.line+"\n\nSUBJECT: X\n\n"+test.body+"\n", hints{id: "08LOME14"})
		checkInvariants(t, c)
		got := ""
		for _, r := range c.Repairs {
			if r.Kind == "truncated" {
				got = r.Note
			}
		}
		if got != test.want || c.Partial != (got != "") {
			t.Errorf("%s: %.60q: %q, partial %v, want %q", test.line, test.body, got, c.Partial, test.want)
		}
	}
}
