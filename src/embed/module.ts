import { define } from './index.ts'

export * from './index.ts'

/** The script as a module: `<script type="module" src="netsplit-embed.js">`, or an import. */
define(import.meta.url)
