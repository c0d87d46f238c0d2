// Package money writes amounts as people do: 8999 of EUR is "89.99 EUR".
package money

import (
	"fmt"
	"strings"

	"github.com/dustin/go-humanize"
	"golang.org/x/text/currency"
)

// Format writes an amount of minor units of a currency by its ISO 4217 code. Of a code
// that is none it writes the units as they are.
func Format(amount int64, code string) string {
	unit, err := currency.ParseISO(code)
	if err != nil {
		return fmt.Sprintf("%s minor units of %s", humanize.Comma(amount), code)
	}
	scale, _ := currency.Standard.Rounding(unit)
	sign, digits := "", fmt.Sprintf("%0*d", scale+1, amount)
	if amount < 0 {
		sign, digits = "-", fmt.Sprintf("%0*d", scale+1, -amount)
	}
	whole, minor := digits[:len(digits)-scale], digits[len(digits)-scale:]
	text := sign + grouped(whole)
	if minor != "" {
		text += "." + minor
	}
	return text + " " + code
}

// grouped puts commas between groups of three digits.
func grouped(digits string) string {
	var groups []string
	for len(digits) > 3 {
		groups = append([]string{digits[len(digits)-3:]}, groups...)
		digits = digits[:len(digits)-3]
	}
	return strings.Join(append([]string{digits}, groups...), ",")
}
