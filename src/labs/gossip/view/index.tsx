import type { LabView } from '../../../ui/lab-view.ts'
import { later } from '../../../ui/later.ts'
import { PanelSkeleton } from '../../../ui/PanelSkeleton.tsx'
import type { GossipView } from '../observe.ts'
import { gossipActions } from './actions.ts'
import { describeServer } from './describe.ts'
import './gossip.css'
import { GossipBar } from './GossipBar.tsx'
import { GossipStage } from './GossipStage.tsx'

const Beliefs = later(async () => (await import('./Beliefs.tsx')).Beliefs, PanelSkeleton)
const Spread = later(async () => (await import('./Spread.tsx')).Spread, PanelSkeleton)
const GossipServer = later(async () => (await import('./GossipServer.tsx')).GossipServer, PanelSkeleton)

export const view: LabView<GossipView> = {
  Stage: GossipStage,
  Bar: GossipBar,
  panels: [
    { id: 'beliefs', title: 'Beliefs', Component: Beliefs },
    { id: 'spread', title: 'Spread', Component: Spread },
    { id: 'server', title: 'Server', Component: GossipServer },
  ],
  actions: async () => (view, id) => [gossipActions(view, id)],
  describe: (view, _world, id) => describeServer(view, id),
}
