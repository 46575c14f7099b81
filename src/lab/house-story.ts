import { formatDuration } from '../base/units.ts'
import type { Command } from '../kernel/command.ts'
import type { Event } from '../kernel/event.ts'
import type { LabTypes, Link, LinkSettings, MessageId, ProcessId, ProcessSetup, World } from '../kernel/types.ts'
import { configChange, diskChange, linkChange, workloadChange } from './change-words.ts'
import type { AnyLab, Sentence, Tone } from './definition.ts'
import type { Settings } from './run-settings.ts'

/**
 * What every lab tells alike: what was done from outside, and what it did to processes and links. The world is as the event
 * left it; `before` are the settings as they were.
 */
export function houseStory(
  lab: AnyLab,
  event: Event<LabTypes>,
  world: World<LabTypes>,
  before: Settings,
): Sentence | null {
  switch (event.type) {
    case 'commanded':
      return tellCommand(lab, event.command, event.scripted ? 'The scenario' : 'You', world, before)
    case 'refused':
      return say(`Not done: ${event.why}`, [], 'bad')
    case 'crashed':
      return event.unsynced === 0
        ? null
        : say(
            `${event.process} loses ${event.unsynced === 1 ? 'a write' : `${event.unsynced} writes`} not yet on disk`,
            [event.process],
            'bad',
          )
    default:
      return null
  }
}

/** A command in words, to go behind “You”, whatever the world was: `crashed n3`. */
export function commandText(lab: AnyLab, command: Command<LabTypes>, processes: readonly ProcessSetup[]): string {
  if (command.type === 'invoke') return `asked ${command.client}: ${lab.operationText(command.operation)}`
  const { config, network, disk } = lab.defaults
  const world = { processes, cuts: () => [ANY_LINK] }
  const told = tellCommand(lab, command, 'You', world, { config, network, disk, workload: null })
  return told?.text.replace(/^You /, '') ?? command.type
}

const ANY_LINK: Link = { from: '', to: '' }

function tellCommand(
  lab: AnyLab,
  command: Command<LabTypes>,
  who: Who,
  world: Places,
  before: Settings,
): Sentence | null {
  const did = (text: string, about: readonly ProcessId[]): Sentence =>
    say(`${who} ${text}`, about, who === 'You' ? 'user' : 'plain')
  switch (command.type) {
    case 'crash':
      return did(`crashed ${command.process}`, [command.process])
    case 'restart':
      return did(`restarted ${command.process}`, [command.process])
    case 'pause':
      return did(`paused ${command.process}`, [command.process])
    case 'resume':
      return did(`resumed ${command.process}`, [command.process])
    case 'stall':
      return did(`stalled ${command.process}: messages wait, timers run`, [command.process])
    case 'wipe':
      return did(`emptied the disk of ${command.process}`, [command.process])
    case 'slow':
      return did(`slowed ${command.process} by ${command.factor}`, [command.process])
    case 'clock':
      return did(`changed the clock of ${command.process}`, [command.process])
    case 'fire':
      return did(`let the ${command.timer} timer of ${command.process} expire`, [command.process])
    case 'cut':
      return did(`cut ${linkText(command.links, world)}`, ends(command.links))
    case 'mend':
      return did(
        world.cuts().length === 0 ? 'healed the network' : `healed ${linkText(command.links, world)}`,
        ends(command.links),
      )
    case 'message':
      return did(messageText(command.id, command.do), [])
    case 'inject':
      return did(`sent a message from ${command.from} to ${command.to}`, [command.from, command.to])
    case 'act':
      return did(
        lab.actionText?.(command.action, command.process) ?? `told ${command.process}: ${command.action.type}`,
        [command.process],
      )
    case 'join':
      return did(`added ${command.process.id}`, [command.process.id])
    case 'workload':
      return did(workloadChange(before.workload, command.workload) ?? 'left the workload as it was', [])
    case 'network':
      return did(
        holdText(command.settings, 'all messages') ??
          linkChange(before.network, command.settings) ??
          'left the network as it was',
        [],
      )
    case 'link': {
      const { from, to } = command.link
      const held = holdText(command.settings, `what ${from} sends to ${to}`)
      return did(held ?? `${linkChange({}, command.settings) ?? 'changed nothing'} from ${from} to ${to}`, [from, to])
    }
    case 'configure':
      return onOne(command.process, configChange(lab, command.process ? {} : before.config, command.config), did)
    case 'disk':
      return onOne(command.process, diskChange(command.process ? {} : before.disk, command), did)
    case 'invoke':
      return null
  }
}

/** `holds all messages`, if that is all that the settings say. */
function holdText(settings: Partial<LinkSettings>, what: string): string | null {
  if (settings.hold === undefined || Object.keys(settings).length > 1) return null
  return settings.hold ? `held ${what} at the receiver` : `let go ${what}`
}

/** What one process has of its own is told without what it had before: it may have followed the others. */
function onOne(
  process: ProcessId | undefined,
  change: string | null,
  did: (text: string, about: readonly ProcessId[]) => Sentence,
): Sentence {
  if (change === null) return did('left the settings as they were', [])
  return process === undefined ? did(change, []) : did(`${change} on ${process}`, [process])
}

const PAST = { deliver: 'delivered', drop: 'dropped', duplicate: 'doubled' } as const

function messageText(id: MessageId, what: Extract<Command<LabTypes>, { type: 'message' }>['do']): string {
  if (typeof what === 'string') return `${PAST[what]} message ${id}`
  if ('delay' in what) return `delayed by ${formatDuration(what.delay)} the message ${id}`
  if ('replace' in what) return `replaced message ${id}`
  return what.before === null ? `put message ${id} last` : `put message ${id} before ${what.before}`
}

/** `n1, n2 from n3, n4` when the links are all those between two groups, else how many. Clients go without saying. */
function linkText(links: readonly Link[], world: Pick<Places, 'processes'>): string {
  const clients = new Set(world.processes.filter((p) => p.beside !== undefined).map((p) => p.id))
  const between = links.filter(({ from, to }) => !clients.has(from) && !clients.has(to))
  const groups = twoSides(between)
  if (groups !== null) return `${someOf(groups[0])} from ${someOf(groups[1])}`
  if (between.length === 1) return `the way from ${between[0]?.from} to ${between[0]?.to}`
  return `${between.length} links`
}

/** All of a few, the first of many. */
function someOf(ids: readonly ProcessId[]): string {
  return ids.length <= MOST_NAMES ? ids.join(', ') : `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more`
}
const MOST_NAMES = 12

function twoSides(links: readonly Link[]): [ProcessId[], ProcessId[]] | null {
  const first = links[0]
  if (first === undefined) return null
  const right = new Set(links.filter((l) => l.from === first.from).map((l) => l.to))
  const left = new Set(links.filter((l) => l.to === first.to).map((l) => l.from))
  const across = ({ from, to }: Link): boolean => (left.has(from) ? right.has(to) : right.has(from) && left.has(to))
  const all = new Set(links.map(({ from, to }) => `${from}>${to}`))
  const isWhole = all.size === links.length && links.length === 2 * left.size * right.size
  if (!isWhole || [...left].some((id) => right.has(id)) || !links.every(across)) return null
  return [[...left], [...right]]
}

const ends = (links: readonly Link[]): ProcessId[] => [...new Set(links.flatMap(({ from, to }) => [from, to]))]

/** What of a world a command's words look at. */
type Places = Pick<World<LabTypes>, 'processes' | 'cuts'>

type Who = 'You' | 'The scenario'

const say = (text: string, about: readonly ProcessId[], tone: Tone): Sentence => ({ text, about, tone })
