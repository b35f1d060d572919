package entity

import (
	"strings"

	"cablegraph/cable"
	"cablegraph/vocab"
)

// Form is what a form says of one person, as requests for vetting, visas and
// country clearance do: "Rank/Name: MAJ ANA PRADO", "Unit: HARBOR POLICE".
type Form []Field

// Field is the value of a line of a form: the tokens behind its label.
type Field struct {
	Kind        FieldKind
	First, Last int // tokens, Last exclusive
}

// FieldKind says what a line of a form is about.
type FieldKind uint8

// The kinds of fields. A rank before a name is a field of its own.
const (
	FieldOther      FieldKind = iota // a date or place of birth that the form leaves open, a number
	FieldName                        //
	FieldRank                        //
	FieldBirthplace                  //
	FieldUnit                        // the body where the person serves
	FieldCourse                      // what the person is to be trained in
	FieldStart                       // of the course
	FieldEnd                         //
)

// fieldLabels are the labels of fields, without blanks and in lower case.
var fieldLabels = map[string]FieldKind{
	"rank/name": FieldName, "name": FieldName, "fullname": FieldName, "fulllegalname": FieldName, "nameandrank": FieldName,
	"rank": FieldRank, "title": FieldRank, "position": FieldRank, "jobtitle": FieldRank,
	"placeofbirth": FieldBirthplace, "pob": FieldBirthplace, "cityofbirth": FieldBirthplace, "birthplace": FieldBirthplace,
	"unit/institution": FieldUnit, "unit": FieldUnit, "institution": FieldUnit, "department": FieldUnit,
	"agency": FieldUnit, "organization": FieldUnit, "organisation": FieldUnit, "employer": FieldUnit,
	"course": FieldCourse, "coursetitle": FieldCourse, "coursename": FieldCourse, "training": FieldCourse,
	"startdate": FieldStart, "enddate": FieldEnd, "coursestartdate": FieldStart, "courseenddate": FieldEnd,
	"dob": FieldOther, "dateofbirth": FieldOther, "vetting#": FieldOther, "passport": FieldOther,
	"passport#": FieldOther, "passportnumber": FieldOther, "nationality": FieldOther, "citizenship": FieldOther, "gender": FieldOther, "sex": FieldOther,
}

// minFields is how many fields beside the name make a form.
const minFields = 2

// forms reads the forms of the cable and makes mentions of the people, places
// and bodies in them.
func (f *Finder) forms(name string) {
	var form Form
	seen := 0 // kinds of fields in form, as bits
	end := func() {
		f.form(form, name)
		form, seen = nil, 0
	}
	for s := range f.prose {
		first := f.fieldValue(s)
		if first < 0 {
			if len(form) > 0 && f.d.Cable.Blocks[s.Block].Kind == cable.BlockText && !f.continues(s, form) {
				end()
			}
			continue
		}
		kind, known := fieldLabels[f.fieldLabel(s.First, first-1)]
		if !known {
			kind = FieldOther
		}
		if bit := 1 << kind; kind != FieldOther {
			if seen&bit != 0 {
				end()
			}
			seen |= bit
		}
		form = append(form, Field{kind, first, s.Last})
	}
	end()
}

// continues reports whether a sentence goes on with the last field of a form,
// where a point in it looked like its end: "TUG DEPT. NO. 7".
func (f *Finder) continues(s Sentence, form Form) bool {
	last := &form[len(form)-1]
	if last.Last != s.First || s.First == 0 || f.d.newLine(s.First) {
		return false
	}
	last.Last = s.Last
	return true
}

// fieldValue returns the first token behind the label that sentence s starts
// with, or -1.
func (f *Finder) fieldValue(s Sentence) int {
	const most = 7 // tokens of a label and its colon
	for k := s.First + 1; k < min(s.Last, s.First+most); k++ {
		if f.d.Tokens[k].Hash == hColon {
			if f.d.label(s.First) {
				return k + 1
			}
			break
		}
	}
	return -1
}

// fieldLabel returns the label of tokens [first, last) as fieldLabels has it.
func (f *Finder) fieldLabel(first, last int) string {
	var b strings.Builder
	for k := first; k < last; k++ {
		b.WriteString(strings.ToLower(f.d.Word(k)))
	}
	return b.String()
}

