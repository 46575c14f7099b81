import scenarios from 'virtual:scenarios'
import { actions } from '../actions.ts'
import { FREE } from './free-run.ts'
import { Menu, MenuItem } from './Menu.tsx'

interface ScenarioMenuProps {
  lab: string
  /** The scenario on show, by its name; null for a run that nobody has planned. */
  open: string | null
  onFile(): void
  onClose(how: 'escaped' | 'left' | 'chosen'): void
}

const KINDS = [
  { kind: 'lesson', name: 'Lessons' },
  { kind: 'challenge', name: 'Challenges' },
  { kind: 'scenario', name: 'Scenarios' },
] as const

/** The scenarios of a lab with a line about each, the lab with nothing planned, and a file of one's own. */
export function ScenarioMenu({ lab, open, onFile, onClose }: ScenarioMenuProps) {
  const choose = (begin: () => void) => {
    onClose('chosen')
    begin()
  }
  return (
    <Menu label="Scenarios" className="scenario-menu" onClose={onClose}>
      <MenuItem
        checked={open === null}
        detail="Nothing is planned: what happens is up to you."
        onChoose={() => choose(() => actions.openLab(lab))}
      >
        {FREE}
      </MenuItem>
      <MenuItem
        detail="Labs, lessons, challenges and scenarios, each with a picture (G)."
        onChoose={() => choose(() => actions.openDialog('gallery'))}
      >
        Gallery…
      </MenuItem>
      <MenuItem detail="JSON or YAML. Dropping it anywhere on the page does the same." onChoose={() => choose(onFile)}>
        Open a file…
      </MenuItem>
      <MenuItem
        detail="What you did lately, kept in this browser."
        onChoose={() => choose(() => actions.openDialog('runs'))}
      >
        Last runs…
      </MenuItem>
      {KINDS.map(({ kind, name }) => {
        const some = scenarios.filter((one) => one.lab === lab && one.kind === kind)
        if (some.length === 0) return null
        return (
          <div key={kind} role="group" aria-label={name}>
            <hr className="menu-line" />
            <div className="menu-title">{name}</div>
            {some.map(({ id, title, about }) => (
              <MenuItem
                key={id}
                checked={open === id}
                detail={plain(about)}
                onChoose={() => choose(() => actions.openScenario(id))}
              >
                {title}
              </MenuItem>
            ))}
          </div>
        )
      })}
    </Menu>
  )
}

/** Emphasis is for where it can be seen. */
const plain = (about: string): string => about.replaceAll(/[*`]/g, '')
