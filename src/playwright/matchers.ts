import { expect as base, type Expect } from '@playwright/test'
import type { PageSnapshot } from '../app/test-api.ts'
import type { ProcessId } from '../kernel/types.ts'
import type { Lab } from './lab.ts'

/** For how long the run may go on until it is so, in simulated milliseconds; left out, it must be so at the instant on show. */
export interface Within {
  withinMs?: number
}

/** What servers can agree on: Raft's logs, the lists of gossip's members, the ring's replicas, or the value of a key. */
export type Agreement = 'logs' | 'members' | 'replicas' | { key: string; value: string | number }

interface Outcome {
  pass: boolean
  message: () => string
}

const AGREEMENTS = {
  logs: 'all logs agree',
  members: 'all live servers agree',
  replicas: 'all replicas agree',
} as const

/** Stories that are told of a run in which something was not as expected. */
const TOLD = 6

const matchers = {
  /** Somebody leads, or this very server. */
  toHaveLeader: (lab: Lab, server?: ProcessId | null, options: Within = {}): Promise<Outcome> =>
    judge(lab, server == null ? 'there is a leader' : `${server} is leader`, options),

  toAgreeOn: (lab: Lab, what: Agreement, options: Within = {}): Promise<Outcome> =>
    judge(lab, typeof what === 'string' ? AGREEMENTS[what] : `key ${what.key} is ${what.value} everywhere`, options),

  /** A sentence of the predicate language holds (docs/SCENARIO.md). */
  toSatisfy: (lab: Lab, condition: string, options: Within = {}): Promise<Outcome> => judge(lab, condition, options),

  /** One order of all that clients have asked explains every answer. */
  toBeLinearizable: (lab: Lab): Promise<Outcome> => judge(lab, 'history is linearizable', {}),

  /** No property that the lab watches has been broken up to the instant on show. */
  async toHaveNoViolation(lab: Lab): Promise<Outcome> {
    const state = await lab.state()
    const broken = (state.violations as readonly { monitor: string; at: number; text: string }[]).filter(
      ({ at }) => at <= state.atMs * 1_000,
    )
    const lines = broken.map(({ monitor, at, text }) => `${monitor}, at ${at / 1_000} ms: ${text}`)
    return await tell(lab, broken.length === 0, 'no violation', lines)
  },
}

/** Playwright's `expect`, and what one expects of a lab. A failure tells the story up to it, and the link that opens it. */
export const expect: Expect<typeof matchers> = base.extend(matchers)

async function judge(lab: Lab, condition: string, { withinMs }: Within): Promise<Outcome> {
  const now = await lab.holds(condition)
  if (now || withinMs === undefined) return await tell(lab, now, condition, [])
  const found = await lab.runUntil(condition, { limitMs: withinMs }).then(
    () => true,
    () => false,
  )
  return await tell(lab, found, condition, [`for ${withinMs} simulated ms`])
}

const LATER = '  (after the tests: npx netsplit serve, and behind its address the same from # on)'

/** The message is put together at once: when it is asked for, the page may be gone. */
async function tell(lab: Lab, pass: boolean, what: string, more: readonly string[]): Promise<Outcome> {
  const state = await lab.state()
  const link = await lab.link().catch(() => null)
  const said = [
    `${state.lab}, seed ${state.seed}, at ${state.atMs} ms: expected “${what}”${pass ? ' not to hold' : ''}`,
    ...more.map((line) => `  ${line}`),
    'up to it',
    ...storiesOf(state).map((line) => `  ${line}`),
    ...(link === null ? [] : ['it opens at', `  ${link}`]),
    ...(link !== null && lab.servedHere ? [LATER] : []),
  ]
  return { pass, message: () => said.join('\n') }
}

function storiesOf({ stories, atMs }: PageSnapshot): string[] {
  const before = stories.filter((story) => story.atMs <= atMs).slice(-TOLD)
  return before.length === 0 ? ['nothing is told'] : before.map((story) => `${story.atMs} ms  ${story.text}`)
}
