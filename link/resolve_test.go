package link

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/vocab"
)

// written makes a record of a cable's text in which each mention is written as
// {kind:name=label}, or {kind/subtype:name=label}, with ":key" behind the name
// where a gazetteer knows it. Mentions of one label are one entity. "Long (SHORT)" between
// mentions of a kind defines an acronym.
func written(t *testing.T, id, from, text string) (*Record, []string) {
	t.Helper()
	w := &textWriter{rec: &Record{Cable: &cable.Cable{ID: id, From: cable.Party{Name: from}}}}
	if year, _, number, ok := cable.SplitID(id); ok {
		w.rec.Cable.Sent = time.Date(year, 1, number%365, 0, 0, 0, 0, time.UTC)
	}
	var labels []string
	for {
		before, rest, ok := strings.Cut(text, "{")
		w.text(before)
		if !ok {
			break
		}
		mark, after, _ := strings.Cut(rest, "}")
		text = after
		kind, name, _ := strings.Cut(mark, ":")
		name, label, ok := strings.Cut(name, "=")
		if !ok {
			t.Fatalf("mark %q has no label", mark)
		}
		name, key, keyed := strings.Cut(name, ":")
		kind, subtype, _ := strings.Cut(kind, "/")
		k := vocab.ParseKind(kind)
		if k == vocab.NoKind {
			t.Fatalf("mark %q has no kind", mark)
		}
		w.mention(k, subtype, name)
		m := &w.rec.Mentions[len(w.rec.Mentions)-1]
		m.Norm = m.Text
		if keyed {
			m.Key = key
		}
		labels = append(labels, label)
		if n := len(w.rec.Mentions); n > 1 && strings.HasSuffix(before, " (") && strings.HasPrefix(after, ")") && w.rec.Mentions[n-2].Kind == k {
			w.rec.Acronyms = append(w.rec.Acronyms, entity.Acronym{Long: n - 2, Short: n - 1})
		}
	}
	return w.record(), labels
}

// A writtenCable is a cable for written; its id may be followed by those of the
// cables that it refers to.
type writtenCable struct{ id, from, text string }

// checkLabels resolves the cables and demands that mentions are one entity
// exactly where their labels are one.
func checkLabels(t *testing.T, cables []writtenCable) *Graph {
	t.Helper()
	var records []*Record
	labels := map[*Record][]string{}
	for _, c := range cables {
		ids := strings.Fields(c.id)
		r, l := written(t, ids[0], c.from, c.text)
		for _, id := range ids[1:] {
			r.Cable.References = append(r.Cable.References, cable.Reference{ID: id})
		}
		records = append(records, r)
		labels[r] = l
	}
	g := Resolve(records)
	entityOf, labelOf := map[string]int32{}, map[int32]string{}
	for i, r := range recordsOf(t, g) {
		for m, e := range g.Of[i] {
			label, name := labels[r][m], r.Mentions[m].Text
			if old, ok := entityOf[label]; ok && old != e {
				t.Errorf("%s: %q of %s is %s, not %s", r.Cable.ID, name, label, g.Entities[e].ID, g.Entities[old].ID)
			} else if old, ok := labelOf[e]; ok && old != label {
				t.Errorf("%s: %q of %s is one with %s: %s", r.Cable.ID, name, label, old, g.Entities[e].ID)
			}
			entityOf[label], labelOf[e] = e, label
		}
	}
	return g
}

