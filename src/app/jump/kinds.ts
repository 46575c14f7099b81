import type { JumpKind } from '../../engine/messages.ts'
import type { AnyLab } from '../../lab/definition.ts'

export interface Kind {
  to: JumpKind
  label: string
  says: string
}

/** What one can jump to in every lab. */
const HOUSE: readonly Kind[] = [
  { to: 'fault', label: 'Fault', says: 'A crash, a restart, a pause, a cut, a mend.' },
  { to: 'operation', label: 'Client operation', says: 'A client asks for something.' },
  { to: 'violation', label: 'Violation', says: 'A property breaks.' },
]

/** What one can jump to in this lab, its own first. */
export const kindsOf = (lab: AnyLab): readonly Kind[] => [
  ...(lab.jumps ?? []).map(({ id, label, says }) => ({ to: id, label, says })),
  ...HOUSE,
]

/** In words: `election`, `AppendEntries`. */
export function kindText(lab: AnyLab, to: JumpKind): string {
  if (typeof to !== 'string') return to.message
  return (kindsOf(lab).find((kind) => kind.to === to)?.label ?? to).toLowerCase()
}
