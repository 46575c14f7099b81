// Builds what the package holds beside the page: the library, the command line and the fixtures for Playwright as plain
// JavaScript for Node in `dist-node`, with their types and the labs' scenarios. `npm pack` calls it after `npm run build`.
// `--out FOLDER` takes another folder, `--no-types` leaves the types out: a test wants only what runs.
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build, type Plugin } from 'vite'
import { notices } from './package-notices.ts'
import { packTypes } from './package-types.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'dist-node') },
    'no-types': { type: 'boolean', default: false },
  },
})
const outDir = options.out

/** What Node starts or a user imports, by the name of its file. */
const ENTRIES = {
  index: 'src/index.ts',
  playwright: 'src/playwright/index.ts',
  netsplit: 'src/cli/main.ts',
  'hunt-worker': 'src/cli/hunt/worker.ts',
  'figures-worker': 'src/cli/figures/worker.ts',
  bench: 'bench/packed.ts',
}
const TYPES = ['src/index.ts', 'src/playwright/index.ts', 'src/embed/module.ts']

/** Where a module reads this repository's folders, its twin `*.packed.ts` knows the package. */
const packed: Plugin = {
  name: 'netsplit:packed',
  enforce: 'pre',
  resolveId(source, importer) {
    const found = /^(\.{1,2}\/(?:.*\/)?(?:home|loaders))\.ts$/.exec(source)
    if (found === null || importer === undefined) return null
    return join(dirname(importer), `${found[1]}.packed.ts`)
  },
}

const built = await build({
  root,
  configFile: false,
  logLevel: 'warn',
  plugins: [packed],
  publicDir: false,
  ssr: { noExternal: true, external: ['@playwright/test'] },
  build: {
    ssr: true,
    outDir,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, join(root, file)])),
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        banner: ({ name }) => (name === 'netsplit' ? '#!/usr/bin/env node' : ''),
      },
    },
  },
})
if (!options['no-types']) {
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []))
  const modules = outputs.flatMap((each) => (each.type === 'chunk' ? each.moduleIds : []))
  writeFileSync(join(outDir, 'THIRD-PARTY.txt'), notices(root, modules))
  packTypes(root, TYPES, join(outDir, 'types'))
}
for (const file of readdirSync(join(root, 'src/labs'), { recursive: true, encoding: 'utf8' })) {
  if (!/^[^\\/]+[\\/](scenarios|lessons|challenges)[\\/][^\\/]+\.(json|ya?ml)$/.test(file)) continue
  const to = join(outDir, 'labs', file)
  mkdirSync(dirname(to), { recursive: true })
  cpSync(join(root, 'src/labs', file), to)
}
