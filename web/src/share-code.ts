// Codes, by which a site learns that a link was followed that its buttons gave out.
//
//	/_ds/share?v=1&b=whatsapp&p=/article            a code of this button and page
//	/_ds/share?v=1&g=share&b=whatsapp&p=/article    a code of this share alone
//	/_ds/share?v=1&g=share&b=…&p=…&k=<code>&f=…     it was used; f is the code that led here
//
// They are asked for when a visitor is about to use a button, so that a click need
// not wait. Whatever goes wrong, there is no code, and the link is shared without.
import { ask, type Parameters } from './ask'
import { hint } from './hint'
import { navigation } from './navigation'
import { objects } from './objection'

const path = '/_ds/share'
const codes: Record<string, string> = {} // by button and link, "" until there is one
const isCode = (code: unknown): code is string => /^[1-9A-HJ-NP-Za-km-z]{11}$/.test(code as string)

const parametersOf = (button: string, link: URL, perShare: boolean): Parameters => ({
  v: '1',
  g: perShare && 'share',
  b: button,
  p: link.pathname,
})

const keyOf = (button: string, link: URL, perShare: boolean) => [button, perShare, link.href].join()

/** Asks for a code, once. Links to other sites have none. */
export function prepare(button: string, link: URL, perShare: boolean): void {
  const key = keyOf(button, link, perShare)
  if (key in codes || link.origin !== location.origin || objects(hint(navigation()))) return
  codes[key] = ''
  const parameters = parametersOf(button, link, perShare)
  const query = Object.keys(parameters)
    .filter((name) => parameters[name])
    .map((name) => name + '=' + encodeURIComponent(parameters[name] as string))
  fetch(location.origin + path + '?' + query.join('&'), {
    credentials: 'same-origin',
    cache: perShare ? 'no-store' : 'default',
    referrerPolicy: 'origin',
  })
    .then((answer) => (answer.status === 200 ? answer.json() : null))
    .then((said) => {
      if (said && isCode(said.code)) codes[key] = said.code
    })
    .catch(() => {})
}

const told: Record<string, true> = {} // codes

/** Takes the code for a click, if there is one by now, and tells the site that a code of a share was used. */
export function use(button: string, link: URL, perShare: boolean): string {
  const code = codes[keyOf(button, link, perShare)] || ''
  if (!code || objects(hint(navigation()))) return '' // the visitor may have objected since
  if (perShare && !told[code]) {
    told[code] = true
    ask(path, { ...parametersOf(button, link, true), k: code, f: parent() }, location.href, 'origin')
  }
  return code
}

/** The code that led the visitor here, if the page's script knows one. */
function parent(): string | false {
  try {
    const code = (window as unknown as { ds: { code(): unknown } }).ds.code()
    return isCode(code) && code
  } catch {
    return false
  }
}
