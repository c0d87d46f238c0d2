// Signing in, and links for those who have no token.
import type { Link, Sites } from './answers'
import { Problem, send } from './api'
import { h } from './dom'
import { day, say } from './language'
import { given, type View } from './view'

/** The page on which one signs in. */
export function signInPage(signedIn: (sites: Sites) => void): HTMLElement {
  const field = h('input', { id: 'token', name: 'token', type: 'password', autocomplete: 'current-password', required: true, spellcheck: 'false', autocapitalize: 'off', 'aria-describedby': 'token-note' })
  const note = h('p', { class: 'problem-text', role: 'alert', id: 'token-note' })
  const button = h('button', { type: 'submit', class: 'button' }, say('sign.in'))
  const form = h('form', {}, h('label', { for: 'token' }, say('sign.token')), field, button, note)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    button.disabled = true
    note.textContent = ''
    send<Sites>('session', { token: field.value.trim() })
      .then(signedIn)
      .catch((error: unknown) => {
        const problem = error instanceof Problem ? error : null
        note.textContent = say(problem?.status === 401 ? 'sign.bad' : problem?.code === 'too_many' ? 'state.too_many' : problem?.status === 0 ? 'state.offline' : 'state.unavailable')
        field.setAttribute('aria-invalid', 'true')
        field.select()
      })
      .finally(() => (button.disabled = false))
  })
  return h(
    'main',
    { class: 'sign-in', id: 'report' },
    h('p', { class: 'brand' }, say('page.name')),
    h('h1', {}, say('sign.title')),
    h('p', {}, say('sign.lead')),
    form,
    h('p', { class: 'quiet' }, say('sign.where'), ' ', h('code', {}, 'darksocial token create'), '. ', say('sign.keep')),
  )
}

const lives = [7, 30, 90, 365] // days

/** Offers to make a link that is fixed to what is looked at. */
export function shareDialog(view: View): void {
  document.getElementById('share')?.remove()
  const choice = h('select', { id: 'share-days' }, ...lives.map((n) => h('option', { value: n }, say('share.days.n', { n }))))
  const made = h('div', { role: 'status' })
  const form = h('form', { method: 'dialog' }, h('label', { for: 'share-days' }, say('share.days')), choice, h('button', { type: 'submit', class: 'button' }, say('share.make')))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const page = view.state.article ? { page: view.state.article } : {}
    send<Link>('links', { site: view.site.site, days: Number(choice.value), from: view.days.from, to: view.days.to, ...given(view.filters), ...page })
      .then((link) => {
        const address = h('input', { type: 'text', readonly: true, value: location.origin + link.path, 'aria-label': say('share.title') })
        made.replaceChildren(h('p', {}, say('share.made', { date: day(link.expires.slice(0, 10), { day: 'numeric', month: 'long', year: 'numeric' }) })), address)
        address.select()
      })
      .catch((error: unknown) => made.replaceChildren(h('p', { class: 'problem-text' }, error instanceof Problem && error.code === 'forbidden' ? say('state.forbidden') : say('state.unavailable'))))
  })
  const dialog = h('dialog', { id: 'share', class: 'sheet', 'aria-labelledby': 'share-title' }, h('h2', { id: 'share-title' }, say('share.title')), h('p', {}, say('share.lead')), form, made, h('button', { type: 'button', class: 'tool', click: () => dialog.close() }, say('tool.close')))
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}
