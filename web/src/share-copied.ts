// Codes for what is copied by hand, where a page asks for them:
//
//	<ds-share copied>
//
// Who copies the page's own link out of the page, and nothing else with it, gets it
// with a code. The code is asked for when the link is selected: a copy cannot wait.
import { prepare, use } from './share-code'
import { withCode } from './share-link'

/** An element that stands in the page: see share.ts. */
export interface Shares extends Element {
  link(): URL
  isPerShare(): boolean
}

/** What is selected, in the page or in a field of it. */
function selected(): string {
  const field = document.activeElement as HTMLInputElement
  return ((field.value || '').slice(field.selectionStart!, field.selectionEnd!) || String(getSelection())).trim()
}

/** Does something with the page's own link if that is what is selected. */
function withSelected(act: (link: URL, perShare: boolean) => void): void {
  const text = selected()
  const element = Array.from(document.querySelectorAll<Shares>('ds-share[copied]')).find((one) => text === location.href || text === one.link().href)
  if (element) act(new URL(text), element.isPerShare())
}

export function watchCopies(): void {
  const ready = () => withSelected((link, perShare) => prepare('copy', link, perShare))
  document.addEventListener('selectionchange', ready)
  document.addEventListener('select', ready) // in a field
  document.addEventListener('copy', (event) =>
    withSelected((link, perShare) => {
      const code = use('copy', link, perShare)
      if (!code) return
      event.clipboardData!.setData('text/plain', withCode(link, code).href)
      event.preventDefault()
    }),
  )
}
