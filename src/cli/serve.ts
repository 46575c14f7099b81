import { BadInput } from './bad-input.ts'
import { servePage } from './page-server.ts'

const PORT = 4173

/** `serve [--port N]`: the page on this machine, until it is interrupted. */
export async function serveCommand(rest: readonly string[], options: { port?: string | undefined }): Promise<number> {
  if (rest.length > 0) throw new BadInput(`serve: expected options alone, found “${rest[0]}”`)
  const { url, close } = await servePage(readPort(options.port))
  console.log(`${url} (Ctrl-C ends it)`)
  await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
  await close()
  return 0
}

function readPort(text = String(PORT)): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text)
  throw new BadInput(`--port: expected a number from 0 to 65535, found “${text}”`)
}
