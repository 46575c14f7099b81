// Bundles the measurements as the page's own code is bundled, and runs them: through a loader's wrappers an engine is
// measurably slower than anybody will ever run it.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
await build({ root, logLevel: 'warn' })
const outDir = `${root}node_modules/.cache/bench`
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  build: { ssr: 'bench/main.ts', outDir, emptyOutDir: true, minify: false, target: 'es2022' },
})
const { status } = spawnSync(process.execPath, ['--expose-gc', `${outDir}/main.js`, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
