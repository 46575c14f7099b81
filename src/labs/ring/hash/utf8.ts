/** Keys are UTF-8. The encoder of the browser belongs to the host, and an engine knows no host. */

/** The bytes of a text. A lone surrogate becomes U+FFFD, as in the WHATWG encoder. */
export function utf8(text: string): Uint8Array {
  return encoded(text).slice(0, size.bytes)
}

/** The bytes of a text in a buffer that the next call overwrites; `size.bytes` says how many of them count. */
export function encoded(text: string): Uint8Array {
  if (buffer.length < text.length * 3 + ROOM) buffer = new Uint8Array(text.length * 3 + ROOM)
  const bytes = buffer
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) bytes[at++] = unit
    else {
      const point = text.codePointAt(i) as number
      if (point > 0xffff) i++
      at = write(bytes, at, point >= 0xd800 && point <= 0xdfff ? 0xfffd : point)
    }
  }
  size.bytes = at
  return bytes
}

/** Writes a whole number in decimal digits at `at` into the buffer of the last `encoded`; returns where it ends. */
export function appendNumber(bytes: Uint8Array, at: number, n: number): number {
  let digits = 1
  for (let rest = n; rest >= 10; rest = Math.floor(rest / 10)) digits++
  let left = n
  for (let i = at + digits - 1; i >= at; i--) {
    bytes[i] = 48 + (left % 10)
    left = Math.floor(left / 10)
  }
  return at + digits
}

export const size = { bytes: 0 }
/** For a number behind the text. */
const ROOM = 16
let buffer = new Uint8Array(512)

function write(bytes: Uint8Array, from: number, point: number): number {
  let at = from
  if (point < 0x800) {
    bytes[at++] = 0xc0 | (point >> 6)
  } else {
    if (point < 0x10000) {
      bytes[at++] = 0xe0 | (point >> 12)
    } else {
      bytes[at++] = 0xf0 | (point >> 18)
      bytes[at++] = 0x80 | ((point >> 12) & 63)
    }
    bytes[at++] = 0x80 | ((point >> 6) & 63)
  }
  bytes[at++] = 0x80 | (point & 63)
  return at
}
