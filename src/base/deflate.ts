import { must } from './assert.ts'

/** The part of the host's streams that is used here; browsers and Node have it, the type library of engines has not. */
interface ByteStream {
  readonly readable: {
    getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array }>; cancel(): Promise<void> }
  }
  readonly writable: { getWriter(): { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> } }
}
declare const CompressionStream: new (format: 'deflate-raw') => ByteStream
declare const DecompressionStream: new (format: 'deflate-raw') => ByteStream
declare const TextEncoder: new () => { encode(text: string): Uint8Array }
declare const TextDecoder: new (label: 'utf-8', how: { fatal: true }) => { decode(bytes: Uint8Array): string }

/** A text in UTF-8, compressed by DEFLATE (RFC 1951) without a header. */
export async function deflate(text: string): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  return must(await pass(bytes, new CompressionStream('deflate-raw'), Number.POSITIVE_INFINITY), 'what nothing limits')
}

/** The text that was deflated; null if these bytes are none, or if more than `most` bytes come out of them. */
export async function inflate(bytes: Uint8Array, most: number): Promise<string | null> {
  try {
    const text = await pass(bytes, new DecompressionStream('deflate-raw'), most)
    return text === null ? null : new TextDecoder('utf-8', { fatal: true }).decode(text)
  } catch {
    return null
  }
}

async function pass(bytes: Uint8Array, stream: ByteStream, most: number): Promise<Uint8Array | null> {
  const writer = stream.writable.getWriter()
  const writing = writer.write(bytes).then(() => writer.close())
  // Whatever goes wrong there is heard by the reader, too.
  writing.catch(() => undefined)
  const reader = stream.readable.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done || value === undefined) return join(chunks, length)
    chunks.push(value)
    length += value.length
    if (length <= most) continue
    await reader.cancel()
    return null
  }
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}
