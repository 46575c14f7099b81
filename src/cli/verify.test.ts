import { expect, it } from 'vitest'
import { SECOND } from '../base/units.ts'
import { Timeline } from '../engine/timeline.ts'
import type { LabTypes } from '../kernel/types.ts'
import { defaultSetup, freshRun } from '../lab/setup.ts'
import { writeRunFile } from '../lab/shared/file.ts'
import { ONE_FUTURE } from '../lab/shared/shared-run.ts'
import { lab } from '../labs/raft/lab.ts'
import { verify } from './verify.ts'

it('of a comparison both runs must come to what the file states', async () => {
  const [line, other] = [7, 8].map((seed) => {
    const timeline = new Timeline(lab, freshRun<LabTypes>(lab, defaultSetup<LabTypes>(lab, seed)))
    timeline.seek(SECOND)
    return timeline
  }) as [Timeline, Timeline]
  const fileWith = (fingerprint: string): unknown => {
    const { moment } = line
    const view = { panel: null, selected: null, speed: 1 }
    const run = other.run()
    const beside = {
      names: ['Seed 7', 'Seed 8'],
      branch: null,
      run,
      fired: [],
      until: SECOND,
      moment: other.moment,
    } as const
    const its = { run: line.run(), plan: null, fired: [], moment, view, fingerprint: line.fingerprint() }
    return JSON.parse(writeRunFile(lab, { ...its, futures: ONE_FUTURE, beside: { ...beside, fingerprint } }))
  }
  expect(await verify(fileWith(other.fingerprint()), 'a.run.json')).toMatchObject({
    outcome: 'passed',
    beside: { fingerprint: other.fingerprint(), sameFingerprint: true },
  })
  expect(await verify(fileWith(line.fingerprint()), 'a.run.json')).toMatchObject({
    outcome: 'failed',
    sameFingerprint: true,
    beside: { sameFingerprint: false },
  })
})
