import { useMemo } from 'react'
import type { AnyRun, Tree } from '../../engine/messages.ts'
import type { StripRail } from '../../ui/lanes/RunStrip.tsx'
import { forkOf } from '../branches/fork.ts'
import { useStore } from '../store.ts'

/** The last few futures that were left, from where each parts from the run on show. */
export function useRails(): readonly StripRail[] {
  const tree = useStore((s) => s.tree)
  const commands = useStore((s) => s.run?.commands ?? NOTHING)
  return useMemo(() => railsOf(tree, commands), [tree, commands])
}

function railsOf({ branches }: Tree, commands: AnyRun['commands']): readonly StripRail[] {
  return branches.slice(-MOST_RAILS).map(({ id, name, reached, commands: theirs }) => {
    const { at } = forkOf(theirs, commands)
    return { id, name, from: Math.min(at, reached), to: reached }
  })
}

const MOST_RAILS = 3
const NOTHING: AnyRun['commands'] = []
