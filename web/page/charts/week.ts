// A week of hours: the more came, the stronger the colour.
import { h, s } from '../dom'
import { sized } from './sized'

export interface Hour {
  weekday: number // 1 is Monday
  hour: number
  n: number
  label: string
}

/** The 168 hours, a line for each day. */
export function weekChart(hours: Hour[], names: string[], label: string): HTMLElement {
  const most = Math.max(1, ...hours.map((hour) => hour.n))
  const draw = (width: number) => {
    const left = 34
    const side = (width - left) / 24
    const tall = Math.max(14, Math.min(30, side * 1.3))
    const height = tall * 7 + 20
    const svg = s('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label })
    names.forEach((name, i) => svg.append(s('text', { class: 'tick', x: 0, y: tall * i + tall / 2 + 4 }, name)))
    for (const { weekday, hour, n, label } of hours) {
      const cell = s('rect', { class: 'hour', x: left + hour * side + 1, y: (weekday - 1) * tall + 1, width: Math.max(1, side - 2), height: tall - 2, rx: 2 }, s('title', {}, label))
      cell.setAttribute('fill-opacity', n === 0 ? '0.05' : (0.12 + 0.88 * Math.sqrt(n / most)).toFixed(2))
      svg.append(cell)
    }
    for (const hour of [0, 6, 12, 18]) svg.append(s('text', { class: 'tick', x: left + hour * side + 1, y: height - 4 }, String(hour).padStart(2, '0')))
    return svg
  }
  return h('figure', {}, sized(draw, 'week'))
}
