import { actions } from '../actions.ts'
import { useStore } from '../store.ts'

/** How many servers the lab has. Another number begins a new run. */
export function ServerCount() {
  const lab = useStore((s) => s.lab?.engine ?? null)
  const count = useStore((s) => (s.run?.setup.processes ?? []).filter((process) => process.beside === undefined).length)
  if (lab === null) return null
  const { minServers, maxServers } = lab.defaults
  const choices = Array.from({ length: maxServers - minServers + 1 }, (_, i) => minServers + i)
  return (
    <label className="server-count" title="Another number begins a new run">
      <span>Servers</span>
      <select
        className="select"
        value={count}
        aria-label="Servers"
        onChange={(event) => actions.openLab(lab.id, { servers: Number(event.currentTarget.value) })}
      >
        {choices.map((n) => (
          <option key={n} value={n}>
            {n}
          </option>
        ))}
      </select>
    </label>
  )
}
