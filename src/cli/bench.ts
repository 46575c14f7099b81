import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { BadInput } from './bad-input.ts'
import { home } from './home.ts'

/** `bench [--json] [--only A,B]`: the measurements, in a process of their own that may collect garbage when it wants. */
export function benchCommand(
  rest: readonly string[],
  options: { json?: boolean | undefined; only?: string | undefined },
): number {
  if (rest.length > 0) throw new BadInput(`bench: expected options alone, found “${rest[0]}”`)
  const args = [
    ...(options.json === true ? ['--json'] : []),
    ...(options.only === undefined ? [] : [`--only=${options.only}`]),
  ]
  const program = fileURLToPath(home.programs.bench)
  return spawnSync(process.execPath, ['--expose-gc', program, ...args], { stdio: 'inherit' }).status ?? 1
}
