import { type ReactNode, useId, useState } from 'react'
import { hasMistake, withMistake } from '../../lab/config.ts'
import type { LabTypes } from '../../kernel/types.ts'
import type { Mistake } from '../../lab/definition.ts'
import { Icon } from '../../ui/icons.tsx'
import { actions } from '../actions.ts'
import type { Change } from '../settings-field.ts'
import { fieldsOf, setupNow } from '../settings.ts'
import { useStore } from '../store.ts'
import { Drawer } from './Drawer.tsx'
import { Presets } from './Presets.tsx'
import { SettingsAtOnce } from './SettingsAtOnce.tsx'
import { SettingRow } from './SettingsRow.tsx'
import { Switch } from './SettingsSwitch.tsx'
import { Tool } from './Tool.tsx'
import { type Shown, useShown } from './use-shown.ts'
import './settings.css'

/** Everything that can be set, beside the stage, which goes on. */
export function SettingsDialog() {
  const shown = useShown()
  return <Drawer title="Settings">{shown !== null && <Settings key={shown.lab.engine.id} shown={shown} />}</Drawer>
}

/** What waits for a fresh run: the value, and what it makes of the setup. */
type Waiting = Record<string, { value: unknown; setup: Extract<Change, { setup: unknown }>['setup'] }>

function Settings({ shown }: { shown: Shown }) {
  const { engine } = shown.lab
  const { world } = shown.frame
  const [waiting, setWaiting] = useState<Waiting>({})
  const seed = useStore((s) => s.run?.setup.seed ?? 0)
  const servers = world.processes.filter((process) => process.beside === null).length
  const { atHand, rest } = fieldsOf(engine, world, { servers, seed })

  const onChange = (id: string, value: unknown, change: Change) => {
    if ('command' in change) actions.dispatch(change.command)
    else setWaiting((now) => ({ ...now, [id]: { value, setup: change.setup } }))
  }
  const rows = (fields: typeof atHand) =>
    fields.map((field) => (
      <SettingRow key={field.id} field={field} waiting={waiting[field.id]?.value} onChange={onChange} />
    ))
  const startAfresh = () => {
    const { run } = useStore.getState()
    if (run === null) return
    actions.startAfresh(Object.values(waiting).reduce((setup, { setup: by }) => by(setup), setupNow(run.setup, world)))
    setWaiting({})
  }
  return (
    <>
      <div className="settings-scroll">
        <Presets lab={engine} world={world} />
        <section className="settings-group" aria-label="At hand">
          {rows(atHand)}
        </section>
        <SettingsAtOnce shown={shown} />
        <Disclosure title="All settings">
          {rest.map(({ id, title, fields }) => (
            <section key={id} className="settings-group" aria-labelledby={`settings-${id}`}>
              <h3 id={`settings-${id}`}>{title}</h3>
              {rows(fields)}
            </section>
          ))}
        </Disclosure>
        {engine.mistakes.length > 0 && <Mistakes shown={shown} />}
      </div>
      <Footer waiting={Object.keys(waiting).length} onStart={startAfresh} onForget={() => setWaiting({})} />
    </>
  )
}

function Footer({ waiting, onStart, onForget }: { waiting: number; onStart(): void; onForget(): void }) {
  const done = useStore((s) => s.run?.commands.some((command) => command.scripted !== true) ?? false)
  if (waiting > 0) {
    return (
      <footer>
        <span role="status">{waiting === 1 ? '1 change waits' : `${waiting} changes wait`} for a fresh run.</span>
        <button type="button" className="button" onClick={onForget}>
          Forget
        </button>
        <button type="button" className="button primary" onClick={onStart}>
          Start afresh with these
        </button>
      </footer>
    )
  }
  return (
    <footer>
      <span className="dim">A change is a command at the instant on screen.</span>
      <Tool disabled={done ? null : 'nothing was done yet'} title="Take back the last command" onClick={actions.undo}>
        <Icon name="undo" size={14} />
        Undo
      </Tool>
    </footer>
  )
}

/** What can be wrong on purpose. Off unless somebody switches it on. */
function Mistakes({ shown }: { shown: Shown }) {
  const { engine } = shown.lab
  const { config } = shown.frame.world
  const mistakes: readonly Mistake<LabTypes>[] = engine.mistakes
  const on = mistakes.filter((mistake) => hasMistake(engine, config, mistake)).length
  return (
    <Disclosure title="Break the protocol" badge={on > 0 && <span className="badge bad">{on} on</span>} begins={on > 0}>
      <p className="settings-lead dim">Each makes the servers do something wrong, and has the check that catches it.</p>
      {mistakes.map((mistake) => (
        <MistakeRow
          key={mistake.name}
          mistake={mistake}
          on={hasMistake(engine, config, mistake)}
          onSwitch={(to) => actions.dispatch({ type: 'configure', config: withMistake(engine, config, mistake, to) })}
        />
      ))}
    </Disclosure>
  )
}

function MistakeRow(props: { mistake: Mistake<LabTypes>; on: boolean; onSwitch(on: boolean): void }) {
  const { mistake, on, onSwitch } = props
  const says = useId()
  return (
    <div className="setting">
      <label className="setting-head">
        <span className="setting-label">{mistake.label}</span>
        <Switch bad on={on} describedBy={says} onSwitch={onSwitch} />
      </label>
      <p id={says} className="setting-says">
        {mistake.breaks}{' '}
        <span>
          Caught by {mistake.caughtBy} · {mistake.source}
        </span>
      </p>
    </div>
  )
}

function Disclosure(props: { title: string; badge?: ReactNode; begins?: boolean; children: ReactNode }) {
  const { title, badge, begins = false, children } = props
  const [open, setOpen] = useState(begins)
  const body = useId()
  return (
    <section className="settings-more">
      <h3>
        <button type="button" aria-expanded={open} aria-controls={body} onClick={() => setOpen(!open)}>
          <Icon name="chevronRight" size={14} />
          {title}
          {badge}
        </button>
      </h3>
      <div id={body} hidden={!open}>
        {open && children}
      </div>
    </section>
  )
}
