import type { Request } from './protocol.ts'
import { Share } from './share.ts'

/** A lab on this page that plays. */
interface Player extends Element {
  readonly pace: (request: Extract<Request, { type: 'pace' }>) => void
}

/** Frames between two looks. */
const LOOK = 20

const players = new Set<Player>()
let share = new Share()
let gaps: number[] = []
let last = 0
let looping = false
/** What was told last, in short. */
let told = ''

/** One lab alone draws as often as it can; of several, the page tells each when it is its turn. */
export function plays(lab: Player, now: boolean): void {
  if (now === players.has(lab)) return
  if (now) players.add(lab)
  else players.delete(lab)
  if (players.size > 1 && !looping) begin()
  tell()
}

function begin(): void {
  looping = true
  share = new Share()
  gaps = []
  last = performance.now()
  requestAnimationFrame(count)
}

function count(now: number): void {
  if (players.size < 2) {
    looping = false
    return
  }
  gaps.push(now - last)
  last = now
  if (gaps.length === LOOK) {
    share.look(median(gaps.splice(0)))
    if (told !== inShort()) tell()
  }
  requestAnimationFrame(count)
}

/** All at once, so that they count their turns from the same frame. Who is at a lab sees it move at every frame. */
function tell(): void {
  told = inShort()
  const every = rarely()
  for (const [i, lab] of [...players].entries())
    lab.pace({ type: 'pace', every: lab === document.activeElement ? 1 : every, turn: i % every })
}

const rarely = (): number => (players.size < 2 ? 1 : share.every)
const inShort = (): string => `${rarely()} ${[...players].indexOf(document.activeElement as Player)}`

function median(some: number[]): number {
  return some.toSorted((a, b) => a - b)[some.length >> 1] ?? 0
}
