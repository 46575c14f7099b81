import { describe, expect, it } from 'vitest'
import { quorumCommitted, quorumVote } from './quorum.ts'

/** `1,2,3` → n1, n2, n3. */
const ids = (text: string): string[] => (text === '' ? [] : text.split(',').map((n) => `n${n}`))

/** The values belong to all ids of both sets, the smallest first; `_` is not known. */
function byId<V>(voters: string, outgoing: string, values: string, read: (word: string) => V): Map<string, V> {
  const all = [...new Set([...voters.split(','), ...outgoing.split(',')])].filter((n) => n !== '')
  const words = values.split(',')
  const known = all.toSorted((a, b) => Number(a) - Number(b)).map((n, i) => [`n${n}`, words[i] as string] as const)
  return new Map(known.filter(([, word]) => word !== '_').map(([id, word]) => [id, read(word)]))
}

describe('what a quorum has committed', () => {
  // [voters, outgoing, match, committed] of etcd-io/raft, quorum/testdata/majority_commit.txt and joint_commit.txt.
  it.each([
    ['', '', '', Number.POSITIVE_INFINITY],
    ['1', '', '_', 0],
    ['1', '', '12', 12],
    ['1,2', '', '_,_', 0],
    ['1,2', '', '12,_', 0],
    ['1,2', '', '12,5', 5],
    ['1,2,3', '', '_,_,_', 0],
    ['1,2,3', '', '12,_,_', 0],
    ['1,2,3', '', '12,5,_', 5],
    ['1,2,3', '', '12,5,6', 6],
    ['1,2,3', '', '12,5,4', 5],
    ['1,2,3', '', '5,5,_', 5],
    ['1,2,3', '', '5,5,12', 5],
    ['1,2,3', '', '100,101,103', 101],
    ['1,2,3,4,5', '', '101,104,103,103,_', 103],
    ['1,2,3,4,5', '', '101,102,103,103,_', 102],
    ['1,2,3', '', '100,101,99', 100],
    ['1', '2', '_,_', 0],
    ['1', '2', '100,_', 0],
    ['1', '2', '13,100', 13],
    ['1', '1', '_', 0],
    ['1', '1', '100', 100],
    ['1,3', '2', '_,_,_', 0],
    ['1,3', '2', '100,_,_', 0],
    ['1,3', '2', '100,_,50', 0],
    ['1,3', '2', '100,45,50', 45],
    ['1,2', '2', '_,_', 0],
    ['1,2', '2', '100,_', 0],
    ['1,2', '2', '_,100', 0],
    ['1,2', '2', '50,100', 50],
    ['1,2', '2', '100,50', 50],
    ['1,2', '3,4', '50,_,_,_', 0],
    ['1,2', '3,4', '50,_,49,_', 0],
    ['1,2', '3,4', '50,48,49,_', 0],
    ['1,2', '3,4', '50,48,49,47', 47],
    ['1,2', '2,3', '_,_,_', 0],
    ['1,2', '2,3', '100,_,_', 0],
    ['1,2', '2,3', '_,100,_', 0],
    ['1,2', '2,3', '_,100,99', 0],
    ['1,2', '2,3', '101,100,99', 99],
    ['1,2', '1,2', '_,_', 0],
    ['1,2', '1,2', '_,40', 0],
    ['1,2', '1,2', '41,40', 40],
    ['1,2,3', '4,5,6', '_,_,_,_,_,_', 0],
    ['1,2,3', '4,5,6', '100,_,_,_,_,_', 0],
    ['1,2,3', '4,5,6', '100,_,_,90,_,_', 0],
    ['1,2,3', '4,5,6', '100,99,_,_,_,_', 0],
    ['1,2,3', '4,5,6', '_,99,90,97,95,_', 90],
    ['1,2,3', '4,5,6', '92,99,90,97,95,_', 92],
    ['1,2,3', '4,5,6', '92,99,90,97,95,77', 92],
    ['1,2,3', '1,4,5', '_,_,_,_,_', 0],
    ['1,2,3', '1,4,5', '100,_,_,_,_', 0],
    ['1,2,3', '1,4,5', '100,101,_,_,_', 0],
    ['1,2,3', '1,4,5', '100,101,100,_,_', 0],
    ['1,2,3', '1,4,5', '_,100,_,99,98', 0],
    ['1,2,3', '1,4,5', '_,100,99,99,98', 98],
    ['1,2,3', '1,4,5', '1,100,99,99,98', 98],
    ['1,2,3', '1,4,5', '100,100,99,99,98', 99],
    ['1,2,3', '2,3,4', '_,_,_,_', 0],
    ['1,2,3', '2,3,4', '_,100,99,_', 99],
    ['1,2,3', '2,3,4', '98,100,99,_', 99],
    ['1,2,3', '2,3,4', '100,100,99,_', 99],
    ['1,2,3', '2,3,4', '100,100,99,98', 99],
    ['1,2,3', '2,3,4', '100,_,_,101', 0],
    ['1,2,3', '2,3,4', '100,99,_,101', 99],
    ['1,2,3', '1,2,3', '50,45,_', 45],
  ])('voters (%s), outgoing (%s), match (%s): %d', (voters, outgoing, values, committed) => {
    const match = byId(voters, outgoing, values, Number)
    const joint = outgoing === '' ? null : ids(outgoing)
    expect(quorumCommitted(ids(voters), joint, match)).toBe(committed)
    expect(quorumCommitted(ids(voters), joint, Object.fromEntries(match))).toBe(committed)
    // Nobody is favoured by the place, and a set joint with itself is the set alone.
    expect(quorumCommitted(joint ?? [], ids(voters), match)).toBe(committed)
    if (joint === null) expect(quorumCommitted(ids(voters).toReversed(), ids(voters), match)).toBe(committed)
  })

  it('counts 0 for a server whose name is a property of every object', () => {
    expect(quorumCommitted(['constructor'], null, {})).toBe(0)
  })
})

