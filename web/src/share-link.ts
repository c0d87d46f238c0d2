// The link that is shared.
import { codeName } from './code'

/**
 * The link an element names, or the page's canonical one if that is on this site, or
 * the page's address without the place on it. None has a code of ours: that one tells
 * how the visitor came here, not how the link goes on.
 */
export function linkOf(named: string | null): URL {
  const link = parse(named) || canonical() || new URL(location.href.split('#')[0]!)
  return withCode(link, '')
}

function canonical(): URL | undefined {
  const element = document.querySelector<HTMLLinkElement>('link[rel~="canonical" i][href]')
  const link = parse(element && element.href)
  return link && link.origin === location.origin ? link : undefined
}

function parse(address: string | null): URL | undefined {
  try {
    const link = new URL(address || '', address ? document.baseURI : undefined)
    return /^https?:$/.test(link.protocol) ? link : undefined
  } catch {
    return undefined
  }
}

/** The link with a code in its query, whose other parameters stay as they are written. */
export function withCode(link: URL, code: string): URL {
  const coded = new URL(link.href)
  const others = coded.search.slice(1).split('&').filter((part) => part && part.split('=')[0] !== codeName)
  coded.search = others.concat(code ? codeName + '=' + code : []).join('&')
  return coded
}