// form makes the mentions of one form, and keeps it if it is one.
func (f *Finder) form(form Form, name string) {
	known := 0
	who := -1
	for i, x := range form {
		switch x.Kind {
		case FieldName:
			who = i
		default:
			known++
		}
	}
	if who < 0 || known < minFields {
		return
	}
	first, last := f.formName(form[who], strings.HasPrefix(f.fieldLabelOf(form[who]), "rank"))
	if first < 0 || !f.mark(first, last, Mention{Kind: vocab.Person, Rule: name}) {
		return
	}
	if from := form[who].First; from < first {
		form = append(form, Field{FieldRank, from, first})
	}
	form[who] = Field{FieldName, first, last}
	for i := range form {
		x := &form[i]
		switch x.Kind {
		case FieldCourse: // no names, though it has their words
			for k := x.First; k < x.Last; k++ {
				f.words[k].flags, f.words[k].nhit = isFunction, 0
			}
		case FieldBirthplace:
			f.birthplace(x, name)
		case FieldUnit:
			for x.Last > x.First && f.d.Tokens[x.Last-1].Shape == Punct && f.d.Word(x.Last-1) != ")" {
				x.Last--
			}
			if x.Last-x.First <= maxName && f.given(x.First, x.Last) && !f.lists(x.First, x.Last) {
				m := Mention{Kind: vocab.Agency, Subtype: "gov", Rule: name}
				if e, n := f.longest(x.First, vocab.Agency); e != nil && x.First+n == x.Last {
					m.fill(e)
				}
				f.mark(x.First, x.Last, m)
			}
		}
	}
	f.d.Forms = append(f.d.Forms, form)
}

// fieldLabelOf returns the label before the value of a field.
func (f *Finder) fieldLabelOf(x Field) string {
	return f.fieldLabel(f.sentenceOf(x.First-1).First, x.First-1)
}

// given reports whether [first, last) is a value and not left open: "XXXXXX", "N/A".
func (f *Finder) given(first, last int) bool {
	for k := first; k < last; k++ {
		if w := f.d.Word(k); strings.Trim(w, "Xx") != "" && f.d.Tokens[k].Shape >= Initial && f.size(k) > 1 {
			return true
		}
	}
	return false
}

// lists reports whether [first, last) is more than one value.
func (f *Finder) lists(first, last int) bool {
	for k := first; k < last; k++ {
		if f.d.Word(k) == ";" {
			return true
		}
	}
	return false
}

// formName returns the tokens of the name in a field, without the rank that
// the label announces or that titles are, or -1.
func (f *Finder) formName(x Field, ranked bool) (first, last int) {
	first, last = x.First, x.Last
	if _, n := f.longestOf(first, func(e *entry) bool { return e.class == classTitle }); n > 0 && n < last-first {
		first += n
	} else if ranked && last-first > 2 {
		first++
	}
	for first < last && f.d.Tokens[first].Shape == Punct { // "LT. PRADO"
		first++
	}
	words := 0
	for k := first; k < last; k++ {
		switch sh := f.d.Tokens[k].Shape; {
		case sh >= Initial && sh != Mixed || f.is(k, isParticle):
			words++
		case sh == Mixed && !strings.ContainsAny(f.d.Word(k), "0123456789"):
			words++
		case sh == Lower && k > first && f.touches(k) && f.d.Tokens[k-1].Hash == hDash: // "Bo-yun"
		case sh == Punct && (f.d.Tokens[k].Hash == hComma || f.d.Tokens[k].Hash == hDash || f.d.Word(k) == "'") && k > first:
		default:
			last = k
		}
	}
	for last > first && f.d.Tokens[last-1].Shape == Punct {
		last--
	}
	if words < 2 || words > maxNameWords || !f.given(first, last) {
		return -1, -1
	}
	return first, last
}

// maxNameWords is how many words the name of a person in a form may have.
const maxNameWords = 9

// birthplace makes mentions of the place in a field and of its country: "TANTA,
// EGYPT". It cuts the field down to the place.
func (f *Finder) birthplace(x *Field, name string) {
	last := x.Last
	for last > x.First && f.d.Tokens[last-1].Shape == Punct {
		last--
	}
	comma := -1
	for k := x.First; k < last; k++ {
		if f.d.Tokens[k].Hash == hComma {
			comma = k
		}
	}
	country := ""
	state := func(first, last int) bool {
		e, n := f.country(first)
		if e == nil || first+n != last {
			return false
		}
		m := Mention{Kind: vocab.State, Rule: name}
		m.fill(e)
		country = e.nation()
		return f.mark(first, last, m)
	}
	if state(comma+1, last) && comma > 0 || comma < 0 && state(x.First, last) {
		last = comma
	}
	if last <= x.First || !f.given(x.First, last) || last-x.First > maxPlaceWords || country != "" && state(x.First, last) {
		return
	}
	m := Mention{Kind: vocab.Place, Subtype: "city", Country: country, Rule: name}
	if e, n := f.longestOf(x.First, func(e *entry) bool {
		return e.class == className && e.kind == vocab.Place && (country == "" || e.nation() == country)
	}); e != nil && x.First+n == last {
		m.fill(e)
	}
	f.mark(x.First, last, m)
}

// maxPlaceWords is how many words the name of a birthplace may have.
const maxPlaceWords = 5
