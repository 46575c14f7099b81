import type { Event } from '../../kernel/event.ts'
import type { ProcessId, World } from '../../kernel/types.ts'
import type { Explainer, Origin, Reason, Subject, WhyNot } from '../../lab/explain.ts'
import { between, blocked, names, verb } from '../../lab/why-not.ts'
import { acksNeeded, answersNeeded } from './config.ts'
import { copyOn, serverState } from './cluster.ts'
import { distinct } from './quorum.ts'
import type { ClientState, Request } from './state.ts'
import type { Ring } from './types.ts'

/** *Why?* in the words of the ring: how a key came to a server, and what a request waits for. */
export const explainer: Explainer<Ring> = { item, whyNot }

function item(world: World<Ring>, id: ProcessId, key: string): Origin<Ring> | null {
  if (!world.has(id) || copyOn(world, id, key) === null) return null
  return { question: `How did ${key} come to ${id}?`, turn: (event) => bringsKey(event, key) }
}

function bringsKey(event: Event<Ring>, key: string): boolean {
  if (event.type === 'noted') return event.note.type === 'wrote' && event.note.key === key
  if (event.type !== 'delivered') return false
  const { message } = event
  if (message.type === 'WriteReplica') return message.key === key
  if (message.type === 'HandOff' || message.type === 'Exchange') return message.items.some((it) => it.key === key)
  return false
}

function whyNot(world: World<Ring>, subject: Subject): readonly WhyNot[] {
  if (subject.type === 'operation') {
    const client = subject.id.slice(0, subject.id.lastIndexOf('#'))
    return world.has(client) ? ofClient(world, client, subject.id) : []
  }
  if (subject.type !== 'process' || !world.has(subject.process)) return []
  if (world.ids('client').includes(subject.process)) return ofClient(world, subject.process)
  const open = [...(serverState(world, subject.process)?.open.values() ?? [])].filter(({ replied }) => !replied)
  return open.map((request) => ({
    question: `Why has ${subject.process} not answered ${request.client} about ${request.key}?`,
    reasons: ofRequest(world, subject.process, request),
  }))
}

function ofClient(world: World<Ring>, client: ProcessId, id?: string): WhyNot[] {
  const state = world.state(client) as ClientState | null
  return [...(state?.open ?? [])]
    .filter(([operation]) => id === undefined || operation === id)
    .map(([operation, { server }]) => ({
      question: `Why does ${client} wait for ${operation}?`,
      reasons: ofWait(world, client, server, operation),
    }))
}

function ofWait(world: World<Ring>, client: ProcessId, server: ProcessId, operation: string): Reason[] {
  const first: Reason = { text: `It has asked ${server}, and has no answer.`, about: [client, server] }
  const obstacle = between(world, client, server)
  if (obstacle !== null) return [first, obstacle]
  // It may have been passed on to a server that holds the key.
  for (const id of world.ids('server')) {
    const request = [...(serverState(world, id)?.open.values() ?? [])].find((it) => it.operation === operation)
    if (request !== undefined) return [first, ...ofRequest(world, id, request)]
  }
  return [first, { text: 'No server works on it: the request or the answer is on its way.', about: [client, server] }]
}

/** Who has answered its coordinator, who has not, and what stands between. */
function ofRequest(world: World<Ring>, id: ProcessId, request: Request): Reason[] {
  const config = world.configOf(id)
  const answered = request.type === 'get' ? [...request.answers.keys()] : distinct(request.acks.map((it) => it.server))
  const need = request.type === 'get' ? answersNeeded(config) : acksNeeded(config)
  const silent = request.asked.map(({ server }) => server).filter((it) => !answered.includes(it))
  const what = request.type === 'get' ? 'answers' : 'acknowledgements'
  const got = answered.length === 0 ? 'nobody has sent one' : `${verb(answered, 'has', 'have')} sent theirs`
  const { reasons, free } = blocked(world, id, silent)
  const slow: Reason[] = free.length === 0 ? [] : [{ text: `${names(free)}: it is on its way.`, about: free }]
  return [
    {
      text: `${id} needs ${need} ${what} of ${request.owners.length} owners (${names(request.owners)}); ${got}.`,
      about: [id],
    },
    ...reasons,
    ...slow,
  ]
}
