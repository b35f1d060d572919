package link

import (
	"strings"
	"testing"

	"cablegraph/internal/table"
	"cablegraph/vocab"
)

func TestNameTables(t *testing.T) {
	if _, err := loadNameTables(); err != nil {
		t.Fatal(err)
	}
}

// Each word of data/body_words.tsv is found in its example and read as its
// English word.
func TestBodyWords(t *testing.T) {
	rows := table.New("body_words.tsv", bodyWordsTable, "word", "as", "language", "example")
	for row := range rows.Rows() {
		word, as, example := row.Fields[0], row.Fields[1], row.Fields[3]
		var singulars []string
		words := nameWords(withoutElisions(example))
		for _, w := range words {
			singulars = append(singulars, singular(w))
		}
		if !strings.Contains(" "+strings.Join(singulars, " ")+" ", " "+word+" ") {
			t.Errorf("body_words.tsv:%d: %q is not in its example %q, whose words are %q", row.Line, word, example, singulars)
		}
		if got := bodyWords(words); !contains(got, strings.Fields(as)) {
			t.Errorf("body_words.tsv:%d: %q is read as %q, without %q", row.Line, example, got, as)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// Each row of data/chambers.tsv is found under the canonical form of its example.
func TestChambers(t *testing.T) {
	rows := table.New("chambers.tsv", chambersTable, "name", "house", "example")
	for row := range rows.Rows() {
		if got := NewName(vocab.Agency, "", row.Fields[2], "").canon; got != row.Fields[0] {
			t.Errorf("chambers.tsv:%d: %q is %q, not %q", row.Line, row.Fields[2], got, row.Fields[0])
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

func TestNameWords(t *testing.T) {
	for text, want := range map[string]string{
		"O'Hara":                     "ohara",
		"O???HARA":                   "ohara",
		"Peru's Ministry of Health":  "peru ministry of health",
		"U.S. Fish & Game Service":   "us fish and game service",
		"Gómez-Peña, João":           "gomez pena joao",
		"CA/OCS":                     "ca ocs",
		"Ana C. Morales":             "ana c morales",
		"Сергей Иванов":              "sergei ivanov",
		"al-Ḥusayn":                  "al husayn",
		"Attaché? Office":            "attache office",
		"Morales' house":             "morales house",
		"the Governors’ Association": "the governors association",
	} {
		if got := strings.Join(nameWords(text), " "); got != want {
			t.Errorf("nameWords(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestCompare(t *testing.T) {
	type pair struct {
		kind vocab.Kind
		a, b string
		same bool
	}
	for _, p := range []pair{
		{vocab.Person, "Ana Morales", "ANA MORALES", true},
		{vocab.Person, "Ana Lucía Morales", "Ana Morales", true},
		{vocab.Person, "Ana Morales Quintero", "Ana Morales", true},
		{vocab.Person, "Ana Morales-Quintero", "Morales Quintero", true},
		{vocab.Person, "A. Morales", "Ana Morales", true},
		{vocab.Person, "Bob Tillman", "Robert Tillman", true},
		{vocab.Person, "Morales, Ana", "Ana Morales", true},
		{vocab.Person, "Mohammed al-Harithi", "Muhammad Harithi", true},
		{vocab.Person, "Ana Morales", "Ana Moreles", true},
		{vocab.Person, "Ana Morales", "Ines Morales", false},
		{vocab.Person, "Mario Quintero", "Maria Quintero", false},
		{vocab.Person, "Ana C. Morales", "Ana D. Morales", false},
		{vocab.Person, "John Tillman Jr", "John Tillman Sr.", false},
		{vocab.Person, "Ana Morales Quintero", "Ana Morales Ruiz", false},
		{vocab.Person, "Ana", "Ana Morales", false},
		{vocab.Agency, "Ministry of Fisheries", "Fisheries Ministry", true},
		{vocab.Agency, "Secretaría de Seguridad Pública", "Secretariat for Public Security", true},
		{vocab.Agency, "Instituto Nacional de las Mujeres", "National Institute for Women", true},
		{vocab.Agency, "Peru's Ministry of Health", "Ministry of Health", true},
		{vocab.Agency, "Peruvian government", "Government of Peru", true},
		{vocab.Agency, "Attorney General's Office", "Office of the Attorney General", true},
		{vocab.Agency, "Ministry of Fisheries", "Ministry of Health", false},
		{vocab.Agency, "Lima regional government", "Government of Peru", false},
		{vocab.Law, "Inland Waters Act", "Inland Waters Bill", true},
		{vocab.Law, "Inland Waters Act of 1998", "Inland Waters Act of 2004", false},
		{vocab.Document, "2006 Lighthouse Report", "2007 Lighthouse Report", false},
		{vocab.Document, "2006 Lighthouse Report", "June 2006 Lighthouse Report", true},
	} {
		a, b := NewName(p.kind, "", p.a, "PE"), NewName(p.kind, "", p.b, "PE")
		score, why := Compare(a, b)
		if (score >= Same) != p.same {
			t.Errorf("Compare(%q, %q) = %.2f %v, want same %v", p.a, p.b, score, why, p.same)
		}
		if back, _ := Compare(b, a); back != score {
			t.Errorf("Compare(%q, %q) = %.2f, but the other way round %.2f", p.a, p.b, score, back)
		}
		if len(why) == 0 {
			t.Errorf("Compare(%q, %q) gives no reason", p.a, p.b)
		}
	}
}

// People of one name are less surely one person in two countries, and bodies
// of one name in two countries are two.
func TestCompareCountries(t *testing.T) {
	here, there := NewName(vocab.Person, "", "Ana Morales", "PE"), NewName(vocab.Person, "", "Ana Morales", "CL")
	near, _ := Compare(here, here)
	far, _ := Compare(here, there)
	if far >= near {
		t.Errorf("%.2f in two countries, %.2f in one", far, near)
	}
	if score, _ := Compare(NewName(vocab.Agency, "", "Ministry of Health", "PE"), NewName(vocab.Agency, "", "Ministry of Health", "CL")); score != 0 {
		t.Errorf("two ministries of two countries are one by %.2f", score)
	}
}

func TestOfCountry(t *testing.T) {
	for _, c := range []struct {
		word, country string
		want          bool
	}{
		{"mexican", "MX", true},
		{"mexico", "MX", true},
		{"dutch", "NL", true},
		{"burmese", "MM", true},
		{"us", "US", true},
		{"american", "US", true},
		{"peruvian", "CL", false},
		{"national", "NA", false},
		{"public", "PE", false},
		{"mexican", "", false},
	} {
		if got := ofCountry(c.word, c.country); got != c.want {
			t.Errorf("ofCountry(%q, %q) = %v", c.word, c.country, got)
		}
	}
}

func TestCallNames(t *testing.T) {
	for name, want := range map[string]string{
		"Ana Morales":          "morales",
		"Ana Morales Quintero": "morales quintero",
		"Zhang Weilin":         "zhang",
		"Kim Sun-hee":          "kim",
		"Nguyen Thi Lan":       "lan",
		"Ruud van der Meulen":  "meulen",
	} {
		n := NewName(vocab.Person, "", name, "")
		first, last := n.callNames()
		if got := strings.Join(n.words[first:last], " "); got != want {
			t.Errorf("%s is called %q, want %q", name, got, want)
		}
	}
}

func TestInParentheses(t *testing.T) {
	for name, want := range map[string]string{
		"Annual Lighthouse Review in Pictures (LRIP) Report": "Annual LRIP Report",
		"Fisheries Protection (FP) Report":                   "FP Report",
		"Fisheries Report (draft)":                           "",
		"Fisheries Report":                                   "",
	} {
		if got := inParentheses(name); got != want {
			t.Errorf("inParentheses(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	for text, want := range map[string]string{
		"Felipe Ñáñez":             "felipe-nanez",
		"O'Hara":                   "ohara",
		"Министерство":             "ministerstvo",
		"北京市":                      "bei-jing-shi",
		"Ministry of Health (MOH)": "ministry-of-health-moh",
		"???":                      "",
	} {
		if got := slug(text); got != want {
			t.Errorf("slug(%q) = %q, want %q", text, got, want)
		}
	}
	long := slug(strings.Repeat("lighthouse ", 20))
	if len(long) > slugLimit || strings.HasSuffix(long, "-") {
		t.Errorf("slug of a long name is %q", long)
	}
}

func TestWithin1(t *testing.T) {
	for _, p := range []struct {
		a, b string
		want bool
	}{
		{"morales", "morales", true},
		{"morales", "moreles", true},
		{"morales", "morale", true},
		{"morales", "moralse", true},
		{"morales", "mroalse", false},
		{"morales", "moral", false},
	} {
		if got := within1(p.a, p.b); got != p.want {
			t.Errorf("within1(%q, %q) = %v", p.a, p.b, got)
		}
	}
}

func TestSkeleton(t *testing.T) {
	for _, same := range [][]string{{"qaddhafi", "gadhafi", "kaddafi"}, {"husseini", "hussaini", "husayni"}} {
		for _, w := range same[1:] {
			if skeleton(w) != skeleton(same[0]) {
				t.Errorf("%q is %q, %q is %q", same[0], skeleton(same[0]), w, skeleton(w))
			}
		}
	}
	if skeleton("martinez") == skeleton("moratinos") {
		t.Error("a name of three syllables sounds like one of four")
	}
}
