/**
 * Inputs of `math.ts` and the exact 64 bits of what must come out, big-endian. Every engine that runs a lab must agree on
 * them, so both the unit tests and the browser tests go through this list.
 */
export const MATH_VECTORS: Readonly<
  Record<'ln' | 'exp' | 'inverseNormal', readonly (readonly [input: number, bits: string])[]>
> = {
  ln: [
    [0.1, 'c0026bb1bbb55515'],
    [0.5, 'bfe62e42fefa39ef'],
    [1, '0000000000000000'],
    [1.0000000000000002, '3cb0000000000000'],
    [1.5, '3fd9f323ecbf984c'],
    [2, '3fe62e42fefa39ef'],
    [2.718281828459045, '3ff0000000000000'],
    [3, '3ff193ea7aad030b'],
    [10, '40026bb1bbb55516'],
    [123.456, '401343774f3e2362'],
    [1e-9, 'c034b927f32bffb8'],
    [1e-300, 'c085963447f87fb5'],
    [5e-324, 'c0874385446d71c3'],
    [1000000000000000, '404144f69ff9ffc4'],
    [1.7976931348623157e308, '40862e42fefa39ef'],
    [0.9999999, 'be7ad7f2b1049b9f'],
    [0.7071067811865475, 'bfd62e42fefa39f1'],
    [0.7071067811865476, 'bfd62e42fefa39ee'],
    [1.4142135623730951, '3fd62e42fefa39f1'],
    [4294967296, '40362e42fefa39ef'],
    [1e100, '406cc845b54b54f2'],
  ],
  exp: [
    [0, '3ff0000000000000'],
    [1, '4005bf0a8b14576a'],
    [-1, '3fd78b56362cef38'],
    [0.5, '3ffa61298e1e069c'],
    [-0.5, '3fe368b2fc6f960a'],
    [0.1, '3ff1aec7b35a00d4'],
    [1e-9, '3ff000000044b830'],
    [-1e-9, '3fefffffff768fa1'],
    [2, '401d8e64b8d4ddae'],
    [10, '40d5829dcf950560'],
    [-10, '3f07cd79b5647c9a'],
    [0.34657359027997264, '3ff6a09e667f3bcc'],
    [0.3465735902799727, '3ff6a09e667f3bcd'],
    [100, '48f3494a9b171bf5'],
    [-100, '36ea8c1f14e2af5d'],
    [700, '7f0d945df4f8ec8e'],
    [-700, '00d14f2b0fb9307f'],
    [709.78, '7fefe9ce5c4c52b4'],
    [-708, '0017c8ab2288c9ac'],
    [3.141592653589793, '403724046eb09339'],
    [20.5, '41c7d6c4f0bcdd5c'],
  ],
  inverseNormal: [
    [0.5, '0000000000000000'],
    [0.1, 'bff4813c3681e9f4'],
    [0.9, '3ff4813c3681e9f4'],
    [0.025, 'bfff5c03325b95a6'],
    [0.975, '3fff5c03325b95a6'],
    [0.02425, 'bfff913f9ae19f39'],
    [0.97575, '3fff913f9ae19f39'],
    [0.001, 'c008b8cbb6ee2822'],
    [0.999, '4008b8cbb6ee2822'],
    [1e-9, 'c017fdc11f49a6b6'],
    [0.3, 'bfe0c7e395d14936'],
    [0.7, '3fe0c7e395d14935'],
    [1.1641532182693481e-10, 'c0195a1198ce64ee'],
  ],
}

/** The bits of a number as 16 hex digits. */
export function bitsOf(x: number): string {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, x)
  return view.getBigUint64(0).toString(16).padStart(16, '0')
}
