// The head of the page: site, days, comparison, filters, and what one sets once.
import type { Meta, Site } from './answers'
import { Problem, signOut } from './api'
import { isDay, type RangeName, rangeNames, readDays, step } from './days'
import { type Child, h } from './dom'
import { kept } from './kept'
import { showKeys } from './keys'
import { day, dayRange, moment, nameOf, say, sayValue, speak, spoken } from './language'
import { foreign, icon } from './parts'
import { shareDialog } from './signin'
import { type Compare, type FilterName, filterNames } from './state'
import { link, type View } from './view'

export interface Doing {
  go: (address: string) => void
  redraw: () => void // all of it, in another language or theme
  signedOut: () => void
}

type Theme = 'auto' | 'light' | 'dark'
const themes: readonly Theme[] = ['auto', 'light', 'dark']

/** Does as was chosen before. */
export function settle(): void {
  speak(kept.read('language'))
  paint((kept.read('theme') as Theme | null) ?? 'auto')
}

function paint(theme: Theme): void {
  if (theme === 'auto') document.documentElement.removeAttribute('data-theme')
  else document.documentElement.dataset['theme'] = theme
}

function select(id: string, label: string, options: [value: string, text: string][], value: string, chosen: (value: string) => void): HTMLElement {
  const field = h('select', { id }, ...options.map(([name, text]) => h('option', { value: name, selected: name === value }, text)))
  field.addEventListener('change', () => chosen(field.value))
  return h('span', { class: 'field' }, h('label', { for: id, class: 'unseen' }, label), field)
}

function customForm(view: View, { go }: Doing): HTMLElement {
  const { today, first_day } = view.site
  const input = (id: string, value: string) => h('input', { type: 'date', id, value, max: today, min: first_day, required: true })
  const from = input('range-from', view.days.from)
  const to = input('range-to', view.days.to)
  const note = h('p', { class: 'problem-text', role: 'alert' })
  const form = h('form', { class: 'custom', novalidate: true }, h('label', { for: 'range-from' }, say('range.from')), from, h('label', { for: 'range-to' }, say('range.to')), to, h('button', { type: 'submit', class: 'button' }, say('range.show')), note)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const days = isDay(from.value) && isDay(to.value) && from.value <= to.value ? readDays(from.value, to.value, today) : null
    if (days) go(link(view, { range: 'custom', ...days }))
    else note.textContent = say('range.bad')
  })
  return form
}

/** Where a range that has a name leads. A custom one begins as what is looked at. */
export function rangeLink(view: View, range: RangeName): string {
  return link(view, range === 'custom' ? { range, ...view.days } : { range, from: '', to: '' })
}

/** Where the range before or behind leads, or null where there is none. */
export function stepLink(view: View, by: 1 | -1): string | null {
  const days = step(view.days, by, view.site.today)
  return days && link(view, { range: 'custom', ...days })
}

export const compares: readonly Compare[] = ['previous', 'weekdays', 'none']

function ranges(view: View, doing: Doing): Child[] {
  if (view.fixed?.from) return [h('span', { class: 'days' }, dayRange(view.days.from, view.days.to))]
  const arrow = (by: 1 | -1, name: 'page.earlier' | 'page.later', path: string) => {
    const href = stepLink(view, by)
    return href ? h('a', { class: 'arrow', href, 'aria-label': say(name) }, icon(path)) : h('span', { class: 'arrow off' }, icon(path))
  }
  return [
    arrow(-1, 'page.earlier', 'M10 3 5 8l5 5'),
    select('range', say('page.range'), rangeNames.map((name) => [name, say(`range.${name}`)]), view.state.range, (name) => doing.go(rangeLink(view, name as RangeName))),
    arrow(1, 'page.later', 'm6 3 5 5-5 5'),
    select('compare', say('page.compare'), compares.map((name) => [name, say(`compare.${name}`)]), view.state.compare, (name) => doing.go(link(view, { compare: name as Compare }))),
  ]
}