func TestResolveInCable(t *testing.T) {
	for name, text := range map[string]string{
		"surnames": `{person:Ana Morales Quintero=ana} and {person:Bela Ruiz=bela} met. {person:Morales=ana} said
			{person:RUIZ=bela}, {person:Morales-Quintero=ana} and {person:Quintero=ana} agreed.`,
		"initials and accents": `{person:John D. Tillman=john} called. {person:Tillman=john} and {person:José Núñez=jose} left with {person:NUNEZ=jose}.`,
		"particles":            `{person:Luis DeVargas=luis} spoke first. {person:de Vargas=luis} is {person:Luis de Vargas=luis}.`,
		"family name first":    `{person:Zhang Weilin=zhang} met {person:Weilin Chen=chen}; {person:Zhang=zhang} smiled at {person:Chen=chen}.`,
		"titles": `President {person:Hugo Carranza=hugo} and Senator {person:Dina Carranza=dina} came. President {person:Carranza=hugo} spoke.
			Senator {person:Carranza=dina} did not. Later {person:Carranza=hugo} left and President {person:Carranza=hugo} returned.`,
		"aliases":       `{person:Emre Kaya=emre}, alias "{person:Sultan=emre}", fled. {person:Sultan=emre} and {person:Emre=emre} are sought.`,
		"two of a name": `{person:Ana Morales=a} and {person:Ines Morales=i} are sisters. Their cousin is {person:Bela Ruiz=b}.`,
		"acronyms": `The {agency/gov:National Lighthouse Institute=nli} ({agency/gov:NLI=nli}) opened. {agency/gov:NLI=nli} staff and the
			{agency/gov:Instituto Nacional de Faros=inf} met. {agency/io:Organization for Inland Waters=oiw} is {agency/io:OIW=oiw}.`,
		"acronym of the parent": `The {agency/gov:Tugs Unit of the Ministry of Harbors=tugs} ({agency/gov:MOH=moh}) moved. The {agency/gov:Ministry of Harbors=moh} paid.`,
		"beginning of a name":   `The {agency/io:Arctic Tribunal of Inland Fisheries=tribunal} ruled. The {agency/io:Arctic Tribunal=tribunal} sat.`,
		"translations": `The {agency/gov:Ministry of Health=health} and the {agency/gov:Ministerio de Salud=health}; the {agency/gov:Secretariat for Public Security=security} is
			the {agency/gov:Secretaria de Seguridad Publica=security}.`,
		"countries":   `{agency/gov:Peruvian government=gop}, {agency/gov:Government of Peru=gop}, {agency/gov:Peru's federal government=gop}; {agency/gov:Lima city government=lima}.`,
		"own embassy": `{agency/post:AMEMBASSY LIMA=lima} said the {agency/post:U.S. Embassy=lima}, the {agency/post:Embassy Lima=lima}, told {agency/post:AMEMBASSY QUITO=quito}.`,
		"described laws": `Congress passed the {law/statute:Lighthouse Act=act}. The {law/statute:new law=act} is long. The {law/statute:bill=act} was short.
			The {law/code:Harbor Code=code} is old; the {law/code:code=code} and the {law/statute:law=act} differ.`,
		"introduced laws": `Peru signed a {law/statute:law=law} on lamps. The {law/statute:lamp law=law} was new.`,
		"law years":       `{law/statute:Lamp Act of 2001=one} was followed by the {law/statute:Lamp Act of 2005=two}. The {law/statute:2005 Lamp Act=two} stands.`,
		"provisions": `{law/provision:Article 6=a6} of the {law/statute:Lamp Act=act} and {law/provision:Article 6 (b)=a6b}. {law/provision:Section 6=s6} differs. Under the
			{law/statute:Lamp Act=act}, {law/provision:Article 6=a6} holds. {law/provision:Article 6=t6} of the {law/treaty:Lamp Convention=treaty} does not.`,
		"provisions in a list": `The {law/statute:Lamp Act=act} amends {law/provision:Articles 6=6} and {law/provision:8=8} of the {law/code:Harbor Code=code}.
			{law/provision:Article 8=8} of the {law/code:Harbor Code=code} is old, and so are {law/provision:Article 6=6} and {law/provision:article 9=9} of it.`,
		"a law in the subject": `ASSEMBLY PASSES {law/statute:LAMP LAW=law}. The {law/statute:Law on Preventing Lamp Theft in Harbors and Lighthouses=law} and
			the {law/statute:Law on Beacons=beacons}.`,
		"a law in the subject that may be two": `ASSEMBLY PASSES {law/statute:LAMP LAW=law}. The {law/statute:Law on Preventing Lamp Theft in Harbors and Lighthouses=theft} and
			the {law/statute:Law on Lamp Oil Prices in Harbors and Towns=oil}.`,
		"chambers": `The {agency/legislature:Chamber of Deputies=lower} and the {agency/legislature:Senate=upper}: the {agency/legislature:Lower House=lower} voted.`,
		"affairs":  `The {agency/gov:Foreign Ministry=mfa} is the {agency/gov:Ministry of Foreign Affairs=mfa} of old.`,
		"office symbols": `To {agency/us-gov:AB/CDE/FGHI=office}. {agency/gov:FGHI=office} is far. {agency/us-gov:JKL/MNO=pair} and {agency/us-gov:JKL=one} and
			{agency/gov:MNO=other} are near.`,
		"editions": `The {document/report:Eighth Annual Lamp Report=8}, the {document/report:8th Lamp Report=8}, the {document/report:2007 Lamp Report=07} and the
			{document/report:Ninth Annual Lamp Report=9}.`,
		"reports": `The {document/report:2006 Lamps in Harbors (LIH) Report=06} is out. The {document/report:LIH Report=06} says so. The {document/report:2007 LIH Report=07} and the
			{document/report:June 2006 report=06} will follow the {document/report:2007 report=07}.`,
		"cases": `The {case/prosecution:Morales case=m} and the {case/operation:Operation Beacon=beacon}. The {case/prosecution:Morales Case=m} goes on.`,
		"places": `{place/city:Ciudad Perla=perla} is {place/city:Perla=perla}; {place/city:Washington DC=dc} is {place/city:Washington=dc}.
			{place/city:New Perla=new} is elsewhere.`,
		"states": `{state/state:Costa Chica State=chica} and {state/state:Costa Chica=chica} beside {state/country:Peru:state:peru=peru}, {state/country:PERU:state:peru=peru}.`,
		"kinds":  `The {place/city:Morales=town} mayor {person:Ana Morales=ana} knows {organization/company:Morales=firm}.`,
	} {
		t.Run(name, func(t *testing.T) {
			checkLabels(t, []writtenCable{{"07LIMA300", "AMEMBASSY LIMA", text}})
		})
	}
}

