/* oxlint-disable typescript/consistent-type-imports -- an import that is a statement would lose its comment in the types */
import type { LabEvents, NetsplitLab } from './element.ts'

/** What `<netsplit-lab>` takes beyond every element, as JSX writes it. */
export interface LabAttributes {
  scenario?: string | undefined
  lab?: string | undefined
  servers?: number | undefined
  seed?: number | undefined
  /** From 1. */
  step?: number | undefined
  theme?: 'paper' | 'night' | undefined
  size?: 'desk' | 'projector' | undefined
  controls?: 'all' | 'play' | 'none' | undefined
  src?: string | undefined
  label?: string | undefined
  keys?: string | undefined
  still?: boolean | undefined
  waits?: boolean | undefined
}

/** Its events by the names under which React 19 listens to those of an element like this: `onnetsplit-state`. */
export type LabListeners = { [name in keyof LabEvents as `on${name}`]?: ((event: LabEvents[name]) => void) | undefined }

// Whoever has no types of React has nothing to extend and shall not be asked for them: so each comment that stays in the types.
/** @ts-ignore */
type OfReact = import('react').DetailedHTMLProps<import('react').HTMLAttributes<NetsplitLab>, NetsplitLab>

/** @ts-ignore */
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'netsplit-lab': OfReact & LabAttributes & LabListeners
    }
  }
}
