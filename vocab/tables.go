package vocab

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"cablegraph/internal/table"
)

//go:generate go test -run TestPage -update .

// The tables are the truth about the vocabulary; docs/vocabulary.md is
// generated from them.
//
//go:embed data/*.tsv
var data embed.FS

// Class is a class of nodes.
type Class struct {
	Name    string // "cg:Country"
	Parent  string // "cg:Place", "" at the top
	Kind    Kind   // of the mentions of its entities, NoKind for what is not an entity
	Meaning string
	Example string // an IRI
}

// Predicate is a predicate that is neither a role nor the direct edge of a
// relation type.
type Predicate struct {
	Name            string // "cg:mentionedIn"
	Subject, Object string // what stands there, in words
	Single          bool   // a subject has at most one
	Meaning         string
	Example         string // subject, predicate and object
}

// Role is what an argument is to its relation.
type Role struct {
	Name    string   // "person"
	Takes   []string // kinds of entities, or one of the value types "text", "date", "integer", "duration"; the usual ones
	Meaning string
}

// Predicate returns the predicate that stands for the role at an event.
func (r Role) Predicate() string { return "cg:" + r.Name }

// Form says what a relation becomes in the graph.
type Form string

// The forms of relations.
const (
	EventForm  Form = "event"  // a node with its roles, and the direct edge
	EdgeForm   Form = "edge"   // the direct edge alone
	HeaderForm Form = "header" // an edge of the cable
	NameForm   Form = "name"   // another name of an entity
)

// Self stands in Relation.Object for the event itself.
const Self = "self"

// Relation is a type of facts that cables state.
type Relation struct {
	Type      string // "arrested"
	Form      Form
	Class     string // of the event: "cg:Arrest"; "" for other forms
	Roles     []Role // in the order in which they are listed
	Predicate string // of the direct edge: "cg:arrestedBy"
	Subject   []string
	Object    []string // the roles at the ends of the edge, or Self
	Same      []string // passages that agree in all of these roles and in the date state one event
	Key       []string // events that agree in all of these roles …
	Single    []string // … and differ in one of these contradict each other
	Annotated string   // the type that annotations have for it: Type, but for a few
	renamed   map[string]string
	Meaning   string
	Example   string // a sentence
}

// Role returns the role called name.
func (r *Relation) Role(name string) (Role, bool) {
	for _, role := range r.Roles {
		if role.Name == name {
			return role, true
		}
	}
	return Role{}, false
}

// AnnotatedRole returns what annotations call a role.
func (r *Relation) AnnotatedRole(name string) string { return cmp.Or(r.renamed[name], name) }

// Classes returns every class, sorted by name.
func Classes() []Class { return loaded().classes }

// Predicates returns every predicate of data/predicates.tsv, sorted by name.
func Predicates() []Predicate { return loaded().predicates }

// Roles returns every role, sorted by name.
func Roles() []Role { return loaded().roles }

// Relations returns every type of relation, sorted by type.
func Relations() []Relation { return loaded().relations }

// RelationType returns the relation type called name, as annotations and rule
// files spell it: "arrested". The relation belongs to the vocabulary and must
// not be changed.
func RelationType(name string) (*Relation, bool) {
	v := loaded()
	i, ok := slices.BinarySearchFunc(v.relations, name, func(r Relation, name string) int {
		return strings.Compare(r.Type, name)
	})
	if !ok {
		return nil, false
	}
	return &v.relations[i], true
}

// ClassNamed returns the class called name: "cg:Country".
func ClassNamed(name string) (*Class, bool) {
	v := loaded()
	i, ok := slices.BinarySearchFunc(v.classes, name, func(c Class, name string) int {
		return strings.Compare(c.Name, name)
	})
	if !ok {
		return nil, false
	}
	return &v.classes[i], true
}

type vocabulary struct {
	classes    []Class
	predicates []Predicate
	roles      []Role
	relations  []Relation
}

// loaded reads the tables once. They are part of the program: a fault in them
// is a bug, and the tests find it.
var loaded = sync.OnceValue(func() *vocabulary {
	v, err := load(func(name string) string {
		text, err := data.ReadFile("data/" + name)
		if err != nil {
			panic(err)
		}
		return string(text)
	})
	if err != nil {
		panic(err)
	}
	return v
})

