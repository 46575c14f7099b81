import { demandBytes } from './demand.ts'
import { finish32 } from './murmur3.ts'

/** CRC-16/XMODEM: polynomial 0x1021, no reflection, beginning at 0 (Redis Cluster specification, appendix A). */
export function crc16(bytes: Uint8Array): number {
  demandBytes(bytes)
  return crc16Of(bytes, 0, bytes.length)
}

/** The same of the bytes from `from` up to `to`. */
export function crc16Of(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0
  for (let i = from; i < to; i++) crc = ((crc << 8) & 0xffff) ^ (CRC[(crc >>> 8) ^ (bytes[i] as number)] as number)
  return crc
}

/** FNV-1a with 32 bits (Fowler, Noll, Vo; RFC 9923): an unsigned number. */
export function fnv1a32(bytes: Uint8Array): number {
  demandBytes(bytes)
  return fnv1a(bytes, bytes.length)
}

/** The same of the first `length` bytes. */
export function fnv1a(bytes: Uint8Array, length: number): number {
  let h = 0x811c9dc5 | 0
  for (let i = 0; i < length; i++) h = Math.imul(h ^ (bytes[i] as number), 0x01000193)
  return h >>> 0
}

/**
 * FNV-1a and then the finaliser of MurmurHash3. The last byte of a key moves only the lower bits of FNV-1a, so `k1`, `k2`,
 * `k3` lie side by side on a ring; with the finaliser they do not.
 */
export const fnv1aFinished = (bytes: Uint8Array, length: number): number => finish32(fnv1a(bytes, length))

const CRC = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021
  return crc & 0xffff
})
