import { casRegister, keyValue, register } from './store-models.ts'
import { mutex } from './mutex-model.ts'
import type { AnyModel } from './operation.ts'

/**
 * Models that are ready to use, under the names that the command line and Jepsen know them by, and in camelCase. Each takes
 * inputs and outputs as docs/HISTORY.md lists them. A model is data: `{ ...models.register, init: () => 0 }` begins with 0.
 */
export const models = {
  register,
  casRegister,
  'cas-register': casRegister,
  keyValue,
  'key-value': keyValue,
  mutex,
} as const satisfies Record<string, AnyModel>

/** The names to write on a command line. */
export const MODEL_NAMES = ['register', 'cas-register', 'key-value', 'mutex'] as const
export type ModelName = (typeof MODEL_NAMES)[number]
