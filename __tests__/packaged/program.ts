/** The packaged programs, run as a user or a runner runs them: a process, an environment, nothing else. */
import { spawn, type ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'

export interface Ended {
  /** `null` when it was killed. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export const ACTION = resolve('dist/index.js')
export const CLI = resolve('dist/cli.js')

/** What every process needs of its surroundings, and nothing that belongs to this one's tests. */
const SURROUNDINGS = Object.fromEntries(
  ['PATH', 'HOME', 'TMPDIR', 'SYSTEMROOT'].flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  ),
)

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

export function start(
  program: string,
  args: readonly string[],
  { env, cwd }: { env: Readonly<Record<string, string>>; cwd?: string },
): Running {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...SURROUNDINGS, ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
  const ended = new Promise<Ended>((done, fail) => {
    child.once('error', fail)
    child.once('close', (code) => done({ code, stdout, stderr }))
  })
  return { child, ended }
}

export const run = (...args: Parameters<typeof start>): Promise<Ended> => start(...args).ended

/**
 * Two at a time: a machine has two cores at least.
 * @param killedAt what went wrong after a kill at the nth write, from 1.
 * @returns all that went wrong.
 */
export async function killedAtEach(
  count: number,
  killedAt: (nth: number) => Promise<string | undefined>,
): Promise<string[]> {
  const left = Array.from({ length: count }, (_, index) => index + 1)
  const wrong: string[] = []
  const worker = async () => {
    for (let nth = left.shift(); nth !== undefined; nth = left.shift()) {
      const why = await killedAt(nth)
      if (why !== undefined) wrong.push(why)
    }
  }
  await Promise.all([worker(), worker()])
  return wrong
}
