package link

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/vocab"
)

// Test runs the examples of every rule, or only of those that a user has added
// to the program's own. It returns what is wrong, each with the file and line
// of the example.
func (r *Rules) Test(added bool) []error {
	var errs []error
	for _, u := range r.rules {
		if added && !u.Added || u.faulty {
			continue
		}
		for _, e := range u.Examples {
			if err := r.testExample(u, e); err != nil {
				errs = append(errs, &Error{u.File, e.Line, 1, fmt.Errorf("rule %s: %w", u.Name, err)})
			}
		}
	}
	return errs
}

// testExample runs one example and compares the facts of its rule with those
// that it lists.
func (r *Rules) testExample(u *rule, e Example) error {
	d, err := exampleDocument(e.Text)
	if err != nil {
		return err
	}
	var got []string
	for _, x := range r.Relations(d) {
		if x.Rule == u.Name {
			got = append(got, x.describe(d))
		}
	}
	if e.Facts == nil {
		if len(got) > 0 {
			return fmt.Errorf("matches what it should not: %s", strings.Join(got, "; "))
		}
		return nil
	}
	want := slices.Clone(e.Facts)
	if len(want) == 0 {
		return errors.New("a \"yes\" example lists no facts")
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		return fmt.Errorf("found\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
	return nil
}

// describe writes the arguments and a status other than asserted, as examples list them:
// "person=Ana Prado date=2006-05-03 (alleged)". The cable itself is left out.
func (x *Relation) describe(d *entity.Document) string {
	var b strings.Builder
	for _, a := range x.Args {
		v := a.Value
		if a.Mention >= 0 {
			v = d.Mentions[a.Mention].Text
		} else if v == "cable:"+d.Cable.ID {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(a.Role + "=" + v)
	}
	if x.Status != vocab.Asserted {
		b.WriteString(" (" + x.Status.String() + ")")
	}
	return b.String()
}

// exampleHead makes a text a cable: sent from an invented post on 15 June 2007.
const exampleHead = "R 151200Z JUN 07\nFM AMEMBASSY CALLAO\nTO SECSTATE WASHDC\n\nUNCLAS CALLAO 000001\n\nE.O. 12958: N/A\nTAGS: PGOV\nSUBJECT: EXAMPLE\n\n1. (U) "

// exampleDocument makes a document of an example. Names are marked "[person
// Ana Prado]" or, with a subtype, "[law/provision Article 1]".
func exampleDocument(text string) (*entity.Document, error) {
	var raw strings.Builder
	raw.WriteString(exampleHead)
	const post = "AMEMBASSY CALLAO"
	at := strings.Index(exampleHead, post)
	ms := []entity.Mention{{Span: cable.Span{Start: at, End: at + len(post)}, Kind: vocab.Agency, Subtype: "post"}}
	for rest := text; rest != ""; {
		i := strings.IndexByte(rest, '[')
		if i < 0 {
			raw.WriteString(rest)
			break
		}
		raw.WriteString(rest[:i])
		j := strings.IndexByte(rest[i:], ']')
		if j < 0 {
			return nil, errors.New("a [ of the example is not closed")
		}
		kind, name, _ := strings.Cut(rest[i+1:i+j], " ")
		kind, sub, _ := strings.Cut(kind, "/")
		k := vocab.ParseKind(kind)
		if k == vocab.NoKind {
			return nil, fmt.Errorf("no kind of mention is called %q", kind)
		}
		m := entity.Mention{Span: cable.Span{Start: raw.Len(), End: raw.Len() + len(name)}, Kind: k, Subtype: sub}
		if k == vocab.State {
			m.Key = "state:" + strings.ReplaceAll(entity.Fold(name), " ", "-")
		}
		ms = append(ms, m)
		raw.WriteString(name)
		rest = rest[i+j+1:]
	}
	raw.WriteString("\n")
	for c, err := range cable.Read(strings.NewReader(raw.String()), "07CALLAO1.txt") {
		if err != nil {
			return nil, err
		}
		d := entity.Annotate(c, ms)
		for i := 0; i+1 < len(d.Mentions); i++ {
			a, b := &d.Mentions[i], &d.Mentions[i+1]
			if b.First == a.Last+1 && d.Word(a.Last) == "(" && d.Word(b.Last) == ")" && a.Kind == b.Kind && d.Tokens[b.First].Shape == entity.Caps {
				d.Acronyms = append(d.Acronyms, entity.Acronym{Long: i, Short: i + 1})
			}
		}
		return d, nil
	}
	return nil, errors.New("the example makes no cable")
}
