import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './lab-page.ts'

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
]

const THEMES = ['paper', 'night'] as const
type Theme = (typeof THEMES)[number]

// One page load for each size: labs, panels and dialogs are opened on it, and the theme is changed by the page's own button.
for (const size of SIZES) {
  test(`axe finds nothing serious at ${size.width} × ${size.height}, in either theme, and nothing is wider than the window`, async ({
    lab,
    page,
  }) => {
    test.setTimeout(150_000)
    await page.setViewportSize(size)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await lab.open('?scenario=raft/leader-isolated&theme=paper')
    await lab.until('there is a stale leader')
    await inEachTheme(page, (theme) => expectNothingInDialogs(page, theme))
    await showDetails(page)
    await inEachTheme(page, (theme) => expectNothing(page, `raft, ${theme}`, theme))

    await open(page, 'gossip/a-crash-is-found', 12_000)
    await inEachTheme(page, (theme) => expectNothing(page, `gossip, ${theme}`, theme))

    await open(page, 'ring/hints-go-home', 2_600)
    await page.getByRole('tab', { name: 'Keys' }).click()
    await page.getByRole('button', { name: 'x', exact: true }).click()
    await inEachTheme(page, (theme) => expectNothing(page, `ring, ${theme}`, theme))
    for (const panel of ['Load', 'Server', 'Trees']) {
      await page.getByRole('tab', { name: panel }).click()
      await inEachTheme(page, (theme) => expectNothing(page, `${panel} of the ring, ${theme}`, theme, '.tab-panel'))
    }
  })
}

/** A run of another lab on the page that there is. */
async function open(page: Page, scenario: string, ms: number): Promise<void> {
  await page.evaluate((name) => window.netsplit.open(name), scenario)
  await page.evaluate((t) => window.netsplit.seek(t), ms)
}

/** Where the panels come when they are called, calls them. */
async function showDetails(page: Page): Promise<void> {
  const details = page.getByRole('button', { name: 'Details' })
  if ((await details.isVisible()) && (await details.getAttribute('aria-expanded')) !== 'true') await details.click()
  await expect(page.getByRole('tabpanel')).toBeVisible()
}

/** Begins with the theme that is on. */
async function inEachTheme(page: Page, look: (theme: Theme) => Promise<void>): Promise<void> {
  const now = await page.locator('html').getAttribute('data-theme')
  for (const theme of now === 'night' ? THEMES.toReversed() : THEMES) {
    if (theme !== now)
      await page.getByRole('button', { name: theme === 'night' ? 'Dark theme' : 'Light theme' }).click()
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await look(theme)
  }
}

/** Of the settings, with all of them open and one of them wrong; of the workload's, too. */
async function expectNothingInDialogs(page: Page, theme: Theme): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const settings = page.getByRole('dialog', { name: 'Settings' })
  for (const name of ['All settings', 'Break the protocol']) {
    const more = settings.getByRole('button', { name })
    if ((await more.getAttribute('aria-expanded')) !== 'true') await more.click()
  }
  const heartbeat = settings.getByRole('spinbutton', { name: 'Heartbeat every', exact: true })
  await heartbeat.fill('0')
  await heartbeat.press('Enter')
  await expectNothing(page, `settings, ${theme}`, theme, 'dialog')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Workload settings' }).click()
  await expect(page.getByRole('dialog', { name: 'Workload' })).toBeVisible()
  await expectNothing(page, `workload, ${theme}`, theme, 'dialog')
  await page.keyboard.press('Escape')
}

/** The night differs in its colours alone, so that their rule is asked there and all others by day. */
async function expectNothing(page: Page, where: string, theme: Theme, part?: string): Promise<void> {
  const axe = new AxeBuilder({ page })
  if (part !== undefined) axe.include(part)
  if (theme === 'night') axe.withRules('color-contrast')
  const { violations } = await axe.analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const places = serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
  expect(places, where).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), where).toBeLessThanOrEqual(0)
}
