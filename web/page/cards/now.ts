// The last 30 minutes, which go on.
import type { Now } from '../answers'
import { ask } from '../api'
import type { Card } from '../card'
import { columnChart } from '../charts/columns'
import { h } from '../dom'
import { clock, nameOf, say } from '../language'
import { foreign, ranking } from '../parts'
import { articleLink, given, isPage } from '../view'

export const nowCard: Card<Now> = {
  name: 'now',
  title: 'card.now',
  ask: (view) => ask('now', { site: view.site.site, ...given(view.filters) }),
  draw(answer, view) {
    const zone = answer.time_zone
    const said = say('now.said', { n: answer.arrivals, private: answer.private })
    const last = answer.minutes.length - 1
    return {
      picture: h(
        'div',
        {},
        h('p', { class: 'said' }, said),
        columnChart(
          answer.minutes.map((minute, i) => ({
            label: `${clock(minute.minute, zone)}: ${say('now.said', { n: minute.arrivals, private: minute.private })}`,
            private: minute.private,
            public: minute.public,
            other: Math.max(0, minute.arrivals - minute.private - minute.public),
            ...(i % 10 === 0 || i === last ? { tick: clock(minute.minute, zone) } : {}),
          })),
          `${say('card.now')}: ${said}`,
        ),
        answer.pages.length > 0 ? h('h3', {}, say('now.pages')) : null,
        ranking(
          answer.pages.slice(0, 5).map((row) => ({ name: isPage(row.page) ? h('a', { href: articleLink(view, row.page) }, foreign(nameOf(row.page, row.title || row.page))) : nameOf(row.page), n: row.arrivals })),
          answer.pages[0]?.arrivals ?? 1,
        ),
      ),
      table: {
        name: 'now',
        columns: [say('column.minute'), say('term.arrival'), say('term.private'), say('term.public')],
        rows: answer.minutes.map((minute) => [clock(minute.minute, zone), minute.arrivals, minute.private, minute.public]),
      },
      empty: answer.arrivals === 0,
    }
  },
}
