import { define } from './index.ts'

export * from './index.ts'

/** The script as one that a page from disk may load, too; what it exports is in the global `Netsplit`. */
define((document.currentScript as HTMLScriptElement | null)?.src ?? document.baseURI)
