package main

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
)

func TestNameParts(t *testing.T) {
	for name, want := range map[string][]string{
		"José María":     {"jose", "maria"},
		"Иванов":         {"ivanov"},
		"de la Cruz":     {"cruz"},
		"O'Brien":        {"o'brien"},
		"van der Meer":   {"meer"},
		"Nguyễn":         {"nguyen"},
		"K.":             nil,
		"محمد":           nil, // written without vowels
		"Fern\u00e1ndez": {"fernandez"},
	} {
		if got := nameParts(name); !slices.Equal(got, want) {
			t.Errorf("nameParts(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestBare(t *testing.T) {
	for name, want := range map[string]string{
		"Aydin Province":    "Aydin",
		"Provincia de Luma": "Luma",
		"Kherl Oblast":      "Kherl",
		"Northern Province": "Northern Province", // the adjective alone is no name
		"Province":          "Province",
		"Luma":              "Luma",
	} {
		if got := bare(name); got != want {
			t.Errorf("bare(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestISONames(t *testing.T) {
	for name, want := range map[string][]string{
		"Luma, Hlavní město": {"Luma"},
		"Lumo / Luma":        {"Lumo", "Luma"},
		"Lumen (fr: Lumes)":  {"Lumen"},
		"Luma*":              {"Luma"},
		"Lumo [Luma]":        {"Lumo", "Luma"},
	} {
		if got := isoNames(name); !slices.Equal(got, want) {
			t.Errorf("isoNames(%q) = %q, want %q", name, got, want)
		}
	}
}

// Divisions of GeoNames and ISO 3166-2 are matched by letters, else by
// consonants, and not at all where two could be meant.
func TestMatch(t *testing.T) {
	all := []subdivision{
		{code: "XA", aliases: []string{"Sharqia"}},
		{code: "XA", aliases: []string{"Lumena"}},
		{code: "XA", aliases: []string{"Lomana"}},
		{code: "XA", aliases: []string{"East Dorfu"}},
		{code: "XA", aliases: []string{"Coahua"}},
		{code: "XA-TK", aliases: []string{"Taken"}},
	}
	candidates := []int{0, 1, 2, 3, 4, 5}
	for name, want := range map[string]int{
		"Sharqía":         0,
		"Ash Sharqīyah":   0,
		"Lumena":          1,
		"Lumone":          -1, // Lumena or Lomana
		"West Dorfu":      -1,
		"Coahua de Torre": 4,
		"Taken":           -1, // has its code already
	} {
		if got := match(all, candidates, []string{name}); got != want {
			t.Errorf("match(%q) = %d, want %d", name, got, want)
		}
	}
}

func TestSubdivisionKeys(t *testing.T) {
	all := []subdivision{{name: "Luma", code: "XA-LU"}, {name: "Luma", code: "XB-LU"}, {name: "Xandia", code: "XB"}, {name: "Ostra", code: "XA-OS"}, {name: "Bygd", code: "XA-BY"}}
	countries := map[string]string{"xandia": "XA"}
	got := subdivisionKeys(all, countries, map[string]string{"XA-BY": "state:the-village"})
	want := []string{"state:luma-xa", "state:luma-xb", "state:xandia-xb", "state:ostra", "state:the-village"}
	if !slices.Equal(got, want) {
		t.Errorf("keys %q, want %q", got, want)
	}
}

func TestCountLower(t *testing.T) {
	got := map[string]int{}
	countLower("The talks of Embassy-level talks; naïve 3rd talks.", got)
	if want := map[string]int{"of": 1, "level": 1, "talks": 3, "rd": 1}; !reflect.DeepEqual(got, want) {
		t.Errorf("counts %v, want %v", got, want)
	}
}

func TestReadCity(t *testing.T) {
	message := []byte{0x12, 4, 'L', 'u', 'm', 'a', 0x1a, 2, 'X', 'A', 0x3a, 4, 'P', 'P', 'L', 'C', 0x48, 0xac, 0x02}
	c, feature, err := readCity(message)
	if err != nil || c.name != "Luma" || c.country != "XA" || c.population != 300 || feature != "PPLC" {
		t.Errorf("%+v %q %v", c, feature, err)
	}
	for n := 1; n < len(message); n++ {
		if _, _, err := readCity(message[:n]); err == nil && n != 6 && n != 10 && n != 16 {
			t.Errorf("%d bytes of a message are read without an error", n)
		}
	}
}

func TestWrite(t *testing.T) {
	g := generator{out: t.TempDir()}
	if err := g.write("x.tsv", "Two\nlines", []string{"name", "key"}, [][]string{{"b", "1"}, {"a", "2"}, {"b", "1"}}); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(g.out, "x.tsv"))
	if want := "# Two\n# lines\nname\tkey\na\t2\nb\t1\n"; err != nil || string(b) != want {
		t.Errorf("%q %v, want %q", b, err, want)
	}
}

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{"São Luma d'Oeste": "sao-luma-doeste", "St. Luma (Old)": "st-luma-old", "": ""} {
		if got := slug(name); got != want {
			t.Errorf("slug(%q) = %q, want %q", name, got, want)
		}
	}
}
