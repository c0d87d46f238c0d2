// Package edge turns lines of a log into visits: "log line → darksocial.Visit".
//
// # Reading
//
//	r, err := edge.NewReader(file, "access.log.gz", edge.Options{Format: edge.CloudFront})
//	…
//	var line edge.Line
//	for r.Next(&line) {
//		if line.Err != nil { … } // this line could not be read, the next one can
//		label := classifier.Classify(&line.Visit)
//	}
//	if err := r.Err(); err != nil { … } // the input ended early
//
// Every line that is no directive ("#Fields: …") gives one Line, in order: a
// visit, or an error that says what is wrong with it. A bad line costs only
// itself; so does an empty one, and one longer than MaxLine. Errors name the
// input and the line and never quote it, because logs hold addresses.
//
// The input may be gzip, of several members too; may have CRLF line ends and a
// byte order mark. Memory does not depend on it. The strings of a Line lie in
// the Reader's buffers and are valid until the next call of Next.
//
// # Which format sees what
//
// A field that a format cannot carry is unknown, which is not the same as
// absent; Visit.Sees tells the two apart.
//
//	                      Referer  User-Agent  headers  country  status, type  id   host
//	ndjson                given    given       given    given    given         own  in url
//	cloudfront            column   column      no       v2       yes           yes  x-host-header
//	cloudfront-realtime   column   column      if whole yes      yes           yes  x-host-header
//	combined              yes      yes         no       no       status        no   vhost, or Options.Host
//	common                no       no          no       no       status        no   vhost, or Options.Host
//	json                  mapped   mapped      if whole mapped   mapped        own  mapped, or Options.Host
//
// "column": if the log has the column. An empty value then means that nothing
// was sent; without the column nobody knows.
//
// In every format path, query and Referer come as a browser sends them: escapes
// as they were, and a space or a byte beyond ASCII escaped where the log has it
// plain. The host is in lower case, without port. A path or query with a control
// character is an error. A date before 1995 or more than a day ahead of the
// clock is one, too: it would open a partition nobody looks at.
//
// # cloudfront
//
// Standard logs name their columns in "#Fields". Any order will do, unknown
// columns are skipped, a second header replaces the first. A line with fewer or
// more columns than its header is refused: its values would land in the wrong
// columns. Values are separated by tabs, or by spaces in a line without tabs.
// c-ip, c-port, x-forwarded-for and cookies are never looked at.
//
// CloudFront escapes values: "%" is "%25", a space "%20". In path, query and
// Referer exactly the characters it escapes are unescaped, once, so that "%26"
// in a query stays what it was. The User-Agent is unescaped whole, and a second
// time if it still has "%20" and no space, as in old logs; a Referer likewise
// if it still starts with "http%3A". If the User-Agent has a space in the log,
// the line is taken as not escaped.
//
// The host is x-host-header, else Options.Host, else cs(Host), which is the
// distribution's own name. A line that starts with "{" is one of standard
// logging v2 as JSON, see decodeJSON for what is known of it.
//
// # cloudfront-realtime
//
// The same, with the columns from Options.Fields: CloudFront writes them in its
// own order, whatever order they were configured in. The time is "timestamp",
// in seconds. cs-headers is cut at 800 bytes: what is in it is used, and
// SeesHeaders is set only if it was not cut and cs-headers-count, if there,
// agrees. User-Agent and Referer are taken from it where they have no column.
//
// # combined
//
// Apache's and nginx's combined, common and vhost_combined formats; what
// follows the User-Agent is ignored, and a line cut inside it is read. A line is vhost_combined if its second
// word is not "-" and three more follow. Lines whose request is not HTTP (TLS
// sent to a plain port, "-" after a time-out) are errors. "OPTIONS *" has the
// path "*", CONNECT has none. A target with a host ("GET http://…") sets Host.
//
// # ndjson
//
//	{"id":"1","time":"2026-11-23T14:52:00Z","url":"https://www.example.com/a?b",
//	 "referer":"","user_agent":"…","headers":{"sec-fetch-site":"none"},"country":"DE"}
//
// on one line; all but url may be left out, other keys are ignored. url is
// absolute or starts with "/". time is RFC 3339 or a number of seconds since
// 1970. "method", "status" and "content_type" are taken, too.
//
//	             left out   null       ""         a value
//	referer      none sent  not known  none sent  sent
//	user_agent   not known  not known  none sent  sent
//	headers      not known  not known             all that were sent
//
// Header names may be in any case, values strings or arrays of strings, of which
// the first counts. "referer" and "user-agent" among them are used where the key
// of their own is left out. On an error Line.ID is still set if the id could be
// read.
//
// # json
//
// Lines of any other JSON: Cloudflare's, Fastly's, Akamai's, nginx's and more.
// Options.FieldMap, the "log_fields" of a site file, says which keys hold what;
// docs/site.md has it all. "" and "-" say that nothing was sent, null and a key
// that is not there that nobody knows, unless the map says that the log omits
// what is empty, or the object the key would be in is there. SeesHeaders is set
// if all headers that matter are mapped and known.
//
// Times are RFC 3339 or numbers since 1970, whose size tells seconds from milli-,
// micro- and nanoseconds. Values the map calls encoded are unescaped once; in a
// User-Agent that holds nothing but what encoding a form leaves, "+" is a space.
//
// A line without a key that is needed is an error; when none of the first hundred
// lines has it, errors say so: see AllLack.
package edge
