// Recommendations: shares and what came of them. One that is open is a tree of those
// who passed it on, without anybody's name.
import type { Money, Recommendation, RecommendationRow, Recommendations, ShareNode } from '../answers'
import type { Card } from '../card'
import type { Value } from '../csv'
import { h, styled } from '../dom'
import { count, duration, moment, nameOf, say, sayValue } from '../language'
import { foreign, term } from '../parts'
import { articleLink, askRange, link, type View } from '../view'
import { pageName } from './pages'
import { revenueBy } from './numbers'

interface Answer {
  list: Recommendations
  open: Recommendation | null
}

const via = (row: { app: string; app_title: string; button: string; grade: string }): string =>
  row.app ? nameOf(row.app, row.app_title) : row.grade === 'own' ? say('grade.own') : sayValue('button', row.button)

/** What was sold, by each rule there is; or that it is not counted. */
function sold(row: { purchases: number | null; revenue: Money[] | null }): string {
  if (row.purchases === null) return ''
  const rules = [...new Set((row.revenue ?? []).map((amount) => amount.rule))]
  return [`${say('term.purchases')}: ${count(row.purchases)}`, ...rules.map((rule) => `${revenueBy(row.revenue ?? [], rule)} (${sayValue('rule', rule)})`)].join(' · ')
}

function facts(row: RecommendationRow, zone: string): string {
  return [
    say('recommendations.via', { name: via(row) }),
    say('recommendations.opened', { n: row.arrivals }),
    row.shares > 1 ? say('recommendations.passed', { n: row.shares - 1 }) : '',
    row.generations > 0 ? say('recommendations.generations', { n: row.generations }) : '',
    row.made ? moment(row.made, zone) : '',
    row.seconds_to_open === null ? '' : say('recommendations.first_open', { time: duration(row.seconds_to_open) }),
    sold(row),
  ]
    .filter(Boolean)
    .join(' · ')
}

function node(share: ShareNode, most: number, zone: string): HTMLElement {
  const times = [
    share.seconds_after_parent === null ? (share.made ? moment(share.made, zone) : '') : say('recommendations.after', { time: duration(share.seconds_after_parent) }),
    share.seconds_to_open === null ? '' : say('recommendations.first_open', { time: duration(share.seconds_to_open) }),
    share.link ? sayValue('link', share.link) : sayValue('grade', share.grade),
    sold(share),
  ].filter(Boolean)
  return h(
    'li',
    {},
    h(
      'div',
      { class: 'share' },
      styled(h('i', { class: 'ball', 'aria-hidden': 'true' }), { '--size': Math.sqrt(share.arrivals / Math.max(1, most)) }),
      h('span', {}, h('b', {}, foreign(via(share))), ' ', say('recommendations.opened', { n: share.arrivals }), share.readers === null ? '' : `, ${say('pages.readers', { n: share.readers })}`, h('small', {}, times.join(' · '))),
    ),
    share.children.length > 0 ? h('ul', {}, ...share.children.map((child) => node(child, most, zone))) : null,
  )
}

/** The tree: each share beneath the one it came of, as large as what it brought. */
export function shareTree(open: Recommendation): HTMLElement {
  const most = Math.max(1, ...flat(open.tree).map((share) => share.arrivals))
  return h(
    'div',
    { class: 'share-tree' },
    h('ul', { 'aria-label': say('recommendations.tree') }, node(open.tree, most, open.meta.time_zone)),
    open.cut ? h('p', { class: 'quiet' }, say('recommendations.cut')) : null,
    open.summary.made === null && open.summary.grade === 'share' ? h('p', { class: 'quiet' }, say('recommendations.no_times')) : null,
    open.summary.purchases === null ? h('p', { class: 'quiet' }, say('recommendations.not_sold')) : null,
  )
}

const flat = (share: ShareNode): ShareNode[] => [share, ...share.children.flatMap(flat)]

/** The list, in which the one that is open shows its tree. */
export function recommendationList(rows: RecommendationRow[], open: Recommendation | null, view: View, article: boolean): HTMLElement {
  return h(
    'ol',
    { class: 'recommendation-list' },
    ...rows.map((row) => {
      const is = open?.summary.root === row.root
      const name = article ? via(row) : pageName(row)
      return h(
        'li',
        { class: is ? 'open' : null },
        h('a', { class: 'toggle', href: link(view, { root: is ? '' : row.root }), 'aria-expanded': String(is) }, foreign(name)),
        h('span', { class: 'few' }, facts(row, open?.meta.time_zone ?? view.site.time_zone)),
        is && open ? shareTree(open) : null,
        is && open && !article ? h('p', { class: 'actions' }, h('a', { href: articleLink(view, row.page) }, say('recommendations.article'))) : null,
      )
    }),
  )
}

/** What is saved: the open tree's shares beneath the list's rows. */
export function recommendationTable(rows: RecommendationRow[], open: Recommendation | null, name: string) {
  const of = (row: RecommendationRow): Value[] => [row.root, '', row.page, row.title, nameOf(row.app, row.app_title), row.button, 0, row.arrivals, row.shares, row.readers, row.made, row.seconds_to_open, row.purchases, money(row.revenue)]
  const shares = (share: ShareNode, parent: string): Value[][] => [
    [share.code, parent, share.page, '', nameOf(share.app, share.app_title), share.button, share.generation, share.arrivals, share.shares, share.readers, share.made, share.seconds_to_open, share.purchases, money(share.revenue)],
    ...share.children.flatMap((child) => shares(child, share.code)),
  ]
  return {
    name,
    columns: [
      say('column.code'), say('column.parent'), say('column.page'), say('column.title'), say('column.app'), say('column.button'), say('column.generation'),
      say('term.arrival'), say('term.shares'), say('term.readers'), say('column.made'), `${say('column.time')} (s)`, say('term.purchases'), say('term.revenue'),
    ],
    rows: rows.flatMap((row) => [of(row), ...(open?.summary.root === row.root ? open.tree.children.flatMap((child) => shares(child, row.root)) : [])]),
  }
}

const money = (amounts: Money[] | null): string | null => (amounts ? [...new Set(amounts.map((amount) => amount.rule))].map((rule) => `${revenueBy(amounts, rule)} (${sayValue('rule', rule)})`).join('; ') : null)

export const recommendationsCard: Card<Answer> = {
  name: 'recommendations',
  title: 'card.recommendations',
  lead: 'card.recommendations.lead',
  async ask(view) {
    const list = await askRange<Recommendations>(view, 'recommendations', { limit: '10' })
    const root = view.state.root
    return { list, open: root ? await askRange<Recommendation>(view, 'recommendation', { root }, {}) : null }
  },
  draw({ list, open }, view) {
    const rows = list.recommendations
    const outside = open && !rows.some((row) => row.root === open.summary.root) ? [open.summary, ...rows] : rows
    return {
      picture: h(
        'div',
        {},
        recommendationList(outside, open, view, false),
        list.other.arrivals > 0 ? h('p', { class: 'quiet' }, say('recommendations.others', { n: list.total - rows.length, arrivals: list.other.arrivals })) : null,
        h('p', { class: 'quiet' }, term('term.recommendation'), ': ', say('what.recommendation')),
      ),
      table: recommendationTable(outside, open, `recommendations-${view.days.from}-${view.days.to}`),
      empty: outside.length === 0 && 'state.empty.shares',
    }
  },
}
