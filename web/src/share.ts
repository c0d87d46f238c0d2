// Buttons by which visitors pass a page on:
//
//	<script src="/_ds/share.js" async></script>
//	<ds-share buttons="whatsapp telegram copy system"></ds-share>
//
// No app's site hears of a visitor before the click, nothing is kept in the browser,
// and the page's address is never changed. The site is asked for a code when a visitor
// is about to use a button; without one, the link is shared as it is.
import { prepare, use } from './share-code'
import { watchCopies } from './share-copied'
import { icon } from './share-icon'
import { linkOf, withCode } from './share-link'
import { style } from './share-style'
import { address, chosen, COPY, INSTANCE, means, SHEET, targets } from './share-targets'
import { type Words, words, wordsIn } from './share-words'

class DsShare extends HTMLElement {
  static readonly observedAttributes = ['buttons', 'lang']

  /** Adds a language, or changes what is said in one. Buttons that are there change at once. */
  static say(language: string, said: Partial<Words>): void {
    const tag = language.toLowerCase()
    words[tag] = Object.assign({ lang: tag }, words[tag], said)
    document.querySelectorAll<DsShare>('ds-share').forEach((element) => element.draw())
  }

  private readonly root = this.attachShadow({ mode: 'open' })
  private status = document.createElement('p')

  connectedCallback(): void {
    this.draw()
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.draw()
  }

  draw(): void {
    const holder = this.closest('[lang]')
    const language = (holder && holder.getAttribute('lang')) || navigator.language || ''
    const say = wordsIn(language)
    const list = make('ul', 'list', { role: 'list', 'aria-label': say.list, lang: say.lang }) // Safari forgets that it is one
    this.status = make('p', 'status', { role: 'status', lang: say.lang })
    this.root.textContent = ''
    style(this.root)
    this.root.append(list, this.status)
    for (const name of chosen(this.getAttribute('buttons'), language)) {
      const does = means(name)
      if (does) {
        const item = make('li', 'item')
        item.append(this.button(name, does, say))
        list.append(item)
      }
    }
  }

  private button(name: string, does: string, say: Words & Record<string, string>): HTMLElement {
    const isLink = /:/.test(does)
    const button: HTMLElement = make(isLink ? 'a' : 'button', 'button ' + name)
    const [app, letters] = targets[name]!
    const called = say[name] || say.on.replace('[]', `[${app}]`)
    const label = make('span', 'label', { dir: 'auto' })
    label.textContent = (/\[(.*)]/.exec(called) || ['', called])[1]!
    button.setAttribute('aria-label', called.replace(/[[\]]/g, ''))
    button.append(icon(name, letters), label)

    // Which app was chosen in the sheet, nobody knows.
    const codeOf = does === SHEET ? 'system' : name
    const ready = () => {
      const link = this.link()
      if (isLink) button.setAttribute('href', address(does, link.href, this.text()))
      quietly(() => prepare(codeOf, link, this.isPerShare()))
    }
    button.addEventListener('pointerenter', ready)
    button.addEventListener('focus', ready)
    button.addEventListener('touchstart', ready, { passive: true })

    const shared = () => {
      const link = this.link()
      return withCode(link, quietly(() => use(codeOf, link, this.isPerShare())) || '').href
    }
    if (isLink) {
      const go = () => button.setAttribute('href', address(does, shared(), this.text()))
      leadTo(button, address(does, this.link().href, this.text()))
      button.addEventListener('click', go)
      button.addEventListener('auxclick', (event) => event.button === 1 && go())
      return button
    }
    button.setAttribute('type', 'button')
    if (does === COPY) button.addEventListener('click', () => this.copy(shared(), say))
    if (does === SHEET) button.addEventListener('click', () => this.openSheet(shared()))
    if (does === INSTANCE) this.askForServer(button, shared, say)
    return button
  }

  /** Says it, and says it again if it was said before. */
  private tell(what: string): void {
    this.status.textContent = ''
    setTimeout(() => (this.status.textContent = what))
  }

  private copy(link: string, say: Words): void {
    const button = this.root.activeElement as HTMLElement | null
    const failed = () => {
      const copied = copiedByHand(link)
      if (button) button.focus()
      this.tell(copied ? say.copied : say.failed + ' ' + link)
    }
    if (!navigator.clipboard) failed() // not on https, or an old browser
    else navigator.clipboard.writeText(link).then(() => this.tell(say.copied), failed)
  }

  private openSheet(url: string): void {
    const text = this.getAttribute('text')
    navigator.share(Object.assign({ title: this.text(), url }, text && { text })).catch(() => {}) // closed again
  }

  /** Has a form come up at a click, which knows the server for as long as the page lives. */
  private askForServer(button: HTMLElement, shared: () => string, say: Words): void {
    const form = make('form', 'form')
    const label = make('label', 'prompt')
    const input = make('input', 'input', { required: '', inputmode: 'url', autocapitalize: 'none', placeholder: 'mastodon.social', pattern: '.*[^\\s@\\/.]\\.[^\\s@\\/.]+\\/?' })
    const submit = make('button', 'button')
    label.append(say.server + ' ', input)
    submit.textContent = say.go
    form.append(label, submit)
    form.hidden = true
    this.root.append(form)
    button.setAttribute('aria-expanded', 'false')
    button.addEventListener('click', () => {
      form.hidden = !form.hidden
      button.setAttribute('aria-expanded', String(!form.hidden))
      if (!form.hidden) input.focus()
    })
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const server = /([^@/]*)\/?$/.exec(input.value.trim())![1]! // also of https://…/ and @me@…
      open(address(`https://${encodeURI(server)}/share?text={both}`, shared(), this.text()), '_blank', 'noopener')
    })
  }

  link(): URL {
    return linkOf(this.getAttribute('url'))
  }

  /** What is said of the link. Half a character, which no address can hold, is left out. */
  private text(): string {
    return (this.getAttribute('text') || document.title).replace(/[\ud800-\udfff]/gu, '')
  }

  isPerShare(): boolean {
    return this.getAttribute('grade') === 'share'
  }
}

/** Makes an <a> lead to an address; an app's own opens no tab that would stay empty. */
function leadTo(button: HTMLElement, to: string): void {
  button.setAttribute('href', to)
  if (/^http/.test(to)) {
    button.setAttribute('target', '_blank')
    button.setAttribute('rel', 'noopener')
  }
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, part: string, attributes: Record<string, string> = {}): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  element.setAttribute('part', part)
  for (const name in attributes) element.setAttribute(name, attributes[name]!)
  return element
}

/** Copies as browsers did before they had a clipboard for pages. */
function copiedByHand(link: string): boolean {
  const field = document.createElement('textarea')
  field.value = link
  field.style.position = 'fixed' // the page must not scroll
  field.oncopy = (event) => event.stopPropagation() // it has its code: see share-copied.ts
  document.body.append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  return copied
}

function quietly<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined // shared without a code
  }
}

if (window.customElements && !customElements.get('ds-share')) {
  customElements.define('ds-share', DsShare)
  watchCopies()
}
