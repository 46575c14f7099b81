// Measurements: `npm run bench [-- --json] [--only=engine,page]`. With --json a line per figure, { name, value, unit }. The
// machine's own speed stands beside them as `reference.mix`: compare ratios to it, not figures of two machines.
import { engineParts } from './engine-parts.ts'
import { measure } from './measure.ts'
import { pageFigures } from './page.ts'
import { ringFigures } from './ring.ts'

await measure({ ...engineParts, ring: ringFigures, page: pageFigures }, process.argv)
