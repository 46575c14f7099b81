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

/** What the page was told of files over it. */
type Told = { dragover: number; drop: number }

/** Drags files over the page from outside, as a file manager would; what it returns ends it. */
async function drag(page: Page, files: string[]): Promise<(end: 'drop' | 'leave') => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files, dragOperationsMask: 1 }
  const send = (type: 'dragEnter' | 'dragOver' | 'drop', x = 400) =>
    session.send('Input.dispatchDragEvent', { type, x, y: 400, data })
  const told = await page.evaluateHandle(() => {
    const seen = { dragover: 0, drop: 0 }
    for (const type of ['dragover', 'drop'] as const) window.addEventListener(type, () => seen[type]++, true)
    return seen
  })
  const arrives = async (type: keyof Told) => {
    await expect.poll(async () => (await told.jsonValue())[type], { timeout: 1_000 }).toBeGreaterThan(0)
  }
  const over = async () => {
    await send('dragEnter')
    await send('dragOver')
    await arrives('dragover')
  }
  await expect(over).toPass()
  return async (end) => {
    if (end === 'leave') await send('dragOver', -100)
    // A busy browser loses a drop that comes by its protocol: then it is dragged and dropped once more.
    else
      await expect(async () => {
        if ((await told.jsonValue()).drop > 0) return
        await over()
        await send('drop')
        await arrives('drop')
      }).toPass()
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
  await expect.poll(async () => (await lab.state()).lab).toBe('raft')
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
  // Before the page opens: a browser takes a while to hand its dialogs to the test.
  const chosen = page.waitForEvent('filechooser').then((chooser) => chooser.setFiles(file))
  await lab.open()
  const button = page.getByRole('button', { name: /Scenario:/ })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitemradio', { name: /^Free run/ })).toBeFocused()
  await page.keyboard.press('o')
  await expect(page.getByRole('menuitem', { name: /Open a file/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await chosen
  await expect(button).toContainText('One of my own')
  await expect(button).toBeFocused()
})

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
/** The same noise every time. */
const NOISE = Buffer.from(Uint32Array.from({ length: 1_250_000 }, (_, i) => Math.imul(i, 2_654_435_761)).buffer)

const WRONG: [name: string, content: string | Uint8Array, says: RegExp][] = [
  [
    'a.json',
    changed({ colour: 'red' }),
    /^a\.json:\d+:3 colour: expected one of .*, found the unknown field "colour"\.$/,
  ],
  [
    'b.yaml',
    stringify({ ...whole, until: '3 parsecs' }),
    /^b\.yaml:\d+:1 until: expected a time with its unit, .*, found "3 parsecs"\.$/,
  ],
  [
    'c.json',
    changed({ script: [{ at: '1s', do: { crash: 'n9' } }] }),
    /^c\.json:\d+:\d+ script\[0\]\.do: crash: there is no process called n9/,
  ],
  [
    'd.json',
    changed({ script: [{ at: '2s' }, { at: '1s' }] }),
    /^d\.json:\d+:\d+ script\[1\]\.at: 1s lies before the part above it; time does not go back\.$/,
  ],
  ['e.json', json.slice(0, json.indexOf('"script"')), /^e\.json:\d+:\d+: expected JSON, found the end of the file\.$/],
  ['f.png', PNG, /^f\.png: expected YAML or JSON, found something that is no text\.$/],
  ['g.json', '', /^g\.json: expected JSON, found an empty file\.$/],
  ['h.json', NOISE, /^h\.json: expected a scenario of at most 1 MB, found 5\.0 MB\.$/],
  ['i.yaml', NOISE.subarray(0, 500_000), /^i\.yaml: expected YAML or JSON, found something that is no text\.$/],
]

test('says in one sentence what is wrong with a file, and the run on screen goes on', async ({ lab, page }, info) => {
  await lab.open()
  const { seed, lab: id } = await lab.state()
  const alert = page.getByRole('alert').filter({ hasText: /\S/ })
  for (const [name, content, says] of WRONG) {
    const file = info.outputPath(name)
    writeFileSync(file, content)
    const before = await lab.state()
    await page.getByLabel('Scenario file').setInputFiles(file)
    await expect(alert).toHaveText(says)
    await expect.poll(async () => (await lab.state()).atMs).toBeGreaterThan(before.atMs)
    expect(await lab.state()).toMatchObject({ seed, lab: id, playing: true })
  }
})

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
