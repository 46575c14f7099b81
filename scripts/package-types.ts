import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** Modules that the types of a package may name: it has them as peers. */
const PEERS = ['@playwright/test']
/** Those that they name for whoever has them, where the compiler is told not to ask for them. */
const PERHAPS = ['react']
/** Those whose declarations come along, since the code of them is inside. */
const INSIDE: Readonly<Record<string, string>> = { valibot: 'node_modules/valibot/dist/index.d.mts' }
const EMITTED = ['core', 'worker', 'app', 'node/src']
/** An import as the compiler writes it: a line of its own, or inside a type. What a comment quotes is none. */
const IMPORT = /(^(?:import|export) (?:.* from )?|\bimport\()(['"])([^'"]+)\2/gm

/**
 * Copies the declarations that the compiler has made of these files, and all that they name, to a folder. Throws if one
 * names a module that whoever installs the package would not have.
 */
export function packTypes(root: string, entries: readonly string[], to: string): void {
  const cache = join(root, 'node_modules/.cache/tsc')
  const seen = new Set<string>()
  const copy = (path: string, from: readonly string[]): void => {
    if (seen.has(path)) return
    seen.add(path)
    const found = EMITTED.map((folder) => join(cache, folder, `${path}.d.ts`)).find((file) => existsSync(file))
    if (found === undefined) throw new Error(`${path}.d.ts: expected it from tsc -b, found none`)
    const text = readFileSync(found, 'utf8').replaceAll(IMPORT, (all, before: string, quote: string, name: string) => {
      const inside = INSIDE[name]
      if (inside !== undefined) {
        mkdirSync(join(to, 'inside'), { recursive: true })
        copyFileSync(join(root, inside), join(to, `inside/${name}.d.ts`))
        return `${before}${quote}${'../'.repeat(path.split('/').length - 1) || './'}inside/${name}.js${quote}`
      }
      if (!name.startsWith('.')) {
        if (!PEERS.includes(name) && !PERHAPS.includes(name))
          throw new Error(`${[...from, path].join(' → ')} names the module ${name}, which the package has not`)
        return all
      }
      copy(join(dirname(path), name).replace(/\.tsx?$/, ''), [...from, path])
      return `${before}${quote}${name.replace(/\.tsx?$/, '.js')}${quote}`
    })
    const target = join(to, `${path}.d.ts`)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
  for (const entry of entries) copy(relative('src', entry).replace(/\.tsx?$/, ''), [])
}
