import { must } from '../../base/assert.ts'
import { beginHunt } from '../../engine/hunting.ts'
import type { HuntAnswer, HuntTask, QuarryNames } from '../../hunt/task.ts'
import { labsOnDisk } from '../loaders.ts'

/** What a process of the hunt is sent. */
export interface HuntOrder {
  quarry: QuarryNames
  task: HuntTask
}

/** A process of the hunt. An interrupt at the keyboard reaches it too; it ends what it does, and the hunt says when to go. */
process.on('SIGINT', () => {})
// Without anybody to answer to there is nothing more to do.
process.on('disconnect', () => process.exit())
process.on('message', (order: HuntOrder) => {
  carryOut(order).then(
    (answer) => process.send?.(answer, undefined, {}, () => {}),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.send?.('ready')

async function carryOut({ quarry, task }: HuntOrder): Promise<HuntAnswer> {
  const lab = await must(labsOnDisk()[quarry.lab], `a lab called ${quarry.lab}`)()
  const hunt = await beginHunt(lab, quarry, task)
  for (;;) {
    const step = hunt.next()
    if (step.done === true) return step.value
  }
}
