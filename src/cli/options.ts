import { type ParseArgsConfig, parseArgs } from 'node:util'
import { BadInput } from './bad-input.ts'

const OPTIONS = {
  json: { type: 'boolean' },
  seed: { type: 'string' },
  seeds: { type: 'string' },
  lab: { type: 'string' },
  only: { type: 'string' },
  short: { type: 'boolean' },
  jobs: { type: 'string' },
  model: { type: 'string' },
  'max-steps': { type: 'string' },
  faults: { type: 'string' },
  mistake: { type: 'string' },
  shard: { type: 'string' },
  out: { type: 'string' },
  port: { type: 'string' },
  junit: { type: 'string' },
  github: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options']

type Option = keyof typeof OPTIONS

/** Which of them each command takes. */
const TAKEN: Readonly<Record<string, readonly Option[]>> = {
  run: ['json', 'seed'],
  check: ['json', 'seeds', 'junit', 'github'],
  figures: ['lab', 'only', 'short', 'json', 'seed', 'jobs'],
  history: ['model', 'max-steps', 'json'],
  hunt: ['seeds', 'faults', 'mistake', 'jobs', 'shard', 'out', 'json'],
  bench: ['json', 'only'],
  serve: ['port'],
  labs: [],
}

/** What a command line says; `BadInput` names an option that nobody or that not this command takes. */
export function readArgs(args: readonly string[]) {
  const { values, positionals } = parsed(args)
  const [command, ...rest] = positionals
  const taken = TAKEN[command ?? '']
  for (const name of Object.keys(values) as Option[]) {
    if (taken === undefined || name === 'help' || name === 'version' || taken.includes(name)) continue
    const expected = taken.length === 0 ? 'no option' : taken.map((one) => `--${one}`).join(', ')
    throw new BadInput(`--${name}: ${command} takes ${expected}`)
  }
  return { values, command, rest }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS })
  } catch (error) {
    // What follows is advice, such as how to name a file that begins with a dash.
    const [sentence] = (error as Error).message.split(/\.(?=\s)/)
    throw new BadInput(`${sentence?.replace(/\.$/, '')}; netsplit --help lists all`)
  }
}
