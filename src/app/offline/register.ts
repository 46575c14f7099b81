/**
 * From now on the page opens without a network, too. Not from disk and not as one file, where there is nothing to fetch, and
 * not in the development server, whose files change. A browser that refuses (a private window, storage that is full) only
 * lacks this.
 */
export async function keepForOffline(): Promise<void> {
  if (!import.meta.env.PROD || import.meta.env.MODE === 'single' || !('serviceWorker' in navigator)) return
  if (location.protocol !== 'https:' && location.protocol !== 'http:') return
  try {
    await navigator.serviceWorker.register(new URL('sw.js', document.baseURI))
  } catch {
    // Said to nobody: the page works as before, with a network.
  }
}
