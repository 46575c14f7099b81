import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyConfChange, type ClusterConfig, type ConfigChange } from './conf-change.ts'
import { quorumVote } from './quorum.ts'

const EMPTY: ClusterConfig = { voters: [], outgoing: [], learners: [], learnersNext: [], autoLeave: false }
const TYPES = { v: 'addVoter', l: 'addLearner', r: 'remove' } as const

/** `v1 l2 r3` → n1 as voter, n2 as learner, n3 removed. */
function changes(text: string): ConfigChange[] {
  const words = text.split(' ').filter((word) => word !== '')
  return words.map((word) => ({ type: TYPES[word[0] as keyof typeof TYPES], id: `n${word.slice(1)}` }))
}

/** Does the steps one after the other, each an operation with changes; says after each what stands there now. */
function run(steps: readonly string[]): string[] {
  let config = EMPTY
  return steps.map((step) => {
    const [, op, auto, text] = /^(\w+)(!?) ?(.*)$/.exec(step) as unknown as [string, 'simple', string, string]
    const outcome = applyConfChange(config, { op, changes: changes(text), autoLeave: auto === '!' }, 1)
    if ('error' in outcome) return outcome.error
    config = outcome.config
    return told(config)
  })
}

function told({ voters, outgoing, learners, learnersNext, autoLeave }: ClusterConfig): string {
  const list = (name: string, ids: readonly string[]) =>
    ids.length === 0 ? '' : ` ${name}(${ids.map((id) => id.slice(1)).join(' ')})`
  const joint = outgoing.length === 0 ? '' : `&&(${outgoing.map((id) => id.slice(1)).join(' ')})`
  return `(${voters.map((id) => id.slice(1)).join(' ')})${joint}${list('learners', learners)}${list('next', learnersNext)}${autoLeave ? ' auto' : ''}`
}

const NO_VOTERS = 'All voters removed: a configuration needs at least one.'
const TOO_MANY = 'More than one voter changed without a joint configuration.'
const ALREADY = 'The configuration is already joint.'
const EMPTY_JOINT = 'A joint configuration without voters cannot be entered.'
const NOT_JOINT = 'Leaving when not joint: there is no joint configuration to leave.'
const SIMPLE_JOINT = 'A simple change while joint: leave the joint configuration first.'

