import { useEffect, useState, useSyncExternalStore } from 'react'
import type { ModelName } from '../../check/models.ts'
import type { Operation } from '../../check/operation.ts'
import { type Judged, JudgeClient } from './judge-client.ts'

/** The judgement of a history, kept up to date while it grows; null until the first. */
export function useJudged(model: ModelName | null, operations: readonly Operation[]): Judged | null {
  const [client] = useState(() => new JudgeClient())
  // A worker lives as long as somebody looks.
  useEffect(() => () => client.close(), [client])
  // The judge is outside React.
  useEffect(() => {
    if (model !== null) client.ask(model, operations)
  }, [client, model, operations])
  return useSyncExternalStore(
    (told) => client.subscribe(told),
    () => client.judged,
  )
}
