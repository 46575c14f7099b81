import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { home } from './home.ts'

/** `bench [--json] [--only A,B]`: the measurements, in a process of their own that may collect garbage when it wants. */
export function benchCommand(options: { json?: boolean | undefined; only?: string | undefined }): number {
  const args = [
    ...(options.json === true ? ['--json'] : []),
    ...(options.only === undefined ? [] : [`--only=${options.only}`]),
  ]
  const program = fileURLToPath(home.programs.bench)
  return spawnSync(process.execPath, ['--expose-gc', program, ...args], { stdio: 'inherit' }).status ?? 1
}
