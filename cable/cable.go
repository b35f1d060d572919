// Package cable reads telegrams of the Department of State.
//
// A cable is a header followed by numbered paragraphs. The header of a
// telegram of the 2000s follows ACP 127: a transmission line, routing lines,
// a station serial, a date-time group, FM, TO and INFO. The body opens with a
// classification line that bears the post and number, captions, pass lines,
// E.O., TAGS, SUBJECT and REF lines, and closes with the signature. None of
// these lines is certain to be there.
//
// Page breaks, stray captions and mangled pilcrows are artefacts of
// transmission: they are left out of [Text], and every cleaned byte leads back
// to its place in Raw.
package cable

import (
	"fmt"
	"time"
)

// Cable is one telegram.
type Cable struct {
	ID     string // canonical: two digits of the year, post, number without leading zeros: "08MEXICO721"
	Source Source
	Also   []Source // where the collection has further copies of it that are less full
	Form   string   // the file form it was read from, one of the names in Forms

	// Raw is the cable's own text in UTF-8: the file itself for a text file; for
	// forms that keep them apart the header, a blank line and the body. Every
	// Span counts bytes of Raw.
	Raw  string
	Text Text // Raw without the artefacts of transmission

	Sent           time.Time // UTC, zero where the cable does not say
	Precedence     string    // "ROUTINE", "PRIORITY", "IMMEDIATE", "FLASH" or ""
	From           Party
	To, Info       []Party
	Number         Span   // the cable's own number in its classification line: "MEXICO 000721"
	Classification string // "UNCLASSIFIED", "CONFIDENTIAL", … without captions
	Captions       []string
	Tags           []string
	Subject        string      // all its lines, white space folded
	References     []Reference // in order; those that stand in a repeated head follow
	Signature      Party       // the signer's name as printed

	Paragraphs []Paragraph
	Blocks     []Block // the whole of the cable in order
	Repairs    []Repair
	Partial    bool // a partial extract of the original
}

// Source says where Raw lies.
type Source struct {
	File     string // as given on the command line
	Member   string // inside an archive
	Offset   int64  // of the cable's first byte in File or Member
	Encoding string // "utf-8", "iso-8859-1"
}

// Span is a range of bytes of Raw, End exclusive.
type Span struct{ Start, End int }

// Len returns the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Party is a post, office or person in the header.
type Party struct {
	Name       string // without routing indicator and serial: "AMEMBASSY MEXICO"
	Span       Span   // of Name
	Routing    string // "RUEHC"
	Precedence string // of this addressee, "PRIORITY"
	Serial     string // "0857"
}

// Reference is one item of the REF lines.
type Reference struct {
	ID     string // canonical id of the cable, "" where the item is something else
	Letter string // "A", "" where items are not lettered
	Text   string // as printed, without the letter
	Span   Span   // of Text
}

// Paragraph is a numbered paragraph.
type Paragraph struct {
	Number  int    // the true number, found by counting
	Marking string // "SBU", "U", "C", "S", "SBU/NF" or ""
	Span    Span   // from its number to the end of its last block
}

// BlockKind says what a block of the cable is.
type BlockKind uint8

// The kinds of blocks. Mentions are looked for in all but BlockSkip and
// BlockTags.
const (
	BlockSkip         BlockKind = iota // transmission and routing lines, E.O. lines, separators
	BlockFrom                          // one block a party: the name only
	BlockTo                            //
	BlockInfo                          //
	BlockNumber                        // the cable's own number in the classification line
	BlockPass                          // "DEPT FOR G/TIP, WHA/MEX", "PLEASE PASS TO …"
	BlockTags                          //
	BlockSubject                       //
	BlockReference                     // one block a REF item, without its letter
	BlockClassifiedBy                  // "Classified By: …", drafter lines
	BlockHeading                       // a title line between paragraphs
	BlockText                          // running text: one block between blank lines; a bullet is one block
	BlockSignature                     //
	BlockTrailer                       // closing notes: "Visit … classified web site"
)

// Block is a stretch of the cable that is read as one: no sentence crosses
// its borders. A paragraph that a page break cuts is one block.
type Block struct {
	Kind     BlockKind
	Para     int  // number of the paragraph it stands in: 0 before the first, -1 the signature
	Span     Span // without the paragraph's number and marking, without the bullet's dash
	Bullet   bool // an item of a list; the nearest earlier block that is not a bullet leads in
	Question bool // put by the Department: asserts nothing
	Quoted   bool // part of a quoted document
	Section  Section
}

// Section says which part of the argument a block belongs to, where the cable
// says it.
type Section uint8

// The sections that cables name.
const (
	NoSection Section = iota
	Summary           // from "Summary:" to "End Summary", or under such a heading
	Comment           // the post's own view, likewise
)

// Repair is something that the reader mended.
type Repair struct {
	Kind string // "page-break", "paragraph-mark", "stray-sipdis", …
	Span Span
	Note string
}

// Error places a fault in its source.
type Error struct {
	Name      string // file or archive member
	Line, Col int    // 1-based; Col counts bytes; 0 where the fault has no line
	Field     string // "REF", "SUBJECT", "body", "" for the file as a whole
	Err       error
}

func (e *Error) Error() string {
	s := e.Name
	if e.Line > 0 {
		s = fmt.Sprintf("%s:%d:%d", s, e.Line, e.Col)
	}
	if e.Field != "" {
		s += ": " + e.Field
	}
	return s + ": " + e.Err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

// String returns the file and the member of an archive in it.
func (s Source) String() string {
	if s.Member != "" {
		return s.File + ":" + s.Member
	}
	return s.File
}
