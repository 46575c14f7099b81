import type { Micros } from '../../base/units.ts'

/** A message is a value: it is never changed once sent. */
export type Message =
  /** Server to server: are you there? The nonce tells this ping from all others, also from those of an earlier life. */
  | { readonly type: 'Ping'; readonly nonce: number }
  | { readonly type: 'Pong'; readonly nonce: number }
  /** Client to server: ping your neighbour and tell me. */
  | { readonly type: 'PingNow'; readonly request: number }
  /** `took` is null if no answer came in time. */
  | { readonly type: 'PingReport'; readonly request: number; readonly took: Micros | null }

/** Bytes on the wire. */
export const size = (_message: Message): number => 64

/** A word or two for the mark on the stage. */
export const label = (message: Message): string => LABELS[message.type]

const LABELS: Record<Message['type'], string> = {
  Ping: 'ping',
  Pong: 'pong',
  PingNow: 'ping now',
  PingReport: 'report',
}
