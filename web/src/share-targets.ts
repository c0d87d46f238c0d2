// Where a link can be shared to, and what a button can do about it.
//
// A target has an address on a phone, on a desktop, on both, or on none. In an
// address {link} is the link, {text} what is said of it, {both} the two in one line.
// SHEET means that the app is come to by the system's share sheet alone, which some
// browsers can open. '' means that nothing works there: the button is not shown.
//
// Addresses that open nothing where the app is not installed are not given to
// desktops, where it rarely is.

/** The system's share sheet: https://www.w3.org/TR/web-share/ */
export const SHEET = 'sheet'
export const COPY = 'copy'
/** An address on a server that only the visitor knows. */
export const INSTANCE = 'instance'

export type Target = readonly [name: string, letters: string, phone: string, desktop?: string] // desktop: as on the phone

export const targets: Readonly<Record<string, Target>> = {
  // "Click to chat", phone, desktop and web: https://faq.whatsapp.com/5913398998672934
  whatsapp: ['WhatsApp', 'Wa', 'https://wa.me/?text={both}'],

  // The app's own address: https://developers.facebook.com/docs/sharing/messenger/web. Without
  // an app id there is none for a desktop.
  messenger: ['Messenger', 'Me', 'fb-messenger://share?link={link}', ''],

  // https://core.telegram.org/widgets/share
  telegram: ['Telegram', 'Te', 'https://t.me/share/url?url={link}&text={text}'],

  // https://developers.viber.com/docs/tools/share-button/
  viber: ['Viber', 'Vi', 'viber://forward?text={both}', ''],

  // No address, by decision: https://github.com/signalapp/Signal-Android/issues/7310. On a
  // desktop it is not in the sheet either.
  signal: ['Signal', 'Si', SHEET, ''],

  // Its address is for the desktop only, where it leads to Snapchat for Web:
  // https://developers.snap.com/snapchat-for-web/social-integrations/share-link-to-snapchat
  snapchat: ['Snapchat', 'Sc', SHEET, 'https://www.snapchat.com/share?link={link}'],

  // https://developers.line.biz/en/docs/line-social-plugins/install-guide/using-line-share-buttons/
  line: ['LINE', 'Li', 'https://social-plugins.line.me/lineit/share?url={link}&text={text}'],

  // Only with a script and a key of theirs: https://developers.kakao.com/docs/latest/en/kakaotalk-share/common
  kakaotalk: ['KakaoTalk', 'Ka', SHEET, ''],

  // https://threema.ch/en/faq/url_parameters, for the phone's app.
  threema: ['Threema', 'Th', 'https://threema.id/compose?text={both}', ''],

  // RFC 5724, and "?&", which iOS and Android both understand.
  sms: ['SMS', '...', 'sms:?&body={both}', ''],

  // RFC 6068
  email: ['Email', '', 'mailto:?subject={text}&body={link}'],

  // For Edge and Chrome on desktops:
  // https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/share-to-teams-from-web-apps
  teams: ['Teams', 'Tm', SHEET, 'https://teams.microsoft.com/share?href={link}&msgText={text}'],

  // https://developer.x.com/en/docs/x-for-websites/tweet-button/guides/web-intent
  x: ['X', 'X', 'https://x.com/intent/post?url={link}&text={text}'],

  // https://developers.facebook.com/docs/plugins/share-button
  facebook: ['Facebook', 'f', 'https://www.facebook.com/sharer/sharer.php?u={link}'],

  // https://learn.microsoft.com/linkedin/consumer/integrations/self-serve/plugins/share-plugin
  linkedin: ['LinkedIn', 'in', 'https://www.linkedin.com/sharing/share-offsite/?url={link}'],

  // https://www.reddit.com/wiki/submitting
  reddit: ['Reddit', 'r', 'https://www.reddit.com/submit?url={link}&title={text}'],

  // Each server has a page for it: https://github.com/mastodon/mastodon/issues/442. The visitor
  // is asked for the server; no third site that knows servers is.
  mastodon: ['Mastodon', 'm', INSTANCE],

  // https://docs.bsky.app/docs/advanced-guides/intent-links
  bluesky: ['Bluesky', 'b', 'https://bsky.app/intent/compose?text={both}'],

  copy: ['Copy', '', COPY],
  system: ['Share', '', SHEET],
}

const german = 'whatsapp messenger telegram signal threema email copy system'
const elsewhere = 'whatsapp messenger telegram x facebook email copy system'

/** The names of an attribute's targets, each once, or the usual ones in a language. */
export function chosen(names: string | null, language: string): string[] {
  const all = (names || (/^de\b/i.test(language) ? german : elsewhere)).toLowerCase().split(/[\s,]+/)
  return all.filter((name, i) => Object.keys(targets).includes(name) && all.indexOf(name) === i)
}

/** What a target's button does in this browser, or '' if there is nothing it could do. */
export function means(name: string): string {
  const [, , phone, desktop] = targets[name]!
  const does = isPhone() || desktop === undefined ? phone : desktop
  return does === SHEET && !navigator.share ? '' : does
}

/** Phones and tablets, which have the apps. It stays in the browser. */
function isPhone(): boolean {
  return /Android|iP(hone|ad|od)/.test(navigator.userAgent) || (/Mac/.test(navigator.platform) && navigator.maxTouchPoints > 1)
}

/** An address, filled in. */
export function address(template: string, link: string, text: string): string {
  const values: Record<string, string> = { link, text, both: text + (text && ' ') + link }
  return template.replace(/{(\w+)}/g, (_, name: string) => encodeURIComponent(values[name]!))
}