function settings(view: View, doing: Doing): HTMLElement {
  const theme = document.documentElement.dataset['theme'] ?? 'auto'
  const details: HTMLDetailsElement = h(
    'details',
    {
      class: 'settings',
      keydown: (event) => {
        if ((event as KeyboardEvent).key !== 'Escape' || !details.open) return
        event.stopPropagation() // it closes these, and takes no filters away
        details.open = false
        details.querySelector('summary')?.focus()
      },
    },
    h('summary', { 'aria-label': say('page.settings') }, icon('M2 4h12M2 8h12M2 12h12')),
    h(
      'div',
      {},
      h('span', {}, h('label', { for: 'theme' }, say('page.theme')), select('theme', say('page.theme'), themes.map((name) => [name, say(`page.theme.${name}`)]), theme, (name) => (kept.write('theme', name), paint(name as Theme))).querySelector('select')),
      h('span', {}, h('label', { for: 'language' }, say('page.language')), select('language', say('page.language'), [['en', 'English'], ['de', 'Deutsch']], spoken(), (name) => (kept.write('language', name), speak(name), doing.redraw())).querySelector('select')),
      h('span', {}, h('label', { for: 'use-keys' }, say('page.keys.on')), select('use-keys', say('page.keys.on'), [['on', say('page.keys.yes')], ['off', say('page.keys.no')]], kept.read('keys') ?? 'on', (name) => kept.write('keys', name)).querySelector('select')),
      h('button', { type: 'button', class: 'plain', click: showKeys }, say('page.keys'), ' ', h('kbd', {}, '?')),
      view.fixed ? null : h('button', { type: 'button', class: 'plain', id: 'share-view', click: () => shareDialog(view) }, say('page.share')),
      h('button', { type: 'button', class: 'plain', id: 'sign-out', click: () => void signOut().catch((error: unknown) => error instanceof Problem || Promise.reject(error)).then(doing.signedOut) }, say('page.sign_out')),
    ),
  )
  return details
}

/** The value of a filter, as people call it. */
function filterValue(name: FilterName, value: string): string {
  if (name === 'channel' || name === 'visibility') return sayValue(name, value)
  if (value === '(none)') return say(name === 'topic' ? 'name.no_topic' : 'name.none')
  return name === 'source' ? nameOf(value) : value
}

function chips(view: View): HTMLElement | null {
  const shown = filterNames.filter((name) => view.filters[name] !== undefined)
  if (shown.length === 0) return null
  const chip = (name: FilterName) => {
    const value = filterValue(name, view.filters[name] ?? '')
    const text = [h('span', { class: 'quiet' }, say(`filter.${name}`)), ' ', foreign(value)]
    if (view.fixed?.[name]) return h('li', {}, h('span', { class: 'chip', title: say('page.fixed') }, ...text))
    return h('li', {}, h('a', { class: 'chip', href: link(view, { filters: { [name]: undefined } }), 'aria-label': say('page.remove', { name: say(`filter.${name}`), value }) }, ...text, icon('m4 4 8 8m0-8-8 8')))
  }
  const mine = filterNames.filter((name) => view.state.filters[name] !== undefined && !view.fixed?.[name])
  return h('ul', { class: 'chips', 'aria-label': say('page.filters') }, ...shown.map(chip), mine.length > 1 ? h('li', {}, h('a', { class: 'clear', href: link(view, { filters: Object.fromEntries(mine.map((name) => [name, undefined])) }) }, say('page.clear'))) : null)
}

/** The head. Its parts have ids by which they keep the focus. */
export function head(view: View, sites: Site[], doing: Doing): HTMLElement {
  const choice: Child = sites.length > 1 ? select('site', say('page.site'), sites.map(({ site }) => [site, site]), view.site.site, (site) => doing.go(link(view, { site, article: '', filters: Object.fromEntries(filterNames.map((name) => [name, undefined])) }))) : h('span', { class: 'site' }, view.site.site)
  return h(
    'div',
    { class: 'head' },
    h('div', { class: 'masthead' }, h('a', { class: 'brand', href: link(view, { article: '' }) }, say('page.name')), choice),
    h('div', { class: 'controls' }, ...ranges(view, doing), settings(view, doing)),
    view.state.range === 'custom' && !view.fixed?.from ? customForm(view, doing) : null,
    chips(view),
  )
}

/** Up to when there are data, and which days are not what they will be. */
export function freshness(meta: Meta): HTMLElement[] {
  const { provisional, without_data, unreadable, with_data } = meta.days
  const today = (time: string) => moment(time, meta.time_zone, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
  const said = [
    dayRange(meta.from, meta.to),
    meta.data_up_to && with_data > 0 ? say('fresh.up_to', { time: today(meta.data_up_to) }) : say('fresh.none'),
    say('fresh.zone', { zone: meta.time_zone }),
    provisional.length === 1 ? say('fresh.provisional', { days: day(provisional[0] ?? '') }) : provisional.length > 1 ? say('fresh.provisional.many', { n: provisional.length, days: day(provisional[0] ?? '') }) : '',
    without_data.length > 0 && with_data > 0 ? say('fresh.without', { n: without_data.length }) : '',
    unreadable.length > 0 ? say('fresh.unreadable', { n: unreadable.length }) : '',
  ].filter(Boolean)
  return said.map((text) => h('span', {}, text))
}

