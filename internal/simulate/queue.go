package simulate

// event is something that is still to happen.
type event struct {
	at         uint64 // milliseconds since the first midnight
	seq        uint32 // events of one millisecond happen in the order they were planned in
	page       int32
	from       int32  // the page before
	link       uint32 // that was sent, or by which the visitor came: a number of codes.links
	who        person
	do         action
	way        uint8 // by which way the visitor came
	look       uint8 // and how it showed
	left       uint8 // clicks still to come
	generation uint8 // how often the link has been passed on
	bare       bool  // the address came without the link's code
	tagged     bool  // the page before was the first, whose address has the way's tag
	ahead      bool  // the browser asks for the page before anybody has clicked
	forwarded  bool  // the link goes on inside its app, which has the preview already
}

type action uint8

const (
	arrive       action = iota // a person opens a page from elsewhere
	arriveSecure               // the same, sent on from http
	again                      // and loads it again
	click                      // a person goes on to another page
	loadStyle                  // a browser loads what the page is made of
	loadPicture
	sendLink    // a person sends a link to others
	readPreview // an app's server reads a page that was posted
	readPicture // and its picture
	crawl       // a robot asks for something
	probe       // a scanner tries an address
	odd         // a program without a name opens a page
	damage      // a line is cut
)

// queue holds events by time: those of the hour in a heap, the others in a list
// for each hour, so that what comes days later costs nothing until then.
type queue struct {
	events []event
	later  [][]event // by hour; what comes behind the last is of another log
	hour   int
	seq    uint32
}

func newQueue(hours int) queue { return queue{later: make([][]event, hours)} }

func (e *event) before(other *event) bool {
	return e.at < other.at || e.at == other.at && e.seq < other.seq
}

func (q *queue) push(e event) {
	q.seq++
	e.seq = q.seq
	switch hour := int(e.at / millisPerHour); {
	case hour >= len(q.later):
	case hour > q.hour:
		q.later[hour] = append(q.later[hour], e)
	default:
		q.insert(e)
	}
}

// begin brings the events of an hour into the heap.
func (q *queue) begin(hour int) {
	q.hour = hour
	for _, e := range q.later[hour] {
		q.insert(e)
	}
	q.later[hour] = nil
}

func (q *queue) insert(e event) {
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

// next takes the first event, if it is before a time of the hour.
func (q *queue) next(before uint64) (event, bool) {
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
