import { AnimatePresence, domAnimation, LazyMotion, MotionConfig } from 'framer-motion'
import * as m from 'framer-motion/m'
import { memo, useState } from 'react'
import type { ProcessId } from '../../../kernel/types.ts'
import { hueColor } from '../../../ui/hue.ts'
import type { Layout } from '../../../ui/stage/layout.ts'
import { CROWN, type CrownProps, seatOf } from './Crowns.tsx'

interface Reign {
  leader: ProcessId | null
  /** Who wore the crown before: it comes from there. */
  before: ProcessId | null
  /** Where everything stood when it began: the crown glides to another head, but jumps along when the stage is resized. */
  layout: Layout
}

/** The crown of the latest leader, which glides from head to head. */
export const MovingCrown = memo(function MovingCrown({ leader, term, layout }: CrownProps) {
  const [reign, setReign] = useState<Reign>({ leader, before: leader, layout })
  if (reign.leader !== leader) setReign({ leader, before: reign.leader ?? reign.before, layout })
  const color = hueColor(term)
  return (
    <LazyMotion features={domAnimation} strict>
      <MotionConfig reducedMotion="user">
        <AnimatePresence initial={false}>
          {leader !== null && (
            <m.path
              key="crown"
              className="raft-crown filled"
              d={CROWN}
              style={{ fill: color, stroke: color }}
              initial={{ ...seatOf(reign.before ?? leader, layout), opacity: 0, scale: 0.5 }}
              animate={{ ...seatOf(leader, layout), opacity: 1, scale: 1 }}
              exit={{ opacity: 0, scale: 0.5 }}
              transition={reign.layout === layout ? { type: 'spring', duration: 0.7, bounce: 0.18 } : { duration: 0 }}
            />
          )}
        </AnimatePresence>
      </MotionConfig>
    </LazyMotion>
  )
})