func TestResolveAcrossCables(t *testing.T) {
	for name, cables := range map[string][]writtenCable{
		"bodies of two countries": {
			{"07LIMA1", "AMEMBASSY LIMA", `The {agency/gov:Ministry of Health=pe} and the {agency/gov:Health Ministry=pe}.`},
			{"07QUITO1", "AMEMBASSY QUITO", `The {agency/gov:Ministry of Health=ec}.`},
		},
		"acronyms": {
			{"07LIMA1", "AMEMBASSY LIMA", `The {agency/gov:National Lamp Institute=nli} ({agency/gov:NLI=nli}).`},
			{"07LIMA2", "AMEMBASSY LIMA", `{agency/gov:NLI=nli} staff.`},
			{"07QUITO1", "AMEMBASSY QUITO", `{agency/gov:NLI=other} staff.`},
		},
		"two meanings of an acronym": {
			{"07LIMA1", "AMEMBASSY LIMA", `The {agency/gov:Ministry of Harbors=harbors} ({agency/gov:MOH=harbors}).`},
			{"07LIMA2", "AMEMBASSY LIMA", `The {agency/gov:Ministry of Health=health} ({agency/gov:MOH=health}).`},
			{"07LIMA3", "AMEMBASSY LIMA", `The {agency/gov:MOH=unclear} is meant.`},
		},
		"people": {
			{"07LIMA1", "AMEMBASSY LIMA", `{person:Ana Lucia Morales=ana} is here.`},
			{"07LIMA2", "AMEMBASSY LIMA", `{person:Morales=ana} and {person:Ana Morales=ana}.`},
			{"07LIMA3", "AMEMBASSY LIMA", `{person:Morales=ana} again.`},
			{"07QUITO1", "AMEMBASSY QUITO", `{person:Ana Lucia Morales=ana} visits {person:Ana Lucas=lucas}.`},
		},
		"a department by its subject": {
			{"07LIMA1", "AMEMBASSY LIMA", `To the {agency/us-gov:Department of Lamps=lamps}.`},
			{"07LIMA2", "AMEMBASSY LIMA", `To {agency/us-gov:LAMPS=lamps} and {agency/us-gov:OILS=oils}; the {agency/gov:LAMPS=pe}.`},
		},
		"two family names": {
			{"07LIMA1", "AMEMBASSY LIMA", `{person:Ana Lucia Morales Quintero=ana} and {person:Ines Ruiz Barrios=ines} and {person:Eva Ruiz Barrios=eva} are here.`},
			{"07LIMA2", "AMEMBASSY LIMA", `{person:Morales Quintero=ana} is not.`},
			{"07QUITO1", "AMEMBASSY QUITO", `{person:Morales Quintero=ana} is here, and {person:Ruiz Barrios=somebody}.`},
			{"07QUITO2", "AMEMBASSY QUITO", `{person:Lucia Morales Quintero=ana} is back.`},
		},
		"a short name abroad": {
			{"07LIMA1", "AMEMBASSY LIMA", `{person:Ana R. Morales=ana} is here.`},
			{"07QUITO1", "AMEMBASSY QUITO", `{person:Ana Morales=ana} is here.`},
		},
		"names of an affair": {
			{"07LIMA1", "AMEMBASSY LIMA", `{person:Ana Morales=ana} and {person:Eva Quintero=eva} of the {agency/gov:Lamp Inspectorate=lin} ({agency/gov:LIN=lin}).`},
			{"07LIMA2", "AMEMBASSY LIMA", `{person:Ines Morales=ines} is here.`},
			{"07QUITO1 07LIMA1", "AMEMBASSY QUITO", `{person:Morales=ana} and her aunt {person:Berta Quintero=berta} know {person:Eva=eva}. {agency/gov:LIN=lin} staff.`},
			{"07QUITO2", "AMEMBASSY QUITO", `{person:Morales=somebody} and {person:Eva=an eva}. {agency/gov:LIN=other} staff.`},
		},
		"two of a name in an affair": {
			{"07LIMA1", "AMEMBASSY LIMA", `{person:Ana Morales=ana} is here.`},
			{"07LIMA2", "AMEMBASSY LIMA", `{person:Ines Morales=ines} is here.`},
			{"07QUITO1 07LIMA1 07LIMA2", "AMEMBASSY QUITO", `{person:Morales=somebody} is here.`},
		},
		"a name of a later cable of the affair": {
			{"07LIMA1", "AMEMBASSY LIMA", `A {person:Morales=ana}.`},
			{"07LIMA2", "AMEMBASSY LIMA", `{person:Ines Morales=ines} and {person:Eva Morales=eva}.`},
			{"07QUITO1 07LIMA1", "AMEMBASSY QUITO", `{person:Ana Morales=ana} is here.`},
		},
		"initials in another language": {
			{"07LIMA1", "AMEMBASSY LIMA", `The {agency/gov:General Directorate of Inland Waters=dgai} ({agency/gov:DGAI=dgai}).`},
			{"07LIMA2", "AMEMBASSY LIMA", `The {agency/gov:Direccion General de Aguas Interiores=dgai}.`},
			{"07QUITO1", "AMEMBASSY QUITO", `The {agency/gov:Direccion General de Aguas Interiores=ec}.`},
		},
		"a surname of several": {
			{"07LIMA1", "AMEMBASSY LIMA", `{person:Ana Morales=ana} is here.`},
			{"07LIMA2", "AMEMBASSY LIMA", `{person:Ines Morales=ines} is here.`},
			{"07LIMA3", "AMEMBASSY LIMA", `{person:Morales=somebody} is here.`},
			{"07LIMA4", "AMEMBASSY LIMA", `{person:Morales=somebody else} is here.`},
		},
		"posts": {
			{"07LIMA1", "AMEMBASSY LIMA", `The {agency/post:U.S. Embassy=lima} reports.`},
			{"07STATE1", "SECSTATE WASHDC", `To {agency/post:AMEMBASSY LIMA=lima} and {agency/post:Embassy Quito=quito}.`},
		},
		"unknown and other countries": {
			{"07ABUJA1", "AMEMBASSY ABUJA", `The {agency/gov:National Authority for Lamps and Towers=lamps} ({agency/gov:NALAT=lamps}).`},
			{"07GENEVA1", "USMISSION GENEVA", `{agency/gov:NALAT=lamps} and a {agency/gov:Ministry of Labor=one}.`},
			{"07GENEVA2", "USMISSION GENEVA", `A {agency/gov:Ministry of Labor=another} and the {agency/post:LAMP COLLECTIVE=posts}.`},
			{"07ACCRA1", "AMEMBASSY ACCRA", `{agency/gov:NALAT=lamps} staff; {agency/post:LAMP COLLECTIVE=posts}.`},
		},
		"laws of one key": {
			{"07LIMA1", "AMEMBASSY LIMA", `The {law/statute:Lamp Act of 2001:law:lamp-act=one}.`},
			{"07QUITO1", "AMEMBASSY QUITO", `The {law/statute:Lamp Act of 2005:law:lamp-act=two} and the {law/statute:2001 Lamp Act:law:lamp-act=one}.`},
		},
		"keys": {
			{"07LIMA1", "AMEMBASSY LIMA", `{agency/io:OIW:agency:oiw=oiw} and {agency/gov:Lamp Office:agency:lamps=lamps}.`},
			{"07QUITO1", "AMEMBASSY QUITO", `{agency/io:Organization for Inland Waters:agency:oiw=oiw} and {agency/gov:Lamp Office:agency:other-lamps=other}.`},
		},
		"reports": {
			{"07LIMA1", "AMEMBASSY LIMA", `The {document/report:2006 Lamp Report=06} and the {document/report:Lamp Report=06}.`},
			{"07QUITO1", "AMEMBASSY QUITO", `The {document/report:2007 Lamp Report=07} and the {document/report:Lamp Report=07}; the {document/report:2006 Lamp Report=06}.`},
		},
	} {
		t.Run(name, func(t *testing.T) { checkLabels(t, cables) })
	}
}

