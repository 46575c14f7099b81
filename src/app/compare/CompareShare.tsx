import { formatInstant } from '../../base/units.ts'
import { writeRunFile } from '../../lab/shared/file.ts'
import { Icon } from '../../ui/icons.tsx'
import { LinkField } from '../sharing/LinkField.tsx'
import { fileName, save } from '../sharing/save.ts'
import { usePacked } from '../sharing/use-packed.ts'
import { useStore } from '../store.ts'
import { sharedComparison } from './share-comparison.ts'

/** Hands the comparison on, at the moment at which both stand. */
export function CompareShare({ onClose }: { onClose(): void }) {
  const ready = usePacked(sharedComparison)
  const lab = useStore((s) => s.lab)
  return (
    <section className="compare-share" aria-label="Share this comparison">
      <header>
        <h3>Share this comparison</h3>
        <button type="button" className="icon-button" aria-label="Close the link" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {ready === null && <p className="dim">Both runs are being packed…</p>}
      {ready === 'failed' && <p role="alert">Both are still being played. Close this and try again.</p>}
      {ready !== null && ready !== 'failed' && (
        <>
          <LinkField
            address={ready.address}
            fingerprint={[ready.shared, ready.shared.beside].map((one) => one?.fingerprint ?? '').join(' and ')}
            says={`Opens both runs beside each other at ${formatInstant(ready.shared.moment.at)}, and compares them anew.`}
          />
          {lab !== null && (
            <button
              type="button"
              className="button small"
              onClick={() =>
                save(
                  fileName([lab.engine.id, 'compared', formatInstant(ready.shared.moment.at)], 'run.json'),
                  new Blob([writeRunFile(lab.engine, ready.shared)], { type: 'application/json' }),
                )
              }
            >
              Save as a file
            </button>
          )}
        </>
      )}
    </section>
  )
}
