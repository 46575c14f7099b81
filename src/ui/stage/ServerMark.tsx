import { isValidElement, type KeyboardEvent, memo, type MouseEvent, type ReactNode } from 'react'
import type { ProcessId, Status } from '../../kernel/types.ts'
import { useStage } from './stage-context.ts'

export interface ServerMarkProps {
  id: ProcessId
  name: string
  status: Status
  selected: boolean
  /** The lab's own state of it, for tests and styles: `{ 'data-role': 'leader' }`. */
  data: Record<`data-${string}`, string | number | boolean | undefined>
  onSelect(id: ProcessId): void
  onOpenMenu(id: ProcessId, anchor: { x: number; y: number }): void
  children: ReactNode
}

/** One server: a button at its place on the stage. What it looks like is the lab's business. */
export const ServerMark = memo(function ServerMark(props: ServerMarkProps) {
  const { id, name, status, selected, data, onSelect, onOpenMenu, children } = props
  const { layout } = useStage()
  const { x, y } = layout.places.get(id) ?? layout.centre
  const open = (mark: SVGGElement) => {
    onSelect(id)
    onOpenMenu(id, edgeOf(mark, layout.radius))
  }
  return (
    <g
      className="server"
      role="button"
      tabIndex={0}
      aria-label={name}
      aria-haspopup="menu"
      data-server={id}
      data-status={status}
      data-selected={selected || undefined}
      {...data}
      transform={`translate(${x} ${y})`}
      onClick={(event) => open(event.currentTarget)}
      onContextMenu={(event: MouseEvent<SVGGElement>) => {
        event.preventDefault()
        open(event.currentTarget)
      }}
      onKeyDown={(event) => onKey(event, layout.servers, id, open)}
    >
      <circle className="server-hit" r={layout.radius + 10} />
      {selected && <circle className="server-selected" r={layout.radius + 13} />}
      <circle className="server-focus" r={layout.radius + 13} />
      {children}
    </g>
  )
}, isSameMark)

/** Drawn again only when it looks different: the lab makes its children anew for every picture. */
function isSameMark(a: ServerMarkProps, b: ServerMarkProps): boolean {
  const { data: dataA, children: childA, ...restA } = a
  const { data: dataB, children: childB, ...restB } = b
  return isShallow(restA, restB) && isShallow(dataA, dataB) && isSameChild(childA, childB)
}

function isSameChild(a: ReactNode, b: ReactNode): boolean {
  if (!isValidElement<object>(a) || !isValidElement<object>(b)) return a === b
  return a.type === b.type && a.key === b.key && isShallow(a.props, b.props)
}

function isShallow(a: object, b: object): boolean {
  const keys = Object.keys(a) as (keyof typeof a)[]
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]))
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

function onKey(
  event: KeyboardEvent<SVGGElement>,
  servers: readonly ProcessId[],
  id: ProcessId,
  open: (mark: SVGGElement) => void,
): void {
  const step = STEPS[event.key]
  if (step === undefined && event.key !== 'Enter' && event.key !== ' ') return
  // The page's own keys (Space plays, arrows step) must not act as well.
  event.preventDefault()
  event.stopPropagation()
  if (step === undefined) return open(event.currentTarget)
  const next = servers[(servers.indexOf(id) + step + servers.length) % servers.length]
  event.currentTarget.ownerSVGElement?.querySelector<SVGGElement>(`[data-server="${next}"]`)?.focus()
}

/** The right edge of a mark, in the coordinates of the window. */
function edgeOf(mark: SVGGElement, radius: number): { x: number; y: number } {
  const matrix = mark.getScreenCTM()
  if (matrix === null) return { x: 0, y: 0 }
  const { x, y } = new DOMPoint(radius + 14, -8).matrixTransform(matrix)
  return { x, y }
}
