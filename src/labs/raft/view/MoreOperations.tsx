import type { RaftView } from '../observe.ts'
import type { Command } from '../store.ts'
import { BarMenu } from './BarMenu.tsx'

/** The operations that are asked for less often: delete, and compare-and-swap against what the leader holds. */
export function MoreOperations(props: { view: RaftView; keyName: string; value: string; ask(command: Command): void }) {
  const { view, keyName, value, ask } = props
  const expected = heldByLeader(view, keyName)
  return (
    <BarMenu
      label="More operations"
      icon="more"
      choices={[
        { label: `Delete ${keyName}`, hint: '', choose: () => ask({ type: 'delete', key: keyName }) },
        {
          label: `Compare and swap ${keyName}`,
          hint: `${expected ?? 'none'} to ${value}`,
          choose: () => ask({ type: 'cas', key: keyName, expected, value }),
        },
      ]}
    />
  )
}

/** What the leader's store holds for a key, as the screen knows it. */
function heldByLeader(view: RaftView, key: string): string | null {
  const leader = view.servers.find(({ id }) => id === view.leader)
  return leader?.store.find(([name]) => name === key)?.[1] ?? null
}
