// Asks the API. An answer that was asked for a moment ago is not asked for again.

/** Why there is no answer. */
export class Problem extends Error {
  constructor(
    readonly status: number, // 0: none came
    readonly code: string,
    readonly field: string,
    text: string,
    readonly retryAfter: number, // seconds
  ) {
    super(text)
  }
}

const keptFor = 30_000 // milliseconds
const kept = new Map<string, { answer: Promise<unknown>; until: number }>()

/** Forgets what was answered. */
export const forget = (): void => kept.clear()

async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
  let answer: Response
  try {
    answer = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init })
  } catch (error) {
    throw new Problem(0, 'offline', '', String(error), 0)
  }
  if (answer.status === 204) return undefined as T
  const body: unknown = await answer.json().catch(() => null)
  if (answer.ok && body !== null) return body as T
  const { error = '', code = 'unavailable', field = '' } = (body ?? {}) as { error?: string; code?: string; field?: string }
  throw new Problem(answer.status, answer.status === 401 ? 'unauthorized' : code, field, error, Number(answer.headers.get('Retry-After')) || 0)
}

/** Asks for what can be kept for a moment. */
export function ask<T>(name: string, parameters: Record<string, string>): Promise<T> {
  const query = new URLSearchParams(parameters).toString()
  const path = `/api/v1/${name}${query ? '?' + query : ''}`
  const now = Date.now()
  const before = kept.get(path)
  if (before && before.until > now) return before.answer as Promise<T>
  const answer = call<T>(path)
  kept.set(path, { answer, until: now + keptFor })
  answer.catch(() => kept.delete(path))
  if (kept.size > 200) kept.delete(kept.keys().next().value ?? '')
  return answer
}

/** Sends JSON. The CDN signs what it sends on, and needs the body's sum for that. */
export async function send<T>(name: string, body: unknown): Promise<T> {
  const text = JSON.stringify(body)
  const sum = crypto.subtle ? new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))) : null
  const headers: Record<string, string> = { 'Content-Type': 'application/json' }
  if (sum) headers['x-amz-content-sha256'] = [...sum].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return call<T>(`/api/v1/${name}`, { method: 'POST', headers, body: text })
}

export const signOut = (): Promise<void> => call('/api/v1/session', { method: 'DELETE' })
