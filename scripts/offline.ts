import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { plainScript } from './plain-script.ts'

const SOURCE = 'src/app/offline/service-worker.ts'
/** What a page never asks for by itself: maps of the source, the published schema, licences. */
const FOR_THE_PAGE = /\.(js|css|woff2|svg)$/

/** Writes `sw.js` beside the built page: the service worker with the list of all that it keeps. */
export function offline(): Plugin {
  let root = ''
  return {
    name: 'netsplit:offline',
    apply: 'build',
    configResolved: (config) => {
      root = config.root
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const page = bundle['index.html']
        if (page?.type !== 'asset') return
        const built = Object.keys(bundle).filter((name) => FOR_THE_PAGE.test(name))
        // The empty name is the page itself; public files are not in the bundle.
        const files = ['', 'favicon.svg', ...built.toSorted()]
        const version = createHash('sha256').update(String(page.source)).update(files.join()).digest('hex').slice(0, 16)
        const code = await plainScript(join(root, SOURCE))
        const source = `const FILES=${JSON.stringify(files)},VERSION=${JSON.stringify(version)};${code}\n`
        this.emitFile({ type: 'asset', fileName: 'sw.js', source })
      },
    },
  }
}
