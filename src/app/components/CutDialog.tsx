import { useState } from 'react'
import type { Link, ProcessId } from '../../kernel/types.ts'
import type { WorldView } from '../../lab/world-view.ts'
import { actions } from '../actions.ts'
import { CutMatrix } from './CutMatrix.tsx'
import { CutSide } from './CutSide.tsx'
import { among, linkKey, linksBetween, pairsAcross, serversOf, without } from './cuts.ts'
import { Modal } from './Modal.tsx'
import { Tool } from './Tool.tsx'
import { useShown } from './use-shown.ts'
import './cut-dialog.css'

/** The network cut without a pointer: every link between two servers, in each direction. */
export function CutDialog() {
  const shown = useShown()
  const servers = shown === null ? 0 : serversOf(shown.frame.world.processes).length
  const wide = servers > MANY && servers <= MOST_ROWS
  return (
    <Modal title="Cut the network" className={wide ? 'cut-dialog cut-dialog-wide' : 'cut-dialog'}>
      {shown !== null && <Form world={shown.frame.world} />}
    </Modal>
  )
}

/** More than so many rows are set closer. */
const MANY = 9
/** More rows than this are no picture any more, and thousands of boxes stop the page. */
const MOST_ROWS = 16

function Form({ world }: { world: WorldView }) {
  return serversOf(world.processes).length > MOST_ROWS ? <CutSide world={world} /> : <Choice world={world} />
}

function Choice({ world }: { world: WorldView }) {
  const servers = serversOf(world.processes)
  const pairs = pairsAcross(servers.map((server) => [server]))
  const [wanted, setWanted] = useState<readonly Link[]>(() => among(pairs, world.cuts))
  const change = changeTo(world, pairs, wanted)
  const nothing = change.cut.length === 0 && change.mend.length === 0
  const split = (groups: ProcessId[][]) => setWanted(pairsAcross(groups))
  const middle = Math.floor(servers.length / 2)

  const toggle = (link: Link) =>
    setWanted((now) => (now.some((other) => linkKey(other) === linkKey(link)) ? without(now, [link]) : [...now, link]))
  const apply = () => {
    actions.dispatchAll([
      ...(change.cut.length > 0 ? [{ type: 'cut' as const, links: change.cut }] : []),
      ...(change.mend.length > 0 ? [{ type: 'mend' as const, links: change.mend }] : []),
    ])
    actions.openDialog(null)
  }
  return (
    <>
      <p className="dim">
        From each server on the left to each above. A client stands on the side of its server. Nothing is done until you
        apply.
      </p>
      <div className="cut-scroll" data-many={servers.length > MANY || undefined}>
        <CutMatrix servers={servers} cut={wanted} onToggle={toggle} />
      </div>
      <p className="cut-legend" aria-hidden="true">
        <i className="cut-sign" /> open
        <i className="cut-sign" data-cut="" /> cut
      </p>
      <div className="cut-quick" role="group" aria-label="Ready-made cuts">
        <span className="dim">Isolate</span>
        {servers.map((id) => (
          <Tool key={id} label={`Isolate ${id}`} onClick={() => split([[id], servers.filter((other) => other !== id)])}>
            {id}
          </Tool>
        ))}
        <span className="cut-quick-gap" />
        <Tool
          title={`${servers.slice(0, middle).join(', ')} from ${servers.slice(middle).join(', ')}`}
          onClick={() => split([servers.slice(0, middle), servers.slice(middle)])}
        >
          Halves
        </Tool>
        <Tool onClick={() => setWanted([])}>Heal all</Tool>
      </div>
      <footer>
        <span className="dim" aria-live="polite">
          {inWords(wanted, pairs.length)}
        </span>
        <button type="button" className="button" onClick={() => actions.openDialog(null)}>
          Cancel
        </button>
        <Tool className="button primary" disabled={nothing ? 'this is how it is already' : null} onClick={apply}>
          Apply
        </Tool>
      </footer>
    </>
  )
}

/** What has to be cut and what to be mended, clients included, so that exactly the wanted links are cut. */
function changeTo(world: WorldView, pairs: readonly Link[], wanted: readonly Link[]): { cut: Link[]; mend: Link[] } {
  const target = linksBetween(world.processes, wanted)
  const open = without(linksBetween(world.processes, without(pairs, wanted)), target)
  return { cut: without(target, world.cuts), mend: among(open, world.cuts) }
}

function inWords(cut: readonly Link[], all: number): string {
  if (cut.length === 0) return 'No link is cut.'
  return cut.length === 1 ? '1 link is cut, one way.' : `${cut.length} of ${all} one-way links are cut.`
}
