import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { stringify } from 'yaml'
import { runScenario } from '../src/index.ts'
import { expect, test } from './lab-page.ts'

const json = readFileSync(join(import.meta.dirname, '../src/labs/raft/scenarios/leader-crash.json'), 'utf8')
const whole = JSON.parse(json) as { title: string; script: object[] }
const yaml = stringify({ ...whole, title: 'One of my own' })
const changed = (change: object): string => JSON.stringify({ ...whole, ...change }, null, 2)

/**
 * Drags files over the page from outside, as a file manager would; what it returns ends it. The session is left to the
 * page's end: a browser forgets a drop that it has not yet handed to the page when its session goes.
 */
async function drag(page: Page, files: string[]): Promise<(end: 'drop' | 'leave') => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files, dragOperationsMask: 1 }
  const send = (type: 'dragEnter' | 'dragOver' | 'drop', x = 400) =>
    session.send('Input.dispatchDragEvent', { type, x, y: 400, data })
  await page.evaluate(() => window.addEventListener('dragover', () => Object.assign(window, { dragged: true })))
  await send('dragEnter')
  // As a browser does it: over and over, as long as the file is there.
  await expect(async () => {
    await send('dragOver')
    expect(await page.evaluate(() => 'dragged' in window)).toBe(true)
  }).toPass()
  return async (end) => {
    await (end === 'drop' ? send('drop') : send('dragOver', -100))
  }
}
const drop = async (page: Page, ...files: string[]) => await (await drag(page, files))('drop')

test('opens a JSON file that is dropped on the page, with the fingerprint that it has in Node', async ({
  lab,
  page,
}, info) => {
  const file = info.outputPath('crash.json')
  writeFileSync(file, json)
  await lab.open('?lab=ping')
  await drop(page, file)
  await expect(page.getByRole('button', { name: /Scenario:/ })).toContainText(whole.title)
  await expect.poll(async () => (await lab.state().catch(() => null))?.lab).toBe('raft')
  const expected = await runScenario(whole)
  await lab.seek(expected.simulatedMs)
  expect(await lab.fingerprint()).toBe(expected.fingerprint)
})

test('shows where to drop while a file is over the page, and no longer when it has left', async ({
  lab,
  page,
}, info) => {
  const file = info.outputPath('crash.json')
  writeFileSync(file, json)
  await lab.open()
  const end = await drag(page, [file])
  await expect(page.getByText('Drop a scenario or a history to open it')).toBeVisible()
  expect((await new AxeBuilder({ page }).include('.drop-target').analyze()).violations).toEqual([])
  await end('leave')
  await expect(page.getByText('Drop a scenario or a history to open it')).toBeHidden()
})

test('takes a file that is dropped while the rest of the page is still on its way', async ({ lab, page }, info) => {
  const file = info.outputPath('late.json')
  writeFileSync(file, '')
  let letThrough = (): void => undefined
  const waits = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  await page.route(/\/Drop\w+-[^/]*\.js$/, async (route) => {
    await waits
    await route.continue()
  })
  await lab.open()
  await drop(page, file)
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveText(/found an empty file\.$/)
  letThrough()
})

test('opens a YAML file by keyboard through the scenario list', async ({ lab, page }, info) => {
  const file = info.outputPath('own.yaml')
  writeFileSync(file, yaml)
  await lab.open()
  const button = page.getByRole('button', { name: /Scenario:/ })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitemradio', { name: /^Free run/ })).toBeFocused()
  await page.keyboard.press('o')
  await expect(page.getByRole('menuitem', { name: /Open a file/ })).toBeFocused()
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')])
  await chooser.setFiles(file)
  await expect(button).toContainText('One of my own')
  await expect(button).toBeFocused()
})

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
/** The same noise every time. */
const NOISE = Buffer.from(Uint32Array.from({ length: 1_250_000 }, (_, i) => Math.imul(i, 2_654_435_761)).buffer)

for (const [what, name, content, says] of [
  [
    'an unknown field',
    'a.json',
    changed({ colour: 'red' }),
    /^a\.json:\d+:3 colour: expected one of .*, found the unknown field "colour"\.$/,
  ],
  [
    'a wrong unit',
    'b.yaml',
    stringify({ ...whole, until: '3 parsecs' }),
    /^b\.yaml:\d+:1 until: expected a time with its unit, .*, found "3 parsecs"\.$/,
  ],
  [
    'a process that is not',
    'c.json',
    changed({ script: [{ at: '1s', do: { crash: 'n9' } }] }),
    /^c\.json:\d+:\d+ script\[0\]\.do: crash: there is no process called n9/,
  ],
  [
    'a time that goes back',
    'd.json',
    changed({ script: [{ at: '2s' }, { at: '1s' }] }),
    /^d\.json:\d+:\d+ script\[1\]\.at: 1s lies before the part above it; time does not go back\.$/,
  ],
  ['half a file', 'e.json', json.slice(0, 300), /^e\.json:\d+:\d+: expected JSON, found the end of the file\.$/],
  ['a picture', 'f.png', PNG, /^f\.png: expected YAML or JSON, found something that is no text\.$/],
  ['an empty file', 'g.json', '', /^g\.json: expected JSON, found an empty file\.$/],
  ['5 MB of noise', 'h.json', NOISE, /^h\.json: expected a scenario of at most 1 MB, found 5\.0 MB\.$/],
  [
    'some noise',
    'i.yaml',
    NOISE.subarray(0, 500_000),
    /^i\.yaml: expected YAML or JSON, found something that is no text\.$/,
  ],
] as const) {
  test(`says in one sentence what is wrong with ${what}, and the run on screen goes on`, async ({
    lab,
    page,
  }, info) => {
    const file = info.outputPath(name)
    writeFileSync(file, content)
    await lab.open()
    const before = await lab.state()
    await drop(page, file)
    await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveText(says)
    await expect.poll(async () => (await lab.state()).atMs).toBeGreaterThan(before.atMs)
    const { seed, lab: id, playing } = await lab.state()
    expect({ seed, id, playing }).toEqual({ seed: before.seed, id: before.lab, playing: true })
  })
}

test('refuses a folder, and several files', async ({ lab, page }, info) => {
  const folder = info.outputPath('my-scenarios')
  mkdirSync(folder, { recursive: true })
  const files = ['a.json', 'b.json'].map((name) => join(folder, name))
  for (const file of files) writeFileSync(file, json)
  await lab.open()
  await drop(page, folder)
  const alert = page.getByRole('alert').filter({ hasText: /\S/ })
  await expect(alert).toHaveText('my-scenarios: expected a file with a scenario, found a folder.')
  await drop(page, ...files)
  await expect(alert).toHaveText('Expected one scenario file, found 2 files.')
  await drop(page, files[0] as string)
  await expect(alert).toBeHidden()
  await expect(page.getByRole('button', { name: /Scenario:/ })).toContainText(whole.title)
})
