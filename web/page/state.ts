// What the page shows is in its address, and nowhere else: it can be sent to somebody,
// and the back button works.
import { type Day, type Days, daysOf, type RangeName, rangeNames, readDays } from './days'

export const filterNames = ['channel', 'source', 'visibility', 'topic', 'page'] as const
export type FilterName = (typeof filterNames)[number]
export type Filters = Partial<Record<FilterName, string>>

export const metricNames = ['arrivals', 'privately_shared', 'readers', 'passed_on', 'shares', 'brought_to_light', 'purchases', 'revenue'] as const
export type MetricName = (typeof metricNames)[number]

export type Compare = 'previous' | 'weekdays' | 'none'

export interface State {
  site: string // empty: the first there is
  range: RangeName
  from: Day // of a custom range
  to: Day
  compare: Compare
  filters: Filters
  metric: MetricName
  article: string // a page's path: its own page is shown
  root: string // of the recommendation that is open
  why: string // the label that is asked about, CHANNEL:SOURCE
}

const among = <T extends string>(value: string | null, list: readonly T[], otherwise: T): T => list.find((name) => name === value) ?? otherwise

/** Reads an address's query. What cannot be is left out. */
export function readState(query: string): State {
  const given = new URLSearchParams(query)
  const filters: Filters = {}
  for (const name of filterNames) {
    const value = given.get(name)
    if (value) filters[name] = value
  }
  const range = among(given.get('range'), rangeNames, '28d')
  return {
    site: given.get('site') ?? '',
    range,
    from: range === 'custom' ? (given.get('from') ?? '') : '',
    to: range === 'custom' ? (given.get('to') ?? '') : '',
    compare: among(given.get('compare'), ['previous', 'weekdays', 'none'], 'previous'),
    filters,
    metric: among(given.get('metric'), metricNames, 'arrivals'),
    article: given.get('article') ?? '',
    root: given.get('root') ?? '',
    why: given.get('why') ?? '',
  }
}

/** Writes the query. What goes without saying is not said. */
export function writeState(state: State): string {
  const query = new URLSearchParams()
  const put = (name: string, value: string, usual = '') => {
    if (value !== usual && value !== '') query.set(name, value)
  }
  put('site', state.site)
  put('range', state.range, '28d')
  put('from', state.from)
  put('to', state.to)
  put('compare', state.compare, 'previous')
  for (const name of filterNames) put(name, state.filters[name] ?? '')
  put('metric', state.metric, 'arrivals')
  put('article', state.article)
  put('root', state.root)
  put('why', state.why)
  return '?' + query.toString()
}

/** The state with something else in it, as the address of a link. A filter that is undefined is taken away. */
export function linkTo(state: State, change: Partial<Omit<State, 'filters'>> & { filters?: { [name in FilterName]?: string | undefined } }): string {
  const filters: Filters = {}
  for (const name of filterNames) {
    const value = change.filters && name in change.filters ? change.filters[name] : state.filters[name]
    if (value !== undefined) filters[name] = value
  }
  return writeState({ ...state, why: '', root: '', ...change, filters })
}

/** The days that are looked at. A custom range that is none is the usual one. */
export function shownDays(state: State, today: Day): Days {
  const usual = daysOf('28d', today)
  return state.range === 'custom' ? (readDays(state.from, state.to, today) ?? usual) : daysOf(state.range, today)
}
