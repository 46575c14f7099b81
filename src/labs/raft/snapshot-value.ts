import type { ProcessId } from '../../kernel/types.ts'
import type { ClusterConfig } from './conf-change.ts'
import { decodeStore, encodeStore, type Store } from './store.ts'

/** All entries up to `index` in one value (§7): as a text, which lies on the disk and travels in chunks. */
export interface Snapshot {
  readonly index: number
  readonly term: number
  /** Store, sessions and configuration. */
  readonly data: string
}

/** What has come so far of a snapshot that another server sends. A value. */
export interface PartialSnapshot extends Snapshot {
  readonly from: ProcessId
}

export const encode = (store: Store, config: ClusterConfig): string =>
  JSON.stringify({ config, store: encodeStore(store) })

/** What a snapshot holds. */
export function decode(data: string): { store: Store; config: ClusterConfig } {
  const { store, config } = JSON.parse(data) as { store: string; config: ClusterConfig }
  return { store: decodeStore(store), config }
}
