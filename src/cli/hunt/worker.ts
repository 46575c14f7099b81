import { carryOut, type HuntTask } from './tasks.ts'

/** A process of the hunt. An interrupt at the keyboard reaches it too; it ends what it does, and the hunt says when to go. */
process.on('SIGINT', () => {})
process.on('message', (task: HuntTask) => {
  carryOut(task).then(
    (answer) => process.send?.(answer),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.send?.('ready')
