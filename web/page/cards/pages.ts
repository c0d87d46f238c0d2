// What: pages by how they were shared, in public and in private; and topics.
import type { PageRow, Pages } from '../answers'
import type { Card } from '../card'
import { type Child, h } from '../dom'
import { quadrantPlot } from '../charts/quadrant'
import { count, decimal, nameOf, say } from '../language'
import { bar, foreign, split, term } from '../parts'
import { articleLink, askRange, isPage, link, type View } from '../view'

const plotted = 200
const listed = 10

export const pageName = (row: { page: string; title: string }): string => nameOf(row.page, row.title || row.page)

/** A row of the list: the title, how it was shared, how many read it and passed it on. */
export function pageItem(row: PageRow, most: number, view: View): HTMLElement {
  const name = foreign(pageName(row))
  return h(
    'li',
    {},
    bar(row.arrivals, most),
    h('span', { class: 'name' }, isPage(row.page) ? h('a', { href: articleLink(view, row.page) }, name) : name),
    h('span', { class: 'n' }, count(row.arrivals)),
    split(row),
    h(
      'span',
      { class: 'few' },
      [row.readers === null ? '' : say('pages.readers', { n: row.readers }), row.passed_on === null ? '' : say('pages.passed_on', { n: row.passed_on < 10 ? decimal(row.passed_on) : Math.round(row.passed_on) })].filter(Boolean).join(' · '),
    ),
  )
}

const columns = () => [say('column.page'), say('column.title'), say('column.topic'), say('term.arrival'), say('term.public'), say('term.private'), say('term.readers'), say('term.shares'), say('term.passed_on'), say('column.quadrant')]

export const pagesCard: Card<Pages> = {
  name: 'pages',
  title: 'card.pages',
  lead: 'card.pages.lead',
  ask: (view) => askRange(view, 'pages', { limit: String(plotted) }),
  draw(answer, view) {
    const { thresholds, quadrants } = answer
    const values = { public: thresholds?.public ?? 0, private: thresholds?.private ?? 0 }
    const named = (kind: 'viral' | 'valuable' | 'both' | 'neither') : [string, string] => {
      const n = quadrants?.[kind] ?? 0
      return [say('pages.quadrant', { name: say(`quadrant.${kind}`), n }), `${say(`quadrant.${kind}`)} ${count(n)}`]
    }
    const pages = answer.pages.filter((row) => isPage(row.page))
    const picture = h(
      'div',
      {},
      thresholds && quadrants
        ? h(
            'div',
            {},
            quadrantPlot({
              spots: pages.map((row) => ({
                public: row.public,
                private: row.private,
                size: row.readers ?? 0,
                name: pageName(row),
                label: say('pages.point', { title: pageName(row), public: row.public, private: row.private, readers: row.readers ?? '–' }),
                kind: row.quadrant ?? 'neither',
                href: articleLink(view, row.page),
              })),
              thresholds,
              corners: { viral: named('viral'), valuable: named('valuable'), both: named('both'), neither: named('neither') },
              axes: { private: say('pages.axis.private'), public: say('pages.axis.public') },
              label: say('card.pages.lead'),
            }),
            h('p', { class: 'quiet' }, term('term.quadrant', say('term.quadrant'), values), ' · ', say('what.quadrant', values)),
          )
        : h('p', { class: 'note' }, say('pages.no_quadrant')),
      h('ol', { class: 'page-list' }, ...pages.slice(0, listed).map((row) => pageItem(row, pages[0]?.arrivals ?? 1, view))),
      h('p', { class: 'quiet' }, say('pages.more', { shown: Math.min(listed, pages.length), total: answer.total })),
    )
    const rows = [...answer.pages, ...(answer.other ? [answer.other] : [])]
    const rest = (row: PageRow) => [row.topic, row.arrivals, row.public, row.private, row.readers, row.shares, row.passed_on, row.quadrant ? say(`quadrant.${row.quadrant}`) : null]
    return {
      picture,
      table: { name: `pages-${view.days.from}-${view.days.to}`, columns: columns(), rows: rows.map((row) => [nameOf(row.page), row.title, ...rest(row)]) },
      shown: rows.map((row): (Child | string | number | null)[] => [isPage(row.page) ? h('a', { href: articleLink(view, row.page) }, foreign(row.page)) : nameOf(row.page), foreign(row.title), ...rest(row)]),
      empty: answer.total === 0 && answer.pages.length === 0,
    }
  },
}

export const topicsCard: Card<Pages> = {
  name: 'topics',
  title: 'card.topics',
  ask: (view) => askRange(view, 'pages', { limit: String(plotted) }),
  draw(answer, view) {
    const topicName = (topic: string) => (topic === '' ? say('name.no_topic') : nameOf(topic))
    const topicLink = (topic: string) => link(view, { filters: { topic: topic || '(none)' } })
    return {
      picture: h(
        'ul',
        { class: 'page-list' },
        ...answer.topics.slice(0, 12).map((row) =>
          h(
            'li',
            {},
            bar(row.arrivals, answer.topics[0]?.arrivals ?? 1),
            h('span', { class: 'name' }, row.topic.startsWith('(') ? topicName(row.topic) : h('a', { href: topicLink(row.topic) }, foreign(topicName(row.topic)))),
            h('span', { class: 'n' }, count(row.arrivals)),
            split(row),
            row.passed_on === null ? null : h('span', { class: 'few' }, say('pages.passed_on', { n: decimal(row.passed_on) })),
          ),
        ),
      ),
      table: {
        name: `topics-${view.days.from}-${view.days.to}`,
        columns: [say('column.topic'), say('column.pages'), say('term.arrival'), say('term.public'), say('term.private'), say('term.readers'), say('term.shares'), say('term.passed_on')],
        rows: answer.topics.map((row) => [topicName(row.topic), row.pages, row.arrivals, row.public, row.private, row.readers, row.shares, row.passed_on]),
      },
      empty: answer.topics.length === 0,
    }
  },
}
