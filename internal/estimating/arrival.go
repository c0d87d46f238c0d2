package estimating

import (
	"darksocial/darksocial"
	"darksocial/darksocial/estimate"
)

// Arrival is an arrival as an estimate takes it: by what its label says without a code.
func Arrival(at int64, page string, f *darksocial.Facts, label *darksocial.Label) estimate.Arrival {
	a := estimate.Arrival{Time: at, Page: page, Came: came(label), App: label.Source}
	switch f.Device {
	case darksocial.Phone, darksocial.Tablet:
		a.Device = estimate.Mobile
	case darksocial.Desktop:
		a.Device = estimate.Desktop
	}
	switch label.DirectKind {
	case darksocial.TypedOrApp:
		a.Fetch = estimate.FetchNone
	case darksocial.HiddenWeb:
		a.Fetch = estimate.FetchCross
	}
	return a
}

func came(l *darksocial.Label) estimate.Came {
	switch l.Channel {
	case darksocial.Direct:
		return estimate.Nameless
	case darksocial.Search:
		return estimate.FromSearch
	case darksocial.AI:
		return estimate.FromAI
	case darksocial.DarkSocial:
		return estimate.FromPrivate
	case darksocial.Email:
		return estimate.FromMail
	case darksocial.Social:
		return estimate.FromPublic
	}
	return estimate.FromElsewhere
}
