// The whole page as one HTML file, which opens from disk: `npm run build:single` writes dist-single/netsplit.html,
// and beside it the script for pages that hold labs.
import react from '@vitejs/plugin-react'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'
import { embedScripts } from './embed-scripts.ts'
import { inlineWorkers } from './inline-workers.ts'
import { SINGLE, withPolicy } from './page-policy.ts'
import { started } from './page-start.ts'
import { scenarioIndex } from './scenario-index.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const FOLDER = `${root}dist-single`

const { output } = (await build({
  root,
  configFile: false,
  mode: 'single',
  logLevel: 'warn',
  plugins: [react(), scenarioIndex(), inlineWorkers()],
  build: {
    write: false,
    target: 'es2022',
    cssCodeSplit: false,
    // Every font and picture, however large.
    assetsInlineLimit: Number.POSITIVE_INFINITY,
    modulePreload: false,
    rolldownOptions: { output: { codeSplitting: false } },
  },
})) as Rolldown.RolldownOutput

mkdirSync(FOLDER, { recursive: true })
writeFileSync(`${FOLDER}/netsplit.html`, await onePage())
for (const [name, code] of Object.entries(await embedScripts())) writeFileSync(`${FOLDER}/${name}`, code)

async function onePage(): Promise<string> {
  const script = `<script type="module">${inScript(codeOf(output))}</script>\n`
  const styles = `<style>${textOf(output, '.css')}</style>`
  const icon = `data:image/svg+xml;base64,${readFileSync(`${root}public/favicon.svg`).toString('base64')}`
  const html = textOf(output, 'index.html')
    .replace(/<link rel="stylesheet"[^>]*>/, () => styles)
    .replace('./favicon.svg', icon)
  return withPolicy(await started(html, script, root), SINGLE)
}

/** What would end the script early, or begin a comment, only ever stands in its strings. */
function inScript(code: string): string {
  return code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')
}

function codeOf(parts: Rolldown.RolldownOutput['output']): string {
  const chunks = parts.filter((part) => part.type === 'chunk')
  if (chunks.length !== 1)
    throw new Error(`expected one script, found ${chunks.map(({ fileName }) => fileName).join(', ')}`)
  return chunks[0]?.code ?? ''
}

function textOf(parts: Rolldown.RolldownOutput['output'], end: string): string {
  const found = parts.filter((part) => part.type === 'asset' && part.fileName.endsWith(end))
  if (found.length !== 1) throw new Error(`expected one file *${end}, found ${found.length}`)
  return String((found[0] as Rolldown.OutputAsset).source)
}
