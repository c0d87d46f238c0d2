package parquetfile

import (
	"fmt"
	"io"
	"iter"
	"reflect"

	"github.com/parquet-go/parquet-go"
)

const (
	// groupRows is how many rows are in one group. A group is in memory until it is
	// written, and is what a query skips or hands to one of its workers.
	groupRows = 64 << 10

	// batchRows is how many rows are turned into columns at once. It is part of the
	// format: a page ends with the batch in which it became full.
	batchRows = 256
)

// options are those of every file.
func options(schema *parquet.Schema) []parquet.WriterOption {
	return []parquet.WriterOption{
		schema,
		// Without the library's version, which is its own affair, but in the form that
		// parquet-java wants: it trusts no statistics of a writer it cannot parse.
		// https://github.com/apache/parquet-java/blob/master/parquet-column/src/main/java/org/apache/parquet/CorruptStatistics.java
		parquet.CreatedBy("darksocial", "1", "0"),
		parquet.Compression(&parquet.Zstd),
		parquet.MaxRowsPerRowGroup(groupRows),
		// The default, DELTA_LENGTH_BYTE_ARRAY in pages of version 2, is newer than
		// some readers: https://github.com/facebookincubator/velox/pull/17456,
		// https://github.com/trinodb/trino/pull/29246.
		parquet.DataPageVersion(1),
		parquet.DefaultEncodingFor(parquet.ByteArray, &parquet.Plain),
	}
}

// Write writes rows of a struct as one file and returns how many there were. An
// error among the rows ends it and is returned; what was written until then has no
// end, and is no Parquet file to anybody.
func Write[T any](w io.Writer, rows iter.Seq2[T, error]) (n int64, err error) {
	schema, err := schemaOf(reflect.TypeFor[T]())
	if err != nil {
		return 0, err
	}
	return write(parquet.NewGenericWriter[T](w, options(schema)...), rows)
}

// WriteRows is Write for those who know the type of their rows only when they run:
// each row is a struct of the type of sample, or a pointer to one. The file is the
// same, byte for byte.
func WriteRows(w io.Writer, sample any, rows iter.Seq2[any, error]) (n int64, err error) {
	t := reflect.TypeOf(sample)
	if t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	schema, err := schemaOf(t)
	if err != nil {
		return 0, err
	}
	return write(parquet.NewGenericWriter[any](w, options(schema)...), only(t, rows))
}

// only makes an error of a row that is not of type t.
func only(t reflect.Type, rows iter.Seq2[any, error]) iter.Seq2[any, error] {
	pointer := reflect.PointerTo(t)
	return func(yield func(any, error) bool) {
		for row, err := range rows {
			if is := reflect.TypeOf(row); err == nil && is != t && (is != pointer || reflect.ValueOf(row).IsNil()) {
				err = fmt.Errorf("parquetfile: a row is a %T, not a %v", row, t)
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

func write[T any](out *parquet.GenericWriter[T], rows iter.Seq2[T, error]) (n int64, err error) {
	batch := make([]T, 0, batchRows)
	flush := func() error {
		done, err := out.Write(batch)
		n += int64(done)
		clear(batch) // and let go what the rows point to
		batch = batch[:0]
		if err != nil {
			return fmt.Errorf("parquetfile: write: %w", err)
		}
		return nil
	}
	for row, err := range rows {
		if err != nil {
			return n, err
		}
		if batch = append(batch, row); len(batch) == batchRows {
			if err := flush(); err != nil {
				return n, err
			}
		}
	}
	if err := flush(); err != nil {
		return n, err
	}
	if err := out.Close(); err != nil {
		return n, fmt.Errorf("parquetfile: write: %w", err)
	}
	return n, nil
}

// schemaOf reads the columns off a struct; tables are flat. parquet-go panics over a tag or a type
// that it does not know.
func schemaOf(t reflect.Type) (schema *parquet.Schema, err error) {
	if t == nil || t.Kind() != reflect.Struct {
		return nil, fmt.Errorf("parquetfile: %v is no struct", t)
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("parquetfile: the columns of %v: %v", t, r)
		}
	}()
	schema = parquet.SchemaOf(reflect.New(t).Interface())
	if len(schema.Columns()) == 0 {
		return nil, fmt.Errorf("parquetfile: %v has no columns", t)
	}
	names := map[string]bool{}
	for _, path := range schema.Columns() {
		if leaf, ok := schema.Lookup(path...); len(path) > 1 || !ok || leaf.Node.Repeated() {
			return nil, fmt.Errorf("parquetfile: column %s of %v is a list or a struct", path[0], t)
		}
		if names[path[0]] {
			return nil, fmt.Errorf("parquetfile: %v has column %s twice", t, path[0])
		}
		names[path[0]] = true
	}
	return schema, nil
}
