package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSummarize(t *testing.T) {
	for _, test := range []struct {
		name, events, report string
		failed               int
	}{{
		name: "passed and skipped",
		events: `{"Action":"start","Package":"m/a"}
{"Action":"run","Package":"m/a","Test":"TestOne"}
{"Action":"output","Package":"m/a","Test":"TestOne","Output":"=== RUN   TestOne\n"}
{"Action":"pass","Package":"m/a","Test":"TestOne"}
{"Action":"output","Package":"m/a","Test":"TestTwo","Output":"    a_test.go:9: no postgres here\n"}
{"Action":"skip","Package":"m/a","Test":"TestTwo"}
{"Action":"output","Package":"m/a","Output":"PASS\n"}
{"Action":"output","Package":"m/a","Output":"ok  \tm/a\t0.1s\n"}
{"Action":"pass","Package":"m/a"}
`,
		report: "    a_test.go:9: no postgres here\nok  \tm/a\t0.1s\n1 passed, 0 failed, 1 skipped\n",
	}, {
		name: "a test that fails is told with its output, its package once",
		events: `{"Action":"output","Package":"m/a","Test":"TestOne","Output":"=== CONT  TestOne\n"}
{"Action":"output","Package":"m/a","Test":"TestOne","Output":"    a_test.go:3: want 1\n"}
{"Action":"fail","Package":"m/a","Test":"TestOne"}
{"Action":"output","Package":"m/a","Output":"FAIL\tm/a\t0.1s\n"}
{"Action":"fail","Package":"m/a"}
`,
		report: "m/a\n    a_test.go:3: want 1\nFAIL\tm/a\t0.1s\n0 passed, 1 failed, 0 skipped\n",
		failed: 1,
	}, {
		name: "a package fails without a failing test",
		events: `{"Action":"pass","Package":"m/a","Test":"TestOne"}
{"Action":"output","Package":"m/a","Output":"exit status 2\n"}
{"Action":"output","Package":"m/a","Output":"FAIL\tm/a\t0.1s\n"}
{"Action":"fail","Package":"m/a"}
`,
		report: "exit status 2\nFAIL\tm/a\t0.1s\n1 passed, 1 failed, 0 skipped\n",
		failed: 1,
	}, {
		name: "a package does not build",
		events: `{"ImportPath":"m/a","Action":"build-output","Output":"a.go:1:1: expected 'package'\n"}
{"ImportPath":"m/a","Action":"build-fail"}
{"Action":"output","Package":"m/a","Output":"FAIL\tm/a [build failed]\n"}
{"Action":"fail","Package":"m/a","FailedBuild":"m/a"}
`,
		report: "a.go:1:1: expected 'package'\nFAIL\tm/a [build failed]\n0 passed, 1 failed, 0 skipped\n",
		failed: 1,
	}, {
		name:   "nothing ran",
		report: "no tests ran\n0 passed, 1 failed, 0 skipped\n",
		failed: 1,
	}, {
		name:   "go does not start",
		events: "go: cannot find main module\n",
		report: "go: cannot find main module\n0 passed, 1 failed, 0 skipped\n",
		failed: 1,
	}} {
		t.Run(test.name, func(t *testing.T) {
			var report strings.Builder
			failed, err := summarize(strings.NewReader(test.events), &report)
			if err != nil {
				t.Fatal(err)
			}
			if failed != test.failed {
				t.Errorf("failed = %d, want %d", failed, test.failed)
			}
			if diff := cmp.Diff(test.report, report.String()); diff != "" {
				t.Errorf("report (-want +got):\n%s", diff)
			}
		})
	}
}
