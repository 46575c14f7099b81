import { performance } from 'node:perf_hooks'

/** Says on standard error how far a hunt is: on a terminal in one line that changes, else every ten seconds. */
export class Progress {
  readonly #total: number
  readonly #before: number
  readonly #begun = performance.now()
  #said = performance.now()

  constructor(total: number, before: number) {
    this.#total = total
    this.#before = before
  }

  tell(done: number, found: number): void {
    const now = performance.now()
    const often = process.stderr.isTTY ? 200 : 10_000
    if (now - this.#said < often) return
    this.#said = now
    const text = progressText(done, this.#total, found, this.rate(done))
    process.stderr.write(process.stderr.isTTY ? `\r\u001B[2K${text}` : `${text}\n`)
  }

  /** Clears the line that changes. */
  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[2K')
  }

  /** Seeds a second since this hunt began, not counting those of an earlier one. */
  rate(done: number): number {
    return ((done - this.#before) * 1000) / Math.max(1, performance.now() - this.#begun)
  }
}

function progressText(done: number, total: number, found: number, rate: number): string {
  const left = rate > 0 ? `, about ${timeText((total - done) / rate)} left` : ''
  const hits = found === 0 ? 'nothing found' : `${found} broke something`
  return `${done} of ${total} seeds, ${rate.toFixed(rate < 10 ? 1 : 0)} a second${left}; ${hits}`
}

const timeText = (seconds: number): string =>
  seconds < 90
    ? `${Math.ceil(seconds)} s`
    : seconds < 5_400
      ? `${Math.ceil(seconds / 60)} min`
      : `${(seconds / 3600).toFixed(1)} h`
