import { demandBytes } from './demand.ts'
import { word } from './u64.ts'

/** The MD5 digest (RFC 1321): 16 bytes. It spreads keys well and protects nothing. */
export function md5(bytes: Uint8Array): Uint8Array {
  demandBytes(bytes)
  md5Words(bytes, bytes.length)
  const out = new Uint8Array(16)
  for (let i = 0; i < 16; i++) out[i] = (digest[i >> 2] as number) >>> ((i & 3) * 8)
  return out
}

/** The digest of the first `length` bytes as four words, the least significant byte first, left in `digest`. */
export function md5Words(bytes: Uint8Array, length: number): void {
  digest[0] = 0x67452301
  digest[1] = 0xefcdab89 | 0
  digest[2] = 0x98badcfe | 0
  digest[3] = 0x10325476
  const whole = length & ~63
  for (let at = 0; at < whole; at += 64) takeBlock(bytes, at)
  last.fill(0)
  for (let i = whole; i < length; i++) last[i - whole] = bytes[i] as number
  const left = length - whole
  last[left] = 0x80
  const size = left < 56 ? 64 : 128
  writeLength(size - 8, length)
  takeBlock(last, 0)
  if (size === 128) takeBlock(last, 64)
}

export const digest = new Int32Array(4)

/** The length in bits, as 64 bits. */
function writeLength(at: number, length: number): void {
  const low = length << 3
  const high = Math.floor(length / 0x20000000)
  for (let i = 0; i < 4; i++) {
    last[at + i] = low >>> (i * 8)
    last[at + 4 + i] = high >>> (i * 8)
  }
}

function takeBlock(bytes: Uint8Array, at: number): void {
  for (let i = 0; i < 16; i++) x[i] = word(bytes, at + i * 4)
  let a = digest[0] as number
  let b = digest[1] as number
  let c = digest[2] as number
  let d = digest[3] as number
  for (let i = 0; i < 64; i++) {
    const stage = i >> 4
    const sum = (a + mixed(stage, b, c, d) + (x[PLACES[i] as number] as number) + (SINES[i] as number)) | 0
    const turn = TURNS[(stage << 2) | (i & 3)] as number
    a = d
    d = c
    c = b
    b = (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0
  }
  digest[0] = (digest[0] as number) + a
  digest[1] = (digest[1] as number) + b
  digest[2] = (digest[2] as number) + c
  digest[3] = (digest[3] as number) + d
}

/** F, G, H and I of the RFC (§3.4). */
function mixed(stage: number, b: number, c: number, d: number): number {
  if (stage === 0) return (b & c) | (~b & d)
  if (stage === 1) return (b & d) | (c & ~d)
  if (stage === 2) return b ^ c ^ d
  return c ^ (b | ~d)
}

const last = new Uint8Array(128)
const x = new Int32Array(16)
const TURNS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const PLACES = Uint8Array.from({ length: 64 }, (_, i) => {
  const stage = i >> 4
  return ([i, 5 * i + 1, 3 * i + 5, 7 * i][stage] as number) & 15
})
/** The whole part of 2^32 · |sin(i + 1)| (§3.4), written out because a built-in sine may differ in the last bit. */
const SINES = Int32Array.of(
  0xd76aa478,
  0xe8c7b756,
  0x242070db,
  0xc1bdceee,
  0xf57c0faf,
  0x4787c62a,
  0xa8304613,
  0xfd469501,
  0x698098d8,
  0x8b44f7af,
  0xffff5bb1,
  0x895cd7be,
  0x6b901122,
  0xfd987193,
  0xa679438e,
  0x49b40821,
  0xf61e2562,
  0xc040b340,
  0x265e5a51,
  0xe9b6c7aa,
  0xd62f105d,
  0x02441453,
  0xd8a1e681,
  0xe7d3fbc8,
  0x21e1cde6,
  0xc33707d6,
  0xf4d50d87,
  0x455a14ed,
  0xa9e3e905,
  0xfcefa3f8,
  0x676f02d9,
  0x8d2a4c8a,
  0xfffa3942,
  0x8771f681,
  0x6d9d6122,
  0xfde5380c,
  0xa4beea44,
  0x4bdecfa9,
  0xf6bb4b60,
  0xbebfbc70,
  0x289b7ec6,
  0xeaa127fa,
  0xd4ef3085,
  0x04881d05,
  0xd9d4d039,
  0xe6db99e5,
  0x1fa27cf8,
  0xc4ac5665,
  0xf4292244,
  0x432aff97,
  0xab9423a7,
  0xfc93a039,
  0x655b59c3,
  0x8f0ccc92,
  0xffeff47d,
  0x85845dd1,
  0x6fa87e4f,
  0xfe2ce6e0,
  0xa3014314,
  0x4e0811a1,
  0xf7537e82,
  0xbd3af235,
  0x2ad7d2bb,
  0xeb86d391,
)