// A cable to which many refer is no affair of theirs: it is not read in their
// light.
func TestResolveCircular(t *testing.T) {
	cables := []writtenCable{
		{"07LIMA1", "AMEMBASSY LIMA", `A {person:Morales=somebody}.`},
		{"07LIMA2", "AMEMBASSY LIMA", `{person:Ines Morales=ines} and {person:Eva Morales=eva}.`},
		{"07QUITO1 07LIMA1", "AMEMBASSY QUITO", `{person:Ana Morales=ana} is here.`},
	}
	for n := range circular {
		cables = append(cables, writtenCable{"07LAGOS" + strconv.Itoa(1+n) + " 07LIMA1", "AMCONSUL LAGOS", `Nobody.`})
	}
	checkLabels(t, cables)
}

// Who signs in a country under one name is one person, whoever else bears it.
func TestResolveSigners(t *testing.T) {
	var records []*Record
	for i, text := range []string{`{person:Ana Morales=ana} and {person:Eva Morales=eva}`, `{person:MORALES=signer}`, `{person:MORALES=signer}`, `{person:Morales=somebody}`} {
		r, _ := written(t, "07LIMA"+strconv.Itoa(1+i), "AMEMBASSY LIMA", text)
		r.Cable.Blocks = []cable.Block{{Kind: cable.BlockText, Span: cable.Span{Start: 0, End: len(text)}}}
		if i == 1 || i == 2 {
			r.Cable.Blocks[0].Kind = cable.BlockSignature
		}
		records = append(records, r)
	}
	g := Resolve(records)
	if g.Of[1][0] != g.Of[2][0] {
		t.Errorf("the signers are %s and %s", g.Entities[g.Of[1][0]].ID, g.Entities[g.Of[2][0]].ID)
	}
	for _, e := range []int32{g.Of[0][0], g.Of[0][1], g.Of[3][0]} {
		if e == g.Of[1][0] {
			t.Errorf("the signer is %s", g.Entities[e].ID)
		}
	}
}

