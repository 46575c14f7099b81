import type { LabView } from '../../../ui/lab-view.ts'
import type { RaftView } from '../observe.ts'
import { raftActions } from './actions.ts'
import { describeServer } from './describe.ts'
import './raft.css'
import { RaftBar } from './RaftBar.tsx'
import { RaftLogs } from './RaftLogs.tsx'
import { RaftServer } from './RaftServer.tsx'
import { RaftStage } from './RaftStage.tsx'

export const view: LabView<RaftView> = {
  Stage: RaftStage,
  Bar: RaftBar,
  panels: [
    { id: 'logs', title: 'Logs', Component: RaftLogs },
    { id: 'server', title: 'Server', Component: RaftServer },
  ],
  actions: raftActions,
  describe: describeServer,
}
