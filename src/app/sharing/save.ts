/** Hands a file to the user, by way of the browser's downloads. */
export function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has begun, or never will.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** `raft-leader-crash-1.250s.json`: what is in it, and when. */
export function fileName(parts: readonly string[], extension: string): string {
  const words = parts.map((part) =>
    part
      .toLowerCase()
      .replaceAll(/[^a-z0-9.]+/g, '-')
      .replaceAll(/^-+|-+$/g, ''),
  )
  return `${words.filter((word) => word !== '').join('-')}.${extension}`
}