// The state behind a place says which place of the name it is.
func TestPlaceOfState(t *testing.T) {
	r, _ := written(t, "07STATE1", "SECSTATE WASHDC", `{place/city:Perla:place:perla-us=us}, {state/country:Peru:state:peru=pe}; {place/city:Perla:place:perla-us=us} and {state/country:Peru:state:peru=pe}; {place/city:Portal:place:portal=portal}, {state/country:Peru:state:peru=pe}`)
	for m, country := range []string{"US", "PE", "US", "PE", "US", "PE"} {
		r.Mentions[m].Country = country
	}
	g := Resolve([]*Record{r})
	for m, want := range []string{"place:perla", "state:peru", "place:perla-us", "state:peru", "place:portal", "state:peru"} {
		if got := g.Entities[g.Of[0][m]].ID; got != want {
			t.Errorf("mention %d is %s, not %s", m, got, want)
		}
	}
}

// A cable from Washington speaks of the country of its addressee, or of that of its
// subject or TAGS; one about another country than its post's, of that.
func TestSubjectCountry(t *testing.T) {
	for _, test := range []struct {
		from, subject string
		to, tags      []string
		want          string
	}{
		{from: "AMEMBASSY LIMA", want: "PE"},
		{from: "AMEMBASSY LIMA", subject: "EC", tags: []string{"PHUM", "EC", "PE"}, want: "PE"},
		{from: "AMEMBASSY LIMA", subject: "EC", tags: []string{"PHUM", "EC"}, want: "EC"},
		{from: "AMEMBASSY LIMA", subject: "EC", want: "PE"},
		{from: "AMEMBASSY LIMA", tags: []string{"EC"}, want: "PE"},
		{from: "SECSTATE WASHDC", to: []string{"AMEMBASSY LIMA"}, subject: "EC", want: "PE"},
		{from: "SECSTATE WASHDC", to: []string{"AMEMBASSY LIMA", "AMEMBASSY QUITO"}, want: unknown},
		{from: "SECSTATE WASHDC", to: []string{"AMEMBASSY LIMA", "AMEMBASSY QUITO"}, subject: "CL", tags: []string{"HO"}, want: "CL"},
		{from: "USMISSION GENEVA", to: []string{"SECSTATE WASHDC"}, tags: []string{"PHUM", "HO", "US"}, want: "HN"},
		{from: "USMISSION GENEVA", to: []string{"SECSTATE WASHDC"}, tags: []string{"HO", "ES"}, want: unknown},
	} {
		rec := &Record{Cable: &cable.Cable{ID: "07X1", From: cable.Party{Name: test.from}, Tags: test.tags}}
		for _, name := range test.to {
			rec.Cable.To = append(rec.Cable.To, cable.Party{Name: name})
		}
		if test.subject != "" {
			rec.Cable.Blocks = []cable.Block{{Kind: cable.BlockSubject, Span: cable.Span{Start: 0, End: 10}}}
			rec.Mentions = []entity.Mention{{Kind: vocab.State, Country: test.subject, Span: cable.Span{Start: 2, End: 8}}}
		}
		if got := subjectCountry(rec); got != test.want {
			t.Errorf("%+v: %q", test, got)
		}
	}
}

