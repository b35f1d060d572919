package vocab

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cablegraph/internal/golden"
)

// docs/vocabulary.md is generated from the tables.
func TestPage(t *testing.T) {
	golden.Check(t, "../docs/vocabulary.md", page())
}

func page() []byte {
	b := new(bytes.Buffer)
	p := func(format string, args ...any) { fmt.Fprintf(b, format+"\n", args...) }
	cell := func(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
	code := func(s string) string {
		if s == "" {
			return ""
		}
		return "`" + cell(s) + "`"
	}

	p("# The vocabulary of the graph")
	p("")
	p("<!-- Generated from vocab/data/*.tsv by go generate ./vocab. Do not edit. -->")
	p("")
	p("What a query can ask for. Names are stored as they are typed here: `g.V(\"<person:ana-prado>\")`. `graph export --base IRI`")
	p("expands them under a base. The people and events in the examples are invented.")
	p("")
	p("- An entity is `kind:name`: `person:ana-prado`, `state:peru`; a cable `cable:07LIMA412`, its paragraph 4 `cable:07LIMA412/4`, a tag")
	p("  `tag:KTIP`. Events and claims have an identifier made from their content: the same fact has the same one in every build.")
	p("- Every node has exactly one `rdf:type` and one `cg:name`. The type is the most specific class: ask for wider ones through `rdfs:subClassOf`.")
	p("- Every (subject, predicate, object) stands once. Its label is the paragraph that states it best, `%s` for types and names, `%s`", NamesLabel, EvidenceLabel)
	p("  for claims.")
	p("- An event and an edge between entities has a claim for every passage that states it: the words, where they stand, the rule that")
	p("  read them and how sure it is. Claims that repeat an earlier one nearly word for word say so by `%s`.", Repeats)
	p("- Direct edges (`cg:arrestedBy`) are drawn for asserted and alleged facts only. Negated, planned and hypothetical ones are found")
	p("  through their events and claims, by `%s`.", HasStatus)
	p("- Dates are ISO 8601 in the precision that the text gives (`2007`, `2007-04`, `2007-07-16`, a range `2007-07-30/2007-08-03`), and compare")
	p("  as text. What the cable says only in words stays in words. `%s` is the year as an integer, of a range its first.", Year)
	p("- Names of other scripts are transliterated in identifiers.")

	p("")
	p("## Classes")
	p("")
	p("| class | meaning | example |")
	p("|---|---|---|")
	var tree func(parent string, depth int)
	tree = func(parent string, depth int) {
		for _, c := range Classes() {
			if c.Parent == parent {
				p("| %s%s | %s | %s |", strings.Repeat("&emsp;", depth), code(c.Name), cell(c.Meaning), code(c.Example))
				tree(c.Name, depth+1)
			}
		}
	}
	tree("", 0)

	p("")
	p("## Relations")
	p("")
	p("What rules find in the text, and what becomes of it. *Event*: a node of the class with its roles, and the edge. *Edge*: the edge")
	p("alone; other roles stand on its claims. *Header*: an edge of the cable. *Name*: another name of an entity. An edge is drawn from each")
	p("filler of the role on its left to each filler of the role on its right.")
	forms := []Form{EventForm, EdgeForm, HeaderForm, NameForm}
	byForm := slices.Clone(Relations())
	slices.SortStableFunc(byForm, func(a, b Relation) int {
		return cmp.Compare(slices.Index(forms, a.Form), slices.Index(forms, b.Form))
	})
	p("")
	p("| type | form | roles | edge | meaning | example |")
	p("|---|---|---|---|---|---|")
	for _, r := range byForm {
		form := string(r.Form)
		if r.Class != "" {
			form += " " + code(r.Class)
		}
		var roles []string
		for _, role := range r.Roles {
			roles = append(roles, role.Name)
		}
		p("| %s | %s | %s | %s %s %s | %s | %s |", r.Type, form, strings.Join(roles, ", "),
			strings.Join(r.Subject, "/"), code(r.Predicate), strings.Join(r.Object, "/"), cell(r.Meaning), cell(r.Example))
	}
	p("")
	p("Two passages state one event where all that they say is the same, and also where they agree in these roles and in the date and")
	p("nothing else speaks against it: what they say is then put together. Without a date, or with a less precise one, a passage is taken")
	p("to mean the only event that it can mean. Passages too vague to be the same in two cables (\"three men were arrested last year\") stay apart.")
	p("")
	p("| type | agree in |")
	p("|---|---|")
	for _, r := range byForm {
		if len(r.Same) > 0 {
			p("| %s | %s |", r.Type, strings.Join(r.Same, ", "))
		}
	}
	p("")
	p("Two events of a type contradict each other, and are joined by `%s`, where they agree in the roles on the left and differ in one", ConflictsWith)
	p("on the right; and where what holds in one passage is denied in another that was written after it had happened.")
	p("")
	p("| type | agree in | differ in |")
	p("|---|---|---|")
	for _, r := range byForm {
		if len(r.Single) > 0 {
			p("| %s | %s | %s |", r.Type, strings.Join(r.Key, ", "), strings.Join(r.Single, ", "))
		}
	}

	p("")
	p("## Roles")
	p("")
	p("In an event the role `person` is the predicate `cg:person`, and so on. Any role may be text where the cable describes rather than")
	p("names: \"two officers of the port police\".")
	p("")
	p("| role | usually | meaning |")
	p("|---|---|---|")
	for _, r := range Roles() {
		p("| %s | %s | %s |", code(r.Name), strings.Join(r.Takes, ", "), cell(r.Meaning))
	}

	p("")
	p("## Other predicates")
	p("")
	p("| predicate | from | to | | meaning | example |")
	p("|---|---|---|---|---|---|")
	for _, q := range Predicates() {
		values := "many"
		if q.Single {
			values = "one"
		}
		p("| %s | %s | %s | %s | %s | %s |", code(q.Name), q.Subject, q.Object, values, cell(q.Meaning), code(q.Example))
	}
	return b.Bytes()
}
