/**
 * Who takes part (thesis ch. 4). `voters` decide; while `outgoing` is not empty the configuration is joint and both sets
 * must agree. Learners take the log and have no vote. `learnersNext` are outgoing voters that become learners when the joint
 * configuration is left. All lists are sorted, with numbers in ids counted as numbers: n2 before n10.
 */
export interface ClusterConfig {
  readonly voters: readonly string[]
  readonly outgoing: readonly string[]
  readonly learners: readonly string[]
  readonly learnersNext: readonly string[]
  /** The leader leaves the joint configuration by itself once it is committed. */
  readonly autoLeave: boolean
}

export interface ConfigChange {
  readonly type: 'addVoter' | 'addLearner' | 'remove'
  readonly id: string
}

export interface ConfigRequest {
  readonly op: 'simple' | 'enterJoint' | 'leaveJoint'
  readonly changes?: readonly ConfigChange[] | undefined
  readonly autoLeave?: boolean | undefined
}

export type ConfigOutcome = { config: ClusterConfig } | { error: string }

/**
 * The configuration after a change, or a sentence that says which rule refused it. Adding who is there and removing who is
 * not are no errors and change nothing; a change without an id is skipped. Takes nothing from its arguments away.
 *
 * A simple change may add or remove one voter in all (thesis §4.1), and any number of learners. A joint one goes through
 * both majorities (§4.3). The rules, and what becomes of a demoted voter, are etcd-io/raft's `confchange/confchange.go`,
 * which also begins to probe a new server at `lastIndex`; the result does not depend on it.
 */
export function applyConfChange(config: ClusterConfig, request: ConfigRequest, _lastIndex = 0): ConfigOutcome {
  const wrong = faultOf(config)
  if (wrong !== null) return { error: wrong }
  switch (request.op) {
    case 'simple':
      return simple(config, request.changes ?? [])
    case 'enterJoint':
      return enterJoint(config, request.changes ?? [], request.autoLeave ?? false)
    case 'leaveJoint':
      return leaveJoint(config)
    default:
      return { error: `op: expected simple, enterJoint or leaveJoint, found ${String(request.op)}.` }
  }
}

function simple(config: ClusterConfig, changes: readonly ConfigChange[]): ConfigOutcome {
  if (isJoint(config)) return { error: 'A simple change while joint: leave the joint configuration first.' }
  const draft = new Draft(config)
  const error = draft.change(changes)
  if (error !== null) return { error }
  if (differences(new Set(config.voters), draft.voters) > 1) {
    return { error: 'More than one voter changed without a joint configuration.' }
  }
  return { config: draft.done(false) }
}

function enterJoint(config: ClusterConfig, changes: readonly ConfigChange[], autoLeave: boolean): ConfigOutcome {
  if (isJoint(config)) return { error: 'The configuration is already joint.' }
  if (config.voters.length === 0) return { error: 'A joint configuration without voters cannot be entered.' }
  const draft = new Draft({ ...config, outgoing: config.voters })
  const error = draft.change(changes)
  return error === null ? { config: draft.done(autoLeave) } : { error }
}

function leaveJoint(config: ClusterConfig): ConfigOutcome {
  if (!isJoint(config)) return { error: 'Leaving when not joint: there is no joint configuration to leave.' }
  const learners = [...config.learners, ...config.learnersNext]
  return { config: new Draft({ ...config, outgoing: [], learners, learnersNext: [] }).done(false) }
}

const isJoint = (config: ClusterConfig): boolean => config.outgoing.length > 0

/** A configuration under change. */
class Draft {
  readonly voters: Set<string>
  readonly #outgoing: ReadonlySet<string>
  readonly #learners: Set<string>
  readonly #learnersNext: Set<string>

  constructor(config: ClusterConfig) {
    this.voters = new Set(config.voters)
    this.#outgoing = new Set(config.outgoing)
    this.#learners = new Set(config.learners)
    this.#learnersNext = new Set(config.learnersNext)
  }

  /** Does one after the other; a sentence if it cannot be. */
  change(changes: readonly ConfigChange[]): string | null {
    for (const { type, id } of changes) {
      if (id === '') continue
      if (type === 'addVoter') this.#addVoter(id)
      else if (type === 'addLearner') this.#addLearner(id)
      else if (type === 'remove') this.#remove(id)
      else return `type: expected addVoter, addLearner or remove, found ${String(type)}.`
    }
    return this.voters.size === 0 ? 'All voters removed: a configuration needs at least one.' : null
  }

  done(autoLeave: boolean): ClusterConfig {
    return {
      voters: sorted(this.voters),
      outgoing: sorted(this.#outgoing),
      learners: sorted(this.#learners),
      learnersNext: sorted(this.#learnersNext),
      autoLeave,
    }
  }

  #addVoter(id: string): void {
    this.#learners.delete(id)
    this.#learnersNext.delete(id)
    this.voters.add(id)
  }

  /** Nobody is a voter and a learner at once, so an outgoing voter has to wait. */
  #addLearner(id: string): void {
    if (this.#learners.has(id)) return
    this.voters.delete(id)
    if (this.#outgoing.has(id)) this.#learnersNext.add(id)
    else this.#learners.add(id)
  }

  #remove(id: string): void {
    this.voters.delete(id)
    this.#learners.delete(id)
    this.#learnersNext.delete(id)
  }
}

/** What cannot be true of any configuration that came of changes. */
function faultOf({ voters, outgoing, learners, learnersNext, autoLeave }: ClusterConfig): string | null {
  const both = learners.find((id) => voters.includes(id) || outgoing.includes(id))
  if (both !== undefined) return `config: ${both} is a learner and a voter.`
  const early = learnersNext.find((id) => !outgoing.includes(id) || voters.includes(id))
  if (early !== undefined) return `config: ${early} is in learnersNext, so it must be in outgoing and not in voters.`
  if (autoLeave && outgoing.length === 0) return 'config: autoLeave is set and the configuration is not joint.'
  return null
}

function differences(one: ReadonlySet<string>, two: ReadonlySet<string>): number {
  return [...one].filter((id) => !two.has(id)).length + [...two].filter((id) => !one.has(id)).length
}

const sorted = (ids: Iterable<string>): string[] => [...ids].toSorted(byName)

/** n2 before n10, and the same order everywhere. */
function byName(one: string, two: string): number {
  const [a, b] = [parts(one), parts(two)]
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return a.number - b.number || (one < two ? -1 : one > two ? 1 : 0)
}

function parts(id: string): { name: string; number: number } {
  const name = id.replace(/\d+$/, '')
  return { name, number: Number(id.slice(name.length)) }
}