// The reference letter and the cable's own number name cables.
func TestResolveCableReferences(t *testing.T) {
	r, _ := written(t, "07LIMA300", "AMEMBASSY LIMA", `{document/cable:LIMA 000300=own} answers {document/cable:ref B=b} and {document/cable:reftel=a}.`)
	r.Cable.Number = r.Mentions[0].Span
	r.Cable.References = []cable.Reference{{ID: "07STATE11", Letter: "A"}, {ID: "06QUITO22", Letter: "B"}}
	g := Resolve([]*Record{r})
	for m, want := range []string{"cable:07LIMA300", "cable:06QUITO22", "cable:07STATE11"} {
		e := g.Entities[g.Of[0][m]]
		if e.ID != want || e.Class != "Cable" {
			t.Errorf("%q is %s, a %s; want %s", r.Mentions[m].Text, e.ID, e.Class, want)
		}
	}
}

func TestResolveNames(t *testing.T) {
	g := checkLabels(t, []writtenCable{
		{"07LIMA300", "AMEMBASSY LIMA", `{person:ANA LUCIA MORALES=ana} of the {agency/gov:National Lamp Institute=nli} ({agency/gov:NLI=nli}) on
			{law/provision:Section 108=108} of the {law/statute:Lamp Act=act}, the {document/report:2006 Lamp Report=report}, the {case/prosecution:Morales case=case} and {state/country:Peru:state:peru=peru}.`},
		{"07QUITO2", "AMEMBASSY QUITO", `The {agency/gov:Night Lights Inspectorate=ec} ({agency/gov:NLI=ec}) in {state/region:Costa=costa}, {state/state:Sierra=sierra}, says {person:Саша Петрова=sasha}.`},
	})
	byID := map[string]Entity{}
	for _, e := range g.Entities {
		byID[e.ID] = e
	}
	for _, want := range []Entity{
		{ID: "person:ana-lucia-morales", Class: "Person", Name: "Ana Lucia Morales"},
		{ID: "person:sasha-petrova", Class: "Person", Name: "Саша Петрова"},
		{ID: "agency:nli", Class: "Agency", Name: "Night Lights Inspectorate", Abbreviation: "NLI"},
		{ID: "agency:nli-pe", Class: "Agency", Name: "National Lamp Institute", Abbreviation: "NLI"},
		{ID: "law:lamp-act", Class: "Law", Name: "Lamp Act"},
		{ID: "law:lamp-act/section-108", Class: "Provision", Name: "Section 108"},
		{ID: "document:lamp-report-2006", Class: "Report", Name: "2006 Lamp Report"},
		{ID: "case:morales", Class: "Case", Name: "Morales case"},
		{ID: "state:peru", Class: "Country", Name: "Peru"},
		{ID: "state:costa", Class: "Region", Name: "Costa"},
		{ID: "state:sierra", Class: "State", Name: "Sierra"},
	} {
		got, ok := byID[want.ID]
		if !ok {
			t.Errorf("no %s", want.ID)
			continue
		}
		if got.Class != want.Class || got.Name != want.Name || got.Abbreviation != want.Abbreviation {
			t.Errorf("%s is %s %q (%s), want %s %q (%s)", want.ID, got.Class, got.Name, got.Abbreviation, want.Class, want.Name, want.Abbreviation)
		}
	}
	if t.Failed() {
		for _, e := range g.Entities {
			t.Logf("%+v", e)
		}
	}
}

