// A browser may object to being counted as more than one in a total.
import { objected } from './hint'

/** By a setting of the browser, or by the visitor's own word on this site. */
export function objects(hint: string): boolean {
  return (
    !!navigator.globalPrivacyControl ||
    navigator.doNotTrack === '1' ||
    /(^|; )ds_off=1(;|$)/.test(document.cookie) ||
    objected(hint)
  )
}

/**
 * Remembers the visitor's own word for a year, or forgets it. It is a cookie, so
 * that the edge sees it too, and the same for everyone, so that it names nobody.
 */
export function optOut(off: unknown): void {
  if (typeof off !== 'boolean') return
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  document.cookie = `ds_off=1; Path=/; Max-Age=${off ? 31536000 : 0}; SameSite=Lax${secure}`
  if (off) forget()
}

/** Takes back what kept-code.ts keeps. Where a browser keeps nothing, it throws. */
export function forget(): void {
  localStorage.removeItem('ds_code')
}
