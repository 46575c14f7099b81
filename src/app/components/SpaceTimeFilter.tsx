import { type RefObject, useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react'
import { MOST_LANES } from '../../ui/lanes/rows.ts'
import { useStore } from '../store.ts'
import { hide, hideNothing, useDiagramView } from './diagram-view.ts'
import { overviewFeed } from './overview-feed.ts'
import './space-time-filter.css'

interface FilterProps {
  opener: RefObject<HTMLElement | null>
  /** `back`: the focus should return to where it came from. */
  onClose(back: boolean): void
}

/** What the diagram draws: kinds of messages, and lanes. */
export function SpaceTimeFilter({ opener, onClose }: FilterProps) {
  const panel = useRef<HTMLDivElement>(null)
  const close = useEffectEvent(onClose)
  const hidden = useDiagramView((s) => s.hidden)
  const processes = useStore((s) => s.frame?.world.processes) ?? []
  const kinds = useKinds()
  // The focus, and presses outside, belong to the document.
  useEffect(() => {
    panel.current?.querySelector<HTMLElement>('input')?.focus()
    const onPress = ({ target }: PointerEvent) => {
      if (target instanceof Node && !opener.current?.contains(target)) close(false)
    }
    document.addEventListener('pointerdown', onPress, true)
    return () => document.removeEventListener('pointerdown', onPress, true)
  }, [opener])
  const lanes = processes.length > 2 * MOST_LANES ? [] : processes.map(({ id }) => id)
  return (
    <div
      ref={panel}
      role="dialog"
      aria-label="What the diagram draws"
      className="jump-panel diagram-filter"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose(true)
      }}
    >
      <Boxes title="Messages" what="kinds" names={kinds} hidden={hidden.kinds} none="None have been sent here." />
      <Boxes
        title="Lanes"
        what="processes"
        names={lanes}
        hidden={hidden.processes}
        none="With so many servers there is one lane for all; pick out a server to see its own."
      />
      <button type="button" className="button quiet small" onClick={hideNothing}>
        Show all
      </button>
    </div>
  )
}

function Boxes(props: {
  title: string
  what: 'kinds' | 'processes'
  names: readonly string[]
  hidden: ReadonlySet<string>
  none: string
}) {
  const { title, what, names, hidden, none } = props
  return (
    <fieldset>
      <legend>{title}</legend>
      {names.length === 0 && <p className="dim">{none}</p>}
      {names.map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={!hidden.has(name)}
            onChange={({ target }) => hide(what, name, !target.checked)}
          />
          {name}
        </label>
      ))}
    </fieldset>
  )
}

/** The types of message that were sent around the window, and those that are hidden. */
function useKinds(): readonly string[] {
  const hidden = useDiagramView((s) => s.hidden.kinds)
  const rows = useSyncExternalStore(overviewFeed.subscribe, overviewFeed.known)?.counts.rows ?? []
  return [...new Set([...rows.map(({ type }) => type), ...hidden])].toSorted()
}