// load reads the four tables and checks that what they say of each other
// holds. The error joins every fault, each with file and line.
func load(read func(name string) string) (*vocabulary, error) {
	v := new(vocabulary)
	open := func(name string, columns ...string) *table.Table {
		return table.New("vocab/data/"+name, read(name), columns...).Keyed(1)
	}

	classes := open("classes.tsv", "class", "parent", "kind", "meaning", "example")
	parents := map[string]string{} // for the second look: parents may stand below
	lines := map[string]table.Row{}
	for row := range classes.Rows() {
		f := row.Fields
		c := Class{Name: f[0], Parent: f[1], Kind: ParseKind(f[2]), Meaning: f[3], Example: f[4]}
		if c.Kind == NoKind && f[2] != "" {
			row.Errorf("there is no kind %q", f[2])
		}
		checkName(row, c.Name)
		checkSaid(row, c.Meaning, c.Example)
		parents[c.Name] = c.Parent
		lines[c.Name] = row
		v.classes = append(v.classes, c)
	}
	for _, c := range v.classes {
		steps := 0
		for p := c.Parent; p != ""; p = parents[p] {
			if _, ok := parents[p]; !ok {
				lines[c.Name].Errorf("there is no class %q", p)
				break
			}
			if steps++; steps > len(parents) {
				lines[c.Name].Errorf("%s is its own ancestor", c.Name)
				break
			}
		}
	}

	predicates := open("predicates.tsv", "predicate", "subject", "object", "values", "meaning", "example")
	for row := range predicates.Rows() {
		f := row.Fields
		p := Predicate{Name: f[0], Subject: f[1], Object: f[2], Single: f[3] == "one", Meaning: f[4], Example: f[5]}
		if f[3] != "one" && f[3] != "many" {
			row.Errorf("values is %q, want one or many", f[3])
		}
		checkName(row, p.Name)
		checkSaid(row, p.Meaning, p.Example)
		if !strings.Contains(p.Example, " "+p.Name+" ") {
			row.Errorf("the example does not use %s", p.Name)
		}
		v.predicates = append(v.predicates, p)
	}

	roles := open("roles.tsv", "role", "takes", "meaning")
	roleNamed := map[string]Role{}
	for row := range roles.Rows() {
		f := row.Fields
		r := Role{Name: f[0], Takes: strings.Fields(f[1]), Meaning: f[2]}
		for _, take := range r.Takes {
			if ParseKind(take) == NoKind && !slices.Contains(valueTypes, take) {
				row.Errorf("%q is neither a kind nor a type of value", take)
			}
		}
		if len(r.Takes) == 0 {
			row.Errorf("role %s takes nothing", r.Name)
		}
		checkSaid(row, r.Meaning)
		roleNamed[r.Name] = r
		v.roles = append(v.roles, r)
	}

	relations := open("relations.tsv", "type", "form", "class", "roles", "predicate", "subject", "object",
		"same", "key", "single", "annotated", "meaning", "example")
	used := map[string]bool{}
	for row := range relations.Rows() {
		f := row.Fields
		r := Relation{
			Type: f[0], Form: Form(f[1]), Class: f[2], Predicate: f[4],
			Subject: strings.Fields(f[5]), Object: strings.Fields(f[6]),
			Same: strings.Fields(f[7]), Key: strings.Fields(f[8]), Single: strings.Fields(f[9]),
			Annotated: f[0], renamed: map[string]string{}, Meaning: f[11], Example: f[12],
		}
		for i, name := range strings.Fields(f[10]) {
			if role, as, ok := strings.Cut(name, "="); ok {
				r.renamed[role] = as
			} else if i == 0 {
				r.Annotated = name
			}
		}
		for _, name := range strings.Fields(f[3]) {
			role, ok := roleNamed[name]
			if !ok {
				row.Errorf("there is no role %q", name)
			}
			used[name] = true
			r.Roles = append(r.Roles, role)
		}
		for _, name := range slices.Concat(r.Subject, r.Object, r.Same, r.Key, r.Single) {
			if _, ok := r.Role(name); !ok && name != Self {
				row.Errorf("%s has no role %q", r.Type, name)
			}
		}
		switch r.Form {
		case EventForm:
			if _, ok := parents[r.Class]; !ok {
				row.Errorf("there is no class %q", r.Class)
			}
		case EdgeForm, HeaderForm, NameForm:
			if r.Class != "" || len(r.Same)+len(r.Key)+len(r.Single) > 0 {
				row.Errorf("class, same, key and single are for events")
			}
		default:
			row.Errorf("there is no form %q", r.Form)
		}
		if len(r.Subject) == 0 || len(r.Object) == 0 {
			row.Errorf("the edge has no subject or no object")
		}
		if len(r.Single) > 0 && len(r.Key) == 0 {
			row.Errorf("single roles without a key")
		}
		checkName(row, r.Predicate)
		checkSaid(row, r.Meaning, r.Example)
		v.relations = append(v.relations, r)
	}
	err := errors.Join(classes.Err(), predicates.Err(), roles.Err(), relations.Err())
	for _, r := range v.roles {
		if !used[r.Name] {
			err = errors.Join(err, fmt.Errorf("vocab/data/roles.tsv: no relation has the role %q", r.Name))
		}
	}
	return v, err
}

// valueTypes are what a role takes besides entities.
var valueTypes = []string{"text", "date", "integer", "duration"}

func checkName(row table.Row, name string) {
	if !strings.HasPrefix(name, "cg:") && !strings.HasPrefix(name, "rdf:") && !strings.HasPrefix(name, "rdfs:") {
		row.Errorf("%q is not a name of the vocabulary", name)
	}
}

func checkSaid(row table.Row, texts ...string) {
	if slices.Contains(texts, "") {
		row.Errorf("meaning or example is missing")
	}
}
