import { toMs, type Micros } from '../base/units.ts'
import type { ScenarioFile } from '../lab/scenario-schema.ts'
import { SETTLES } from './chase.ts'
import type { Quarry } from './plan.ts'
import type { Shrunk } from './shrink.ts'

/**
 * What a hunt found, as a scenario to keep. With a mistake on purpose it expects the violation, so that it passes as long as
 * the mistake is there to be seen; without one it expects none, so that it fails until the fault is mended.
 */
export function scenarioOf({ mistake, hints }: Quarry, found: Shrunk, healAt: Micros): ScenarioFile {
  const { file, broken, commands, servers } = found
  const settles = broken.monitor === SETTLES ? hints.settles : undefined
  return {
    ...file,
    title: settles === undefined ? `${broken.monitor} is broken` : `Never again: ${settles.condition}`,
    about: `${broken.text}${broken.text.endsWith('.') ? '' : '.'} Found by a hunt with seed ${file.seed}, and shrunk from ${count(commands.before, 'command')} to ${commands.after}, from ${count(servers.before, 'server')} to ${servers.after}.`,
    expect:
      settles === undefined
        ? [mistake === null ? 'always no violation' : `violation of "${broken.monitor}"`]
        : [{ expect: settles.condition, after: `${toMs(healAt)}ms` }],
  }
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

/** `raft-leader-completeness-seed-12`, for the name of its file. */
export function nameOf({ lab, mistake }: Quarry, { file, broken }: Shrunk): string {
  const words = `${lab.id} ${mistake ?? ''} ${broken.monitor} seed ${file.seed}`
  return words
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .join('-')
}
