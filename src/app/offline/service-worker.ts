/**
 * Keeps the whole page for a visit without a network. The build puts `FILES` (addresses relative to the page) and `VERSION`
 * before this code and writes it beside the page as `sw.js`; it is a classic script and imports nothing.
 */
declare const FILES: readonly string[]
declare const VERSION: string

const worker = self as unknown as ServiceWorkerGlobalScope

/** Another folder of the same host may hold a copy of its own. */
const PREFIX = `netsplit ${worker.registration.scope} `
const NAME = PREFIX + VERSION
/** A network that says nothing for this long is as good as none. */
const PATIENCE_MS = 3_000

worker.addEventListener('install', (event) => event.waitUntil(store()))
worker.addEventListener('activate', (event) => event.waitUntil(takeOver()))
worker.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET') return
  if (isPage(request)) event.respondWith(page(request))
  else if (isKept(request.url)) event.respondWith(kept(request))
})

async function store(): Promise<void> {
  const cache = await caches.open(NAME)
  // The page's own name stays the same from build to build: the browser's cache may hold the last one's.
  await cache.addAll(FILES.map((file) => new Request(addressOf(file), file === '' ? { cache: 'reload' } : {})))
}

/** The first version serves the page that brought it; a later one waits until the last page of the earlier one is closed. */
async function takeOver(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter(isOutdated).map((name) => caches.delete(name)))
  await worker.clients.claim()
}

const isOutdated = (name: string): boolean => name.startsWith(PREFIX) && name !== NAME

const addressOf = (file: string): string => new URL(file, worker.registration.scope).href

function isPage({ mode, url }: Request): boolean {
  const { origin, pathname } = new URL(url)
  const here = origin + pathname
  return mode === 'navigate' && (here === addressOf('') || here === addressOf('index.html'))
}

const isKept = (url: string): boolean => FILES.some((file) => file !== '' && addressOf(file) === url)

/** The page as the network has it, for that may be newer; without a network, as it was kept. */
async function page(request: Request): Promise<Response> {
  const cached = await caches.match(addressOf(''), { cacheName: NAME })
  if (cached === undefined) return await fetch(request)
  return await Promise.race([fetch(request).catch(() => cached), after(PATIENCE_MS, cached)])
}

/** The name of a file says what is in it. */
async function kept(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: NAME })) ?? (await fetch(request))
}

const after = <T>(ms: number, value: T): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(value), ms))
