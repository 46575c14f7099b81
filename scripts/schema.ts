// Writes the JSON Schema of the scenario format, for editors: public/scenario.schema.json.
import { writeFileSync } from 'node:fs'
import { scenarioJsonSchema } from './scenario-json-schema.ts'

writeFileSync(
  new URL('../public/scenario.schema.json', import.meta.url),
  `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`,
)
