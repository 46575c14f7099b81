import { ownOrigin } from './link.ts'

/** What of a lab is said in its address. */
export interface LabAddress {
  scenario?: string | null
  lab?: string | null
  servers?: string | number | null
  seed?: string | number | null
  step?: string | number | null
  theme?: string | null
  size?: string | null
  controls?: string | null
  still?: boolean
}

/**
 * Where the lab for a frame is, `page` being the laboratory's own page. It may speak with this page and no other. From disk,
 * where a browser takes no modules, the page as one file stands in for the folder that it lies in.
 */
export function labAddress(page: string, { still = false, ...said }: LabAddress): string {
  const url = new URL(page, document.baseURI)
  if (url.protocol === 'file:') url.pathname = url.pathname.replace(/\/(index\.html)?$/, '/netsplit.html')
  url.searchParams.set('embed', '')
  for (const [name, value] of Object.entries(said))
    if (value !== null && value !== undefined) url.searchParams.set(name, String(value))
  if (still) url.searchParams.set('still', '')
  url.searchParams.set('allow', ownOrigin())
  return url.href
}
