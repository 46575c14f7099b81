// What pages and their workers hold.
import type { CDPSession } from '@playwright/test'

/** The pages of one origin, which share a heap, and so many workers, each with its own, after a forced collection: bytes. */
export async function heapOf(cdp: CDPSession, workers: number): Promise<number> {
  const asks = await attachWorkers(cdp, workers)
  await cdp.send('HeapProfiler.collectGarbage')
  let { usedSize: sum } = await cdp.send('Runtime.getHeapUsage')
  for (const ask of asks) {
    await ask('HeapProfiler.collectGarbage')
    sum += ((await ask('Runtime.getHeapUsage')) as { usedSize: number }).usedSize
  }
  return sum
}

type Ask = (method: string) => Promise<unknown>

/** A way to speak to each of the engines' workers, through the page's session. */
async function attachWorkers(cdp: CDPSession, workers: number): Promise<Ask[]> {
  const sessions: string[] = []
  const attached = new Promise<void>((resolve) =>
    cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      // A service worker is a target of the page, too.
      if (targetInfo.type === 'worker' && sessions.push(sessionId) === workers) resolve()
    }),
  )
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  await attached
  let id = 0
  return sessions.map(
    (sessionId) => (method) =>
      new Promise((resolve) => {
        const mine = ++id
        cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
          const answer = JSON.parse(message) as { id: number; result: unknown }
          if (answer.id === mine) resolve(answer.result)
        })
        void cdp.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: mine, method }) })
      }),
  )
}
