// The language that the page is in, and how it writes numbers, days and times.
import { type Language, words, type Word } from './words'

let language: Language = 'en'

export const spoken = (): Language => language

/** Chooses the language: what the reader chose before, else what the browser prefers. */
export function speak(chosen: string | null): void {
  language = (chosen ?? navigator.language).startsWith('de') ? 'de' : 'en'
  document.documentElement.lang = language
}

/** The words of that name, with values put in. */
export function say(word: Word, values: Record<string, string | number> = {}): string {
  const one = values['n'] === 1
  return words[word][language === 'de' ? 1 : 0].replace(/\[([^|\]]*)\|([^|\]]*)\]/g, one ? '$1' : '$2').replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? ''
    return typeof value === 'number' ? count(value) : value
  })
}

/** The words of a value that the API tells, or the value itself where there are none. */
export function sayValue(kind: string, value: string): string {
  const word = `${kind}.${value}`
  return word in words ? say(word as Word) : value
}

/** The name of what stands for many, or of nothing; else the name as it is. */
export function nameOf(value: string, title = value): string {
  switch (value) {
    case '(other)':
      return say('name.other')
    case '(few)':
      return say('name.few')
    case '(objected)':
      return say('name.objected')
    case '':
      return say('name.none')
    case 'unknown':
      return say('name.unknown')
  }
  return title || value
}

const locale = () => (language === 'de' ? 'de-DE' : 'en-GB')

export const count = (n: number): string => n.toLocaleString(locale(), { maximumFractionDigits: 0 })

/** A number in little room: 9.6k. */
export const short = (n: number): string => n.toLocaleString(locale(), n < 10_000 ? { maximumFractionDigits: 0 } : { notation: 'compact', maximumFractionDigits: 1 })

/** A ratio as percent, the smallest ones with a digit behind the point. */
export function percent(ratio: number): string {
  const digits = ratio !== 0 && Math.abs(ratio) < 0.0995 ? 1 : 0
  return ratio.toLocaleString(locale(), { style: 'percent', maximumFractionDigits: digits })
}

export const decimal = (n: number): string => n.toLocaleString(locale(), { maximumFractionDigits: 1, minimumFractionDigits: 1 })

export const signed = (text: string, n: number): string => (n > 0 ? '+' : n < 0 ? '−' : '±') + text.replace(/^[-−]/, '')

/** An amount, of which the API tells the smallest units. */
export function money(units: number, currency: string): string {
  try {
    const format = new Intl.NumberFormat(locale(), { style: 'currency', currency })
    return format.format(units / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
  } catch {
    return `${count(units)} ${currency}` // of no currency that the browser knows
  }
}

/** An amount in the currency's own unit. */
export function amount(units: number, currency: string): number {
  try {
    return units / 10 ** (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)
  } catch {
    return units
  }
}

/** A day of the calendar, in words. */
export function day(date: string, options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' }): string {
  return new Date(date + 'T12:00:00Z').toLocaleDateString(locale(), { ...options, timeZone: 'UTC' })
}

/** Days from one to another, said once where it is one. */
export function dayRange(from: string, to: string): string {
  const long: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }
  const format = new Intl.DateTimeFormat(locale(), long)
  return format.formatRange(new Date(from + 'T12:00:00Z'), new Date(to + 'T12:00:00Z'))
}

/** A moment in a time zone. */
export function moment(time: string, zone: string, options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }): string {
  return new Date(time).toLocaleString(locale(), { ...options, timeZone: zone })
}

export const clock = (time: string, zone: string): string => moment(time, zone, { hour: '2-digit', minute: '2-digit' })

/** The weekday, of which Monday is 1. */
export const weekday = (n: number, width: 'short' | 'long' = 'short'): string => new Date(Date.UTC(2024, 0, n)).toLocaleDateString(locale(), { weekday: width, timeZone: 'UTC' })

/** A length of time, in its largest unit. */
export function duration(seconds: number): string {
  const [n, unit] = seconds < 90 ? [seconds, 'second'] : seconds < 5400 ? [seconds / 60, 'minute'] : seconds < 172_800 ? [seconds / 3600, 'hour'] : [seconds / 86_400, 'day']
  return Math.round(n as number).toLocaleString(locale(), { style: 'unit', unit: unit as string, unitDisplay: 'short' })
}

/** A country by its code. */
export function country(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return nameOf(code)
  return new Intl.DisplayNames([locale()], { type: 'region' }).of(code) ?? code
}
