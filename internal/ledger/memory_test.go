package ledger

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// memory is a pair of stores in memory, which fail when they are told to.
type memory struct {
	mu     sync.Mutex
	blocks map[string]map[string]Block // by partition and key
	values map[[2]string]value         // by collection and name
	now    time.Time                   // what has expired by then is gone

	random *rand.Rand // the order in which blocks of one Append are stored; nil for theirs
	steps  int        // blocks stored and values asked for or swapped
	failAt int        // the step that fails; -1 for none
	lost   bool       // the failing step is done, and its answer is lost
	before func(collection, name string)
	swaps  int
	counts map[string]int // blocks stored, by partition and key
}

type value struct {
	data    []byte
	expires time.Time
}

var errStore = errors.New("the store is broken")

func newMemory() *memory {
	return &memory{blocks: map[string]map[string]Block{}, values: map[[2]string]value{}, failAt: -1, counts: map[string]int{}}
}

// step reports whether a step is done, and the error to be returned for it.
func (m *memory) step() (bool, error) {
	m.steps++
	if m.failAt < 0 || m.steps-1 < m.failAt {
		return true, nil
	}
	return m.lost && m.steps-1 == m.failAt, errStore
}

func (m *memory) Append(ctx context.Context, blocks []Block) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(blocks) == 0 {
		return errors.New("nothing to append: a wasted call")
	}
	blocks = slices.Clone(blocks)
	if m.random != nil {
		m.random.Shuffle(len(blocks), func(i, j int) { blocks[i], blocks[j] = blocks[j], blocks[i] })
	}
	for _, b := range blocks {
		done, err := m.step()
		if done {
			if m.blocks[b.Partition] == nil {
				m.blocks[b.Partition] = map[string]Block{}
			}
			b.Data = bytes.Clone(b.Data)
			m.blocks[b.Partition][b.Key] = b
			m.counts[b.Partition+"/"+b.Key]++
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (m *memory) Scan(ctx context.Context, partition string, each func(key string, data []byte) error) error {
	m.mu.Lock()
	blocks := maps.Clone(m.blocks[partition])
	m.mu.Unlock()
	for key, b := range blocks {
		if m.gone(b.Expires) {
			continue
		}
		data := bytes.Clone(b.Data)
		if err := each(key, data); err != nil {
			return err
		}
		clear(data) // valid until each returns
	}
	return ctx.Err()
}

func (m *memory) gone(expires time.Time) bool { return !m.now.IsZero() && !expires.After(m.now) }

func (m *memory) Get(ctx context.Context, collection, name string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, err := m.step(); err != nil {
		return nil, err
	}
	v := m.values[[2]string{collection, name}]
	if m.gone(v.expires) {
		return nil, nil
	}
	return bytes.Clone(v.data), ctx.Err()
}

func (m *memory) Swap(ctx context.Context, collection, name string, old, next []byte, expires time.Time) (bool, error) {
	if before := m.before; before != nil {
		m.before = nil
		before(collection, name)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.swaps++
	done, err := m.step()
	if !done {
		return false, err
	}
	at := [2]string{collection, name}
	found := m.values[at]
	if m.gone(found.expires) {
		found = value{}
	}
	if !bytes.Equal(found.data, old) || (found.data == nil) != (old == nil) {
		return false, err
	}
	if next == nil {
		delete(m.values, at)
	} else {
		m.values[at] = value{bytes.Clone(next), expires}
	}
	return err == nil, errors.Join(err, ctx.Err())
}

func (m *memory) List(ctx context.Context, collection string, each func(name string, value []byte) error) error {
	m.mu.Lock()
	found := map[string][]byte{}
	for at, v := range m.values {
		if at[0] == collection && !m.gone(v.expires) {
			found[at[1]] = v.data
		}
	}
	m.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(found)) {
		if err := each(name, found[name]); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// all is every block, by partition and key.
func (m *memory) all() []Block {
	m.mu.Lock()
	defer m.mu.Unlock()
	var blocks []Block
	for _, partition := range slices.Sorted(maps.Keys(m.blocks)) {
		for _, key := range slices.Sorted(maps.Keys(m.blocks[partition])) {
			blocks = append(blocks, m.blocks[partition][key])
		}
	}
	return blocks
}
