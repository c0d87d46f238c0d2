// Package signin says who may see which site's report.
//
//	tokens := signin.New(kv, time.Now)
//	text, err := tokens.Create(ctx, &signin.Token{Sites: []string{"www.example.com"}, Expires: …})
//	grant, err := tokens.Token(ctx, text)     // what X-DS-Token carries
//	session, err := tokens.Open(ctx, grant)   // what the cookie carries
//	grant, err = tokens.Session(ctx, session)
//
// A token is 256 random bits, told once. What is kept is their SHA-256, by which a token
// is found: so the store gives no token away, and how long a look-up takes says nothing
// of one, because nobody can choose the hash that is compared. A hash made for slow
// guessing is for passwords; nobody guesses 256 bits.
//
// A token reads the sites it names until it expires or is revoked, and writes nothing. A
// link is a token of one site with a fixed filter, made by a token; it ends with that
// one. A session stands for a token or a link in a browser; it ends with it, or when one
// signs out, or after its own time.
//
//	KV  tokens    HASH  a Token, of either kind
//	    sessions  HASH  what the session stands for
//
// Tokens, links and sessions are looked up anew after a few seconds, so a revoked one is
// of no more use then.
package signin
