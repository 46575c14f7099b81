import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * Processes that do the same kind of task, each on a core of its own. Processes, since threads do not read TypeScript. The
 * program says `ready` when it can take a task, and answers each with one message.
 */
export class Pool<Task extends object, Answer> {
  readonly #all: ChildProcess[]
  readonly #idle: ChildProcess[] = []
  readonly #waiting: (() => void)[] = []

  constructor(program: URL, jobs: number) {
    this.#all = Array.from({ length: jobs }, () => {
      const child = fork(fileURLToPath(program), { serialization: 'advanced' })
      child.once('message', () => this.#free(child))
      return child
    })
  }

  /**
   * What comes of a task, as soon as a process is free for it; null if nobody wants it any more when its turn has come.
   * Rejects if the process dies.
   */
  async run(task: Task): Promise<Answer>
  async run(task: Task, dropped: () => boolean): Promise<Answer | null>
  async run(task: Task, dropped: () => boolean = () => false): Promise<Answer | null> {
    const child = await this.#take()
    if (dropped()) {
      this.#free(child)
      return null
    }
    const answer = await new Promise<Answer>((resolve, reject) => {
      const died = (code: number | null): void => reject(new Error(`a process of the pool ended with ${code}`))
      child.once('exit', died)
      child.once('message', (said) => {
        child.off('exit', died)
        resolve(said as unknown as Answer)
      })
      child.send(task)
    })
    this.#free(child)
    return answer
  }

  close(): void {
    for (const child of this.#all) child.kill()
  }

  #free(child: ChildProcess): void {
    this.#idle.push(child)
    this.#waiting.shift()?.()
  }

  async #take(): Promise<ChildProcess> {
    while (this.#idle.length === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return this.#idle.pop() as ChildProcess
  }
}
