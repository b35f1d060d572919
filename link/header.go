package link

import (
	"strings"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/vocab"
)

// header writes what the header and the pass lines say: sender, addressees,
// references, signer, and where the people of the pass lines belong.
func (r *reader) header() {
	c := r.d.Cable
	from := 0 // the first mention that does not end before the block
	sent := false
	for bi := range c.Blocks {
		b := &c.Blocks[bi]
		for from < len(r.d.Mentions) && r.d.Mentions[from].Span.End <= b.Span.Start {
			from++
		}
		last := from
		for last < len(r.d.Mentions) && r.d.Mentions[last].Span.Start < b.Span.End {
			last++
		}
		relation, role := "", "body"
		switch b.Kind {
		case cable.BlockFrom:
			relation, sent = "sentFrom", true
		case cable.BlockTo:
			relation = "sentTo"
		case cable.BlockInfo:
			relation = "infoTo"
		case cable.BlockPass:
			r.passLine(b, from, last)
			continue
		case cable.BlockReference:
			r.reference(b, from, last)
			continue
		case cable.BlockSignature:
			relation, role = "signedBy", "person"
		case cable.BlockText:
			r.mentioned(b, from, last)
			continue
		default:
			continue
		}
		for m := from; m < last; m++ {
			k := r.d.Mentions[m].Kind
			if role == "person" && k == vocab.Person || role == "body" && k == vocab.Agency {
				r.ofCable(relation, "header."+relation, Arg{role, m, ""}, vocab.Asserted, b.Para, b.Span)
			}
		}
	}
	if !sent && c.Number.Len() > 0 {
		r.numbered()
	}
}

// numbered writes which post sent a cable without an FM line: the one in whose
// series its number is, where the text names the post.
func (r *reader) numbered() {
	c := r.d.Cable
	args := []Arg{r.own()}
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind == vocab.Agency && m.Subtype == "post" && strings.Contains(capitalLetters(m.Text), strings.Trim(c.ID, "0123456789")) {
			args = append(args, Arg{"body", i, ""})
			break
		}
	}
	r.add(Relation{Type: "sentFrom", Args: args, Evidence: c.Number, Rule: "header.number", Score: 0.9})
}

// capitalLetters returns the letters of a name in capitals, as the ids of cables
// have them: "THEHAGUE".
func capitalLetters(s string) string {
	return strings.Map(func(c rune) rune {
		if c < 'A' || c > 'Z' {
			return -1
		}
		return c
	}, strings.ToUpper(s))
}

// own returns the argument that stands for the cable itself.
func (r *reader) own() Arg {
	c := r.d.Cable
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Kind == vocab.Document && m.Key == "cable:"+c.ID {
			return Arg{"document", i, ""}
		}
		if m.Span.Start > c.Number.End {
			break
		}
	}
	return Arg{"document", -1, "cable:" + c.ID}
}

// ofCable writes a fact whose document is the cable itself.
func (r *reader) ofCable(relation, rule string, a Arg, status vocab.Status, para int, evidence cable.Span) {
	r.add(Relation{Type: relation, Args: []Arg{r.own(), a}, Status: status, Para: para, Evidence: evidence, Rule: rule, Score: 0.98})
}

// reference writes the cable that an item of the REF lines names.
func (r *reader) reference(b *cable.Block, from, last int) {
	for i := range r.d.Cable.References {
		ref := &r.d.Cable.References[i]
		if ref.Span.Start < b.Span.Start || ref.Span.End > b.Span.End || ref.ID == "" {
			continue
		}
		a := Arg{"referenced", -1, "cable:" + ref.ID}
		for m := from; m < last; m++ {
			if x := &r.d.Mentions[m]; x.Kind == vocab.Document && x.Span.Start < ref.Span.End && ref.Span.Start < x.Span.End {
				a = Arg{"referenced", m, ""}
				break
			}
		}
		r.ofCable("references", "header.reference", a, vocab.Asserted, b.Para, b.Span)
	}
}

