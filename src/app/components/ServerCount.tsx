import { actions } from '../actions.ts'
import { useStore } from '../store.ts'

/** How many servers the lab has. Another number begins a new run. */
export function ServerCount() {
  const lab = useStore((s) => s.lab?.engine ?? null)
  const count = useStore((s) => (s.run?.setup.processes ?? []).filter((process) => process.beside === undefined).length)
  if (lab === null) return null
  const { minServers, maxServers } = lab.defaults
  const choices = choicesOf(minServers, maxServers, count)
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

/** Every small number, some of the large ones, and the one that there is: a list of ten thousand is no choice. */
function choicesOf(least: number, most: number, now: number): number[] {
  const some = Array.from({ length: EACH }, (_, i) => i + 1)
  for (let ten = 10; ten <= most; ten *= 10) some.push(3 * ten, 5 * ten, 10 * ten, 20 * ten)
  const all = new Set([...some.filter((n) => n >= least && n <= most), least, most, now])
  return [...all].toSorted((a, b) => a - b)
}

/** Up to so many servers each number is offered. */
const EACH = 20
