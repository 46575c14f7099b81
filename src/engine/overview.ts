import type { Micros } from '../base/units.ts'
import { type Event, eventCode, eventSet } from '../kernel/event.ts'
import type { LabTypes, ProcessId, World } from '../kernel/types.ts'
import type { AnyLab, LaneStyle } from '../lab/definition.ts'
import type { LaneMark, LanePiece, Overview } from '../lab/lanes.ts'
import { CountGrid, MOST_LANES } from './count-grid.ts'
import { FAULTS, faultMark, LaneSpans } from './lane-spans.ts'

/** How often it is looked at what each process is. */
const LOOK: Micros = 100_000
/** So many events are executed again for finer bins, after a long run was cut off near its beginning. */
const CHEAP = 30_000
/** More changes of one lane, or more marks, than these are not kept. */
const MOST_CHANGES = 2_048
const MOST_MARKS = 4_096

interface Change extends LaneStyle {
  seq: number
  at: Micros
}

/**
 * A whole run at a glance, recorded as it goes, so that hours of it are answered without executing them again: counts of
 * messages in bins, what each process was, faults. What it holds is bounded.
 */
export class OverviewRecorder {
  readonly wants = FAULTS | eventSet(['sent', 'lost', 'noted'])
  readonly #lab: AnyLab
  #grid = new CountGrid()
  readonly #spans = new LaneSpans()
  readonly #changes = new Map<ProcessId, Change[]>()
  #marks: { seq: number; mark: LaneMark }[] = []
  /** The last stretch of `LOOK` in which it was looked. */
  #looked = -1
  /** What came before is counted already. */
  #countedTo: Micros = 0

  constructor(lab: AnyLab) {
    this.#lab = lab
  }

  /** To be called once for each event that is wanted, in their order. */
  add(event: Event<LabTypes>, world: World<LabTypes>): void {
    const looked = this.#looked
    this.count(event)
    if (this.#looked !== looked) {
      const last = Math.min(MOST_LANES, world.processes.length)
      for (let i = 0; i < last; i++) this.#look(world, (world.processes[i] as { id: ProcessId }).id, event)
    } else if ('process' in event && event.type !== 'sent' && event.type !== 'lost') {
      this.#look(world, event.process, event)
    }
    if ((FAULTS & (1 << eventCode(event.type))) === 0) return
    this.#spans.add(event, world)
    const mark = faultMark(event)
    if (mark !== null) this.#marks.push({ seq: event.seq, mark })
    if (this.#marks.length > MOST_MARKS) this.#marks = this.#marks.slice(MOST_MARKS / 2)
  }

  /** Counts alone what is there once more after `truncate`. */
  count(event: Event<LabTypes>): void {
    this.#looked = Math.floor(event.at / LOOK)
    if ((event.type === 'sent' || event.type === 'lost') && event.at >= this.#countedTo)
      this.#grid.add(event.process, event.message.type, event.type, event.at)
  }

  /**
   * Forgets what came after event number `seq`, at the instant `at`. Returns from when on events up to there have to be
   * counted once more, since a bin can only be forgotten as a whole.
   */
  truncate(seq: number, at: Micros): Micros {
    this.#spans.truncate(seq)
    this.#marks = this.#marks.filter((one) => one.seq <= seq)
    for (const [process, changes] of this.#changes)
      this.#changes.set(
        process,
        changes.filter((one) => one.seq <= seq),
      )
    if (seq <= CHEAP && this.#grid.isTooCoarse(at)) {
      this.#grid = new CountGrid()
      this.#countedTo = 0
    } else this.#countedTo = this.#grid.clearFrom(at)
    return Math.min(this.#countedTo, at - (at % LOOK))
  }

  /** An interval of the run, which has come to `reached`, in at most so many columns. */
  view(from: Micros, to: Micros, columns: number, violations: readonly LaneMark[]): Overview {
    const marks = this.#marks.map(({ mark }) => mark).filter(({ at }) => at >= from && at <= to)
    return {
      counts: this.#grid.view(from, to, columns),
      forgotten: this.#spans.forgotten,
      lanes: {
        from,
        to,
        pieces: [...this.#changes].flatMap(([process, changes]) => piecesOf(process, changes, from, to)),
        messages: [],
        marks: [...marks, ...violations],
        spans: this.#spans.list(from, to),
        truncated: false,
      },
    }
  }

  #look(world: World<LabTypes>, process: ProcessId, { seq, at }: Event<LabTypes>): void {
    let changes = this.#changes.get(process)
    if (changes === undefined) {
      if (this.#changes.size >= MOST_LANES) return
      changes = []
      this.#changes.set(process, changes)
    }
    const style = this.#lab.lane(world, process)
    const last = changes.at(-1)
    if (last !== undefined && last.weight === style.weight && last.hue === style.hue && last.label === style.label)
      return
    changes.push({ seq, at, ...style })
    if (changes.length > MOST_CHANGES) this.#changes.set(process, thinned(changes))
  }
}

/** Of the older half every second change alone: what was so for a moment is lost among hours. */
const thinned = (changes: readonly Change[]): Change[] =>
  changes.filter((_, i) => i % 2 === 0 || i >= changes.length / 2)

function piecesOf(process: ProcessId, changes: readonly Change[], from: Micros, to: Micros): LanePiece[] {
  return changes.flatMap(({ at, weight, hue, label }, i) => {
    const end = changes[i + 1]?.at ?? to
    return at > to || end < from ? [] : [{ process, from: at, to: Math.min(end, to), weight, hue, label }]
  })
}
