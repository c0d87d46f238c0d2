// A number day by day, with that of the days compared with.
import type { Series } from '../answers'
import type { Card } from '../card'
import { lineChart } from '../charts/line'
import { day, dayRange, say, sayValue, short } from '../language'
import { askRange, compared } from '../view'
import { formatOf, metricWord, valueOf } from './numbers'

export const seriesCard: Card<Series> = {
  name: 'series',
  title: 'card.series',
  ask: (view) => askRange(view, 'series', compared(view)),
  draw(answer, view) {
    const { metric } = view.state
    const format = formatOf(metric)
    const name = say(metricWord(metric))
    const points = answer.points.map((point) => ({ at: day(point.date), value: valueOf(point.numbers, metric), open: point.state === 'provisional' }))
    const compared = answer.before?.map((point) => valueOf(point.numbers, metric))
    const before = compared?.some((value) => value !== null) ? compared : undefined
    return {
      picture: lineChart({
        label: `${name}, ${dayRange(view.days.from, view.days.to)}`,
        points,
        before,
        names: [`${name}, ${say('card.series.now')}`, say('card.series.before')],
        format: metric === 'arrivals' || metric === 'readers' ? short : format,
        whole: metric !== 'privately_shared' && metric !== 'passed_on' && metric !== 'revenue',
      }),
      table: {
        name: `${metric}-${view.days.from}-${view.days.to}`,
        columns: [say('column.day'), name, ...(before ? [say('column.before')] : []), say('column.state')],
        rows: answer.points.map((point, i) => [point.date, valueOf(point.numbers, metric), ...(before ? [before[i] ?? null] : []), sayValue('day', point.state)]),
      },
      empty: points.every((point) => point.value === null),
    }
  },
}
