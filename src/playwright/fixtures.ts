import {
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  test as base,
  type TestType,
} from '@playwright/test'
import { servePage } from '../cli/page-server.ts'
import { Lab } from './lab.ts'

export interface LabOptions {
  /** What stands behind the page's address, such as `?lab=ring&seed=7`. */
  labQuery: string
}

export type LabTest = TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & LabOptions & { lab: Lab },
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & { packedPage: string }
>

/**
 * Playwright's `test` with `lab`: the page, open and paused at its first instant. It is the project's `baseURL` if that is
 * set, and else the page of this package, served to this machine alone.
 */
export const test: LabTest = base.extend<LabOptions & { lab: Lab }, { packedPage: string }>({
  labQuery: ['', { option: true }],
  packedPage: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from its first parameter.
    async ({}, provide) => {
      const server = await servePage()
      await provide(server.url)
      await server.close()
    },
    { scope: 'worker' },
  ],
  lab: async ({ page, baseURL, packedPage, labQuery }, provide) => {
    const lab = new Lab(page, { servedHere: baseURL === undefined })
    await lab.visit(new URL(labQuery, baseURL ?? packedPage).href)
    await lab.seek(0)
    await provide(lab)
  },
})
