import type { Result } from '../../base/result.ts'
import type { LabTypes, Setup } from '../../kernel/types.ts'
import type { Pair } from '../../lab/comparison.ts'
import { hasMistake, withMistake } from '../../lab/config.ts'
import type { AnyLab } from '../../lab/definition.ts'
import { freshRun } from '../../lab/setup.ts'
import { type Change, type Field, HOUSE, type SwitchField } from '../settings-field.ts'
import { fieldsOf } from '../settings.ts'
import type { PageState } from '../state.ts'
import type { Contender } from './compare-desk.ts'

type Ready = Pick<PageState, 'tree' | 'script' | 'fired' | 'reached'> & { run: NonNullable<PageState['run']> }

/** The run on show beside another of its futures; null if there is none of this number. */
export function withBranch(state: Ready, id: number): Pair<Contender> | null {
  const branch = state.tree.branches.find((one) => one.id === id)
  if (branch === undefined) return null
  const { name, commands, fired, reached } = branch
  const { run, script } = state
  return [shown(state, state.tree.name), { name, branch: id, value: { ...run, commands }, script, fired, reached }]
}

/** The run on show beside the same one with another seed. */
export function withSeed(state: Ready, lab: AnyLab, seed: number): Pair<Contender> {
  const { setup } = state.run
  return [shown(state, `Seed ${setup.seed}`), again(state, lab, { ...setup, seed }, `Seed ${seed}`)]
}

/** The run on show beside the same one from a setup of which one thing is another. */
export function withSetup(
  state: Ready,
  lab: AnyLab,
  setup: Setup<LabTypes>,
  [before, after]: Pair<string>,
): Pair<Contender> {
  return [shown(state, before), again(state, lab, setup, after)]
}

function shown({ run, script, fired, reached }: Ready, name: string): Contender {
  return { name, branch: null, value: run, script, fired, reached }
}

/** What the user did is done again; what a scenario does comes true anew. */
function again({ run, script, reached }: Ready, lab: AnyLab, setup: Setup<LabTypes>, name: string): Contender {
  const commands = run.commands.filter(({ scripted }) => scripted !== true)
  return { name, branch: null, value: { ...freshRun<LabTypes>(lab, setup), commands }, script, fired: [], reached }
}

/** One thing that can be another one in a setup: a number, a switch or a choice. */
export type Changeable = Exclude<Field, { kind: 'distribution' }>

/** All of them, with the values that the run began with, by the group that they belong to. */
export function changeables(
  lab: AnyLab,
  setup: Setup<LabTypes>,
): readonly { title: string; fields: readonly Changeable[] }[] {
  const { config, network, disk } = setup
  const servers = setup.processes.filter(({ beside }) => beside === undefined).length
  const { atHand, rest } = fieldsOf(lab, { config, network, disk }, { servers, seed: setup.seed })
  return [
    { title: 'At hand', fields: atHand.flatMap(plainly) },
    ...rest.map(({ title, fields }) => ({ title, fields: fields.filter(({ id }) => id !== 'seed').flatMap(plainly) })),
    { title: 'Mistakes', fields: lab.mistakes.map((mistake) => mistakeField(lab, config, mistake)) },
  ].filter(({ fields }) => fields.length > 0)
}

/** A distribution as its numbers. */
function plainly(field: Field): readonly Changeable[] {
  if (field.kind !== 'distribution') return [field]
  return field.parts.map((part) => ({ ...part, label: `${field.label}: ${part.label.toLowerCase()}` }))
}

function mistakeField(lab: AnyLab, config: object, mistake: AnyLab['mistakes'][number]): SwitchField {
  return {
    id: `mistake-${mistake.name}`,
    kind: 'switch',
    label: mistake.label,
    says: mistake.breaks,
    source: HOUSE,
    live: true,
    value: hasMistake(lab, config, mistake),
    change: (on): Result<Change> => ({
      ok: true,
      value: { command: { type: 'configure', config: withMistake(lab, config, mistake, on) } },
    }),
  }
}

/** The setup with this change, which may be one that could be made while the run goes on. */
export function changedSetup(setup: Setup<LabTypes>, change: Change): Setup<LabTypes> {
  if ('setup' in change) return change.setup(setup)
  const { command } = change
  switch (command.type) {
    case 'configure':
      return { ...setup, config: { ...setup.config, ...command.config } }
    case 'network':
      return { ...setup, network: { ...setup.network, ...command.settings } }
    case 'disk': {
      const { type: _, process: __, ...disk } = command
      return { ...setup, disk: { ...setup.disk, ...disk } }
    }
    default:
      return setup
  }
}
