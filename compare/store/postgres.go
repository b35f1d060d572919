package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// startPostgres starts a PostgreSQL with an empty database. Under root it runs
// as Debian's user postgres.
func startPostgres(ctx context.Context, dir string) (*server, error) {
	initdb, program := findPostgres("initdb"), findPostgres("postgres")
	if initdb == "" || program == "" {
		return nil, errors.New("PostgreSQL is not installed (Debian package postgresql)")
	}
	attr, err := unprivileged(dir, "postgres")
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	init := exec.CommandContext(ctx, initdb, "-D", data, "-U", "graph", "-A", "trust", "-E", "UTF8", "--locale=C")
	init.SysProcAttr, init.Dir = attr, dir
	if out, err := init.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	files := filepath.Join(data, "base") // without the log of transactions
	empty, err := diskUse(files)
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	s, err := newServer(dir, attr, program, "-D", data, "-p", strconv.Itoa(port), "-h", "127.0.0.1", "-k", "",
		"-c", "shared_buffers=512MB", "-c", "max_wal_size=4GB")
	if err != nil {
		return nil, err
	}
	s.url = fmt.Sprintf("postgres://graph@127.0.0.1:%d/postgres?sslmode=disable", port)
	s.files, s.empty = files, empty
	err = s.await(ctx, func() error {
		conn, err := pgx.Connect(ctx, s.url)
		if err != nil {
			return err
		}
		return conn.Close(ctx)
	})
	if err != nil {
		s.stop()
		return nil, fmt.Errorf("%w\n%s", err, s.log)
	}
	return s, nil
}

// findPostgres looks in PATH and where Debian keeps the server's programs.
func findPostgres(program string) string {
	if path, err := exec.LookPath(program); err == nil {
		return path
	}
	if found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + program); len(found) > 0 {
		return found[len(found)-1]
	}
	return ""
}
