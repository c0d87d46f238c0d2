// The first picture: what other tools call direct, taken apart. What has a name is lit,
// the rest is dark.
import type { Direct, DirectParts, Pages, PartName, NumbersAnswer, Sources } from '../answers'
import type { Card, Drawn } from '../card'
import { type Child, h, styled } from '../dom'
import { count, nameOf, percent, say, sayValue } from '../language'
import { foreign, term } from '../parts'
import { type Sentence, sentences } from '../sentences'
import { articleLink, askRange, compared, isPage, link, type View } from '../view'
import type { Word } from '../words'
import { askSources } from './sources'

export interface DirectAnswer {
  direct: Direct
  numbers: NumbersAnswer
  sources: Sources | null
  pages: Pages | null
}

interface Segment {
  part: PartName
  source: string // of messengers, which are told by app
  name: string
  arrivals: number
  href: string | null
}

const lit: readonly PartName[] = ['messengers', 'mail', 'networks', 'ai', 'other_named']
const channels: Partial<Record<PartName, string>> = { messengers: 'dark_social', mail: 'email', networks: 'social', ai: 'ai' }
const shownApps = 4

/** The parts of the bar. Messengers are told by app; what is too small stands together. */
function segmentsOf(direct: DirectParts, view: View): Segment[] {
  return direct.parts.flatMap(({ part, arrivals, sources }) => {
    const channel = channels[part] ?? (lit.includes(part) ? undefined : 'direct')
    const whole = { part, source: '', name: sayValue('part', part), arrivals, href: channel ? link(view, { filters: { channel } }) : null }
    if (part !== 'messengers' || sources.length < 2) return arrivals > 0 ? [whole] : []
    const named = sources.filter((row) => row.source !== '' && row.source !== '(other)').slice(0, shownApps)
    const rest = arrivals - named.reduce((sum, row) => sum + row.arrivals, 0)
    const apps: Segment[] = named.map((row) => ({ part, source: row.source, name: nameOf(row.source, row.title), arrivals: row.arrivals, href: link(view, { filters: { channel: 'dark_social', source: row.source } }) }))
    return rest > 0 ? [...apps, { ...whole, name: say('name.other'), arrivals: rest }] : apps
  })
}

function barOf(segments: Segment[], direct: DirectParts, estimate: Direct['estimate']): HTMLElement {
  const segment = (item: Segment) => {
    const share = item.arrivals / direct.direct
    const text = `${item.name} ${percent(share)}: ${count(item.arrivals)}`
    const inside = share >= 0.055 ? h('span', { class: 'inside', 'aria-hidden': 'true' }, h('b', {}, item.name), ' ', percent(share)) : null
    const kind = `segment ${item.part}${item.source && item.source !== 'whatsapp' ? ' later' : ''}`
    const element = item.href ? h('a', { class: kind, href: item.href, 'aria-label': text, title: text }, inside) : h('span', { class: kind, role: 'img', 'aria-label': text, title: text }, inside)
    return styled(element, { 'flex-grow': item.arrivals })
  }
  const of = (named: boolean) => {
    const items = segments.filter((item) => lit.includes(item.part) === named)
    const sum = items.reduce((sum, item) => sum + item.arrivals, 0)
    return styled(h('div', { class: named ? 'lit' : 'dark' }, ...items.map(segment), !named && estimate ? hatch(estimate, sum) : null), { 'flex-grow': sum })
  }
  return h('div', { class: 'direct-bar', role: 'group', 'aria-label': say('direct.title') }, of(true), of(false))
}

/** The estimate lies over the dark as an interval: as good as surely shared, then perhaps. */
function hatch(estimate: NonNullable<Direct['estimate']>, dark: number): HTMLElement {
  const text = say('direct.estimate', { low: Math.round(estimate.low), high: Math.round(estimate.high), level: percent(estimate.level) })
  return styled(h('span', { class: 'hatch', role: 'img', 'aria-label': text, title: text }), { '--low': dark > 0 ? estimate.low / dark : 0, '--high': dark > 0 ? estimate.high / dark : 0 })
}

