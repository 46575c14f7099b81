import { join } from 'node:path'
import type { Plugin } from 'vite'

const NAME = 'virtual:engine-worker'
const FILE = 'src/engine/worker.ts'

/**
 * `import address from 'virtual:engine-worker'`: where the engine's worker starts. It is an entry of the page's own build,
 * and not, as with Vite's `?worker`, a build of its own: what page and worker both need is one file, fetched once.
 */
export function engineWorker(): Plugin {
  let file = ''
  let serving = false
  return {
    name: 'netsplit:engine-worker',
    configResolved({ root, command }) {
      file = join(root, FILE)
      serving = command === 'serve'
    },
    resolveId: (source) => (source === NAME ? `\0${NAME}` : null),
    load(id) {
      if (id !== `\0${NAME}`) return null
      if (serving) return `export default '/${FILE}?worker_file&type=module'`
      return `export default import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: 'chunk', id: file, name: 'worker' })}`
    },
  }
}
