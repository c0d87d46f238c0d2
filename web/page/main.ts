// The report's page. It is its address, drawn: whatever is chosen changes the address,
// and the page follows.
import type { NumbersAnswer, Site, Sites } from './answers'
import { ask, forget, Problem } from './api'
import { type Card, keepingFocus, type Place, place, problemNote } from './card'
import { articleCard, articleFromCard, articleHoursCard, articleSharesCard, lifeCard } from './cards/article'
import { audienceCard } from './cards/audience'
import { directCard } from './cards/direct'
import { hoursCard } from './cards/hours'
import { nowCard } from './cards/now'
import { numbersCard } from './cards/numbers'
import { pagesCard, topicsCard } from './cards/pages'
import { qualityCard } from './cards/quality'
import { recommendationsCard } from './cards/recommendations'
import { seriesCard } from './cards/series'
import { sourcesCard } from './cards/sources'
import { h } from './dom'
import { shownAs } from './fixed'
import { compares, type Doing, freshness, head, rangeLink, settle, stepLink } from './head'
import { type KeyName, listen, showKeys } from './keys'
import { say } from './language'
import { undefine } from './parts'
import { signInPage } from './signin'
import { filterNames, readState, type State } from './state'
import { askRange, link, type View } from './view'
import { showWhy } from './why'

type AnyCard = { make: () => Place }
const made = <A>(card: Card<A>): AnyCard => ({ make: () => place(card, met) })

const live = made(nowCard)
const whole = (card: unknown) => made(card as Card<unknown>)
const overview = [...[directCard, numbersCard, seriesCard, sourcesCard, pagesCard, recommendationsCard, topicsCard].map(whole), live, ...[hoursCard, audienceCard, qualityCard].map(whole)]
const article = [articleCard, lifeCard, articleHoursCard, articleFromCard, articleSharesCard].map(whole)

let sites: Sites | null = null
let places: { kind: 'overview' | 'article'; list: Place[] } | null = null
let view: View | null = null
let tables = false

const top = h('header', { id: 'top' })
const fresh = h('p', { class: 'fresh', role: 'status' })
const report = h('main', { id: 'report', tabindex: -1 })
const foot = h('footer', {})
const title = h('h1', { class: 'unseen' })

/** What goes wrong in any card. Who is not signed in any more signs in. */
function met(problem: Problem): void {
  if (problem.code === 'unauthorized') showSignIn()
}

function showSignIn(): void {
  if (document.querySelector('.sign-in')) return
  forget()
  sites = null
  places = null
  document.querySelectorAll('dialog').forEach((dialog) => dialog.remove())
  document.title = say('sign.title')
  document.body.replaceChildren(
    signInPage((answer) => {
      sites = answer
      show()
    }),
  )
  document.getElementById('token')?.focus()
}

/** Goes to another address of this page. */
function go(address: string): void {
  if (address === (location.search || '?')) return
  history.pushState(null, '', address === '?' ? location.pathname : address)
  show()
}

const doing: Doing = {
  go,
  redraw: () => show(),
  signedOut: () => showSignIn(),
}

function viewOf(state: State, site: Site, all: Sites): View {
  const days = shownAs(state, site, all.fixed)
  const filters = { ...state.filters }
  for (const name of filterNames) {
    const value = all.fixed?.[name]
    if (value) filters[name] = value
  }
  return { state, site, fixed: all.fixed, days, filters, tables }
}

/** Draws what the address says. */
function show(): void {
  if (!sites) return
  const state = readState(location.search)
  const site = state.site ? sites.sites.find(({ site }) => site === state.site) : sites.sites[0]
  if (!site) {
    document.body.replaceChildren(h('main', { id: 'report', class: 'sign-in' }, problemNote(new Problem(403, 'forbidden', 'site', '', 0), null, () => location.reload())))
    return
  }
  view = viewOf(state, site, sites)
  undefine()
  const shown = view
  if (!report.isConnected) document.body.replaceChildren(h('a', { class: 'skip', href: '#report' }, say('page.skip')), top, fresh, report, foot)
  document.title = say('page.title', { site: site.site })
  keepingFocus(top, () => top.replaceChildren(head(shown, sites?.sites ?? [], doing)))
  foot.replaceChildren(h('p', {}, say('page.about'), ' ', h('a', { href: '/licences.txt' }, say('page.licences'))))
  title.textContent = document.title
  title.hidden = state.article !== '' // it has its own
  const kind = state.article ? 'article' : 'overview'
  const turned = places?.kind !== kind
  if (turned) {
    const cards = kind === 'article' ? article : overview.filter((card) => card !== live || !shown.fixed?.from) // a link of certain days has no last minutes
    places = { kind, list: cards.map((card) => card.make()) }
    report.className = kind
    report.replaceChildren(title, ...places.list.map(({ element }) => element))
    scrollTo(0, 0)
  }
  places?.list.forEach((place) => void place.show(shown))
  void showFreshness(shown)
  void showWhy(shown, go, met)
}

async function showFreshness(shown: View): Promise<void> {
  try {
    const { meta } = await askRange<NumbersAnswer>(shown, 'numbers', shown.state.compare === 'none' || shown.fixed?.from ? {} : { compare: shown.state.compare })
    if (shown === view) fresh.replaceChildren(...freshness(meta))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (shown === view) fresh.replaceChildren()
  }
}

function act(does: KeyName): void {
  if (!view) return
  const { state } = view
  const movable = !view.fixed?.from
  switch (does) {
    case 'help':
      return showKeys()
    case 'tables':
      tables = !tables
      return show()
    case 'clear':
      return go(link(view, { filters: Object.fromEntries(filterNames.map((name) => [name, undefined])) }))
    case 'compare':
      return movable ? go(link(view, { compare: compares[(compares.indexOf(state.compare) + 1) % compares.length] ?? 'previous' })) : undefined
    case 'earlier':
    case 'later': {
      const address = movable ? stepLink(view, does === 'later' ? 1 : -1) : null
      return address ? go(address) : undefined
    }
    default:
      if (!movable) return
      go(rangeLink(view, does))
      if (does === 'custom') document.getElementById('range-from')?.focus()
  }
}

/** A link that leads to another address of this page changes it, and loads nothing. */
function followed(event: MouseEvent): void {
  const target = event.target as Element
  const link = target.closest('a')
  const address = link?.getAttribute('href') ?? ''
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  if (!address.startsWith('?')) return
  event.preventDefault()
  go(address)
}

const everyMinute = 60_000 // milliseconds

function begin(): void {
  settle()
  document.addEventListener('click', followed)
  addEventListener('popstate', show)
  listen(act)
  document.addEventListener('click', (event) => {
    document.querySelectorAll<HTMLDetailsElement>('.settings[open]').forEach((open) => !open.contains(event.target as Node) && (open.open = false))
  })
  setInterval(() => {
    if (document.visibilityState !== 'visible' || !view || places?.kind !== 'overview') return
    const now = places.list.find(({ element }) => element.id === 'now')
    void now?.show(view)
  }, everyMinute)
  document.body.replaceChildren(h('p', { class: 'starting', role: 'status' }, say('state.loading')))
  start()
}

function start(): void {
  ask<Sites>('sites', {})
    .then((answer) => {
      sites = answer
      show()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error
      if (error.code === 'unauthorized') showSignIn()
      else document.body.replaceChildren(h('main', { id: 'report', class: 'sign-in' }, problemNote(error, null, start)))
    })
}

begin()
