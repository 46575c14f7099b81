import { useRef, useState } from 'react'
import { scenarioList } from '../catalogue.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { Icon } from '../../ui/icons.tsx'
import { Menu, MenuItem } from './Menu.tsx'

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
  const choose = (begin: () => void) => {
    close()
    begin()
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
        <Menu
          label="Scenarios"
          className="scenario-menu"
          onClose={(how) => (how === 'escaped' ? close() : setOpen(false))}
        >
          <MenuItem
            checked={scenario === null}
            detail="Nothing is planned: what happens is up to you."
            onChoose={() => choose(() => actions.openLab(lab))}
          >
            {FREE}
          </MenuItem>
          <MenuItem
            detail="JSON or YAML. Dropping it anywhere on the page does the same."
            onChoose={() => choose(() => chooser.current?.click())}
          >
            Open a file…
          </MenuItem>
          <hr className="menu-line" />
          {scenarioList
            .filter((one) => one.lab === lab)
            .map(({ id, title, about }) => (
              <MenuItem
                key={id}
                checked={scenario?.id === id}
                detail={about}
                onChoose={() => choose(() => actions.openScenario(id))}
              >
                {title}
              </MenuItem>
            ))}
        </Menu>
      )}
      <input
        ref={chooser}
        type="file"
        hidden
        accept=".json,.yaml,.yml"
        aria-label="Scenario file"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          if (file !== undefined) actions.openFile(file)
          // The same file once more is a change too.
          currentTarget.value = ''
        }}
      />
    </div>
  )
}

const FREE = 'Free run'
