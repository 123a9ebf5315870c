import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import { shellWord } from '../report/inert.ts'
import { startSimulator } from '../simulator/simulator.ts'
import type { Console } from './console.ts'

/** Runs the simulator until it is stopped, and says what to set to talk to it. @returns the exit code. */
export async function simulate(
  { seed, port }: { seed: string; port: number },
  console: Console,
): Promise<number> {
  const simulator = await startSimulator({ seed: readFileSync(seed, 'utf8'), port })
  console.out(
    Object.entries(simulator.env)
      .map(([name, value]) => `export ${name}=${shellWord(value)}`)
      .join('\n'),
  )
  console.err(
    `\nMicrosoft Entra, Graph, Exchange and GitHub are played on ${simulator.origin}. Set the above in another terminal, and run tenant-sync there. Ctrl+C ends it.`,
  )
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  await simulator.close()
  return 0
}
