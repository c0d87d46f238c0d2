// Small pieces that all cards are made of.
import type { Value } from './csv'
import { type Child, h, s, styled } from './dom'
import { count, say } from './language'
import { type Word, words } from './words'

/** A word of the label that says what it means: on hover, on focus, and by a press. */
export function term(word: Word, label = say(word), values: Record<string, string | number> = {}): HTMLElement {
  const meaning = `what.${word.replace(/^term\./, '')}`
  if (!(meaning in words)) return h('span', {}, label)
  const button = h('button', { type: 'button', class: 'term' }, label)
  const show = () => define(button, say(meaning as Word, values))
  for (const event of ['mouseenter', 'focus', 'click']) button.addEventListener(event, show)
  for (const event of ['mouseleave', 'blur']) button.addEventListener(event, undefine)
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !button.hasAttribute('aria-describedby')) return
    event.stopPropagation() // it closes this, and nothing else
    undefine()
  })
  return button
}

/** Takes a definition away that is shown. */
export const undefine = (): void => define(null, '')

/** Shows a definition beneath what it defines, or none. */
function define(at: HTMLElement | null, text: string): void {
  const note = document.getElementById('definition') ?? document.body.appendChild(h('div', { id: 'definition', role: 'tooltip' }))
  document.querySelector('[aria-describedby=definition]')?.removeAttribute('aria-describedby')
  note.hidden = at === null
  if (at === null) return
  at.setAttribute('aria-describedby', 'definition')
  note.textContent = text
  const box = at.getBoundingClientRect()
  const left = Math.max(8, Math.min(box.left, innerWidth - note.offsetWidth - 8))
  const below = box.bottom + note.offsetHeight + 12 < innerHeight
  styled(note, { left: `${left}px`, top: `${below ? box.bottom + 6 : box.top - note.offsetHeight - 6}px` })
}

/** A table, for those who would rather read than look. Cells may be links. */
export function table(caption: string, columns: string[], rows: (Child | Value)[][]): HTMLElement {
  const numeric = columns.map((_, i) => rows.length > 0 && rows.every((row) => row[i] === null || typeof row[i] === 'number') && rows.some((row) => row[i] !== null))
  return h(
    'div',
    { class: 'table', role: 'group', tabindex: 0, 'aria-label': caption },
    h(
      'table',
      {},
      h('caption', { class: 'unseen' }, caption),
      h('thead', {}, h('tr', {}, ...columns.map((column, i) => h('th', { scope: 'col', class: numeric[i] ? 'number' : null }, column)))),
      h(
        'tbody',
        {},
        ...rows.map((row) =>
          h(
            'tr',
            {},
            ...row.map((cell, i) => {
              const text = cell === null || cell === undefined || cell === false ? '–' : typeof cell === 'number' ? (Number.isInteger(cell) ? count(cell) : cell.toLocaleString(document.documentElement.lang)) : cell
              return i === 0 ? h('th', { scope: 'row' }, text) : h('td', { class: numeric[i] ? 'number' : null }, text)
            }),
          ),
        ),
      ),
    ),
  )
}

/** A part of one beside the whole, as a bar behind its line. */
export const bar = (part: number, whole: number, kind = ''): HTMLElement => styled(h('span', { class: `bar ${kind}`, 'aria-hidden': 'true' }), { '--part': whole > 0 ? part / whole : 0 })

/** How private and public divide what was shared, as a thin line. */
export function split(row: { private: number; public: number; undecided?: number }): HTMLElement {
  const shared = row.private + row.public + (row.undecided ?? 0)
  const line = h('span', { class: 'split', 'aria-hidden': 'true' })
  if (shared > 0) for (const kind of ['private', 'public', 'undecided'] as const) line.append(styled(h('i', { class: kind }), { 'flex-grow': row[kind] ?? 0 }))
  return line
}

/** Text that may be long, cut by the style and never by us; it keeps its direction to itself. */
export const foreign = (text: string): HTMLElement => h('bdi', { class: 'foreign', title: text.length > 40 ? text : null }, text)

/** A sign of a few lines. */
export const icon = (path: string): SVGElement => s('svg', { viewBox: '0 0 16 16', class: 'icon', 'aria-hidden': 'true' }, s('path', { d: path }))

/** A list of names with their numbers, each with a bar. */
export function ranking(rows: { name: Child; n: number; kind?: string; after?: Child }[], whole: number): HTMLElement {
  const largest = Math.max(1, whole, ...rows.map((row) => row.n))
  return h(
    'ul',
    { class: 'ranking' },
    ...rows.map((row) => h('li', {}, bar(row.n, largest, row.kind), h('span', { class: 'name' }, row.name), row.after ?? null, h('span', { class: 'n' }, count(row.n)))),
  )
}
