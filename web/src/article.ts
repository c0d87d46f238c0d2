// What a page says of itself where it says that it is an article: by Open Graph, by
// JSON-LD, or in data-ds-… attributes of <html>, which count before the others.
import type { Parameters } from './ask'

const html = document.documentElement

/** The part of the page that is read: the article, or what comes nearest to it. */
export function content(): Element {
  return document.querySelector('article') || document.querySelector('main') || document.body
}

/** The number of words of the text, or "" where the page does not say which part of it is the text. */
export function wordsOf(): string {
  if (html.dataset['dsWords']) return html.dataset['dsWords']
  const text = content()
  return text === document.body ? '' : String((text.textContent || '').split(/\s+/).filter(Boolean).length)
}

/** The parameters of a hit that say it; none if the page is no article. */
export function article(): Parameters {
  const linked = linkedData()
  const said = html.dataset
  if (!said['dsTitle'] && !linked && meta('og:type') !== 'article') return {}
  const author = linked && linked.author
  return {
    t: short(said['dsTitle'] || text(linked?.headline) || meta('og:title') || document.title, 200),
    s: short(said['dsTopic'] || meta('article:section') || text(linked?.articleSection), 60),
    b: short(said['dsAuthor'] || text(author?.name) || meta('author') || name(meta('article:author')), 100),
    z: said['dsPublished'] || meta('article:published_time') || text(linked?.datePublished),
    k: canonical(),
  }
}

function meta(property: string): string {
  const found = document.querySelector<HTMLMetaElement>(`meta[property="${property}"],meta[name="${property}"]`)
  return found ? found.content : ''
}

/** article:author is often the address of a profile. */
const name = (value: string) => (/^https?:/.test(value) ? '' : value)

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const short = (value: string, most: number) => value.trim().slice(0, most)

interface Linked {
  '@type'?: unknown
  headline?: unknown
  articleSection?: unknown
  datePublished?: unknown
  author?: { name?: unknown }
}

/** The first description in JSON-LD that is of an article. */
function linkedData(): Linked | undefined {
  for (const script of Array.from(document.querySelectorAll('script[type="application/ld+json"]'))) {
    try {
      const all = [].concat(JSON.parse(script.textContent || ''))
      const nodes = all.concat(...all.map((one: { '@graph'?: never[] }) => one['@graph'] || [])) as Linked[]
      const found = nodes.find((one) => [].concat(one['@type'] as never).some((type) => /(Article|Posting)$/.test(type)))
      if (found) return Object.assign(found, { author: ([].concat(found.author as never)[0] || {}) as { name?: unknown } })
    } catch {
      // This one cannot be read; the next may.
    }
  }
  return undefined
}

/** The page's own name for itself, where it is another of this site. */
function canonical(): string {
  const link = document.querySelector<HTMLLinkElement>('link[rel="canonical"]')
  if (!link || !link.href) return ''
  const url = new URL(link.href)
  return url.host === location.host && url.pathname !== location.pathname ? url.pathname : ''
}
