package queries

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
)

// A runner and its worker exchange frames over the worker's stdin and stdout:
// the length of a JSON text as four bytes, most significant first, then the
// text. The worker opens with a response that has no rows: the graph is open,
// or the error says why not. After that every request has one response.

// request asks a worker one question.
type request struct {
	Lang   Language
	Text   string
	JSONLD bool
	Memory int64
	Rows   int
	Output int
}

// response answers a request, or says that the graph is open.
type response struct {
	Rows  []json.RawMessage `json:",omitempty"`
	More  bool              `json:",omitempty"`
	Error *Error            `json:",omitempty"` // the question's fault
	Fatal string            `json:",omitempty"` // not the question's fault: the graph does not open

	// Retire says that something of the question may still be running. The
	// worker ends after this response.
	Retire bool `json:",omitempty"`
}

// maxFrame bounds what a reader takes for a frame, against a peer that has
// gone astray.
const maxFrame = 1 << 30

func writeFrame(w io.Writer, v any) error {
	text, err := marshal(v)
	if err != nil {
		return err
	}
	if len(text) > maxFrame {
		return fmt.Errorf("frame of %d bytes", len(text))
	}
	frame := binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(text)), uint32(len(text)))
	_, err = w.Write(append(frame, text...))
	return err
}

// marshal writes a value as JSON, with <iri> as it is typed.
func marshal(v any) (json.RawMessage, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// readFrame returns io.EOF where the peer has closed between frames.
func readFrame(r io.Reader, v any) error {
	var size [4]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return err
	}
	n := binary.BigEndian.Uint32(size[:])
	if n > maxFrame {
		return fmt.Errorf("frame of %d bytes", n)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r, text); err != nil {
		return fmt.Errorf("frame of %d bytes: %w", n, err)
	}
	return json.Unmarshal(text, v)
}
