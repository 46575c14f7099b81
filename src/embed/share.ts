/** A page whose frames come slower than this, in milliseconds, is not smooth: fewer than 45 a second. */
const SLOW_MS = 22
/** Nearly every frame of a screen of 60 a second. */
const CALM_MS = 18
/** A share on trial has to bring the page so much. */
const HELPS = 0.85
/** A lab draws at least every third frame. */
const FEWEST = 3
const MOST_PATIENCE = 64

/**
 * How often the labs on a page draw while several play: at every frame, or, in turn, at each second or third. Found by trial:
 * a share that does not make the page smoother is taken back, for then something else is slow, or the browser saves power.
 */
export class Share {
  /** At each so-manieth frame. */
  every = 1
  #before: number | null = null
  #calm = 0
  #rest = 0
  /** So many looks before the next trial; longer each time. */
  #patience = 4

  /** Takes in how far apart the page's frames came lately: the median, in milliseconds. */
  look(gapMs: number): number {
    const before = this.#before
    this.#before = null
    if (before !== null && gapMs > before * HELPS) this.#turnBack()
    else if (this.#rest > 0) this.#rest--
    else if (gapMs > SLOW_MS && this.every < FEWEST) this.#tryFewer(gapMs)
    else if (gapMs < CALM_MS && this.every > 1) this.#tryMore()
    return this.every
  }

  #tryFewer(gapMs: number): void {
    this.every++
    this.#before = gapMs
    this.#calm = 0
  }

  #tryMore(): void {
    if (++this.#calm < this.#patience) return
    this.every--
    this.#calm = 0
    this.#waitLonger()
  }

  #turnBack(): void {
    this.every--
    this.#rest = this.#patience
    this.#waitLonger()
  }

  #waitLonger(): void {
    this.#patience = Math.min(MOST_PATIENCE, this.#patience * 2)
  }
}