describe('a change of the configuration', () => {
  // What etcd-io/raft says in confchange/testdata, file by file.
  it.each<[string, [step: string, then: string][]]>([
    [
      'simple_safety.txt',
      [
        ['simple l1', NO_VOTERS],
        ['simple v1', '(1)'],
        ['simple v2 l3', '(1 2) learners(3)'],
        ['simple r1 v5', TOO_MANY],
        ['simple r1 r2', NO_VOTERS],
        ['simple v3 v4', TOO_MANY],
        ['simple l1 v5', TOO_MANY],
        ['simple l1 l2', NO_VOTERS],
        ['simple l2 l3 l4 l5', '(1) learners(2 3 4 5)'],
        ['simple r1', NO_VOTERS],
        ['simple r2 r3 r4 r5', '(1)'],
      ],
    ],
    [
      'simple_idempotency.txt',
      [
        ['simple v1', '(1)'],
        ['simple v1', '(1)'],
        ['simple v2', '(1 2)'],
        ['simple l1', '(2) learners(1)'],
        ['simple l1', '(2) learners(1)'],
        ['simple r1', '(2)'],
        ['simple r1', '(2)'],
        ['simple v3', '(2 3)'],
        ['simple r3', '(2)'],
        ['simple r3', '(2)'],
        ['simple r4', '(2)'],
      ],
    ],
    [
      'simple_promote_demote.txt',
      [
        ['simple v1', '(1)'],
        ['simple v2', '(1 2)'],
        ['simple v3', '(1 2 3)'],
        ['simple l1 v1', '(1 2 3)'],
        ['simple l2', '(1 3) learners(2)'],
        ['simple v2 l2', '(1 3) learners(2)'],
        ['simple v2', '(1 2 3)'],
      ],
    ],
    [
      'joint_safety.txt',
      [
        ['leaveJoint', NOT_JOINT],
        ['enterJoint', EMPTY_JOINT],
        ['enterJoint v1', EMPTY_JOINT],
        ['simple v1', '(1)'],
        ['leaveJoint', NOT_JOINT],
        ['enterJoint', '(1)&&(1)'],
        ['enterJoint', ALREADY],
        ['leaveJoint', '(1)'],
        ['leaveJoint', NOT_JOINT],
        ['enterJoint r1 v2 v3 l4', '(2 3)&&(1) learners(4)'],
        ['enterJoint', ALREADY],
        ['enterJoint v12', ALREADY],
        ['simple l15', SIMPLE_JOINT],
        ['leaveJoint', '(2 3) learners(4)'],
        ['simple l9', '(2 3) learners(4 9)'],
      ],
    ],
    [
      'joint_idempotency.txt',
      [
        ['simple v1', '(1)'],
        ['enterJoint r1 r2 r9 v2 v3 v4 v2 v3 v4 l2 l2 r4 r4 l1 l1', '(3)&&(1) learners(2) next(1)'],
        ['leaveJoint', '(3) learners(1 2)'],
      ],
    ],
    [
      'joint_learners_next.txt',
      [
        ['simple v1', '(1)'],
        ['enterJoint v2 l1', '(2)&&(1) next(1)'],
        ['leaveJoint', '(2) learners(1)'],
      ],
    ],
    [
      'joint_autoleave.txt',
      [
        ['simple v1', '(1)'],
        ['enterJoint! v2 v3', '(1 2 3)&&(1) auto'],
        ['enterJoint', ALREADY],
        ['leaveJoint', '(1 2 3)'],
      ],
    ],
  ])('goes as in %s', (_, steps) => {
    expect(run(steps.map(([step]) => step))).toEqual(steps.map(([, then]) => then))
  })

  it('skips a change without an id, as etcd skips node zero (confchange/testdata/zero.txt)', () => {
    const none = (['remove', 'addVoter', 'addLearner'] as const).map((type) => ({ type, id: '' }))
    expect(applyConfChange(EMPTY, { op: 'simple', changes: [...changes('v1'), ...none] }, 1)).toEqual({
      config: { ...EMPTY, voters: ['n1'] },
    })
  })

  it('puts n2 before n10', () => {
    expect(run(['simple v10', 'simple v2', 'simple v1'])).toEqual(['(10)', '(2 10)', '(1 2 10)'])
  })

  it('says what is wrong with a configuration that cannot be', () => {
    const request = { op: 'simple', changes: changes('v1') } as const
    const error = (change: Partial<ClusterConfig>) => applyConfChange({ ...EMPTY, ...change }, request, 1)
    expect(error({ voters: ['n1'], learners: ['n1'] })).toEqual({ error: 'config: n1 is a learner and a voter.' })
    expect(error({ voters: ['n1'], learnersNext: ['n2'] })).toEqual({
      error: 'config: n2 is in learnersNext, so it must be in outgoing and not in voters.',
    })
    expect(error({ voters: ['n1'], autoLeave: true })).toEqual({
      error: 'config: autoLeave is set and the configuration is not joint.',
    })
  })

  const change = fc.record({
    type: fc.constantFrom('addVoter' as const, 'addLearner' as const, 'remove' as const),
    id: fc.constantFrom('n1', 'n2', 'n3', 'n4', 'n5'),
  })
  const list = fc.array(change, { maxLength: 8 })
  const start = fc.uniqueArray(fc.constantFrom('n1', 'n2', 'n3', 'n4', 'n5'), { minLength: 1 })

  it('comes through a joint configuration to what one change after the other gives (confchange/quick_test.go)', () => {
    fc.assert(
      fc.property(start, list, (voters, wanted) => {
        const before = { ...EMPTY, voters: voters.toSorted() }
        const joint = applyConfChange(before, { op: 'enterJoint', changes: wanted }, 1)
        if ('error' in joint) {
          expect(joint.error).toBe(NO_VOTERS)
          return
        }
        const left = applyConfChange(joint.config, { op: 'leaveJoint' }, 1)
        // Single steps may pass through a configuration without voters; one more voter all the while prevents that.
        const steps = [...changes('v9'), ...wanted, ...changes('r9')]
        let config: ClusterConfig = before
        for (const each of steps) {
          const next = applyConfChange(config, { op: 'simple', changes: [each] }, 1)
          if ('error' in next) throw new Error(next.error)
          config = next.config
        }
        expect(left).toEqual({ config })
      }),
    )
  })

  it('never lets two majorities decide apart after a simple change (§4.1)', () => {
    fc.assert(
      fc.property(start, list, fc.subarray(['n1', 'n2', 'n3', 'n4', 'n5']), (voters, wanted, side) => {
        const after = applyConfChange({ ...EMPTY, voters }, { op: 'simple', changes: wanted }, 1)
        if ('error' in after) return
        const everybody = ['n1', 'n2', 'n3', 'n4', 'n5']
        const here = Object.fromEntries(everybody.map((id) => [id, side.includes(id)]))
        const there = Object.fromEntries(everybody.map((id) => [id, !side.includes(id)]))
        const both = [quorumVote(voters, null, here), quorumVote(after.config.voters, null, there)]
        expect(both).not.toEqual(['won', 'won'])
      }),
    )
  })
})
