import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { Plugin } from 'vite'
import { parse } from 'yaml'

const NAME = 'virtual:scenarios'
const KINDS = ['.json', '.yaml', '.yml']
/** Where they lie in a lab's folder, and what those there are. */
const FOLDERS = { scenarios: 'scenario', lessons: 'lesson', challenges: 'challenge' }
const IS_YAML = /\/(scenarios|lessons|challenges)\/[^/]+\.ya?ml$/

/**
 * `import scenarios from 'virtual:scenarios'`: the ready-made scenarios, lessons and challenges of every lab, each with its
 * title and its line at hand and its content behind a `load`. A page has the list at once, and a scenario when it is opened.
 */
export function scenarioIndex(): Plugin {
  let labs = ''
  return {
    name: 'netsplit:scenario-index',
    configResolved({ root }) {
      labs = join(root, 'src/labs')
    },
    resolveId: (source) => (source === NAME ? `\0${NAME}` : null),
    load(id) {
      if (id !== `\0${NAME}`) return null
      const files = filesIn(labs)
      for (const { path } of files) this.addWatchFile(path)
      return `export default [${files.map(entry).join(',\n')}]`
    },
    /** A file in YAML comes to the page as what it says: the reader of YAML is no part of opening it. */
    transform: (code, id) =>
      IS_YAML.test(id) ? { code: `export default ${JSON.stringify(parse(code))}`, map: null } : null,
  }
}

interface Found {
  id: string
  kind: string
  path: string
  /** What the file says of itself. */
  said: Record<string, string>
}

function filesIn(labs: string): Found[] {
  return readdirSync(labs).flatMap((lab) =>
    Object.entries(FOLDERS).flatMap(([place, kind]) => {
      const folder = join(labs, lab, place)
      if (!existsSync(folder)) return []
      const names = readdirSync(folder).filter((name) => KINDS.includes(extname(name)))
      const found = names
        .toSorted()
        .map((name) => read(join(folder, name), `${lab}/${basename(name, extname(name))}`, kind))
      // Lessons are numbered in their titles.
      return kind === 'lesson'
        ? found.toSorted((x, y) => (String(x.said['title']) < String(y.said['title']) ? -1 : 1))
        : found
    }),
  )
}

/** JSON is YAML, too. */
const read = (path: string, id: string, kind: string): Found => ({
  id,
  kind,
  path,
  said: parse(readFileSync(path, 'utf8')) as Record<string, string>,
})

function entry({ id, kind, path, said }: Found): string {
  const { lab, title, about = '', topic = '' } = said
  const load = `async () => (await import(${JSON.stringify(path)})).default`
  return `{ ...${JSON.stringify({ id, kind, lab, title, about, topic })}, load: ${load} }`
}
