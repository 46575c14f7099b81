import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from './lab-page.ts'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const assets = `${dist}assets/`
/** The goal for `load.script`, which the bench counts where it is sent from (docs/PERFORMANCE.md). */
const MOST = 130_000

test('the script that the first picture waits for is at most 130 kB, compressed', () => {
  const page = [...readFileSync(`${dist}index.html`, 'utf8').matchAll(/assets\/([^"]+\.js)"/g)].map(
    ([, name]) => `${name}`,
  )
  const asked = ['src/engine/worker.ts', 'src/labs/raft/core.ts', 'src/labs/raft/view/index.tsx'].map(chunkOf)
  const sizes = [...withImports([...page, ...asked])].map((name) => [name, bytesOf(name)] as const)
  const sum = sizes.reduce((bytes, [, more]) => bytes + more, 0)
  expect(sum, sizes.map(([name, bytes]) => `${bytes} ${name}`).join('\n')).toBeLessThanOrEqual(MOST)
  // React alone is half of it: with less than that, what was counted is not what a page loads.
  expect(sum).toBeGreaterThan(MOST / 2)
})

/** The chunk that this source file went into. */
function chunkOf(source: string): string {
  const map = readdirSync(assets).find(
    (name) =>
      name.endsWith('.js.map') &&
      (JSON.parse(readFileSync(assets + name, 'utf8')) as { sources: string[] }).sources.some((one) =>
        one.endsWith(`/${source}`),
      ),
  )
  if (map === undefined) throw new Error(`no chunk holds ${source}`)
  return map.slice(0, -'.map'.length)
}

/** These chunks and all that they import at once. */
function withImports(names: readonly string[]): ReadonlySet<string> {
  const all = new Set(names)
  for (const name of all)
    for (const [, imported] of readFileSync(assets + name, 'utf8').matchAll(
      /\b(?:from|import)\s*["']\.\/([^"']+)["']/g,
    ))
      all.add(`${imported}`)
  return all
}

const bytesOf = (name: string): number => gzipSync(readFileSync(assets + name)).length
