import { parseArgs } from 'node:util'
import { BadInput } from './bad-input.ts'
import { benchCommand } from './bench.ts'
import { checkCommand } from './check/command.ts'
import { figuresCommand } from './figures/command.ts'
import { historyCommand } from './history.ts'
import { huntCommand } from './hunt/command.ts'
import { labsCommand } from './labs.ts'
import { runCommand } from './run.ts'
import { serveCommand } from './serve.ts'

const HELP = `usage: netsplit COMMAND

  run FILE [--json] [--seed S]            run a scenario and tell its story; with --json one object
  check FOLDER [--json] [--seeds A..B] [--junit FILE] [--github]
                                          run every scenario below a folder, with each seed from A to B, and print a
                                          table; for each failure the seed, what failed, the story up to it, and how to
                                          open that moment. --junit writes the outcome for build servers, --github prints
                                          annotations (always in GitHub Actions)
  figures [--lab LAB] [--only ID] [--short] [--json] [--seed S] [--jobs N]
                                          measure what was published of the protocols, on all cores, and print both
  history FILE [--model NAME] [--max-steps N] [--json]
                                          judge a history from elsewhere (Jepsen's log or EDN) by a register, cas-register,
                                          key-value or mutex
  hunt LAB [--seeds A..B] [--faults PROFILE] [--mistake NAME] [--jobs N] [--shard I/N] [--out FOLDER] [--json]
                                          run a lab under random faults, seed by seed, while everything is watched;
                                          shrink what breaks and write it as a scenario; docs/HUNT.md
  bench [--json] [--only PARTS]           measure how fast the engines are on this machine
  serve [--port N]                        the page on this machine, at port 4173 unless told otherwise
  labs                                    the labs, with their settings, mistakes and sentences

Scenarios are .json, .yaml or .yml files (docs/SCENARIO.md), histories as in docs/HISTORY.md.

Exit codes: 0 passed, 1 failed, 2 bad input, 130 a hunt that was interrupted. Messages go to standard error.`

/** Carries out a command line; the number is the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = read(args)
  const [command, ...rest] = positionals
  if (values.help === true || command === undefined) {
    console.log(HELP)
    return command === undefined && values.help !== true ? 2 : 0
  }
  switch (command) {
    case 'run':
      return await runCommand(rest, values)
    case 'check':
      return await checkCommand(rest, values)
    case 'figures':
      return await figuresCommand(rest, values)
    case 'history':
      return await historyCommand(rest, values)
    case 'hunt':
      return await huntCommand(rest, values)
    case 'bench':
      return benchCommand(values)
    case 'serve':
      return await serveCommand(rest, values)
    case 'labs':
      return await labsCommand()
    default:
      throw new BadInput(`unknown command “${command}”\n\n${HELP}`)
  }
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
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
      },
    })
  } catch (error) {
    throw new BadInput((error as Error).message)
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof BadInput)) throw error
  console.error(error.message)
  process.exitCode = 2
}
