import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { labsOnDisk } from '../cli/loaders.ts'
import { runToEnd } from '../engine/run-scenario.ts'
import { EVENT_TYPES, eventSet } from '../kernel/event.ts'
import { Simulation } from '../kernel/simulation.ts'
import type { LabTypes } from '../kernel/types.ts'
import { readScenarioFile } from '../lab/scenario-file.ts'
import { defaultSetup } from '../lab/setup.ts'

const labs = labsOnDisk()

/** What every lab must hold to, found by its folder like everything else about it. */
describe.each(Object.keys(labs))('the %s lab', async (name) => {
  const lab = await (labs[name] as () => ReturnType<(typeof labs)[string]>)()
  const folder = join(import.meta.dirname, name, 'scenarios')
  const files = readdirSync(folder).filter((file) => /\.(json|ya?ml)$/.test(file))

  it('has its folder’s name', () => {
    expect(lab.id).toBe(name)
  })

  it('is its core and more', async () => {
    const { core } = (await import(`./${name}/core.ts`)) as { core: object }
    expect(lab).toMatchObject(core)
  })

  it.each(files)('comes to the stated outcome in %s, twice alike', async (file) => {
    const read = await readScenarioFile(labs, readFileSync(join(folder, file), 'utf8'), file)
    if (!read.ok) throw new Error(read.error)
    const first = await runToEnd(read.value.lab, read.value.scenario)
    expect(first.result.expectations.filter(({ ok }) => !ok)).toEqual([])
    expect(first.result.outcome).toBe('passed')
    expect((await runToEnd(read.value.lab, read.value.scenario)).result).toEqual(first.result)
    expect(first.fired).toHaveLength(read.value.scenario.script.length)
  })

  it('has no two scenarios of one name, in JSON and in YAML', () => {
    const names = files.map((file) => file.replace(/\.\w+$/, ''))
    expect(new Set(names).size).toBe(names.length)
  })

  it('gives one fingerprint whether anybody listens or not', () => {
    const setup = { ...defaultSetup<LabTypes>(lab, 5), workload: lab.defaults.workload }
    const alone = new Simulation<LabTypes>(lab, { setup, commands: [] })
    let heard = 0
    const observed = new Simulation<LabTypes>(lab, { setup, commands: [] }, undefined, {
      wants: eventSet(EVENT_TYPES),
      observe: () => heard++,
    })
    alone.advanceTo(3_000_000)
    observed.advanceTo(3_000_000)
    expect(observed.fingerprint()).toBe(alone.fingerprint())
    expect(heard).toBe(alone.seq)
  })

  it('gives another fingerprint for another seed', () => {
    const print = (seed: number): string => {
      const sim = new Simulation<LabTypes>(lab, {
        setup: { ...defaultSetup<LabTypes>(lab, seed), workload: lab.defaults.workload },
        commands: [],
      })
      sim.advanceTo(2_000_000)
      return sim.fingerprint()
    }
    expect(new Set([1, 2, 3, 4].map(print)).size).toBe(4)
  })

  it('names a monitor of its own for every mistake, and a setting for every field that it says can be set', () => {
    const monitors = lab.monitors.map((monitor) => monitor.name)
    for (const mistake of lab.mistakes) expect(monitors).toContain(mistake.caughtBy)
    for (const setting of lab.settings) expect(lab.defaults.config).toHaveProperty(setting.key)
  })
})
