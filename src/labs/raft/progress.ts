import type { ProcessId } from '../../kernel/types.ts'
import type { Snapshot } from './snapshot-value.ts'

/**
 * `probe`: one message, then wait for its answer or the next heartbeat, until it is known where the logs agree.
 * `replicate`: send on without waiting, as far as the window allows. `snapshot`: no entries until the snapshot has come.
 */
export type ProgressMode = 'probe' | 'replicate' | 'snapshot'

/** What a leader knows of another server's log, and what is under way to it (etcd raft, `tracker/progress.go`). */
export interface Progress {
  mode: ProgressMode
  /** nextIndex of Figure 2: the next entry to send. */
  next: number
  /** matchIndex of Figure 2: up to here the logs are known to agree. */
  match: number
  /** As `probe`: the message is sent and not answered. */
  paused: boolean
  /** As `replicate`: the last index of each message with entries that is not answered, in the order of sending. */
  inFlight: number[]
  /** As `snapshot`: which one is sent, and how much of it has come. */
  snapshot: Snapshot | null
  snapshotOffset: number
}

/** Of a server of which nothing is known: a new leader tries the end of its own log. */
export function probe(next: number): Progress {
  return { mode: 'probe', next, match: 0, paused: false, inFlight: [], snapshot: null, snapshotOffset: 0 }
}

function becomeProbe(progress: Progress, next: number): void {
  progress.mode = 'probe'
  progress.next = Math.max(next, progress.match + 1)
  progress.paused = false
  progress.inFlight = []
}

export function becomeReplicate(progress: Progress): void {
  progress.mode = 'replicate'
  progress.snapshot = null
  progress.next = progress.match + 1
  progress.paused = false
  progress.inFlight = []
}

export function becomeSnapshot(progress: Progress, snapshot: Snapshot): void {
  progress.mode = 'snapshot'
  progress.inFlight = []
  progress.snapshot = snapshot
  progress.snapshotOffset = 0
}

/** Whether another message with entries may go out before an answer comes. */
export function maySend(progress: Progress, window: number): boolean {
  if (progress.mode === 'replicate') return progress.inFlight.length < window
  return progress.mode === 'probe' && !progress.paused
}

/** Takes down that entries up to `last` are on their way; none are if nothing lies between. */
export function sent(progress: Progress, last: number): void {
  if (progress.mode === 'probe') progress.paused = true
  else if (last >= progress.next) {
    progress.next = last + 1
    progress.inFlight.push(last)
  }
}

/** The logs agree up to `index`. Whether that is news. */
export function acknowledge(progress: Progress, index: number): boolean {
  const news = index > progress.match
  if (news) progress.match = index
  if (progress.next <= index) progress.next = index + 1
  if (progress.mode === 'replicate') free(progress.inFlight, index)
  else if (progress.mode === 'probe' ? index >= progress.match : index >= (progress.snapshot?.index ?? 0)) {
    becomeReplicate(progress)
  }
  return news
}

/**
 * The message whose prevLogIndex was `rejected` did not fit. False if that is an old story: told of a message before the
 * present probe, or of what has since been matched.
 */
export function reject(progress: Progress, rejected: number, next: number): boolean {
  if (progress.mode === 'snapshot') return false
  if (progress.mode === 'replicate') {
    if (rejected <= progress.match) return false
    becomeProbe(progress, progress.match + 1)
    return true
  }
  if (rejected !== progress.next - 1) return false
  becomeProbe(progress, Math.min(rejected, next))
  return true
}

export function copyProgress(of: ReadonlyMap<ProcessId, Progress>): Map<ProcessId, Progress> {
  const copy = new Map<ProcessId, Progress>()
  for (const [id, progress] of of) copy.set(id, { ...progress, inFlight: progress.inFlight.slice() })
  return copy
}

function free(inFlight: number[], index: number): void {
  let done = 0
  while (done < inFlight.length && (inFlight[done] as number) <= index) done++
  if (done === inFlight.length) inFlight.length = 0
  else if (done > 0) inFlight.splice(0, done)
}
