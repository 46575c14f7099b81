import { Judge, type ToJudge } from './judge.ts'

/** Histories are judged here, so that no search ever keeps the page or the engine waiting. */
const SLICE_MS = 20

const judge = new Judge((answer) => self.postMessage(answer))
const later = new MessageChannel()
let scheduled = false

self.addEventListener('message', (event: MessageEvent<ToJudge>) => {
  judge.receive(event.data)
  schedule()
})
later.port1.addEventListener('message', run)
later.port1.start()

function schedule(): void {
  if (scheduled || !judge.busy) return
  scheduled = true
  later.port2.postMessage(null)
}

function run(): void {
  scheduled = false
  const end = performance.now() + SLICE_MS
  while (judge.busy && performance.now() < end) judge.work()
  schedule()
}
