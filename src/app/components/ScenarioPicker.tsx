import { useRef, useState } from 'react'
import { later } from '../../ui/later.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { Icon } from '../../ui/icons.tsx'
import { FREE } from './free-run.ts'

const ScenarioMenu = later(async () => (await import('./ScenarioMenu.tsx')).ScenarioMenu)

/** Ready-made situations of this lab, and the lab with nothing planned. */
export function ScenarioPicker() {
  const lab = useStore((s) => s.lab?.engine.id ?? null)
  const scenario = useStore((s) => s.scenario)
  const [open, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const chooser = useRef<HTMLInputElement>(null)
  if (lab === null) return <div className="scenario-picker" />

  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  return (
    <div className="scenario-picker">
      <button
        ref={opener}
        type="button"
        className="button"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          setOpen(true)
        }}
      >
        <span className="scenario-word">Scenario:</span>
        <span className="scenario-title">{scenario?.title ?? FREE}</span>
        <Icon name="chevronDown" />
      </button>
      {open && (
        <ScenarioMenu
          lab={lab}
          open={scenario?.id ?? null}
          onFile={() => chooser.current?.click()}
          onClose={(how) => (how === 'left' ? setOpen(false) : close())}
        />
      )}
      <input
        ref={chooser}
        type="file"
        hidden
        accept=".json,.yaml,.yml,.ndjson,.jsonl"
        aria-label="Scenario file"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          if (file !== undefined) actions.openFiles([file])
          // The same file once more is a change too.
          currentTarget.value = ''
        }}
      />
    </div>
  )
}
