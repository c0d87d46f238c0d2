// Who sees it: devices and countries, and no more than that.
import type { Audience } from '../answers'
import type { Card } from '../card'
import { h } from '../dom'
import { country, nameOf, say, sayValue } from '../language'
import { ranking } from '../parts'
import { askRange } from '../view'

const shown = 6 // countries; the table has them all

const deviceOf = (value: string) => (['phone', 'tablet', 'desktop'].includes(value) ? sayValue('device', value) : nameOf(value))

export const audienceCard: Card<Audience> = {
  name: 'audience',
  title: 'card.audience',
  ask: (view) => askRange(view, 'audience', { limit: '20' }),
  draw: (answer, view) => ({
    picture: h(
      'div',
      {},
      h('h3', {}, say('card.devices')),
      ranking(answer.devices.map((row) => ({ name: deviceOf(row.value), n: row.arrivals })), answer.arrivals),
      h('h3', {}, say('card.countries')),
      ranking(answer.countries.slice(0, shown).map((row) => ({ name: country(row.value), n: row.arrivals })), answer.arrivals),
    ),
    table: {
      name: `audience-${view.days.from}-${view.days.to}`,
      columns: [say('column.kind'), say('column.value'), say('term.arrival')],
      rows: [...answer.devices.map((row) => [say('column.device'), deviceOf(row.value), row.arrivals]), ...answer.countries.map((row) => [say('column.country'), country(row.value), row.arrivals])],
    },
    empty: answer.arrivals === 0,
  }),
}
