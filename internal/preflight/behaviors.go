package preflight

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
)

// checkPaths finds behaviours that would answer in the place of ours: CloudFront takes
// the first whose pattern fits.
func (l *look) checkPaths() {
	var before []*behavior
	last := 0 // after the last of ours
	for i := range l.distribution.Others {
		if isOwn(l.distribution.Others[i].PathPattern) {
			last = i + 1
		}
	}
	for i := range l.distribution.Others {
		b := &l.distribution.Others[i]
		if !isOwn(b.PathPattern) && (last == 0 || i < last) && (fits(b.PathPattern, "/_ds/ds.js") || fits(b.PathPattern, "/_ds/hit")) {
			before = append(before, b)
		}
	}
	if len(before) == 0 {
		return
	}
	level, do := Adapt, "put the behaviours of the output behaviours before these"
	if last > 0 {
		level, do = Stop, "move /_ds/*.js and /_ds/* before these"
	}
	l.found(level, names(before), "the pattern also fits /_ds/ds.js or /_ds/hit",
		"CloudFront takes the first behaviour that fits, so the script or its requests go to your own origin", do)
}

// fits reports whether a path has a pattern of CloudFront's: * stands for any characters,
// slashes too, and ? for one.
func fits(pattern, of string) bool {
	// A slash is to path.Match what no pattern crosses; so let it be another character.
	replace := func(s string) string { return strings.ReplaceAll(strings.TrimPrefix(s, "/"), "/", "\x01") }
	pattern = strings.NewReplacer(`[`, `\[`, `\`, `\\`).Replace(pattern)
	ok, err := path.Match(replace(pattern), replace(of))
	return err == nil && ok
}

// hintMark is what the viewer-response function of ours has in it, merged or not.
const hintMark = `ds;desc="`

// checkFunctions finds functions where ours is to be: a behaviour has room for one on each event.
func (l *look) checkFunctions(ctx context.Context) {
	occupied, lambdas := map[string][]*behavior{}, map[string][]*behavior{}
	for _, b := range l.pages() {
		for _, f := range b.Functions {
			if f.Event == "viewer-response" {
				occupied[f.ARN] = append(occupied[f.ARN], b)
			}
		}
		for _, f := range b.Lambdas {
			if strings.HasPrefix(f.Event, "viewer-") {
				lambdas[f.ARN] = append(lambdas[f.ARN], b)
			}
		}
	}
	for _, arn := range sorted(occupied) {
		name := arn[strings.LastIndexByte(arn, '/')+1:]
		at := names(occupied[arn])
		code, err := l.functionCode(ctx, name)
		if err != nil {
			l.unseen("function "+name, err, "if it does not have our snippet yet, set existing_viewer_response = true and merge the output viewer_response_snippet")
			continue
		}
		if !bytes.Contains(code, []byte(hintMark)) {
			l.found(Adapt, at, "the function "+name+" is at viewer-response",
				"a behaviour takes one function for each event, so ours cannot be attached beside it, and pages would have no hint",
				"set existing_viewer_response = true, put the output viewer_response_snippet above your handler, and end that with return addHint(event)")
		}
	}
	for _, arn := range sorted(lambdas) {
		l.found(Stop, names(lambdas[arn]), "Lambda@Edge at a viewer event: "+arn[strings.LastIndex(arn, "function:")+1:],
			"CloudFront does not take functions of both kinds at the viewer events of one behaviour",
			"move it to an origin event or into a CloudFront Function; or leave ours away from this behaviour and count it by logs alone")
	}
}

func sorted[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// checkCaches finds behaviours whose cache keeps a page once for each share code.
func (l *look) checkCaches(ctx context.Context) {
	split := map[string][]*behavior{} // what the policy is and how to mend it → behaviours
	policies := map[string]*cachePolicy{}
	for _, b := range l.pages() {
		if f := b.Forwarded; b.CachePolicy == "" && f != nil {
			if f.QueryString && (len(f.Keys) == 0 || slices.Contains(f.Keys, l.Code)) {
				key := "settings from before there were policies, with the query in them|use the cache policy pages_cache_policy_id, or list the query's other parameters"
				split[key] = append(split[key], b)
			}
			continue
		}
		policy, read := policies[b.CachePolicy]
		if !read {
			var err error
			if policy, err = l.cachePolicy(ctx, b.CachePolicy); err != nil {
				l.unseen("cache policy "+b.CachePolicy, err, "see that "+l.Code+" is no part of its key")
				policy = &cachePolicy{}
			}
			policies[b.CachePolicy] = policy
		}
		if do := policy.mend(l.Code); do != "" {
			key := fmt.Sprintf("the cache policy %s has all or this of the query in its key|%s", policy.Name, do)
			split[key] = append(split[key], b)
		}
	}
	for _, key := range sorted(split) {
		what, do, _ := strings.Cut(key, "|")
		l.found(Adapt, names(split[key]), "the parameter "+l.Code+" splits the cache: "+what,
			"each share code would be a page of its own in the cache: whoever opens a shared link waits for the origin, which gets the load", do)
	}
}

// mend says what to do about a policy whose key has a parameter in it, or "".
func (p *cachePolicy) mend(parameter string) string {
	listed := slices.Contains(p.QueryString, parameter)
	switch {
	case p.MaxTTL == 0: // it keeps nothing
		return ""
	case p.Behavior == "all":
		return "use the cache policy pages_cache_policy_id; in one of your own set the query to \"all except\" " + parameter
	case p.Behavior == "whitelist" && listed:
		return "take " + parameter + " out of the list; or give code_parameter another name"
	case p.Behavior == "allExcept" && !listed:
		return "add " + parameter + " to what is left out"
	}
	return ""
}
