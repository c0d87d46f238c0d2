/** Names a page view or a click, and is kept nowhere: 12 random bytes in hexadecimal. */
export function randomID(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => (byte + 256).toString(16).slice(1)).join('')
}
