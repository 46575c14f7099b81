import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize, sep } from 'node:path'
import { BadInput } from './bad-input.ts'
import { home } from './home.ts'

export interface PageServer {
  /** `http://127.0.0.1:4173/` */
  url: string
  close(): Promise<void>
}

/**
 * Serves the built page to this machine alone. Port 0 takes a free one. Rejects with a sentence if there is no built page,
 * or if the port is taken.
 */
export async function servePage(port = 0): Promise<PageServer> {
  if (!existsSync(join(home.page, 'index.html')))
    throw new BadInput(`${home.page}: expected the built page, found none; npm run build makes it`)
  const server = createServer(({ url = '/', method }, response) => {
    if (method !== 'GET' && method !== 'HEAD') response.writeHead(405).end()
    else answer(new URL(url, 'http://localhost').pathname, response)
  })
  await listen(server, port)
  const { port: taken } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${taken}/`, close: () => close(server) }
}

function answer(path: string, response: ServerResponse): void {
  const file = fileAt(path)
  if (file === null) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not found')
    return
  }
  // Files under `assets` carry a hash of their content in their name.
  const cached = path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache'
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'cache-control': cached,
  })
  createReadStream(file).pipe(response)
}

/** The file of the page at a path; null if there is none, or if it lies outside. */
function fileAt(path: string): string | null {
  const asked = decoded(path)
  if (asked === null) return null
  const file = normalize(join(home.page, asked.endsWith('/') ? `${asked}index.html` : asked))
  if (!file.startsWith(home.page + sep)) return null
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? file : null
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new BadInput(`--port: ${port} is taken, choose another`) : error),
    )
    server.listen(port, '127.0.0.1', resolve)
  })
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
