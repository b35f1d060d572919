package cable

import (
	_ "embed"
	"strings"
	"sync"

	"cablegraph/internal/table"
)

// Post is a sender of telegrams: an embassy, a consulate, a mission, or the
// Department itself.
type Post struct {
	Name    string   // as telegrams write it, without AMEMBASSY and the like: "BUENOS AIRES"
	Kind    string   // "embassy", "consulate", "mission", "office" or "department"
	City    string   // "Buenos Aires"
	Country string   // ISO 3166-1 alpha-2, "" for a travelling delegation
	Routing string   // routing indicator, "" where it is not known
	Aliases []string // other spellings in telegrams
}

// Token returns the post as a canonical id spells it: "BUENOSAIRES".
func (p Post) Token() string { return letters(p.Name) }

//go:embed posts.tsv
var postsTable string

// longestPost is the length of the longest name of a post, in letters.
const longestPost = 40

// postIndex finds posts by the letters of a name and by routing indicator.
type postIndex struct {
	posts     []Post
	byLetters map[string]int            // indices of posts
	byLength  [longestPost + 1][]string // the keys of byLetters
	byRouting map[string]int
}

var posts = sync.OnceValue(func() *postIndex {
	index, err := loadPosts("posts.tsv", postsTable)
	if err != nil {
		panic(err) // the table is compiled in and tested
	}
	return index
})

func loadPosts(file, text string) (*postIndex, error) {
	x := &postIndex{byLetters: map[string]int{}, byRouting: map[string]int{}}
	t := table.New(file, text, "post", "kind", "city", "country", "routing", "aliases").Keyed(1)
	for row := range t.Rows() {
		f := row.Fields
		p := Post{Name: f[0], Kind: f[1], City: f[2], Country: f[3], Routing: f[4]}
		switch p.Kind {
		case "embassy", "consulate", "mission", "office", "department":
		default:
			row.Errorf("unknown kind %q", p.Kind)
		}
		if n := len(p.Country); n != 2 && n != 0 {
			row.Errorf("country %q is no ISO 3166-1 alpha-2 code", p.Country)
		}
		if f[5] != "" {
			p.Aliases = strings.Split(f[5], ", ")
		}
		for _, name := range append([]string{p.Name}, p.Aliases...) {
			key := letters(name)
			if i, ok := x.byLetters[key]; ok && i < len(x.posts) {
				row.Errorf("%q is %s too", name, x.posts[i].Name)
			}
			x.byLetters[key] = len(x.posts)
			if len(key) > longestPost {
				row.Errorf("%q has more than %d letters", name, longestPost)
				continue
			}
			x.byLength[len(key)] = append(x.byLength[len(key)], key)
		}
		if p.Routing != "" {
			if i, ok := x.byRouting[p.Routing]; ok {
				row.Errorf("routing indicator %s is that of %s too", p.Routing, x.posts[i].Name)
			}
			x.byRouting[p.Routing] = len(x.posts)
		}
		x.posts = append(x.posts, p)
	}
	return x, t.Err()
}

// postTitles stand before a post's name in FM, TO and INFO lines and in the
// origin fields of published collections.
var postTitles = []string{
	"AMEMBASSY", "AMCONSULATE", "AMCONSUL", "USMISSION", "USOFFICE", "USINT", "USLO", "USDAO",
	"EMBASSY", "CONSULATE", "MISSION", "USDEL",
}

// FindPost returns the post that name means: a post's name in any spelling
// ("BUENOS AIRES", "BUENOSAIRES", "Buenos Aires"), with or without its title
// ("AMEMBASSY MEXICO", "Embassy Mexico"), or a routing indicator ("RUEHME").
func FindPost(name string) (Post, bool) {
	x := posts()
	key := letters(name)
	if i, ok := x.byLetters[key]; ok {
		return x.posts[i], true
	}
	if i, ok := x.byRouting[key]; ok {
		return x.posts[i], true
	}
	for _, title := range postTitles {
		if rest, ok := strings.CutPrefix(key, title); ok {
			if i, ok := x.byLetters[rest]; ok {
				return x.posts[i], true
			}
		}
	}
	return Post{}, false
}

// PostCountry returns the ISO 3166-1 alpha-2 code of the country in which the
// post stands that name means, as FindPost understands names: "MX" for
// "AMEMBASSY MEXICO", "US" for "USUN NEW YORK" and for "SECSTATE WASHDC". It is
// "" where the post is not known.
func PostCountry(name string) string {
	p, _ := FindPost(name)
	return p.Country
}

// letters returns the letters of s in upper case, all else left out.
func letters(s string) string {
	clean := true
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		switch c := s[i]; {
		case 'A' <= c && c <= 'Z':
			b = append(b, c)
		case 'a' <= c && c <= 'z':
			b = append(b, c-'a'+'A')
		}
	}
	return string(b)
}
