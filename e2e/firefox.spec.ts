import { fileURLToPath, pathToFileURL } from 'node:url'
import { labsOnDisk } from '../src/cli/loaders.ts'
import { accounts } from '../src/engine/accounts.ts'
import { Timeline } from '../src/engine/timeline.ts'
import type { LabTypes } from '../src/kernel/types.ts'
import { defaultSetup, freshRun } from '../src/lab/setup.ts'
import { writeLink } from '../src/lab/shared/link.ts'
import { ONE_FUTURE } from '../src/lab/shared/shared-run.ts'
import { expect, test } from './lab-page.ts'
import { serveFolder } from './static-server.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A run with clients at work, a crash, a cut and lost messages, as Node executes it, and the link to its moment. */
async function linkOf(id: string): Promise<{ link: string; fingerprint: string }> {
  const lab = await labsOnDisk()[id]?.()
  if (lab === undefined) throw new Error(`there is no lab called ${id}`)
  const setup = { ...defaultSetup<LabTypes>(lab, 42), workload: lab.defaults.workload }
  const line = new Timeline(lab, freshRun<LabTypes>(lab, setup), { accounts })
  const [one = '', other = ''] = line.world.processes.filter(({ beside }) => beside === undefined).map((it) => it.id)
  line.seek(400_000)
  line.act({ type: 'network', settings: { loss: 0.1, latency: { type: 'logNormal', median: 9_000, sigma: 0.6 } } })
  line.seek(1_000_000)
  line.act({ type: 'crash', process: one })
  line.seek(1_700_000)
  line.act({ type: 'cut', links: [{ from: other, to: one }] })
  line.act({ type: 'restart', process: one })
  line.seek(3_000_000)
  line.stepForward()
  const { moment } = line
  const fingerprint = line.fingerprint()
  const view = { panel: null, selected: null, speed: lab.defaults.speed }
  const shared = { run: line.run(), plan: null, fired: [], moment, view, fingerprint, futures: ONE_FUTURE }
  return { link: await writeLink(lab, shared), fingerprint }
}

test('a link of each lab comes in this browser to the fingerprint that it has in Node @firefox', async ({
  lab,
  page,
}) => {
  for (const [i, id] of ['raft', 'gossip', 'ring', 'ping'].entries()) {
    const { link, fingerprint } = await linkOf(id)
    if (i === 0) await lab.open(`#${link}`)
    else await page.evaluate((hash) => (location.hash = hash), link)
    await expect.poll(async () => (await lab.state()).lab).toBe(id)
    await expect(page.getByText('This is the moment that was shared')).toBeVisible()
    expect(await lab.fingerprint(), id).toBe(fingerprint)
    expect((await lab.state()).commands).toHaveLength(4)
    await page.getByRole('button', { name: 'Close this notice' }).click()
  }
})

test.describe('in Firefox', () => {
  test.skip(({ browserName }) => browserName !== 'firefox', 'other browsers have tests of their own for this')

  test('the component, a frame and the one file from disk open and say nothing @firefox', async ({ lab, page }) => {
    const place = await serveFolder(`${root}dist-examples`, '/')
    await page.goto(`${place.url}plain/index.html`)
    const inside = page.locator('#lab').frameLocator('iframe')
    await expect(inside.getByRole('heading', { name: 'Five servers, no leader' })).toBeVisible()
    await page.getByRole('button', { name: 'Next step' }).click()
    await expect(inside.getByRole('heading', { name: 'A leader takes writes' })).toBeVisible()
    // A page that is left while code is on its way says so.
    await page.waitForLoadState('networkidle')

    await page.setContent(
      `<title>frame</title><iframe src="${place.url}netsplit/?embed&lab=ring" width=900 height=600>`,
    )
    await expect(page.frameLocator('iframe').locator('[data-server="n1"]')).toBeVisible()
    await page.waitForLoadState('networkidle')

    const file = pathToFileURL(`${root}dist-single/netsplit.html`).href
    await page.goto(`${file}?scenario=raft/leader-crash&seed=7`)
    await page.evaluate(() => window.netsplit.ready)
    await lab.until('there is a leader')
    const fromDisk = await lab.fingerprint()
    // What a frame was still fetching when the page left it is nobody's fault; what cannot be had, the console says.
    expect(lab.said.splice(0).filter((line) => !line.startsWith('failed: '))).toEqual([])
    await lab.open('?scenario=raft/leader-crash&seed=7')
    await lab.until('there is a leader')
    expect(await lab.fingerprint()).toBe(fromDisk)
    await place.close()
  })
})
