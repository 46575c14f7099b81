import type { LabView } from '../../../ui/lab-view.ts'
import type { RingLabView } from '../observe.ts'
import { Compare } from './compare/Compare.tsx'
import { ringActions } from './actions.ts'
import { describeServer } from './describe.ts'
import { Keys } from './Keys.tsx'
import { Load } from './Load.tsx'
import './ring.css'
import { RingBar } from './RingBar.tsx'
import { RingServer } from './RingServer.tsx'
import { RingStage } from './RingStage.tsx'
import { Trees } from './Trees.tsx'

export const view: LabView<RingLabView> = {
  Stage: RingStage,
  Bar: RingBar,
  panels: [
    { id: 'keys', title: 'Keys', Component: Keys },
    { id: 'load', title: 'Load', Component: Load },
    { id: 'server', title: 'Server', Component: RingServer },
    { id: 'trees', title: 'Trees', Component: Trees },
    { id: 'compare', title: 'Compare', Component: Compare },
  ],
  actions: ringActions,
  describe: (view, _world, id) => describeServer(view, id),
}
