package cable

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"cablegraph/internal/table"
)

//go:embed tags.tsv
var tagsTable string

// Tag is a code of the TAGS line.
type Tag struct {
	Code    string
	Kind    string // "geo", "subject", "program" or "org"
	Meaning string // "" where it is not known
}

var tags = sync.OnceValue(func() map[string]Tag {
	m, err := loadTags("tags.tsv", tagsTable)
	if err != nil {
		panic(err) // the table is compiled in and tested
	}
	return m
})

func loadTags(file, text string) (map[string]Tag, error) {
	m := map[string]Tag{}
	t := table.New(file, text, "tag", "kind", "meaning").Keyed(1)
	for row := range t.Rows() {
		tag := Tag{row.Fields[0], row.Fields[1], row.Fields[2]}
		switch tag.Kind {
		case "geo", "subject", "program", "org":
		default:
			row.Errorf("unknown kind %q", tag.Kind)
		}
		m[tag.Code] = tag
	}
	return m, t.Err()
}

// FindTag returns what is known of a code of the TAGS line.
func FindTag(code string) (Tag, bool) {
	t, ok := tags()[code]
	return t, ok
}

// tagLine returns the codes of the TAGS line text, in order, each once. Codes
// stand apart by blanks, commas, semicolons or slashes, or run together; the
// names of persons in brackets after a code ("OVIP (KISSINGER, HENRY A.)") are
// left out.
func tagLine(text string) []string {
	var codes []string
	add := func(code string) {
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	depth := 0
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '(' && !strings.HasPrefix(text[i:], "(#)"):
			depth++
			i++
		case c == ')':
			depth = max(0, depth-1)
			i++
		case depth > 0 || !isAlpha(c):
			i++
		default:
			j := i
			for j < len(text) && (isAlpha(text[j]) || isDigit(text[j]) || text[j] == '-' && j+1 < len(text) && isUpper(text[j+1])) {
				j++
			}
			code := strings.ToUpper(text[i:j])
			i = j
			if code == "AND" || code == "SIPDIS" || code == "TAGS" {
				continue
			}
			if parts := splitTags(code); parts != nil {
				for _, p := range parts {
					add(p)
				}
				continue
			}
			add(code)
		}
	}
	return codes
}

// splitTags takes codes apart that run together ("ETRDEINVECINPGOVCS"), or
// returns nil where s is one code or no sequence of known ones.
func splitTags(s string) []string {
	known := tags()
	if _, ok := known[s]; ok || len(s) < 6 || !allUpper(s) {
		return nil
	}
	const never = 1 << 20
	cost := make([]int, len(s)+1) // of the best way to split s[:i]
	from := make([]int, len(s)+1)
	for i := 1; i <= len(s); i++ {
		cost[i] = never
		for n := 2; n <= 6 && n <= i; n++ {
			piece := s[i-n : i]
			t, ok := known[piece]
			var c int
			switch {
			case ok && n == 4 && t.Kind != "org":
				c = 2
			case ok && n == 2 && t.Kind == "geo":
				c = 3
			case ok:
				c = 5
			case n == 4 && (piece[0] == 'K' || len(s) >= 12):
				c = 6 // a programme that the table does not have
			default:
				continue
			}
			if cost[i-n]+c < cost[i] {
				cost[i], from[i] = cost[i-n]+c, i-n
			}
		}
	}
	if cost[len(s)] > len(s) { // worse than half of it unknown
		return nil
	}
	var parts []string
	for i := len(s); i > 0; i = from[i] {
		parts = append(parts, s[from[i]:i])
	}
	slices.Reverse(parts)
	return parts
}

// tagsOnly reports whether text holds nothing but codes, so that it can
// continue a TAGS line.
func tagsOnly(text string) bool {
	n := 0
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' || r == ';' }) {
		w = strings.TrimSuffix(strings.TrimPrefix(w, "["), "](#)")
		if _, ok := tags()[w]; !ok && splitTags(w) == nil {
			return false
		}
		n++
	}
	return n > 0
}
