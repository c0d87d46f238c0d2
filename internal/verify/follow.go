package verify

import (
	"context"
	"fmt"
	"strings"
	"time"

	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/internal/job"
	"darksocial/internal/ledger"
)

const (
	poll  = 15 * time.Second // between two looks for the log line
	looks = 3                // for the record, which is there before collect has answered
)

// kept looks for the record of the hit.
func (t *try) kept(ctx context.Context) error {
	if t.hint == nil || t.Again == "" && t.failed(stepHit) {
		t.ended(stepRecord, Skipped, "there is nothing to look for")
		return nil
	}
	for range looks {
		doors, err := t.doors(ctx)
		if err != nil {
			return err
		}
		if doors[record.Beacon] {
			t.ended(stepRecord, OK, "record %s of %s is kept", t.id, t.Site.Name)
			return nil
		}
		if err := t.pause(ctx, time.Second); err != nil {
			return err
		}
	}
	t.ended(stepRecord, Failed, "collect said that it is written, and the table has no record %s of the site %s. Is it this deployment's table (Terraform's table_name), and the site's name in var.sites?", t.id, t.Site.Name)
	return nil
}

// logged waits for the log line of the page's request to become the same record.
func (t *try) logged(ctx context.Context) error {
	switch {
	case t.hint == nil:
		t.ended(stepLog, Skipped, "without a hint nobody knows which line it is")
		return nil
	case t.Wait == 0:
		t.ended(stepLog, Skipped, "not waited for: whether the edge's id is the log's has not been seen")
		return nil
	}
	begin := t.now()
	for {
		doors, err := t.doors(ctx)
		if err != nil {
			return err
		}
		waited := t.now().Sub(begin)
		if doors[record.Log] || doors[record.Realtime] {
			t.agreed(doors, waited)
			return nil
		}
		if waited >= t.Wait {
			return t.gaveUp(ctx)
		}
		t.tell(Step{stepLog, Waiting, fmt.Sprintf("waited %s of %s at most", waited.Round(time.Second), t.Wait)})
		if err := t.pause(ctx, min(poll, t.Wait-waited)); err != nil {
			return err
		}
	}
}

func (t *try) agreed(doors map[record.Door]bool, waited time.Duration) {
	var seen []string
	for _, door := range []record.Door{record.Log, record.Realtime, record.Route, record.Beacon} {
		if doors[door] {
			seen = append(seen, door.String())
		}
	}
	t.ended(stepLog, OK, "after %s the line is there under the edge's id: one record, seen by %s", waited.Round(time.Second), strings.Join(seen, " and "))
}

// gaveUp says what is known when the line did not come: nothing, or, if a line has the
// visit's tags and another id, that the ids do not agree.
func (t *try) gaveUp(ctx context.Context) error {
	other := ""
	err := t.scan(ctx, ledger.Shard{}, func(s *record.Sighting) {
		if s.ID != t.id && (s.Door == record.Log || s.Door == record.Realtime) && t.Again == "" && s.Facts.Campaign.Name == t.view {
			other = s.ID.String()
		}
	})
	switch {
	case err != nil:
		return err
	case other != "":
		t.ended(stepLog, Failed, "the line is there, as record %s: the edge's id and the log's are not the same, so each page view would count twice. Name one door that counts: \"doors\": [\"beacon\"] in the site's settings, or leave the script away", other)
	default:
		t.ended(stepLog, Open, "no line within %s. Logs can be late, up to a day: look again, with --again %s. If it never comes, see logs-quiet in docs/operations.md", t.Wait, t.text)
	}
	return nil
}

// doors are those that the visit's record was seen by.
func (t *try) doors(ctx context.Context) (map[record.Door]bool, error) {
	doors := map[record.Door]bool{}
	err := t.scan(ctx, ledger.Shard{Bits: record.MaxShardBits, Index: t.id.Shard(record.MaxShardBits)}, func(s *record.Sighting) {
		if s.ID == t.id {
			doors[s.Door] = true
		}
	})
	return doors, err
}

// scan calls each with what is kept of a shard around the time of the visit.
func (t *try) scan(ctx context.Context, shard ledger.Shard, each func(*record.Sighting)) error {
	at := t.hint.Time
	return t.records.Scan(ctx, t.Site.Name, at, at.Add(time.Second), shard, func(_ ledger.BlockID, block *record.Unpacked) error {
		for _, p := range block.Sightings {
			if !record.IsSighting(p.Body) {
				continue
			}
			s, err := record.DecodeSighting(p.Body, p.ID, p.Time)
			if err != nil {
				return err
			}
			each(&s)
		}
		return nil
	})
}

// tables looks whether the day's tables are made at all. Not whether this visit is in
// them: that takes up to an hour.
func (t *try) tables(ctx context.Context) error {
	if t.Tables == nil {
		return nil
	}
	today := rollup.DayOf(t.began, t.Site.Zone()).Date
	tag, err := t.Tables.ETag(ctx, job.TableKey("quality", t.Site.Name, today))
	switch {
	case err != nil:
		return err
	case tag == "":
		t.ended(stepTables, Open, "there are none of %s yet. rollup runs hourly; look again after the next full run", today)
	default:
		t.ended(stepTables, OK, "those of %s are there, and are made anew each hour", today)
	}
	return nil
}
