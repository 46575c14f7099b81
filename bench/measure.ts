import { mix } from '../src/base/hash.ts'
import { cpuSeconds, type Figure, median } from './figures.ts'

/** A part of the measurements; it is run when it is asked for. */
export type Part = () => readonly Figure[] | Promise<readonly Figure[]>

/**
 * Measures what the command line asks for (`--json`, `--only=a,b`) and prints it, a line for each figure. The machine's own
 * speed stands before them as `reference.mix`.
 */
export async function measure(parts: Readonly<Record<string, Part>>, args: readonly string[]): Promise<void> {
  const json = args.includes('--json')
  const only = args
    .find((word) => word.startsWith('--only='))
    ?.slice('--only='.length)
    .split(',')
  const unknown = only?.find((name) => !Object.hasOwn(parts, name))
  if (unknown !== undefined) {
    console.error(`--only: expected some of ${Object.keys(parts).join(', ')}, found “${unknown}”`)
    process.exit(2)
  }
  const print = (figure: Figure): void => console.log(json ? JSON.stringify(figure) : lineOf(figure))
  for (const figure of reference()) print(figure)
  for (const [name, part] of Object.entries(parts)) {
    if (only !== undefined && !only.includes(name)) continue
    for (const figure of await part()) print(figure)
  }
}

/** Ten million rounds of the hash: a stick that does not change when the engine does. */
function reference(): Figure[] {
  let h = 1
  const go = (): void => {
    for (let i = 0; i < 10_000_000; i++) h = mix(h, i)
  }
  go()
  const times = [0, 1, 2, 3, 4].map(() => cpuSeconds(go))
  return [{ name: 'reference.mix', value: Math.round(10 / median(times)), unit: `million/cpu-s${h === 0 ? ' ' : ''}` }]
}

const lineOf = ({ name, value, unit }: Figure): string => `${name.padEnd(22)} ${String(value).padStart(12)} ${unit}`
