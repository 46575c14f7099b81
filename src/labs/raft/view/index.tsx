import type { LabView } from '../../../ui/lab-view.ts'
import type { RaftView } from '../observe.ts'
import { later, whenStands } from '../../../ui/later.ts'
import { PanelSkeleton } from '../../../ui/PanelSkeleton.tsx'
import { describeServer } from './describe.ts'
import './raft.css'
import { RaftBar } from './RaftBar.tsx'
import { RaftStage } from './RaftStage.tsx'

const RaftLogs = later(async () => (await import('./RaftLogs.tsx')).RaftLogs, PanelSkeleton)
const RaftServer = later(async () => (await import('./RaftServer.tsx')).RaftServer, PanelSkeleton)

export const view: LabView<RaftView> = {
  Stage: RaftStage,
  Bar: RaftBar,
  panels: [
    { id: 'logs', title: 'Logs', Component: RaftLogs },
    { id: 'server', title: 'Server', Component: RaftServer },
  ],
  actions: whenStands(async () => (await import('./server-actions.ts')).serverActions),
  describe: describeServer,
}
