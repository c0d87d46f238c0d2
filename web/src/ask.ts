/** Parameters by name. What is empty is left out. */
export type Parameters = Record<string, string | false | undefined>

/**
 * Asks the page's own origin for a path, also when the page is being left. How that
 * ends is of no interest to the page.
 *
 * The request's own Referer header is referrer, cut by policy: "same-origin" sends
 * all of it, even where the page's own policy is to send none.
 */
export function ask(path: string, parameters: Parameters, referrer: string, policy: 'same-origin' | 'origin'): void {
  const query = Object.keys(parameters)
    .filter((name) => parameters[name])
    .map((name) => name + '=' + encodeURIComponent(parameters[name] as string))
  // Not a relative address: a <base> may lead to another site.
  const url = location.origin + path + '?' + query.join('&')

  if (typeof Request === 'function' && 'keepalive' in Request.prototype) {
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
