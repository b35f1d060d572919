package link

import (
	"fmt"

	"cablegraph/cable"
	"cablegraph/entity"
	"cablegraph/internal/spill"
	"cablegraph/internal/wire"
	"cablegraph/vocab"
)

// AppendBinary appends all of r in a form for this version of the program alone,
// for Spool.Append.
func (r *Record) AppendBinary(b []byte) []byte {
	b = r.Cable.AppendBinary(b)
	b = wire.AppendList(b, r.Mentions, func(b []byte, m *entity.Mention) []byte {
		b = wire.AppendInt(b, m.First)
		b = wire.AppendInt(b, m.Last)
		b = wire.AppendInt(b, m.Span.Start)
		b = wire.AppendInt(b, m.Span.End)
		b = wire.AppendInt(b, m.Kind)
		b = wire.AppendString(b, m.Subtype)
		b = wire.AppendString(b, m.Text)
		b = wire.AppendBool(b, m.Norm == m.Text)
		if m.Norm != m.Text {
			b = wire.AppendString(b, m.Norm)
		}
		b = wire.AppendString(b, m.Key)
		b = wire.AppendString(b, m.Country)
		b = wire.AppendString(b, m.Rule)
		return wire.AppendFloat(b, m.Score)
	})
	b = wire.AppendList(b, r.Acronyms, func(b []byte, a *entity.Acronym) []byte {
		return wire.AppendInt(wire.AppendInt(b, a.Long), a.Short)
	})
	return wire.AppendList(b, r.Relations, func(b []byte, x *Relation) []byte {
		b = wire.AppendString(b, x.Type)
		b = wire.AppendList(b, x.Args, func(b []byte, a *Arg) []byte {
			return wire.AppendString(wire.AppendInt(wire.AppendString(b, a.Role), a.Mention), a.Value)
		})
		b = wire.AppendInt(b, x.Status)
		b = wire.AppendInt(b, x.Para)
		b = wire.AppendInt(b, x.Evidence.Start)
		b = wire.AppendInt(b, x.Evidence.End)
		b = wire.AppendString(b, x.Rule)
		return wire.AppendFloat(b, x.Score)
	})
}

// readRecord reads what AppendBinary appended.
func readRecord(b []byte) (*Record, error) {
	r, rec := wire.NewReader(b), &Record{Cable: &cable.Cable{}}
	rec.Cable.ReadBinary(r)
	rec.Mentions = wire.List(r, func(m *entity.Mention) {
		*m = entity.Mention{
			First: r.Int(), Last: r.Int(), Span: cable.Span{Start: r.Int(), End: r.Int()},
			Kind: vocab.Kind(r.Int()), Subtype: r.String(), Text: r.String(),
		}
		if m.Norm = m.Text; !r.Bool() {
			m.Norm = r.String()
		}
		m.Key, m.Country, m.Rule, m.Score = r.String(), r.String(), r.String(), r.Float()
	})
	rec.Acronyms = wire.List(r, func(a *entity.Acronym) { *a = entity.Acronym{Long: r.Int(), Short: r.Int()} })
	rec.Relations = wire.List(r, func(x *Relation) {
		x.Type = r.String()
		x.Args = wire.List(r, func(a *Arg) { *a = Arg{r.String(), r.Int(), r.String()} })
		x.Status, x.Para = vocab.Status(r.Int()), r.Int()
		x.Evidence = cable.Span{Start: r.Int(), End: r.Int()}
		x.Rule, x.Score = r.String(), r.Float()
	})
	return rec, r.Err()
}

// A Spool holds records on disk.
type Spool struct {
	file *spill.File
	buf  []byte
}

// NewSpool makes an empty Spool in a temporary file in dir.
func NewSpool(dir string) (*Spool, error) {
	f, err := spill.New(dir)
	if err != nil {
		return nil, err
	}
	return &Spool{file: f}, nil
}

// Append adds a record that AppendBinary wrote. It must not be called after
// Record.
func (s *Spool) Append(record []byte) error { return s.file.Append(record) }

// Len returns the number of records.
func (s *Spool) Len() int { return s.file.Len() }

// Record reads record i. Its texts share one piece of memory: who keeps a few of
// them clones these.
func (s *Spool) Record(i int) (*Record, error) {
	err := s.file.Flush()
	if err == nil {
		s.buf, err = s.file.Record(i, s.buf)
	}
	if err != nil {
		return nil, fmt.Errorf("temporary file of cables: %w", err)
	}
	rec, err := readRecord(s.buf)
	if err != nil {
		return nil, fmt.Errorf("temporary file of cables: record %d: %w", i, err)
	}
	return rec, nil
}

// Close removes the file.
func (s *Spool) Close() error { return s.file.Close() }
