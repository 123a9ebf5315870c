/** A GitHub on loopback, and a step that runs in one of its jobs. */
import { afterEach } from '@jest/globals'

import { runnerEnv } from '../../simulator/github/runner.ts'
import type { Runner, RunnerOptions } from '../../simulator/github/runner.ts'
import { startSimulator } from '../../simulator/simulator.ts'
import type { Simulator } from '../../simulator/simulator.ts'
import { githubClient } from '../client.ts'
import type { Client } from '../client.ts'
import { readRun } from '../event.ts'
import type { Run } from '../run.ts'

export interface Workplace extends Simulator {
  readonly client: Client
  /** How long each repeated request waited, in milliseconds: nothing really waits. */
  readonly waits: number[]
  job(options: RunnerOptions): Runner & { readonly run: Run }
}

const opened: { close(): unknown }[] = []
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close()
})

/** @param github the part `github:` of a seed */
export async function workplace(github: object = {}): Promise<Workplace> {
  const simulator = await startSimulator({ seed: { github }, tls: false })
  opened.push(simulator)
  const waits: number[] = []
  const client = githubClient(simulator.world.github.token.value, {
    apiUrl: `${simulator.origin}/github`,
    wait: async (milliseconds) => void waits.push(milliseconds),
  })
  return {
    ...simulator,
    client,
    waits,
    job(options) {
      const runner = runnerEnv(simulator, options)
      opened.push(runner)
      return { ...runner, run: readRun(runner.env) }
    },
  }
}

/** The writes so far: method and operation. */
export function writesOf({ requests }: Pick<Simulator, 'requests'>): string[] {
  return requests.filter(({ write }) => write).map(({ method, operation }) => `${method} ${operation}`)
}
