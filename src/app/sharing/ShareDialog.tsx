import { formatInstant } from '../../base/units.ts'
import type { AnyLab } from '../../lab/definition.ts'
import { writeRunFile } from '../../lab/shared/file.ts'
import type { SharedRun } from '../../lab/shared/shared-run.ts'
import { Modal } from '../components/Modal.tsx'
import { useStore } from '../store.ts'
import { fileName, save } from './save.ts'
import { LinkField } from './LinkField.tsx'
import { addressOf, sharedNow } from './shared-now.ts'
import { usePacked } from './use-packed.ts'
import { PicturePart } from './PicturePart.tsx'
import { ScenarioPart } from './ScenarioPart.tsx'
import { TracePart } from './TracePart.tsx'
import './share-dialog.css'

interface Ready {
  shared: SharedRun
  address: string
  /** How many branches found no room in it. */
  left: number
}

/** Hands this very run on, as a link or in files. The run pauses: what is shared is one moment. */
export function ShareDialog() {
  const ready = usePacked(pack)
  return (
    <Modal title="Share" className="share-dialog">
      {ready === null && <p className="dim">The run is being packed…</p>}
      {ready === 'failed' && <p role="alert">The run changed while it was packed. Close this and try again.</p>}
      {ready !== null && ready !== 'failed' && (
        <>
          <LinkPart {...ready} />
          <Files {...ready} />
        </>
      )}
    </Modal>
  )
}

async function pack(): Promise<Ready | null> {
  const shared = await sharedNow()
  return shared === null ? null : { shared, ...(await addressOf(shared)) }
}

function LinkPart({ shared, address, left }: Ready) {
  return (
    <section aria-labelledby="share-link">
      <h3 id="share-link">Link</h3>
      <LinkField
        address={address}
        fingerprint={shared.fingerprint ?? ''}
        says={
          <>
            Opens this very run at {formatInstant(shared.moment.at)}: the setup, all that was done, and what is on show.
            Who opens it can step, wind back and go on.
            {shared.futures.branches.length > left && ' Its branches come along.'}
          </>
        }
        caution={
          left > 0 && (
            <p className="share-caution">
              {left === 1 ? 'One branch finds' : `${left} branches find`} no room in a link that every program keeps
              whole. The file has them all.
            </p>
          )
        }
      />
    </section>
  )
}

function Files({ shared }: Ready) {
  const title = useStore((s) => s.scenario?.title ?? '')
  const lab = useStore((s) => s.lab)
  if (lab === null) return null
  const name = (extension: string) => fileName([lab.engine.id, title, formatInstant(shared.moment.at)], extension)
  return (
    <>
      <PicturePart lab={lab} shared={shared} name={name} />
      <FilePart engine={lab.engine} shared={shared} name={name} />
    </>
  )
}

interface FilePartProps {
  engine: AnyLab
  shared: SharedRun
  /** A file's name, with its ending. */
  name(extension: string): string
}

function FilePart({ engine, shared, name }: FilePartProps) {
  return (
    <section aria-labelledby="share-files">
      <h3 id="share-files">Files</h3>
      <ul className="share-files">
        <li>
          <button
            type="button"
            className="button"
            onClick={() => save(name('run.json'), new Blob([writeRunFile(engine, shared)], { type: JSON_TYPE }))}
          >
            Save the run
          </button>
          <span className="dim">JSON. Dropped on the page it opens this moment again.</span>
        </li>
        <ScenarioPart lab={engine} shared={shared} name={name} />
        <TracePart lab={engine} shared={shared} name={name} />
      </ul>
    </section>
  )
}

const JSON_TYPE = 'application/json'
