// The beacon: once per document it tells the site that a person's browser shows it.
//
// The CDN's log knows of a page view what its request said. Only the page knows
// whether it was loaded anew, gone back to, or taken out of the browser's own
// cache, and that there was a browser at all. So the page asks for
//
//	/_ds/hit?v=1&i=…&h=…&p=…&r=…&n=…&c=1&a=…    or, if the browser objects,
//	/_ds/hit?v=1&o=1&q=…
//
// How the page is read is followed by another script, which this one loads when it has
// told of the page view: read.ts. It also knows which code led here, so it is loaded on
// clicks inside the site as well.
//
// It keeps nothing in the browser but the visitor's own wish not to be counted,
// looks for nothing that tells one browser from another, and never shows itself to
// the page: whatever goes wrong goes wrong in silence.
import { addressOf, ask } from './ask'
import { hint, requestID, site } from './hint'
import { address, age, fromCache, kind, navigation, origin, sizeIsKnown } from './navigation'
import { forget, objects, optOut } from './objection'
import { randomID } from './random-id'

let decided = false // a hit was sent, or none ever will be
// The script's own tag, which need not be in the page any more: tag managers take
// theirs out. Where the script is loaded as a module, a tag with one of its marks.
const tag = document.currentScript || document.querySelector<HTMLElement>('script[data-wait-for-consent],script[data-one-request]')
const marks: DOMStringMap = tag ? tag.dataset : {}
let waiting = 'waitForConsent' in marks // for the visitor's consent
const late = 'oneRequest' in marks // logs count: the hit may wait for the reading

/**
 * Sends the hit if its time has come. It is called whenever that may be, the last
 * time when the reader leaves: what the browser does not know by then it never will.
 */
function tell(leaving?: boolean): void {
  if (decided || waiting || document.prerendering) return
  const nav = navigation()
  if (!leaving && !sizeIsKnown(nav)) return
  decided = true
  // A page in another page's frame was not come to, and one in a saved file has no site to tell.
  if (top !== self || !/^https?:/.test(location.protocol)) return

  const h = hint(nav)
  const from = origin(document.referrer)
  const page = address(nav)
  const inside = clickedInside(from, h)
  if (objects(h)) {
    const q = requestID(h)
    if (!inside) ask(addressOf('/_ds/hit', { o: '1', q, i: !q && randomID() }), page, 'origin')
    forget()
    return
  }
  const parameters = {
    i: randomID(),
    h,
    p: new URL(page).pathname,
    r: from,
    n: kind(nav),
    c: fromCache(nav) && '1',
    a: String(age(nav)),
  }
  if (!inside && (!late || leaving)) ask(addressOf('/_ds/hit', parameters), page, 'same-origin') // collect finds the campaign's tags in the Referer header
  if (leaving) return
  ds.view = [parameters, page, late, inside]
  const reading = document.createElement('script')
  if (tag) reading.nonce = tag.nonce! // where the page's policy lets only marked scripts in
  reading.src = location.origin + '/_ds/read.js'
  document.head.append(reading)
}

/**
 * Whether a link of this site led here: logs count those. An app's own browser may
 * show the site as its own Referer, which the request of the page tells apart.
 */
function clickedInside(from: string, hint: string): boolean {
  return from.split('://')[1] === location.host && !/^(none|cross-site)$/.test(site(hint)!)
}

function consent(given: unknown): void {
  ds.given = given
  if (given === true) waiting = false
  if (given === false) {
    decided = true
    forget()
  }
  tell()
}

/** A call as the page writes it before this script is there: ["consent", true]. */
function call([name, value]: [unknown, unknown]): void {
  if (/^(consent|optOut)$/.test(name as string)) ds[name as 'consent'](value)
}

function quietly<T>(act: (given: T) => void): (given?: T) => void {
  return (given) => {
    try {
      act(given as T)
    } catch {
      // The page goes on without having been counted.
    }
  }
}

/** window.ds: what the page may call, and what is left for read.ts, which knows the code. */
const ds: Record<'consent' | 'optOut', (value: unknown) => void> & {
  push: (call: [unknown, unknown]) => void
  code: () => string
  link: () => string
  given?: unknown
  view?: unknown
} = {
  consent: quietly(consent),
  optOut: quietly(optOut),
  push: quietly(call),
  code: () => '',
  link: () => '',
}

/** Makes window.ds, does what the page has asked of it so far, and watches for the time to tell. */
function begin(): void {
  const page = window as { ds?: unknown }
  const before = page.ds as { consent?: unknown } | undefined
  if (before && before.consent) return // the script is in the page twice
  page.ds = ds
  if (Array.isArray(before)) before.forEach(ds.push)

  const tellQuietly = quietly(tell)
  addEventListener('load', () => setTimeout(tellQuietly)) // Firefox knows the size just after the event
  document.addEventListener('prerenderingchange', () => tellQuietly())
  addEventListener('pagehide', () => tellQuietly(true))
  tell()
}

quietly(begin)()
