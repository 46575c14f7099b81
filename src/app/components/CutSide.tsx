import { useId, useState } from 'react'
import type { WorldView } from '../../lab/world-view.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { type CutWay, linksOfSide, readSide } from './cut-side.ts'
import { linksBetween, serversOf } from './cuts.ts'
import { heal } from './heal.ts'
import { Tool } from './Tool.tsx'

const WAYS: readonly { way: CutWay; label: string }[] = [
  { way: 'both', label: 'both ways' },
  { way: 'out', label: 'only what it sends' },
  { way: 'in', label: 'only what it hears' },
]

/** The network cut where a matrix of all links would have no room: one side is named, the others are the other. */
export function CutSide({ world }: { world: WorldView }) {
  const id = useId()
  const servers = serversOf(world.processes)
  const picked = useStore((s) => s.selected)
  const [text, setText] = useState(picked !== null && servers.includes(picked) ? picked : `${servers[0]}-${servers[4]}`)
  const [way, setWay] = useState<CutWay>('both')
  const side = readSide(text, servers)
  const links = side.ok ? linksOfSide(side.value, servers, way) : side
  const healing = heal(world)
  const apply = () => {
    if (!links.ok) return
    actions.dispatch({ type: 'cut', links: linksBetween(world.processes, links.value) })
    actions.openDialog(null)
  }
  const mend = () => {
    actions.dispatch(healing.command)
    actions.openDialog(null)
  }
  return (
    <form
      className="cut-side"
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <p className="dim">
        {servers.length.toLocaleString('en')} servers are too many for a matrix. Name one side; all others are the
        other.
      </p>
      <label htmlFor={id}>One side</label>
      <span data-first="">
        <input
          id={id}
          className="input"
          value={text}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={!links.ok}
          aria-describedby={`${id}-said`}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </span>
      <div className="cut-quick" role="group" aria-label="Which way">
        {WAYS.map(({ way: one, label }) => (
          <Tool key={one} pressed={way === one} onClick={() => setWay(one)}>
            {label}
          </Tool>
        ))}
        <span className="cut-quick-gap" />
        <Tool disabled={healing.disabled} onClick={mend}>
          Heal all
        </Tool>
      </div>
      <footer>
        <span id={`${id}-said`} className="dim" data-problem={!links.ok || undefined} aria-live="polite">
          {links.ok ? inWords(side.ok ? side.value.length : 0, servers.length, links.value.length) : links.error}
        </span>
        <button type="button" className="button" onClick={() => actions.openDialog(null)}>
          Cancel
        </button>
        <Tool submits className="button primary" disabled={links.ok ? null : links.error}>
          Apply
        </Tool>
      </footer>
    </form>
  )
}

const inWords = (some: number, all: number, links: number): string =>
  `${some.toLocaleString('en')} from ${(all - some).toLocaleString('en')}: ${links.toLocaleString('en')} one-way links.`
