// How sure are we: of the sources, and of having seen everything. It is told of the
// whole site: no filter can be put on what was never labelled.
import type { Quality } from '../answers'
import type { Card } from '../card'
import { h, styled } from '../dom'
import { count, day, nameOf, percent, say, sayValue } from '../language'
import { foreign, ranking, term } from '../parts'
import { askRange } from '../view'

const outcomes = ['labelled', 'duplicate', 'filtered', 'failed'] as const

export const qualityCard: Card<Quality> = {
  name: 'quality',
  title: 'card.quality',
  unfiltered: true,
  ask: (view) => askRange(view, 'quality', {}, {}),
  draw(answer, view) {
    const arrivals = answer.confidence.reduce((sum, row) => sum + row.arrivals, 0)
    const sure = answer.confidence.filter((row) => row.value === 'certain' || row.value === 'strong').reduce((sum, row) => sum + row.arrivals, 0)
    const rules = answer.rules.filter(Boolean)
    const reasons = answer.reasons.filter((row) => row.outcome !== 'labelled')
    return {
      picture: h(
        'div',
        { class: 'columns' },
        h(
          'div',
          {},
          h('p', { class: 'said' }, say('quality.known', { share: percent(arrivals > 0 ? sure / arrivals : 0) })),
          h('div', { class: 'mix', role: 'img', 'aria-label': answer.confidence.map((row) => `${sayValue('confidence', row.value)} ${count(row.arrivals)}`).join(', ') }, ...answer.confidence.filter((row) => row.arrivals > 0).map((row) => styled(h('i', { class: row.value }), { 'flex-grow': row.arrivals }))),
          h('ul', { class: 'keys' }, ...answer.confidence.map((row) => h('li', {}, h('i', { class: `swatch ${row.value}`, 'aria-hidden': 'true' }), sayValue('confidence', row.value), h('span', { class: 'n' }, count(row.arrivals))))),
          h('p', { class: 'quiet' }, term('term.confidence'), ': ', say('what.confidence')),
          h('h3', {}, say('quality.direct')),
          ranking(answer.direct_kinds.map((row) => ({ name: sayValue('direct_kind', row.value), n: row.arrivals, kind: 'direct' })), 0),
        ),
        h(
          'div',
          {},
          h('h3', {}, say('quality.records')),
          ranking(outcomes.map((name) => ({ name: say(`outcome.${name}`), n: answer.outcomes[name], kind: name })), answer.records),
          reasons.length > 0 ? h('h3', {}, say('quality.reasons')) : null,
          ranking(reasons.slice(0, 5).map((row) => ({ name: h('code', {}, foreign(row.reason)), n: row.records, kind: row.outcome })), 0),
        ),
        h(
          'div',
          {},
          h('h3', {}, say('quality.doors')),
          h('ul', { class: 'doors' }, ...answer.doors.map((row) => h('li', {}, h('b', {}, sayValue('door', row.door)), h('span', { class: 'few' }, say('quality.door', { n: row.records, days: row.days, day: day(row.last_day) }))))),
          answer.unknown_apps.length > 0 ? h('h3', {}, say('quality.apps')) : null,
          ranking(answer.unknown_apps.slice(0, 5).map((row) => ({ name: h('code', {}, foreign(nameOf(row.value))), n: row.arrivals })), 0),
          answer.late > 0 ? h('p', { class: 'quiet' }, say('quality.late', { n: answer.late })) : null,
          rules.length > 0 ? h('p', { class: 'quiet' }, say('quality.rules', { rules: rules.join(', ') })) : null,
        ),
      ),
      table: {
        name: `quality-${view.days.from}-${view.days.to}`,
        columns: [say('column.kind'), say('column.value'), say('column.records')],
        rows: [
          ...answer.confidence.map((row) => [say('term.confidence'), sayValue('confidence', row.value), row.arrivals]),
          ...answer.direct_kinds.map((row) => [say('quality.direct'), sayValue('direct_kind', row.value), row.arrivals]),
          ...outcomes.map((name) => [say('quality.records'), say(`outcome.${name}`), answer.outcomes[name]]),
          ...answer.reasons.map((row) => [say(`outcome.${row.outcome}`), row.reason, row.records]),
          ...answer.unknown_apps.map((row) => [say('quality.apps'), row.value, row.arrivals]),
          ...answer.doors.map((row) => [say('quality.doors'), sayValue('door', row.door), row.records]),
        ],
      },
      empty: answer.records === 0 && 'state.empty.teach',
    }
  },
}
