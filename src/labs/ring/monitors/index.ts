import { onEnoughDisks, survives } from './acknowledged.ts'
import { replicasConverge } from './convergence.ts'
import { readsNeverGoBack } from './order.ts'
import { onlyItsShareMoves } from './placement.ts'
import { deletedStayDeleted, readsMeetWrites } from './reads.ts'
import { siblingsAreConcurrent } from './versions.ts'

/** What must never happen, in the order in which the page lists it. */
export const monitors = [
  survives,
  onEnoughDisks,
  readsMeetWrites,
  readsNeverGoBack,
  siblingsAreConcurrent,
  deletedStayDeleted,
  onlyItsShareMoves,
  replicasConverge,
]
