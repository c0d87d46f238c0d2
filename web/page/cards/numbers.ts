// The numbers, each with its change. Choosing one shows it day by day.
import type { Money, Numbers, NumbersAnswer } from '../answers'
import type { Card } from '../card'
import { h } from '../dom'
import { amount, count, dayRange, decimal, money, percent, say, sayValue, signed } from '../language'
import { term } from '../parts'
import { type MetricName, metricNames } from '../state'
import { askRange, compared, link, type View } from '../view'
import type { Word } from '../words'

/** The rule by which revenue is told: there are several, and each gives other sums. */
export const shownRule = 'last_share'

/** The rule that amounts are shown by: the one we show, or the only one there is. */
export const ruleOf = (amounts: Money[]): string => (amounts.some((amount) => amount.rule === shownRule) ? shownRule : (amounts[0]?.rule ?? ''))

/** What came by one rule, each currency by itself. */
export function revenueBy(amounts: Money[], rule: string): string {
  const sums = new Map<string, number>()
  for (const amount of amounts) if (amount.rule === rule) sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.minor_units)
  return [...sums].map(([currency, units]) => money(units, currency)).join(' · ')
}

const terms: Record<MetricName, Word> = {
  arrivals: 'term.arrival',
  privately_shared: 'term.privately_shared',
  readers: 'term.readers',
  passed_on: 'term.passed_on',
  shares: 'term.shares',
  brought_to_light: 'term.brought_to_light',
  purchases: 'term.purchases',
  revenue: 'term.revenue',
}

/** What a number is called. */
export const metricWord = (metric: MetricName): Word => terms[metric]

/** How a number is written, but revenue, which is several. */
export function formatOf(metric: MetricName): (n: number) => string {
  return metric === 'privately_shared' ? percent : metric === 'passed_on' ? (n) => (Number.isInteger(n) ? count(n) : decimal(n)) : count
}

/** The number that a line can show. Of revenue it is the first currency's, by the shown rule. */
export function valueOf(numbers: Numbers | null, metric: MetricName): number | null {
  if (!numbers) return null
  if (metric !== 'revenue') return numbers[metric]
  const amounts = numbers.revenue ?? []
  const rule = ruleOf(amounts)
  const first = amounts.find((amount) => amount.rule === rule)
  return first ? amount(first.minor_units, first.currency) : null
}

function changed(answer: NumbersAnswer, metric: MetricName): HTMLElement | null {
  const before = metric === 'revenue' ? null : (answer.before?.[metric] ?? null)
  const change = metric === 'revenue' ? null : (answer.change?.[metric] ?? null)
  if (before === null) return null
  const title = say('change.before', { n: formatOf(metric)(before) })
  if (change === null) return h('span', { class: 'change', title }, before === 0 ? say('change.new') : '')
  const points = metric === 'privately_shared'
  const size = Math.abs(change)
  const text = points ? say('change.points', { n: decimal(size * 100) }) : metric === 'passed_on' ? decimal(size) : percent(size)
  return h('span', { class: `change ${change > 0 ? 'up' : change < 0 ? 'down' : ''}`, title }, signed(text, change))
}

function tile(answer: NumbersAnswer, metric: MetricName, view: View): HTMLElement {
  const { numbers } = answer
  const amounts = numbers.revenue ?? []
  const value = metric === 'revenue' ? (numbers.revenue ? revenueBy(amounts, ruleOf(amounts)) || '0' : null) : numbers[metric] === null ? null : formatOf(metric)(numbers[metric])
  const name = say(terms[metric])
  const hidden = answer.meta.not_offered.some(({ field }) => field === metric)
  const missing = hidden ? 'number.not_here' : metric === 'purchases' || metric === 'revenue' ? 'number.not_counted' : 'number.unknown'
  const current = view.state.metric === metric
  const per = metric === 'passed_on' ? ` ${say('number.per_100')}` : ''
  return h(
    'li',
    { class: current ? 'tile current' : 'tile' },
    h('span', { class: 'label' }, term(terms[metric], name, metric === 'revenue' ? { rule: sayValue('rule', ruleOf(amounts) || shownRule) } : {})),
    value === null
      ? h('span', { class: 'value missing' }, '–', h('small', {}, say(missing)))
      : h('a', { class: 'value', href: link(view, { metric }), 'aria-current': current ? 'true' : null, 'aria-label': `${value}${per}. ${say('number.show', { name })}` }, value, per && h('small', {}, per)),
    changed(answer, metric),
  )
}

export const numbersCard: Card<NumbersAnswer> = {
  name: 'numbers',
  title: 'card.numbers',
  ask: (view) => askRange(view, 'numbers', compared(view)),
  draw: (answer, view) => ({
    picture: h(
      'div',
      {},
      h('ul', { class: 'tiles' }, ...metricNames.map((metric) => tile(answer, metric, view))),
      answer.before_range ? h('p', { class: 'quiet' }, say(answer.before_range.fair ? 'change.fair' : 'change.unfair', { range: dayRange(answer.before_range.from, answer.before_range.to) })) : null,
    ),
    table: {
      name: `numbers-${view.days.from}-${view.days.to}`,
      columns: [say('column.number'), say('column.value'), say('column.before'), say('column.change')],
      rows: [
        ...(['arrivals', 'private', 'public', 'undecided', 'privately_shared', 'direct', 'brought_to_light', 'measured', 'readers', 'shares', 'previews', 'passed_on', 'visitor_days', 'purchases'] as const).map((name) => [
          nameOfNumber(name),
          answer.numbers[name],
          answer.before?.[name] ?? null,
          answer.change?.[name] ?? null,
        ]),
        ...(answer.numbers.revenue ?? []).map((one) => [`${say('term.revenue')}: ${one.currency}, ${sayValue('rule', one.rule)}`, amount(one.minor_units, one.currency), null, null]),
      ],
    },
    empty: answer.numbers.arrivals === 0 && answer.meta.days.with_data === 0,
  }),
}

function nameOfNumber(name: string): string {
  const term = name === 'arrivals' ? 'term.arrival' : name === 'direct' ? 'direct' : `term.${name}`
  if (term === 'direct') return say('direct.title')
  if (name === 'measured') return `${say('term.readers')} (n)`
  return say(term as Word)
}
