import { describe, expect, it } from 'vitest'
import { Random, stream } from '../base/random.ts'
import { ms } from '../base/units.ts'
import type { AnyLab } from '../lab/definition.ts'
import { defaultSetup } from '../lab/setup.ts'
import { lab as gossip } from '../labs/gossip/lab.ts'
import { lab as ping } from '../labs/ping/lab.ts'
import { lab as raft } from '../labs/raft/lab.ts'
import { lab as ring } from '../labs/ring/lab.ts'
import type { Command } from './command.ts'
import type { Event, EventOf } from './event.ts'
import { Simulation } from './simulation.ts'
import type { LabTypes, Run, TimedCommand } from './types.ts'

type AnyRun = Pick<Run<LabTypes>, 'setup' | 'commands'>
type Expired = EventOf<LabTypes, 'expired'>

/** Each with a length that gives enough timeouts. */
const LABS: [lab: AnyLab, until: number][] = [
  [raft, ms(4_000)],
  [gossip, ms(9_000)],
  [ring, ms(6_000)],
  [ping, ms(12_000)],
]
const SEEDS = [1, 2, 3]
const PER_SEED = 25
const LOSS = 0.05

describe('an omission', () => {
  it.each(LABS.map(([lab, until]) => ({ id: lab.id, lab, until })))(
    'is a cause: without it, that timer of $id expires at another time or not at all',
    ({ lab, until }) => {
      const tried = { commands: 0, losses: 0, again: 0 }
      for (const seed of SEEDS) {
        const run = faultyRun(lab, seed, until)
        for (const event of eventsOf(lab, run, until).filter(isOmission).slice(0, PER_SEED)) {
          const { run: other, rounds } = withoutBlame(lab, run, event as Expired)
          if (rounds > 1) tried.again++
          if (other.commands.length > run.commands.length) tried.losses++
          else tried.commands++
        }
      }
      const all = tried.commands + tried.losses
      expect(tried.commands).toBeGreaterThan(20)
      expect(tried.losses).toBeGreaterThan(0)
      // The rest is where a message that then was sent was lost as well.
      expect(tried.again).toBeLessThan(all / 4)
    },
  )
})

const isOmission = (event: Event<LabTypes>): boolean =>
  event.type === 'expired' && event.causes.some(({ kind }) => kind === 'omission')

/**
 * The run without what the event blames. What was the first of two blows leaves the second, which is then blamed: so until
 * nothing is left to blame, and the event must be gone before that.
 */
function withoutBlame(lab: AnyLab, run: AnyRun, event: Expired): { run: AnyRun; rounds: number } {
  for (let other = run, rounds = 0; ; rounds++) {
    const events = eventsOf(lab, other, event.at)
    const now = events.find((it) => isSame(it, event))
    if (now === undefined) return { run: other, rounds }
    const blamed = now.causes.filter(({ kind }) => kind === 'omission').map(({ seq }) => events[seq - 1])
    if (blamed.length === 0 || rounds === 6) expect.fail(`${event.process}'s ${event.timer} timer at ${event.at} stays`)
    for (const cause of blamed) other = undoing(events, cause as Event<LabTypes>)(other)
  }
}

/** Crashes, pauses, cuts and their ends, and now and then a message that is lost. */
function faultyRun(lab: AnyLab, seed: number, until: number): AnyRun {
  const setup = { ...defaultSetup(lab, seed), network: { ...lab.defaults.network, loss: LOSS } }
  const servers = setup.processes.filter(({ beside }) => beside === undefined).map(({ id }) => id)
  const random = new Random(stream(seed, 'faults'))
  const commands: TimedCommand<LabTypes>[] = []
  const stands = new Map<string, Command<LabTypes>>()
  const gap = until / 24
  for (let at = gap; at < until; at += gap) {
    const [what, end] = random.pick([...stands, [random.pick(servers), null] as const])
    const command = end ?? fault(random, what, servers)
    if (end !== null) stands.delete(what)
    else if (stands.has(what) || stands.size > servers.length / 2) continue
    else stands.set(what, endOf(command))
    commands.push({ at: Math.round(at), command })
  }
  return { setup, commands }
}

/** Never two of one kind at once: without the first, the second would do the same. */
function fault(random: Random, process: string, servers: readonly string[]): Command<LabTypes> {
  const links = servers.filter((id) => id !== process).map((id) => ({ from: id, to: process }))
  const type = random.pick(['crash', 'crash', 'pause', 'stall', 'cut'] as const)
  return type === 'cut' ? { type, links } : { type, process }
}

function endOf(command: Command<LabTypes>): Command<LabTypes> {
  if (command.type === 'cut') return { ...command, type: 'mend' }
  if (command.type === 'crash') return { ...command, type: 'restart' }
  return { type: 'resume', process: (command as { process: string }).process }
}

function eventsOf(lab: AnyLab, run: AnyRun, until: number): Event<LabTypes>[] {
  const events: Event<LabTypes>[] = []
  const observer = { wants: -1, observe: (event: Event<LabTypes>) => void events.push(event) }
  new Simulation<LabTypes>(lab, run, undefined, observer).advanceTo(until)
  return events
}

/** The timer that expires may be the same and await nothing, such as one that serves for the next tick, too. */
const isSame = (event: Event<LabTypes>, { at, process, timer, awaits }: Expired): event is Expired =>
  event.type === 'expired' &&
  event.at === at &&
  event.process === process &&
  event.timer === timer &&
  JSON.stringify(event.awaits) === JSON.stringify(awaits)

/** The run in which this did not happen: without the command behind it, or with a link that does not lose the message. */
function undoing(events: readonly Event<LabTypes>[], blamed: Event<LabTypes>): (run: AnyRun) => AnyRun {
  if (blamed.type === 'lost' && blamed.why === 'loss') {
    const link = { from: blamed.process, to: blamed.to }
    const set = (at: number, loss: number): TimedCommand<LabTypes> => ({
      at,
      command: { type: 'link', link, settings: { loss } },
    })
    const more = [set(blamed.sentAt - 1, 0), set(blamed.sentAt + 1, LOSS)]
    return ({ setup, commands }) => ({ setup, commands: [...commands, ...more].toSorted((a, b) => a.at - b.at) })
  }
  const cause = blamed.causes.find(({ kind }) => kind === 'command')
  const command = events[(cause?.seq ?? 0) - 1]
  if (command?.type !== 'commanded') expect.fail(`${blamed.type} has no command behind it`)
  const gone = command.command
  return ({ setup, commands }) => ({ setup, commands: commands.filter((timed) => timed.command !== gone) })
}
