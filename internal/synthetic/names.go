package synthetic

import (
	"fmt"
	"strings"
)

// A name is what a cable calls somebody or something, at first and then.
type name struct {
	full, short string // short is "" where there is no other
}

// The sounds of invented family names; a country uses some of each.
var (
	onsets = strings.Fields("b br c ch d dr f g gr h j k kh l m n p pr q r s sh t tr v w y z zh")
	vowels = strings.Fields("a e i o u a e i o ai ou")
	codas  = strings.Fields("l m n r s t k n r sh nd rt")
)

// chosen returns one of s, by the hash of what follows.
func chosen(s []string, by ...uint64) string { return s[mix(by...)%uint64(len(s))] }

// surname returns the family name of a rank in a country.
func surname(country int, rank uint64) string {
	at := uint64(country)
	var b strings.Builder
	syllables := 2 + int(mix(at, 'n', rank)%2)
	if rank > 3000 {
		syllables = 3 // there are not so many of two
	}
	for i := range syllables {
		// a country has seven onsets and four vowels of its own
		k := mix(at, rank, 's', uint64(i))
		b.WriteString(chosen(onsets, at, 'o', k%7))
		b.WriteString(chosen(vowels, at, 'v', k>>8%4))
		if i == syllables-1 {
			b.WriteString(chosen(codas, k>>16))
		}
	}
	s := b.String()
	return strings.ToUpper(s[:1]) + s[1:]
}

// person returns the person of a rank in a country. Many bear the same family
// name.
func (c *Collection) person(country int, rank uint64) name {
	at := mix(c.seed, 'P', uint64(country), rank)
	family := surname(country, families.rank(unit(mix(at, 'f'))))
	full := chosen(c.words["given"], at, 'g') + " "
	if country%4 == 0 && at%2 == 0 { // two family names are the custom in some
		full += surname(country, families.rank(unit(mix(at, 'm')))) + " "
	}
	return name{full + family, family}
}

// about returns what a body or law is about.
func (c *Collection) about(by ...uint64) string { return chosen(c.words["topic"], by...) }

// agency returns the agency of a rank in a country, with its
// acronym where it uses one.
func (c *Collection) agency(country int, rank uint64) name {
	at := mix(c.seed, 'A', uint64(country), rank)
	heads := []string{
		"Ministry of", "National Institute for", "Directorate of", "National Commission on", "Office of",
		"Council for", "Bureau of", "National Center for", "Secretariat of", "Inspectorate of",
	}
	full := ""
	switch {
	case rank < 16:
		full = heads[0] + " " + c.words["topic"][(uint64(country)*7+rank*7)%uint64(len(c.words["topic"]))]
	case at%8 == 0:
		full = chosen(c.countries[country].cities, at) + " Court"
	case at%4 == 0:
		full = chosen(heads, at, 'h') + " " + c.about(at, 'a')
	default:
		full = chosen(heads, at, 'h') + " " + c.about(at, 'a') + " and " + c.about(at, 'b')
	}
	if at>>8%3 > 0 {
		return name{full: full}
	}
	return name{full, acronym(full)}
}

// acronym returns the initials of a body's name, or "" where they are few. That
// of a ministry has the small word too: "MOF".
func acronym(full string) string {
	var b strings.Builder
	for w := range strings.FieldsSeq(full) {
		if w[0] >= 'A' && w[0] <= 'Z' || w == "of" && b.Len() == 1 {
			b.WriteByte(w[0] &^ ('a' - 'A'))
		}
	}
	if b.Len() < 3 {
		return ""
	}
	return b.String()
}

// organization returns the party, firm, union or foundation of a rank in a country.
func (c *Collection) organization(country int, rank uint64) name {
	at := mix(c.seed, 'O', uint64(country), rank)
	family := surname(country, mix(at, 'f')%20000)
	people := c.countries[country].people
	full := ""
	switch at % 10 {
	case 0:
		full = people + " " + c.about(at) + " Party"
	case 1:
		full = c.about(at) + " Workers Union"
	case 2:
		full = "Movement for " + c.about(at) + " and " + c.about(at, 'b')
	case 3:
		full = chosen(c.countries[country].cities, at) + " Chamber of " + c.about(at)
	case 4:
		full = "National " + family + " Front"
	case 5:
		full = family + " Foundation"
	case 6:
		full = people + " " + c.about(at) + " Association"
	case 7:
		full = family + " Bank"
	case 8:
		full = family + " Group"
	default:
		full = family + " Party"
	}
	if short := acronym(full); at>>8%4 == 0 {
		return name{full, short}
	}
	return name{full: full}
}

// law returns the law of a rank in a country.
func (c *Collection) law(country int, rank uint64) name {
	at := mix(c.seed, 'L', uint64(country), rank)
	topic := c.about(at, 'a')
	switch {
	case rank < 2:
		return name{full: []string{"Penal Code", "Constitution"}[rank]}
	case at%5 == 0:
		return name{full: fmt.Sprintf("%s Act of %d", topic, 1990+at>>8%20)}
	case at%5 == 1:
		return name{full: fmt.Sprintf("Law on %s and %s", topic, c.about(at, 'b'))}
	case at%5 == 2:
		return name{full: fmt.Sprintf("%s and %s Protection Act", topic, c.about(at, 'b'))}
	case at%5 == 3:
		return name{full: fmt.Sprintf("Convention on %s and %s", topic, c.about(at, 'b'))}
	}
	return name{full: topic + " Law"}
}

// town returns the city or town of a rank in a country.
func (c *Collection) town(country int, rank uint64) name {
	if cities := c.countries[country].cities; rank < uint64(len(cities)) {
		return name{full: cities[rank]}
	}
	at := mix(c.seed, 'C', uint64(country), rank)
	s := surname(country, mix(at, 'f')%50000)
	return name{full: chosen([]string{"San ", "Port ", "Fort ", "New ", "Santa "}, at) + s}
}
