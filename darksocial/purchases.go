package darksocial

import (
	"math"
	"time"
)

const (
	defaultDecay      = 500 // thousandths
	defaultRefundDays = 180
	maxRefundDays     = 400
)

// Decay is ChainDecay in thousandths.
func (s *Site) Decay() int {
	if s.ChainDecay == 0 {
		return defaultDecay
	}
	return int(math.Round(1000 * s.ChainDecay))
}

// RefundWindow is for how long an order is known.
func (s *Site) RefundWindow() time.Duration {
	days := s.RefundDays
	if days == 0 {
		days = defaultRefundDays
	}
	return time.Duration(days) * 24 * time.Hour
}
