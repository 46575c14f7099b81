import type { LabView } from '../../../ui/lab-view.ts'
import { later } from '../../../ui/later.ts'
import { PanelSkeleton } from '../../../ui/PanelSkeleton.tsx'
import type { RingLabView } from '../observe.ts'
import { ringActions } from './actions.ts'
import { describeServer } from './describe.ts'
import './ring.css'
import { RingBar } from './RingBar.tsx'
import { RingStage } from './RingStage.tsx'

const Keys = later(async () => (await import('./Keys.tsx')).Keys, PanelSkeleton)
const Load = later(async () => (await import('./Load.tsx')).Load, PanelSkeleton)
const RingServer = later(async () => (await import('./RingServer.tsx')).RingServer, PanelSkeleton)
const Trees = later(async () => (await import('./Trees.tsx')).Trees, PanelSkeleton)
const Compare = later(async () => (await import('./compare/Compare.tsx')).Compare, PanelSkeleton)

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
  actions: async () => (view, id) => [ringActions(view, id)],
  describe: (view, _world, id) => describeServer(view, id),
}
