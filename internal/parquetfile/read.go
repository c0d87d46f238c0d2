package parquetfile

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"reflect"

	"github.com/parquet-go/parquet-go"
)

// Read yields the rows of a file, which has size bytes. Columns that the file does
// not have are zero, or nil; columns that the struct does not have are left out;
// NULL is zero where the field is no pointer. A column of another type is an error.
// An error is the last that it yields.
//
// It is for files of our own, whole as the lake keeps them. A file that was cut, or
// whose pages were changed, is an error; but parquet-go believes the numbers in the
// head of a page and at the end of the file, so one with those forged can read as
// anything or end the program.
func Read[T any](r io.ReaderAt, size int64) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		schema, groups, err := open[T](r, size)
		if err != nil {
			yield(none, err)
			return
		}
		batch := make([]T, batchRows)
		// Group by group: a reader of the whole file keeps the dictionaries of all.
		for _, group := range groups {
			goes, err := readGroup(group, schema, batch, yield)
			if err != nil {
				yield(none, err)
			}
			if !goes {
				return
			}
		}
	}
}

// readGroup yields the rows of a group. It returns whether to go on.
func readGroup[T any](group parquet.RowGroup, schema *parquet.Schema, batch []T, yield func(T, error) bool) (goes bool, err error) {
	rows, err := openGroup[T](group, schema)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	for left := group.NumRows(); left > 0; {
		clear(batch) // or a row would be written into what the last one pointed to
		n, err := next(rows, batch)
		for _, row := range batch[:n] {
			if !yield(row, nil) {
				return false, nil
			}
		}
		left -= int64(n)
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			return false, err
		case left > 0 && (err != nil || n == 0):
			return false, fmt.Errorf("parquetfile: read: %d rows are missing: %w", left, io.ErrUnexpectedEOF)
		}
	}
	return true, nil
}

// open reads the end of the file, where its columns and groups are. parquet-go
// panics over some of what is not as it should be, here and below.
func open[T any](r io.ReaderAt, size int64) (schema *parquet.Schema, groups []parquet.RowGroup, err error) {
	schema, err = schemaOf(reflect.TypeFor[T]())
	if err != nil {
		return nil, nil, err
	}
	defer recovered(&err)
	file, err := parquet.OpenFile(r, size)
	if err != nil {
		return nil, nil, fmt.Errorf("parquetfile: open: %w", err)
	}
	return schema, file.RowGroups(), fits(schema, file.Schema())
}

func openGroup[T any](group parquet.RowGroup, schema *parquet.Schema) (rows *parquet.GenericReader[T], err error) {
	defer recovered(&err)
	return parquet.NewGenericRowGroupReader[T](group, schema), nil
}

func next[T any](rows *parquet.GenericReader[T], batch []T) (n int, err error) {
	defer recovered(&err)
	n, err = rows.Read(batch)
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("parquetfile: read: %w", err)
	}
	return n, err
}

func recovered(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("parquetfile: the file is damaged: %v", r)
	}
}

// fits tells whether columns of one name have one type. parquet-go would convert
// them, or find nothing in them, and say nothing.
func fits(want, file *parquet.Schema) error {
	for _, path := range file.Columns() {
		field, ok := want.Lookup(path[0])
		if !ok {
			continue // want is flat: it has no such column, not even as a group
		}
		column, _ := file.Lookup(path...)
		if is, was := field.Node.Type().String(), column.Node.Type().String(); len(path) > 1 || column.Node.Repeated() || is != was {
			return fmt.Errorf("parquetfile: column %s is %s in the file, not %s", path[0], was, is)
		}
	}
	return nil
}
