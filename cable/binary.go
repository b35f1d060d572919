package cable

import (
	"time"

	"cablegraph/internal/wire"
)

// AppendBinary appends all of c in a form for this version of the program alone,
// for [Cable.ReadBinary].
func (c *Cable) AppendBinary(b []byte) []byte {
	b = wire.AppendString(b, c.ID)
	b = appendSource(b, &c.Source)
	b = wire.AppendList(b, c.Also, appendSource)
	b = wire.AppendString(b, c.Form)
	b = wire.AppendString(b, c.Raw)
	b = c.Text.appendBinary(b, c.Raw)
	b = wire.AppendBool(b, c.Sent.IsZero())
	if !c.Sent.IsZero() {
		b = wire.AppendInt(b, c.Sent.Unix())
	}
	b = wire.AppendString(b, c.Precedence)
	b = appendParty(b, &c.From)
	b = wire.AppendList(b, c.To, appendParty)
	b = wire.AppendList(b, c.Info, appendParty)
	b = appendSpan(b, c.Number)
	b = wire.AppendString(b, c.Classification)
	b = wire.AppendList(b, c.Captions, appendText)
	b = wire.AppendList(b, c.Tags, appendText)
	b = wire.AppendString(b, c.Subject)
	b = wire.AppendList(b, c.References, func(b []byte, x *Reference) []byte {
		b = wire.AppendString(b, x.ID)
		b = wire.AppendString(b, x.Letter)
		b = wire.AppendString(b, x.Text)
		return appendSpan(b, x.Span)
	})
	b = appendParty(b, &c.Signature)
	b = wire.AppendList(b, c.Paragraphs, func(b []byte, x *Paragraph) []byte {
		b = wire.AppendInt(b, x.Number)
		b = wire.AppendString(b, x.Marking)
		return appendSpan(b, x.Span)
	})
	b = wire.AppendList(b, c.Blocks, func(b []byte, x *Block) []byte {
		b = wire.AppendInt(b, x.Kind)
		b = wire.AppendInt(b, x.Para)
		b = appendSpan(b, x.Span)
		b = wire.AppendBool(b, x.Bullet)
		b = wire.AppendBool(b, x.Question)
		b = wire.AppendBool(b, x.Quoted)
		return wire.AppendInt(b, x.Section)
	})
	b = wire.AppendList(b, c.Repairs, func(b []byte, x *Repair) []byte {
		b = wire.AppendString(b, x.Kind)
		b = appendSpan(b, x.Span)
		return wire.AppendString(b, x.Note)
	})
	return wire.AppendBool(b, c.Partial)
}

// ReadBinary makes c what AppendBinary was called for. Its texts share the memory
// of all that r reads. Faults are r's.
func (c *Cable) ReadBinary(r *wire.Reader) {
	*c = Cable{ID: r.String()}
	readSource(r, &c.Source)
	c.Also = wire.List(r, func(x *Source) { readSource(r, x) })
	c.Form = r.String()
	c.Raw = r.String()
	c.Text.readBinary(r, c.Raw)
	if !r.Bool() {
		c.Sent = time.Unix(int64(r.Int()), 0).UTC()
	}
	c.Precedence = r.String()
	readParty(r, &c.From)
	c.To = wire.List(r, func(x *Party) { readParty(r, x) })
	c.Info = wire.List(r, func(x *Party) { readParty(r, x) })
	c.Number = readSpan(r)
	c.Classification = r.String()
	c.Captions = wire.List(r, func(x *string) { *x = r.String() })
	c.Tags = wire.List(r, func(x *string) { *x = r.String() })
	c.Subject = r.String()
	c.References = wire.List(r, func(x *Reference) { *x = Reference{r.String(), r.String(), r.String(), readSpan(r)} })
	readParty(r, &c.Signature)
	c.Paragraphs = wire.List(r, func(x *Paragraph) { *x = Paragraph{r.Int(), r.String(), readSpan(r)} })
	c.Blocks = wire.List(r, func(x *Block) {
		*x = Block{BlockKind(r.Int()), r.Int(), readSpan(r), r.Bool(), r.Bool(), r.Bool(), Section(r.Int())}
	})
	c.Repairs = wire.List(r, func(x *Repair) { *x = Repair{r.String(), readSpan(r), r.String()} })
	c.Partial = r.Bool()
}

func appendText(b []byte, s *string) []byte { return wire.AppendString(b, *s) }

func appendSpan(b []byte, s Span) []byte { return wire.AppendInt(wire.AppendInt(b, s.Start), s.Len()) }

func readSpan(r *wire.Reader) Span {
	start := r.Int()
	return Span{start, start + r.Int()}
}

func appendSource(b []byte, s *Source) []byte {
	b = wire.AppendString(b, s.File)
	b = wire.AppendString(b, s.Member)
	b = wire.AppendInt(b, s.Offset)
	return wire.AppendString(b, s.Encoding)
}

func readSource(r *wire.Reader, s *Source) {
	*s = Source{r.String(), r.String(), int64(r.Int()), r.String()}
}

func appendParty(b []byte, p *Party) []byte {
	b = wire.AppendString(b, p.Name)
	b = appendSpan(b, p.Span)
	b = wire.AppendString(b, p.Routing)
	b = wire.AppendString(b, p.Precedence)
	return wire.AppendString(b, p.Serial)
}

func readParty(r *wire.Reader, p *Party) {
	*p = Party{r.String(), readSpan(r), r.String(), r.String(), r.String()}
}

// appendBinary appends t, which was made from raw, without what raw holds too.
func (t Text) appendBinary(b []byte, raw string) []byte {
	b = wire.AppendInt(b, len(t.runs))
	for i, x := range t.runs {
		end := len(t.clean)
		if i+1 < len(t.runs) {
			end = t.runs[i+1].clean
		}
		b = wire.AppendInt(b, x.raw)
		b = wire.AppendInt(b, x.n)
		if text := t.clean[x.clean:end]; text == raw[x.raw:x.raw+x.n] {
			b = wire.AppendBool(b, true)
		} else {
			b = wire.AppendString(wire.AppendBool(b, false), text)
		}
	}
	return b
}

func (t *Text) readBinary(r *wire.Reader, raw string) {
	var clean []byte
	t.runs = wire.List(r, func(x *run) {
		*x = run{len(clean), r.Int(), r.Int()}
		switch {
		case !r.Bool():
			clean = append(clean, r.String()...)
		case x.raw >= 0 && x.n >= 0 && x.raw <= len(raw)-x.n:
			clean = append(clean, raw[x.raw:x.raw+x.n]...)
		}
	})
	t.clean = string(clean)
}
