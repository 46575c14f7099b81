/** Whether `count` of `size` servers are a majority (§5.1). Half of an even number is not. */
export function isMajority(count: number, size: number): boolean {
  return count * 2 > size
}
