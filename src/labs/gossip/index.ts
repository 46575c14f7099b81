/** What the gossip lab exports to the library: the pure parts, times in milliseconds. */
export { pushPullScale, remainingSuspicionTime, retransmitLimit, suspicionTimeout } from './timing.ts'
