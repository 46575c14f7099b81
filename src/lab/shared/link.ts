import { fromBase64Url, toBase64Url } from '../../base/base64url.ts'
import { deflate, inflate } from '../../base/deflate.ts'
import { mix } from '../../base/hash.ts'
import type { AnyLab, LabLoaders } from '../definition.ts'
import { type FindScenario, formatText, readShared, type SharedRead } from './read.ts'
import { FORMATS } from './shape.ts'
import { dataOf, formatOf, ONE_FUTURE, type SharedRun } from './shared-run.ts'

/** What a fragment with a run in it begins with. The lab stands in the clear, so that a damaged link still names it. */
const PREFIX = 'run='
/** Characters, after which no address is read. */
export const MAX_LINK = 60_000
/** Longer ones are cut by some programs on their way. */
export const SAFE_LINK = 2_000
/** Bytes of what a link may hold. */
const MAX_DATA = 4_000_000

/** The fragment, without `#`, that opens a run again: `run=1.raft.` and the run, compressed, behind a check sum. */
export async function writeLink(lab: AnyLab, shared: SharedRun): Promise<string> {
  const packed = await deflate(JSON.stringify(dataOf(lab, shared)))
  const all = new Uint8Array(4 + packed.length)
  new DataView(all.buffer).setInt32(0, checkSum(packed))
  all.set(packed, 4)
  return `${PREFIX}${formatOf(shared)}.${lab.id}.${toBase64Url(all)}`
}

/**
 * The same with as many of the futures beside the run as fit into so many characters, the youngest first: a link without them
 * is better than none. `left` says how many stayed out; the link may still be longer.
 */
export async function writeLinkWithin(
  lab: AnyLab,
  shared: SharedRun,
  most: number,
): Promise<{ link: string; left: number }> {
  const { name, branches } = shared.futures
  for (let left = 0; left < branches.length; left++) {
    const link = await writeLink(lab, { ...shared, futures: { name, branches: branches.slice(left) } })
    if (link.length <= most) return { link, left }
  }
  return { link: await writeLink(lab, { ...shared, futures: ONE_FUTURE }), left: branches.length }
}

/** Reads a fragment, with or without its `#`, that may be anything. */
export async function readLink(labs: LabLoaders, fragment: string, find: FindScenario): Promise<SharedRead> {
  const text = fragment.replace(/^#/, '')
  const [, format = '', id = '', packed = ''] = /^run=([^.]*)\.?([^.]*)\.?(.*)$/s.exec(text) ?? []
  const lab = Object.hasOwn(labs, id) ? ((await labs[id]?.()) ?? null) : null
  const refuse = (error: string): SharedRead => ({ ok: false, error, lab })
  if (text.length > MAX_LINK)
    return refuse(
      `This link is too long: expected at most ${MAX_LINK} characters, found ${text.length}; a longer run comes as a file`,
    )
  if (/^\d{1,6}$/.test(format) && !FORMATS.some((known) => String(known) === format))
    return refuse(`This link is in ${formatText(format)}`)
  const data = await unpack(packed)
  if (data === null) return refuse(damageText(id, lab))
  return await readShared(labs, data, find, 'This link')
}

function damageText(id: string, lab: AnyLab | null): string {
  const holds = lab === null ? '' : ` Only the name of its lab, ${lab.about.title}, can still be read`
  const cut = 'This link is damaged: a part is missing or was changed on its way.'
  return `${cut}${holds || ` Not even its lab can be read${id === '' ? '' : ` (“${id.slice(0, 40)}”)`}`}`
}

async function unpack(packed: string): Promise<unknown> {
  const all = fromBase64Url(packed)
  if (all === null || all.length < 5) return null
  const sum = new DataView(all.buffer).getInt32(0)
  const body = all.subarray(4)
  if (checkSum(body) !== sum) return null
  const text = await inflate(body, MAX_DATA)
  return text === null ? null : parse(text)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const checkSum = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => mix(sum, byte), bytes.length)
