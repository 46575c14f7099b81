import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Home } from './home.ts'

/** All files of the package's Node half lie in one folder, beside the built page. */
const here = import.meta.dirname
const program = (name: string): URL => pathToFileURL(join(here, name))

export const home: Home = {
  call: 'npx netsplit',
  openPage: 'npx netsplit serve',
  labs: join(here, 'labs'),
  manifest: join(here, '../package.json'),
  page: join(here, '../dist'),
  programs: {
    hunt: program('hunt-worker.js'),
    figures: program('figures-worker.js'),
    bench: program('bench.js'),
  },
}
