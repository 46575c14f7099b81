// While time runs, a picture is asked for and drawn in every third frame or so. What can wait a moment, because it is read and
// not watched, is done in the frames between: so no frame has everything to do.

/** So many of them in one calm frame. */
const AT_ONCE = 2
/** What has waited so long is done in any frame. */
const MOST_MS = 50

interface Waiting {
  run(): void
  since: number
}

/** Whether somebody says when a frame is calm; if not, none is waited for. */
let watched = false
const queue: Waiting[] = []

/** Does something after so many milliseconds, in a calm frame while time runs. Returns how to leave it undone. */
export function inCalm(ms: number, run: () => void): () => void {
  let entry: Waiting | null = null
  const timer = setTimeout(() => {
    if (!watched) return run()
    entry = { run, since: performance.now() }
    queue.push(entry)
  }, ms)
  return () => {
    clearTimeout(timer)
    const place = entry === null ? -1 : queue.indexOf(entry)
    if (place !== -1) queue.splice(place, 1)
  }
}

/** To be called at the end of each painted frame while time runs. `busy`: a picture is on its way. */
export function frameDone(busy: boolean): void {
  watched = true
  for (let n = 0; n < AT_ONCE; n++) {
    const first = queue[0]
    if (first === undefined || (busy && performance.now() - first.since < MOST_MS)) return
    queue.shift()
    first.run()
  }
}

/** Time stands: what waits is done. */
export function framesOver(): void {
  watched = false
  for (const { run } of queue.splice(0)) run()
}
