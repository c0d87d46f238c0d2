// Runs the SQL on stdin and prints the rows of its last statement as JSON lines.
import { readFileSync } from 'node:fs'
import { DuckDBInstance, DuckDBDecimalValue, JsonDuckDBValueConverter } from '@duckdb/node-api'

// write is JSON.stringify with integers of any size as numbers, digit for digit.
function write(value) {
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof DuckDBDecimalValue) return value.toString()
  if (Array.isArray(value)) return '[' + value.map(write).join(',') + ']'
  if (value !== null && typeof value === 'object') {
    return '{' + Object.entries(value).map(([k, v]) => JSON.stringify(k) + ':' + write(v)).join(',') + '}'
  }
  return JSON.stringify(value)
}

// convert leaves numbers that JSON can hold but JavaScript cannot as they are, for write.
function convert(value, type, self) {
  if (typeof value === 'bigint' || value instanceof DuckDBDecimalValue) return value
  return JsonDuckDBValueConverter(value, type, self)
}

const instance = await DuckDBInstance.create(':memory:', {
  autoinstall_known_extensions: 'false', // nothing comes from the network
})
try {
  const connection = await instance.connect()
  await connection.run("SET TimeZone = 'UTC'")
  const statements = await connection.extractStatements(readFileSync(0, 'utf8'))
  let last
  for (let i = 0; i < statements.count; i++) {
    last = await (await statements.prepare(i)).runAndReadAll()
  }
  const names = last?.columnNames() ?? []
  for (const row of last?.convertRows(convert) ?? []) {
    console.log('{' + row.map((v, i) => JSON.stringify(names[i]) + ':' + write(v)).join(',') + '}')
  }
} catch (err) {
  console.error(err.message)
  process.exitCode = 1
}
