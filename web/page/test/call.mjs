// Calls functions of the page that need no browser, for Go tests: reads from stdin a
// list of [name, ...arguments] in JSON, and writes the list of what they return.
import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'

const { outputFiles } = await build({
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  stdin: {
    contents: ['days', 'state', 'csv', 'sentences', 'words'].map((name) => `export * from './${name}'`).join('\n') + `\nexport { pageAddress, citedAddress } from './dom'`,
    resolveDir: fileURLToPath(new URL('..', import.meta.url)),
    loader: 'ts',
  },
  bundle: true,
  format: 'esm',
  write: false,
})
const page = await import('data:text/javascript;base64,' + Buffer.from(outputFiles[0].contents).toString('base64'))

let text = ''
for await (const chunk of process.stdin) text += chunk
const results = JSON.parse(text).map(([name, ...given]) => (typeof page[name] === 'function' ? page[name](...given) : page[name]))
process.stdout.write(JSON.stringify(results.map((result) => result ?? null)))
