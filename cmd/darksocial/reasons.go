package main

import "darksocial/darksocial"

// reasons tell people why lines were left out or failed.
var reasons = map[string]string{
	"bot":        "bots and other programs",
	"internal":   "clicks inside the site",
	"other_host": "of other hosts",
	"columns":    "failed: the columns are not those the log names",
	"time":       "failed: no time, or one that cannot be",
	"keys":       "failed: the keys are not those that log_fields names",
	"request":    "failed: the request cannot be read",
	"cut":        "failed: the line is cut",
	"empty":      "failed: the line is empty",
	"too_long":   "failed: the line is too long",
	"unreadable": "failed: the line cannot be read",
	"no_time":    "failed: the line has no time",
	"damaged":    "failed: the rest of a damaged gzip",
	"gone":       "failed: objects that were deleted before they were read",
}

func reasonInWords(reason string) string {
	if words, ok := reasons[reason]; ok {
		return words
	}
	if id, ok := darksocial.FindRule(reason); ok {
		return darksocial.RuleOf(id).Words()
	}
	return reason
}
