import type { KeyboardEvent } from 'react'
import type { Link, ProcessId } from '../../kernel/types.ts'
import { linkKey } from './cuts.ts'

interface CutMatrixProps {
  servers: readonly ProcessId[]
  cut: readonly Link[]
  onToggle(link: Link): void
}

/** A cell per directed link, from the server of its row to the server of its column. Arrow keys move, Space cuts. */
export function CutMatrix({ servers, cut, onToggle }: CutMatrixProps) {
  const cuts = new Set(cut.map(linkKey))
  return (
    <table className="cut-matrix" data-first="" onKeyDown={move}>
      <caption className="visually-hidden">
        Links that are cut, from the server of the row to the server of the column
      </caption>
      <thead>
        <tr>
          <td>from \ to</td>
          {servers.map((to) => (
            <th key={to} scope="col">
              {to}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {servers.map((from) => (
          <tr key={from}>
            <th scope="row">{from}</th>
            {servers.map((to) => (
              <td key={to}>
                {from !== to && <Cell link={{ from, to }} cut={cuts.has(`${from}>${to}`)} onToggle={onToggle} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Cell({ link, cut, onToggle }: { link: Link; cut: boolean; onToggle(link: Link): void }) {
  return (
    <input
      type="checkbox"
      checked={cut}
      aria-label={`Cut ${link.from} to ${link.to}`}
      title={`${link.from} → ${link.to}${cut ? ', cut' : ''}`}
      onChange={() => onToggle(link)}
    />
  )
}

const STEP: Record<string, readonly [number, number]> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
}

/** To the next cell that way; over the empty one on the diagonal. */
function move(event: KeyboardEvent<HTMLTableElement>): void {
  const step = STEP[event.key]
  const cell = (event.target as Element).closest('td')
  if (step === undefined || cell === null) return
  event.preventDefault()
  const { rows } = event.currentTarget
  let row = (cell.parentElement as HTMLTableRowElement).rowIndex
  let column = cell.cellIndex
  for (;;) {
    row += step[0]
    column += step[1]
    const next = rows[row]?.cells[column]
    if (next === undefined) return
    const box = next.querySelector('input')
    if (box !== null) return box.focus()
  }
}
