import type { Env, ProcessId } from '../../kernel/types.ts'
import { erase, held, keepHint, takeIn } from './disk.ts'
import { tellRing } from './gossip.ts'
import type { ReplicaMessage } from './messages.ts'
import { hasLeft } from './moving.ts'
import { keyPlace } from './placement.ts'
import type { ServerState } from './state.ts'
import { viewDigest } from './store/view.ts'
import type { Ring } from './types.ts'

type WriteReplica = Extract<ReplicaMessage, { type: 'WriteReplica' }>

/** What a server does for a coordinator: it answers with what it holds. */
export function onReadReplica(self: ServerState, from: ProcessId, request: string, key: string, env: Env<Ring>): void {
  const versions = held(self, key, keyPlace(env.config, key), env)
  env.send(from, { type: 'ReplicaValue', request, key, versions })
}

/**
 * It takes the version in, or keeps it for somebody else, and says so once its disk has it. If its coordinator goes by
 * another ring, it says by which one it goes itself; who has left keeps nothing more and says only that.
 */
export function onWriteReplica(self: ServerState, from: ProcessId, message: WriteReplica, env: Env<Ring>): void {
  const { request, key, versions, hintFor } = message
  if (hasLeft(self, env)) return tellRing(self, from, env)
  if (hintFor !== null && hintFor !== env.self) {
    if (!env.config.mistakes.dropHints) keepHint(self, hintFor, key, versions, env)
  } else if (message.erase) {
    erase(self, key, env)
  } else {
    takeIn(self, [{ key, versions }], env)
  }
  if (message.repair) return
  const { view } = self.disk
  env.send(from, { type: 'ReplicaStored', request, hintFor, view: viewDigest(view) === message.ring ? null : view })
}
