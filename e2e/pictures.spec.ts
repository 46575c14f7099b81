import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { labsOnDisk } from '../src/cli/loaders.ts'
import { runToEnd } from '../src/engine/run-scenario.ts'
import { readScenarioFile } from '../src/lab/scenario-file.ts'
import { expect, test } from './lab-page.ts'

/** What is drawn, words that are in it, and how many marks at least. */
const SUBJECTS = [
  ['Stage', ['n1', 'n5', 'follower', 'down'], 40],
  ['Space-time diagram', ['n1', 'n5', '1.0 s'], 40],
  ['Logs', ['n1', 'n5', 'no-op', 'committed'], 40],
  ['Client history', ['c1', 'read'], 40],
] as const

test('stage, diagram, logs and history are files that stand alone; the run is a scenario that plays to the same end', async ({
  lab,
  page,
}) => {
  await lab.open('?lab=raft&theme=night')
  await lab.seek(700)
  await lab.dispatch({ type: 'workload', workload: { rate: 20, readShare: 0.4, keys: 3, distribution: 'uniform' } })
  await lab.advance(500)
  await lab.dispatch({ type: 'crash', process: await lab.leader() })
  await lab.advance(600)
  const fingerprint = await lab.fingerprint()
  await page.keyboard.press('s')
  const dialog = page.getByRole('dialog', { name: 'Share' })
  const press = async (name: string): Promise<Buffer> => {
    const coming = page.waitForEvent('download')
    await dialog.getByRole('button', { name, exact: true }).click()
    return await readFile(await (await coming).path())
  }
  const files = new Map<string, { svg: string; png: Buffer }>()
  for (const [subject] of SUBJECTS) {
    await dialog.getByRole('combobox', { name: 'Picture of' }).selectOption(subject)
    files.set(subject, { svg: (await press('SVG')).toString('utf8'), png: await press('PNG') })
  }

  const file = await readScenarioFile(labsOnDisk(), (await press('Scenario')).toString('utf8'), 'run.scenario.json')
  if (!file.ok) throw new Error(file.error)
  const { result } = await runToEnd(file.value.lab, file.value.scenario)
  expect(result).toMatchObject({ fingerprint, outcome: 'passed' })
  // On a phone the side is folded away, and drawn all the same.
  await page.setViewportSize({ width: 390, height: 844 })
  await dialog.getByRole('combobox', { name: 'Picture of' }).selectOption('Logs')
  const folded = (await press('SVG')).toString('utf8')
  await page.keyboard.press('Escape')
  expect(await lab.fingerprint()).toBe(fingerprint)

  // A picture is looked at elsewhere: on a page that has nothing of this one.
  const desk = await page.context().newPage()
  expect((await readSvg(desk, folded)).texts).toContain('no-op')
  for (const [subject, words, least] of SUBJECTS) {
    const { svg = '', png: pixels = Buffer.alloc(0) } = files.get(subject) ?? {}
    const read = await readSvg(desk, svg)
    expect(read.problem).toBeNull()
    for (const word of words)
      expect(
        read.texts.some((text) => text.includes(word)),
        `${subject}: ${word}`,
      ).toBe(true)
    expect(read.marks, subject).toBeGreaterThan(least)
    expect(svg).toMatch(/@font-face\{font-family:"?Inter Variable"?;[^}]*src:url\(data:/)
    // Nothing is left that only this page could fill in.
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/var\(--|https?:|NaN|undefined|<foreignObject/)
    const png = await readPng(desk, pixels)
    expect([png.width, png.height]).toEqual([2 * read.width, 2 * read.height])
    expect(png.colors, subject).toBeGreaterThan(20)
    // The theme on show is the ground.
    expect(png.ground, subject).toBeLessThan(60)
  }
})

function readSvg(page: Page, svg: string) {
  return page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement
    const of = (selector: string) => [...root.querySelectorAll(selector)]
    return {
      problem: root.querySelector('parsererror')?.textContent ?? (root.tagName === 'svg' ? null : root.tagName),
      width: Number(root.getAttribute('width')),
      height: Number(root.getAttribute('height')),
      marks: of('path, rect, circle, line').length,
      texts: of('text').map((each) => each.textContent ?? ''),
    }
  }, svg)
}

function readPng(page: Page, file: Buffer) {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(image.width, image.height)
    const pen = canvas.getContext('2d')
    pen?.drawImage(image, 0, 0)
    const pixels = new Uint32Array(pen?.getImageData(0, 0, image.width, image.height).data.buffer ?? new ArrayBuffer(0))
    const first = pixels[0] ?? 0
    return { width: image.width, height: image.height, colors: new Set(pixels).size, ground: first & 255 }
  }, file.toString('base64'))
}
