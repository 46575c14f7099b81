import { defineConfig, devices } from '@playwright/test'

/** A browser that is installed already; without it Playwright takes its own. */
const executablePath = process.env['CHROMIUM_PATH']

export default defineConfig({
  testDir: 'tests',
  workers: 1,
  reporter: 'list',
  // A limit for a page that hangs, not a measure of speed: matchers wait for conditions.
  expect: { timeout: 20_000 },
  use: { ...devices['Desktop Chrome'], launchOptions: executablePath === undefined ? {} : { executablePath } },
})
