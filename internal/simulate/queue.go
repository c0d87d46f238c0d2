package simulate

// event is something that is still to happen in the day.
type event struct {
	at     uint32 // milliseconds since midnight
	seq    uint32 // events of one millisecond happen in the order they were planned in
	do     action
	way    uint8 // by which way the visitor came
	look   uint8 // and how it showed
	left   uint8 // clicks still to come
	tagged bool  // the page before was the first, whose address has the way's tag
	page   int32
	from   int32 // the page before
	who    person
}

type action uint8

const (
	arrive       action = iota // a person opens a page from elsewhere
	arriveSecure               // the same, sent on from http
	click                      // a person goes on to another page
	loadStyle                  // a browser loads what the page is made of
	loadPicture
	share       // a person sends a link to others
	readPreview // an app's server reads a page that was posted
	readPicture // and its picture
	crawl       // a robot asks for something
	probe       // a scanner tries an address
	odd         // a program without a name opens a page
	damage      // a line is cut
)

// queue is a heap of events by time.
type queue struct {
	events []event
	seq    uint32
}

func (e *event) before(other *event) bool {
	return e.at < other.at || e.at == other.at && e.seq < other.seq
}

func (q *queue) push(e event) {
	q.seq++
	e.seq = q.seq
	q.events = append(q.events, e)
	for i := len(q.events) - 1; i > 0; {
		up := (i - 1) / 2
		if !q.events[i].before(&q.events[up]) {
			return
		}
		q.events[i], q.events[up] = q.events[up], q.events[i]
		i = up
	}
}

// next takes the first event, if it is before a time.
func (q *queue) next(before uint32) (event, bool) {
	if len(q.events) == 0 || q.events[0].at >= before {
		return event{}, false
	}
	first := q.events[0]
	last := len(q.events) - 1
	q.events[0] = q.events[last]
	q.events = q.events[:last]
	for i := 0; ; {
		down := 2*i + 1
		if down >= last {
			break
		}
		if down+1 < last && q.events[down+1].before(&q.events[down]) {
			down++
		}
		if !q.events[down].before(&q.events[i]) {
			break
		}
		q.events[i], q.events[down] = q.events[down], q.events[i]
		i = down
	}
	return first, true
}
