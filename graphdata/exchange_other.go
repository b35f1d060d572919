//go:build !linux

package graphdata

import "errors"

// exchange swaps two names in one step, which needs Linux.
func exchange(_, _ string) error { return errors.ErrUnsupported }
