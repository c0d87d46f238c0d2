// Where from: channels open into apps, and these into how they were known.
import type { Channel, Counted, SourceRow, Sources } from '../answers'
import type { Card } from '../card'
import type { Value } from '../csv'
import { type Child, h } from '../dom'
import { count, nameOf, percent, say, sayValue, signed } from '../language'
import { bar, foreign, split } from '../parts'
import { askRange, compared, link, type View } from '../view'
import { ruleWords } from '../why'

/** What is open stays open when the card is drawn anew. */
const open = new Set<string>(['dark_social'])

/** The sources. Of one channel alone there are more. */
export const askSources = (view: View): Promise<Sources> => askRange(view, 'sources', { ...compared(view), limit: view.filters.channel ? '100' : '12' })

const changeOf = (row: { arrivals: number; before: number | null }) =>
  row.before === null || row.before === 0 ? null : h('span', { class: `change ${row.arrivals > row.before ? 'up' : row.arrivals < row.before ? 'down' : ''}` }, signed(percent(Math.abs(row.arrivals / row.before - 1)), row.arrivals - row.before))

const mix = (kind: string, counted: Counted[]): Child =>
  counted.filter((one) => one.arrivals > 0).length === 0
    ? null
    : h('p', {}, counted.filter((one) => one.arrivals > 0).map((one) => `${sayValue(kind, one.value)} ${count(one.arrivals)}`).join(' · '))

function opening(key: string, head: Node, content: () => Node): HTMLElement {
  const details = h('details', { open: open.has(key) }, h('summary', {}, head))
  const fill = () => details.childElementCount < 2 && details.append(content())
  if (details.open) fill()
  details.addEventListener('toggle', () => {
    if (details.open) fill()
    open[details.open ? 'add' : 'delete'](key)
  })
  return details
}

const actions = (view: View, channel: string, source: string, name: string) =>
  h(
    'p',
    { class: 'actions' },
    channel === '' ? null : h('a', { href: link(view, { filters: { channel, ...(source && { source: source === ' ' ? '(none)' : source }) } }) }, say('sources.only', { name })),
    channel === '' ? null : h('a', { href: link(view, { why: `${channel}:${source === ' ' ? '(none)' : source}` }) }, say('sources.why', { name })),
  )

function sourceItem(row: SourceRow, channel: Channel, view: View): HTMLElement {
  const name = nameOf(row.source, row.title)
  const many = row.source.startsWith('(')
  const head = h('span', { class: 'line' }, bar(row.arrivals, channel.arrivals, channel.channel), h('span', { class: 'name' }, foreign(name)), split(row), changeOf(row), h('span', { class: 'n' }, count(row.arrivals)))
  if (many) return h('li', {}, head)
  const content = () =>
    h(
      'div',
      { class: 'inside' },
      mix('surface', row.surfaces),
      mix('confidence', row.confidence),
      row.evidence === null
        ? h('p', { class: 'quiet' }, say('sources.no_evidence'))
        : h('ul', { class: 'evidence', 'aria-label': say('sources.evidence') }, ...row.evidence.slice(0, 6).map((one) => h('li', {}, h('span', {}, one.rule === '' ? say('sources.no_rule') : ruleWords(one.rule, one.says)), ' ', h('code', {}, foreign(one.rule)), h('span', { class: 'n' }, count(one.arrivals))))),
      actions(view, channel.channel, row.source || ' ', name),
    )
  return h('li', {}, opening(`${channel.channel}:${row.source}`, head, content))
}

function channelItem(channel: Channel, whole: number, view: View): HTMLElement {
  const name = sayValue('channel', channel.channel)
  const head = h('span', { class: 'line' }, bar(channel.arrivals, whole, channel.channel), h('span', { class: 'name' }, name), split(channel), changeOf(channel), h('span', { class: 'n' }, count(channel.arrivals)))
  const content = () => {
    const rest = channel.total - channel.sources.filter((row) => !row.source.startsWith('(')).length
    return h(
      'div',
      { class: 'inside' },
      actions(view, channel.channel, '', name),
      h('ul', {}, ...channel.sources.map((row) => sourceItem(row, channel, view))),
      rest > 0 ? h('p', { class: 'quiet' }, say('sources.all', { n: rest })) : null,
    )
  }
  return h('li', {}, opening(channel.channel, head, content))
}

export const sourcesCard: Card<Sources> = {
  name: 'sources',
  title: 'card.sources',
  lead: 'card.sources.lead',
  ask: askSources,
  draw(answer, view) {
    const rows: Value[][] = []
    const shown: (Child | Value)[][] = []
    for (const channel of answer.channels) {
      for (const row of channel.sources) {
        const name = nameOf(row.source, row.title)
        const rest = [name, row.arrivals, row.before, row.private, row.public, row.undecided, row.readers]
        rows.push([sayValue('channel', channel.channel), ...rest])
        const filter = row.source.startsWith('(') || channel.channel === '' ? null : link(view, { filters: { channel: channel.channel, source: row.source || '(none)' } })
        shown.push([sayValue('channel', channel.channel), filter ? h('a', { href: filter }, foreign(name)) : foreign(name), ...rest.slice(1)])
      }
    }
    return {
      picture: h(
        'div',
        {},
        h('p', { class: 'legend' }, ...(['private', 'public', 'undecided'] as const).map((kind) => h('a', { class: `key ${kind}`, href: link(view, { filters: { visibility: kind === 'undecided' ? 'unknown' : kind } }) }, say(`term.${kind}`)))),
        h('ul', { class: 'tree-list' }, ...answer.channels.map((channel) => channelItem(channel, answer.arrivals, view))),
      ),
      table: {
        name: `sources-${view.days.from}-${view.days.to}`,
        columns: [say('column.channel'), say('column.source'), say('term.arrival'), say('column.before'), say('term.private'), say('term.public'), say('term.undecided'), say('term.readers')],
        rows,
      },
      shown,
      empty: answer.arrivals === 0,
    }
  },
}
