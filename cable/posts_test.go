package cable

import "testing"

func TestPostsTable(t *testing.T) {
	index, err := loadPosts("posts.tsv", postsTable)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range index.posts {
		if got, ok := FindPost(p.Name); !ok || got.Name != p.Name {
			t.Errorf("FindPost(%q) = %q", p.Name, got.Name)
		}
		if got, ok := FindPost(p.Token()); !ok || got.Name != p.Name {
			t.Errorf("FindPost(%q) = %q", p.Token(), got.Name)
		}
	}
}

func TestPostCountry(t *testing.T) {
	for name, want := range map[string]string{
		"AMEMBASSY MEXICO":         "MX",
		"MEXICO":                   "MX",
		"Embassy Buenos Aires":     "AR",
		"AMCONSUL SAO PAULO":       "BR",
		"SAOPAULO":                 "BR",
		"USUN NEW YORK":            "US",
		"USMISSION USUN NEW YORK":  "US",
		"SECSTATE WASHDC":          "US",
		"STATE":                    "US",
		"RUEHME":                   "MX",
		"AIT TAIPEI":               "TW",
		"KL":                       "MY",
		"ALL US CONSULATES":        "",
		"":                         "",
		"AMEMBASSY":                "",
		"AMEMBASSY NOWHERE AT ALL": "",
	} {
		if got := PostCountry(name); got != want {
			t.Errorf("PostCountry(%q) = %q, want %q", name, got, want)
		}
	}
}
