package link

import (
	_ "embed"
	"errors"
	"strconv"
	"strings"
	"sync"

	"cablegraph/internal/table"
	"cablegraph/vocab"
)

//go:embed data/name_words.tsv
var nameWordsTable string

//go:embed data/given_names.tsv
var givenNamesTable string

//go:embed data/family_first.tsv
var familyFirstTable string

//go:embed data/body_words.tsv
var bodyWordsTable string

//go:embed data/described_words.tsv
var describedWordsTable string

//go:embed data/ordinals.tsv
var ordinalsTable string

//go:embed data/chambers.tsv
var chambersTable string

//go:embed data/geo_tags.tsv
var geoTagsTable string

// wordRole is the part that a word plays in names.
type wordRole uint8

const (
	rolePlain       wordRole = iota
	roleParticle             // "de", "bin": may be left out of a personal name
	roleGeneration           // "Jr"
	roleStop                 // "the"
	rolePreposition          // "of"
	roleRegion               // "Province"
	roleWhole                // "federal": says of a government that it is the country's own
	rolePrefix               // "inter": one with the next word
	roleElision              // "l": before an apostrophe
	roleCompass              // "New": makes another place of a name
	roleHead                 // "ministry": common to the names of many bodies
	roleOfficer              // "attorney": whom an office is named after
	roleMonth                // "June"
)

var wordRoles = map[string]wordRole{
	"particle": roleParticle, "generation": roleGeneration, "stop": roleStop, "preposition": rolePreposition,
	"region": roleRegion, "whole": roleWhole, "prefix": rolePrefix, "elision": roleElision, "compass": roleCompass, "head": roleHead, "officer": roleOfficer, "month": roleMonth,
}

// topical reports whether w tells bodies apart, as "fisheries" does and
// "ministry" does not.
func (t *nameTables) topical(w string) bool {
	r := t.role[w]
	return r == rolePlain || r == roleOfficer
}

// describedRole is the part that a word plays in a mention that describes
// instead of naming.
type describedRole uint8

const (
	namingWord        describedRole = iota
	describedHead                   // "law"
	describedModifier               // "new"
)

// nameTables is what comparing names knows of words.
type nameTables struct {
	role        map[string]wordRole
	given       map[string]string // "bob" → "robert"
	romanised   map[string]string // "muhammad" → "mohammed"
	familyFirst map[string]string // family name that stands first → ISO 639-1 of its language
	body        map[string]string // "policia" → "police"; phrases with blanks
	bodyPhrase  map[string]int    // first word of a phrase → words of its longest phrase
	english     map[string]bool   // words that stand for others in body
	described   map[vocab.Kind]map[string]describedRole
	ordinal     map[string]int    // "eighth" → 8
	chamber     map[string]string // canonical name of a chamber of parliament → "lower", "upper"
	geoTag      map[string]string // code of the TAGS line → ISO 3166-1 alpha-2
}

var names = sync.OnceValue(func() *nameTables {
	t, err := loadNameTables()
	if err != nil {
		panic(err) // the tables are compiled in and tested
	}
	return t
})

func loadNameTables() (*nameTables, error) {
	t := &nameTables{
		role: map[string]wordRole{}, given: map[string]string{}, romanised: map[string]string{}, familyFirst: map[string]string{},
		body: map[string]string{}, bodyPhrase: map[string]int{}, english: map[string]bool{},
		described: map[vocab.Kind]map[string]describedRole{}, ordinal: map[string]int{}, chamber: map[string]string{}, geoTag: map[string]string{},
	}
	words := table.New("name_words.tsv", nameWordsTable, "word", "role").Keyed(1)
	for row := range words.Rows() {
		r, ok := wordRoles[row.Fields[1]]
		if !ok {
			row.Errorf("unknown role %q", row.Fields[1])
		}
		t.role[row.Fields[0]] = r
	}
	given := table.New("given_names.tsv", givenNamesTable, "short", "full", "use").Keyed(1)
	for row := range given.Rows() {
		switch row.Fields[2] {
		case "familiar":
			t.given[row.Fields[0]] = row.Fields[1]
		case "romanised":
			t.romanised[row.Fields[0]] = row.Fields[1]
		default:
			row.Errorf("unknown use %q", row.Fields[2])
		}
	}
	family := table.New("family_first.tsv", familyFirstTable, "family", "language").Keyed(1)
	for row := range family.Rows() {
		t.familyFirst[row.Fields[0]] = row.Fields[1]
	}
	body := table.New("body_words.tsv", bodyWordsTable, "word", "as", "language", "example").Keyed(1)
	for row := range body.Rows() {
		word, as := row.Fields[0], row.Fields[1]
		t.body[word] = as
		for _, w := range strings.Fields(as) {
			t.english[w] = true
		}
		if parts := strings.Fields(word); len(parts) > 1 {
			t.bodyPhrase[parts[0]] = max(t.bodyPhrase[parts[0]], len(parts))
		}
	}
	described := table.New("described_words.tsv", describedWordsTable, "kind", "word", "role").Keyed(2)
	for row := range described.Rows() {
		kind, role := vocab.ParseKind(row.Fields[0]), describedHead
		if kind == vocab.NoKind {
			row.Errorf("unknown kind %q", row.Fields[0])
		}
		switch row.Fields[2] {
		case "head":
		case "modifier":
			role = describedModifier
		default:
			row.Errorf("unknown role %q", row.Fields[2])
		}
		if t.described[kind] == nil {
			t.described[kind] = map[string]describedRole{}
		}
		t.described[kind][row.Fields[1]] = role
	}
	ordinals := table.New("ordinals.tsv", ordinalsTable, "word", "number").Keyed(1)
	for row := range ordinals.Rows() {
		n, err := strconv.Atoi(row.Fields[1])
		if err != nil || n < 1 {
			row.Errorf("%q is no number of an edition", row.Fields[1])
		}
		t.ordinal[row.Fields[0]] = n
	}
	chambers := table.New("chambers.tsv", chambersTable, "name", "house", "example").Keyed(1)
	for row := range chambers.Rows() {
		if house := row.Fields[1]; house != "lower" && house != "upper" {
			row.Errorf("unknown house %q", house)
		}
		t.chamber[row.Fields[0]] = row.Fields[1]
	}
	geo := table.New("geo_tags.tsv", geoTagsTable, "tag", "country", "name").Keyed(1)
	for row := range geo.Rows() {
		if len(row.Fields[1]) != 2 {
			row.Errorf("country %q is no ISO 3166-1 alpha-2 code", row.Fields[1])
		}
		t.geoTag[row.Fields[0]] = row.Fields[1]
	}
	return t, errors.Join(words.Err(), given.Err(), family.Err(), body.Err(), described.Err(), ordinals.Err(), chambers.Err(), geo.Err())
}
