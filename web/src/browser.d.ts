// What browsers have and TypeScript's own declarations lack, since these list only
// what two engines agree on. Any of it may be missing.

interface Document {
  /** https://developer.mozilla.org/docs/Web/API/Document/prerendering */
  readonly prerendering?: boolean
  /** https://wicg.github.io/page-lifecycle/#dom-document-wasdiscarded */
  readonly wasDiscarded?: boolean
}

interface Navigator {
  /** https://w3c.github.io/gpc/#dom-globalprivacycontrol */
  readonly globalPrivacyControl?: boolean
}

interface PerformanceNavigationTiming {
  /** https://wicg.github.io/nav-speculation/prerendering.html#performance-extensions */
  readonly activationStart?: number
}
