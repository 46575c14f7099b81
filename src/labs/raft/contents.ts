import { type ContentsField, plainContents } from '../../lab/contents.ts'
import type { Message } from './messages.ts'
import { commandText, resultText } from './store.ts'

/** A message by the names of Figure 2; entries, commands and results as they read elsewhere on the page. */
export function contents(message: Message): readonly ContentsField[] {
  return plainContents(message).map((field) => ({ name: field.name, value: inRaftWords(message, field) }))
}

function inRaftWords(message: Message, { name, value }: ContentsField): ContentsField['value'] {
  if (name === 'entries' && message.type === 'AppendEntries') {
    if (message.entries.length === 0) return 'none: a heartbeat'
    return message.entries.map(({ index, term, command }) => `${index}: ${commandText(command)} (term ${term})`)
  }
  if (name === 'command' && message.type === 'ClientRequest') return commandText(message.command)
  if (name === 'result' && message.type === 'ClientReply') return resultText(message.result)
  if (name === 'served' && message.type === 'ClientReply') {
    const { mode, index, term } = message.served
    return `${mode}, as of entry ${index}, in term ${term}`
  }
  return value
}
