import type { CoreLoaders, LabLoaders } from '../lab/definition.ts'
import type { ToEngine } from './messages.ts'
import { Opening } from './opening.ts'

/** The engine in a worker of its own: it works for at most this long before it looks for messages again. */
const SLICE_MS = 10

const wholes = import.meta.glob<{ lab: Awaited<ReturnType<LabLoaders[string]>> }>('../labs/*/lab.ts')
const cores = import.meta.glob<{ core: Awaited<ReturnType<CoreLoaders[string]>> }>('../labs/*/core.ts')

const engine = new Opening(
  byFolder(wholes, ({ lab }) => lab),
  byFolder(cores, ({ core }) => core),
  (message) => self.postMessage(message),
  () => performance.now() * 1000,
)
const later = new MessageChannel()
let scheduled = false

self.addEventListener('message', (event: MessageEvent<ToEngine>) => {
  engine.receive(event.data)
  schedule()
})
later.port1.addEventListener('message', run)
later.port1.start()
engine.ready = schedule

/** A message to itself comes after all that are already waiting, and sooner than any timer. */
function schedule(): void {
  if (scheduled || !engine.busy) return
  scheduled = true
  later.port2.postMessage(null)
}

function run(): void {
  scheduled = false
  const end = performance.now() + SLICE_MS
  while (engine.busy && performance.now() < end) engine.work()
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
