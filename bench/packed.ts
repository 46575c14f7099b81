// What `netsplit bench` measures in the package: all but the page, which takes a browser, and the ring, which is held
// against another library.
import { engineParts } from './engine-parts.ts'
import { measure } from './measure.ts'

await measure(engineParts, process.argv)
