import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { readFile } from 'node:fs/promises'
import { expect, LabPage, test } from './lab-page.ts'
import { mix } from '../src/base/hash.ts'

test('a link opens in another browser at the same moment, with the same picture', async ({ lab, page, browser }) => {
  await lab.open('?scenario=raft/leader-crash')
  await lab.until('there is a leader')
  await lab.dispatch({ type: 'pause', process: await lab.leader() })
  await lab.advance(700)
  await lab.server('n2').click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('s')
  const dialog = page.getByRole('dialog', { name: 'Share' })
  const address = await dialog.getByRole('textbox', { name: 'Link' }).inputValue()
  expect(address.length).toBeLessThan(2_000)
  await expect(dialog).toContainText(await lab.fingerprint())
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  const context = await browser.newContext()
  const other = new LabPage(await context.newPage())
  await other.open(new URL(address).hash)
  await expect(other.page.getByText('This is the moment that was shared')).toBeVisible()
  const [here, there] = [await lab.state(), await other.state()]
  expect(await other.fingerprint()).toBe(await lab.fingerprint())
  for (const part of ['lab', 'seed', 'atMs', 'steps', 'playing', 'world', 'commands', 'stories'] as const)
    expect(there[part]).toEqual(here[part])
  await expect(other.server('n2')).toHaveAttribute(
    'aria-label',
    (await lab.server('n2').getAttribute('aria-label')) ?? '',
  )
  await expect(other.page.getByRole('button', { name: /leader crash/i })).toBeVisible()
  // It goes on: the rest of the scenario is still to come.
  expect((await other.until('n1 is down or n2 is down or n3 is down or n4 is down or n5 is down')).world).toBeTruthy()
  expect(other.said).toEqual([])
  await context.close()
})

test('a link that is damaged, or from another engine, says what holds; nothing on the page breaks', async ({
  lab,
  page,
}) => {
  await lab.open('?lab=raft')
  await lab.dispatch({ type: 'crash', process: 'n2' })
  await page.getByRole('button', { name: 'Share' }).click()
  const address = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  await page.keyboard.press('Escape')
  const { hash } = new URL(address)

  await lab.open(`?lab=ping${hash.slice(0, -20)}`)
  await expect(page.getByRole('alert')).toContainText('This link is damaged')
  await expect(page.getByRole('alert')).toContainText('Raft')
  expect((await lab.state()).lab).toBe('raft')

  await page.goto(`/?embed${edited(hash, (data) => ({ ...data, engine: '99' }))}`)
  await lab.page.evaluate(() => window.netsplit.ready)
  await expect(page.getByRole('alert')).toContainText('made by engine 99')
  expect((await lab.state()).commands).toEqual([])
  await page.getByRole('button', { name: 'Play it here' }).click()
  await expect(page.getByText('This is the moment that was shared')).toBeVisible()
  expect((await lab.state()).commands).toHaveLength(1)

  // What no handler of the lab can take: the engine stops, and the page does not.
  const poison = { at: 100_000, command: { type: 'invoke', client: 'c1', operation: { nonsense: true } } }
  await page.goto(`/?lab=raft${edited(hash, (data) => ({ ...data, commands: [poison] }))}`)
  await expect(page.getByRole('alert')).toContainText('The lab is open afresh')
  expect((await lab.advance(10)).commands).toEqual([])
})

test('a run comes back from the file that it was saved in', async ({ lab, page }) => {
  await lab.open('?scenario=raft/leader-crash')
  await lab.until('there is a leader')
  await lab.dispatch({ type: 'crash', process: 'n1' })
  const fingerprint = await lab.fingerprint()
  await page.getByRole('button', { name: 'Share' }).click()
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the run' }).click()
  const file = await coming
  expect(file.suggestedFilename()).toMatch(/^raft-leader-crash-.*\.run\.json$/)
  const text = await readFile(await file.path())
  await lab.open('?lab=ping')
  await page
    .getByLabel('Scenario file')
    .setInputFiles({ name: 'a.run.json', mimeType: 'application/json', buffer: text })
  await expect(page.getByText('This is the moment that was shared')).toBeVisible()
  expect(await lab.fingerprint()).toBe(fingerprint)
})

test('traces for other programs are whole, and one of them opens its run again', async ({ lab, page }) => {
  await lab.open('?scenario=raft/leader-crash')
  await lab.until('there is a leader')
  await lab.dispatch({ type: 'crash', process: 'n1' })
  await page.getByRole('button', { name: 'Share' }).click()
  const text = async (name: string): Promise<string> => {
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name, exact: true }).click()
    return await readFile(await (await coming).path(), 'utf8')
  }
  expect(await text('Mermaid')).toMatch(/^sequenceDiagram\n {2}participant n1\n/)
  expect(await text('ShiViz')).toMatch(/\nn1 \{"n1":1\}\n/)
  const trace = await text('Trace')
  const [first = '', ...events] = trace
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { seq?: number })
  expect(first).toMatchObject({ netsplit: 'trace', run: { fingerprint: await lab.fingerprint() } })
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1))

  await lab.open('?lab=ping')
  const put = (name: string, buffer: string) =>
    page
      .getByLabel('Scenario file')
      .setInputFiles({ name, mimeType: 'application/x-ndjson', buffer: Buffer.from(buffer) })
  await put('a.ndjson', trace)
  await expect(page.getByText(`all ${events.length} events are as the trace has them`)).toBeVisible()
  await put('b.ndjson', trace.replace(/("seq":40,"at":)\d+/, '$17'))
  await expect(page.getByRole('alert')).toContainText('b.ndjson:41: the run goes another way')
})

/** The same link about other data, with a check sum that fits. */
function edited(hash: string, change: (data: Record<string, unknown>) => object): string {
  const [head = '', id = '', packed = ''] = hash.split('.')
  const data = JSON.parse(inflateRawSync(Buffer.from(packed, 'base64url').subarray(4)).toString()) as object
  const body = deflateRawSync(JSON.stringify(change(data as Record<string, unknown>)))
  const sum = Buffer.alloc(4)
  sum.writeInt32BE(body.reduce((all, byte) => mix(all, byte), body.length))
  return [head, id, Buffer.concat([sum, body]).toString('base64url')].join('.')
}
