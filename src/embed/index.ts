import { NetsplitLab } from './element.ts'

export { labAddress, type LabAddress } from './address.ts'
export { NetsplitLab, type LabEvents } from './element.ts'
export { LabLink } from './link.ts'
export * from './protocol.ts'
export { type Deck, revealPlugin } from './reveal.ts'

/**
 * Makes `<netsplit-lab>` known to the browser. `folder` is where this script lies: over a network the laboratory lies beside
 * it as a folder of files; from disk as the one file.
 */
export function define(folder: string): void {
  NetsplitLab.page = folder
  if (customElements.get('netsplit-lab') === undefined) customElements.define('netsplit-lab', NetsplitLab)
}
