// What the CDN's edge says of the request of this page, in the answer's header:
//
//	Server-Timing: ds;desc="1.<request id>.<second>.<Sec-Fetch-Site>.<Sec-Fetch-Dest>.<Sec-Purpose>.<objection>"
//
// It is passed on word for word. What little is read of it here is not trusted: it
// decides only whether this page sends a hit, and how much is in it.
import type { Navigation } from './navigation'

/** The edge writes less; whatever is longer is not its work. */
const longest = 300

/**
 * The hint, or "" if there is none for this very page view: a page out of a cache
 * shows what the edge said of an earlier one.
 */
export function hint(nav: Navigation): string {
  if (!nav.transferSize) return ''
  // Safari before 16.4 has no serverTiming. The site may send metrics named ds,
  // too; the edge's is behind them.
  const said = (nav.serverTiming || []).filter((metric) => metric.name === 'ds').pop()
  return said && said.description.length <= longest ? said.description : ''
}

/** The CDN's name for the request, which its log has as well. */
export const requestID = (hint: string) => hint.split('.')[1]

/** Sec-Fetch-Site of the request: "none", "same-origin", "same-site" or "cross-site". */
export const site = (hint: string) => hint.split('.')[3]

/** Whether the request had Sec-GPC, DNT or the opt-out cookie. */
export const objected = (hint: string) => hint.split('.')[6] === '1'
