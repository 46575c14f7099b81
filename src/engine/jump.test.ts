import { describe, expect, it } from 'vitest'
import { ms, SECOND } from '../base/units.ts'
import type { LabTypes } from '../kernel/types.ts'
import { lab as raft } from '../labs/raft/lab.ts'
import type { AnyLab } from '../lab/definition.ts'
import { defaultSetup, freshRun } from '../lab/setup.ts'
import { Search } from './jump.ts'
import type { JumpKind } from './messages.ts'
import { Timeline } from './timeline.ts'
import { traceOf } from './trace.ts'

const lab: AnyLab = raft

/** Elections, two faults and clients at work, seen for four seconds. */
function line(spacing = 100): Timeline {
  const setup = { ...defaultSetup<LabTypes>(lab, 5), workload: lab.defaults.workload }
  const commands = [
    { at: ms(900), command: { type: 'crash' as const, process: 'n1' } },
    { at: ms(1_700), command: { type: 'restart' as const, process: 'n1' } },
  ]
  return new Timeline(lab, { ...freshRun<LabTypes>(lab, setup), commands }, { spacing })
}

function jump(on: Timeline, to: JumpKind, by: 1 | -1): { at: number; steps: number } | null {
  const search = new Search(on, { to, by, limit: 2 * SECOND })
  for (;;) {
    const found = search.goOn(50)
    if (found !== null) return found ? on.moment : null
  }
}

function all(on: Timeline, to: JumpKind, by: 1 | -1): { at: number; steps: number }[] {
  const moments = []
  for (let moment = jump(on, to, by); moment !== null; moment = jump(on, to, by)) {
    if (moment.at > 4 * SECOND) break
    moments.push(moment)
  }
  return moments
}

describe('a jump', () => {
  it.each([
    [
      'election',
      (type: string, note: unknown) => type === 'noted' && (note as { type: string }).type === 'becameLeader',
    ],
    ['commit', (type: string, note: unknown) => type === 'noted' && (note as { type: string }).type === 'committed'],
    ['operation', (type: string) => type === 'invoked'],
  ])('finds every %s that the trace has, forwards and backwards alike', (kind, is) => {
    const forth = line()
    const moments = all(forth, kind, 1)
    const trace = traceOf(forth, 0, 4 * SECOND).filter((event) => is(event.type, 'note' in event ? event.note : null))
    expect(moments.length).toBeGreaterThan(0)
    expect([...new Set(moments.map(({ at }) => at))]).toEqual([...new Set(trace.map(({ at }) => at))])
    forth.seek(4 * SECOND)
    expect(all(forth, kind, -1).toReversed()).toEqual(moments)
  })

  it('finds faults and messages of a type', () => {
    const on = line()
    expect(all(on, 'fault', 1).map(({ at }) => at)).toEqual([ms(900), ms(1_700)])
    on.seek(ms(1_000))
    const sent = traceOf(on, ms(1_000), 3 * SECOND).find((e) => e.type === 'sent' && e.message.type === 'RequestVote')
    expect(jump(on, { message: 'RequestVote' }, 1)?.at).toBe(sent?.at)
  })

  it('stays where it is if there is none, and leaves the run as it was', () => {
    const on = line()
    on.seek(ms(1_000))
    const [moment, fingerprint] = [on.moment, on.fingerprint()]
    for (const by of [1, -1] as const) expect(jump(on, 'violation', by)).toBeNull()
    expect(jump(on, { message: 'Nonsense' }, -1)).toBeNull()
    expect([on.moment, on.fingerprint()]).toEqual([moment, fingerprint])
  })

  it('finds a violation, known or not yet seen', () => {
    const mistake = lab.mistakes.find(({ name }) => name === 'voteTwice')
    const config = { ...(lab.defaults.config as object), ...mistake?.config }
    for (let seed = 1; ; seed++) {
      const run = freshRun<LabTypes>(lab, { ...defaultSetup<LabTypes>(lab, seed), config })
      const on = new Timeline(lab, run, { spacing: 100 })
      const search = new Search(on, { to: 'violation', by: 1, limit: 2 * SECOND })
      let found = search.goOn(500)
      while (found === null) found = search.goOn(500)
      if (!found) continue
      const moment = on.moment
      on.seek(moment.at + SECOND)
      const known = on.chronicle.violations[0]
      on.seek(0)
      expect(jump(on, 'violation', 1)).toEqual(moment)
      expect(known?.at).toBe(moment.at)
      on.seek(moment.at + 1)
      expect(jump(on, 'violation', -1)?.at).toBe(moment.at)
      return
    }
  })
})
