// Glyphs of our own: a speech bubble or a card with letters, and four signs. Nobody's
// mark is drawn, and the name stands beside it.

const bubble = 'M4 4h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H10l-4 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z'
const card = 'M5 2.5h14a3 3 0 0 1 3 3v13a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3v-13a3 3 0 0 1 3-3z'
const signs: Record<string, string> = {
  email: 'M2 5h20v14H2zM2 6l10 7 10-7',
  copy: 'M10 14a4 4 0 0 0 6 0l4-4a4 4 0 0 0-6-6l-2 2M14 10a4 4 0 0 0-6 0l-4 4a4 4 0 0 0 6 6l2-2',
  system: 'M12 15V2M7 7l5-5 5 5M5 11v10h14V11',
}
const space = 'http://www.w3.org/2000/svg'
const cards = /^(x|facebook|linkedin|reddit|mastodon|bluesky|teams)$/

/**
 * The glyph of a target, which says nothing to those who listen. Its letters are drawn
 * by the style: as text they would be part of what a button is called by those who see it.
 */
export function icon(name: string, letters: string): HTMLElement {
  const holder = document.createElement('span')
  holder.setAttribute('part', 'icon')
  holder.setAttribute('aria-hidden', 'true')
  holder.dataset['letters'] = letters
  const svg = document.createElementNS(space, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  const path = document.createElementNS(space, 'path')
  path.setAttribute('d', signs[name] || (cards.test(name) ? card : bubble))
  svg.append(path)
  holder.append(svg)
  return holder
}
