// The code that led the visitor to this page, for the page and the buttons in it:
//
//	ds.code()    "8ZkPq4vR2Ts", or ""
//	ds.link()    "session": it stands in the address this page was asked for by;
//	             "consented": it stood there on an earlier visit, and was kept; or ""
import { codeIn } from './code'
import { keep, keptCode } from './kept-code'
import { objects } from './objection'

/** What of window.ds is needed here: see beacon.ts. */
export interface Asked {
  given?: unknown
  consent(given: unknown): void
  code(): string
  link(): string
}

/** Makes ds answer, and keeps the code if the visitor has consented, or as soon as that is so. */
export function knowCode(ds: Asked, page: string): void {
  const landed = codeIn(page)
  const consent = ds.consent
  const consented = (given: unknown) => {
    if (given === true && landed && !objects('')) keep(landed)
  }
  ds.consent = (given) => {
    consent(given)
    consented(given)
  }
  ds.code = () => (objects('') ? '' : landed || keptCode())
  ds.link = () => ds.code() && (landed ? 'session' : 'consented')
  keptCode() // too old, it goes
  consented(ds.given)
}
