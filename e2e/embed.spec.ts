import { fileURLToPath } from 'node:url'
import { expect, test } from './lab-page.ts'
import { serveFolder } from './static-server.ts'

const examples = fileURLToPath(new URL('../dist-examples/', import.meta.url))

test('a page drives its labs, and nobody else does; on paper and in previews they are pictures without a worker', async ({
  lab,
  page,
}) => {
  const place = await serveFolder(examples, '/')
  // The example has the classic script, for it opens from disk, too; here it is the module.
  await page.route('**/plain/index.html', async (route) => {
    const text = await (await route.fetch()).text()
    await route.fulfill({
      contentType: 'text/html',
      body: text.replace(/src="([^"]*)\.classic\.js"/, 'type="module" src="$1.js"'),
    })
  })
  await page.setViewportSize({ width: 1024, height: 700 })
  await page.goto(`${place.url}plain/index.html`)
  const inside = page.locator('#lab').frameLocator('iframe')
  await expect(inside.getByRole('heading', { name: 'Five servers, no leader' })).toBeVisible()
  // What is off the screen has not been asked for.
  expect(page.workers()).toHaveLength(1)

  await page.getByRole('button', { name: 'Next step' }).click()
  await expect(inside.getByRole('heading', { name: 'A leader takes writes' })).toBeVisible()
  await expect(page.locator('#lab iframe')).toHaveAttribute('title', 'A leader crashes')
  await page.getByRole('button', { name: 'Crash n1' }).click()
  await expect(inside.locator('[data-server="n1"]')).toHaveAccessibleName(/down/)
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(inside.getByRole('heading', { name: 'Five servers, no leader' })).toBeVisible()

  // The focus goes into the lab, and with it the keys.
  await page.locator('#lab').evaluate((one) => one.focus())
  await expect(inside.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
  await page.keyboard.press('Space')
  await expect(inside.getByRole('button', { name: 'Play', exact: true })).toBeVisible()

  // A frame that somebody writes by hand waits to be seen, too.
  const below = await page.evaluateHandle(() => {
    const one = document.createElement('iframe')
    one.src = '../netsplit/?embed&lab=ping'
    one.style.cssText = 'position: absolute; top: 4000px'
    document.body.append(one)
    return new Promise<HTMLIFrameElement>((resolve) => one.addEventListener('load', () => resolve(one)))
  })
  const unseen = await below.contentFrame()
  expect(await unseen?.locator('script[src]').count()).toBe(0)
  await below.evaluate((one) => one.scrollIntoView())
  await expect(unseen?.locator('[data-server="a1"]') ?? page.locator('none')).toBeVisible()
  await below.evaluate((one) => {
    one.remove()
    window.scrollTo(0, 0)
  })

  const frame = page.frames().find((one) => one.url().includes('leader-crash'))
  const fingerprint = () =>
    frame?.evaluate(async () => await window.netsplit.seek(300).then(() => window.netsplit.fingerprint()))
  const before = await fingerprint()
  const answers = await page.evaluate(noise)
  expect(await fingerprint()).toBe(before)
  // One in four was from this very page and bore the protocol’s name; all others were met with silence.
  expect(answers).toEqual({ error: 2_500 })

  for (const [address, pictures] of [
    ['?receiver#/1', 1],
    ['?print-pdf', 5],
  ] as const) {
    await page.goto(`${place.url}reveal/index.html${address}`)
    await expect.poll(() => page.frames().length).toBe(1 + pictures)
    for (const one of page.frames().slice(1)) await expect(one.locator('[data-server="n1"]')).toBeAttached()
    expect(page.workers()).toHaveLength(0)
  }
  await expect(
    page.locator('netsplit-lab').nth(2).frameLocator('iframe').getByText('The leader crashes'),
  ).toBeAttached()
  // What a frame was still fetching when the page left it is nobody's fault; what cannot be had, the console says.
  expect(lab.said.splice(0).filter((line) => !line.startsWith('failed: '))).toEqual([])
  await page.goto('about:blank')
  lab.said.splice(0)
  await place.close()
})

/** 10,000 messages that must change nothing; resolves with how many answers of which type came. */
async function noise(): Promise<Record<string, number>> {
  const target = document.querySelector('#lab')?.shadowRoot?.querySelector('iframe')?.contentWindow
  const beside = document.body.appendChild(document.createElement('iframe'))
  const script = beside.contentDocument?.createElement('script')
  if (!target || !script) throw new Error('there is no lab to speak to')
  script.textContent = 'window.say = (to, what) => to.postMessage(what, "*")'
  beside.contentDocument?.head.append(script)
  const fromBeside = (beside.contentWindow as unknown as { say(to: Window, what: unknown): void }).say
  const types = ['open', 'play', 'pause', 'seek', 'step', 'dispatch', 'subscribe']
  const counts: Record<string, number> = {}
  await new Promise<void>((resolve) => {
    window.addEventListener('message', ({ data, source }) => {
      if (source !== target || data.re === 'end') return data.re === 'end' ? resolve() : undefined
      if (data.type === 'error') counts[data.type] = (counts[data.type] ?? 0) + 1
      else if (data.re !== undefined) counts[data.type] = (counts[data.type] ?? 0) + 1
    })
    for (let i = 0; i < 2_500; i++) {
      const type = types[i % types.length]
      target.postMessage({ type, at: i, junk: 'x'.repeat(i % 50) }, '*')
      target.postMessage(i % 2 === 0 ? `slide:${i}` : [i, type], '*')
      target.postMessage({ netsplit: i % 3 === 0 ? 2 : 1, id: `n${i}`, type, by: 7 }, '*')
      fromBeside(target, { netsplit: 1, id: `b${i}`, type: 'dispatch', command: { type: 'crash', process: 'n2' } })
    }
    target.postMessage({ netsplit: 1, id: 'end', type: 'subscribe' }, '*')
  })
  return counts
}