// mentioned writes the cables that the text mentions: "Reftel", "ref B", "STATE 12345".
func (r *reader) mentioned(b *cable.Block, from, last int) {
	for m := from; m < last; m++ {
		x := &r.d.Mentions[m]
		if x.Kind == vocab.Document && strings.HasPrefix(x.Key, "cable:") && x.Key != "cable:"+r.d.Cable.ID {
			r.ofCable("references", "text.reference", Arg{"referenced", m, ""}, vocab.Asserted, b.Para, x.Span)
		}
	}
}

// passLine writes the offices and people of "DEPT FOR WHA DAS PRADO AND MEX
// DIRECTOR GIL" as addressees, and what a person is to the office before it,
// or to the one right behind.
func (r *reader) passLine(b *cable.Block, from, last int) {
	status := vocab.Asserted
	text := r.d.Cable.Text.Slice(b.Span)
	if strings.Contains(strings.ToUpper(text), "PASS TO") {
		status = vocab.Planned
	}
	office, listed := -1, false
	for m := from; m < last; m++ {
		x := &r.d.Mentions[m]
		if m > from && r.breaks(r.d.Mentions[m-1].Last, x.First, listed && x.Kind == vocab.Person) {
			office = -1
		}
		listed = x.Kind == vocab.Person && (listed || office >= 0) // "EUR ANA PRADO, LUIS GIL": both of EUR
		switch x.Kind {
		case vocab.Agency:
			if m > from && r.d.Mentions[m-1].Kind == vocab.Person && r.d.Mentions[m-1].Last == x.First && office < 0 {
				continue // "PASS TO ANA PRADO WHA/MEX": where she sits
			}
			r.ofCable("sentTo", "header.pass", Arg{"body", m, ""}, status, b.Para, b.Span)
			office = m
		case vocab.Person:
			r.ofCable("sentTo", "header.pass", Arg{"person", m, ""}, status, b.Para, b.Span)
			o := office
			title := ""
			if o >= 0 {
				title = r.passTitle(r.d.Mentions[m-1].Last, x.First)
			} else if m+1 < last && r.d.Mentions[m+1].Kind == vocab.Agency && r.d.Mentions[m+1].First == x.Last {
				o = m + 1
			}
			if o >= 0 {
				r.inOffice(m, o, title, b)
			}
		}
	}
}

var (
	hAndWord, hForWord, hStaff = wordHash("and"), wordHash("for"), wordHash("staff")
	hPass, hPlease, hAlso      = wordHash("pass"), wordHash("please"), wordHash("also")
	hDirector, hChief, hHead   = wordHash("director"), wordHash("chief"), wordHash("head")
)

// breaks reports whether a mark that ends an item stands between the tokens;
// in a list of people a comma does not.
func (r *reader) breaks(i, j int, people bool) bool {
	for ; i < j; i++ {
		switch r.d.Word(i) {
		case ",":
			if !people {
				return true
			}
		case ";", ".":
			return true
		}
	}
	return false
}

// passTitle returns the words between an office and a person that are a title.
func (r *reader) passTitle(i, j int) string {
	title := ""
	for ; i < j; i++ {
		switch r.d.Tokens[i].Lower {
		case hAndWord, hForWord, hStaff, hPass, hPlease, hAlso, hTo:
			continue
		}
		if r.d.Tokens[i].Shape == entity.Punct {
			continue
		}
		if title != "" {
			title += " "
		}
		title += r.d.Word(i)
	}
	return title
}

// inOffice writes what a person of a pass line is to an office.
func (r *reader) inOffice(person, office int, title string, b *cable.Block) {
	rel := Relation{Type: "memberOf", Args: []Arg{{"person", person, ""}, {"organization", office, ""}}, Para: b.Para, Evidence: b.Span, Rule: "header.office", Score: 0.8}
	if title != "" {
		rel.Type = "holdsRole"
		if h := wordHash(title); h == hDirector || h == hChief || h == hHead {
			rel.Type = "heads"
		}
		rel.Args = []Arg{{"person", person, ""}, {"body", office, ""}, {"role", -1, title}}
	}
	r.add(rel)
}
