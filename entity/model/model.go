// Package model holds linear models over hashed features: what package entity
// asks where rules and gazetteers leave open what a capitalised word names.
//
// A model has a few labels, each with a yes-or-no decision of its own, and a
// weight of one byte for every label and feature bucket. Training is by
// averaged perceptrons in integers, so that the same examples give the same
// bytes on every machine.
package model

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Labels is the number of labels of a model.
const Labels = 3

// Feature is the bucket of a feature; see Hash.
type Feature uint32

// bits is the binary logarithm of the number of buckets.
const bits = 15

// Buckets is the number of buckets of a model.
const Buckets = 1 << bits

// Hash returns the feature that a template, numbered by the caller, makes of
// a value.
func Hash(template uint64, value uint64) Feature {
	h := (value ^ template*0x9e3779b97f4a7c15) * 0xd6e8feb86659fd93
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return Feature(h >> (64 - bits))
}

// Model is a trained model. The zero Model scores everything 0.
type Model struct {
	weights []int8  // Labels for each bucket
	scale   float32 // of a weight, in logits
}

// Score adds up the weights of the features for each label: the log odds that
// the label is right. A feature that occurs twice counts twice.
func (m *Model) Score(features []Feature, dst *[Labels]float32) {
	var sum [Labels]int32
	for _, f := range features {
		if w := m.weights; int(f+1)*Labels <= len(w) {
			for l := range Labels {
				sum[l] += int32(w[int(f)*Labels+l])
			}
		}
	}
	for l := range Labels {
		dst[l] = float32(sum[l]) * m.scale
	}
}

// The file of a model: magic, the reciprocal of the scale in units of 1/1024,
// little endian, and the weights.
const magic = "cgm1"

// Bytes returns the model's file.
func (m *Model) Bytes() []byte {
	b := append([]byte(magic), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(b[len(magic):], uint32(1024/m.scale+0.5))
	for _, w := range m.weights {
		b = append(b, byte(w))
	}
	return b
}

// Parse returns the model that Bytes wrote.
func Parse(b []byte) (*Model, error) {
	if len(b) < len(magic)+4 || string(b[:len(magic)]) != magic {
		return nil, errors.New("model: not a model file")
	}
	inverse := binary.LittleEndian.Uint32(b[len(magic):])
	b = b[len(magic)+4:]
	if len(b) != Buckets*Labels || inverse == 0 {
		return nil, fmt.Errorf("model: %d weights, want %d", len(b), Buckets*Labels)
	}
	m := &Model{weights: make([]int8, len(b)), scale: 1024 / float32(inverse)}
	for i, w := range b {
		m.weights[i] = int8(w)
	}
	return m, nil
}
