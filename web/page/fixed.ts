// The days that are shown: those of the address, unless a share link fixes them.
import type { Fixed, Site } from './answers'
import { type Days, isDay } from './days'
import { shownDays, type State } from './state'

/** The days. A link's end may be to come: then they go to today. */
export function shownAs(state: State, site: Site, fixed: Fixed | null): Days {
  if (fixed?.from && fixed.to && isDay(fixed.from) && isDay(fixed.to)) return { from: fixed.from, to: fixed.to < site.today ? fixed.to : site.today }
  return shownDays(state, site.today)
}
