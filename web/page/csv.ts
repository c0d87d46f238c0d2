// Tables, as text that spreadsheets read: RFC 4180.

export type Value = string | number | null

/** A table: of a chart the other shape, and what is saved. */
export interface Table {
  name: string // of the file, without .csv
  columns: string[]
  rows: Value[][]
}

/**
 * One field. A spreadsheet takes text for a formula that begins like one, also behind
 * spaces: an apostrophe in front has it show the text
 * (https://owasp.org/www-community/attacks/CSV_Injection). A number is a number.
 */
export function field(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = /^\s*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]/.test(value) ? `'${value}` : value
  return /[",;\r\n]|^\s|\s$/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}

/** The file, with a mark in front by which spreadsheets know that it is UTF-8. */
export function csv(table: Pick<Table, 'columns' | 'rows'>): string {
  return '\ufeff' + [table.columns, ...table.rows].map((row) => row.map(field).join(',') + '\r\n').join('')
}

/** Has the browser save the file. */
export function save(table: Table): void {
  const address = URL.createObjectURL(new Blob([csv(table)], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = table.name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 120) + '.csv'
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000) // the browser reads it meanwhile
}
