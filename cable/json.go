package cable

import (
	"slices"
	"time"
)

// Record is a cable as `graph check --json` prints it.
type Record struct {
	ID             string            `json:"id"`
	Source         string            `json:"source"`
	Also           []string          `json:"also,omitempty"` // the sources of copies that are left out
	Form           string            `json:"form"`
	Sent           *time.Time        `json:"sent"`
	Precedence     string            `json:"precedence"`
	From           string            `json:"from"`
	To             []string          `json:"to"`
	Info           []string          `json:"info"`
	Classification string            `json:"classification"`
	Captions       []string          `json:"captions"`
	Tags           []string          `json:"tags"`
	Subject        string            `json:"subject"`
	References     []string          `json:"references"`
	Signature      string            `json:"signature"`
	Paragraphs     []ParagraphRecord `json:"paragraphs"`
	Repairs        []RepairRecord    `json:"repairs"`
	Partial        bool              `json:"partial"`
}

// ParagraphRecord is a paragraph of a Record; start and end are bytes of Raw.
type ParagraphRecord struct {
	Number  int    `json:"number"`
	Marking string `json:"marking"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
}

// RepairRecord is a repair of a Record; start and end are bytes of Raw.
type RepairRecord struct {
	Kind  string `json:"kind"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Note  string `json:"note,omitempty"`
}

// NewRecord returns the header, the paragraphs and the repairs of c. Lists are
// never nil. References are the ids of the cables among them.
func NewRecord(c *Cable) Record {
	rec := Record{
		ID:             c.ID,
		Source:         c.Source.String(),
		Form:           c.Form,
		Precedence:     c.Precedence,
		From:           c.From.Name,
		To:             partyNames(c.To),
		Info:           partyNames(c.Info),
		Classification: c.Classification,
		Captions:       append([]string{}, c.Captions...),
		Tags:           append([]string{}, c.Tags...),
		Subject:        c.Subject,
		References:     []string{},
		Signature:      c.Signature.Name,
		Paragraphs:     make([]ParagraphRecord, len(c.Paragraphs)),
		Repairs:        make([]RepairRecord, len(c.Repairs)),
		Partial:        c.Partial,
	}
	for _, s := range c.Also {
		rec.Also = append(rec.Also, s.String())
	}
	if !c.Sent.IsZero() {
		rec.Sent = &c.Sent
	}
	for _, ref := range c.References {
		if ref.ID != "" && !slices.Contains(rec.References, ref.ID) {
			rec.References = append(rec.References, ref.ID)
		}
	}
	for i, p := range c.Paragraphs {
		rec.Paragraphs[i] = ParagraphRecord{p.Number, p.Marking, p.Span.Start, p.Span.End}
	}
	for i, r := range c.Repairs {
		rec.Repairs[i] = RepairRecord{r.Kind, r.Span.Start, r.Span.End, r.Note}
	}
	return rec
}

func partyNames(ps []Party) []string {
	names := make([]string, len(ps))
	for i, p := range ps {
		names[i] = p.Name
	}
	return names
}
