import { AnimatePresence } from 'framer-motion'
import * as m from 'framer-motion/m'
import { useState } from 'react'
import type { ProcessId } from '../../../kernel/types.ts'
import { hueColor } from '../../../ui/hue.ts'
import type { Layout } from '../../../ui/stage/layout.ts'
import { useStage } from '../../../ui/stage/stage-context.ts'
import type { RaftView } from '../observe.ts'

const CROWN = 'M-13 7V-5L-6.5 1 0 -9 6.5 1 13 -5V7Z'

interface Reign {
  leader: ProcessId | null
  /** Who wore the crown before: it comes from there. */
  before: ProcessId | null
  /** Where everything stood when it began: the crown glides to another head, but jumps along when the stage is resized. */
  layout: Layout
}

/** The crown sits on whoever leads the latest term and moves when that changes; who does not know yet keeps a hollow one. */
export function Crowns({ view }: { view: RaftView }) {
  const { layout } = useStage()
  const leader = view.servers.find((s) => s.id === view.leader && s.status !== 'down')
  const id = leader?.id ?? null
  const [reign, setReign] = useState<Reign>({ leader: id, before: id, layout })
  if (reign.leader !== id) setReign({ leader: id, before: reign.leader ?? reign.before, layout })
  const seat = (of: ProcessId) => {
    const { x, y } = layout.places.get(of) ?? layout.centre
    return { x, y: y - layout.radius - (layout.roomy ? 24 : 20) }
  }
  return (
    <g className="raft-crowns" aria-hidden="true">
      {view.servers.map((s) =>
        s.stale && s.status !== 'down' ? (
          <m.path
            key={s.id}
            className="raft-crown"
            d={CROWN}
            style={{ ...seat(s.id), stroke: hueColor(s.term) }}
            initial={{ opacity: 0 }}
            animate={{ opacity: 1 }}
          />
        ) : null,
      )}
      <AnimatePresence>
        {leader !== undefined && (
          <m.path
            key="crown"
            className="raft-crown filled"
            d={CROWN}
            style={{ fill: hueColor(leader.term), stroke: hueColor(leader.term) }}
            initial={{ ...seat(reign.before ?? leader.id), opacity: 0, scale: 0.5 }}
            animate={{ ...seat(leader.id), opacity: 1, scale: 1 }}
            exit={{ opacity: 0, scale: 0.5 }}
            transition={reign.layout === layout ? { type: 'spring', duration: 0.7, bounce: 0.18 } : { duration: 0 }}
          />
        )}
      </AnimatePresence>
    </g>
  )
}
