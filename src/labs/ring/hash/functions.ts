import { murmur, murmurX64, murmurX86 } from './murmur3.ts'
import { digest, md5Words } from './md5.ts'
import { crc16Of, fnv1a, fnv1aFinished } from './small.ts'
import * as u64 from './u64.ts'
import * as utf8 from './utf8.ts'
import { xxhash64 } from './xxh64.ts'

/** The hash functions behind one interface: of bytes, to a 64-bit word in the register of `u64`. */
export interface HashFunction {
  readonly name: HashName
  readonly label: string
  /** How many bits of the result there are; they stand at the top of the word. */
  readonly bits: 16 | 32 | 64
  readonly source: string
  /** Hashes the first `length` bytes. */
  run(bytes: Uint8Array, length: number): void
}

export type HashName = 'murmur3' | 'murmur3x86' | 'cassandra' | 'md5' | 'xxh64' | 'crc16' | 'fnv1a' | 'fnv1a-finished'

/** Hashes a key, which is UTF-8, into the register of `u64`. */
export function hashKey(by: HashFunction, key: string): void {
  const bytes = utf8.encoded(key)
  by.run(bytes, utf8.size.bytes)
}

/** The position of a key on a ring of 2^32: the upper half of the word. */
export function position(by: HashFunction, key: string): number {
  hashKey(by, key)
  return u64.out.hi >>> 0
}

export const hashFunctions: Readonly<Record<HashName, HashFunction>> = {
  murmur3: {
    name: 'murmur3',
    label: 'MurmurHash3 x64, first 64 bits',
    bits: 64,
    source: 'Appleby, MurmurHash3.cpp',
    run(bytes, length) {
      murmurX64(bytes, length, 0, false)
      u64.set(murmur.h1h, murmur.h1l)
    },
  },
  murmur3x86: {
    name: 'murmur3x86',
    label: 'MurmurHash3 x86, 32 bits',
    bits: 32,
    source: 'Appleby, MurmurHash3.cpp',
    run: (bytes, length) => u64.set(murmurX86(bytes, length, 0), 0),
  },
  cassandra: {
    name: 'cassandra',
    label: 'Cassandra’s Murmur3 token',
    bits: 64,
    source: 'Apache Cassandra, Murmur3Partitioner.java',
    run: cassandraWord,
  },
  md5: {
    name: 'md5',
    label: 'MD5, first 32 bits as in ketama',
    bits: 32,
    source: 'RFC 1321; libketama, ketama_hashi',
    run(bytes, length) {
      md5Words(bytes, length)
      u64.set(digest[0] as number, digest[1] as number)
    },
  },
  xxh64: {
    name: 'xxh64',
    label: 'xxHash64',
    bits: 64,
    source: 'Collet, xxhash_spec.md',
    run: (bytes, length) => xxhash64(bytes, length, 0, 0),
  },
  crc16: {
    name: 'crc16',
    label: 'CRC-16/XMODEM',
    bits: 16,
    source: 'Redis Cluster specification, appendix A',
    run: (bytes, length) => u64.set(crc16Of(bytes, 0, length) << 16, 0),
  },
  fnv1a: {
    name: 'fnv1a',
    label: 'FNV-1a, 32 bits, no finaliser',
    bits: 32,
    source: 'RFC 9923',
    run: (bytes, length) => u64.set(fnv1a(bytes, length), 0),
  },
  'fnv1a-finished': {
    name: 'fnv1a-finished',
    label: 'FNV-1a and Murmur3’s finaliser',
    bits: 32,
    source: 'RFC 9923; Appleby, fmix32',
    run: (bytes, length) => u64.set(fnv1aFinished(bytes, length), 0),
  },
}

/** The token with its sign bit turned, so that unsigned order is the order of the signed tokens. */
function cassandraWord(bytes: Uint8Array, length: number): void {
  if (length === 0) {
    u64.set(0, 0)
    return
  }
  murmurX64(bytes, length, 0, true)
  const least = murmur.h1h === (0x80000000 | 0) && murmur.h1l === 0
  u64.set(least ? -1 : murmur.h1h ^ 0x80000000, least ? -1 : murmur.h1l)
}