function legend(direct: DirectParts, view: View): HTMLElement {
  const row = (part: DirectParts['parts'][number]) => {
    const channel = channels[part.part]
    const names = part.sources.filter((source) => source.source !== '').slice(0, 3)
    return h(
      'li',
      { class: part.part },
      h('i', { class: `swatch ${part.part}`, 'aria-hidden': 'true' }),
      h('span', { class: 'name' }, term(`part.${part.part}` as Word)),
      h('span', { class: 'n' }, count(part.arrivals)),
      h('span', { class: 'few' }, ...names.flatMap((source, i): Child[] => [i > 0 ? ', ' : null, foreign(nameOf(source.source, source.title))]), part.sources.length > 3 ? ' …' : null),
      channel || !lit.includes(part.part) ? h('a', { class: 'why', href: link(view, { why: `${channel ?? 'direct'}:` }), 'aria-label': say('sources.why', { name: sayValue('part', part.part) }) }, '?') : null,
    )
  }
  const of = (named: boolean) => direct.parts.filter((part) => lit.includes(part.part) === named)
  return h('div', { class: 'direct-legend' }, h('div', {}, h('h3', {}, say('direct.named')), h('ul', {}, ...of(true).map(row))), h('div', {}, h('h3', {}, say('direct.dark')), h('ul', {}, ...of(false).map(row))))
}

/** A sentence, with what it is about as a link. */
function told(sentence: Sentence, view: View): HTMLElement {
  const values: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(sentence.values)) values[name] = ['share', 'change', 'read'].includes(name) && typeof value === 'number' ? percent(value) : value
  const subject = 'page' in values ? 'page' : 'source' in values ? 'source' : ''
  const [before = '', after = ''] = say(`say.${sentence.says}`, { ...values, ...(subject && { [subject]: '\u0000' }) }).split('\u0000')
  const href = sentence.page ? articleLink(view, sentence.page) : sentence.source ? link(view, { filters: { ...(sentence.channel && { channel: sentence.channel }), source: sentence.source } }) : null
  return h('li', {}, before, subject && href ? h('a', { href }, foreign(String(values[subject]))) : null, after)
}

const draw = ({ direct: answer, numbers, sources, pages }: DirectAnswer, view: View): Drawn => {
  const { direct, before, estimate } = answer
  const segments = segmentsOf(direct, view)
  const said = sentences({ numbers: numbers.numbers, before: numbers.before, fair: numbers.before_range?.fair ?? false, direct, sources, pages: pages?.pages ?? [] })
  const beforeOf = (part: PartName) => before?.parts.find((other) => other.part === part)?.arrivals ?? null
  const picture = h(
    'div',
    { class: 'direct-picture' },
    direct.direct > 0
      ? h(
          'p',
          { class: 'headline' },
          h('strong', {}, term('term.brought_to_light', `${say('term.brought_to_light')}:`), ' ', say('direct.headline', { named: direct.brought_to_light, direct: direct.direct })),
          ' ',
          h('span', {}, say('direct.said', { share: percent(direct.brought_to_light_share ?? 0) })),
        )
      : h('p', { class: 'headline' }, say('direct.none')),
    direct.direct > 0 ? barOf(segments, direct, estimate) : null,
    estimate ? h('p', { class: 'quiet' }, term('term.still_dark'), ': ', say('direct.estimate', { low: Math.round(estimate.low), high: Math.round(estimate.high), level: percent(estimate.level) })) : null,
    direct.direct > 0 ? legend(direct, view) : null,
    direct.unseen > 0 ? h('p', { class: 'quiet' }, say('direct.unseen', { n: direct.unseen })) : null,
    h('div', { class: 'sentences' }, h('h3', {}, say('say.title')), h('ul', {}, ...said.map((sentence) => told(sentence, view)))),
  )
  return {
    picture,
    table: {
      name: `direct-${view.days.from}-${view.days.to}`,
      columns: [say('column.part'), say('column.source'), say('term.arrival'), say('column.before')],
      rows: direct.parts.flatMap((part) => [
        [sayValue('part', part.part), '', part.arrivals, beforeOf(part.part)],
        ...part.sources.map((row) => [sayValue('part', part.part), nameOf(row.source, row.title), row.arrivals, null]),
      ]),
    },
    empty: numbers.numbers.arrivals === 0 && 'state.empty.teach',
  }
}

/** What an answer is, or null where its call fails by itself: the picture does not need it. */
const perhaps = <A>(answer: Promise<A>): Promise<A | null> => answer.catch(() => null)

export const directCard: Card<DirectAnswer> = {
  name: 'direct',
  title: 'direct.title',
  async ask(view) {
    const compare = compared(view)
    const pagesFilters = { ...view.filters }
    delete pagesFilters.page
    const [direct, numbers, sources, pages] = await Promise.all([
      askRange<Direct>(view, 'direct', compare),
      askRange<NumbersAnswer>(view, 'numbers', compare),
      perhaps(askSources(view)),
      view.filters.page && isPage(view.filters.page) ? null : perhaps(askRange<Pages>(view, 'pages', { sort: 'passed_on', limit: '50' }, pagesFilters)),
    ])
    return { direct, numbers, sources, pages }
  },
  draw,
}
