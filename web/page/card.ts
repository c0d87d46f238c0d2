// A card: asks, and shows what came as a picture or as a table; saves it as CSV; says
// what is the matter where nothing came.
import { Problem } from './api'
import { save, type Table, type Value } from './csv'
import { type Child, h } from './dom'
import { say, sayValue } from './language'
import { icon, table } from './parts'
import { type FilterName, filterNames } from './state'
import { link, type View } from './view'
import type { Word } from './words'

/** What a card shows of an answer. */
export interface Drawn {
  picture: Node
  table: Table
  /** The table's cells as they are shown, where they are more than text: links. */
  shown?: (Child | Value)[][]
  /** Nothing came. It may say what to do about it. */
  empty?: Word | boolean
}

export interface Card<A> {
  name: string
  title: Word
  lead?: Word
  ask: (view: View) => Promise<A>
  draw: (answer: A, view: View) => Drawn
  /** It is told of the whole site, whatever the filters are. */
  unfiltered?: boolean
}

/** A card's place in the page. */
export interface Place {
  element: HTMLElement
  show: (view: View) => Promise<void>
}

const patience = 4000 // milliseconds, until it is said that an answer takes long

/** Makes a place for a card. What it showed before is shown until there is something else. */
export function place<A>(card: Card<A>, onProblem: (problem: Problem) => void): Place {
  const body = h('div', { class: 'body' })
  const tools = h('div', { class: 'tools' })
  const title = h('h2', { id: `title-${card.name}`, tabindex: -1 })
  const lead = card.lead ? h('p', { class: 'lead' }) : null
  const whole = h('p', { class: 'lead', hidden: true })
  const element = h('section', { class: `card ${card.name}`, id: card.name, 'aria-labelledby': title.id }, h('header', {}, title, tools), lead, whole, body)
  let last: { view: View; answer: A } | null = null
  let turned: boolean | null = null // this card alone: to a table, or back
  let turn = 0

  const draw = () => {
    if (!last) return
    const { view, answer } = last
    const asTable = turned ?? view.tables
    const drawn = card.draw(answer, view)
    keepingFocus(element, () => {
      tools.replaceChildren(
        h('button', { type: 'button', class: 'tool', 'aria-pressed': String(asTable), 'aria-label': say('tool.table.of', { card: say(card.title) }), click: () => ((turned = !asTable), draw()) }, say('tool.table')),
        h('button', { type: 'button', class: 'tool', 'aria-label': say('tool.csv.of', { card: say(card.title) }), click: () => save(drawn.table) }, icon('M8 2v8m-3-3 3 3 3-3M3 13h10'), say('tool.csv')),
      )
      tools.hidden = Boolean(drawn.empty)
      whole.hidden = !card.unfiltered || Object.keys(view.filters).length === 0
      whole.textContent = say('state.whole')
      if (drawn.empty) body.replaceChildren(emptiness(view, drawn.empty))
      else body.replaceChildren(asTable ? table(say(card.title), drawn.table.columns, drawn.shown ?? drawn.table.rows) : drawn.picture)
    })
  }

  const show = async (view: View) => {
    const mine = ++turn
    title.textContent = say(card.title)
    if (lead && card.lead) lead.textContent = say(card.lead)
    element.setAttribute('aria-busy', 'true')
    if (!last) body.replaceChildren(loading())
    const slow = setTimeout(() => mine === turn && body.prepend(h('p', { class: 'note slow', role: 'status' }, say('state.slow'))), patience)
    try {
      const answer = await card.ask(view)
      if (mine !== turn) return
      last = { view, answer }
      draw()
    } catch (error) {
      if (mine !== turn) return
      last = null
      tools.replaceChildren()
      if (!(error instanceof Problem)) throw error
      onProblem(error)
      body.replaceChildren(problemNote(error, view, () => void show(view)))
    } finally {
      clearTimeout(slow)
      if (mine === turn) element.setAttribute('aria-busy', 'false')
    }
  }
  return { element, show }
}

/** Does something to an element's inside, and gives the focus back to what is the same there. */
export function keepingFocus(element: Element, change: () => void): void {
  const had = document.activeElement
  const within = had && had !== document.body && element.contains(had)
  const same = within ? signOf(had) : ''
  change()
  if (!within || element.contains(document.activeElement)) return
  const again = [...element.querySelectorAll<HTMLElement>('a, button, select, input, summary')].find((other) => signOf(other) === same)
  ;(again ?? element.querySelector<HTMLElement>('h1, h2'))?.focus({ preventScroll: true })
}

const signOf = (element: Element) => [element.tagName, element.id, element.getAttribute('aria-label') ?? element.textContent].join('|')

const loading = () => h('div', { class: 'loading' }, h('span', { class: 'unseen' }, say('state.loading')), h('i'), h('i'), h('i'))

function emptiness(view: View, why: Word | boolean): HTMLElement {
  const filtered = Object.keys(view.filters).length > 0
  const said = filtered ? 'state.empty.filter' : 'state.empty'
  if (typeof why !== 'string' || filtered) return h('div', { class: 'note empty' }, h('p', {}, say(said)))
  return h('div', { class: 'note empty' }, why === 'state.empty.teach' ? h('p', {}, say(said)) : null, h('p', {}, say(why)))
}

const problemWords: Record<string, Word> = {
  unavailable: 'state.unavailable',
  too_many: 'state.too_many',
  forbidden: 'state.forbidden',
  offline: 'state.offline',
  invalid: 'state.invalid',
  not_found: 'state.invalid',
  too_large: 'state.invalid',
}

/** What is the matter, and what can be done. */
export function problemNote(problem: Problem, view: View | null, again: () => void): HTMLElement {
  const field = problem.field as FilterName
  if (problem.code === 'not_offered') {
    const name = sayValue('filter', field)
    const mine = view && filterNames.includes(field) && view.state.filters[field] !== undefined
    return h('div', { class: 'note not-offered' }, h('p', {}, say('state.not_offered', { field: name })), mine ? h('a', { class: 'button', href: link(view, { filters: { [field]: undefined } }) }, say('state.without', { field: name })) : null)
  }
  const usual = problem.code === 'invalid' || problem.code === 'forbidden'
  return h(
    'div',
    { class: 'note problem', role: 'alert' },
    h('p', {}, say(problemWords[problem.code] ?? 'state.unavailable')),
    problem.message && problem.status > 0 ? h('p', { class: 'quiet', lang: 'en' }, problem.message) : null,
    usual ? h('a', { class: 'button', href: '?' }, say('state.usual')) : h('button', { type: 'button', class: 'button', click: again }, say('state.again')),
  )
}
