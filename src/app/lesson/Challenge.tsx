import { useMemo, useState } from 'react'
import { formatInstant } from '../../base/units.ts'
import { type Challenge as Task, judge, type Judged, type Tool } from '../../lab/challenge.ts'
import { Icon } from '../../ui/icons.tsx'
import { actions } from '../actions.ts'
import type { PlannedScenario } from '../state.ts'
import { useStore } from '../store.ts'
import { handIn } from './hand-in.ts'
import { useGlossary } from './use-glossary.ts'
import { Words } from './Words.tsx'

/** A task beside the stage: what to bring about, with what, and how it stands. */
export function Challenge({ scenario, task }: { scenario: PlannedScenario; task: Task }) {
  const glossary = useGlossary()
  const judged = useJudged(task)
  return (
    <section className="lesson" aria-label="Challenge">
      <header>
        <span className="lesson-name">Challenge</span>
        <button
          type="button"
          className="icon-button small quiet"
          aria-label="Leave the challenge"
          title="Leave the challenge: the lab, with nothing planned"
          onClick={() => actions.openLab(useStore.getState().lab?.engine.id ?? 'raft')}
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="lesson-text">
        <h2>{scenario.title}</h2>
        <Words text={scenario.about} glossary={glossary} />
        <Goal task={task} judged={judged} />
        <Budget judged={judged} />
        <Hints key={scenario.id} hints={task.hints} />
        {task.impossible !== null && <Impossible {...task.impossible} />}
      </div>
      <footer>
        <button type="button" className="button" onClick={() => actions.openScenario(scenario.id)}>
          Begin again
        </button>
        <button
          type="button"
          className="button primary"
          aria-disabled={judged?.verdict !== 'met'}
          title={
            judged?.verdict === 'met'
              ? 'A file with this run, which netsplit run verifies'
              : 'Once the goal is met with what is allowed'
          }
          onClick={() => judged?.verdict === 'met' && void handIn()}
        >
          Save to hand in
        </button>
      </footer>
    </section>
  )
}

function useJudged(task: Task): Judged | null {
  const lab = useStore((s) => s.lab?.engine ?? null)
  const run = useStore((s) => s.run)
  const goal = useStore((s) => s.expectations[0])
  return useMemo(() => {
    if (lab === null || run === null) return null
    const own = run.commands.filter(({ scripted }) => scripted !== true)
    return judge(lab, task, own, goal ?? { ok: null, at: null })
  }, [lab, run, goal, task])
}

const VERDICTS: Record<Judged['verdict'], string> = {
  open: 'not yet',
  met: '✓ met',
  spoiled: 'met, but with more than is allowed',
  missed: '✗ missed',
}

function Goal({ task, judged }: { task: Task; judged: Judged | null }) {
  const verdict = judged?.verdict ?? 'open'
  const at = useStore((s) => s.expectations[0]?.at ?? null)
  const again = verdict === 'missed' || verdict === 'spoiled' || (judged?.over.length ?? 0) > 0
  return (
    <div className="challenge-goal" data-verdict={verdict} role="status">
      <p>{task.goal}</p>
      <p className="challenge-verdict">
        {VERDICTS[verdict]}
        {at !== null && verdict !== 'open' && (
          <>
            {' '}
            <button type="button" className="link-button" title="Go to this moment" onClick={() => actions.seek(at)}>
              at {formatInstant(at)}
            </button>
          </>
        )}
        {again && `${verdict === 'open' ? '. More was used than is allowed' : ''}. Undo, or begin again.`}
      </p>
    </div>
  )
}

const WORDS: Record<Tool, string> = {
  crash: 'crashes',
  restart: 'restarts',
  pause: 'pauses',
  stall: 'stalls',
  wipe: 'wiped disks',
  slow: 'slow servers',
  clock: 'turned clocks',
  disk: 'changes of disks',
  cut: 'cuts',
  hold: 'held links',
  message: 'messages by hand',
  network: 'changes of the network',
  timer: 'timers by hand',
  act: 'orders to servers',
  ask: 'requests of clients',
  join: 'servers that join',
  setting: 'settings',
  mistake: 'mistakes',
  workload: 'switches of the workload',
}

const MENU = 'in the menu of a server'
const ELSE = 'in the menu of a server, “What else can befall it”'

/** Where on the page each is found. */
const PLACES: Record<Tool, string> = {
  crash: MENU,
  restart: MENU,
  pause: MENU,
  stall: ELSE,
  wipe: ELSE,
  slow: ELSE,
  clock: ELSE,
  disk: 'in Settings',
  cut: 'Cut, or drag across links',
  hold: 'Hold',
  message: 'in the menu of a message',
  network: 'in Settings',
  timer: MENU,
  act: MENU,
  ask: 'the fields below the stage',
  join: '+ Server',
  setting: 'in Settings',
  mistake: 'in Settings, Break the protocol',
  workload: 'Workload',
}

/** What may be used, where it is found, and how much of it was. */
function Budget({ judged }: { judged: Judged | null }) {
  if (judged === null) return null
  const few = judged.uses.filter(({ most, used }) => most !== null || used > 0)
  const free = judged.uses.filter(({ most, used }) => most === null && used === 0)
  return (
    <>
      <ul className="challenge-tools" aria-label="What may be used">
        {few.map(({ tool, used, most }) => (
          <li key={tool} data-over={(most !== null && used > most) || undefined}>
            <span>
              {WORDS[tool]} <b>{most === null || most === 0 ? used : `${used} of ${most}`}</b>
              {most === 0 && ' (not allowed)'}
            </span>
            {most !== 0 && <small>{PLACES[tool]}</small>}
          </li>
        ))}
      </ul>
      {free.length > 0 && (
        <p className="dim challenge-free">As much as you like: {free.map(({ tool }) => WORDS[tool]).join(', ')}.</p>
      )}
    </>
  )
}

function Hints({ hints }: { hints: readonly string[] }) {
  const [shown, setShown] = useState(0)
  const glossary = useGlossary()
  return (
    <div className="challenge-hints" aria-live="polite">
      {hints.slice(0, shown).map((hint) => (
        <Words key={hint} text={hint} glossary={glossary} />
      ))}
      {shown < hints.length && (
        <button type="button" className="link-button" onClick={() => setShown(shown + 1)}>
          {shown === 0 ? 'A hint' : 'Another hint'}
        </button>
      )}
    </div>
  )
}

function Impossible({ why, searched }: NonNullable<Task['impossible']>) {
  const [open, setOpen] = useState(false)
  const glossary = useGlossary()
  if (!open)
    return (
      <button type="button" className="link-button" onClick={() => setOpen(true)}>
        I believe that it cannot be done
      </button>
    )
  return (
    <div className="lesson-answer">
      <p className="lesson-verdict">It cannot be done, as far as anybody knows.</p>
      <Words text={why} glossary={glossary} />
      <Words text={searched} glossary={glossary} />
    </div>
  )
}
