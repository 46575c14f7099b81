import { describe, expect, it } from 'vitest'
import { Random, stream } from '../base/random.ts'
import { ms, type Micros } from '../base/units.ts'
import type { Command } from '../kernel/command.ts'
import type { LabTypes } from '../kernel/types.ts'
import type { AnyLab } from '../lab/definition.ts'
import type { Explanation, Subject } from '../lab/explain.ts'
import { defaultSetup, freshRun } from '../lab/setup.ts'
import { lab as gossip } from '../labs/gossip/lab.ts'
import { lab as ping } from '../labs/ping/lab.ts'
import type { RaftView } from '../labs/raft/observe.ts'
import { lab as raft } from '../labs/raft/lab.ts'
import { lab as ring } from '../labs/ring/lab.ts'
import { explain } from './explain.ts'
import { Timeline } from './timeline.ts'

function open(lab: AnyLab, seed = 108, rate = 0): Timeline {
  const setup = { ...defaultSetup<LabTypes>(lab, seed), workload: { ...lab.defaults.workload, rate } }
  return new Timeline(lab, freshRun<LabTypes>(lab, setup))
}

const leaderOf = (timeline: Timeline): string => (timeline.lab.observe(timeline.world, {}) as RaftView).leader as string
const servers = (timeline: Timeline): readonly string[] => timeline.world.ids('server')
const around = (id: string, others: readonly string[]): Command<LabTypes> => ({
  type: 'cut',
  links: others.flatMap((other) => [
    { from: id, to: other },
    { from: other, to: id },
  ]),
})
const write = (client: string, via: string): Command<LabTypes> => ({
  type: 'invoke',
  client,
  operation: { command: { type: 'put', key: 'x', value: '9' }, via },
})

/** The sentences under the question that fits. */
async function answer(timeline: Timeline, subject: Subject, question: RegExp): Promise<string[]> {
  const { sections } = await explain(timeline, subject)
  const section = sections.find((it) => question.test(it.question))
  if (section === undefined) expect.fail(`no ${question} among: ${sections.map((it) => it.question).join(' | ')}`)
  return section.lines.map(({ text }) => text)
}

describe('why, of Raft', () => {
  it('an election leads back to the command that crashed the leader, with its instant', async () => {
    const timeline = open(raft)
    timeline.seek(ms(2000))
    const old = leaderOf(timeline)
    timeline.act({ type: 'crash', process: old })
    timeline.seek(ms(2600))
    const leader = leaderOf(timeline)
    const { sections, hops } = await explain(timeline, { type: 'process', process: leader })
    const lines = sections[0]?.lines ?? []
    expect(sections[0]?.question).toBe(`Why does ${leader} lead in term 2?`)
    expect(lines[0]?.text).toContain(`${leader} wins term 2`)
    expect(lines.some(({ text }) => text.includes(`no AppendEntries or InstallSnapshot from ${old} had come`))).toBe(
      true,
    )
    expect(lines.at(-1)).toMatchObject({ text: `You crashed ${old}`, root: 'user', event: { at: ms(2000) } })
    expect(hops).toContainEqual({
      kind: 'omission',
      from: { process: old, at: ms(2000) },
      to: expect.objectContaining({ process: leader }) as unknown,
    })
  })

  it('an entry that is not committed: who lacks it, how many it takes, and which command stands between', async () => {
    const timeline = open(raft)
    timeline.seek(ms(2000))
    const leader = leaderOf(timeline)
    const [a, b, c] = servers(timeline).filter((id) => id !== leader) as [string, string, string]
    timeline.act(around(leader, [a, b, c]))
    timeline.act(write(leader.replace('n', 'c'), leader))
    timeline.seek(ms(2150))
    const said = await answer(timeline, { type: 'item', process: leader, name: '2' }, /Why is entry 2 not committed/)
    expect(said[0]).toMatch(new RegExp(`${a}, ${b} and ${c} lack it; it takes 3 of 5`))
    expect(said).toContain(`${a}, ${b} and ${c} are cut off from ${leader}.`)
    expect(said.some((text) => text.startsWith(`You cut `))).toBe(true)
    const waits = await answer(timeline, { type: 'operation', id: `${leader.replace('n', 'c')}#1` }, /wait for/)
    expect(waits).toContain(`${a}, ${b} and ${c} are cut off from ${leader}.`)
  })

  it('a vote that was refused: the rule and both values', async () => {
    const timeline = open(raft, 108, 20)
    timeline.seek(ms(1500))
    const [a] = servers(timeline).filter((id) => id !== leaderOf(timeline)) as [string]
    timeline.act(
      around(
        a,
        servers(timeline).filter((id) => id !== a),
      ),
    )
    timeline.seek(ms(2500))
    timeline.act({
      ...around(
        a,
        servers(timeline).filter((id) => id !== a),
      ),
      type: 'mend',
    } as Command<LabTypes>)
    timeline.seek(ms(3500))
    const story = timeline.chronicle.stories.find(({ text }) => /refuses .* more up-to-date/.test(text))
    const said = await answer(timeline, { type: 'event', seq: story?.seq ?? 0 }, /Why did .* refuse/)
    expect(said[0]).toContain('§5.4.1')
    expect(said[1]).toMatch(new RegExp(`^${a}’s last entry is \\d+ of term \\d+; n\\d’s is \\d+ of term \\d+\\.$`))
  })

  it('nobody leads: how many run, and who was stopped', async () => {
    const timeline = open(raft)
    timeline.seek(ms(1000))
    for (const process of ['n1', 'n2', 'n3']) timeline.act({ type: 'crash', process })
    timeline.seek(ms(2000))
    const said = await answer(timeline, { type: 'process', process: 'n4' }, /Why does nobody lead/)
    expect(said[0]).toBe('An election takes 3 of 5 servers, and n1, n2 and n3 do not run.')
    expect(said).toContain('You crashed n3')
  })

  it('a read that waits for a majority to confirm the leader', async () => {
    const timeline = open(raft)
    timeline.seek(ms(2000))
    const leader = leaderOf(timeline)
    const others = servers(timeline).filter((id) => id !== leader)
    timeline.act(around(leader, others))
    const client = leader.replace('n', 'c')
    const operation = { command: { type: 'get', key: 'x' }, via: leader, read: 'readIndex' }
    timeline.act({ type: 'invoke', client, operation })
    timeline.seek(ms(2100))
    const said = await answer(timeline, { type: 'process', process: client }, /wait for/)
    expect(said.join(' ')).toMatch(/once a majority has confirmed that it still leads .* You cut /)
  })
})

