// Reading: for how long the page was visible while its reader did something, and how
// far down its text came into view. The beacon loads this when it has told of the page
// view; when the page is hidden, it is told:
//
//	/_ds/read?v=1&i=…&h=…&p=…&e=SECONDS&y=PERCENT&w=WORDS
//
// Nothing of what the reader does is kept or sent but these three numbers. That
// something was moved, pressed or typed is looked at, and never what.
//
// On clicks inside the site it follows nothing, and only knows the code: visit-code.ts.
import { article, content, wordsOf } from './article'
import { addressOf, ask, type Parameters } from './ask'
import { type Asked, knowCode } from './visit-code'

/** After so many seconds without a sign of life nobody is taken to be reading. */
const idleAfter = 15

/** What the beacon has left for this script: see beacon.ts. */
type View = [
  parameters: Record<'i' | 'h' | 'p' | 'r' | 'a', string> & { n: string | undefined; c: string | false },
  page: string, // its address
  late: boolean, // the hit waits for the reading, to be one request with it
  inside: boolean, // a link of this site led here
]

function follow([parameters, page, late]: View): void {
  let seconds = 0
  let depth = 0
  let alive = performance.now()
  let told = -1
  const path = location.pathname

  const sign = () => {
    alive = performance.now()
  }
  for (const event of ['scroll', 'wheel', 'pointerdown', 'pointermove', 'touchstart', 'keydown']) {
    addEventListener(event, sign, { passive: true, capture: true })
  }

  const look = () => {
    const text = content().getBoundingClientRect()
    if (text.height > 0) depth = Math.max(depth, Math.min(1, (innerHeight - text.top) / text.height))
  }

  // What a router shows in the page's place is another page: it has not been told of.
  const isHere = () => location.pathname === path

  setInterval(() => {
    if (document.visibilityState !== 'visible' || !isHere()) return
    look()
    if (performance.now() - alive < idleAfter * 1000) seconds++
  }, 1000)

  const tell = () => {
    if (isHere()) look()
    if (seconds <= told) return // nothing new
    told = seconds
    const reading: Parameters = { e: String(seconds), y: String(Math.round(100 * depth)), w: wordsOf() }
    const { i, h, p, n, c } = parameters
    if (/^0/.test(i)) Object.assign(reading, article()) // one view in sixteen
    const url = late ? addressOf('/_ds/hit', Object.assign(reading, parameters)) : addressOf('/_ds/read', Object.assign(reading, { i, h, p, n, c }))
    late = false
    ask(url, page, 'same-origin')
  }
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') tell()
  })
  addEventListener('pagehide', tell) // where the page is left before it is hidden
}

try {
  const { ds } = window as unknown as { ds: Asked & { view: View } }
  const [, page, , inside] = ds.view
  knowCode(ds, page)
  if (!inside) follow(ds.view)
} catch {
  // The page goes on, and nobody knows how it was read.
}
