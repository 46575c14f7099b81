/** What many runs of one file came to. */
export interface Checked {
  file: string
  /** How it is called in a table: `raft/leader-crash` if the page knows it, else its path. */
  name: string
  runs: number
  passed: number
  failed: Failure[]
  /** How long its runs took, in seconds of this machine. */
  seconds: number
}

export interface Failure {
  seed: number
  /** What did not hold, in words. */
  why: string[]
  /** The line of the file that speaks of the first of them; 1 if none does. */
  line: number
  /** How to see it: on the command line, and in the page if it knows the scenario. */
  run: string
  page: string | null
  /** The end of the page's address that opens the first moment at which something was not as expected. */
  link: string | null
  /** All that there is to say of it, line by line: each expectation with the story up to it, the command, the link. */
  told: string[]
}

/** A file that is no scenario, and the sentence that says why. */
export interface Unreadable {
  file: string
  problem: string
}
