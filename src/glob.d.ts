/** What the bundler offers in place of a directory listing; a worker cannot take the bundler's own types, which bring the DOM along. */
interface ImportMeta {
  glob<M>(pattern: string): Record<string, () => Promise<M>>
}
