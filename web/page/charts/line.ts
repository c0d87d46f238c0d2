// A line of values over days or hours, with that of the days compared with.
import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import { h, s } from '../dom'
import { sized } from './sized'

export interface Line {
  label: string // of the whole, for those who listen
  points: { at: string; value: number | null; open?: boolean; mark?: string }[] // at is shown below; open ones may still change
  before?: (number | null)[] | undefined
  second?: { values: (number | null)[]; name: string } | undefined // another line, such as public beside private
  names: [now: string, before: string]
  format: (n: number) => string
  whole?: boolean // there is nothing between two whole numbers
  height?: number
}

const margin = { top: 14, right: 12, bottom: 24, left: 46 }

/** The chart. Arrow keys and the pointer read out its points. */
export function lineChart(chart: Line): HTMLElement {
  const { points, before, second, format } = chart
  const readout = h('p', { class: 'readout', 'aria-hidden': 'true' })
  const last = points.length - 1
  let chosen = last
  let mark: (() => void) | null = null

  const text = (i: number) => {
    const value = (n: number | null | undefined) => (n === null || n === undefined ? '–' : format(n))
    const parts = [`${points[i]?.at ?? ''}: ${value(points[i]?.value)}`]
    if (second) parts.push(`${second.name} ${value(second.values[i])}`)
    if (before) parts.push(`${chart.names[1]} ${value(before[i])}`)
    return parts.join(' · ')
  }
  const choose = (i: number) => {
    chosen = Math.max(0, Math.min(last, i))
    readout.textContent = text(chosen)
    box.setAttribute('aria-valuenow', String(chosen))
    box.setAttribute('aria-valuetext', text(chosen))
    mark?.()
  }

  const draw = (width: number) => {
    const height = chart.height ?? 220
    const highest = Math.max(...points.map((point) => point.value ?? 0), ...(before ?? []).map((n) => n ?? 0), ...(second?.values ?? []).map((n) => n ?? 0), 0)
    const x = scaleLinear([0, Math.max(1, last)], [margin.left, width - margin.right])
    const y = scaleLinear([0, highest || 1], [height - margin.bottom, margin.top]).nice(4)
    const path = (values: (number | null)[]) =>
      line<number | null>()
        .defined((n) => n !== null)
        .x((_, i) => x(i))
        .y((n) => y(n ?? 0))(values) ?? ''
    const values = points.map((point) => point.value)
    const svg = s('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' })
    for (const tick of y.ticks(4).filter((tick) => !chart.whole || Number.isInteger(tick))) {
      svg.append(s('line', { class: 'grid', x1: margin.left, x2: width - margin.right, y1: y(tick), y2: y(tick) }), s('text', { class: 'tick', x: margin.left - 8, y: y(tick) + 4, 'text-anchor': 'end' }, format(tick)))
    }
    const every = Math.max(1, Math.ceil(points.length / Math.max(2, Math.floor((width - margin.left) / 84))))
    points.forEach((point, i) => {
      if (i % every === 0 && (i === last || last - i >= every / 2 || every === 1)) {
        const anchor = i === 0 ? 'start' : i === last ? 'end' : 'middle'
        svg.append(s('text', { class: 'tick', x: x(i), y: height - 6, 'text-anchor': anchor }, point.at))
      }
      if (point.mark) svg.append(s('line', { class: 'event', x1: x(i), x2: x(i), y1: margin.top, y2: height - margin.bottom }), s('text', { class: 'tick', x: x(i) + 5, y: margin.top + 8 }, point.mark))
    })
    const shape = area<number | null>()
      .defined((n) => n !== null)
      .x((_, i) => x(i))
      .y0(y(0))
      .y1((n) => y(n ?? 0))
    if (before) svg.append(s('path', { class: 'line before', d: path(before) }))
    svg.append(s('path', { class: 'area', d: shape(values) ?? '' }))
    if (second) svg.append(s('path', { class: 'line second', d: path(second.values) }))
    const closed = points.findIndex((point) => point.open)
    const firm = closed < 0 ? points.length : closed
    svg.append(s('path', { class: 'line', d: path(values.map((n, i) => (i < firm ? n : null))) }))
    if (firm < points.length) svg.append(s('path', { class: 'line open', d: path(values.map((n, i) => (i >= firm - 1 ? n : null))) }))
    values.forEach((n, i) => {
      const alone = n !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null
      if (alone) svg.append(s('circle', { class: 'dot', cx: x(i), cy: y(n), r: 3.5 })) // a line needs two
    })
    const cursor = s('g', { class: 'cursor' })
    svg.append(cursor)
    mark = () => {
      const value = values[chosen]
      cursor.replaceChildren(s('line', { x1: x(chosen), x2: x(chosen), y1: margin.top, y2: height - margin.bottom }))
      if (value !== null && value !== undefined) cursor.append(s('circle', { cx: x(chosen), cy: y(value), r: 4 }))
    }
    svg.addEventListener('pointermove', (event) => choose(Math.round(x.invert(event.offsetX))))
    if (document.activeElement === box) mark()
    return svg
  }
  const box = sized(draw, 'line-chart')
  for (const [name, value] of Object.entries({ role: 'slider', tabindex: 0, 'aria-label': chart.label, 'aria-valuemin': 0, 'aria-valuemax': Math.max(0, last) })) box.setAttribute(name, String(value))
  box.addEventListener('keydown', (event) => {
    const to = { ArrowLeft: chosen - 1, ArrowRight: chosen + 1, Home: 0, End: last }[event.key]
    if (to === undefined || event.altKey || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    event.stopPropagation() // else the days would move
    choose(to)
  })
  box.addEventListener('focus', () => choose(chosen))
  choose(last)
  const legend = before || second ? h('p', { class: 'legend' }, h('span', { class: 'key now' }, chart.names[0]), second ? h('span', { class: 'key second' }, second.name) : null, before ? h('span', { class: 'key before' }, chart.names[1]) : null) : null
  return h('figure', {}, h('div', { class: 'above' }, legend, readout), box)
}
