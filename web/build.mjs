// Builds the scripts that visitors' browsers load, and the report's page. What it
// writes is committed, so that Go alone can build the programs; a test builds again
// and compares.
//
//	node build.mjs [folder]
import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'
import { basename, join } from 'node:path'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'

const here = fileURLToPath(new URL('.', import.meta.url))
const given = process.argv[2]
const folder = given ?? join(here, '..', 'internal', 'web', 'assets')
const pageFolder = given ? join(given, 'report') : join(here, '..', 'internal', 'report', 'assets')

await build({
  absWorkingDir: here,
  entryPoints: { ds: 'src/beacon.ts', read: 'src/read.ts', share: 'src/share.ts' },
  outdir: folder,
  bundle: true,
  format: 'iife', // no name of ours gets into the page but window.ds
  target: 'es2017', // every browser of the last eight years; older ones leave it unread
  minify: true,
  tsconfigRaw: { compilerOptions: { alwaysStrict: false, useDefineForClassFields: false } }, // TypeScript has checked it: no browser need be told
  charset: 'ascii', // whatever charset the page says the script has
  legalComments: 'none',
  sourcemap: false,
  logLevel: 'warning',
})

// The report's page. Its files have names made of their content, and are kept by
// browsers for ever; index.html names them.
const { outputFiles } = await build({
  absWorkingDir: join(here, 'page'),
  entryPoints: { page: 'main.ts', style: 'styles/page.css' },
  outdir: 'static',
  entryNames: '[name].[hash]',
  bundle: true,
  format: 'iife',
  target: 'es2022', // browsers that have dialogs and color-mix()
  minify: true,
  charset: 'utf8',
  legalComments: 'none', // the libraries' licences stand in the file beside
  sourcemap: false,
  write: false,
  logLevel: 'warning',
})
const source = (name) => readFile(join(here, 'page', name))
const icon = await source('icon.svg')
const named = new Map([[`icon.${createHash('sha256').update(icon).digest('hex').slice(0, 8)}.svg`, icon]])
for (const { path, contents } of outputFiles) named.set(basename(path), contents)
const nameOf = (start, end) => [...named.keys()].find((name) => name.startsWith(start) && name.endsWith(end))
const index = (await source('index.html'))
  .toString()
  .replace('/static/icon.svg', `/static/${nameOf('icon.', '.svg')}`)
  .replace('/static/page.css', `/static/${nameOf('style.', '.css')}`)
  .replace('/static/page.js', `/static/${nameOf('page.', '.js')}`)

await rm(join(pageFolder, 'static'), { recursive: true, force: true })
await mkdir(join(pageFolder, 'static'), { recursive: true })
for (const [name, contents] of named) await writeFile(join(pageFolder, 'static', name), contents)
await writeFile(join(pageFolder, 'index.html'), index)

// The licences of what is bundled ask to be kept with it.
const bundled = ['d3-array', 'd3-color', 'd3-format', 'd3-interpolate', 'd3-path', 'd3-scale', 'd3-shape', 'd3-time', 'd3-time-format', 'internmap']
const licences = await Promise.all(
  bundled.map(async (name) => {
    const of = (file) => readFile(join(here, 'node_modules', name, file), 'utf8')
    const { version, license } = JSON.parse(await of('package.json'))
    return `${name} ${version} (${license})\n\n${(await of('LICENSE')).trim()}\n`
  }),
)
await writeFile(join(pageFolder, 'licences.txt'), licences.join('\n'))
