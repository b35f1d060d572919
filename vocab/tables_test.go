package vocab

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func embedded(name string) string {
	text, err := data.ReadFile("data/" + name)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func TestTablesHold(t *testing.T) {
	v, err := load(embedded)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range v.relations {
		got, ok := RelationType(r.Type)
		if !ok || got.Type != r.Type {
			t.Errorf("RelationType(%q) = %v, %v", r.Type, got, ok)
		}
	}
	if r, ok := RelationType("befriended"); ok {
		t.Errorf("found %v", r)
	}
	for _, c := range v.classes {
		if got, ok := ClassNamed(c.Name); !ok || got.Name != c.Name {
			t.Errorf("ClassNamed(%q) = %v, %v", c.Name, got, ok)
		}
	}
}

// Every kind has a class, and every event class a relation that makes it.
func TestClassesAreUsed(t *testing.T) {
	for _, k := range Kinds {
		if !slices.ContainsFunc(Classes(), func(c Class) bool { return c.Kind == k }) {
			t.Errorf("no class holds entities of kind %s", k)
		}
	}
	for _, c := range Classes() {
		made := slices.ContainsFunc(Relations(), func(r Relation) bool { return r.Class == c.Name })
		if c.Parent == "cg:Event" && !made {
			t.Errorf("no relation makes %s", c.Name)
		}
	}
}

// A name in names.go that the tables do not have is a name without a meaning.
func TestNamesAreInTheTables(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "names.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	known := []string{NamesLabel, EvidenceLabel}
	for _, p := range Predicates() {
		known = append(known, p.Name)
	}
	for _, c := range Classes() {
		known = append(known, c.Name)
	}
	n := 0
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.CONST {
			continue
		}
		for _, spec := range gen.Specs {
			for _, v := range spec.(*ast.ValueSpec).Values {
				name, err := strconv.Unquote(v.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				n++
				if !slices.Contains(known, name) {
					t.Errorf("%s is in no table", name)
				}
			}
		}
	}
	if n < 30 {
		t.Errorf("only %d names read", n)
	}
}

func TestFaultsInTablesAreReported(t *testing.T) {
	for _, test := range []struct{ file, old, new, want string }{
		{"classes.tsv", "cg:Agency\tcg:Entity", "cg:Agency\tcg:Thing", `there is no class "cg:Thing"`},
		{"classes.tsv", "cg:Entity\t\t", "cg:Entity\tcg:Country\t", "is its own ancestor"},
		{"classes.tsv", "cg:Entity\tagency", "cg:Entity\tbureau", `there is no kind "bureau"`},
		{"predicates.tsv", "\tmany\t", "\tsome\t", `values is "some"`},
		{"predicates.tsv", "person:ana-prado cg:mentionedIn", "person:ana-prado cg:seenIn", "the example does not use cg:mentionedIn"},
		{"roles.tsv", "court\tagency", "court\tcourt", `"court" is neither a kind nor a type of value`},
		{"roles.tsv", "year\tinteger", "year\t", "role year takes nothing"},
		{"relations.tsv", "person by date place charge case", "person by date venue charge case", `there is no role "venue"`},
		{"relations.tsv", "cg:arrestedBy\tperson\tby", "cg:arrestedBy\tperson\tcourt", `arrested has no role "court"`},
		{"relations.tsv", "arrested\tevent\tcg:Arrest", "arrested\tevent\tcg:Capture", `there is no class "cg:Capture"`},
		{"relations.tsv", "arrested\tevent", "arrested\tfact", `there is no form "fact"`},
	} {
		_, err := load(func(name string) string {
			text := embedded(name)
			if name != test.file {
				return text
			}
			if !strings.Contains(text, test.old) {
				t.Fatalf("%s does not contain %q", name, test.old)
			}
			return strings.Replace(text, test.old, test.new, 1)
		})
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), test.file+":") {
			t.Errorf("%q for %q: %v, want %s", test.new, test.old, err, test.want)
		}
	}
}

func TestIRIs(t *testing.T) {
	for got, want := range map[string]string{
		CableIRI("07LIMA412"):         "cable:07LIMA412",
		ParagraphIRI("07LIMA412", 4):  "cable:07LIMA412/4",
		ParagraphIRI("07LIMA412", -1): "cable:07LIMA412/0",
		TagIRI("KTIP"):                "tag:KTIP",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestKindsAndStatusesRoundTrip(t *testing.T) {
	for _, k := range Kinds {
		if ParseKind(k.String()) != k {
			t.Errorf("kind %s", k)
		}
	}
	if ParseKind("") != NoKind || ParseKind("people") != NoKind {
		t.Error("found a kind that is none")
	}
	for s := Asserted; s <= Hypothetical; s++ {
		if got, ok := ParseStatus(s.String()); got != s || !ok {
			t.Errorf("status %s", s)
		}
	}
	if _, ok := ParseStatus("rumoured"); ok {
		t.Error("found a status that is none")
	}
}
