// When: the hours of a week, or of one day.
import type { HourPoint, Hours } from '../answers'
import type { Card } from '../card'
import { columnChart } from '../charts/columns'
import { weekChart } from '../charts/week'
import { h } from '../dom'
import { moment, say, weekday } from '../language'
import { askRange } from '../view'

const hourOf = (n: number) => `${String(n).padStart(2, '0')}:00`

/** Columns for hours that follow each other. Hours in which nothing came are put in. */
export function hourColumns(points: HourPoint[], zone: string, label: string): HTMLElement {
  const known = new Map(points.map((point) => [Date.parse(point.hour), point]))
  const times = [...known.keys()].sort((a, b) => a - b)
  const columns = []
  for (let time = times[0] ?? 0; time <= (times.at(-1) ?? -1); time += 3_600_000) {
    const point = known.get(time)
    const iso = new Date(time).toISOString()
    const at = moment(iso, zone, { weekday: 'short', hour: '2-digit', minute: '2-digit' })
    const private_ = point?.private ?? 0
    const public_ = point?.public ?? 0
    columns.push({ label: `${at}: ${say('now.said', { n: point?.arrivals ?? 0, private: private_ })}`, private: private_, public: public_, other: Math.max(0, (point?.arrivals ?? 0) - private_ - public_), at })
  }
  const every = Math.max(6, Math.ceil(columns.length / 24) * 6)
  return columnChart(
    columns.map((column, i) => (i % every === 0 ? { ...column, tick: column.at } : column)),
    label,
    140,
  )
}

export const hoursCard: Card<Hours> = {
  name: 'hours',
  title: 'card.hours',
  lead: 'card.hours.lead',
  ask: (view) => askRange(view, 'hours'),
  draw(answer, view) {
    const most = answer.week.reduce((best, hour) => (hour.arrivals > best.arrivals ? hour : best), { weekday: 1, hour: 0, arrivals: 0 })
    const said = say('hours.said', { day: weekday(most.weekday, 'long'), hour: hourOf(most.hour) })
    const oneDay = view.days.from === view.days.to
    return {
      picture: h(
        'div',
        {},
        h('p', { class: 'said' }, said),
        oneDay && answer.hours
          ? hourColumns(answer.hours, answer.meta.time_zone, said)
          : weekChart(
              answer.week.map((hour) => ({ weekday: hour.weekday, hour: hour.hour, n: hour.arrivals, label: `${weekday(hour.weekday, 'long')}, ${hourOf(hour.hour)}: ${say('now.said', { n: hour.arrivals, private: hour.private })}` })),
              [1, 2, 3, 4, 5, 6, 7].map((n) => weekday(n)),
              said,
            ),
      ),
      table: {
        name: `hours-${view.days.from}-${view.days.to}`,
        columns: [say('column.weekday'), say('column.hour'), say('term.arrival'), say('term.private'), say('term.public'), say('term.previews')],
        rows: answer.week.map((hour) => [weekday(hour.weekday, 'long'), hourOf(hour.hour), hour.arrivals, hour.private, hour.public, hour.previews]),
      },
      empty: most.arrivals === 0,
    }
  },
}
