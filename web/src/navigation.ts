// How the browser came to show this document, as it tells by itself.

/** Empty in Safari before 15, which has no such account; later ones lack parts of it. */
export type Navigation = Partial<PerformanceNavigationTiming>

export function navigation(): Navigation {
  return performance.getEntriesByType('navigation')[0] || {}
}

/**
 * Whether transferSize is final. Chromium knows it from the start, Firefox and
 * Safari say 0 until the document has loaded:
 * dom/performance/PerformanceMainThread.cpp (QueueNavigationTimingEntry) and
 * Source/WebCore/loader/DocumentLoader.cpp (notifyFinished).
 */
export function sizeIsKnown(nav: Navigation): boolean {
  return !!nav.transferSize || nav.loadEventEnd !== 0
}

/** Whether the document came out of the browser's own cache, and not out of the site's service worker. */
export function fromCache(nav: Navigation): boolean {
  return nav.transferSize === 0 && sizeIsKnown(nav) && !nav.workerStart
}

/** How the reader got here. A tab that the browser had thrown away to save memory is loaded again. */
export function kind(nav: Navigation): string | undefined {
  return document.wasDiscarded ? 'reload' : nav.type
}

/** Whole seconds for which the reader has had the page: a prerendered one waits until it is shown. */
export function age(nav: Navigation): number {
  return Math.floor((performance.now() - (nav.activationStart || 0)) / 1000)
}

/**
 * The address that was asked for. A router in the page may have put another one
 * in its place since. Safari calls every document just "document".
 */
export function address(nav: Navigation): string {
  return /^https?:/.test(nav.name!) ? nav.name! : location.href
}

/** Scheme and host of the page before, nothing behind them: "https://web.whatsapp.com", "android-app://com.whatsapp". */
export function origin(referrer: string): string {
  // Not new URL(…).origin, which is "null" for an app.
  return (/^[\w+.-]+:\/\/[^/?#@]{1,255}(?=[/?#]|$)/.exec(referrer) || [''])[0]!
}
