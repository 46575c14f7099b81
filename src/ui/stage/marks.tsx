/** Through the mark of a server that is down. */
export function Strike({ radius }: { radius: number }) {
  const at = radius * 0.7
  return <path className="mark-strike" d={`M${-at} ${-at}L${at} ${at}`} />
}

/** On the shoulder of a server that is paused or stalled; `low` where something else stands there. */
export function PauseBars({ radius, low = false }: { radius: number; low?: boolean }) {
  const at = radius * 0.75
  return (
    <g className="mark-bars" transform={`translate(${at} ${low ? at : -at})`}>
      <circle r={Math.max(6, Math.min(9, radius * 0.32))} />
      <path d="M-2.5 -3.5V3.5M2.5 -3.5V3.5" />
    </g>
  )
}
