// The space-time diagram in the page; `lanes.ts` has the engine's part of it.
import type { Browser } from '@playwright/test'
import { askAt, inBrowser, labPage, seekTo } from './browser.ts'
import type { Figure } from './figures.ts'
import { frameFigures, watchedFrames } from './frames.ts'

/** Needs a build in `dist`. */
export const diagramFigures = (): Promise<Figure[]> => inBrowser(zoomFigures)

/** By then a run with 20 requests a second has had a million events. */
const MILLION_MS = 1_800_000

/** A run of a million events, while a hand leads from all of it to single messages, along, and back again without a pause. */
async function zoomFigures(browser: Browser): Promise<Figure[]> {
  const page = await labPage(browser)
  await askAt(page, 20)
  await seekTo(page, MILLION_MS, 20)
  await page.getByRole('slider', { name: 'Moment' }).press('0')
  await page.waitForTimeout(1_000)
  await page.evaluate(zoomToAndFro)
  return frameFigures('lanes', await watchedFrames(page), ', zooming and moving')
}

/** In the page: turns the wheel at every frame, two seconds closer, one along, two wider. */
function zoomToAndFro(): void {
  const plot = document.querySelector('.lane-plot')
  const { left = 0, top = 0, width = 0 } = plot?.getBoundingClientRect() ?? {}
  const began = performance.now()
  const turn = (now: number): void => {
    const phase = ((now - began) / 1_000) % 5
    const along = phase >= 2 && phase < 3
    plot?.dispatchEvent(
      new WheelEvent('wheel', {
        deltaX: along ? 12 : 0,
        deltaY: along ? 0 : phase < 2 ? -40 : 40,
        clientX: left + width / 3,
        clientY: top + 40,
        bubbles: true,
        cancelable: true,
      }),
    )
    requestAnimationFrame(turn)
  }
  requestAnimationFrame(turn)
}
