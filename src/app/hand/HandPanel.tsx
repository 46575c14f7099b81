import { ms } from '../../base/units.ts'
import type { ProcessView, WorldView } from '../../lab/world-view.ts'
import { MOST_LANES } from '../../ui/lanes/rows.ts'
import { actions } from '../actions.ts'
import { Drawer } from '../components/Drawer.tsx'
import { Tool } from '../components/Tool.tsx'
import { useShownSlowly } from '../components/use-shown.ts'
import { useStore } from '../store.ts'
import { hold } from './hold.ts'
import { TrayView } from './TrayView.tsx'
import { nextArrival, oneRound, traysOf } from './trays.ts'
import { useDrag } from './use-drag.ts'
import './hand.css'

/** The network in the user's hand: what waits at each door, and the timers. Whatever is done here is a command. */
export function HandPanel() {
  const shown = useShownSlowly()
  return (
    <Drawer title="Messages in hand">
      {shown !== null && <Hand world={shown.frame.world} at={shown.frame.moment.at} />}
    </Drawer>
  )
}

function Hand({ world, at }: { world: WorldView; at: number }) {
  const trays = traysOf(world)
  const drag = useDrag(actions.dispatch)
  const arrival = nextArrival(world, at)
  const round = oneRound(trays)
  const holds = world.network.hold === true
  return (
    <div className="hand" data-dragging={drag.dragged === null ? undefined : ''}>
      <p className="dim">
        {holds
          ? 'What arrives waits at its receiver until you let it in. Timers run on.'
          : 'Messages come by themselves. Hold them to let them in one by one.'}
      </p>
      <div className="hand-deeds">
        <Tool pressed={holds} onClick={() => hold(!holds)}>
          <span className="switch-dot" />
          Hold messages
        </Tool>
        <Tool
          disabled={arrival === null ? 'no message is under way' : null}
          title="Lets time run until the next message comes to a door"
          onClick={() => {
            actions.pause()
            if (arrival !== null) actions.seek(arrival)
          }}
        >
          To the next arrival
        </Tool>
        <Tool
          disabled={round.length > 0 ? null : trays.length === 0 ? 'nothing waits' : 'no receiver is running'}
          title="The first message of every tray, at one instant"
          onClick={() => actions.dispatchAll(round)}
        >
          Deliver one each
        </Tool>
      </div>
      {trays.length === 0 && <p className="hand-empty">Nothing waits at any door.</p>}
      {trays.map((tray) => (
        <TrayView key={tray.receiver} tray={tray} drag={drag} />
      ))}
      {trays.length > 0 && (
        <p className="hand-bin" data-hand-bin="" data-target={drag.dragged?.target?.type === 'drop' || undefined}>
          Drag here to lose it
        </p>
      )}
      {trays.length > 0 && (
        <p className="dim hand-keys">
          Drag a message onto its server, between others or into the bin. With keys: <kbd>Enter</kbd> for all that can
          be done, <kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd> for another place, <kbd>Delete</kbd> to drop it.
        </p>
      )}
      <Timers processes={world.processes} at={at} />
    </div>
  )
}

/** What each process waits for, to be let happen now. In a crowd, of the one that is picked out. */
function Timers({ processes, at }: { processes: readonly ProcessView[]; at: number }) {
  const selected = useStore((s) => s.selected)
  const crowd = processes.length > 2 * MOST_LANES
  const some = processes.filter(({ id, timers }) => timers.length > 0 && (!crowd || id === selected))
  return (
    <section className="hand-timers" aria-label="Timers">
      <h3>Timers</h3>
      {crowd && selected === null && <p className="dim">Pick out a server to see its timers.</p>}
      {!crowd && some.length === 0 && <p className="dim">No timer runs.</p>}
      <ul>
        {some.flatMap(({ id, status, timers }) =>
          timers.map(({ timer, dueAt }) => (
            <li key={`${id} ${timer}`}>
              <span>
                <strong>{id}</strong> {timer}
              </span>
              <span className="dim">{dueText(dueAt - at)}</span>
              <Tool
                className="button small"
                label={`Let the ${timer} timer of ${id} expire now`}
                disabled={status === 'up' || status === 'stalled' ? null : `${id} is ${status}`}
                onClick={() => actions.dispatch({ type: 'fire', process: id, timer })}
              >
                Fire
              </Tool>
            </li>
          )),
        )}
      </ul>
    </section>
  )
}

const dueText = (left: number): string => (left <= 0 ? 'due' : `in ${Math.ceil(left / ms(1))} ms`)
