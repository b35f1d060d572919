package graphdata

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	"cablegraph/cable"
	"cablegraph/link"
	"cablegraph/vocab"
)

// cable states what the cable says of itself, and its paragraphs. From, to,
// info and the signer are relations, because they are entities.
func (b *builder) cable(r *link.Record) {
	c := r.Cable
	b.cables[strings.Clone(c.ID)] = true // else it would keep the record
	iri, header := vocab.CableIRI(c.ID), vocab.ParagraphIRI(c.ID, 0)
	rank := rank{sent: c.Sent, cable: c.ID}

	if !c.Sent.IsZero() {
		b.add(iri, vocab.Sent, quad.String(c.Sent.UTC().Format(time.RFC3339)), header, rank)
		b.add(iri, vocab.Year, quad.Int(c.Sent.UTC().Year()), header, rank)
	}
	text := func(predicate, s string) {
		if s != "" {
			b.add(iri, predicate, quad.String(s), header, rank)
		}
	}
	text(vocab.Classification, c.Classification)
	text(vocab.SubjectLine, c.Subject)
	for _, caption := range c.Captions {
		text(vocab.Caption, caption)
	}
	for _, tag := range c.Tags {
		b.add(iri, vocab.HasTag, quad.IRI(vocab.TagIRI(tag)), header, rank)
		b.name(vocab.TagIRI(tag), vocab.ClassTag, tag, vocab.NamesLabel)
	}
	for _, ref := range c.References {
		if ref.ID != "" && ref.ID != c.ID {
			b.nameCable(vocab.CableIRI(ref.ID))
			b.add(iri, vocab.References, quad.IRI(vocab.CableIRI(ref.ID)), header, rank)
		}
	}
	b.paragraphs(c)
}

// paragraphs states the paragraphs of a cable: those that are numbered, and 0
// for the header and the signature.
func (b *builder) paragraphs(c *cable.Cable) {
	texts := map[int][]string{0: nil}
	for _, p := range c.Paragraphs {
		texts[p.Number] = nil
	}
	for _, block := range c.Blocks {
		if block.Kind == cable.BlockSkip {
			continue
		}
		text := fold(c.Text.Slice(block.Span))
		if text == "" {
			continue
		}
		if block.Bullet {
			text = "- " + text
		}
		n := max(block.Para, 0)
		texts[n] = append(texts[n], text)
	}
	markings := map[int]string{}
	for _, p := range c.Paragraphs {
		markings[p.Number] = p.Marking
	}
	for n, lines := range texts {
		iri := vocab.ParagraphIRI(c.ID, n)
		rank := rank{sent: c.Sent, cable: c.ID, para: n}
		b.add(vocab.CableIRI(c.ID), vocab.HasParagraph, quad.IRI(iri), iri, rank)
		b.add(iri, vocab.InCable, quad.IRI(vocab.CableIRI(c.ID)), iri, rank)
		b.add(iri, vocab.Number, quad.Int(n), iri, rank)
		if m := markings[n]; m != "" {
			b.add(iri, vocab.Marking, quad.String(m), iri, rank)
		}
		if len(lines) > 0 {
			b.add(iri, vocab.Text, quad.String(strings.Join(lines, "\n")), iri, rank)
		}
		b.name(iri, vocab.ClassParagraph, paragraphName(c.ID, n), vocab.NamesLabel)
	}
}

func paragraphName(id string, n int) string {
	if n <= 0 {
		return id + " header"
	}
	return fmt.Sprintf("%s paragraph %d", id, n)
}

// mentions states which paragraphs name which entities.
func (b *builder) mentions(i int, r *link.Record) {
	for m, mention := range r.Mentions {
		e := b.entity(i, m)
		if e == nil {
			continue
		}
		n := paragraphAt(r.Cable, mention.Span.Start)
		iri := vocab.ParagraphIRI(r.Cable.ID, n)
		b.add(e.ID, vocab.MentionedIn, quad.IRI(iri), iri, rank{sent: r.Cable.Sent, cable: r.Cable.ID, para: n})
	}
}

// paragraphAt returns the number of the paragraph that byte of Raw stands in.
func paragraphAt(c *cable.Cable, raw int) int {
	i := sort.Search(len(c.Blocks), func(i int) bool { return c.Blocks[i].Span.Start > raw }) - 1
	if i < 0 {
		return 0
	}
	return max(c.Blocks[i].Para, 0)
}

// fold replaces every run of white space by one blank.
func fold(s string) string { return strings.Join(slices.Collect(strings.FieldsSeq(s)), " ") }
