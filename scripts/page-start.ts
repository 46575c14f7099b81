import { join } from 'node:path'
import type { Plugin } from 'vite'
import { FOLDER, withPolicy } from './page-policy.ts'
import { plainScript } from './plain-script.ts'

const SOURCE = 'src/app/start.ts'
const SCRIPTS = /[ \t]*<(?:script type="module"[^>]*><\/script>|link rel="modulepreload"[^>]*>)\n?/g

/**
 * The built page's scripts lie in a template, and a small script that stands in the page itself puts them to work: at once,
 * or in a frame when somebody sees it. The policy comes last, for it names what stands in the page.
 */
export function pageStart(): Plugin {
  let root = ''
  return {
    name: 'netsplit:page-start',
    apply: 'build',
    configResolved: (config) => {
      root = config.root
    },
    transformIndexHtml: {
      order: 'post',
      handler: async (html) => withPolicy(await started(html, html.match(SCRIPTS)?.join('') ?? '', root), FOLDER),
    },
  }
}

/** The HTML with `scripts` (tags that stand in it) in the template. */
export async function started(html: string, scripts: string, root: string): Promise<string> {
  const code = await plainScript(join(root, SOURCE))
  const start = `  <template id="scripts">\n${scripts}    </template>\n    <script>${code}</script>\n  `
  // At the end, where all that they look for stands: a script that is added later waits for no parser.
  return html.replace(SCRIPTS, '').replace('</body>', () => `${start}</body>`)
}
