import type { LabView } from '../../../ui/lab-view.ts'
import type { RingLabView } from '../observe.ts'
import { ringActions } from './actions.ts'
import { describeServer } from './describe.ts'
import { Keys } from './Keys.tsx'
import './ring.css'
import { RingBar } from './RingBar.tsx'
import { RingStage } from './RingStage.tsx'

export const view: LabView<RingLabView> = {
  Stage: RingStage,
  Bar: RingBar,
  panels: [{ id: 'keys', title: 'Keys', Component: Keys }],
  actions: ringActions,
  describe: (view, _world, id) => describeServer(view, id),
}