// Every joining has a score and reasons that add up to it.
func TestExplain(t *testing.T) {
	var got []Decision
	records := newCollector(7, 30).cables(20)
	want := Resolve(records)
	g := Explain(records, func(d Decision) { got = append(got, d) })
	if len(g.Entities) != len(want.Entities) {
		t.Fatalf("%d entities explained, %d unexplained", len(g.Entities), len(want.Entities))
	}
	inside, across := 0, 0
	for _, d := range got {
		sum := 0.0
		for _, f := range d.Why {
			sum += f.Weight
		}
		if len(d.Why) == 0 || math.Abs(d.Score-min(max(sum, 0), 1)) > 1e-9 || d.Score < 0.5 || d.A == "" || d.B == "" {
			t.Errorf("%+v", d)
		}
		if d.Cable != "" {
			inside++
		} else {
			across++
		}
	}
	if inside == 0 || across == 0 {
		t.Errorf("%d decisions inside cables, %d across", inside, across)
	}
}

// A cable without mentions, a mention of no letters, and no cables at all.
func TestResolveEmpty(t *testing.T) {
	if g := Resolve(nil); len(g.Entities) != 0 {
		t.Error("no cables, but entities")
	}
	r, _ := written(t, "07LIMA300", "", `{person:???=a} {agency:...=b} {law:-=c} {document:¿=d} {case:!=e} {place:?=f} {state/state:.=g} {law/provision:§=h} {law/provision:...=i} {agency/post:...=j} {law/provision:!=k}`)
	empty, _ := written(t, "07LIMA301", "", `nothing`)
	g := Resolve([]*Record{empty, r})
	if len(g.Of[0]) != 11 || len(g.Of[1]) != 0 {
		t.Fatalf("mentions %v", g.Of)
	}
	for _, e := range g.Entities {
		if _, local, _ := strings.Cut(e.ID, ":"); local == "" {
			t.Errorf("%q names nothing", e.ID)
		}
	}
}

