package queries

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/cayleygraph/quad"
)

// The saved queries, a file each, are the truth about themselves: the comment
// at the head of a file has, in this order, its title, its description, its
// parameters and an example of use. docs/queries.md says how to write one.
//
//go:embed saved
var savedFiles embed.FS

// Saved is a query that is kept under a name, with parameters.
type Saved struct {
	Name        string   `json:"name"`
	Lang        Language `json:"lang"`
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Params      []Param  `json:"params"`
	Example     string   `json:"example"` // a command line

	text string
	args map[string]string // of the example
}

// Param is a parameter of a saved query.
type Param struct {
	Name     string    `json:"name"`
	Type     ParamType `json:"type"`
	Required bool      `json:"required"`
	Default  string    `json:"default,omitempty"`
	Example  string    `json:"example"`
	Meaning  string    `json:"meaning"`
}

// ParamType says what values a parameter takes.
type ParamType string

// The types of parameters.
const (
	IRIParam     ParamType = "iri"     // of a node, with or without angle brackets
	TextParam    ParamType = "text"    // any text
	IntegerParam ParamType = "integer" // a whole number
)

// SavedQueries returns all saved queries, sorted by name.
var SavedQueries = sync.OnceValue(func() []*Saved {
	all, err := loadSaved()
	if err != nil {
		panic(err) // the files are embedded, and a test loads them
	}
	return all
})

// SavedQuery returns the saved query of that name.
func SavedQuery(name string) (*Saved, error) {
	all := SavedQueries()
	i, ok := slices.BinarySearchFunc(all, name, func(s *Saved, name string) int { return strings.Compare(s.Name, name) })
	if !ok {
		return nil, &Error{Kind: Invalid, Msg: fmt.Sprintf("no saved query %q", name)}
	}
	return all[i], nil
}

func loadSaved() ([]*Saved, error) {
	entries, err := savedFiles.ReadDir("saved")
	if err != nil {
		return nil, err
	}
	var (
		all  []*Saved
		errs []error
	)
	for _, e := range entries {
		text, err := savedFiles.ReadFile("saved/" + e.Name())
		if err != nil {
			return nil, err
		}
		s, err := parseSaved(e.Name(), string(text))
		if err != nil {
			errs = append(errs, err)
		}
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b *Saved) int { return strings.Compare(a.Name, b.Name) })
	for i := range all[1:] {
		if all[i].Name == all[i+1].Name {
			errs = append(errs, fmt.Errorf("saved/%s: in two languages", all[i].Name))
		}
	}
	return all, errors.Join(errs...)
}

// commentMarks are how a line of comment begins.
var commentMarks = map[Language]string{Gizmo: "//", GraphQL: "#"}

// parseSaved reads a file of a saved query.
func parseSaved(file, text string) (*Saved, error) {
	ext := path.Ext(file)
	s := &Saved{Name: strings.TrimSuffix(file, ext), Lang: Language(strings.TrimPrefix(ext, ".")), Params: []Param{}, text: text}
	mark, ok := commentMarks[s.Lang]
	if !ok {
		return s, fmt.Errorf("saved/%s: ends in neither .gizmo nor .graphql", file)
	}
	n := 0
	fail := func(format string, args ...any) (*Saved, error) {
		return s, fmt.Errorf("saved/%s:%d: %s", file, n, fmt.Sprintf(format, args...))
	}
	for line := range strings.Lines(text) {
		n++
		line, ok := strings.CutPrefix(line, mark)
		if !ok {
			break
		}
		line = strings.TrimSpace(line)
		switch param, isParam := strings.CutPrefix(line, "Parameter "); {
		case line == "":
		case s.Title == "":
			s.Title = line
		case isParam:
			p, err := parseParam(param)
			if err != nil {
				return fail("%v", err)
			}
			if s.Lang == GraphQL && !p.Required && p.Default == "" {
				return fail("parameter %s: GraphQL cannot leave one out", p.Name)
			}
			s.Params = append(s.Params, p)
		case strings.HasPrefix(line, "Example: "):
			if s.Example != "" {
				return fail("a second example")
			}
			s.Example = strings.TrimPrefix(line, "Example: ")
		case len(s.Params) == 0 && s.Example == "":
			s.Description = strings.TrimSpace(s.Description + " " + line)
		case s.Example == "":
			last := &s.Params[len(s.Params)-1]
			last.Meaning += " " + line
		default:
			return fail("text after the example")
		}
	}
	if s.Title == "" || s.Description == "" || s.Example == "" {
		return fail("the comment at the head needs a title, a description and an example")
	}
	parts := strings.Split(s.Example, " --param ")
	if want := "graph query GRAPH --saved " + s.Name; parts[0] != want {
		return fail("the example does not begin with %q", want)
	}
	s.args = map[string]string{}
	for _, part := range parts[1:] {
		k, v, _ := strings.Cut(part, "=")
		s.args[k] = strings.Trim(v, "'")
	}
	if _, err := s.Bind(s.args); err != nil {
		return fail("example: %v", err)
	}
	return s, nil
}