describe('what an election has come to', () => {
  // [voters, outgoing, votes, verdict] of etcd-io/raft, quorum/testdata/majority_vote.txt and joint_vote.txt.
  it.each([
    ['', '', '', 'won'],
    ['1', '', '_', 'pending'],
    ['1', '', 'n', 'lost'],
    ['1', '', 'y', 'won'],
    ['4,8', '', '_,_', 'pending'],
    ['4,8', '', 'n,_', 'lost'],
    ['4,8', '', 'y,_', 'pending'],
    ['4,8', '', 'n,y', 'lost'],
    ['4,8', '', 'y,y', 'won'],
    ['2,4,7', '', '_,_,_', 'pending'],
    ['2,4,7', '', 'n,_,_', 'pending'],
    ['2,4,7', '', 'y,_,_', 'pending'],
    ['2,4,7', '', 'n,n,_', 'lost'],
    ['2,4,7', '', 'y,n,_', 'pending'],
    ['2,4,7', '', 'y,y,_', 'won'],
    ['2,4,7', '', 'y,y,n', 'won'],
    ['2,4,7', '', 'n,y,n', 'lost'],
    ['1,2,3,4,5,6,7', '', 'y,y,n,y,_,_,_', 'pending'],
    ['1,2,3,4,5,6,7', '', '_,y,y,_,n,y,n', 'pending'],
    ['1,2,3,4,5,6,7', '', 'y,y,n,y,_,n,y', 'won'],
    ['1,2,3,4,5,6,7', '', 'y,y,_,n,y,n,n', 'pending'],
    ['1,2,3,4,5,6,7', '', 'y,y,n,y,n,n,n', 'lost'],
    ['1', '1', '_', 'pending'],
    ['1', '1', 'y', 'won'],
    ['1', '1', 'n', 'lost'],
    ['1', '2', '_,_', 'pending'],
    ['1', '2', 'y,_', 'pending'],
    ['1', '2', 'y,y', 'won'],
    ['1', '2', 'y,n', 'lost'],
    ['1', '2', 'n,_', 'lost'],
    ['1', '2', 'n,n', 'lost'],
    ['1', '2', 'n,y', 'lost'],
    ['1,2', '3,4', '_,_,_,_', 'pending'],
    ['1,2', '3,4', 'y,_,_,_', 'pending'],
    ['1,2', '3,4', 'y,y,_,_', 'pending'],
    ['1,2', '3,4', 'y,y,n,_', 'lost'],
    ['1,2', '3,4', 'y,y,n,n', 'lost'],
    ['1,2', '3,4', 'y,y,y,n', 'lost'],
    ['1,2', '3,4', 'y,y,y,y', 'won'],
    ['1,2', '2,3', '_,_,_', 'pending'],
    ['1,2', '2,3', '_,n,_', 'lost'],
    ['1,2', '2,3', 'y,y,_', 'pending'],
    ['1,2', '2,3', 'y,y,n', 'lost'],
    ['1,2', '2,3', 'y,y,y', 'won'],
    ['1,2', '1,2', '_,_', 'pending'],
    ['1,2', '1,2', 'y,_', 'pending'],
    ['1,2', '1,2', 'y,n', 'lost'],
    ['1,2', '1,2', 'n,_', 'lost'],
    ['1,2', '1,2', 'n,n', 'lost'],
    ['1,2,3', '2,3,4', '_,_,_,_', 'pending'],
    ['1,2,3', '2,3,4', '_,n,_,_', 'pending'],
    ['1,2,3', '2,3,4', '_,n,n,_', 'lost'],
    ['1,2,3', '2,3,4', '_,y,y,_', 'won'],
    ['1,2,3', '2,3,4', 'y,y,_,_', 'pending'],
    ['1,2,3', '2,3,4', 'y,y,n,_', 'pending'],
    ['1,2,3', '2,3,4', 'y,y,n,n', 'lost'],
    ['1,2,3', '2,3,4', 'y,y,n,y', 'won'],
  ])('voters (%s), outgoing (%s), votes (%s): %s', (voters, outgoing, values, verdict) => {
    const votes = byId(voters, outgoing, values, (word) => word === 'y')
    const joint = outgoing === '' ? null : ids(outgoing)
    expect(quorumVote(ids(voters), joint, votes)).toBe(verdict)
    expect(quorumVote(ids(voters), joint, Object.fromEntries(votes))).toBe(verdict)
    expect(quorumVote(joint ?? [], ids(voters), votes)).toBe(verdict)
  })
})
