import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Where the parts of the product lie that are no modules, and how its command is called. */
export interface Home {
  /** What stands before a command's name, in advice on what to call. */
  call: string
  /** What opens the page. */
  openPage: string
  /** The folder of the labs' folders with their scenarios: `raft/scenarios/leader-crash.json`. */
  labs: string
  /** The package's description of itself. */
  manifest: string
  /** The built page. */
  page: string
  /** Programs of their own: a process of a hunt, one that measures figures, and the measurements. */
  programs: { hunt: URL; figures: URL; bench: URL }
}

const root = join(import.meta.dirname, '../..')
const program = (path: string): URL => pathToFileURL(join(root, path))

/** In this repository. In the package `home.packed.ts` stands in its place. */
export const home: Home = {
  call: 'npm run -s netsplit --',
  openPage: 'npm start',
  labs: join(root, 'src/labs'),
  manifest: join(root, 'package.json'),
  page: join(root, 'dist'),
  programs: {
    hunt: program('src/cli/hunt/worker.ts'),
    figures: program('src/cli/figures/worker.ts'),
    bench: program('bench/run.mjs'),
  },
}
