package vocab

import "strconv"

// The names that code uses. data/predicates.tsv says what they mean.
const (
	Type       = "rdf:type"
	SubClassOf = "rdfs:subClassOf"

	Name         = "cg:name"
	Alias        = "cg:alias"
	Abbreviation = "cg:abbreviation"
	MentionedIn  = "cg:mentionedIn"

	Sent           = "cg:sent"
	Classification = "cg:classification"
	Caption        = "cg:caption"
	HasTag         = "cg:tag"
	SubjectLine    = "cg:subjectLine"
	References     = "cg:references"
	Absent         = "cg:absent"
	HasParagraph   = "cg:hasParagraph"

	InCable = "cg:inCable"
	Number  = "cg:number"
	Marking = "cg:marking"
	Text    = "cg:text"

	Year    = "cg:year"
	Months  = "cg:months"
	Minimum = "cg:minimum"
	Maximum = "cg:maximum"

	HasStatus     = "cg:status"
	ConflictsWith = "cg:conflictsWith"

	Supports    = "cg:supports"
	OnSubject   = "cg:onSubject"
	OnPredicate = "cg:onPredicate"
	OnObject    = "cg:onObject"
	InParagraph = "cg:paragraph"
	Quote       = "cg:quote"
	Start       = "cg:start"
	End         = "cg:end"
	ByRule      = "cg:rule"
	Confidence  = "cg:confidence"
	Repeats     = "cg:repeats"
)

// The classes that code uses. data/classes.tsv says what they mean.
const (
	ClassCable     = "cg:Cable"
	ClassParagraph = "cg:Paragraph"
	ClassTag       = "cg:Tag"
	ClassClaim     = "cg:Claim"
)

// The labels that are no paragraph.
const (
	NamesLabel    = "cg:names"    // types, names and the tree of classes
	EvidenceLabel = "cg:evidence" // claims, and what contradicts what
)

// CableIRI returns the IRI of the cable with a canonical id: "cable:08MEXICO721".
func CableIRI(id string) string { return "cable:" + id }

// ParagraphIRI returns the IRI of paragraph n of a cable: "cable:08MEXICO721/4".
// Header and signature, which annotations number 0 and -1, are one node, 0.
func ParagraphIRI(id string, n int) string { return "cable:" + id + "/" + strconv.Itoa(max(n, 0)) }

// TagIRI returns the IRI of a tag of the TAGS line: "tag:KTIP".
func TagIRI(tag string) string { return "tag:" + tag }
