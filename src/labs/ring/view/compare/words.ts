/** `9.1 %`: three figures are enough. */
export const percent = (share: number): string =>
  `${share >= 0.1 ? (100 * share).toFixed(1) : (100 * share).toFixed(2)} %`

/** Microseconds of the host's clock. */
export const nanoseconds = (micros: number): string => `${Math.round(1000 * micros).toLocaleString('en')} ns`

export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(bytes < 10_240 ? 1 : 0)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

export const grouped = (n: number): string => n.toLocaleString('en')
