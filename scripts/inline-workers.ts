import { dirname, join } from 'node:path'
import { build, type Plugin, type Rolldown } from 'vite'

const ENGINE = 'virtual:engine-worker'
const NAME = 'virtual:inline-worker:'
const FROM_FILE = /new URL\('(\.[^']+)', import\.meta\.url\)/g
/** How the page starts a worker: where, and what else it says of it. */
const STARTS = /new Worker\(([^{]+)\{ type: 'module'/g

/**
 * For the page as one file: wherever it starts a worker from a file, it starts one from text of its own. Each worker is a
 * build by itself, for it shares nothing with the page then.
 */
export function inlineWorkers(): Plugin {
  let root = ''
  return {
    name: 'netsplit:inline-workers',
    enforce: 'pre',
    configResolved: (config) => {
      root = config.root
    },
    resolveId(source) {
      if (source === ENGINE) return `\0${NAME}${join(root, 'src/engine/worker.ts')}`
      return source.startsWith(NAME) ? `\0${source}` : null
    },
    async load(id) {
      if (!id.startsWith(`\0${NAME}`)) return null
      const code = await bundle(id.slice(NAME.length + 1))
      return `export default URL.createObjectURL(new Blob([${JSON.stringify(code)}], { type: 'text/javascript' }))`
    },
    transform(code, id) {
      if (!code.includes('new Worker(')) return null
      const imports: string[] = []
      // A browser takes no module from a page on disk, not even from text of the page's own.
      const changed = code.replace(STARTS, (_found, where: string) => {
        const address = where.replace(FROM_FILE, (_url, file: string) => {
          imports.push(`import inlined${imports.length} from ${JSON.stringify(NAME + join(dirname(id), file))}`)
          return `inlined${imports.length - 1}`
        })
        return `new Worker(${address}{ type: 'classic'`
      })
      if (changed === code) throw new Error(`${id} starts a worker in a way that is not known here`)
      return { code: `${imports.join('\n')}\n${changed}`, map: null }
    },
  }
}

async function bundle(file: string): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: file, formats: ['iife'], name: 'worker' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput[]
  return built[0]?.output[0].code ?? ''
}
