import './drop-sign.css'

/** Where a file can be dropped, while one is over the page. */
export function DropSign() {
  return (
    <div className="drop-target">
      <p>
        <strong>Drop a scenario or a history to open it</strong>
        <span>
          A scenario in JSON or YAML, a history as Jepsen’s log or in EDN. A file that cannot be read leaves the run as
          it is.
        </span>
      </p>
    </div>
  )
}
