import { ms, type Micros } from '../../base/units.ts'

export interface PingConfig {
  /** A server pings its neighbour this often. */
  interval: Micros
  /** Without an answer for this long, the ping is missed. */
  timeout: Micros
  /** A client waits this long for a report. */
  patience: Micros
  mistakes: { readonly countEveryPong: boolean }
}

export const DEFAULT_CONFIG: PingConfig = {
  interval: ms(500),
  timeout: ms(200),
  patience: ms(1000),
  mistakes: { countEveryPong: false },
}
