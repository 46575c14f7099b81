// Puts the examples together with what they show: `npm run examples` writes dist-examples, to be opened from disk or served.
// It takes dist and dist-single as they are (`npm run build && npm run build:single`).
import { cpSync, existsSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}dist-examples`

for (const built of ['dist', 'dist-single'])
  if (!existsSync(root + built)) throw new Error(`${built} is missing: npm run build && npm run build:single`)

rmSync(folder, { recursive: true, force: true })
for (const name of ['reveal', 'plain']) cpSync(`${root}examples/${name}`, `${folder}/${name}`, { recursive: true })
cpSync(`${root}node_modules/reveal.js/dist`, `${folder}/reveal.js`, { recursive: true })
// Maps of the source are for whoever debugs the page.
cpSync(`${root}dist`, `${folder}/netsplit`, { recursive: true, filter: (file) => !file.endsWith('.map') })
cpSync(`${root}dist-single`, `${folder}/netsplit`, { recursive: true })
