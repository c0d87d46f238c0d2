// A picture as wide as its place, drawn anew when that changes.
import { h } from '../dom'

/** Draws for a width in CSS pixels, and again for others. */
export function sized(draw: (width: number) => Node, kind = ''): HTMLElement {
  const box = h('div', { class: `sized ${kind}` })
  let drawn = 0
  const observer = new ResizeObserver(() => {
    const width = Math.floor(box.clientWidth)
    if (!box.isConnected) return observer.disconnect()
    if (width < 40 || width === drawn) return
    drawn = width
    box.replaceChildren(draw(width))
  })
  observer.observe(box)
  return box
}
