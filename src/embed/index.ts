import { NetsplitLab } from './element.ts'

export { labAddress, type LabAddress } from './address.ts'
export { NetsplitLab, type LabEvents } from './element.ts'
export type { LabAttributes, LabListeners } from './jsx.ts'
export { LabLink } from './link.ts'
export * from './protocol.ts'
export { type Deck, revealPlugin } from './reveal.ts'

/**
 * Makes `<netsplit-lab>` known to the browser. `script` is this script's address: over a network the laboratory lies beside
 * it as a folder of files; from disk as the one file.
 */
export function define(script: string): void {
  if (typeof customElements === 'undefined') return
  NetsplitLab.page = new URL('./', script).href
  if (customElements.get('netsplit-lab') === undefined) customElements.define('netsplit-lab', NetsplitLab)
}
