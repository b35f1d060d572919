package memory

import "testing"

func TestParse(t *testing.T) {
	for _, test := range []struct {
		text  string
		want  Size
		shown string // "" where it is text
	}{
		{"0", 0, "0B"},
		{"512", 512, "512B"},
		{"64KB", 64 << 10, ""},
		{"512MB", 512 << 20, ""},
		{"2GB", 2 << 30, ""},
		{"2g", 2 << 30, "2GB"},
		{" 2 GiB ", 2 << 30, "2GB"},
		{"1.5GB", 3 << 29, ""},
		{"1536MB", 3 << 29, "1.5GB"},
		{"3TB", 3 << 40, ""},
		{"7b", 7, "7B"},
	} {
		got, err := Parse(test.text)
		if err != nil || got != test.want {
			t.Errorf("%q is %d, %v, want %d", test.text, got, err, test.want)
		}
		if test.shown == "" {
			test.shown = test.text
		}
		if got.String() != test.shown {
			t.Errorf("%q is shown as %s, want %s", test.text, got, test.shown)
		}
	}
	for _, text := range []string{"", "GB", "-1", "2XB", "2GBs", "2IB", "1e9", "0x10", "1 2", "2 G B", "9000000TB", "NaN", "inf"} {
		if n, err := Parse(text); err == nil {
			t.Errorf("%q is %d, want an error", text, n)
		}
	}
}

func TestShare(t *testing.T) {
	if Total() < 1<<26 || Share() > max(Total()/4, 64<<20) {
		t.Errorf("a share of %d bytes in %d", Share(), Total())
	}
}
