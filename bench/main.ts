// Measurements: `npm run bench [-- --json] [--only=engine,page]`. With --json a line per figure, { name, value, unit }. The
// machine's own speed stands before them as `reference.…`: compare ratios to it, not figures of two machines.
import { diagramFigures } from './diagram.ts'
import { embedFigures } from './embed.ts'
import { engineParts } from './engine-parts.ts'
import { measure } from './measure.ts'
import { laneFigures } from './lanes.ts'
import { pageFigures } from './page.ts'
import { ringFigures } from './ring.ts'

const lanes = async () => [...laneFigures(), ...(await diagramFigures())]

await measure({ ...engineParts, ring: ringFigures, lanes, page: pageFigures, embed: embedFigures }, process.argv)