// Whatever a mention's text is, it is resolved, compares symmetrically, and
// gets an IRI.
func FuzzResolve(f *testing.F) {
	f.Add("Ana Morales", "MORALES", uint8(1), "gov")
	f.Add("Ministry of Lamps (ML)", "ML", uint8(2), "post")
	f.Add("", "AA", uint8(1), "post")
	f.Add("0 00000", "0 0000", uint8(0), "")
	f.Add("Article 6 (b)", "Lamp Act of 2001", uint8(6), "provision")
	f.Add("2006 L'Été (LE) Report", "Ref B", uint8(8), "cable")
	f.Fuzz(func(t *testing.T, a, b string, kind uint8, subtype string) {
		k := vocab.Kinds[int(kind)%len(vocab.Kinds)]
		w := &textWriter{rec: &Record{Cable: &cable.Cable{ID: "07LIMA1", From: cable.Party{Name: "AMEMBASSY LIMA"}}}}
		w.mention(k, subtype, a)
		w.text(" (")
		w.mention(k, "", b)
		w.text(")")
		w.rec.Acronyms = []entity.Acronym{{Long: 0, Short: 1}}
		g := Resolve([]*Record{w.record()})
		for _, e := range g.Entities {
			prefix, local, _ := strings.Cut(e.ID, ":")
			if prefix == "" || local == "" || strings.ContainsFunc(local, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("<>\"{}|\\^`", r) }) {
				t.Errorf("%q is no IRI", e.ID)
			}
		}
		x, y := NewName(k, subtype, a, "PE"), NewName(k, "", b, "PE")
		there, _ := Compare(x, y)
		if back, _ := Compare(y, x); there != back {
			t.Errorf("Compare gives %v and %v", there, back)
		}
	})
}

// recordsOf returns the records of a graph in its order.
func recordsOf(t *testing.T, g *Graph) []*Record {
	t.Helper()
	out := make([]*Record, g.Records.Len())
	for i := range out {
		var err error
		if out[i], err = g.Records.Record(i); err != nil {
			t.Fatal(err)
		}
	}
	return out
}
