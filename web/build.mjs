// Builds the scripts that visitors' browsers load. What it writes is committed, so
// that Go alone can build the programs; a test builds again and compares.
//
//	node build.mjs [folder]
import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

const here = fileURLToPath(new URL('.', import.meta.url))
const folder = process.argv[2] ?? join(here, '..', 'internal', 'web', 'assets')

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
