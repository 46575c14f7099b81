import { type KeyboardEvent, memo, useContext } from 'react'
import type { ProcessId } from '../../../kernel/types.ts'
import { AskWhy } from '../../../ui/ask-why.ts'
import { hueColor, hueInk } from '../../../ui/hue.ts'
import type { EntryView } from '../observe.ts'

interface LogRowProps {
  id: ProcessId
  down: boolean
  /** What the servers that are up know to be committed: the term of each such entry on screen, by index. */
  known: ReadonlyMap<number, number>
  selected: boolean
  first: number
  columns: number
  commitIndex: number
  lastApplied: number
  entries: readonly EntryView[]
  /** Up to here a snapshot has taken the place of the entries. */
  compactedTo: number
  onSelect(id: ProcessId): void
}

/** The log of one server; under each entry a strip of disk. Drawn again only when it has changed, not with every frame. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { id, down, known, selected, first, columns, commitIndex, lastApplied, entries, compactedTo, onSelect } = props
  return (
    <tr
      data-log={id}
      data-down={down || undefined}
      data-selected={selected || undefined}
      title={down ? `${id} is down: commitIndex is in memory only` : undefined}
    >
      <th scope="row">
        <button type="button" className="raft-log-name" onClick={() => onSelect(id)}>
          {id}
        </button>
      </th>
      {Array.from({ length: columns }, (_, i) => {
        const index = first + i
        const entry = entries[index - (entries[0]?.index ?? first)]
        return (
          <Place
            key={index}
            server={id}
            index={index}
            {...(index > compactedTo ? entry : undefined)}
            compactedTo={index > compactedTo ? null : compactedTo}
            kept={down && known.get(index) === entry?.term}
            first={entry === entries[0]}
            mark={index === commitIndex ? 'commit' : index === lastApplied ? 'applied' : null}
          />
        )
      })}
    </tr>
  )
}, isSameRow)

/** All plain values: of a log that grows, most places stay as they are. */
interface PlaceProps extends Partial<EntryView> {
  server: ProcessId
  index: number
  /** Where a snapshot stands for the entry: up to which one. */
  compactedTo: number | null
  kept: boolean
  /** The first entry on screen, which Tab reaches. */
  first: boolean
  mark: 'commit' | 'applied' | null
}

const Place = memo(function Place({ compactedTo, mark, ...cell }: PlaceProps) {
  return (
    <td data-mark-commit={mark === 'commit' || undefined} data-mark-applied={mark === 'applied' || undefined}>
      {compactedTo === null ? (
        <Cell {...cell} />
      ) : (
        <SnapshotCell server={cell.server} index={cell.index} upTo={compactedTo} />
      )}
    </td>
  )
})

/** An entry that is gone from the log: a snapshot stands for it. */
function SnapshotCell({ server, index, upTo }: { server: ProcessId; index: number; upTo: number }) {
  return (
    <div
      className="raft-entry-snapshot"
      data-compacted={`${server}:${index}`}
      title={`${server} holds entries 1 to ${upTo} as a snapshot`}
    >
      <span>{index === upTo ? 'snapshot' : ''}</span>
    </div>
  )
}

function Cell(props: Omit<PlaceProps, 'compactedTo' | 'mark'>) {
  const { server, index, kept, first, term, text, committed, synced } = props
  const ask = useContext(AskWhy)
  if (term === undefined || text === undefined) return <div className="raft-entry-space" />
  const color = hueColor(term)
  const state = committed ? 'committed' : kept ? 'committed elsewhere' : 'not committed'
  return (
    <button
      type="button"
      className="raft-entry"
      tabIndex={first ? 0 : -1}
      aria-label={`${server}, entry ${index}: ${text}, term ${term}, ${state}. Why?`}
      onClick={() => ask?.({ type: 'item', process: server, name: String(index) })}
      data-entry={`${server}:${index}`}
      data-term={term}
      data-committed={committed}
      data-kept={kept || undefined}
      data-synced={synced}
      title={`${text}. Entry ${index} of term ${term}, ${state}, ${synced ? '' : 'not yet '}on disk. Click: why?`}
      style={{ borderColor: color, color: committed || kept ? hueInk(term) : color, ['--fill' as string]: color }}
    >
      <span>{entryText(text)}</span>
    </button>
  )
}

/** Arrow keys move from entry to entry, as in a sheet. */
export function walkEntries(event: KeyboardEvent<HTMLElement>): void {
  const cell = event.target instanceof Element ? event.target.closest('td') : null
  const row = cell?.parentElement
  const step = STEPS[event.key]
  if (!(cell instanceof HTMLTableCellElement) || !row || step === undefined) return
  const rows = [...(row.parentElement?.children ?? [])]
  const next = rows[rows.indexOf(row) + step[0]]?.children[cell.cellIndex + step[1]]
  event.preventDefault()
  next?.querySelector<HTMLElement>('.raft-entry')?.focus()
}

const STEPS: Record<string, readonly [row: number, cell: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** What a cell has room for: an append is `x+=1`. */
export const entryText = (text: string): string => text.replaceAll(' ← … ', '+=').replaceAll(' ← ', '←')

function isSameRow(a: LogRowProps, b: LogRowProps): boolean {
  return (
    a.id === b.id &&
    a.down === b.down &&
    (a.known === b.known || !a.down) &&
    a.selected === b.selected &&
    a.first === b.first &&
    a.columns === b.columns &&
    a.commitIndex === b.commitIndex &&
    a.lastApplied === b.lastApplied &&
    a.compactedTo === b.compactedTo &&
    a.onSelect === b.onSelect &&
    a.entries.length === b.entries.length &&
    a.entries.every((entry, i) => isSameEntry(entry, b.entries[i]))
  )
}

function isSameEntry(a: EntryView, b: EntryView | undefined): boolean {
  return (
    b !== undefined &&
    a.index === b.index &&
    a.term === b.term &&
    a.text === b.text &&
    a.committed === b.committed &&
    a.synced === b.synced
  )
}
