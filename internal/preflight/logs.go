package preflight

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// checkSources finds standard logs that are delivered already.
func (l *look) checkSources(ctx context.Context) {
	sources, err := l.deliverySources(ctx)
	if err != nil {
		l.unseen("standard logs", err, "look in the distribution's tab Logging: if standard logs v2 are there, name their source in existing_delivery_source")
		return
	}
	for _, s := range sources {
		if slices.Contains(s.Resources, l.distribution.ARN) && s.LogType == "ACCESS_LOGS" && s.Name != l.Name+"-access" {
			l.found(Adapt, "standard logs v2", "the distribution has the delivery source "+s.Name,
				"it can have only one: apply would fail", fmt.Sprintf("set existing_delivery_source = %q; ours is one more delivery of it, and yours stays", s.Name))
		}
	}
	if log := l.distribution.Logging; log.Enabled && log.Bucket != "" {
		bucket, _, _ := strings.Cut(log.Bucket, ".s3")
		l.found(Adapt, "standard logs (legacy)", "they are written to "+bucket+"/"+log.Prefix,
			"they have the visitor's address in each line, which cannot be switched off there, and every line that is read twice costs twice",
			fmt.Sprintf("either deliver_logs = true, and switch these off if nobody else needs them; or existing_log_bucket = %q with log_prefix = %q and no deliver_logs", bucket, log.Prefix))
	}
}

// What label needs of a line, and what must not be in it: see docs/privacy.md.
var (
	neededFields  = []string{"timestamp", "sc-status", "cs-method", "cs-uri-stem", "x-edge-request-id", "x-host-header", "cs-user-agent", "cs-referer", "cs-uri-query", "sc-content-type"}
	privateFields = []string{"c-ip", "x-forwarded-for", "cs-cookie"}
)

// checkRealtime finds real-time logs that are there: a behaviour has room for one.
func (l *look) checkRealtime(ctx context.Context) {
	configs := map[string][]*behavior{}
	for _, b := range l.pages() {
		if b.Realtime != "" && !strings.HasSuffix(b.Realtime, "/"+l.Name+"-realtime") {
			configs[b.Realtime] = append(configs[b.Realtime], b)
		}
	}
	for _, arn := range sorted(configs) {
		config, err := l.realtimeConfig(ctx, arn)
		if err != nil {
			l.unseen("real-time log configuration "+arn, err, "a behaviour takes one: use its stream (realtime_stream_arn, realtime_fields), or take it off")
			continue
		}
		at := names(configs[arn])
		do := "leave realtime_shards at 0; standard logs (deliver_logs) come beside it"
		if len(config.Streams) > 0 {
			do += fmt.Sprintf(". Or let label read its stream: realtime_stream_arn = %q, realtime_fields = %s", config.Streams[0], quoted(config.Fields))
		}
		l.found(Adapt, at, "the real-time log configuration "+config.Name+" is attached",
			"a behaviour takes one: ours would take its place, and whoever reads that stream would get nothing more", do)
		l.checkFields(at, config)
	}
}

// checkFields says what a line of a configuration would not do for.
func (l *look) checkFields(at string, config *realtimeConfig) {
	if config.Rate < 100 {
		l.found(Adapt, at, fmt.Sprintf("%s has %d of 100 requests", config.Name, config.Rate), "all counts would be that share of the truth, and one page view seen by log and script would look like two things",
			"set its sampling rate to 100, or use standard logs")
	}
	var missing, private []string
	for _, field := range neededFields {
		if !slices.Contains(config.Fields, field) {
			missing = append(missing, field)
		}
	}
	for _, field := range privateFields {
		if slices.Contains(config.Fields, field) {
			private = append(private, field)
		}
	}
	if len(missing) > 0 {
		l.found(Adapt, at, config.Name+" lacks "+strings.Join(missing, ", "), "label needs them: what a visit was cannot be told without",
			"add them, or use standard logs")
	}
	if len(private) > 0 {
		l.found(Adapt, at, config.Name+" has "+strings.Join(private, ", "), "label does not read them, and a stream holds them for a day",
			"leave them out if nobody else needs them")
	}
}

// quoted is a list as Terraform writes it.
func quoted(list []string) string {
	var all []string
	for _, s := range list {
		all = append(all, fmt.Sprintf("%q", s))
	}
	return "[" + strings.Join(all, ", ") + "]"
}
