// Package parquetfile writes tables as Parquet files and reads them again. What
// wants to know of Parquet asks this package: it is the only one that imports
// parquet-go, which adds 12 MB to a program.
//
// The columns of a table are the fields of a struct:
//
//	type Row struct {
//		Hour  int64   `parquet:"hour,timestamp(millisecond)"`
//		Page  string  `parquet:"page,dict"`
//		Count int64   `parquet:"count"`
//		Title *string `parquet:"title"` // nil is NULL
//	}
//
// and come as these types to those who query the file:
//
//	string                    VARCHAR (UTF-8)
//	int64, int32              BIGINT, INTEGER
//	bool                      BOOLEAN
//	float64                   DOUBLE
//	int32 with date           DATE, in days since 1970-01-01
//	int64 with timestamp(…)   TIMESTAMP in UTC, in the unit that is named
//	a pointer to one of them  the same, or NULL
//
// A column with dict keeps each of its values once per group of rows: right for
// what repeats. The file uses nothing that any reader of Parquet lacks.
//
// The same rows give the same bytes, on every machine and at any time, so that a
// file can be compared and put again without being another one. A new release of
// parquet-go or of the compression may give others.
package parquetfile
