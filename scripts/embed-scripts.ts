import { fileURLToPath } from 'node:url'
import { build, type Plugin, type Rolldown } from 'vite'

const SOURCE = fileURLToPath(new URL('../src/embed/', import.meta.url))

/** The script for pages that hold a lab, by file name: as a module, and as a classic script. */
export async function embedScripts(): Promise<Record<string, string>> {
  const [module, classic] = await Promise.all([bundle('module.ts', 'es'), bundle('classic.ts', 'iife')])
  return { 'netsplit-embed.js': module, 'netsplit-embed.classic.js': classic }
}

/** Puts it beside the built page. */
export function embedBeside(): Plugin {
  return {
    name: 'netsplit:embed-beside',
    apply: 'build',
    async generateBundle() {
      for (const [fileName, source] of Object.entries(await embedScripts()))
        this.emitFile({ type: 'asset', fileName, source })
    },
  }
}

async function bundle(entry: string, format: 'es' | 'iife'): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2022', lib: { entry: SOURCE + entry, formats: [format], name: 'Netsplit' } },
  })) as Rolldown.RolldownOutput[]
  return built[0]?.output[0].code ?? ''
}
