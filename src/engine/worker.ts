import type { CoreLoaders, LabLoaders } from '../lab/definition.ts'
import type { ToEngine } from './messages.ts'
import { Session } from './session.ts'

/** The session in a worker of its own: it works for at most this long before it looks for messages again. */
const SLICE_MS = 10

const wholes = import.meta.glob<{ lab: Awaited<ReturnType<LabLoaders[string]>> }>('../labs/*/lab.ts')
const cores = import.meta.glob<{ core: Awaited<ReturnType<CoreLoaders[string]>> }>('../labs/*/core.ts')

const session = new Session(
  byFolder(wholes, ({ lab }) => lab),
  (message) => self.postMessage(message),
  byFolder(cores, ({ core }) => core),
  () => performance.now() * 1000,
)
const later = new MessageChannel()
let scheduled = false

self.addEventListener('message', (event: MessageEvent<ToEngine>) => {
  session.receive(event.data)
  schedule()
})
later.port1.addEventListener('message', run)
later.port1.start()
session.ready = schedule

/** A message to itself comes after all that are already waiting, and sooner than any timer. */
function schedule(): void {
  if (scheduled || !session.busy) return
  scheduled = true
  later.port2.postMessage(null)
}

function run(): void {
  scheduled = false
  const end = performance.now() + SLICE_MS
  while (session.busy && performance.now() < end) session.work()
  schedule()
}

function byFolder<M, V>(
  modules: Record<string, () => Promise<M>>,
  pick: (module: M) => V,
): Record<string, () => Promise<V>> {
  return Object.fromEntries(
    Object.entries(modules).map(([path, load]) => [path.split('/')[2] as string, async () => pick(await load())]),
  )
}
