import './panel-skeleton.css'

/** Five rows to be, in the place of a panel that has not come. */
export function PanelSkeleton() {
  return (
    <div className="panel-skeleton" aria-hidden="true">
      {[0, 1, 2, 3, 4].map((row) => (
        <span key={row} />
      ))}
    </div>
  )
}
