import { readFileSync } from 'node:fs'
import { BadInput } from './bad-input.ts'
import { benchCommand } from './bench.ts'
import { checkCommand } from './check/command.ts'
import { figuresCommand } from './figures/command.ts'
import { historyCommand } from './history.ts'
import { home } from './home.ts'
import { huntCommand } from './hunt/command.ts'
import { labsCommand } from './labs.ts'
import { readArgs } from './options.ts'
import { runCommand } from './run.ts'
import { serveCommand } from './serve.ts'

const HELP = `usage: netsplit COMMAND

  run FILE [--json] [--seed S]            run a scenario and tell its story; with --json one object
  check FOLDER [--json] [--seeds A..B] [--junit FILE] [--github]
                                          run every scenario below a folder, or one file, with each seed from A to B, and
                                          print a table; for each failure the seed, what failed, the story up to it, and
                                          how to open that moment. --junit writes the outcome for build servers, --github prints
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
  labs [LAB]                              the labs, or this one, with their settings, mistakes, verbs and sentences

Scenarios are .json, .yaml or .yml files (docs/SCENARIO.md), histories as in docs/HISTORY.md. In the place of a FILE the
name of a ready-made scenario will do, such as raft/leader-crash; in the place of a FOLDER a lab's name: its own.
--version tells which this is.

Exit codes: 0 passed, 1 failed, 2 bad input, 130 a hunt that was interrupted. Messages go to standard error.`

/** Carries out a command line; the number is the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { values, command, rest } = readArgs(args)
  if (values.version === true) {
    console.log((JSON.parse(readFileSync(home.manifest, 'utf8')) as { version: string }).version)
    return 0
  }
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
      return benchCommand(rest, values)
    case 'serve':
      return await serveCommand(rest, values)
    case 'labs':
      return await labsCommand(rest)
    default:
      throw new BadInput(`unknown command “${command}”\n\n${HELP}`)
  }
}

// Whoever reads only the first lines (`| head`) closes the pipe; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof BadInput)) throw error
  console.error(error.message)
  process.exitCode = 2
}
