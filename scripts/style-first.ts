import type { Plugin } from 'vite'

/** The name under which Vite asks for what a built page does before it imports a chunk. */
const HELPER = '\0vite/preload-helper.js'

/**
 * A chunk's styles come before its code. Vite's own helper does this, too, and preloads script besides, which this build
 * leaves to the browser; it is four times as long, and part of every first load. Should Vite ask for it by another name one
 * day, its own is used again.
 */
export function styleFirst(): Plugin {
  return {
    name: 'netsplit:style-first',
    apply: 'build',
    enforce: 'pre',
    load: (id) => (id === HELPER ? CODE : null),
  }
}

/** Styles that cannot be had are no reason to do without the code. A worker has no document, and no styles. */
const CODE = `
const asked = {}
const style = (href) => {
  if ([...document.getElementsByTagName('link')].some((link) => link.href === href)) return
  return new Promise((resolve) => {
    const link = document.createElement('link')
    Object.assign(link, { rel: 'stylesheet', href, onload: resolve, onerror: resolve })
    document.head.append(link)
  })
}
export const __vitePreload = (load, styles = [], importer) =>
  Promise.all(styles.map((path) => {
    const { href } = new URL(path, importer)
    return (asked[href] ??= style(href))
  })).then(load)
`
