import type { ReadMode } from '../messages.ts'
import { BarMenu } from './BarMenu.tsx'

const MODES: readonly { mode: ReadMode; label: string; hint: string }[] = [
  { mode: 'log', label: 'Through the log', hint: 'an entry of its own' },
  { mode: 'readIndex', label: 'By ReadIndex', hint: 'a majority confirms the leader' },
  { mode: 'lease', label: 'By the lease', hint: 'at once, by the leader’s clock' },
  { mode: 'followerRead', label: 'By a follower', hint: 'with the leader’s ReadIndex' },
  { mode: 'dirty', label: 'Dirty', hint: 'whatever the server holds' },
]

/** How the next reads are to be answered, by the bar and by a server's menu (thesis §6.4). Null: as the settings say. */
export function ReadMenu(props: { chosen: ReadMode | null; set: ReadMode; choose(mode: ReadMode | null): void }) {
  const { chosen, set, choose } = props
  const usual = MODES.find(({ mode }) => mode === set)?.label ?? set
  return (
    <BarMenu
      label="How to read"
      icon="chevronDown"
      choices={[
        {
          label: 'As the settings say',
          hint: usual.toLowerCase(),
          checked: chosen === null,
          choose: () => choose(null),
        },
        ...MODES.map(({ mode, label, hint }) => ({
          label,
          hint,
          checked: chosen === mode,
          choose: () => choose(mode),
        })),
      ]}
    />
  )
}
