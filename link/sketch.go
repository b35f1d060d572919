package link

import (
	"hash/fnv"
	"io"
	"slices"
	"strings"
	"time"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/vocab"
)

// A Sketch is what is known of a cable when it is resolved by itself: all that
// joining it with others needs. It holds no part of the cable's text.
type Sketch struct {
	id        string
	source    cable.Source
	sum       uint64 // of Raw: orders copies of one cable from one place
	sent      int64  // seconds; where the cable does not say, the beginning of its id's year
	refs      []string
	acronyms  []entity.Acronym
	clusters  []sketchedCluster
	mentions  []sketchedMention
	decisions []Decision
}

// A sketchedCluster is a cluster with what describes it beyond its cable.
type sketchedCluster struct {
	cluster
	description string
}

// A sketchedMention is a mention's surface and the cluster that it belongs to.
type sketchedMention struct {
	naming
	cluster int32
}

// A naming is what a mention says of its entity beside its place in the cable.
type naming struct {
	text, subtype, key, norm string
}

// A Sketcher makes sketches, one after another. It is reused from cable to
// cable by one worker.
type Sketcher struct{ resolver *cableResolver }

// NewSketcher returns a Sketcher.
func NewSketcher() *Sketcher { return &Sketcher{newCableResolver(false)} }

// Sketch resolves a cable by itself.
func (s *Sketcher) Sketch(rec *Record) *Sketch {
	c := rec.Cable
	out := &Sketch{
		id: c.ID, source: c.Source, sent: sentOf(c), acronyms: rec.Acronyms,
		mentions: make([]sketchedMention, len(rec.Mentions)),
	}
	h := fnv.New64a()
	_, _ = io.WriteString(h, c.Raw) // a hash takes everything
	out.sum = h.Sum64()
	for _, ref := range c.References {
		if ref.ID != "" {
			out.refs = append(out.refs, ref.ID)
		}
	}
	for i, cl := range s.resolver.resolve(rec) {
		for _, m := range cl.mentions {
			x := &rec.Mentions[m]
			out.mentions[m] = sketchedMention{naming{x.Text, x.Subtype, x.Key, x.Norm}, int32(i)}
		}
		out.clusters = append(out.clusters, sketchedCluster{cl, cl.describe(c.ID, i)})
	}
	out.decisions = s.resolver.decisions
	return out
}

// sentOf returns the time by which cables are ordered when names are given. A
// cable without a date counts as sent when its id's year began.
func sentOf(c *cable.Cable) int64 {
	t := c.Sent
	if t.IsZero() {
		year, _, _, _ := cable.SplitID(c.ID)
		t = time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return t.Unix()
}

// outline is what stays of a Sketch in a collection.
type outline struct {
	id, file, member string
	offset           int64
	sum              uint64
	sent             int64
	refs             []string
	acronyms         []entity.Acronym
	namings          []int32 // of each mention
	decisions        []Decision
}

// outline files the namings of a sketch.
func (c *collection) outline(s *Sketch) outline {
	o := outline{
		id: strings.Clone(s.id), file: c.text(s.source.File), member: c.text(s.source.Member), offset: s.source.Offset,
		sum: s.sum, sent: s.sent, refs: make([]string, len(s.refs)), acronyms: slices.Clone(s.acronyms),
		namings: make([]int32, len(s.mentions)), decisions: s.decisions,
	}
	for i, ref := range s.refs {
		o.refs[i] = strings.Clone(ref)
	}
	for m := range s.mentions {
		f := s.mentions[m].naming
		x := namingTexts{c.textID(f.text), c.textID(f.subtype), c.textID(f.key), c.textID(f.norm)}
		n, ok := c.namingOf[x]
		if !ok {
			n = int32(len(c.namings))
			c.namings = append(c.namings, x)
			c.namingOf[x] = n
		}
		o.namings[m] = n
	}
	return o
}

// namingTexts is a naming by the numbers of its texts.
type namingTexts struct{ text, subtype, key, norm int32 }

// naming returns naming n of the collection.
func (c *collection) naming(n int32) naming {
	x := &c.namings[n]
	return naming{c.texts[x.text], c.texts[x.subtype], c.texts[x.key], c.texts[x.norm]}
}

// textID returns the number of a text, which is the same for all of these bytes.
func (c *collection) textID(s string) int32 {
	n, ok := c.textOf[s]
	if !ok {
		n = int32(len(c.texts))
		s = strings.Clone(s)
		c.texts = append(c.texts, s)
		c.textOf[s] = n
	}
	return n
}

// text returns s as a string of its own, the same for all of these bytes.
func (c *collection) text(s string) string { return c.texts[c.textID(s)] }

// profileOf returns the profile of a cluster as it is first described.
func (c *collection) profileOf(cl *sketchedCluster, law int32) profile {
	p := profile{
		kind: cl.kind, key: c.text(cl.key), country: c.text(cl.country), year: cl.year, handles: cl.handles,
		law: law, header: cl.header,
	}
	if cl.kind == vocab.Person {
		p.person = new(cl.person)
		p.person.Country = p.country
	}
	for i := range p.handles {
		h := &p.handles[i]
		h.canon, h.begin, h.letters, h.every = c.text(h.canon), c.text(h.begin), c.text(h.letters), c.text(h.every)
	}
	return p
}
