package examples_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReadme serves the examples, as the README says, sends every curl command
// of the README, and compares the answers with those that it shows.
func TestReadme(t *testing.T) {
	page, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command(program, "serve", "cables", "--listen", "127.0.0.1:0")
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Process.Signal(os.Interrupt); err != nil {
			t.Error(err)
		}
		if err := server.Wait(); err != nil {
			t.Errorf("the server does not end in peace: %v", err)
		}
	})
	first, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(first, "http://")
	address, _, ok := strings.Cut(rest, "/")
	if !ok {
		t.Fatalf("the server names no address: %q", first)
	}

	asked := 0
	for _, c := range curls(string(page)) {
		asked++
		method := http.MethodGet
		if c.body != "" {
			method = http.MethodPost
		}
		request, err := http.NewRequestWithContext(t.Context(), method, "http://"+address+c.path, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		var got, want any
		if err := json.Unmarshal(body, &got); err != nil || response.StatusCode != http.StatusOK {
			t.Errorf("%s: %s: %v\n%s", c.path, response.Status, err, body)
			continue
		}
		if c.answer == "" {
			continue
		}
		if err := json.Unmarshal([]byte(c.answer), &want); err != nil {
			t.Errorf("%s: the answer in the README is no JSON: %v", c.path, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: answer (-README +server):\n%s", c.path, diff)
		}
	}
	if asked == 0 {
		t.Error("the README shows no curl")
	}
}

// A curl is a command of the README and the answer that it shows, if any.
type curl struct{ path, body, answer string }

// curls returns the curl commands of a page: a block of sh that starts with
// one, and the block of json that follows at once.
func curls(page string) []curl {
	var all []curl
	blocks := strings.Split(page, "```")
	for i := 1; i < len(blocks); i += 2 {
		command, ok := strings.CutPrefix(blocks[i], "sh\ncurl ")
		if !ok {
			continue
		}
		address, body, _ := strings.Cut(strings.TrimSpace(command), " -d ")
		_, path, _ := strings.Cut(strings.Trim(address, "'"), "/")
		c := curl{path: "/" + path, body: strings.Trim(body, "'")}
		if i+2 < len(blocks) && strings.TrimSpace(blocks[i+1]) == "" {
			c.answer, _ = strings.CutPrefix(blocks[i+2], "json\n")
		}
		all = append(all, c)
	}
	return all
}
