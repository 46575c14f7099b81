import type { Command } from '../../kernel/command.ts'
import type { LabTypes } from '../../kernel/types.ts'
import type { WorldView } from '../../lab/world-view.ts'
import type { Action } from '../../ui/lab-view.ts'

export interface Deed extends Action {
  command: Command<LabTypes>
  /** The key that does the same, if there is one. */
  shortcut?: string
}

/** Mends every cut. */
export function heal({ cuts }: Pick<WorldView, 'cuts'>): Deed {
  return {
    id: 'heal',
    label: 'Heal',
    disabled: cuts.length === 0 ? 'nothing is cut' : null,
    command: { type: 'mend', links: cuts },
    shortcut: 'H',
  }
}
