import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BadInput } from '../bad-input.ts'
import { makeFolder } from '../files.ts'
import type { Found, QuarryNames } from '../../hunt/task.ts'

/** All that a hunt must know to go on where it stopped. */
export interface Notes {
  format: 1
  /** What is hunted, and by which engine: notes of another hunt are not gone on with. */
  hunt: QuarryNames & { labVersion: string; engine: string; first: number; last: number; shard: string }
  /** The first seed of every parcel that is done. */
  done: number[]
  runs: number
  events: number
  undecided: number
  found: Found[]
}

const FILE = 'hunt.json'

/** The notes of the same hunt in this folder, if there are any. */
export async function readNotes(folder: string, fresh: Notes): Promise<Notes> {
  await makeFolder(folder, '--out')
  const file = join(folder, FILE)
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return fresh
  const old = parse(text)
  if (old === null)
    throw new BadInput(`${file}: expected the notes of a hunt, found something else; choose another --out`)
  if (JSON.stringify(old.hunt) === JSON.stringify(fresh.hunt)) return old
  throw new BadInput(`${file}: expected the notes of the same hunt, found those of another; choose another --out`)
}

/** Written beside and moved into place, so that an end in between loses nothing. */
export async function writeNotes(folder: string, notes: Notes): Promise<void> {
  const file = join(folder, FILE)
  await writeFile(`${file}.new`, `${JSON.stringify(notes)}\n`)
  await rename(`${file}.new`, file)
}

function parse(text: string): Notes | null {
  try {
    const value = JSON.parse(text) as Partial<Notes>
    return value.format === 1 && Array.isArray(value.done) && Array.isArray(value.found) ? (value as Notes) : null
  } catch {
    return null
  }
}
