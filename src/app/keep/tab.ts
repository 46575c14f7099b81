/** The run that this tab shows, by which a reload finds it again. Small, for the page asks before its first picture. */
export function rememberTab(id: string): void {
  try {
    sessionStorage.setItem(KEY, id)
  } catch {
    // Nothing is kept in this window: a reload begins anew.
  }
}

/** The run that was on show in this tab, if the page was reloaded or gone back to; null for a fresh visit. */
export function runBefore(): string | null {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (entry?.type !== 'reload' && entry?.type !== 'back_forward') return null
  try {
    return sessionStorage.getItem(KEY)
  } catch {
    return null
  }
}

const KEY = 'netsplit.tab'
