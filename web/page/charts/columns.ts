// Columns side by side, each of a private, a public and another part.
import { scaleBand, scaleLinear } from 'd3-scale'
import { h, s } from '../dom'
import { sized } from './sized'

export interface Column {
  label: string
  private: number
  public: number
  other: number
  tick?: string
}

/** The columns, in order. */
export function columnChart(columns: Column[], label: string, height = 120): HTMLElement {
  const draw = (width: number) => {
    const x = scaleBand(
      columns.map((_, i) => i),
      [0, width],
    ).paddingInner(0.25)
    const y = scaleLinear([0, Math.max(1, ...columns.map((column) => column.private + column.public + column.other))], [0, height - 22])
    const svg = s('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label })
    columns.forEach((column, i) => {
      let base = height - 20
      const group = s('g', {}, s('title', {}, column.label))
      for (const kind of ['private', 'public', 'other'] as const) {
        const tall = y(column[kind])
        base -= tall
        if (tall > 0) group.append(s('rect', { class: kind, x: x(i) ?? 0, y: base, width: Math.max(1, x.bandwidth()), height: tall }))
      }
      svg.append(group)
      if (column.tick) svg.append(s('text', { class: 'tick', x: (x(i) ?? 0) + (i === 0 ? 0 : x.bandwidth() / 2), y: height - 4, 'text-anchor': i === 0 ? 'start' : i === columns.length - 1 ? 'end' : 'middle' }, column.tick))
    })
    svg.append(s('line', { class: 'grid', x1: 0, x2: width, y1: height - 19.5, y2: height - 19.5 }))
    return svg
  }
  return h('figure', {}, sized(draw, 'columns'))
}
