import { createHash } from 'node:crypto'

/** Where a page may take its parts from, by directive; what is not named, nowhere. */
export type Sources = Readonly<Record<string, readonly string[]>>

/** The page as a folder of files: its own files, and pictures that it makes itself. */
export const FOLDER: Sources = {
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'media-src': ['blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'worker-src': ["'self'"],
  'manifest-src': ["'self'"],
}

/** The page as one file: what stands in it, by hash, and workers that it starts from its own text. */
export const SINGLE: Sources = {
  'script-src': [],
  'style-src': [],
  'img-src': ['data:', 'blob:'],
  'media-src': ['blob:'],
  'font-src': ['data:'],
  'worker-src': ['blob:'],
}

/**
 * The HTML with a Content-Security-Policy as its first tag. Scripts and styles that stand in it are allowed by their hashes;
 * attributes that hold code or styles never are. `base-uri` and `form-action` do not fall back on `default-src`.
 */
export function withPolicy(html: string, sources: Sources): string {
  const directives = {
    'default-src': ["'none'"],
    ...sources,
    'script-src': [...(sources['script-src'] ?? []), ...hashesOf(html, SCRIPTS)],
    'style-src': [...(sources['style-src'] ?? []), ...hashesOf(html, STYLES)],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
  }
  const policy = Object.entries(directives).map(
    ([name, from]) => `${name} ${from.length > 0 ? from.join(' ') : "'none'"}`,
  )
  const tag = `<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}" />`
  return html.replace(CHARSET, (found) => `${found}\n    ${tag}`)
}

/** A policy is heeded from where it stands, so before all but the encoding, which must be near the beginning. */
const CHARSET = /<meta charset="utf-8" \/>/
const SCRIPTS = /<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g
const STYLES = /<style[^>]*>([^]*?)<\/style>/g

const hashesOf = (html: string, tags: RegExp): string[] =>
  [...html.matchAll(tags)].map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
