import { toJsonSchema } from '@valibot/to-json-schema'
import { scenarioSchema } from '../src/lab/scenario-schema.ts'

/** The scenario format as a JSON Schema, made from the very schema that reads scenarios. */
export function scenarioJsonSchema(): object {
  const schema = toJsonSchema(scenarioSchema, { errorMode: 'ignore' })
  return {
    ...schema,
    title: 'Netsplit scenario',
    description: 'A cluster, what happens to it, and what must come of it.',
  }
}
