// What the buttons say. What stands in brackets is what a button shows, all of it is
// what it is called for those who listen; without brackets the two are the same.

export interface Words {
  /** The language that the words are in: a page in another one may have to show them. */
  lang: string
  /** Of the list of buttons. */
  list: string
  /** Of a button; [] is the app's name. A target's own line counts before it. */
  on: string
  email: string
  sms: string
  copy: string
  system: string
  /** Said when the link was copied, or could not be; then the link follows. */
  copied: string
  failed: string
  /** Asks for the visitor's Mastodon server, and sends the answer off. */
  server: string
  go: string
}

export const words: Record<string, Partial<Words>> = {
  de: {
    lang: 'de',
    list: 'Teilen',
    on: 'Auf [] teilen',
    email: 'Per [E-Mail] teilen',
    sms: 'Per [SMS] teilen',
    copy: 'Link kopieren',
    system: 'Teilen mit \u2026',
    copied: 'Link kopiert',
    failed: 'Bitte selbst kopieren:',
    server: 'Mastodon-Server',
    go: 'Weiter',
  },
}

const english: Words = {
  lang: 'en',
  list: 'Share',
  on: 'Share on []',
  email: 'Share by [Email]',
  sms: 'Share by [SMS]',
  copy: 'Copy link',
  system: 'Share with \u2026',
  copied: 'Link copied',
  failed: 'Please copy it yourself:',
  server: 'Mastodon server',
  go: 'Go on',
}

/** The words of a language, "de-AT" as well as "de". What it lacks is English. */
export function wordsIn(language: string): Words & Record<string, string> {
  const tag = language.toLowerCase()
  return Object.assign({}, english, words[tag] || words[tag.split('-')[0]!]) as Words & Record<string, string>
}
