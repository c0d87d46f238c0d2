// Pages by how they were shared: in public to the right, in private upwards. Few pages
// have most of it, so the axes are logarithmic (and straight near nothing).
import { scaleSymlog } from 'd3-scale'
import { h, s } from '../dom'
import { sized } from './sized'

export interface Spot {
  public: number
  private: number
  size: number // what its area stands for
  label: string
  name: string // shown where there is room
  kind: string // of the quadrant
  href: string
}

export interface Quadrants {
  spots: Spot[]
  thresholds: { private: number; public: number }
  corners: Record<'viral' | 'valuable' | 'both' | 'neither', [whole: string, short: string]> // where there is room, and where there is none
  axes: { private: string; public: string }
  label: string
}

const nameWidth = 180 // pixels, of a name that is cut
const margin = { top: 10, right: 14, bottom: 34, left: 58 }

/** The plot. Each point is a link. */
export function quadrantPlot({ spots, thresholds, corners, axes, label }: Quadrants): HTMLElement {
  const draw = (width: number) => {
    const height = Math.round(Math.max(300, Math.min(460, width * 0.62)))
    const most = { public: Math.max(thresholds.public * 4, ...spots.map((spot) => spot.public)), private: Math.max(thresholds.private * 4, ...spots.map((spot) => spot.private)) }
    const x = scaleSymlog([0, most.public * 1.25], [margin.left, width - margin.right]).constant(4)
    const y = scaleSymlog([0, most.private * 1.25], [height - margin.bottom, margin.top]).constant(4)
    const largest = Math.max(1, ...spots.map((spot) => spot.size))
    const svg = s('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': label })
    const [left, right, top, bottom] = [margin.left, width - margin.right, margin.top, height - margin.bottom]
    const at = { x: x(thresholds.public), y: y(thresholds.private) }
    for (const [kind, px, py, w, hh] of [
      ['valuable', left, top, at.x - left, at.y - top],
      ['both', at.x, top, right - at.x, at.y - top],
      ['neither', left, at.y, at.x - left, bottom - at.y],
      ['viral', at.x, at.y, right - at.x, bottom - at.y],
    ] as const) {
      svg.append(s('rect', { class: `quarter ${kind}`, x: px, y: py, width: Math.max(0, w), height: Math.max(0, hh) }))
      const end = kind === 'both' || kind === 'viral'
      const low = kind === 'neither' || kind === 'viral'
      svg.append(s('text', { class: 'corner', x: end ? right - 8 : left + 8, y: low ? bottom - 9 : top + 18, 'text-anchor': end ? 'end' : 'start' }, corners[kind][width > 460 ? 0 : 1]))
    }
    const ticks = (limit: number) => [0, 1, 10, 100, 1000, 10_000, 100_000].filter((n) => n <= limit)
    for (const tick of ticks(most.public)) if (tick !== 1) svg.append(s('text', { class: 'tick', x: x(tick), y: bottom + 14, 'text-anchor': 'middle' }, tick.toLocaleString(document.documentElement.lang)))
    for (const tick of ticks(most.private)) if (tick !== 1) svg.append(s('text', { class: 'tick', x: left - 7, y: y(tick) + 4, 'text-anchor': 'end' }, tick.toLocaleString(document.documentElement.lang)))
    svg.append(
      s('line', { class: 'threshold', x1: at.x, x2: at.x, y1: top, y2: bottom }),
      s('line', { class: 'threshold', x1: left, x2: right, y1: at.y, y2: at.y }),
      s('text', { class: 'axis', x: right, y: height - 4, 'text-anchor': 'end' }, axes.public),
      s('text', { class: 'axis', transform: `translate(11 ${top}) rotate(-90)`, 'text-anchor': 'end' }, axes.private),
    )
    const taken = [left + 40, right - 40].flatMap((px) => [top + 14, bottom - 12].map((py) => ({ x: px, y: py }))) // by the corners' words
    const few = spots.length <= 12
    for (const spot of [...spots].sort((a, b) => b.size - a.size)) {
      const px = x(spot.public)
      const py = y(spot.private)
      const radius = 4 + 11 * Math.sqrt(spot.size / largest)
      const link = s('a', { href: spot.href, class: `spot ${spot.kind}` }, s('title', {}, spot.label), s('circle', { cx: px, cy: py, r: radius }))
      const after = px + radius + nameWidth < right
      const middle = after ? px + nameWidth / 2 : px - nameWidth / 2
      if (width > 480 && taken.length < 12 && (few || spot.kind !== 'neither') && taken.every((other) => Math.abs(other.y - py) > 17 || Math.abs(other.x - middle) > nameWidth)) {
        taken.push({ x: middle, y: py })
        const letters = [...spot.name]
        link.append(s('text', { x: after ? px + radius + 5 : px - radius - 5, y: py + 4, class: 'name', 'aria-hidden': 'true', 'text-anchor': after ? 'start' : 'end' }, letters.length > 26 ? letters.slice(0, 25).join('').trimEnd() + '…' : spot.name))
      }
      svg.append(link)
    }
    return svg
  }
  return h('figure', {}, sized(draw, 'quadrants'))
}
