package score

import (
	"cmp"
	_ "embed"
	"errors"
	"slices"
	"strings"
	"sync"

	"cablegraph/internal/table"
	"cablegraph/vocab"
)

//go:embed types.tsv
var typesTable string

// factType says how the facts of one type of relation are scored.
type factType struct {
	subject []string // roles that a fact may hang on, first choice first
	group   Group
	follows string // a fact that follows from a marked one of this type is not counted
}

// Group is a group of types of relations that is scored by itself.
type Group string

// The groups.
const (
	Header Group = "header" // stated by the header
	Core   Group = "core"   // of the text
	Soft   Group = "soft"   // of the text, and so loosely bounded that careful readers differ
)

var types = sync.OnceValue(func() map[string]factType {
	t, err := readTypes(typesTable)
	if err != nil {
		panic(err) // the table is embedded, and a test reads it
	}
	return t
})

func readTypes(text string) (map[string]factType, error) {
	t := table.New("link/score/types.tsv", text, "type", "subject", "group", "follows").Keyed(1)
	all := map[string]factType{}
	var err error
	for row := range t.Rows() {
		f := row.Fields
		if _, ok := vocab.RelationType(f[0]); !ok {
			row.Errorf("there is no relation %q", f[0])
		}
		x := factType{strings.Fields(f[1]), Group(f[2]), f[3]}
		for _, role := range x.subject {
			if !slices.ContainsFunc(vocab.Roles(), func(r vocab.Role) bool { return r.Name == role }) {
				row.Errorf("there is no role %q", role)
			}
		}
		if len(x.subject) == 0 {
			row.Errorf("%s has no subject", f[0])
		}
		if x.group != Header && x.group != Core && x.group != Soft {
			row.Errorf("there is no group %q", f[2])
		}
		if _, ok := vocab.RelationType(x.follows); !ok && x.follows != "" {
			row.Errorf("there is no relation %q", x.follows)
		}
		all[f[0]] = x
	}
	for _, r := range vocab.Relations() {
		if _, ok := all[r.Annotated]; !ok {
			err = errors.Join(err, errors.New("link/score/types.tsv: no row for "+r.Annotated))
		}
	}
	return all, errors.Join(t.Err(), err)
}

// value is what two facts agree or differ in.
type value struct {
	sort valueSort
	text string
}

type valueSort uint8

const (
	nothing     valueSort = iota
	entityValue           // a marked entity, or a found one that stands for none
	cableValue            // a cable's id, which names it
	dateValue             // ISO, of a range the beginning
	textValue             // folded
)

// fact is the unit of scoring: one role of a relation, about one subject. The
// subject of a relation without any other scored role is a fact by itself.
type fact struct {
	kind    string
	negated bool
	subject value
	role    string
	object  value
}

func (f fact) compare(g fact) int {
	negated := func(f fact) int {
		if f.negated {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(f.kind, g.kind), cmp.Compare(negated(f), negated(g)), f.subject.compare(g.subject),
		cmp.Compare(f.role, g.role), f.object.compare(g.object))
}

func (v value) compare(w value) int {
	return cmp.Or(cmp.Compare(v.sort, w.sort), cmp.Compare(v.text, w.text))
}

// agrees reports whether a marked fact says the same; a found date may be
// finer than the marked one.
func (f fact) agrees(marked fact) bool {
	if f.object.sort == dateValue && marked.object.sort == dateValue && strings.HasPrefix(f.object.text, marked.object.text) {
		f.object = marked.object
	}
	return f == marked
}

// names gives an entity the value by which it is compared. ok is false for an
// entity that no mention names: it cannot be compared.
type names func(entity string) (v value, ok bool)

// facts returns the facts of relations, each with the first relation that
// states it.
func facts(relations []Relation, named names) map[fact]*Relation {
	all := map[fact]*Relation{}
	for i := range relations {
		r := &relations[i]
		eachFact(r, named, func(f fact) {
			if all[f] == nil {
				all[f] = r
			}
		})
	}
	return all
}

// eachFact calls do with the facts of one relation.
func eachFact(r *Relation, named names, do func(fact)) {
	t, ok := types()[r.Type]
	if !ok {
		return
	}
	args := map[string][]value{}
	for role, texts := range r.Args {
		for _, text := range texts {
			if v, ok := compared(role, text, named); ok {
				args[role] = append(args[role], v)
			}
		}
	}
	at := slices.IndexFunc(t.subject, func(role string) bool { return len(args[role]) > 0 })
	if at < 0 {
		return
	}
	key := t.subject[at]
	for _, subject := range args[key] {
		if subject.sort == textValue {
			continue
		}
		f := fact{kind: r.Type, negated: r.Status == vocab.Negated.String(), subject: subject}
		alone := true
		for role, objects := range args {
			if role == key {
				continue
			}
			for _, object := range objects {
				if object.sort == textValue && !(namesEntity[r.Type] && role == "name") {
					continue
				}
				f.role, f.object, alone = role, object, false
				do(f)
			}
		}
		if key == "parties" && len(args[key]) > 1 {
			alone = false
			for _, other := range args[key] {
				if other != subject {
					f.role, f.object = "party", other
					do(f)
				}
			}
		}
		if alone {
			do(f)
		}
	}
}

// namesEntity has the types whose text is what they are about. How other texts
// are cut is a matter of taste.
var namesEntity = map[string]bool{"alias": true, "acronymOf": true, "formerName": true}

// compared returns the value of an argument; ok is false for an entity that
// cannot be compared.
func compared(role, text string, named names) (v value, ok bool) {
	if isEntity(text) {
		return named(text)
	}
	if role == "date" {
		if date, ok := parseDate(text); ok {
			return value{dateValue, date}, true
		}
	}
	return value{textValue, fold(text)}, true
}

// isEntity reports whether an argument is an entity: "person/ana-prado",
// "cable:08LIMA12".
func isEntity(text string) bool {
	i := strings.IndexAny(text, ":/")
	return i > 0 && (text[:i] == "cable" || vocab.ParseKind(text[:i]) != vocab.NoKind)
}

// cableOf returns the id of the cable that an entity is: "document/08LIMA12".
func cableOf(entity string) (id string, ok bool) {
	i := strings.IndexAny(entity, ":/")
	if i < 0 || entity[:i] != "document" && entity[:i] != "cable" {
		return "", false
	}
	id = entity[i+1:]
	post := strings.TrimLeft(id, "0123456789")
	number := strings.TrimLeft(post, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	return id, len(id)-len(post) == 2 && len(number) < len(post) && number != "" && strings.TrimLeft(number, "0123456789") == ""
}

// parseDate returns an ISO date, or the beginning of a range of dates.
func parseDate(text string) (date string, ok bool) {
	date, end, isRange := strings.Cut(text, "/")
	if isRange && !isForm(end[:min(4, len(end))], "0000") {
		return "", false
	}
	return date, isForm(date, "0000") || isForm(date, "0000-00") || isForm(date, "0000-00-00")
}

// isForm reports whether text is form with any digits for its zeros.
func isForm(text, form string) bool {
	if len(text) != len(form) {
		return false
	}
	for i := range len(text) {
		if digit := text[i] >= '0' && text[i] <= '9'; digit != (form[i] == '0') || !digit && text[i] != form[i] {
			return false
		}
	}
	return true
}

// fold keeps the letters and digits of ASCII, in lower case, and one blank for
// whatever stands between.
func fold(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), " ")
}
