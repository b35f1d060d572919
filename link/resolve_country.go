package link

import (
	"slices"
	"sort"
	"strings"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/vocab"
)

// unknown is the country of a body that a cable does not say: one from
// Washington to many posts, or from a mission to an organization.
const unknown = "?"

// subjectCountry returns the country that a cable speaks of where it does not
// say otherwise: that of its post, unless TAGS and subject agree on another
// one; for a cable from Washington or a mission to an organization that of its only
// foreign addressees, else the only foreign one that the subject names, or the
// TAGS, or unknown.
func subjectCountry(rec *Record) string {
	c := rec.Cable
	from := c.From.Name
	if from == "" {
		_, from, _, _ = cable.SplitID(c.ID)
	}
	post, _ := cable.FindPost(from)
	tagged, subject := taggedCountries(c), subjectCountries(rec)
	if post.Country != "US" && post.Kind != "mission" {
		if country := onlyForeign(tagged); country != "" && country == onlyForeign(subject) && !slices.Contains(tagged, post.Country) {
			return country
		}
		return post.Country
	}
	var to []string
	for _, p := range c.To {
		to = append(to, cable.PostCountry(p.Name))
	}
	for _, countries := range [][]string{to, subject, tagged} {
		if country := onlyForeign(countries); country != "" {
			return country
		}
	}
	return unknown
}

// onlyForeign returns the only country among countries beside the United
// States, or "".
func onlyForeign(countries []string) string {
	only := ""
	for _, country := range countries {
		switch country {
		case "", "US", only:
		default:
			if only != "" {
				return ""
			}
			only = country
		}
	}
	return only
}

// taggedCountries returns the countries that the TAGS name.
func taggedCountries(c *cable.Cable) []string {
	var out []string
	for _, tag := range c.Tags {
		if country, ok := names().geoTag[tag]; ok {
			out = append(out, country)
		}
	}
	return out
}

// subjectCountries returns the countries that the SUBJECT names.
func subjectCountries(rec *Record) []string {
	var out []string
	for i := range rec.Mentions {
		m := &rec.Mentions[i]
		if m.Kind == vocab.State && blockOf(rec.Cable, m) == cable.BlockSubject {
			out = append(out, m.Country)
		}
	}
	return out
}

// blockOf returns the kind of the block in which a mention stands.
func blockOf(c *cable.Cable, m *entity.Mention) cable.BlockKind {
	i := sort.Search(len(c.Blocks), func(i int) bool { return c.Blocks[i].Span.End > m.Span.Start })
	if i == len(c.Blocks) || m.Span.Start < c.Blocks[i].Span.Start {
		return cable.BlockSkip
	}
	return c.Blocks[i].Kind
}

// ownBodies gives the bodies that a cable from Washington names without a
// country to the United States where it names the same of the United States
// elsewhere: "Congress" beside "U.S. Congress".
func (r *cableResolver) ownBodies() {
	if cable.PostCountry(r.post()) != "US" {
		return
	}
	own := map[string]bool{}
	for n := range r.forms {
		if f := &r.forms[n]; f.Kind == vocab.Agency && f.Country == "US" {
			own[f.canon] = true
		}
	}
	for n := range r.forms {
		f := &r.forms[n]
		if f.Kind != vocab.Agency || f.Country != r.country || !own[f.canon] || f.canon == "government" {
			continue
		}
		if m := &r.rec.Mentions[f.mentions[0]]; m.Country == "" && m.Key == "" {
			f.Country = "US"
		}
	}
}

// countryOf returns the country to which a mention's entity belongs, "" where
// names of its kind belong to none.
func (r *cableResolver) countryOf(m *entity.Mention) string {
	switch m.Kind {
	case vocab.Agency:
		switch {
		case m.Subtype == "us-gov":
			return "US"
		case m.Subtype == "io":
			return ""
		case m.Subtype == "legislature" && m.Country == "" && r.country == unknown:
			return cable.PostCountry(r.post()) // "Congress" to many posts
		}
	case vocab.Place, vocab.State, vocab.Document:
		return m.Country
	case vocab.Law:
		if m.Subtype == "treaty" {
			return ""
		}
	}
	if m.Country != "" {
		return m.Country
	}
	if m.Kind == vocab.Person && r.country == unknown {
		return ""
	}
	return r.country
}

// homonymIn returns the country where the place of mention i is said to be, if
// the gazetteer took it for another of its name: "San Jose, Costa Rica" for the
// one in the United States, whose key ends in its country since it is not the
// only one. It is "" otherwise.
func (r *cableResolver) homonymIn(i int) string {
	m := &r.rec.Mentions[i]
	if m.Kind != vocab.Place || m.Country == "" || !strings.HasSuffix(m.Key, "-"+strings.ToLower(m.Country)) || i+1 == len(r.rec.Mentions) {
		return ""
	}
	next := &r.rec.Mentions[i+1]
	if next.Kind != vocab.State || next.Country == m.Country || next.Span.Start < m.Span.End || strings.TrimSpace(r.raw[m.Span.End:next.Span.Start]) != "," {
		return ""
	}
	return next.Country
}

// post returns the name of the cable's post.
func (r *cableResolver) post() string {
	if r.rec.Cable.From.Name != "" {
		return r.rec.Cable.From.Name
	}
	_, post, _, _ := cable.SplitID(r.rec.Cable.ID)
	return post
}

// headerCountry returns the country in which somebody works who signs the cable
// or whom its pass lines name, and whether m is one of them.
func (r *cableResolver) headerCountry(m *entity.Mention) (country string, ok bool) {
	switch blockOf(r.rec.Cable, m) {
	case cable.BlockPass:
		return "US", true
	case cable.BlockSignature, cable.BlockClassifiedBy:
		return cable.PostCountry(r.post()), true
	}
	return "", false
}
