import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Task } from './trials.ts'

/** Processes that run trials of experiments, each on a core of its own. Processes, since threads do not read TypeScript. */
export class Pool {
  readonly #all: ChildProcess[]
  readonly #idle: ChildProcess[] = []
  readonly #waiting: (() => void)[] = []

  constructor(jobs: number) {
    this.#all = Array.from({ length: jobs }, () => {
      const child = fork(WORKER, { serialization: 'advanced' })
      child.once('message', () => this.#free(child))
      return child
    })
  }

  /** The numbers of a task, as soon as a process is free to make them. Rejects if the process dies. */
  async run(task: Task): Promise<Float64Array[]> {
    const child = await this.#take()
    const columns = await new Promise<Float64Array[]>((resolve, reject) => {
      const died = (code: number | null): void => reject(new Error(`a process of the pool ended with ${code}`))
      child.once('exit', died)
      child.once('message', (numbers) => {
        child.off('exit', died)
        resolve(numbers as unknown as Float64Array[])
      })
      child.send(task)
    })
    this.#free(child)
    return columns
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

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url))
