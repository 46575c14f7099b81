import type { Random } from '../base/random.ts'
import type { Command } from '../kernel/command.ts'
import type { LabTypes } from '../kernel/types.ts'
import type { AnyLab } from './definition.ts'

interface Shown {
  processes: readonly { id: string }[]
  flights(): readonly { id: string }[]
}

/** Something that a user might do at the moment on show: faults, cuts, settings, messages in hand, clients. */
export function anyCommand(lab: AnyLab, world: Shown, random: Random): Command<LabTypes> {
  const ids = world.processes.map(({ id }) => id)
  const process = random.pick(ids)
  const [from, to] = [random.pick(ids), random.pick(ids)]
  const flight = world.flights()[0]
  const all: readonly Command<LabTypes>[] = [
    { type: 'crash', process },
    { type: 'restart', process },
    { type: 'cut', links: [{ from, to }] },
    { type: 'clock', process, driftPpm: -250_000 },
    { type: 'network', settings: { latency: { type: 'logNormal', median: 20_000, sigma: 0.25 }, loss: 0.1 } },
    { type: 'link', link: { from, to }, settings: { hold: true } },
    { type: 'workload', workload: { ...lab.defaults.workload, rate: 3.5 } },
    { type: 'invoke', client: process, operation: lab.workload(random, 1, lab.defaults.workload) },
    { type: 'message', id: flight?.id ?? 'n1>n2#1', do: { delay: 1_000 } },
    { type: 'configure', config: { ...lab.mistakes[0]?.config } },
  ]
  return random.pick(all)
}