// parseParam reads what follows "Parameter ":
//
//	person: iri, optional, e.g. person:ana-prado. The person arrested.
//	depth: integer, default 2, e.g. 3. How many steps.
//	words: text, required, e.g. "U.S. visa". Words of the name.
func parseParam(line string) (Param, error) {
	name, rest, ok1 := strings.Cut(line, ": ")
	kind, rest, ok2 := strings.Cut(rest, ", ")
	need, rest, ok3 := strings.Cut(rest, ", e.g. ")
	end := ". "
	if quoted, ok := strings.CutPrefix(rest, `"`); ok {
		rest, end = quoted, `". `
	}
	example, meaning, ok4 := strings.Cut(rest, end)
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return Param{}, fmt.Errorf("parameter %q: not of the form 'name: type, required, e.g. value. Meaning.'", line)
	}
	p := Param{Name: name, Type: ParamType(kind), Example: example, Meaning: meaning}
	switch {
	case need == "required":
		p.Required = true
	case need == "optional":
	case strings.HasPrefix(need, "default "):
		p.Default = strings.TrimPrefix(need, "default ")
		if _, err := p.value(p.Default); err != nil {
			return p, err
		}
	default:
		return p, fmt.Errorf("parameter %s: %q is neither required, optional nor default", name, need)
	}
	if name == "limit" {
		return p, errors.New("parameter limit: the word is taken by the HTTP interface")
	}
	_, err := p.value(p.Example)
	return p, err
}

// Bind returns the query with its parameters set. A value never becomes code:
// it is checked, and written as a literal of the language.
func (s *Saved) Bind(args map[string]string) (Query, error) {
	values := map[string]quad.Value{}
	for _, p := range s.Params {
		text, given := args[p.Name]
		switch {
		case given:
		case p.Default != "":
			text = p.Default
		case p.Required:
			return Query{}, &Error{Kind: Invalid, Msg: fmt.Sprintf("%s: parameter %s is missing: %s", s.Name, p.Name, p.Meaning)}
		default:
			continue
		}
		v, err := p.value(text)
		if err != nil {
			return Query{}, &Error{Kind: Invalid, Msg: s.Name + ": " + err.Error()}
		}
		values[p.Name] = v
	}
	for _, name := range slices.Sorted(maps.Keys(args)) {
		if !slices.ContainsFunc(s.Params, func(p Param) bool { return p.Name == name }) {
			return Query{}, &Error{Kind: Invalid, Msg: fmt.Sprintf("%s: no parameter %q", s.Name, name)}
		}
	}
	if s.Lang == GraphQL {
		return s.bindGraphQL(values)
	}
	return s.bindGizmo(values), nil
}

// value checks a value and gives it its type in the graph.
func (p Param) value(text string) (quad.Value, error) {
	switch p.Type {
	case IRIParam:
		iri := strings.TrimSuffix(strings.TrimPrefix(text, "<"), ">")
		if !validIRI(iri) {
			return nil, fmt.Errorf("parameter %s: %q is no IRI such as %s", p.Name, text, p.Example)
		}
		return quad.IRI(iri), nil
	case TextParam:
		if text == "" {
			return nil, fmt.Errorf("parameter %s is empty", p.Name)
		}
		return quad.String(text), nil
	case IntegerParam:
		n, err := strconv.Atoi(text)
		if err != nil {
			return nil, fmt.Errorf("parameter %s: %q is no whole number", p.Name, text)
		}
		return quad.Int(n), nil
	}
	return nil, fmt.Errorf("parameter %s: no type %q", p.Name, p.Type)
}

// validIRI tells whether s has a scheme and none of the characters that N-Quads
// or Cayley's GraphQL do not take in an IRI.
func validIRI(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	return ok && scheme != "" && rest != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r <= ' ' || r == 0x7f || strings.ContainsRune("<>\"{}|^`\\()", r)
	})
}

// bindGizmo sets the variable param. It stands on the first line, which is a
// comment, so that the lines keep their numbers.
func (s *Saved) bindGizmo(values map[string]quad.Value) Query {
	var b strings.Builder
	b.WriteString("var param = {")
	for i, name := range slices.Sorted(maps.Keys(values)) {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s: ", jsString(name))
		switch v := values[name].(type) {
		case quad.IRI:
			fmt.Fprintf(&b, "iri(%s)", jsString(string(v)))
		case quad.String: // for the script to use; as a node it needs str()
			b.WriteString(jsString(string(v)))
		case quad.Int:
			fmt.Fprintf(&b, "%d", int64(v))
		}
	}
	b.WriteString("}; ")
	return Query{Lang: Gizmo, Text: b.String() + s.text}
}

// jsString returns s as a literal of JavaScript and GraphQL. JSON's strings are
// theirs; line separators, which JavaScript once forbade, come out escaped.
func jsString(s string) string {
	text, _ := json.Marshal(s) // a string has no way to fail
	return string(text)
}

// bindGraphQL puts the values in place of $name.
func (s *Saved) bindGraphQL(values map[string]quad.Value) (Query, error) {
	var pairs []string
	for _, name := range slices.Backward(slices.Sorted(maps.Keys(values))) { // $ab before $a
		literal := ""
		switch v := values[name].(type) {
		case quad.IRI:
			literal = "<" + string(v) + ">"
		case quad.Int:
			literal = strconv.FormatInt(int64(v), 10)
		case quad.String:
			// Cayley reads some texts as other values, and has no way around it.
			if quad.StringToValue(string(v)) != v {
				return Query{}, &Error{Kind: Invalid, Msg: fmt.Sprintf("%s: parameter %s: GraphQL cannot express the text %q", s.Name, name, string(v))}
			}
			literal = jsString(string(v))
		}
		pairs = append(pairs, "$"+name, literal)
	}
	return Query{Lang: GraphQL, Text: strings.NewReplacer(pairs...).Replace(s.text)}, nil
}
