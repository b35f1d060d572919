package link

import (
	"cmp"
	"hash/fnv"
	"strconv"
	"strings"

	"cablegraph/cable"
	"cablegraph/vocab"
)

// slugLimit bounds the length of a local name; a longer one ends at a word.
const slugLimit = 80

// slug returns a name as the local part of an IRI: lower-case ASCII words with
// hyphens between.
func slug(text string) string {
	words := nameWords(text)
	n := 0
	for i, w := range words {
		if n += len(w) + 1; n > slugLimit && i > 0 {
			words = words[:i]
			break
		}
	}
	s := strings.Join(words, "-")
	return s[:min(len(s), slugLimit)]
}

// prefixes of the IRIs of each kind.
func prefix(kind vocab.Kind) string { return kind.String() + ":" }

// localName returns the IRI that an entity would have if no other wanted it.
func (e *draft) localName(c *collection) string {
	switch {
	case e.key != "":
		return e.key
	case e.kind == vocab.Law && e.lawEntity != "":
		return e.lawEntity + "/" + slugOr(cmp.Or(e.number, strings.Join(provisionWords(nameWords(e.firstName)), " ")), e)
	case e.kind == vocab.Document && e.year != 0:
		return prefix(e.kind) + slugOr(withoutYear(e.firstName), e) + "-" + strconv.Itoa(e.year)
	case e.kind == vocab.Case:
		return prefix(e.kind) + slugOr(withoutHead(e.firstName), e)
	case e.kind == vocab.Agency || e.kind == vocab.Organization || e.kind == vocab.Law:
		if short := e.short(); short != "" {
			return prefix(e.kind) + slugOr(short, e)
		}
	}
	return prefix(e.kind) + slugOr(e.firstName, e)
}

// slugOr returns the slug of text, or a hash where text has no letters.
func slugOr(text string, e *draft) string {
	if s := slug(text); s != "" {
		return s
	}
	h := fnv.New32a()
	h.Write([]byte(e.firstName))
	return "x" + strconv.FormatUint(uint64(h.Sum32()), 16)
}

// withoutYear cuts the year, month and number of an edition out of a report's name.
func withoutYear(name string) string {
	t := names()
	var words []string
	for _, w := range nameWords(withoutParentheses(name)) {
		if year(w) == 0 && ordinal(w) == 0 && t.role[w] != roleMonth && t.described[vocab.Document][w] != describedModifier {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

// withoutHead cuts the noun "case" off the name of a case: "DIVAS case".
func withoutHead(name string) string {
	words := nameWords(name)
	if n := len(words) - 1; n > 0 && singular(words[n]) == "case" {
		words = words[:n]
	}
	return strings.Join(words, " ")
}

// assignIDs names the drafts, which are in the order of their first mentions.
// Keys of gazetteers come first; then the earlier entity keeps the plain name
// and a later one that would share it gets a suffix: its country, else the
// cable of its first mention.
func (c *collection) assignIDs(drafts []draft) {
	taken := make(map[string]bool, len(drafts))
	for _, keyed := range []bool{true, false} {
		for pass := range 2 { // provisions need the names of their laws
			for i := range drafts {
				e := &drafts[i]
				if (e.key != "") != keyed || (e.law >= 0) != (pass == 1) {
					continue
				}
				if e.law >= 0 {
					e.lawEntity = drafts[e.law].id
				}
				e.id = c.free(e, taken)
				taken[e.id] = true
			}
		}
	}
}

// free returns the first of e's possible names that is not taken.
func (c *collection) free(e *draft, taken map[string]bool) string {
	id := e.localName(c)
	if !taken[id] {
		return id
	}
	if e.country != "" && e.country != unknown {
		if with := id + "-" + strings.ToLower(e.country); !taken[with] {
			return with
		}
	}
	first := c.outlines[e.record].id
	if year, _, _, ok := cable.SplitID(first); ok && e.kind != vocab.Document {
		if with := id + "-" + strconv.Itoa(year); !taken[with] && e.kind == vocab.Law {
			return with
		}
	}
	with := id + "-" + slug(first)
	for n := e.mention; taken[with]; n++ {
		with = id + "-" + slug(first) + "-" + strconv.Itoa(int(n))
	}
	return with
}
