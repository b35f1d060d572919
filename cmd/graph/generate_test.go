package main

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"cablegraph/cable"
	"cablegraph/graphdata"
	"cablegraph/internal/extsort"
	"cablegraph/vocab"
)

// Generated cables are read without repair, and what is found in them is about as
// much as in real ones: docs/scaling.md compares them.
func TestGenerate(t *testing.T) {
	file := filepath.Join(t.TempDir(), "invented.jsonl.gz")
	var out, errs bytes.Buffer
	if code := run(context.Background(), []string{"generate", "--cables", "300", "-o", file}, strings.NewReader(""), &out, &errs); code != exitDone || out.Len() > 0 {
		t.Fatalf("code %d: %s%s", code, &out, &errs)
	}
	for c, err := range cable.ReadPaths([]string{file}) {
		if err != nil {
			t.Fatal(err)
		}
		if len(c.Repairs) > 0 || len(c.Paragraphs) == 0 || c.Subject == "" || len(c.Tags) < 3 || (c.From.Name == "" || c.Sent.IsZero()) != c.Partial {
			t.Errorf("%s: %+v", c.ID, c)
		}
	}
	c, err := extract(t.Context(), []string{file}, t.TempDir(), extractOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var bytes, paragraphs, mentions, facts, quads int
	for i := range c.Records.Len() {
		r, err := c.Records.Record(i)
		if err != nil {
			t.Fatal(err)
		}
		bytes += len(r.Cable.Raw)
		paragraphs += len(r.Cable.Paragraphs)
		mentions += len(r.Mentions)
		for _, x := range r.Relations {
			if kind, _ := vocab.RelationType(x.Type); kind.Form != vocab.HeaderForm {
				facts++
			}
		}
	}
	for _, err := range graphdata.Quads(t.Context(), c.Graph, extsort.Options{Memory: 64 << 20, Dir: t.TempDir()}) {
		if err != nil {
			t.Fatal(err)
		}
		quads++
	}
	for _, x := range []struct {
		what        string
		n           int
		least, most float64
	}{
		{"bytes", bytes, 6500, 9000},
		{"paragraphs", paragraphs, 7, 9},
		{"mentions", mentions, 75, 105},
		{"facts", facts, 7, 17},
		{"entities", len(c.Entities), 11, 20},
		{"quads", quads, 260, 420},
	} {
		if per := float64(x.n) / float64(c.Records.Len()); per < x.least || per > x.most {
			t.Errorf("%.1f %s a cable, want %v to %v", per, x.what, x.least, x.most)
		}
	}
}

func TestGenerateUsage(t *testing.T) {
	for _, args := range [][]string{{"generate"}, {"generate", "--cables", "-1", "-o", "-"}, {"generate", "--cables", "9000000", "-o", "-"}} {
		if code := run(context.Background(), args, strings.NewReader(""), io.Discard, io.Discard); code != exitUsage {
			t.Errorf("%v gives code %d", args, code)
		}
	}
}
