import type { Result } from '../base/result.ts'
import type { Micros } from '../base/units.ts'
import type { ProcessSetup } from '../kernel/types.ts'
import { type Condition, namesIn, parseCondition, speaksOfViolation } from './condition.ts'
import type { AnyLab } from './definition.ts'
import { clausesOf, readExpectation } from './expectation.ts'
import { HISTORY } from './house-predicates.ts'
import { done, type Read, refuse, type Refused } from './scenario-read.ts'
import type { ScenarioFile } from './scenario-schema.ts'
import type { Claim, Expectation } from './script.ts'
import type { Said, Step } from './steps.ts'

/** What a condition may name. */
export interface Known {
  lab: AnyLab
  processes: readonly ProcessSetup[]
  /** Of operations, given by `as`. */
  names: ReadonlySet<string>
}

export function conditionsProblem(said: readonly Said[], known: Known): Refused | null {
  for (const { part, path } of said) {
    for (const field of ['when', 'unless'] as const) {
      const text = part[field]
      const read = text === undefined ? null : readCondition(text, known)
      if (read !== null && !read.ok) return refuse([...path, field], read.error)
    }
  }
  return null
}

export function questionsProblem(steps: readonly Step[], known: Known): Refused | null {
  for (const [i, { questions }] of steps.entries()) {
    for (const [k, { choices }] of questions.entries()) {
      for (const { when } of choices) {
        const read = readCondition(when, known)
        if (!read.ok) return refuse(['steps', i, 'questions', k], read.error)
      }
    }
  }
  return null
}

export function readExpectations(
  file: ScenarioFile,
  known: Known,
  until: Micros,
): Read<{ expectations: readonly Expectation[]; expectsViolation: boolean }> {
  const expectations: Expectation[] = []
  let expectsViolation = false
  const goals = file.challenge === undefined ? [] : [{ said: file.challenge.goal, path: ['challenge', 'goal'] }]
  const said = (file.expect ?? []).map((said, i) => ({ said, path: ['expect', i] }))
  for (const { said: text, path } of [...goals, ...said]) {
    const read = readExpectation(text, until)
    if (!read.ok) return refuse(path, read.error)
    for (const { condition, mode } of clausesOf(read.value.claim)) {
      const found = readCondition(condition, known)
      if (!found.ok) return refuse(path, found.error)
      expectsViolation ||= mode === 'eventually' && speaksOfViolation(found.value)
    }
    expectations.push({ ...read.value, claim: lasting(read.value.claim) })
  }
  return done({ expectations, expectsViolation })
}

/** A history that is bad stays bad, and an empty one is good: that it is good at some moment says nothing. */
function lasting(claim: Claim): Claim {
  if (claim.type !== 'clause') return { ...claim, parts: claim.parts.map(lasting) }
  return claim.condition === HISTORY ? { ...claim, mode: 'always' } : claim
}

/** A condition all of whose names this cluster and this scenario know. */
function readCondition(text: string, known: Known): Result<Condition> {
  const condition = parseCondition(known.lab, text)
  if (!condition.ok) return condition
  for (const { slot, name } of namesIn(condition.value)) {
    const why = nameProblem(slot, name, known)
    if (why !== null) return { ok: false, error: `${why} in “${text}”` }
  }
  return condition
}

function nameProblem(slot: string, name: string, { lab, processes, names }: Known): string | null {
  const isProcess = Object.hasOwn(lab.aliases, name) || processes.some(({ id }) => id === name)
  switch (slot) {
    case 'SERVER':
    case 'CLIENT':
    case 'PROCESS': {
      if (!isProcess) return `there is no process called ${name}`
      const role = processes.find(({ id }) => id === name)?.role ?? slot.toLowerCase()
      return slot === 'PROCESS' || role === slot.toLowerCase() ? null : `${name} is no ${slot.toLowerCase()}`
    }
    case 'OPERATION': {
      const isNumbered = /^.+#\d+$/.test(name) && processes.some(({ id }) => name.startsWith(`${id}#`))
      if (isNumbered || names.has(name)) return null
      const given = names.size === 0 ? '' : ` or ${[...names].join(', ')}`
      return `there is no operation called ${name}; expected the likes of c1#2${given}`
    }
    case 'MONITOR':
      if (lab.monitors.some((monitor) => monitor.name === name)) return null
      return `there is no monitor called “${name}”; expected one of ${lab.monitors.map((m) => m.name).join(', ')}`
    default:
      return null
  }
}
