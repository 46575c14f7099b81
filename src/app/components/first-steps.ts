import type { AnyRun } from '../../engine/messages.ts'
import type { Command } from '../../kernel/command.ts'
import type { LabTypes } from '../../kernel/types.ts'

/** What the first steps of every lab ask for, in this order: crash somebody, ask something, cut, heal. */
const ASKED_FOR: readonly Command<LabTypes>['type'][] = ['crash', 'invoke', 'cut', 'mend']

/** How many of the first steps the user has done. Read off the run, so that an undo takes the step back too. */
export function stepsDone(run: AnyRun): number {
  const done = new Set(run.commands.filter((timed) => timed.scripted !== true).map((timed) => timed.command.type))
  const next = ASKED_FOR.findIndex((type) => !done.has(type))
  return next === -1 ? ASKED_FOR.length : next
}

/** `{leader}` and the like become the one that the view names; null while there is none. */
export function fillIn(sentence: string, view: unknown): string | null {
  const names = view as Readonly<Record<string, unknown>>
  let complete = true
  const text = sentence.replaceAll(/\{(\w+)\}/g, (_, alias: string) => {
    const name = names[alias]
    if (typeof name === 'string') return name
    complete = false
    return ''
  })
  return complete ? text : null
}
