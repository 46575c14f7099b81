import { holds, parseCondition } from '../lab/condition.ts'
import { readScriptCommand } from '../lab/script-command.ts'
import { Expectations } from './expectations.ts'

/**
 * What a run needs that somebody has planned or asks conditions of: its commands in words, its conditions, and what is
 * expected of it. Apart from the timeline, because most runs of a survey have no plan.
 */
export const scripting = { Expectations, holds, parseCondition, readScriptCommand }

export type Scripting = typeof scripting
