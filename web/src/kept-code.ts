// The code that led a visitor here, kept for later visits: only after ds.consent(true),
// for 30 days, as "8ZkPq4vR2Ts 2026-11-27" and nothing else. Where the browser lets
// nothing be kept, there is none.
import { isCode } from './code'

const place = 'ds_code'
const longest = 30 * 86400000

/** Keeps a code in the place of an older one. */
export function keep(code: string): void {
  try {
    localStorage.setItem(place, code + ' ' + new Date().toISOString().slice(0, 10))
  } catch {
    // The next visit is nobody's child.
  }
}

/** The kept code, or "". What is too old, or was not written here, goes. */
export function keptCode(): string {
  try {
    const [code, day] = (localStorage.getItem(place) || '').split(' ')
    const age = Date.now() - Date.parse(day!)
    if (isCode(code) && age >= 0 && age <= longest) return code
    localStorage.removeItem(place)
  } catch {
    // None can be read.
  }
  return ''
}
