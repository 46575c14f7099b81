import type { LabLoaders } from '../lab/definition.ts'
import type { ToEngine } from './messages.ts'
import { Session } from './session.ts'

/** The session in a worker of its own: it works for at most this long before it looks for messages again. */
const SLICE_MS = 10

const modules = import.meta.glob<{ lab: Awaited<ReturnType<LabLoaders[string]>> }>('../labs/*/lab.ts')
const labs: LabLoaders = Object.fromEntries(
  Object.entries(modules).map(([path, load]) => [path.split('/')[2] as string, async () => (await load()).lab]),
)

const session = new Session(labs, (message) => self.postMessage(message))
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
