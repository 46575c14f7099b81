/** What the page remembers between visits. A browser that keeps nothing is no reason to fail. */
export function remember(key: 'hints' | 'theme' | 'size', value: string): void {
  try {
    localStorage.setItem(`netsplit.${key}`, value)
  } catch {
    // A private window or a full store: the choice lasts for this visit.
  }
}

export function recall(key: 'hints' | 'theme' | 'size'): string | null {
  try {
    return localStorage.getItem(`netsplit.${key}`)
  } catch {
    return null
  }
}
