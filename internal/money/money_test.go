package money

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestFormat(t *testing.T) {
	for _, tt := range []struct {
		amount int64
		code   string
		want   string
	}{
		{8999, "EUR", "89.99 EUR"}, {0, "EUR", "0.00 EUR"}, {5, "EUR", "0.05 EUR"}, {-5, "EUR", "-0.05 EUR"}, {-123456789, "USD", "-1,234,567.89 USD"},
		{5000, "JPY", "5,000 JPY"}, {0, "JPY", "0 JPY"}, {1234, "KWD", "1.234 KWD"}, {100_000_00, "EUR", "100,000.00 EUR"}, {12, "EUX", "12 minor units of EUX"},
		{math.MaxInt64, "JPY", "9,223,372,036,854,775,807 JPY"},
	} {
		assert.Equal(t, tt.want, Format(tt.amount, tt.code))
	}
}
