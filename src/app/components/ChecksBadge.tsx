import { useStore } from '../store.ts'

/** On the tab: how many properties hold, or how many do not. */
export function ChecksBadge() {
  const total = useStore((s) => s.lab?.engine.monitors.length ?? 0)
  const broken = useStore((s) => new Set(s.violations.map((violation) => violation.monitor)).size)
  const unmet = useStore((s) => s.expectations.filter((expectation) => expectation.ok === false).length)
  const bad = broken + unmet
  if (bad > 0) {
    return (
      <span className="badge bad">
        {bad}
        <span className="badge-word"> broken</span>
        <span className="badge-sign" aria-hidden="true">
          {' '}
          ✗
        </span>
      </span>
    )
  }
  return total === 0 ? null : (
    <span className="badge ok" title={`all ${total} hold`}>
      {total} ✓
    </span>
  )
}
