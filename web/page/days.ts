// Days are written like 2026-11-20 and reckoned in UTC, where each has 24 hours: a day
// of the site's own time zone may have 23 or 25, and is one day all the same.

export type Day = string

export interface Days {
  from: Day
  to: Day
}

/** Ranges that have a name. custom has its days in the address. */
export const rangeNames = ['today', 'yesterday', '7d', '28d', '30d', '90d', 'month', 'custom'] as const
export type RangeName = (typeof rangeNames)[number]

/** The most days the API tells of. */
export const mostDays = 400

const dayLong = 86_400_000 // milliseconds

const at = (day: Day) => Date.parse(day + 'T00:00:00Z')
const dayOf = (time: number): Day => new Date(time).toISOString().slice(0, 10)

/** Whether text is a day that the calendar has. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at(text)) && dayOf(at(text)) === text
}

export const addDays = (day: Day, n: number): Day => dayOf(at(day) + n * dayLong)

/** How many days a range has, both ends with it. */
export const lengthOf = ({ from, to }: Days): number => (at(to) - at(from)) / dayLong + 1

const firstOfMonth = (day: Day): Day => day.slice(0, 8) + '01'

/** The month that lies by months away from a day's. */
export function monthAt(day: Day, by: number): Days {
  const [year = 0, month = 0] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + by, 1))
  return { from: dayOf(first.getTime()), to: dayOf(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)) }
}

const earlier = (a: Day, b: Day): Day => (a < b ? a : b)

/** The days of a range that has a name. */
export function daysOf(name: Exclude<RangeName, 'custom'>, today: Day): Days {
  switch (name) {
    case 'today':
      return { from: today, to: today }
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) }
    case 'month':
      return { from: firstOfMonth(today), to: today }
  }
  return { from: addDays(today, 1 - Number.parseInt(name)), to: today }
}

/** Whether the days are a month, or what there is of the present one. */
export function isMonth(days: Days, today: Day): boolean {
  const month = monthAt(days.from, 0)
  return days.from === month.from && days.to === earlier(month.to, today)
}

/** The range before or behind this one: a month's is a month. Null if it is in the future. */
export function step(days: Days, by: 1 | -1, today: Day): Days | null {
  let next: Days
  if (isMonth(days, today) && days.to !== days.from) next = monthAt(days.from, by)
  else {
    const length = lengthOf(days)
    next = { from: addDays(days.from, by * length), to: addDays(days.to, by * length) }
  }
  if (next.from > today) return null
  return { from: next.from, to: earlier(next.to, today) }
}

/** What somebody wrote as a range, put right: in order, not in the future, not too long. Null if it is none. */
export function readDays(from: string, to: string, today: Day): Days | null {
  if (!isDay(from) || !isDay(to)) return null
  let days = from <= to ? { from, to } : { from: to, to: from }
  if (days.from > today) return null
  days = { from: days.from, to: earlier(days.to, today) }
  if (lengthOf(days) > mostDays) days.from = addDays(days.to, 1 - mostDays)
  return days
}