it('gossip: a belief goes back, from mouth to mouth, to the probe that failed and the crash', async () => {
  const timeline = open(gossip)
  timeline.seek(ms(2000))
  timeline.act({ type: 'crash', process: 'g4' })
  timeline.seek(ms(15_000))
  const said = await answer(timeline, { type: 'item', process: 'g1', name: 'g4' }, /believe that g4 is dead/)
  expect(said.some((text) => /^g1 received .* g4 suspect/.test(text))).toBe(true)
  expect(said.some((text) => /no Ack or StreamAck from g4 had come/.test(text))).toBe(true)
  expect(said.at(-1)).toBe('You crashed g4')
})

it('ring: a write that waits names the owners that are down', async () => {
  const timeline = open(ring)
  timeline.seek(ms(1000))
  for (const process of ['n2', 'n3', 'n4', 'n5', 'n6']) timeline.act({ type: 'crash', process })
  // n1 holds some of these keys itself, and passes the others on.
  for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9])
    timeline.act({ type: 'invoke', client: 'c1', operation: { type: 'put', key: `k${n}`, value: '7', via: 'n1' } })
  timeline.seek(ms(1100))
  const { sections } = await explain(timeline, { type: 'process', process: 'c1' })
  const said = sections.flatMap(({ lines }) => lines.map(({ text }) => text)).join(' ')
  expect(said).toMatch(/n1 needs 2 acknowledgements of 3 owners .*n\d is down\. You crashed n\d/)
})

describe('every chain', () => {
  const FAULTS: [AnyLab, Micros][] = [
    [raft, ms(4000)],
    [gossip, ms(9000)],
    [ring, ms(5000)],
    [ping, ms(8000)],
  ]
  it.each(FAULTS.map(([lab, until]) => ({ id: lab.id, lab, until })))(
    'of $id goes back in time to a timer, to chance, or to what somebody did',
    async ({ lab, until }) => {
      const timeline = open(lab, 5, 4)
      const random = new Random(stream(5, 'whys'))
      const ids = servers(timeline)
      for (let at = until / 8; at < until; at += until / 8) {
        timeline.seek(Math.round(at))
        const process = random.pick(ids)
        timeline.act(
          random.pick([
            { type: 'crash', process },
            { type: 'restart', process },
            around(
              process,
              ids.filter((id) => id !== process),
            ),
          ]),
        )
      }
      timeline.seek(until)
      let chains = 0
      for (const { seq } of timeline.chronicle.stories.slice(-20)) {
        const explanation = await explain(timeline, { type: 'event', seq })
        expect(ends(explanation), `${lab.id}: event ${seq}: ${JSON.stringify(explanation.sections)}`).toBe(true)
        chains++
      }
      expect(chains).toBeGreaterThan(8)
    },
  )

  /** The last sentence says where it began; but for what was refused, and says why. */
  function ends({ sections }: Explanation): boolean {
    const lines = sections.find(({ question }) => question.startsWith('Why “'))?.lines ?? []
    return (
      lines.length > 0 && (lines.some(({ root }) => root !== null) || lines[0]?.text.startsWith('Not done') === true)
    )
  }
})
