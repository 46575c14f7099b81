import type { ProcessId } from '../../kernel/types.ts'

type Processes = readonly { id: ProcessId; beside: ProcessId | null }[]

/** The names of all servers, or of all clients, as one string, which is the same as long as the processes are. */
export function namesOf(processes: Processes | undefined, clients: boolean): string {
  if (processes === undefined) return ''
  const known = clients ? clientNames : serverNames
  let names = known.get(processes)
  if (names === undefined) {
    names = processes
      .filter(({ beside }) => (beside !== null) === clients)
      .map(({ id }) => id)
      .join(' ')
    known.set(processes, names)
  }
  return names
}

/** A thousand processes are one list for many pictures. */
const clientNames = new WeakMap<Processes, string>()
const serverNames = new WeakMap<Processes, string>()
