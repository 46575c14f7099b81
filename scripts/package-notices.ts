import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The licences of all packages whose code is inside of ours, one after the other. `modules` are the paths of what was
 * bundled; the page's are read from its source maps. Throws if a package has no licence that could be named.
 */
export function notices(root: string, modules: readonly string[]): string {
  const packages = new Set([...modules, ...pageSources(root)].flatMap(packageIn))
  return [...packages]
    .toSorted()
    .map((name) => `${name} ${versionOf(root, name)}\n\n${licenceOf(root, name)}\n`)
    .join(`\n${'-'.repeat(78)}\n\n`)
}

function pageSources(root: string): string[] {
  const assets = join(root, 'dist/assets')
  const maps = readdirSync(assets).filter((file) => file.endsWith('.map'))
  const sources = maps.flatMap((file) => (JSON.parse(readFileSync(join(assets, file), 'utf8')) as Sources).sources)
  // Fonts have no map; their files say whose they are.
  const fonts = readdirSync(assets).some((file) => file.startsWith('inter-')) ? FONTS : []
  return [...sources, ...fonts]
}

interface Sources {
  sources: string[]
}

const FONTS = ['node_modules/@fontsource-variable/inter/', 'node_modules/@fontsource/ibm-plex-mono/']

const packageIn = (path: string): string[] => {
  const found = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]
  return found === undefined ? [] : [found]
}

const versionOf = (root: string, name: string): string =>
  (JSON.parse(readFileSync(join(folderOf(root, name), 'package.json'), 'utf8')) as { version: string }).version

/** As Node looks for it: here, or in a folder above. */
function folderOf(root: string, name: string): string {
  const folder = join(root, 'node_modules', name)
  if (existsSync(folder)) return folder
  if (dirname(root) === root) throw new Error(`${name}: expected the package, found none`)
  return folderOf(dirname(root), name)
}

function licenceOf(root: string, name: string): string {
  const folder = folderOf(root, name)
  const file = readdirSync(folder).find((each) => /^licen[cs]e(\.\w+)?$/i.test(each))
  if (file === undefined) throw new Error(`${name}: expected a licence, found none`)
  return readFileSync(join(folder, file), 'utf8').trim()
}
