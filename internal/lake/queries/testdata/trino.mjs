// Reads a JSON array of SQL texts on stdin, and prints one of what is wrong with each, by the grammar of Trino.
import { readFileSync } from 'node:fs'
import { TrinoSQL } from 'dt-sql-parser/dist/parser/trino'

const trino = new TrinoSQL()
const texts = JSON.parse(readFileSync(0, 'utf8'))
console.log(JSON.stringify(texts.map((text) => trino.validate(text).map((e) => `line ${e.startLine}: ${e.message}`).join('; '))))
