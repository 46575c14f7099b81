// Finds (and with --install gets) a Chromium for the tests. Order: $CHROMIUM_PATH, Playwright's own download, the headless
// shell of @sparticuz/chromium, a system Chrome/Chromium/Edge, `playwright install`, apt-get when root. A shell without a
// browser's own windows opens a page in half the time.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((d) => join(d, name))
    .find((p) => existsSync(p))

async function playwrightOwn() {
  const { chromium } = await import('playwright')
  const p = chromium.executablePath()
  return p && existsSync(p) ? p : undefined
}
function system() {
  const names =
    process.platform === 'win32'
      ? ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((v) =>
          process.env[v]
            ? [
                join(process.env[v], 'Google/Chrome/Application/chrome.exe'),
                join(process.env[v], 'Microsoft/Edge/Application/msedge.exe'),
              ]
            : [],
        )
      : process.platform === 'darwin'
        ? [
            '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
            '/Applications/Chromium.app/Contents/MacOS/Chromium',
            '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
          ]
        : ['chromium', 'google-chrome-stable', 'google-chrome', 'chromium-browser', 'microsoft-edge']
            .map((n) => onPath(n))
            .filter(Boolean)
  return names.find((p) => existsSync(p))
}
async function sparticuz() {
  try {
    process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x' // makes it unpack its own libnss3 too
    const { default: c } = await import('@sparticuz/chromium')
    return await c.executablePath()
  } catch {
    return undefined
  }
}
const fits = process.platform === 'linux' && process.arch === 'x64'
/** Unpacked before, and with the libraries that it needs: the system's, or those that it came with. */
function sparticuzUnpacked() {
  const path = join(tmpdir(), 'chromium')
  if (!fits || !existsSync(path)) return undefined
  if (starts(path)) return path
  process.env.LD_LIBRARY_PATH = [join(tmpdir(), 'al2023/lib'), process.env.LD_LIBRARY_PATH]
    .filter(Boolean)
    .join(delimiter)
  return starts(path) ? path : undefined
}
const starts = (path) => spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0

export async function findChromium() {
  const env = process.env.CHROMIUM_PATH
  if (env) {
    if (!existsSync(env)) throw new Error(`CHROMIUM_PATH=${env} does not exist`)
    return { path: env, how: 'CHROMIUM_PATH' }
  }
  const own = await playwrightOwn()
  if (own) return { path: own, how: 'playwright' }
  const sp = sparticuzUnpacked()
  if (sp) return { path: sp, how: '@sparticuz/chromium' }
  const sys = system()
  if (sys) return { path: sys, how: 'system' }
  return undefined
}
export async function ensureChromium(log = console.error) {
  let f = await findChromium()
  if (fits && (!f || f.how === 'system')) {
    await sparticuz()
    f = await findChromium()
  }
  if (f) return f
  const skip = (process.env.SKIP ?? '').split(',')
  if (!skip.includes('playwright')) {
    log('no browser found: trying playwright install chromium …')
    spawnSync(
      process.execPath,
      [fileURLToPath(new URL('cli.js', import.meta.resolve('playwright/package.json'))), 'install', 'chromium'],
      { stdio: 'ignore', timeout: 300_000 },
    )
    f = await findChromium()
    if (f) return f
  }
  if (!skip.includes('apt') && process.getuid?.() === 0 && onPath('apt-get')) {
    log('… did not work; trying apt-get install chromium …')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update'], { stdio: 'ignore', env })
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { stdio: 'ignore', env })
    f = await findChromium()
    if (f) return f
  }
  throw new Error('No Chromium: install Chrome or Chromium, or set CHROMIUM_PATH.')
}
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const f = process.argv.includes('--install') ? await ensureChromium() : await findChromium()
  if (!f) {
    console.error('none')
    process.exit(1)
  }
  let v = ''
  try {
    v = execFileSync(f.path, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env:
        f.how === '@sparticuz/chromium'
          ? { ...process.env, LD_LIBRARY_PATH: join(tmpdir(), 'al2023/lib') }
          : process.env,
    }).trim()
  } catch {
    v = 'version unknown'
  }
  console.log(`${f.path} (${f.how}) ${v}`)
}
