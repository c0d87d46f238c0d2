package backfill

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// notes is the KV of a backfill: a JSON file. It holds how days are divided. Marks
// it forgets: nobody rolls up a backfilled day because it was written to.
type notes struct {
	path string

	mu   sync.Mutex
	held map[string]map[string][]byte // by collection and name
}

func openNotes(path string) (*notes, error) {
	n := &notes{path: path, held: map[string]map[string][]byte{}}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return n, nil
	}
	if err != nil {
		return nil, fmt.Errorf("backfill: %w", err)
	}
	if err := json.Unmarshal(text, &n.held); err != nil {
		return nil, fmt.Errorf("backfill: %s is damaged: delete the folder %s and begin again: %w", path, filepath.Dir(path), err)
	}
	return n, nil
}

func (n *notes) Get(ctx context.Context, collection, name string) ([]byte, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.held[collection][name], ctx.Err()
}

func (n *notes) Swap(ctx context.Context, collection, name string, old, next []byte, _ time.Time) (bool, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	switch have := n.held[collection][name]; {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case strings.HasPrefix(collection, "dirty/"):
		return true, nil
	case string(have) != string(old):
		return false, nil
	case string(next) == string(old):
		return true, nil
	}
	if n.held[collection] == nil {
		n.held[collection] = map[string][]byte{}
	}
	if next == nil {
		delete(n.held[collection], name)
	} else {
		n.held[collection][name] = slices.Clone(next)
	}
	text, err := json.Marshal(n.held)
	if err != nil {
		return false, err
	}
	return true, replaceFile(n.path, text)
}

func (n *notes) List(ctx context.Context, collection string, each func(name string, value []byte) error) error {
	n.mu.Lock()
	values := map[string][]byte{}
	var names []string
	for name, value := range n.held[collection] {
		values[name], names = value, append(names, name)
	}
	n.mu.Unlock()
	slices.Sort(names)
	for _, name := range names {
		if err := each(name, values[name]); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// replaceFile puts text into a file, whole or not at all, and on the disk.
func replaceFile(path string, text []byte) error {
	file, err := os.Create(path + ".new")
	if err != nil {
		return fmt.Errorf("backfill: %w", err)
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = rename(file.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("backfill: %w", err)
	}
	return nil
}
