// What cards are given: what is looked at, and whose it is.
import type { Fixed, Site } from './answers'
import { ask } from './api'
import type { Days } from './days'
import { filterNames, type Filters, linkTo, type State } from './state'

export interface View {
  state: State
  site: Site
  fixed: Fixed | null
  days: Days
  /** Of the address and of the share link together. */
  filters: Filters
  /** Whether all cards are shown as tables. */
  tables: boolean
}

export type Change = Parameters<typeof linkTo>[1]

/** The address of the page with something else in its state. */
export const link = (view: View, change: Change): string => linkTo(view.state, change)

/** Asks a call about the days that are looked at, under the filters. */
export function askRange<A>(view: View, name: string, more: Record<string, string> = {}, filters: Filters = view.filters): Promise<A> {
  return ask<A>(name, { site: view.site.site, from: view.days.from, to: view.days.to, ...given(filters), ...more })
}

/** The parameter that asks for a comparison, if one is wished. */
export const compared = (view: View): Record<string, string> => (view.state.compare === 'none' || view.fixed?.from ? {} : { compare: view.state.compare })

export function given(filters: Filters): Record<string, string> {
  const parameters: Record<string, string> = {}
  for (const name of filterNames) {
    const value = filters[name]
    if (value) parameters[name] = value
  }
  return parameters
}

/** The address of an article's own page. */
export const articleLink = (view: View, page: string): string => link(view, { article: page, filters: { page: undefined } })

/** Whether a row's page is one page, and not the name of many. */
export const isPage = (page: string): boolean => page.startsWith('/')
