// Share codes in addresses: "/article?ds=8ZkPq4vR2Ts".

/** The parameter that carries a code. Who serves the script puts the site's own name here: internal/web/script.go. */
export const codeName = '__CODE_NAME__'

export const isCode = (code: unknown): code is string => /^[1-9A-HJ-NP-Za-km-z]{11}$/.test(code as string)

/** The code in an address, or "". */
export function codeIn(address: string): string {
  const code = new URL(address).searchParams.get(codeName)
  return isCode(code) ? code : ''
}
