// Keys, and the list of them. A key is left alone where somebody types, and with any
// other key held down. Who talks to the computer can turn them off:
// https://www.w3.org/WAI/WCAG22/Understanding/character-key-shortcuts
import { h } from './dom'
import { kept } from './kept'
import { say } from './language'
import type { Word } from './words'

export type KeyName = 'today' | 'yesterday' | '7d' | '28d' | '30d' | '90d' | 'month' | 'custom' | 'earlier' | 'later' | 'compare' | 'tables' | 'clear' | 'help'

/** The keys, in the order of the list. */
export const keys: readonly [key: string, does: KeyName][] = [
  ['d', 'today'],
  ['e', 'yesterday'],
  ['w', '7d'],
  ['f', '28d'],
  ['t', '30d'],
  ['n', '90d'],
  ['m', 'month'],
  ['c', 'custom'],
  ['ArrowLeft', 'earlier'],
  ['ArrowRight', 'later'],
  ['x', 'compare'],
  ['v', 'tables'],
  ['Escape', 'clear'],
  ['?', 'help'],
]

const shown: Record<string, string> = { ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc' }

/** Has keys do what they are for. */
export function listen(act: (does: KeyName) => void): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || kept.read('keys') === 'off') return
    const target = event.target as Element
    if (target.closest('input, select, textarea, dialog, [role=slider]')) return
    const arrow = event.key.startsWith('Arrow')
    if (arrow && target.closest('.table')) return // it scrolls
    const found = keys.find(([key]) => key === event.key)
    if (!found) return
    event.preventDefault()
    act(found[1])
  })
}

/** Shows the list. */
export function showKeys(): void {
  document.getElementById('keys')?.remove()
  const dialog = h(
    'dialog',
    { id: 'keys', class: 'sheet', 'aria-labelledby': 'keys-title' },
    h('h2', { id: 'keys-title' }, say('keys.title')),
    h('dl', {}, ...keys.map(([key, does]) => h('div', {}, h('dt', {}, h('kbd', {}, shown[key] ?? key)), h('dd', {}, say(`keys.${does}` as Word))))),
    h('button', { type: 'button', class: 'tool', click: () => dialog.close() }, say('tool.close')),
  )
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}
