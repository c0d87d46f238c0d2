// Codes, by which a site learns that a link was followed that its buttons gave out.
//
//	/_ds/share?v=1&b=whatsapp&p=/article            a code of this button and page
//	/_ds/share?v=1&g=share&b=whatsapp&p=/article    a code of this share alone
//	/_ds/share?v=1&…&k=<code>&i=…&f=…&l=session     it was used: by click i; f led here, and l says how that is known
//
// They are asked for when a visitor is about to use a button, so that a click need
// not wait. Whatever goes wrong, there is no code, and the link is shared without.
import { addressOf, ask, type Parameters } from './ask'
import { codeIn, isCode } from './code'
import { hint } from './hint'
import { address, navigation } from './navigation'
import { objects } from './objection'
import { randomID } from './random-id'

const codes: Record<string, string> = {} // by button and link, "" until there is one

function addressFor(button: string, link: URL, perShare: boolean, more?: Parameters): string {
  return addressOf('/_ds/share', Object.assign({ g: perShare && 'share', b: button, p: link.pathname }, more))
}

const keyOf = (button: string, link: URL, perShare: boolean) => [button, perShare, link.href].join()

/** Asks for a code, once. Links to other sites have none. */
export function prepare(button: string, link: URL, perShare: boolean): void {
  const key = keyOf(button, link, perShare)
  if (key in codes || link.origin !== location.origin || objects(hint(navigation()))) return
  codes[key] = ''
  fetch(addressFor(button, link, perShare), {
    credentials: 'same-origin',
    cache: perShare ? 'no-store' : 'default',
    referrerPolicy: 'origin',
  })
    .then((answer) => answer.status === 200 && answer.json())
    .then(({ code }) => {
      if (isCode(code)) codes[key] = code
    })
    .catch(() => {})
}

const told: Record<string, true> = {} // codes of one share

/** Takes the code for a click, if there is one by now, and tells the site that it is used: that of one share, once. */
export function use(button: string, link: URL, perShare: boolean): string {
  const code = codes[keyOf(button, link, perShare)] || ''
  if (!code || objects(hint(navigation()))) return '' // the visitor may have objected since
  if (!told[code]) {
    if (perShare) told[code] = true
    ask(addressFor(button, link, perShare, Object.assign({ k: code, i: randomID() }, parent())), location.href, 'origin')
  }
  return code
}

/** The code that led the visitor here, and how that is known: see visit-code.ts, which is in the page where the beacon is. */
function parent(): Parameters | undefined {
  try {
    const { ds } = window as { ds?: { code(): unknown; link(): string } }
    const code = ds ? ds.code() : codeIn(address(navigation()))
    if (isCode(code)) return { f: code, l: ds ? ds.link() : 'session' }
  } catch {
    // Something else is called ds.
  }
  return undefined
}
