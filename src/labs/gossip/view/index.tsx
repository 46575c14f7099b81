import type { LabView } from '../../../ui/lab-view.ts'
import type { GossipView } from '../observe.ts'
import { gossipActions } from './actions.ts'
import { Beliefs } from './Beliefs.tsx'
import { describeServer } from './describe.ts'
import './gossip.css'
import { GossipBar } from './GossipBar.tsx'
import { GossipServer } from './GossipServer.tsx'
import { GossipStage } from './GossipStage.tsx'
import { Spread } from './Spread.tsx'

export const view: LabView<GossipView> = {
  Stage: GossipStage,
  Bar: GossipBar,
  panels: [
    { id: 'beliefs', title: 'Beliefs', Component: Beliefs },
    { id: 'spread', title: 'Spread', Component: Spread },
    { id: 'server', title: 'Server', Component: GossipServer },
  ],
  actions: gossipActions,
  describe: (view, _world, id) => describeServer(view, id),
}
