import { useState } from 'react'
import type { Micros } from '../../base/units.ts'
import type { HistoryReader } from '../../check/reader.ts'
import type { FaultSpan } from './faults.ts'
import { HistoryDiagram } from './HistoryDiagram.tsx'
import { LevelLadder } from './LevelLadder.tsx'
import { OperationList } from './OperationList.tsx'
import type { Bar, Told } from './track.ts'
import { useJudged } from './use-judged.ts'
import { Verdict } from './Verdict.tsx'

interface ViewProps {
  told: Told
  /** What the store promised; null where nobody knows. */
  promise: HistoryReader['promises'] | null
  clients: readonly string[]
  /** The moment on show; null where there is none. */
  at: Micros | null
  faults: readonly FaultSpan[]
  onSeek: ((at: Micros) => void) | null
  /** Whether the axis is time, and not the mere order of events. */
  timed: boolean
}

/** A history: whether it was correct, its operations by client, how strong a promise was kept, and all in words. */
export function HistoryView({ told, promise, clients, at, faults, onSeek, timed }: ViewProps) {
  const judged = useJudged(told.model, told.operations)
  const [ordered, setOrdered] = useState(false)
  const [pointed, setPointed] = useState<readonly string[]>(NONE)
  const point = (bars: readonly Bar[]): void => setPointed(bars.map(({ id }) => id))
  return (
    <>
      <Verdict told={told} judged={judged} promise={promise} onPoint={point} />
      <HistoryDiagram
        told={told}
        judged={judged}
        clients={clients}
        at={at}
        faults={faults}
        ordered={ordered}
        onOrder={setOrdered}
        pointed={pointed}
        onSeek={onSeek}
        timed={timed}
      />
      {judged !== null && judged.ladder !== null && (
        <LevelLadder told={told} ladder={judged.ladder} promise={promise} onPoint={point} />
      )}
      <OperationList bars={told.bars} judged={judged} onSeek={onSeek} timed={timed} />
    </>
  )
}

const NONE: readonly string[] = []
