declare module 'hashring' {
  /** Of npm's hashring, what the bench asks of it. */
  export default class HashRing {
    constructor(servers: readonly string[])
    get(key: string): string
  }
}
