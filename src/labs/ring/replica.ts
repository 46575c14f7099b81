import type { Env, ProcessId } from '../../kernel/types.ts'
import { erase, held, keepHint, takeIn } from './disk.ts'
import type { ReplicaMessage } from './messages.ts'
import { keyPlace } from './placement.ts'
import type { ServerState } from './state.ts'
import type { Ring } from './types.ts'

type WriteReplica = Extract<ReplicaMessage, { type: 'WriteReplica' }>

/** What a server does for a coordinator: it answers with what it holds. */
export function onReadReplica(self: ServerState, from: ProcessId, request: string, key: string, env: Env<Ring>): void {
  const versions = held(self, key, keyPlace(env.config, key), env)
  env.send(from, { type: 'ReplicaValue', request, key, versions })
}

/** It takes the version in, or keeps it for somebody else, and says so once its disk has it. */
export function onWriteReplica(self: ServerState, from: ProcessId, message: WriteReplica, env: Env<Ring>): void {
  const { request, key, versions, hintFor } = message
  if (hintFor !== null && hintFor !== env.self) {
    if (!env.config.mistakes.dropHints) keepHint(self, hintFor, key, versions, env)
  } else if (message.erase) {
    erase(self, key, env)
  } else {
    takeIn(self, [{ key, versions }], env)
  }
  if (!message.repair) env.send(from, { type: 'ReplicaStored', request })
}
