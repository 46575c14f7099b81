import { polar, steps } from '../../../ui/stage/geometry.ts'

/** One pip for each server, in an arch over the candidate: filled when granted, crossed when refused, hollow until then. */
export function VotePips({ votes, radius, color }: { votes: string; radius: number; color: string }) {
  const far = radius + 21
  const step = 14 / far
  return (
    <g className="raft-votes" style={{ color }}>
      {steps(0, votes.length, 1).map((i) => {
        const vote = votes[i]
        const { x, y } = polar({ x: 0, y: 0 }, -Math.PI / 2 + (i - (votes.length - 1) / 2) * step, far)
        return (
          <g key={i} data-vote={vote} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
            <circle r={4.5} />
            {vote === 'r' && <path d="M-2.2 -2.2 2.2 2.2M2.2 -2.2-2.2 2.2" />}
          </g>
        )
      })}
    </g>
  )
}
