package job

import (
	"context"

	"darksocial/internal/object"
)

// openedAhead is how many objects are opened before their turn. A log file of a
// CDN is small, and waiting for its first byte takes longer than reading it.
const openedAhead = 8

// ahead opens objects before their turn and hands them out in their order.
type ahead struct {
	turns  []chan opening // each gets exactly one
	slots  chan struct{}
	cancel context.CancelFunc
}

type opening struct {
	object *object.Object
	err    error
}

// openAhead begins to open objects. close must be called.
func openAhead(ctx context.Context, objects Objects, refs []objectRef) *ahead {
	ctx, cancel := context.WithCancel(ctx)
	a := &ahead{slots: make(chan struct{}, openedAhead), cancel: cancel}
	for range refs {
		a.turns = append(a.turns, make(chan opening, 1))
	}
	turns := a.turns
	go func() { // in order, so that the next turn always has its slot
		for i, ref := range refs {
			a.slots <- struct{}{}
			go func() {
				o, err := objects.Open(ctx, ref.bucket, ref.key, ref.version)
				turns[i] <- opening{o, err}
			}()
		}
	}()
	return a
}

// next returns the object whose turn it is. Its body is the caller's to close.
func (a *ahead) next() (*object.Object, error) {
	o := <-a.turns[0]
	a.turns = a.turns[1:]
	<-a.slots
	return o.object, o.err
}

// close closes what was opened and not asked for.
func (a *ahead) close() {
	a.cancel()
	for len(a.turns) > 0 {
		if o, err := a.next(); err == nil {
			_ = o.Body.Close() // nothing was read of it
		}
	}
}
