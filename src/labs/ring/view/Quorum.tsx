import type { LabProps } from '../../../ui/lab-view.ts'
import type { RingLabView } from '../observe.ts'
import { Tool } from '../../../ui/Tool.tsx'

type Names = 'n' | 'r' | 'w'
const SAYS: Record<Names, string> = {
  n: 'copies of each key',
  r: 'answers to a read',
  w: 'acknowledgements of a write',
}
const MOST = 9

/** N, R and W, changed while the run goes on, with what they buy drawn below. */
export function Quorum({ view, dispatch }: Pick<LabProps<RingLabView>, 'view' | 'dispatch'>) {
  return (
    <div className="ring-quorum">
      <div className="ring-steppers">
        {(['n', 'r', 'w'] as const).map((name) => (
          <Stepper key={name} view={view} name={name} set={(value) => dispatch(configure({ [name]: value }))} />
        ))}
      </div>
      <Overlap view={view} />
    </div>
  )
}

const configure = (config: object) => ({ type: 'configure', config }) as const

function Stepper({ view, name, set }: { view: RingLabView; name: Names; set(value: number): void }) {
  const value = view[name]
  const less = whyNot(view, name, value - 1)
  const more = whyNot(view, name, value + 1)
  const label = name.toUpperCase()
  return (
    <div className="ring-stepper" role="group" aria-label={`${label}: ${SAYS[name]}`}>
      <strong>{label}</strong>
      <Tool
        className="icon-button small"
        label={`${label}: one less`}
        title={`${label} = ${value - 1}`}
        disabled={less}
        onClick={() => set(value - 1)}
      >
        −
      </Tool>
      <output aria-label={`${label} is`}>{value}</output>
      <Tool
        className="icon-button small"
        label={`${label}: one more`}
        title={`${label} = ${value + 1}`}
        disabled={more}
        onClick={() => set(value + 1)}
      >
        +
      </Tool>
      <span className="dim">{SAYS[name]}</span>
    </div>
  )
}

function whyNot({ layout, n, r, w }: RingLabView, name: Names, value: number): string | null {
  if (layout !== 'ring') return 'This layout has no quorums'
  if (value < 1) return 'At least 1'
  if (value > MOST) return `At most ${MOST}`
  if (name === 'n') return value < Math.max(r, w) ? `N must be at least R and W, ${Math.max(r, w)}` : null
  return value > n ? `Not above N, ${n}` : null
}

const STEP = 38
const LEFT = 12

/** The N replicas of a key: those that a write has reached, those that a read asks, and those that must be in both. */
function Overlap({ view }: { view: RingLabView }) {
  const { n } = view
  const { r, w } = view.needs
  const shared = r + w - n
  const width = 2 * LEFT + n * STEP
  return (
    <>
      <svg className="ring-overlap" viewBox={`0 0 ${width} 96`} width={Math.min(340, width)} role="img">
        <title>{sentence(view)}</title>
        <Bracket from={0} to={w} y={20} up text={`write: ${w}`} kind="w" />
        {Array.from({ length: n }, (_, i) => {
          const inW = i < w
          const inR = i >= n - r
          const x = LEFT + (i + 0.5) * STEP
          return (
            <g key={i} data-in={inW && inR ? 'both' : inW ? 'w' : inR ? 'r' : 'none'}>
              <circle cx={x} cy={48} r={12} />
              {inW && inR && <path className="tick" d={`M${x - 5} 48l4 4 7 -8`} />}
            </g>
          )
        })}
        <Bracket from={n - r} to={n} y={76} up={false} text={`read: ${r}`} kind="r" />
      </svg>
      <p className="ring-says" data-meets={shared > 0}>
        {sentence(view)}
      </p>
      <p className="ring-says dim">{caveat(view)}</p>
    </>
  )
}

function Bracket(props: { from: number; to: number; y: number; up: boolean; text: string; kind: 'r' | 'w' }) {
  const { from, to, y, up, text, kind } = props
  const a = LEFT + from * STEP + 4
  const b = LEFT + to * STEP - 4
  const leg = up ? 6 : -6
  return (
    <g className="bracket" data-kind={kind}>
      <path d={`M${a} ${y + leg}V${y}H${b}V${y + leg}`} />
      <text x={(a + b) / 2} y={up ? y - 6 : y + 15}>
        {text}
      </text>
    </g>
  )
}

/** What R + W against N means, in one sentence. */
export function sentence({ n, needs: { r, w } }: RingLabView): string {
  const shared = r + w - n
  if (shared > 0) {
    return `R + W = ${r + w} > ${n}: a read that begins after an acknowledged write meets it on at least ${shared === 1 ? 'one replica' : `${shared} replicas`}.`
  }
  return `R + W = ${r + w} ≤ ${n}: a read may ask ${r === 1 ? 'a replica' : 'replicas'} that the last write has not reached, and be stale.`
}

function caveat({ r, w, needs, sloppy, layout }: RingLabView): string {
  if (layout !== 'ring') return 'Outside of the ring one answer and one acknowledgement are enough.'
  if (needs.r !== r || needs.w !== w) return 'A mistake is on: one answer and one acknowledgement count as enough.'
  if (sloppy)
    return 'Not linearizable: while a write is under way one read may meet it and the next not. Where stand-ins count, a read may miss it altogether.'
  return 'Not linearizable: while a write is under way, one read may meet it and the next not.'
}
