// Package tablereaders decodes every table that the report looks at.
package tablereaders

import (
	"darksocial/darksocial/rollup"
	"darksocial/internal/parquetfile"
	"darksocial/internal/report/tables"
)

// All are the readers of Parquet files.
var All = tables.Readers{
	Arrivals:        parquetfile.Read[rollup.Arrival],
	Pages:           parquetfile.Read[rollup.Page],
	Audience:        parquetfile.Read[rollup.Audience],
	Evidence:        parquetfile.Read[rollup.Evidence],
	Hours:           parquetfile.Read[rollup.Hour],
	PageHours:       parquetfile.Read[rollup.PageHour],
	Campaigns:       parquetfile.Read[rollup.Campaign],
	DailyVisitors:   parquetfile.Read[rollup.DailyVisitors],
	Shares:          parquetfile.Read[rollup.Share],
	Recommendations: parquetfile.Read[rollup.Recommendation],
	Purchases:       parquetfile.Read[rollup.Purchase],
	Quality:         parquetfile.Read[rollup.Quality],
}
