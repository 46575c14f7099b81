import type { Micros } from '../../base/units.ts'
import { same } from '../../check/plain.ts'
import type { Event } from '../../kernel/event.ts'
import type { LabTypes, ProcessSetup } from '../../kernel/types.ts'
import type { Pair, Said, Stride } from '../../lab/comparison.ts'
import type { AnyLab } from '../../lab/definition.ts'
import { eventText, firstDifference } from '../../lab/event-words.ts'
import type { Place } from '../../lab/moment.ts'
import { RunPast } from '../past.ts'
import type { Timeline } from '../timeline.ts'

/** One of two runs, which is known up to where the strides may lead. */
export interface Strider {
  line: Timeline
  processes: readonly ProcessSetup[]
}

/**
 * One event further or back from where two runs stand, on one time axis: whichever run has it; both go on together where each
 * has one at that instant. Going back from where going on has led is the very way back. Null if nothing is there up to `until`.
 */
export function stride(lab: AnyLab, sides: Pair<Strider>, from: Pair<Place>, by: 1 | -1, until: Micros): Stride | null {
  let at: Pair<number> = [stepsAt(sides[0].line, from[0]), stepsAt(sides[1].line, from[1])]
  for (;;) {
    const to = by === 1 ? onwards(sides, at, until) : backwards(sides, at)
    if (to === null) return null
    const found = told(lab, sides, to)
    // A step of which there is nothing to say is no place to stop at, but for the start.
    if (found.sides.some((said) => said !== null) || (to[0] === 0 && to[1] === 0)) return found
    at = to
  }
}

function stepsAt(line: Timeline, { at, steps }: Place): number {
  if (steps !== undefined) return steps
  line.seek(at)
  return line.moment.steps
}

/** How many steps in each run stands then. */
function onwards(sides: Pair<Strider>, steps: Pair<number>, until: Micros): Pair<number> | null {
  const [a, b] = [0, 1].map((i) => {
    const { line } = sides[i] as Strider
    line.goTo({ at: 0, steps: steps[i] as number })
    return line.stepForward(until) ? line.moment.at : Number.POSITIVE_INFINITY
  }) as [number, number]
  const next = Math.min(a, b)
  if (next === Number.POSITIVE_INFINITY) return null
  return [steps[0] + (a === next ? 1 : 0), steps[1] + (b === next ? 1 : 0)]
}

function backwards(sides: Pair<Strider>, steps: Pair<number>): Pair<number> | null {
  if (steps[0] === 0 && steps[1] === 0) return null
  const [a, b] = latest(sides, steps).came
  return [steps[0] - (a ? 1 : 0), steps[1] - (b ? 1 : 0)]
}

/** When the last step of either was, and which of the two made it: both, if it is the n-th of that instant in both. */
function latest(sides: Pair<Strider>, steps: Pair<number>): { at: Micros; came: Pair<boolean> } {
  const [a, b] = [lastStep(sides[0].line, steps[0]), lastStep(sides[1].line, steps[1])]
  const at = Math.max(a.at, b.at)
  const nth = Math.max(...[a, b].map((one) => (one.at === at ? one.nth : 0)))
  const came = (one: typeof a): boolean => one.at === at && one.nth === nth && nth > 0
  return { at, came: [came(a), came(b)] }
}

/** Of the step that a run has made last: its instant, and the how manieth of that instant it is; the 0th if there is none. */
function lastStep(line: Timeline, steps: number): { at: Micros; nth: number } {
  for (let back = 16; ; back *= 8) {
    const from = Math.max(0, steps - back)
    line.goTo({ at: 0, steps: from })
    let { at } = line.moment
    let nth = 0
    let whole = from === 0
    while (line.moment.steps < steps && line.stepForward()) {
      whole ||= line.moment.at !== at
      nth = line.moment.at === at ? nth + 1 : 1
      ;({ at } = line.moment)
    }
    if (whole) return { at, nth }
  }
}

function told(lab: AnyLab, sides: Pair<Strider>, steps: Pair<number>): Stride {
  const { at, came } = latest(sides, steps)
  const a = came[0] ? happenings(lab, sides[0], steps[0]) : []
  const b = came[1] ? happenings(lab, sides[1], steps[1]) : []
  const place = firstApart(a, b)
  const [one, other] = [a[place] ?? a[0], b[place] ?? b[0]]
  return {
    at,
    moments: [
      { at, steps: steps[0] },
      { at, steps: steps[1] },
    ],
    sides: [one?.said ?? null, other?.said ?? null],
    field: one !== undefined && one.said.text === other?.said.text ? firstDifference(one.what, other.what) : null,
  }
}

interface Happened {
  said: Said
  /** What it is about, without the numbers that it has in its run. */
  what: Readonly<Record<string, unknown>>
}

/** All that the last of so many steps did. */
function happenings(lab: AnyLab, { line, processes }: Strider, steps: number): Happened[] {
  line.goTo({ at: 0, steps: steps - 1 })
  const before = line.seq
  line.stepForward()
  const past = line.past(RunPast)
  const all: Happened[] = []
  for (let seq = before + 1; seq <= line.seq; seq++) {
    const event = past.event(seq)
    if (event === null) continue
    const said = { seq, at: event.at, ...eventText(lab, event, past, processes) }
    all.push({ said, what: contents(event) })
  }
  return all
}

/** Of what one step did in each run, the first thing that is told otherwise, or else is not the same; the first if all is. */
function firstApart(a: readonly Happened[], b: readonly Happened[]): number {
  const both = Math.min(a.length, b.length)
  const first = (differs: (one: Happened, other: Happened) => boolean): number => {
    for (let i = 0; i < both; i++) if (differs(a[i] as Happened, b[i] as Happened)) return i
    return -1
  }
  const words = first((one, other) => one.said.text !== other.said.text)
  return Math.max(0, words === -1 ? first((one, other) => !same(one.what, other.what)) : words)
}

function contents(event: Event<LabTypes>): Happened['what'] {
  const all = event as unknown as Record<string, unknown>
  return Object.fromEntries(CONTENTS.filter((key) => key in all).map((key) => [key, all[key]]))
}

const CONTENTS = ['message', 'note', 'what', 'outcome', 'command', 'action']
