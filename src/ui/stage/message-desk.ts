import { createContext } from 'react'
import type { MessageId } from '../../kernel/types.ts'
import type { MessageContents } from '../../lab/contents.ts'

/** Where a stage takes a message to look into it. */
export interface Desk {
  /** Null if it is no longer in flight. */
  read(id: MessageId): Promise<MessageContents | null>
  /** Lets time stand while somebody looks. Returns how to let it run on, if it ran before. */
  hold(): () => void
}

export const MessageDesk = createContext<Desk | null>(null)
