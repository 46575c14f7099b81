import type { ProcessId } from '../../kernel/types.ts'
import { namedRows, type Rows } from './rows.ts'

/** Whose lane is whose, as far as there is room for names. `size`: how many times as large as usual letters are. */
export function LaneNames({ rows, selected, size }: { rows: Rows; selected: ProcessId | null; size: number }) {
  return (
    <>
      {namedRows(rows, selected, size).map(({ id, y, height, client }) => (
        <span
          key={id}
          className="lane-name"
          data-small={height < 17 || client || undefined}
          data-client={client || undefined}
          data-selected={id === selected || undefined}
          style={{ top: y }}
        >
          {id}
        </span>
      ))}
      {rows.rest !== null && (
        <span className="lane-name" data-rest style={{ top: rows.rest.y }}>
          {rows.rest.id}
        </span>
      )}
    </>
  )
}
