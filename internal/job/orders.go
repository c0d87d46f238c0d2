package job

import (
	"context"
	"strings"
	"time"

	"darksocial/internal/object"
)

// OrdersKept is for how long tables of single orders are kept. On AWS a rule of the
// bucket deletes them: see terraform/lake.tf.
const OrdersKept = 90 * 24 * time.Hour

// ForgetOrders deletes the tables of single orders of a site that are too old.
func ForgetOrders(ctx context.Context, lake object.Store, site string, now time.Time) error {
	prefix := "orders/site=" + site + "/dt="
	last := now.Add(-OrdersKept).UTC().Format(time.DateOnly)
	var old []string
	err := lake.List(ctx, prefix, func(key string) error {
		if date, _, _ := strings.Cut(strings.TrimPrefix(key, prefix), "/"); date < last {
			old = append(old, key)
		}
		return nil
	})
	for _, key := range old {
		if err == nil {
			err = lake.Delete(ctx, key)
		}
	}
	return err
}
