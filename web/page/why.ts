// Why? The evidence of a label: rules in words, where it can be read that they mean
// that, how sure they are, and what they cannot know.
import type { Why } from './answers'
import { Problem } from './api'
import { problemNote } from './card'
import { citedAddress, h } from './dom'
import { count, nameOf, percent, say, sayValue, spoken } from './language'
import { foreign, ranking } from './parts'
import { askRange, link, type View } from './view'
import type { Word } from './words'

const signals: readonly string[] = ['ref', 'app', 'xrw', 'ua', 'code', 'utm', 'click', 'paid', 'sfs']

/** What a rule says. The API says it in English; in German it is told by the rule's kind. */
export function ruleWords(id: string, says: string): string {
  if (spoken() === 'en') return says || id
  const dot = id.indexOf('.')
  const kind = id.slice(0, dot)
  return signals.includes(kind) ? say(`signal.${kind}` as Word, { token: id.slice(dot + 1) }) : says || id
}

/** What cannot be known, by the API's words for it. */
const cannot: readonly [starts: string, word: Word][] = [
  ['who shared', 'cannot.who'],
  ['whether it was a message', 'cannot.broadcast'],
  ['whether the link was in a feed', 'cannot.feed'],
  ['whether it was a search', 'cannot.discover'],
  ['whether somebody shared', 'cannot.direct'],
  ['whether there was a Referer', 'cannot.referer'],
]

const openQuestion = (text: string): string => {
  const known = cannot.find(([starts]) => text.startsWith(starts))
  return known ? say(known[1]) : text
}

/** Reads whose label is asked about. */
export function asked(why: string): { channel: string; source: string } {
  const colon = why.indexOf(':')
  return colon < 0 ? { channel: why, source: '' } : { channel: why.slice(0, colon), source: why.slice(colon + 1) }
}

function content(answer: Why, view: View): HTMLElement {
  const { channel, source } = asked(view.state.why)
  const rule = (one: NonNullable<Why['rules']>[number]) => {
    const address = citedAddress(one.cite)
    return h(
      'li',
      {},
      h('b', {}, one.rule === '' ? say('why.no_rule') : ruleWords(one.rule, one.says)),
      h('span', { class: 'n' }, `${count(one.arrivals)} (${percent(answer.arrivals > 0 ? one.arrivals / answer.arrivals : 0)})`),
      h('span', { class: 'few' }, `${say('term.confidence')}: ${sayValue('confidence', one.confidence)} · `, one.visibility === 'unknown' ? sayValue('visibility', one.visibility) : say(one.assumed ? 'why.assumed' : 'why.seen', { visibility: sayValue('visibility', one.visibility) })),
      h('span', { class: 'few' }, h('code', {}, foreign(one.rule)), one.cite ? ' · ' : null, one.cite ? (address ? h('a', { href: address, rel: 'noreferrer noopener', target: '_blank' }, say('why.source', { cite: new URL(address).hostname })) : say('why.source', { cite: one.cite })) : null),
    )
  }
  return h(
    'div',
    {},
    h('p', {}, say('why.lead', { n: answer.arrivals })),
    h('h3', {}, say('why.rules')),
    answer.rules === null ? h('p', { class: 'note' }, say('why.no_rules')) : answer.rules.length === 0 ? h('p', { class: 'note' }, say('why.no_rule')) : h('ul', { class: 'rules' }, ...answer.rules.map(rule)),
    h('h3', {}, say('why.sure')),
    ranking(answer.confidence.filter((row) => row.arrivals > 0).map((row) => ({ name: sayValue('confidence', row.value), n: row.arrivals })), answer.arrivals),
    h('h3', {}, say('why.who')),
    ranking(answer.visibility.filter((row) => row.arrivals > 0).map((row) => ({ name: sayValue('visibility', row.value), n: row.arrivals, kind: row.value })), answer.arrivals),
    h('h3', {}, say('why.cannot')),
    answer.cannot_know.length === 0 ? h('p', {}, say('why.nothing')) : h('ul', { class: 'plain' }, ...answer.cannot_know.map((text) => h('li', {}, openQuestion(text)))),
    h('p', { class: 'actions' }, h('a', { href: link(view, { filters: { ...(channel && { channel }), ...(source && { source }) } }) }, say('why.more'))),
  )
}

let last = ''
let opened = '' // by a link with this address

/** Opens the drawer for what the address asks about, or closes it. */
export async function showWhy(view: View, go: (address: string) => void, onProblem: (problem: Problem) => void): Promise<void> {
  const open = document.getElementById('why') as HTMLDialogElement | null
  const { why } = view.state
  if (why === '') {
    last = ''
    if (!open) return
    open.close()
    open.remove()
    ;[...document.querySelectorAll('a')].find((link) => link.getAttribute('href') === opened)?.focus({ preventScroll: true })
    return
  }
  const key = JSON.stringify([why, view.days, view.filters, spoken()])
  if (open && last === key) return
  last = key
  opened = location.search
  const { channel, source } = asked(why)
  const name = (title: string) => say('why.title', { name: source ? nameOf(source === '(none)' ? '' : source, title || source) : sayValue('channel', channel) })
  const title = h('h2', { id: 'why-title', tabindex: -1 }, foreign(name('')))
  const body = h('div', { class: 'body', 'aria-busy': 'true' }, h('div', { class: 'loading' }, h('i'), h('i'), h('i')))
  const close = () => go(link(view, {}))
  const dialog = h('dialog', { id: 'why', class: 'drawer', 'aria-labelledby': 'why-title' }, h('header', {}, title, h('button', { type: 'button', class: 'tool', click: close }, say('tool.close'))), body)
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    close()
  })
  dialog.addEventListener('click', (event) => event.target === dialog && close()) // beside it
  open?.remove()
  document.body.append(dialog)
  dialog.showModal()
  title.focus()
  const filters = { ...view.filters, ...(channel && { channel }), ...(source && { source }) }
  if (!source) delete filters.source
  try {
    const answer = await askRange<Why>(view, 'why', {}, filters)
    if (last !== key) return
    title.replaceChildren(foreign(name(answer.title)))
    body.replaceChildren(content(answer, view))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (last !== key) return
    onProblem(error)
    body.replaceChildren(problemNote(error, view, () => ((last = ''), void showWhy(view, go, onProblem))))
  }
  body.setAttribute('aria-busy', 'false')
}
