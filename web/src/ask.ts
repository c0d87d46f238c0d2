/** Parameters by name. What is empty is left out. */
export type Parameters = Record<string, string | false | undefined>

/** An address of ours, in version 1 of its parameters. It is whole: a <base> may lead to another site. */
export function addressOf(path: string, parameters: Parameters): string {
  let url = location.origin + path + '?v=1'
  for (const name in parameters) {
    const value = parameters[name]
    if (value) url += '&' + name + '=' + encodeURIComponent(value)
  }
  return url
}

/**
 * Asks for an address, also when the page is being left. How that ends is of no
 * interest to the page.
 *
 * The request's own Referer header is referrer, cut by policy: "same-origin" sends
 * all of it, even where the page's own policy is to send none.
 */
export function ask(url: string, referrer: string, policy: 'same-origin' | 'origin'): void {
  if (window.Request && 'keepalive' in Request.prototype) {
    fetch(url, {
      keepalive: true,
      credentials: 'same-origin',
      cache: 'no-store',
      referrer,
      referrerPolicy: policy,
    }).catch(() => {})
    return
  }
  const image = new Image() // Firefox before 133
  image.referrerPolicy = policy
  image.src = url
}
