import { readFileSync } from 'node:fs'
import { minify, transformWithOxc } from 'vite'

/** A TypeScript file that imports nothing, as a script that a browser runs. */
export async function plainScript(file: string): Promise<string> {
  const { code } = await transformWithOxc(readFileSync(file, 'utf8'), file, { sourcemap: false })
  return (await minify(file, code, { module: false })).code.trim()
}
