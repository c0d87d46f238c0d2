// Makes elements. Text is put in as text, whatever it holds: nothing here reads HTML.

export type Child = Node | string | number | null | undefined | false

type Handler = (event: Event) => void
export type Attributes = Record<string, string | number | boolean | null | undefined | Handler>

function fill<E extends Element>(element: E, attributes: Attributes, children: Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value))
  }
  for (const child of children) {
    if (child instanceof Node) element.append(child)
    else if (child !== null && child !== undefined && child !== false) element.append(String(child))
  }
  return element
}

/** An element of HTML. A function among the attributes listens to the event of that name. */
export const h = <K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] =>
  fill(document.createElement(tag), attributes, children)

/** An element of SVG. */
export const s = <K extends keyof SVGElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): SVGElementTagNameMap[K] =>
  fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children)

/** Gives an element custom properties for its style. It is not the attribute, which the policy forbids. */
export function styled<E extends HTMLElement | SVGElement>(element: E, properties: Record<string, string | number>): E {
  for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, String(value))
  return element
}

/** The address of a page of a site, or null where what is said to be its path is none. */
export function pageAddress(site: string, path: string): string | null {
  if (!path.startsWith('/') || !/^[a-z0-9.-]+(:\d+)?$/i.test(site)) return null
  try {
    const url = new URL(`https://${site}`)
    const there = new URL(url.origin + path.replace(/\\/g, '%5C'))
    return there.origin === url.origin ? there.href : null
  } catch {
    return null
  }
}

/** An address that a rule cites, or null where it is none of the web. */
export function citedAddress(cite: string): string | null {
  const [first = ''] = cite.split(/\s/, 1)
  return /^https:\/\//.test(first) && URL.canParse(first) ? new URL(first).href : null
}
