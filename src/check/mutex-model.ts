import { asked, takesRead } from './input.ts'
import type { Model } from './operation.ts'
import { same } from './plain.ts'

/** False while it is free; else who holds it, or true for somebody. */
export type Holder = unknown

/**
 * A lock: `acquire` (or `lock`) when it is free, `release` (or `unlock`) when it is held; by its `owner`, where inputs
 * name one. An output of false says that it was tried and refused, which needs a lock that could not be had.
 */
export const mutex: Model<Holder, unknown, unknown> = {
  init: () => false,
  step: takesRead((holder: Holder, input: unknown, output: unknown) => {
    const what = asked(input)
    if (what.type !== 'acquire' && what.type !== 'release') {
      throw new TypeError(`a mutex does not understand “${what.type}”`)
    }
    const owner = what.owner ?? true
    const can = what.type === 'acquire' ? holder === false : holder !== false && same(holder, owner)
    const refused = output === false || (typeof output === 'object' && output !== null && 'ok' in output && !output.ok)
    if (refused) return can ? null : holder
    if (can) return what.type === 'acquire' ? owner : false
    // Nobody knows that it was done.
    return output === undefined ? holder : null
  }),
}
