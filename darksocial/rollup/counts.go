package rollup

import "encoding/binary"

// AppendCounts appends counts as a value.
func AppendCounts(dst []byte, counts []int64) []byte {
	for _, n := range counts {
		dst = binary.AppendVarint(dst, n)
	}
	return dst
}

// Counts reads a value into counts and reports whether it holds exactly as many.
func Counts(value []byte, counts []int64) bool {
	for i := range counts {
		n, size := binary.Varint(value)
		if size <= 0 {
			return false
		}
		counts[i], value = n, value[size:]
	}
	return len(value) == 0
}

// addCounts adds two values of counts.
func addCounts(a, b []byte) []byte {
	var sum []int64
	for len(a) > 0 && len(b) > 0 {
		x, sizeA := binary.Varint(a)
		y, sizeB := binary.Varint(b)
		if sizeA <= 0 || sizeB <= 0 {
			break
		}
		sum, a, b = append(sum, x+y), a[sizeA:], b[sizeB:]
	}
	return AppendCounts(nil, sum)
}
