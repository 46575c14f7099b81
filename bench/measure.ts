import { type Figure } from './figures.ts'
import { referenceFigures } from './reference.ts'

/** A part of the measurements; it is run when it is asked for. */
export type Part = () => readonly Figure[] | Promise<readonly Figure[]>

/**
 * Measures what the command line asks for (`--json`, `--only=a,b`) and prints it, a line for each figure. The machine's own
 * speed stands before them (`reference.ts`).
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
  for (const figure of referenceFigures()) print(figure)
  for (const [name, part] of Object.entries(parts)) {
    if (only !== undefined && !only.includes(name)) continue
    for (const figure of await part()) print(figure)
  }
}

const lineOf = ({ name, value, unit }: Figure): string => `${name.padEnd(22)} ${String(value).padStart(12)} ${unit}`
