// What changed and what to do, in at most three sentences. Each has a threshold that it
// must reach, and they are said in the order of how much there is to do about them.
import type { DirectParts, Numbers, PageRow, Sources } from './answers'

/** A sentence: the name of its words, and what is put into them. */
export interface Sentence {
  says: SentenceName
  values: Record<string, string | number>
  /** The page it is about, to be a link. */
  page?: string
  /** The label it is about. */
  channel?: string
  source?: string
}

export type SentenceName =
  | 'too_little'
  | 'hidden_gem'
  | 'seen_not_read'
  | 'source_rises'
  | 'source_falls'
  | 'more_private'
  | 'less_private'
  | 'arrivals_rise'
  | 'arrivals_fall'
  | 'lit_most'
  | 'steady'

/** What sentences are made of. before is null where nothing is compared; pages are the most passed on first. */
export interface Seen {
  numbers: Numbers
  before: Numbers | null
  fair: boolean // whether the two ranges have the same days
  direct: DirectParts | null
  sources: Sources | null
  pages: PageRow[]
}

/** From when on something is said. */
export const thresholds = {
  arrivals: 50, // fewer say nothing
  readers: 20, // of a page, for what its readers do to be more than chance
  passedOn: 5, // shares per 100 readers of a page,
  passedOnTimes: 1.5, // and so many times the site's own
  seldom: 0.02, // of the arrivals: a page that has less is hardly seen
  read: 0.2, // a page that fewer of those who came read is not read
  often: 0.05, // of the arrivals: a page that has more is seen by many
  change: 0.2, // of a number
  sourceChange: 0.5, // of one source's arrivals,
  sourceArrivals: 50, // and by so many
  points: 0.03, // of the share that is private
  shared: 50, // private and public arrivals, for their shares to say something
  lit: 0.05, // of what other tools call direct, that one source brought
}

const most = 3

const ratio = (a: number, b: number) => (b > 0 ? a / b : 0)

/** The sentences for what was seen, at most three and at least one. */
export function sentences(seen: Seen): Sentence[] {
  const { numbers } = seen
  if (numbers.arrivals < thresholds.arrivals) return [{ says: 'too_little', values: { arrivals: numbers.arrivals } }]
  const said = [hiddenGem(seen), sourceChanged(seen), privacyChanged(seen), arrivalsChanged(seen), seenNotRead(seen), litMost(seen)].filter((sentence) => sentence !== null)
  return said.length > 0 ? said.slice(0, most) : [{ says: 'steady', values: { arrivals: numbers.arrivals } }]
}

/** Pages that stand for one article and not for many. */
const articles = (pages: PageRow[]) => pages.filter((page) => page.page.startsWith('/') && page.page !== '/')

const nameOf = (page: PageRow) => page.title || page.page

/** A page that its readers pass on, and that few have found. */
function hiddenGem({ numbers, pages }: Seen): Sentence | null {
  const least = Math.max(thresholds.passedOn, thresholds.passedOnTimes * (numbers.passed_on ?? 0))
  const found = articles(pages)
    .filter((page) => (page.readers ?? 0) >= thresholds.readers && (page.passed_on ?? 0) >= least && page.arrivals <= thresholds.seldom * numbers.arrivals)
    .sort((a, b) => (b.passed_on ?? 0) - (a.passed_on ?? 0))[0]
  return found ? { says: 'hidden_gem', values: { page: nameOf(found), passed_on: Math.round(found.passed_on ?? 0), arrivals: found.arrivals }, page: found.page } : null
}

/** A page that many open and few read. */
function seenNotRead({ numbers, pages }: Seen): Sentence | null {
  const found = articles(pages)
    .filter((page) => page.arrivals >= thresholds.often * numbers.arrivals && page.measured >= thresholds.arrivals && page.readers !== null && ratio(page.readers, page.measured) < thresholds.read)
    .sort((a, b) => b.arrivals - a.arrivals)[0]
  return found ? { says: 'seen_not_read', values: { page: nameOf(found), read: ratio(found.readers ?? 0, found.measured), arrivals: found.arrivals }, page: found.page } : null
}

/** The source whose arrivals changed most. A fall is told only where the days are the same. */
function sourceChanged({ sources, fair }: Seen): Sentence | null {
  const found = (sources?.channels ?? [])
    .flatMap((channel) => channel.sources.map((row) => ({ ...row, channel: channel.channel, by: row.arrivals - (row.before ?? row.arrivals) })))
    .filter((row) => row.source !== '' && !row.source.startsWith('(') && row.before !== null && row.before > 0)
    .filter((row) => Math.abs(row.by) >= Math.max(thresholds.sourceArrivals, thresholds.sourceChange * (row.before ?? 0)) && (row.by > 0 || fair))
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by))[0]
  if (!found) return null
  const values = { source: found.title || found.source, arrivals: found.arrivals, before: found.before ?? 0 }
  return { says: found.by > 0 ? 'source_rises' : 'source_falls', values, channel: found.channel, source: found.source }
}

/** More or less of what was shared was shared in private. */
function privacyChanged({ numbers, before }: Seen): Sentence | null {
  if (!before || numbers.privately_shared === null || before.privately_shared === null) return null
  if (Math.min(numbers.private + numbers.public, before.private + before.public) < thresholds.shared) return null
  const points = numbers.privately_shared - before.privately_shared
  if (Math.abs(points) < thresholds.points) return null
  return { says: points > 0 ? 'more_private' : 'less_private', values: { share: numbers.privately_shared, points: Math.round(Math.abs(points) * 100) } }
}

function arrivalsChanged({ numbers, before, fair }: Seen): Sentence | null {
  if (!before || before.arrivals < thresholds.arrivals) return null
  const change = numbers.arrivals / before.arrivals - 1
  if (numbers.arrivals >= before.arrivals * (1 + thresholds.change)) return { says: 'arrivals_rise', values: { change, arrivals: numbers.arrivals } }
  return numbers.arrivals <= before.arrivals * (1 - thresholds.change) && fair ? { says: 'arrivals_fall', values: { change: -change, arrivals: numbers.arrivals } } : null
}

/** The source that brought most of what other tools call direct. */
function litMost({ direct }: Seen): Sentence | null {
  if (!direct) return null
  const found = direct.parts
    .filter((part) => ['messengers', 'mail', 'networks', 'ai'].includes(part.part))
    .flatMap((part) => part.sources)
    .filter((row) => row.source !== '' && !row.source.startsWith('(') && row.arrivals >= thresholds.arrivals && ratio(row.arrivals, direct.direct) >= thresholds.lit)
    .sort((a, b) => b.arrivals - a.arrivals)[0]
  return found ? { says: 'lit_most', values: { source: found.title || found.source, arrivals: found.arrivals, share: ratio(found.arrivals, direct.direct) }, source: found.source } : null
}
