// Draws the gallery: one moment of every lab, scenario, lesson and challenge, taken from its own run. Writes
// src/app/gallery/pictures.json; what has not changed since is not run again.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { labsOnDisk } from '../src/cli/loaders.ts'
import { hashString } from '../src/base/hash.ts'
import { accounts } from '../src/engine/accounts.ts'
import { scripting } from '../src/engine/scripting.ts'
import { Timeline } from '../src/engine/timeline.ts'
import { ENGINE_VERSION } from '../src/kernel/version.ts'
import type { LabTypes } from '../src/kernel/types.ts'
import type { AnyLab } from '../src/lab/definition.ts'
import { readScenarioFile } from '../src/lab/scenario-file.ts'
import type { Scenario } from '../src/lab/scenario.ts'
import { defaultSetup, freshRun } from '../src/lab/setup.ts'
import type { Picture } from '../src/app/gallery/picture.ts'

const root = join(import.meta.dirname, '..')
const target = join(root, 'src/app/gallery/pictures.json')
const FOLDERS = ['scenarios', 'lessons', 'challenges']

/** As many servers as a picture shows of a crowd. */
const MOST_SERVERS = 60
const MOST_FLIGHTS = 24

export interface Drawable {
  id: string
  /** Changes with whatever may change the picture. */
  digest: string
  text: string | null
  path: string
}

/** All that has a place in the gallery; a lab by its own name. */
export async function drawables(): Promise<Drawable[]> {
  const labs = labsOnDisk()
  const found: Drawable[] = []
  for (const name of Object.keys(labs).toSorted()) {
    const lab = await (labs[name] as () => Promise<AnyLab>)()
    const digest = (text: string): string =>
      (hashString(`1 ${ENGINE_VERSION} ${lab.version} ${text}`) >>> 0).toString(16).padStart(8, '0')
    found.push({ id: name, digest: digest(JSON.stringify(lab.about)), text: null, path: name })
    for (const folder of FOLDERS) {
      const place = join(root, 'src/labs', name, folder)
      if (!existsSync(place)) continue
      for (const file of readdirSync(place).toSorted()) {
        if (!/\.(json|ya?ml)$/.test(file)) continue
        const text = readFileSync(join(place, file), 'utf8')
        found.push({ id: `${name}/${basename(file, extname(file))}`, digest: digest(text), text, path: file })
      }
    }
  }
  return found
}

async function draw({ id, text, path, digest }: Drawable): Promise<Picture> {
  const labs = labsOnDisk()
  if (text === null) {
    const lab = await (labs[id] as () => Promise<AnyLab>)()
    const line = new Timeline(lab, freshRun<LabTypes>(lab, defaultSetup(lab, 108)), { spacing: 0 })
    line.seek(lab.defaults.opensAt)
    return { digest, lab: lab.about, ...pictureOf(lab, line) }
  }
  const read = await readScenarioFile(labs, text, path)
  if (!read.ok) throw new Error(read.error)
  const { lab, scenario } = read.value
  const line = lineOf(lab, scenario)
  line.seek(scenario.until)
  const at = momentOf(lab, line, scenario)
  const again = lineOf(lab, scenario)
  again.seek(at)
  return { digest, ...pictureOf(lab, again) }
}

const lineOf = (lab: AnyLab, { run, script, expectations }: Scenario): Timeline =>
  new Timeline(lab, run, { script, expectations, scripting, accounts, spacing: 0 })

/** The first violation, if it is about one; else a little after the part of its story that lies two thirds in. */
function momentOf(lab: AnyLab, line: Timeline, { until }: Scenario): number {
  const [violation] = line.chronicle.violations
  if (violation !== undefined) return violation.at
  const part = line.fired[Math.floor(line.fired.length * 0.66)]
  if (part === undefined) return Math.min(until, 2 * lab.defaults.opensAt)
  const next = line.fired.find(({ at }) => at > part.at)?.at ?? until
  return part.at + Math.min(Math.floor((next - part.at) / 2), 45_000)
}

function pictureOf(lab: AnyLab, line: Timeline): Omit<Picture, 'digest'> {
  const { world } = line
  const all = world.processes.filter(({ beside }) => beside === undefined).map(({ id }) => id)
  const shown = all.slice(0, MOST_SERVERS)
  const place = new Map(shown.map((id, i) => [id, i]))
  const between = (from: string, to: string): [number, number] | null => {
    const [a, b] = [place.get(from), place.get(to)]
    return a === undefined || b === undefined ? null : [a, b]
  }
  const now = line.moment.at
  return {
    of: all.length,
    servers: shown.map((id) => {
      const { weight, hue } = lab.lane(world, id)
      return [world.status(id) === 'up' ? weight : 'down', hue]
    }),
    cuts: world.cuts().flatMap(({ from, to }) => {
      const link = between(from, to)
      return link !== null && link[0] < link[1] ? [link] : []
    }),
    flights: world
      .flights()
      .flatMap(({ from, to, sentAt, arrivesAt, message }) => {
        const link = between(from, to)
        const way = Math.round((100 * (now - sentAt)) / Math.max(1, arrivesAt - sentAt))
        return link === null ? [] : [[...link, Math.min(100, way), lab.hue(message)] as Picture['flights'][number]]
      })
      .slice(0, MOST_FLIGHTS),
  }
}

/** Draws what is new, and forgets what is gone. */
async function main(): Promise<void> {
  const known = (existsSync(target) ? JSON.parse(readFileSync(target, 'utf8')) : {}) as Record<string, Picture>
  const pictures: [string, Picture][] = []
  for (const one of await drawables()) {
    const before = known[one.id]
    pictures.push([one.id, before?.digest === one.digest ? before : await draw(one)])
  }
  const lines = pictures.map(([id, picture]) => `${JSON.stringify(id)}: ${JSON.stringify(picture)}`)
  const text = `{\n${lines.join(',\n')}\n}\n`
  if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text)
}

if (process.argv[1]?.endsWith('pictures.ts') === true) await main()
